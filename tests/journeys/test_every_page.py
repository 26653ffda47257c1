"""Every page that links lead to, for each role, wide and narrow; and what forms say when they are sent empty."""

import html
import re
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import expect

from audit_app.people.access import Role
from tests import builders, builders_library, builders_packs, builders_plans
from tests.chosen import WHOLE
from tests.journeys import leaks
from tests.journeys.visiting import NARROW, WIDE
from tests.pages import Page

ROLES = (Role.qa_manager, Role.auditor, Role.team_manager, Role.leader, Role.admin)
# A QA manager is shown most pages and an administrator the rest; what the others are shown are fewer links on the same.
SHOWN_LESS = pytest.mark.proof("these roles are shown pages that a QA manager is shown too")
WALKED = [role if role in (Role.qa_manager, Role.admin) else pytest.param(role, marks=SHOWN_LESS) for role in ROLES]
FILES = (
    ".xlsx",
    ".pdf",
    ".yaml",
    "/files/pdf",
    "/files/zip",
    "/calendar",
    "/files/xlsx",
    "/key-list",
    "/logo",
    "/template",
    "/charts/",
)
# These name stored fields, and what a template may hold, on purpose.
OF_KEYS = ("records.stored_fields", "records.paper", "self_assessment.word_placeholders")
# Packs, the log and boxes to type into name an edition by its reference.
REFERENCES = ("the id of an edition",)
BEGINNINGS = ("/greenhaven/", "/your-account", "/accessibility", "/privacy")
# Word templates: /0 is our own, to start from; the rest are versions of a document.
ENDINGS = ("/0", "/example", "/word", "/pdf")
FORMS = {
    Role.qa_manager: (
        "audits/new/front-door/core", "audits/AUD-0001/concerns/new", "audits/AUD-0001/actions/new", "findings/raise",
        "inspections/record", "inspections/INS-0001/paste", "areas-for-improvement/open",
        "areas-for-improvement/AFI-0001/impact", "plans/new", "plan-actions/new", "packs/new", "findings/imports",
        "library/own-sets/new", "library/own-sets/uploads", "library/own-sets/SET-0002/offering",
        "library/own-sets/SET-0002/draft/domains", "library/own-sets/SET-0002/draft/domains/d1/questions",
        "library/own-sets/SET-0001/retirement",
    ),
    Role.admin: ("people/new", "people/workbook", "teams/new", "services/new", "posts/new", "council/settings"),
}  # fmt: skip


@pytest.fixture(scope="module")
def everybody(house):
    """A council with audits, an inspection, threads, a pack and posts; somebody in each role."""
    with house.session() as session:
        year = builders_packs.make_year(session, random=3, chosen=1)
        builders_packs.ask(session, year.people, level=1, purpose="For a journey")
        builders_library.make_own_sets(session, by=year.people.manager, second=year.people.auditor)
        made = {Role.qa_manager: year.people.manager, Role.auditor: year.people.auditor}
        for role in ROLES:
            manages = [year.people.team_id] if role is Role.team_manager else []
            made[role] = made.get(role) or builders.make_person(session, [role], manages=manages).id
        builders_plans.make_post(session, "Team Manager, North", made[Role.team_manager])
        return made


@pytest.fixture(scope="module")
def opened():
    """Endpoints that were opened in the browser, by whatever role."""
    return set()


def in_the_browser(endpoint, role, opened):
    """Of all pages every fourth, of those that an earlier role was shown every twelfth; all of them in `make proof`."""
    often = 12 if endpoint in opened else 4
    return WHOLE or crc32(f"{endpoint} {role}".encode()) % often == 0


@pytest.mark.parametrize("role", WALKED)
def test_every_page_a_role_can_reach_is_whole_at_each_width(house, visit, everybody, opened, role):
    visitor, reader = visit(house, everybody[role], width=NARROW), reader_of(house, everybody[role])
    waiting, met, spoilt = list(BEGINNINGS), set(), {}
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(house, path)
        if endpoint is None or endpoint in met:
            continue
        met.add(endpoint)
        reader.get(path)
        if endpoint not in OF_KEYS:
            spoilt |= {
                fault: path for fault in leaks.leaks(reader.html, but=REFERENCES) + leaks.mixed_columns(reader.html)
            }
        waiting += links_of(path, reader.html)
        if path in BEGINNINGS or in_the_browser(endpoint, role, opened):
            is_whole(visitor, path, axe=endpoint not in opened)
            opened.add(endpoint)
    visitor.no_faults()
    assert spoilt == {}, role
    assert len(met) > (12 if role is not Role.admin else 8), sorted(met)


def reader_of(house, person_id):
    """Somebody who reads pages without a browser; what they are made of is checked all the same."""
    made, cookie = Page(house.app.test_client()), house.cookie(person_id)
    made.client.set_cookie(cookie["name"], cookie["value"], domain="localhost", secure=True)
    return made


def is_whole(visitor, path, axe):
    """A page opens in the browser, narrow and wide."""
    visitor.page.set_viewport_size({"width": NARROW, "height": 800})
    answer = visitor.page.goto(visitor.address + path)
    assert answer.status == 200, f"{path}: {answer.status}"
    visitor.look(axe=axe)
    visitor.page.set_viewport_size({"width": WIDE, "height": 800})
    visitor.look(axe=False)


def endpoint_of(house, path):
    """Which page of ours an address leads to; None for a file, or for what is no page to read."""
    if any(part in path for part in FILES) or urlsplit(path).path.endswith(ENDINGS):
        return None
    adapter = house.app.url_map.bind("127.0.0.1")
    return adapter.match(urlsplit(path).path, method="GET")[0]


def links_of(path, source):
    """The addresses of ours that a page links to."""
    links = [html.unescape(link) for link in re.findall(r'<a\b[^>]*?\bhref="([^"#][^"]*)"', source)]
    whole = [urljoin(path, link) for link in links if not link.startswith(("tel:", "mailto:", "http"))]
    return [link for link in whole if link.startswith("/")]


@pytest.mark.parametrize("role", FORMS)
def test_forms_sent_empty_say_what_is_missing(house, visit, everybody, role):
    visitor = visit(house, everybody[role], width=NARROW)
    for address in FORMS[role] if WHOLE else FORMS[role][::2]:
        visitor.go(f"/greenhaven/{address}")
        form = visitor.page.locator("main form[method=post]").last
        for box in form.locator("input[type=text], input[type=email], textarea").all():
            if box.is_visible():
                box.fill("")
        form.locator("button:not([type=button])").last.click()
        expect(visitor.page, f"{address} sent empty").to_have_title(re.compile("^Error: "))
        visitor.look()
    visitor.no_faults()
