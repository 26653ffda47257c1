"""Self-assessments as things that evidence proves: it is attached by citing it in a claim, never from its own page."""

from sqlmodel import Session, col, select

from audit_app.evidence import uses
from audit_app.evidence.hooks import Thing, ThingFinder
from audit_app.self_assessment.tables import SELF_ASSESSMENT, SelfAssessment

CITE_IT = "Open the claim in the self-assessment and cite the evidence there."


def find_assessment(session: Session, authority_id: int, reference: str) -> Thing | None:
    """The self-assessment, for those who may open it."""
    number = uses.number_in(reference)
    wanted = select(SelfAssessment).where(
        SelfAssessment.authority_id == authority_id, col(SelfAssessment.number) == number
    )
    row = session.exec(wanted).first()
    return Thing(reference, row.title, False, CITE_IT) if row else None


FINDER = ThingFinder(SELF_ASSESSMENT, "self_assessment.show_assessment", find_assessment)
