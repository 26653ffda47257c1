"""AU-14: after signing in a person is only ever sent to a page of our own."""

import pytest

from audit_app.people.accounts.own_path import own_path

HOSTILE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "/\\\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://evil.example/",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "mailto:a@evil.example",
    "evil.example",
    "@evil.example",
    "/@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    "\n//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/a\nSet-Cookie: b=c",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/%2f/evil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aSet-Cookie:b=c",
    "/%00/evil.example",
    "/%252fevil.example",
    "/%255cevil.example",
    "/%25252fevil.example",
    "/%2525252525252fevil.example",
    "/a//evil.example",
    "/a/..//evil.example",
    "/../evil.example",
    "/%2e%2e/%2fevil.example",
    "/./evil",
    "/;@evil.example",
    "/a#//evil.example",
    "/\u2044evil.example",
    "/\uff0fevil.example",
    "/%ff/evil",
    "?next=//evil.example",
    "#",
    "",
    None,
    "/" + "a" * 600,
    "/sign-in",
    "/sign-out",
    "/sign-in?next=/sign-out",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_au_14_anything_but_a_plain_path_of_our_own_goes_home(target):
    assert own_path(target) == "/"


@pytest.mark.parametrize(
    "target",
    ["/", "/greenhaven/audits/AUD-0042", "/greenhaven/people?search=Asha%20Khan&page=2", "/greenhaven/audits?q=100%25"],
)
def test_au_14_our_own_pages_stay(target):
    assert own_path(target) == target


def test_au_14_there_are_at_least_forty_hostile_cases():
    assert len(HOSTILE) >= 40
