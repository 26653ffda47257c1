"""The list of audits, and each audit in full where a pack has that. Pure."""

from audit_app import words
from audit_app.packs.contents import AuditPart, EvidencePack
from audit_app.packs.story_blocks import Block, Grade, Heading, Pairs, Paragraph, Table, Tinted, tone_of_grade


def audit_list(pack: EvidencePack) -> list[Block]:
    """The audits of the period with grades and open actions; columns this audience does not get are not there."""
    blocks: list[Block] = [Heading("Audits of the period", 1, "audits", new_page=True)]
    if not pack.audits:
        return [*blocks, Paragraph(_no_list(pack))]
    cases = any(one.case_reference for one in pack.audits)
    rows = []
    for one in pack.audits:
        front = (one.name, one.case_reference) if cases else (one.name,)
        grade = Tinted(one.grade or "No overall grade", tone_of_grade(one.grade_code))
        rows.append((*front, one.submitted, one.set_title, one.how_chosen, one.team, grade, one.open_actions))
    front = ("Audit", "Case") if cases else ("Audit",)
    columns = (*front, "Submitted", "Question set", "How chosen", "Team", "Overall grade", "Open actions")
    widths = ((1.15, 1.1) if cases else (1.3,)) + (1.15, 1.35, 1.2, 1.5, 1.5, 0.9)
    return [*blocks, Table(columns, tuple(rows), widths, "Audits of the period")]


def _no_list(pack: EvidencePack) -> str:
    if any(one.what == "The list of single audits" for one in pack.withheld):
        return "A publishable pack lists no single audits. Their totals stand under each judgement area."
    return "No agreed audit was submitted in this period."


def each_audit(pack: EvidencePack) -> list[Block]:
    """Each audit in full."""
    if not pack.details:
        return []
    blocks: list[Block] = [Heading("Each audit", 1, "each-audit", new_page=True)]
    for place, part in enumerate(pack.details):
        blocks += one_audit(part, new_page=place > 0)
    return blocks


def one_audit(part: AuditPart, *, new_page: bool) -> list[Block]:
    """One audit: what it is, its domains with grade and reason, its answers, its actions."""
    blocks: list[Block] = [
        Heading(part.name, 2, f"audit-{part.name}", new_page=new_page),
        Pairs(part.facts, f"About {part.name}"),
    ]
    for title, text in part.closing:
        blocks += [Heading(title, 3, listed=False), Paragraph(text)]
    for domain in part.domains:
        blocks.append(Heading(domain.title, 3, listed=False))
        if domain.grade:
            blocks.append(Grade("Grade", domain.grade, tone_of_grade(domain.grade_code)))
        if domain.rationale:
            blocks.append(Paragraph(domain.rationale))
        if domain.answers:
            rows = tuple((f"{one.number} {one.question}", one.answer, one.words) for one in domain.answers)
            columns = ("Question", "Answer", "What was seen")
            blocks.append(Table(columns, rows, (2.6, 1.1, 3), f"Answers: {domain.title}"))
    if part.actions:
        rows = tuple(
            (one.reference, f"{one.level}: {one.what}", words.short_date(one.due_on), one.state, one.outcome)
            for one in part.actions
        )
        columns = ("Action", "What", "Due", "State", "What came of it")
        blocks += [
            Heading("Actions from this audit", 3, listed=False),
            Table(columns, rows, (1.1, 3, 1, 1.2, 2.4), f"Actions from {part.name}"),
        ]
    return blocks
