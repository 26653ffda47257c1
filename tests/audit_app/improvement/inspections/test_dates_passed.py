"""A passed date of an inspectorate stands on its page and among the gaps, and goes once it is answered."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from audit_app import clock, database
from audit_app.improvement.findings import queries_audits
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import Role
from findings import register
from findings.states import Timescale
from tests import builders_improvement
from tests import builders_plans as made

SENTENCE = "FND-0001 was to be answered by 25 April 2013, the date its inspection set"


def test_a_passed_date_is_told_until_an_action_is_finished(engine, signed_in_as):
    council = made.make_council(engine, areas=1)
    day = {"by": council.manager, "now": clock.now()}
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        inspection = builders_improvement.record_inspection(session)
        builders_improvement.raise_finding(
            session, inspection_number=inspection.number, timescale=Timescale.three_months
        )
        register.join_area(session, made.COUNCIL, finding_number=1, area_number=1, **day)
        number = made.make_action(session, council).number
    page = signed_in_as(Role.qa_manager)
    for address in ("inspections/INS-0001", "gaps", "areas-for-improvement/AFI-0001/thread"):
        assert SENTENCE in page.get(f"/greenhaven/{address}").text, address
    assert "without an answer: 1 of 1 finding" in page.get("/greenhaven/inspections/INS-0001").text
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        done = {"completed_on": clock.today(), "completed_note": "Done."}
        register.complete_action(session, made.COUNCIL, number, **done, **day)
    for address in ("inspections/INS-0001", "gaps", "areas-for-improvement/AFI-0001/thread"):
        assert SENTENCE not in page.get(f"/greenhaven/{address}").text, address


def test_an_audit_speaks_of_the_last_day_read_and_not_of_the_day_it_was_agreed():
    agreed = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # the first of July in London
    audit = SimpleNamespace(agreed_at=agreed, submitted_at=None, window_to=date(2026, 2, 28))
    assert queries_audits.speaks_of(audit) == date(2026, 2, 28)
    audit.window_to = date(2026, 12, 31)
    assert queries_audits.speaks_of(audit) == date(2026, 7, 1)
    assert queries_audits.speaks_of(SimpleNamespace(agreed_at=None, submitted_at=None, window_to=None)) is None
