"""Every page that links lead to, for each role, wide and narrow; and what forms say when they are sent empty."""

import re
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import expect

from audit_app.people.access import Role
from tests import builders, builders_library, builders_packs, builders_plans
from tests.chosen import WHOLE
from tests.journeys.visiting import NARROW, WIDE

ROLES = (Role.qa_manager, Role.auditor, Role.team_manager, Role.leader, Role.admin)
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
def scanned():
    """Endpoints that a scan for barriers has seen, by whatever role."""
    return set()


def seen_enough(endpoint, role, scanned):
    """Of the pages an earlier role was shown, a later one opens every fourth; all of them in `make proof`."""
    return endpoint in scanned and not WHOLE and crc32(f"{endpoint} {role}".encode()) % 4 != 0


@pytest.mark.parametrize("role", ROLES)
def test_every_page_a_role_can_reach_is_whole_at_each_width(house, visit, everybody, scanned, role):
    visitor = visit(house, everybody[role], width=NARROW)
    waiting, met = list(BEGINNINGS), set()
    answers = []
    visitor.page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(house, path)
        if endpoint is None or endpoint in met:
            continue
        met.add(endpoint)
        if path not in BEGINNINGS and seen_enough(endpoint, role, scanned):
            continue
        visitor.page.set_viewport_size({"width": NARROW, "height": 800})
        visitor.go(path)
        assert answers[-1:] and (200, visitor.page.url) in answers, f"{path} for {role}: {answers[-3:]}"
        heading = visitor.page.locator("h1").inner_text()
        assert visitor.page.title().startswith(" ".join(heading.split())[:40]), f"{path}: {visitor.page.title()}"
        visitor.look(axe=endpoint not in scanned)
        scanned.add(endpoint)
        visitor.page.set_viewport_size({"width": WIDE, "height": 800})
        visitor.look(axe=False)
        waiting += links_of(visitor)
    visitor.no_faults()
    assert len(met) > (12 if role is not Role.admin else 8), sorted(met)


def endpoint_of(house, path):
    """Which page of ours an address leads to; None for a file, or for what is no page to read."""
    if any(part in path for part in FILES) or urlsplit(path).path.endswith(ENDINGS):
        return None
    adapter = house.app.url_map.bind("127.0.0.1")
    return adapter.match(urlsplit(path).path, method="GET")[0]


def links_of(visitor):
    """The addresses of ours that a page links to."""
    found = visitor.page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))")
    whole = [urljoin(visitor.page.url, link) for link in found if not link.startswith(("#", "tel:", "mailto:"))]
    return [link.removeprefix(visitor.address) for link in whole if link.startswith(visitor.address + "/")]


@pytest.mark.parametrize("role", FORMS)
def test_forms_sent_empty_say_what_is_missing(house, visit, everybody, role):
    visitor = visit(house, everybody[role], width=NARROW)
    for address in FORMS[role]:
        visitor.go(f"/greenhaven/{address}")
        form = visitor.page.locator("main form[method=post]").last
        for box in form.locator("input[type=text], input[type=email], textarea").all():
            if box.is_visible():
                box.fill("")
        form.locator("button:not([type=button])").last.click()
        expect(visitor.page, f"{address} sent empty").to_have_title(re.compile("^Error: "))
        visitor.look()
    visitor.no_faults()
