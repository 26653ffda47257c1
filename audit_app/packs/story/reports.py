"""What inspectors and reviewers asked for, report by report, and what became of each item; then findings in no area.

Pure.
"""

from audit_app import words
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.composing.report_parts import NO_TIME
from audit_app.packs.contents import AskedPart, EvidencePack, ReportPart
from audit_app.packs.exhibits import story as exhibits
from audit_app.packs.story.blocks import Block, Bullets, Heading, Paragraph, Table, Tinted

TITLE = "What inspectors asked for, and what became of it"
NOTHING_ENTERED = "Nothing that this report asks for has been entered in the register."
HOW_SOON = "How soon"
# Each column of a chapter and its width.
CHAPTER_COLUMNS = {
    "No.": 0.5,
    "What it asked for, word for word": 4,
    HOW_SOON: 1.7,
    "Answered by": 2.6,
    "Difference, and how it was tested": 2.8,
}
NONE_TIMED = "It says of none how soon."
NO_REPORT = "No inspection or review is recorded up to the end of this period."
ANSWERED = "Each has an action that answers it, or stands in an area that was closed."
WHEN = "How soon is what the report itself says; a time that one report gives holds for no other."


def asked_for(pack: EvidencePack) -> list[Block]:
    """Each report with everything it asked for in its own order, also what nobody has answered."""
    if not pack.accounted:
        return []  # a pack made before there was such a chapter
    blocks: list[Block] = [Heading(TITLE, 1, "asked-for")]
    blocks += [Paragraph(WHEN if pack.reports else NO_REPORT)]
    for report in pack.reports:
        blocks += report_blocks(report)
    return [*blocks, *findings_in_no_area(pack, level=2)]


def chapters(pack: EvidencePack) -> list[Block]:
    """A chapter for each report: every item in its own order and words, and how it stands against its day."""
    if not pack.reports:
        return []
    blocks: list[Block] = []
    for place, report in enumerate(pack.reports):
        blocks += [Heading(report.title, 1, report.key, apart=not place, whole=bool(place)), *_chapter(report, pack)]
    return blocks


def _facts(report: ReportPart) -> Paragraph:
    """What a report is, a sentence a fact; of notes that end with a mark of their own no second one is set."""
    return Paragraph(" ".join(sentence(f"{name}: {value}") for name, value in report.facts), "quiet")


def _chapter(report: ReportPart, pack: EvidencePack) -> list[Block]:
    facts = _facts(report)
    if not report.asked:
        return [facts, Paragraph(NOTHING_ENTERED)]
    timed = any(item.against_date or item.when != NO_TIME for item in report.asked)
    rows = tuple(_chapter_row(item, exhibits.numbers_at(pack, item.reference), timed=timed) for item in report.asked)
    columns = tuple(column for column in CHAPTER_COLUMNS if timed or column != HOW_SOON)
    widths = tuple(CHAPTER_COLUMNS[column] for column in columns)
    caption = f"What was asked for, in the words of the report: {report.name}"
    table = Table(columns, rows, widths, caption, small=True, fitted=True, titled=False)
    how = how_much_is_answered(report)
    return [facts, Paragraph(f"{how} {WHEN if timed else NONE_TIMED}"), table]


def _chapter_row(item: AskedPart, numbers: str, *, timed: bool) -> tuple[str | Tinted, ...]:
    when = item.when[:1].upper() + item.when[1:]
    soon = f"{when}\n{item.against_date}" if item.against_date else when
    answered: str | Tinted = item.answered_by
    if item.state_code == "unanswered":
        answered = Tinted("Nobody yet", "red", item.answered_by.removeprefix("Nobody yet: "))
    elif item.state_code == "late":
        answered = Tinted("Past a date", "yellow", item.answered_by)
    difference = "\n".join(filter(None, (item.stands, item.evidence, numbers)))
    return item.number or "—", item.text, *((soon,) if timed else ()), answered, difference


def report_blocks(report: ReportPart) -> list[Block]:
    """One report: what it is, how much of it is answered, and its items."""
    facts = _facts(report)
    blocks: list[Block] = [Heading(report.name, 2, report.key), facts]
    if not report.asked:
        return [*blocks, Paragraph(NOTHING_ENTERED)]
    columns = ("No.", "What it asked for", "How soon", "Answered by", "Difference")
    rows = tuple(_row(item) for item in report.asked)
    widths = (0.6, 4, 1.4, 1.9, 1.4)
    sentences = how_much_is_answered(report)
    return [*blocks, Paragraph(sentences), Table(columns, rows, widths, f"What was asked for: {report.name}")]


def how_much_is_answered(report: ReportPart) -> str:
    """How many things the register holds that a report asked for, how many nobody answers, how many are missing."""
    number = len(report.asked)
    waiting = len(report.unanswered)
    how = f"Nobody has answered {waiting} of them yet." if waiting else ANSWERED
    sentences = [f"The register holds {words.count(number, 'thing')} that it asked for.", how]
    if report.not_entered:
        sentences.append(
            f"{report.not_entered} more that it numbers {words.agree(report.not_entered, 'is')} not entered."
        )
    return " ".join(sentences)


def _row(item: AskedPart) -> tuple[str | Tinted, ...]:
    when = item.when[:1].upper() + item.when[1:]
    answered = Tinted(item.answered_by, "red") if item.unanswered else item.answered_by
    return item.number or "—", item.text, when, answered, item.stands


def findings_in_no_area(pack: EvidencePack, level: int = 1) -> list[Block]:
    """What others than inspectorates found and nobody has joined to an area: a chapter of its own, of no report."""
    if not pack.loose_findings:
        return []
    listed = tuple(f"{sentence(part.text)} ({part.reference}: {part.where}.)" for part in pack.loose_findings)
    return [Heading("Other findings in no area for improvement", level, "loose-findings"), Bullets(listed)]
