"""First pages, registers and dashboards of a council with 10,000 audits, 10,000 findings and 5,000 actions."""

from datetime import UTC, datetime

import pytest

from audit_app import database
from audit_app.people.access import system_scope, web_session
from tests import builders
from tests.bench.kept_towns import large_council

TARGET_MS = 250
VIEWS_MS = 150
THREE_VIEWS = ("self-assessments/three-views", "self-assessments/three-views/ilacs-2026/HP")
PAGES = {
    "qa": (
        "",
        "audits",
        "audits?stage=agreed&set=case-audit-1/child-protection",
        "findings",
        "areas-for-improvement",
        "dashboard",
        "readiness",
        "plan-actions",
        "audits/answers?set=case-audit-1/child-protection",
    ),
    "auditor": ("", "audits"),
    "manager": ("", "audits", "your-plan-actions"),
}


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The application on the large council."""
    folder = tmp_path_factory.mktemp("town")
    with large_council(folder) as made:
        yield made


@pytest.mark.parametrize(("who", "page"), [(who, page) for who, pages in PAGES.items() for page in pages])
def test_a_page_of_the_large_council(large, figures, who, page):
    figures.time_of(f"/{page} for the {who}", shown_to(large, who, page), target_ms=TARGET_MS)


@pytest.mark.parametrize("page", THREE_VIEWS)
def test_three_views_of_the_large_council(large, figures, page):
    figures.time_of(f"/{page} for the qa", shown_to(large, "qa", page), target_ms=VIEWS_MS)


def shown_to(large, who, page):
    """What shows a page to somebody once more; it was shown once already."""
    app, engine, people = large
    client = app.test_client()
    with database.session_for(engine, system_scope("a benchmark")) as session:
        now = datetime.now(UTC)
        token = web_session.start(session, people[who], now=now, address="127.0.0.1", browser="a benchmark")
    client.set_cookie(app.config["SESSION_COOKIE"], token, domain="localhost", secure=True)
    address = f"/{builders.AUTHORITY_KEY}/{page}"

    def show():
        answer = client.get(address, base_url="http://localhost")
        assert answer.status_code == 200, answer.status_code

    show()
    return show
