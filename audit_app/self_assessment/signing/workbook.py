"""A self-assessment as a workbook: its claims with what each cites, its plans, and what became of last year's."""

from datetime import datetime

from audit_app import words
from audit_app.self_assessment import wording
from audit_app.self_assessment.signing.contents import Assessment
from audit_app.self_assessment.tables import Cites, Stance
from audit_app.sheets import SheetOut, export_note, write_xlsx

LEADERSHIP = 1
CLAIMS = (
    "Section", "Self-assessed grade", "Claim", "What it says of practice", "How firm", "Why this firm", "What it cites",
    "Kind", "Reference", "Speaks up to", "Records counted", "Good enough or better", "What speaks against it",
)  # fmt: skip
PLANS = ("Section", "What is planned", "Who", "By when", "How its impact will be shown", "Plan action")
LOOK_BACK = ("Section", "Claim or plan", "What was said", "What became of it", "In words", "What shows it")


def claims_xlsx(assessment: Assessment, *, export_id: str, who: str, when: datetime, marking: str = "") -> bytes:
    """Three sheets and a note of the export; a claim that cites several things has a line for each."""
    claims = _claims(assessment)
    plans = [
        (section.title, plan.what, plan.who, plan.due_on, plan.impact_shown_by, plan.action_reference)
        for section, plan in assessment.plans
    ]
    before = [
        (each.section, "Plan" if each.is_plan else "Claim", each.about, each.became_words, each.words, each.reference)
        for each in assessment.look_back
    ]
    chosen = f"{assessment.reference}: {assessment.title}, as at {words.date_words(assessment.as_at)}"
    note = export_note(
        export_id=export_id, level=LEADERSHIP, chosen=chosen, rows=len(claims) + len(plans) + len(before), who=who,
        when=when,
    )  # fmt: skip
    sheets = [SheetOut("Claims", CLAIMS, claims), SheetOut("Plans", PLANS, plans)]
    return write_xlsx(
        [*sheets, SheetOut("Last year", LOOK_BACK, before), note], title=assessment.title, marking=marking
    )


def _claims(assessment: Assessment) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for section, claim in assessment.claims:
        against = " ".join(f"{wording.DOUBTS[kind]}. {text}" for kind, text in claim.doubts)
        first = (
            section.title, section.grade_name, claim.text, wording.STANCES[Stance(claim.stance)], claim.rung_words,
            claim.rung_reason,
        )  # fmt: skip
        for each in claim.cited:
            counted = (each.n, each.reached) if each.is_figure and not each.hidden else ("", "")
            kind = wording.CITES[Cites(each.kind)]
            rows.append((*first, each.words, kind, each.reference, each.dated_on, *counted, against))
        if not claim.cited:
            rows.append((*first, "Nothing", "", "", None, "", "", against))
    return rows
