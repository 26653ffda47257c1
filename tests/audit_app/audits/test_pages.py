"""An audit through its pages: set up, answered, submitted, agreed, corrected; by whom it may be done and seen."""

import pytest
from audit_app.audits import queries, service
from audit_app.audits.tables import Answer, AuditVersion, CaseAudit, DomainAnswer, Stage
from audit_app.people.tables import Role
from sqlmodel import select

from tests import builders
from tests.builders_audits import answer_all, make_agreed, make_audit, make_submitted

HERE = "/greenhaven/audits"
NEW = f"{HERE}/new/child-protection/core"


@pytest.fixture
def people_pages(council, signed_in_as):
    """Call with a name of the council's people for their Page."""
    return lambda name: signed_in_as(person_id=getattr(council, name))


@pytest.fixture
def audit(session, council):
    """An audit of the auditor's, not begun."""
    made = make_audit(session, council.team, council.auditor, by=council.qa)
    session.commit()
    return made


def filled_in(council, **changed):
    given = {
        "subject": "child",
        "case_reference": "G-123456",
        "how_chosen": "random",
        "team_id": str(council.team),
        "auditor_id": str(council.auditor),
    }
    return {**given, **changed}


def test_an_audit_goes_from_set_up_to_agreed(session, council, people_pages):
    qa = people_pages("qa")
    qa.get(HERE)
    assert "There are no audits here yet" in qa.text
    qa.click("Set up an audit")
    assert "Child protection" in qa.text
    qa.get(NEW)
    qa.submit(filled_in(council))
    assert qa.h1 == "AUD-0001: Child protection"

    auditor = people_pages("auditor")
    auditor.get(f"{HERE}/AUD-0001")
    auditor.click("The record")
    auditor.submit({"grade": "good", "rationale": "Clear and current.", "a-people": "yes", "a-summary": "good"}, button="next")
    assert auditor.h1.startswith("Chronology")
    auditor.submit({"rationale": "Later."}, button="back")
    assert auditor.h1.startswith("AUD-0001")
    auditor.get(f"{HERE}/AUD-0001/check")
    auditor.submit(status=422)
    assert any("safe" in line for line in auditor.errors)
    session.expire_all()
    row = session.exec(select(CaseAudit)).one()
    for domain in session.exec(select(DomainAnswer)).all():
        session.delete(domain)
    for answer in session.exec(select(Answer)).all():
        session.delete(answer)
    session.flush()
    answer_all(session, row)
    session.commit()
    auditor.get(f"{HERE}/AUD-0001/check")
    auditor.submit()
    assert "Submitted" in auditor.text
    again = auditor.post(f"{HERE}/AUD-0001/check")
    assert "already submitted" in again.text

    qa.get(f"{HERE}/AUD-0001")
    qa.click("Mark as agreed")
    qa.submit()
    assert "Agreed, not moderated" in qa.text
