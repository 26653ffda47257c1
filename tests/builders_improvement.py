"""Things on the thread for tests, raised through the register as the product does."""

from datetime import date

from findings import register
from findings.register import NewSource, SpeaksTo
from findings.states import FindingKind, InspectionKind, Origin, SourceKind
from tests.builders import AUTHORITY_ID, MOMENT

ANSWER = NewSource(SourceKind.audit_answer, audit_reference="AUD-0042", question_reference="case-audit-1/plan/specific")
DAY = {"by": 1, "now": MOMENT}


def raise_finding(session, text="Plans do not say who does what by when.", **changed):
    """A finding from one audit's answer that speaks to help and protection."""
    given = {
        "kind": FindingKind.area_for_improvement,
        "origin": Origin.case_audit,
        "sources": [ANSWER],
        "judgement_areas": [SpeaksTo("ilacs-2026", "HP")],
    }  # fmt: skip
    return register.raise_finding(session, AUTHORITY_ID, text=text, **{**given, **DAY, **changed})


def open_area(session, heading="Plans are specific and measurable.", **changed):
    """An area for improvement under a heading of its own."""
    return register.open_area(session, AUTHORITY_ID, heading=heading, **{**DAY, **changed})


def record_inspection(session, **changed):
    """The 2012 inspection of child protection, published on a day we assume."""
    given = {
        "kind": InspectionKind.inspection,
        "title": "Child protection inspection 2012",
        "body": "Ofsted",
        "edition_id": "ofsted-2012",
        "document_title": "Inspection of local authority arrangements for the protection of children",
        "published_on": date(2013, 1, 25),
    }
    return register.record_inspection(session, AUTHORITY_ID, **{**given, **DAY, **changed})
