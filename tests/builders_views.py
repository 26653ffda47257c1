"""Rows for figures over many audits and self-assessments, written past the services: override what matters."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from audit_app.audits.tables import CaseAudit
from audit_app.self_assessment.tables import AssessmentSection, AssessmentState, Claim, SelfAssessment
from tests.builders import AUTHORITY_ID

TODAY = date(2026, 11, 29)
EDITION = "case-audit-1"
WRITTEN = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
_numbers = count(5001)


def add_audit(session, team_id, grade="good", *, ago=30, set_id="child-protection", **changed):
    """One agreed audit, drawn at random, submitted so many days before today at noon."""
    submitted = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=ago)
    given = {
        "authority_id": AUTHORITY_ID, "number": next(_numbers), "edition_id": EDITION, "set_id": set_id,
        "length": "core", "fingerprint": "f" * 64, "subject": "child", "audit_type": "case_audit",
        "how_chosen": "random", "case_reference": "G-123456", "cohort": "CP", "team_id": team_id, "team_name": "A team",
        "window_from": date(2025, 1, 1), "window_to": date(2026, 1, 1), "auditor_id": 1,
        "allocated_on": submitted.date(), "due_on": submitted.date(), "stage": "agreed", "started_at": submitted,
        "submitted_at": submitted, "agreed_at": submitted, "overall_grade": grade, "version": 1,
    }  # fmt: skip
    audit = CaseAudit(**{**given, **changed})
    session.add(audit)
    return audit


def add_assessment(session, number, grades, *, edition_id="ilacs-2026", signed_on=None, **changed):
    """A self-assessment with a section for each area named, and its grade; signed where a day is given."""
    signed = {}
    if signed_on:
        moment = datetime(signed_on.year, signed_on.month, signed_on.day, 12, tzinfo=UTC)
        signed = {"state": AssessmentState.signed, "signed_at": moment, "signed_by": 1, "fingerprint": "f" * 64}
    given = {
        "authority_id": AUTHORITY_ID, "number": number, "title": f"Self-assessment {number}", "edition_id": edition_id,
        "period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31), "made_by": 1, "made_at": WRITTEN, **signed,
    }  # fmt: skip
    session.add(SelfAssessment(**{**given, **changed}))
    session.flush()
    sections = {}
    for place, (area_id, grade) in enumerate(grades.items(), start=1):
        sections[area_id] = AssessmentSection(
            authority_id=AUTHORITY_ID, assessment_number=number, position=place, area_id=area_id, heading=area_id,
            grade_code=grade,
        )  # fmt: skip
        session.add(sections[area_id])
    session.flush()
    return sections


def add_claim(session, section, text="Most plans are specific.", **changed):
    """A claim under a section."""
    given = {
        "authority_id": AUTHORITY_ID, "section_id": section.id, "question": "known", "position": 1, "text": text,
        "written_by": 1, "written_at": WRITTEN,
    }  # fmt: skip
    claim = Claim(**{**given, **changed})
    session.add(claim)
    session.flush()
    return claim
