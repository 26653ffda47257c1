"""What inspectors and audits say, judgement area by judgement area: grades, tables, charts, strengths. Pure."""

from collections.abc import Iterable, Sequence

from audit_app import words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing.grades import HIDDEN
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import (
    AreaPart,
    EvidencePack,
    GradeRow,
    GradeTable,
    InspectorsGrade,
    IntervalRow,
)
from audit_app.packs.story.answers import in_middle
from audit_app.packs.story.blocks import (
    Across,
    Bars,
    Block,
    Bullets,
    Grade,
    Heading,
    Link,
    Paragraph,
    Table,
    Tinted,
    WhichPages,
    slug,
    tone_of_grade,
)
from audit_app.packs.wording import NOT_A_PICTURE

MOSTLY_SMALL = (
    "{title}: most numbers of single grades are too small to be shown, so there is no table of them; those that may be "
    "told stand in the workbook."
)
MAY_BE_MISSING = (("strength", "strengths"), ("area for improvement", "threads"))


def judgement_areas(pack: EvidencePack) -> list[Block]:
    """What inspectors and audits say, judgement area by judgement area."""
    blocks: list[Block] = [
        Heading("Judgement areas", 1, "judgement-areas"),
        Paragraph(f"Under: {pack.edition_title}.", "quiet"),
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
        blocks += [] if table.chosen else grade_table(table)
    if area.strengths:
        strengths = tuple(f"{sentence(part.text)} ({part.reference}: {part.where}.)" for part in area.strengths)
        blocks += [Heading(own.say("Strengths"), 3, listed=False), Bullets(strengths)]
    if area.threads:
        references = words.listing([reference for reference, _ in area.threads])
        blocks.append(Link(f"Areas for improvement: {references}", "areas-for-improvement"))
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


def grade_table(table: GradeTable) -> list[Block]:
    """One table of grades: bars with their figures where no number is hidden, else numbers; the range stands last."""
    blocks = too_small(table)
    figures = _figures(table)
    if table.may_be_drawn:
        blocks.append(Bars(table, figures))
    elif figures.rows:
        blocks.append(figures)
    return blocks


def too_small(table: GradeTable) -> list[Block]:
    """Why numbers, shares and ranges are not there; of a table that would be mostly letters a sentence instead."""
    notes = list(table.before)
    if not table.shows_anything:
        notes.insert(0, f"{table.title}: numbers of single grades are too small to be shown.")
    elif table.mostly_hidden:
        notes = [MOSTLY_SMALL.format(title=table.title), *(note for note in notes if note != HIDDEN)]
    return [Paragraph(" ".join(notes), "quiet")] if notes else []


def chosen_audits(pack: EvidencePack) -> list[Block]:
    """The grades of audits that were chosen, in the annex: good for learning, and no picture of the service."""
    groups: dict[tuple[str, ...], list[tuple[str, GradeTable]]] = {}
    for area in (*pack.areas, *pack.elsewhere):
        for table in area.tables:
            if table.chosen:
                groups.setdefault(_figures(table).columns, []).append((area.name, table))
    if not groups:
        return []
    say = pack.own.say
    blocks: list[Block] = [Heading(say("Grades of audits that were chosen"), 1, "chosen-audits")]
    blocks.append(Paragraph(say(f"These audits were {NOT_A_PICTURE}. They are never added to those drawn at random.")))
    for columns, tables in groups.items():
        blocks += _chosen_together(columns, tables, say("Grades given in audits that were chosen"))
    return blocks


def _chosen_together(columns: tuple[str, ...], tables: Sequence[tuple[str, GradeTable]], caption: str) -> list[Block]:
    """Tables of the same columns as one, the judgement area and the number of audits above the rows of each."""
    notes = dict.fromkeys(note for _, table in tables for note in too_small(table))
    rows: list[tuple[str | int | Tinted | WhichPages, ...] | Across] = []
    for name, table in tables:
        its_own = _figures(table).rows
        rows += [Across(f"{name}: {in_middle(table.title)}"), *its_own] if its_own else []
    widths = _figures(tables[0][1]).widths
    whole = Table(columns, tuple(rows), widths, caption, row_headers=True, small=True, close=True, titled=False)
    return [*notes, *([whole] if rows else [])]


def _figures(table: GradeTable) -> Table:
    """How often each grade was given; then, where anything is told of it, how many were good or better."""
    with_grades = table.shows_anything and not table.mostly_hidden
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
    narrow = (1.1,) * len(grades) + ((0.7,) if with_grades else ())
    widths = (3.3, *narrow, *((1.8, 2.9)[: len(share_columns(table))]))
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
