"""Reads of the two-page summary: its three texts, and what of the sections may be put into each."""

from dataclasses import dataclass

from sqlmodel import Session, select

from audit_app import words
from audit_app.people import queries as people
from audit_app.self_assessment import wording
from audit_app.self_assessment.signing.contents import Assessment, FrozenSummary
from audit_app.self_assessment.tables_outputs import SummaryPart, SummaryText


@dataclass(frozen=True)
class Offered:
    """A text of a section that may be put into the summary; `key` says which."""

    key: str
    about: str
    text: str


@dataclass(frozen=True)
class PartLine:
    """One part of the summary with what may be put into it."""

    part: SummaryPart
    heading: str
    text: str
    by: str
    offered: tuple[Offered, ...]


def rows_of(session: Session, authority_id: int, number: int) -> dict[SummaryPart, SummaryText]:
    """What is written of each part, as the database has it now."""
    query = select(SummaryText).where(SummaryText.authority_id == authority_id, SummaryText.assessment_number == number)
    rows = session.exec(query.execution_options(populate_existing=True)).all()
    return {SummaryPart(row.part): row for row in rows}


def parts_of(session: Session, authority_id: int, number: int) -> tuple[FrozenSummary, ...]:
    """The three parts in their order; nothing where nobody wrote any."""
    rows = rows_of(session, authority_id, number)
    if not any(row.text.strip() for row in rows.values()):
        return ()
    return tuple(
        FrozenSummary(part.value, str(wording.SUMMARY_PARTS[part]), rows[part].text if part in rows else "")
        for part in SummaryPart
    )


def part_lines(session: Session, authority_id: int, number: int, document: Assessment) -> list[PartLine]:
    """Each part with its text now, who wrote it last, and the texts of the sections that belong there."""
    rows = rows_of(session, authority_id, number)
    names = people.names_of(session, [row.written_by for row in rows.values()])
    frozen = {each.part: each.text for each in document.summary}
    lines = []
    for part in SummaryPart:
        row = rows.get(part)
        text = frozen.get(part.value, "") if document.summary else (row.text if row else "")
        by = names.get(row.written_by, "Somebody no longer here") if row and text else ""
        lines.append(PartLine(part, wording.SUMMARY_PARTS[part], text, by, tuple(offered(document, part))))
    return lines


def offered(document: Assessment, part: SummaryPart) -> list[Offered]:
    """The texts under the question of the same name in every section; plans for what will be done.

    Where a shape of the council's own asks other questions, all of its texts are offered for what is known.
    """
    if part is SummaryPart.will_do:
        return [
            Offered(
                f"plan-{plan.id}", section.title, _plan_words(plan.what, plan.who, words.date_words(plan.due_on, ""))
            )
            for section, plan in document.plans
        ]
    asked = {passage.question for section in document.sections for passage in section.passages}
    wanted = {part.value} if part.value in asked or part is not SummaryPart.known else asked
    return [
        Offered(f"{section.id}-{passage.question}", section.title, passage.text)
        for section in document.sections
        for passage in section.passages
        if passage.question in wanted and passage.text
    ]


def _plan_words(what: str, who: str, by_when: str) -> str:
    parts = [what.rstrip("."), *([who] if who else []), *([f"by {by_when}"] if by_when else [])]
    return f"{', '.join(parts)}."
