"""Pages that list many rows send no more statements for twenty rows than for five."""

from datetime import date, timedelta

import pytest

from audit_app import clock, database
from audit_app.improvement.actions import queries_waiting
from audit_app.improvement.service_log import note_taker
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.tables import Role
from findings import register
from findings.states import Impact
from tests import builders
from tests import builders_plans as made
from tests.audit_app.packs import bad_text
from tests.builders_improvement import open_area, raise_finding, record_inspection
from tests.statements import ON_ONE_DATABASE, counted

pytestmark = ON_ONE_DATABASE

HERE = "/greenhaven"
LISTS = (
    "/inspections",
    "/inspections/INS-0001",
    "/findings",
    "/areas-for-improvement",
    "/areas-for-improvement/AFI-0001",
    "/areas-for-improvement/AFI-0001/thread",
    "/judgement-areas/ilacs-2026/HP",
    "/plans",
    "/plans/PLN-0001",
    "/plan-actions",
    "/gaps",
    "/changes",
)
YOUR_ACTIONS = "/your-plan-actions"


def add_rows(app, engine, council, numbers):
    """For each number an inspection, its finding in an area of its own and in the first, a plan, and three actions.

    Every action has a lead of its own, with a post and a manager of their own; one is open, one is late, one is done.
    """
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        session.info["log_key"] = app.extensions["log_key"]
        for number in numbers:
            lead = builders.make_person(session, [Role.team_manager], name=f"Lead {number}")
            post = made.make_post(session, f"Post {number}", lead.id)
            day = {"by": lead.id, "now": clock.now()}
            day["note"] = note_taker(session, made.COUNCIL, **day)
            inspection = record_inspection(session, title=f"Visit {number}", **day).number
            finding = raise_finding(session, f"Plan {number} is not specific.", inspection_number=1, **day).number
            raise_finding(session, f"Plan {number} is late.", inspection_number=inspection, **day)
            area = open_area(session, f"Plans are specific ({number}).", findings=[finding], **day).number
            first = {"finding_number": finding, "area_number": council.areas[0]}
            register.join_area(session, made.COUNCIL, **first, **day)
            plan = register.open_plan(session, made.COUNCIL, title=f"Plan {number}", **day).number
            for home, due_on in ((plan, None), (1, clock.today() - timedelta(days=3)), (1, date(2027, 6, 30))):
                action = made.make_action(
                    session, council, due_on=due_on, what=f"Train team {number}", plan_number=home,
                    areas=[council.areas[0], area], lead_post_id=post, lead_person_id=lead.id,
                    delivery_leads=[register.Lead("Head of Safeguarding", council.head, council.manager)], **day,
                ).number  # fmt: skip
            done = {"completed_on": clock.today(), "completed_note": "All trained."}
            register.complete_action(session, made.COUNCIL, action, **done, **day)
            impact = {"rating": Impact.some_difference, "judged_on": clock.today(), "different_for_children": "Seen."}
            register.judge_impact(session, made.COUNCIL, area, sources=[], **impact, **day)


def reads_of(engine, page, address):
    """How many reads a page takes; once before, so that what is kept in memory is there both times."""
    page.get(address)
    with counted(engine) as reads:
        page.get(address)
    return len(reads)


@pytest.fixture
def council(app, engine, built_once):
    """A council with five rows of everything."""
    return built_once("five rows of everything to improve", lambda: make_rows(app, engine))


def make_rows(app, engine):
    council = made.make_council(engine, areas=1)
    add_rows(app, engine, council, range(5))
    return council


def test_a_text_that_ends_with_a_full_stop_is_followed_by_no_other_mark(council, signed_in_as):
    page = signed_in_as(Role.qa_manager)
    for address in LISTS:
        assert bad_text.PATTERNS["a mark after a full stop"].findall(page.get(f"{HERE}{address}").text) == [], address


def test_a_list_of_twenty_takes_no_more_statements_than_one_of_five(council, app, engine, signed_in_as):
    qa, head = signed_in_as(Role.qa_manager), signed_in_as(person_id=council.manager)
    asked = [(qa, f"{HERE}{address}") for address in LISTS] + [(head, f"{HERE}{YOUR_ACTIONS}")]
    few = {address: reads_of(engine, page, address) for page, address in asked}
    add_rows(app, engine, council, range(5, 20))
    many = {address: reads_of(engine, page, address) for page, address in asked}
    assert {address: (few[address], many[address]) for address in few if many[address] > few[address]} == {}


def test_whose_turn_it_is_to_verify_is_read_in_as_many_statements_for_many_leads(council, app, engine, signed_in_as):
    def reads():
        with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
            scope = scope_of(session, qa.person_id, made.COUNCIL, clock.today())
            with counted(engine) as sent:
                done = queries_waiting.to_verify(session, scope, clock.today())
        return len(done), len(sent)

    qa = signed_in_as(Role.qa_manager)
    few = reads()
    add_rows(app, engine, council, range(5, 25))
    many = reads()
    assert (few[0], many[0]) == (5, 25)
    assert many[1] <= few[1]
