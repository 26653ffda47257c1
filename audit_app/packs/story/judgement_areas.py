"""What inspectors and audits say, judgement area by judgement area: grades, tables, charts, strengths. Pure."""

from collections.abc import Iterable

from audit_app import words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import (
    AreaPart,
    EvidencePack,
    GradeRow,
    GradeTable,
    InspectorsGrade,
    IntervalRow,
)
from audit_app.packs.story.blocks import (
    Bars,
    Block,
    Bullets,
    Grade,
    Heading,
    Link,
    Paragraph,
    Table,
    slug,
    tone_of_grade,
)

MAY_BE_MISSING = (("strength", "strengths"), ("area for improvement", "threads"))
# Headings that are an inspectorate's words run to several lines; lists that lead to them give the beginning.
LONGEST_LINE = 86


def judgement_areas(pack: EvidencePack) -> list[Block]:
    """What inspectors and audits say, judgement area by judgement area."""
    blocks: list[Block] = [
        Heading("Judgement areas", 1, "judgement-areas"),
        Paragraph(f"Under: {pack.edition_title}."),
        *[Paragraph(note, "quiet") for note in pack.audits_note],
    ]
    if pack.overall or pack.overall_says:
        name = pack.overall_name
        blocks += [Heading(name, 2, "overall"), *_inspectors(pack.overall, name)]
        blocks += [Paragraph(meaning) for meaning in pack.overall_says]
    for area in pack.areas:
        blocks += judgement_area(area, pack.own)
    if pack.elsewhere:
        blocks += [Heading("Recorded under other frameworks", 1, "elsewhere"), Paragraph(pack.elsewhere_note)]
        for area in pack.elsewhere:
            blocks += judgement_area(area, pack.own)
    return blocks


def judgement_area(area: AreaPart, own: OwnWords = NONE) -> list[Block]:
    """One judgement area."""
    blocks: list[Block] = [Heading(area.name, 2, slug(f"area-{area.key}")), *_inspectors(area.inspectors, area.name)]
    missing = [own.say(name) for name, there in MAY_BE_MISSING if not getattr(area, there)]
    if missing:
        blocks.append(Paragraph(f"Recorded under this area: no {words.listing(missing, 'and no')}.", "quiet"))
    blocks += [Heading(own.say("What the audits say"), 3, listed=False), Paragraph(" ".join(area.says))]
    for table in area.tables:
        blocks += grade_table(table, own)
    if area.strengths:
        strengths = tuple(f"{sentence(part.text)} ({part.reference}: {part.where}.)" for part in area.strengths)
        blocks += [Heading(own.say("Strengths"), 3, listed=False), Bullets(strengths)]
    if area.threads:
        blocks.append(Heading("Areas for improvement", 3, listed=False))
        blocks += [
            Link(words.shortened(f"{reference}: {heading}", LONGEST_LINE), reference)
            for reference, heading in area.threads
        ]
    return blocks


def _inspectors(grades: Iterable[InspectorsGrade], name: str) -> list[Block]:
    blocks: list[Block] = []
    for given in grades:
        other = not _bare_name(name).startswith(_bare_name(given.printed_name))
        printed = f" (printed as “{given.printed_name}”)" if other else ""
        blocks.append(Grade(f"{given.where}{printed}", given.grade, tone_of_grade(given.grade_code)))
    return blocks


def _bare_name(name: str) -> str:
    """A name without the article and the capitals in which a report may differ."""
    return name.strip().casefold().removeprefix("the ")


def grade_table(table: GradeTable, own: OwnWords = NONE) -> list[Block]:
    """One table of grades: bars with their figures where no number is hidden, else numbers; the range stands last."""
    blocks: list[Block] = []
    if not table.shows_anything:
        blocks.append(Paragraph(f"{table.title}: numbers of single grades are too small to be shown."))
    blocks += [Paragraph(note, "quiet") for note in table.before]
    figures = _figures(table)
    if table.may_be_drawn:
        blocks.append(Bars(table, figures))
    elif table.shows_anything or table.intervals:
        blocks.append(figures)
    return blocks


def _figures(table: GradeTable) -> Table:
    """How often each grade was given; then, where anything is told of it, how many were good or better."""
    with_grades = table.shows_anything
    shares = {row.name: row for row in table.intervals}
    grades = table.grades if with_grades else ()
    columns = ("Domain", *grades, *(("Total",) if with_grades else ()), *share_columns(table))
    rows = tuple(
        (
            row.name,
            *(map(_number, row.counts) if with_grades else ()),
            *((_number(row.total),) if with_grades else ()),
            *share_cells(table, shares.get(row.name)),
        )
        for row in table.rows
        if with_grades or row.name in shares
    )
    narrow = (1.3,) * len(grades) + ((0.9,) if with_grades else ())
    widths = (3.6, *narrow, *((1.8, 2.4)[: len(share_columns(table))]))
    return Table(columns, rows, widths, table.title, row_headers=True, small=True)


def share_columns(table: GradeTable) -> tuple[str, ...]:
    """The last columns of a table of grades; of audits that were chosen only a count, never a share."""
    if not table.intervals:
        return ()
    drawn = any(row.share for row in table.intervals)
    return (table.reached_words, "In the service, likely") if drawn else (table.reached_words,)


def share_cells(table: GradeTable, row: IntervalRow | None) -> tuple[str, ...]:
    """What the last columns say of one domain."""
    number = len(share_columns(table))
    if row is None:
        return ("—",) * number
    if number == 1:
        return (f"{row.reached} of the {row.of} that were chosen",)
    return (f"{row.reached} of {row.of} ({row.share})", row.in_service)[:number]


def _number(count: int | None) -> str | int:
    """A number, or the letter that stands for one that is hidden."""
    return "c" if count is None else count


def grade_cells(table: GradeTable, row: GradeRow) -> list[tuple[str, int | str]]:
    """Each grade of a row with its number, “c” where it is hidden, and the total."""
    numbers = [*zip(table.grades, row.counts, strict=True), ("Total", row.total)]
    return [(grade, _number(count)) for grade, count in numbers]
