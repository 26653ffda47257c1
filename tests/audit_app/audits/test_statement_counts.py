"""Lists ask the database as often for fifty rows as for five."""

from datetime import date

import pytest
from sqlmodel import select

from audit_app.audits.tables import ActionLevel, AuditAction, Concern, ConcernTold, Stage
from tests import builders, statements
from tests.builders_audits import make_agreed

pytestmark = statements.ON_ONE_DATABASE

FEW, MANY = 5, 50
HERE = builders.AUTHORITY_ID
PAGES = {
    "the register": "audits",
    "the register as a workbook": "audits/register.xlsx",
    "actions of one audit": "audits/AUD-0001/actions",
    "the note for the child’s record": "audits/AUD-0001/record-note",
    "your actions": "audit-actions?whose=mine",
    "everybody’s actions": "audit-actions?whose=all",
    "actions offered as findings": "audit-actions?whose=offered",
    "open concerns": "concerns",
    "closed concerns": "concerns?show=closed",
    "concerns of one audit": "audits/AUD-0001/concerns",
    "audits in progress on a set": "audits/changed-questions/case-audit-1/case-audit-1/child-protection",
}


@pytest.fixture
def model(session, council):
    """One agreed audit that the others are copied from."""
    made = make_agreed(session, council.team, council.auditor, agreed_by=council.qa)
    session.commit()
    return made


def copied(row, **changed):
    """Another row with the same columns but these."""
    columns = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return type(row)(**{**columns, **changed})


def fill(session, council, model, numbers):
    """For each number: an agreed audit and one in progress, and actions and concerns on audits."""
    for number in numbers:
        auditor = (council.auditor, council.other_auditor)[number % 2]
        common = {"case_reference": f"G-{number:06d}", "auditor_id": auditor}
        begun = {"stage": Stage.in_progress, "version": 0, "submitted_at": None, "agreed_at": None}
        session.add(copied(model, number=100 + number, **common))
        session.add(copied(model, number=200 + number, **common, **begun))
        session.flush()
        add_actions(session, council, number)
        add_concerns(session, council, number, auditor)
    session.commit()


def add_actions(session, council, number):
    """One for the child on the first audit, one for the team on an agreed one."""
    said = {"authority_id": HERE, "what": "Do it.", "set_by": council.qa, "set_at": builders.MOMENT}
    given = {"owner_id": council.qa, "due_on": date(2026, 11, 20)}
    for_child = AuditAction(**said, **given, number=number, audit_number=1, level=ActionLevel.child)
    for_team = AuditAction(**said, **given, number=500 + number, audit_number=100 + number, level=ActionLevel.team)
    session.add_all([for_child, for_team])


def add_concerns(session, council, number, auditor):
    """An open one on the first audit, a closed one on another; the QA manager was told of both."""
    raised = {"authority_id": HERE, "raised_by": auditor, "raised_at": builders.MOMENT, "concern_words": "Ring."}
    closed = {"closed_at": builders.MOMENT, "closed_by": council.leader, "outcome_words": "Seen."}
    session.add(Concern(**raised, id=number, audit_number=1))
    session.add(Concern(**raised, **closed, id=500 + number, audit_number=100 + number))
    session.flush()
    told = {"authority_id": HERE, "person_id": council.qa, "told_at": builders.MOMENT}
    session.add_all([ConcernTold(**told, concern_id=number), ConcernTold(**told, concern_id=500 + number)])


def reads_of_each(engine, page):
    """How often each page asks the database."""
    counts = {}
    for name, address in PAGES.items():
        with statements.counted(engine) as reads:
            assert page.client.get(f"/greenhaven/{address}").status_code == 200, name
        counts[name] = len(reads)
    return counts


def test_no_list_asks_the_database_more_often_for_more_rows(engine, session, council, model, signed_in_as):
    page = signed_in_as(person_id=council.qa)
    fill(session, council, model, range(1, FEW + 1))
    few = reads_of_each(engine, page)
    fill(session, council, model, range(FEW + 1, MANY + 1))
    many = reads_of_each(engine, page)
    assert len(session.exec(select(Concern.id)).all()) == 2 * MANY
    assert {name: (few[name], many[name]) for name in PAGES if many[name] > few[name]} == {}
