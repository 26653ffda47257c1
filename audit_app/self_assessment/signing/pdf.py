"""A self-assessment on paper: tagged, whole, in the house style; it asks the database nothing. Equal contents, equal
bytes."""

from collections.abc import Mapping
from typing import Any

from audit_app import words
from audit_app.paper import blocks, document
from audit_app.self_assessment import wording
from audit_app.self_assessment.signing.contents import Assessment, FrozenClaim, FrozenPlan, FrozenSection
from audit_app.self_assessment.tables import Cites

NOTHING = "Nothing is written here."
COLUMNS = ("What", "Who", "By when", "How its impact will be shown")


def render(
    assessment: Assessment,
    *,
    marking: str,
    signature: str,
    fingerprint: str = "",
    since: Mapping[int, tuple[str, ...]],
    logo: bytes | None,
) -> bytes:
    """The file.

    Args:
        assessment: The whole of it, as its reader may see it.
        marking: How the council marks its documents.
        signature: Who signed it and when, as a sentence; that it is a draft where nobody has.
        fingerprint: Of what was signed; empty for a draft.
        since: What happened after the signature, by claim.
        logo: The council's own, if it has one.
    """
    cover = document.PrintedDocument(
        title=assessment.title,
        subtitle=f"{assessment.edition_title}: {assessment.theme}" if assessment.theme else assessment.edition_title,
        marking=marking,
        reference=assessment.reference,
        as_at=words.date_words(assessment.as_at),
        council=assessment.council,
        details=[
            ("Period", words.date_range(assessment.period_from, assessment.period_to)),
            ("Signature", signature),
            ("Written by", words.listing(assessment.writers) if assessment.writers else "Nobody yet"),
            ("Fingerprint", fingerprint),
        ],
        logo=logo,
    )
    return document.build(cover, flowables(assessment, since))


def flowables(assessment: Assessment, since: Mapping[int, tuple[str, ...]]) -> list[Any]:
    """Every block: the leader's words, the sections, and what became of last year's words."""
    made = _leaders_words(assessment)
    for section in assessment.sections:
        made += _section(section, since)
    return made + _look_back(assessment)


def _leaders_words(assessment: Assessment) -> list[Any]:
    if not assessment.leaders_words:
        return []
    signed = words.date_words(assessment.leaders_signed_on, "")
    under = f"Signed by the {assessment.leaders_post} on {signed}" if signed else "Not signed yet"
    return [
        *blocks.heading("In the leader’s own words", 1),
        *blocks.note(assessment.leaders_words),
        *blocks.paragraph(f"{under}.", "quiet"),
    ]


def _section(section: FrozenSection, since: Mapping[int, tuple[str, ...]]) -> list[Any]:
    made = blocks.heading(section.title, 1, key=f"section-{section.id}")
    if section.has_grades:
        made += blocks.grade_strip("Self-assessed", section.grade_name or "No grade given")
        made += blocks.paragraph(section.grade_reason) if section.grade_reason else []
    asked = {passage.question for passage in section.passages}
    for place, passage in enumerate(section.passages):
        made += blocks.heading(passage.question_words, 2, listed=False)
        made += blocks.paragraph(passage.text or NOTHING, "body" if passage.text else "quiet")
        for claim in section.claims:
            if claim.question == passage.question or (place == 0 and claim.question not in asked):
                made += _claim(claim, since.get(claim.id, ()))
    return made + _plans(section.plans)


def _claim(claim: FrozenClaim, since: tuple[str, ...]) -> list[Any]:
    reason = f" {claim.rung_reason}" if claim.rung_reason else ""
    made = [*blocks.note(claim.text, title="Claim"), *blocks.paragraph(f"{claim.rung_words}.{reason}", "quiet")]
    doubtful = [f"{wording.DOUBTS[kind]}. {text}" for kind, text in claim.doubts]
    doubtful += [f"Since the signature. {text}" for text in since]
    cited = [
        " ".join(
            (f"{wording.CITES[Cites(each.kind)]}.", *(wording.stopped(text) for text in (each.words, *each.details)))
        )
        for each in claim.cited
    ]
    return made + blocks.bullets([*doubtful, *cited], nothing="It cites nothing.")


def _plans(plans: tuple[FrozenPlan, ...]) -> list[Any]:
    if not plans:
        return []
    rows = [
        (plan.what, plan.who or "Nobody named", words.date_words(plan.due_on), plan.impact_shown_by) for plan in plans
    ]
    return [
        *blocks.heading("Plans for the next 12 months", 2, listed=False),
        *blocks.table(COLUMNS, rows, caption="What is planned"),
        *blocks.space(3),
    ]


def _look_back(assessment: Assessment) -> list[Any]:
    if not assessment.look_back:
        return []
    rows = [
        (f"{'Plan' if line.is_plan else 'Claim'}: {line.about}", f"{line.became_words}. {line.words}".strip())
        for line in assessment.look_back
    ]
    title = f"What became of what {assessment.previous} said"
    return [
        *blocks.heading(title, 1),
        *blocks.table(("What was said or planned", "What became of it"), rows, caption=title),
    ]
