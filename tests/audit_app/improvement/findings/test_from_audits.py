"""Findings from case audits: one answer, several answers to one question, and re-audits as evidence of impact."""

import pytest
import sqlalchemy as sa
from sqlmodel import col

from audit_app.audits.tables import Answer, AuditType, HowChosen
from audit_app.people.tables import Role
from findings.states import SourceKind
from findings.tables import Finding, Source
from tests import builders
from tests.audit_app.improvement.rows import rows_of
from tests.builders_audits import make_agreed, make_audit
from tests.builders_improvement import open_area
from tests.statements import counted

FROM_AUDITS = "/greenhaven/findings/from-audits/case-audit-1/child-protection/plan/specific"


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


@pytest.fixture
def audits(session, signed_in_as, qa):
    """Two agreed audits that found plans wanting, and one still being answered."""
    team = builders.make_team(session)
    auditor = builders.make_person(session, roles=(Role.auditor,)).id
    first = make_agreed(session, team, auditor, agreed_by=qa.person_id)
    second = make_agreed(
        session, team, auditor, agreed_by=qa.person_id, case_reference="G-222222", how_chosen=HowChosen.purposive
    )
    make_audit(session, team, auditor, case_reference="G-333333")
    statement = sa.update(Answer).where(col(Answer.question_key) == "plan/specific").values(code="requires_improvement")
    session.exec(statement)
    session.commit()
    return first, second


def test_a_finding_comes_from_the_audits_that_were_ticked(qa, audits, session):
    qa.get("/greenhaven/findings/choose-question?set=case-audit-1/child-protection")
    seen = qa.get(FROM_AUDITS)
    assert "What the 1 agreed audit drawn at random answered" in seen.text
    assert "What the 1 agreed audit that was chosen answered" in seen.text
    assert "Requires improvement" in seen.text and "AUD-0003" not in seen.text
    seen = qa.submit({"text": "Plans do not say who does what.", "answers": []}, status=422)
    assert "Choose the audits that show it" in seen.text
    qa.submit({"answers": ["AUD-0001", "AUD-0002"]})
    assert "raised from 2 audits" in qa.text
    sources = rows_of(session, Source, Source.id)
    assert {(one.audit_reference, one.question_reference, one.grade_code) for one in sources} == {
        ("AUD-0001", "case-audit-1/plan/specific", "requires_improvement"),
        ("AUD-0002", "case-audit-1/plan/specific", "requires_improvement"),
    }
    qa.get("/greenhaven/findings/from-audits/case-audit-1/child-protection/plan/nonsense", status=404)


def test_a_finding_begun_from_an_answer_carries_it_as_its_source(qa, audits, session):
    qa.get("/greenhaven/findings/raise?audit=AUD-0001&question=plan/specific")
    assert "From AUD-0001" in qa.text and "what one record shows" in qa.text
    qa.submit({"text": "One plan did not say who does what."})
    (source,) = rows_of(session, Source)
    assert (source.kind, source.audit_reference) == (SourceKind.audit_answer, "AUD-0001")
    assert rows_of(session, Finding)[0].origin == "case_audit"
    qa.get("/greenhaven/findings/raise?audit=AUD-0999&question=../x")


def test_a_linked_re_audit_comes_back_as_evidence_of_impact(qa, audits, session):
    area = open_area(session)
    agreed = make_agreed(
        session, audits[0].team_id, audits[0].auditor_id, agreed_by=qa.person_id, case_reference="G-123456",
        audit_type=AuditType.re_audit, tests_area="AFI-0001", re_audit_of=1,
    )  # fmt: skip
    session.commit()
    qa.get(f"/greenhaven/areas-for-improvement/AFI-000{area.number}/impact")
    assert "Linked re-audits of this area, filled in below, each with the last day it speaks of:" in qa.text
    assert f"AUD-000{agreed.number}" in qa.text
    qa.submit({"rating": "some_difference", "method": "re_audit", "different_for_children": "Children know the plan."})
    (source,) = rows_of(session, Source)
    assert (source.kind, source.audit_reference) == (SourceKind.re_audit, f"AUD-000{agreed.number}")


def test_the_answers_of_six_audits_take_no_more_statements_than_those_of_two(session, engine, audits, qa):
    def reads():
        qa.get(FROM_AUDITS)
        with counted(engine) as sent:
            qa.get(FROM_AUDITS)
        return len(sent)

    two = reads()
    team = builders.make_team(session, "South")
    auditor = builders.make_person(session, roles=(Role.auditor,)).id
    for number in range(4):
        make_agreed(session, team, auditor, agreed_by=qa.person_id, case_reference=f"G-44444{number}")
    session.commit()
    assert reads() <= two
    assert "AUD-0007" in qa.text
