"""Tables of grades: of audits drawn at random under their judgement area, of chosen ones in the annex. Pure.

A row stands in a table where it says something: a domain of which too few were graded is told in a sentence below it.
"""

import re
from collections.abc import Sequence

from audit_app.packs.composing.grades import HIDDEN
from audit_app.packs.contents import FEWEST_DRAWN, EvidencePack, GradeRow, GradeTable, IntervalRow
from audit_app.packs.story.answers import in_middle
from audit_app.packs.story.blocks import Across, Bars, Block, Heading, Paragraph, Table, Tinted, WhichPages
from audit_app.packs.wording import NOT_A_PICTURE

MOSTLY_SMALL = (
    "{title}: most numbers of single grades are too small to be shown, so there is no table of them; those that may be "
    "told stand in the workbook."
)
HIDDEN_NUMBER = "c"
GIVEN_THERE = "Grades given there"
# Between 3 and 6 in every 10 is 3 to 6 in every 10 where a column says what it is a range of.
_RANGE = re.compile(r"^between (\d+) and (\d+)")


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
    notes += [f"{GIVEN_THERE}: {apart}."] if (apart := in_sentences(table)) and table.shows_anything else []
    return [Paragraph(" ".join(notes), "quiet")] if notes else []


def rows_told(table: GradeTable) -> tuple[GradeRow, ...]:
    """The rows of a table that say something beside the others.

    Of audits drawn at random those of which a share is told, where there is any such; else those with a number.
    """
    shares = {row.name for row in table.intervals}
    if any(row.share for row in table.intervals):
        return tuple(row for row in table.rows if row.name in shares)
    return tuple(row for row in table.rows if row.name in shares or any(count is not None for count in row.counts))


def in_sentences(table: GradeTable) -> str:
    """What is told of the other rows: “The plan”: Good 2, Inadequate 1; “Leaving care”: 7 in all."""
    there = rows_told(table)
    given_there = [(row.name, _given(row, table.grades)) for row in table.rows if row not in there]
    return "; ".join(f"“{name}”: {given}" for name, given in given_there if given)


def _given(row: GradeRow, grades: Sequence[str]) -> str:
    """The grades of one row; only how many where single ones are hidden, and nothing where that is hidden too."""
    if row.whole:
        return ", ".join(f"{grade} {count}" for grade, count in zip(grades, row.counts, strict=True) if count)
    return "" if row.total is None else f"{row.total} in all"


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
    """Tables of the same columns as one, the judgement area and the number of audits above the rows of each.

    Of a handful of audits a sentence tells as much as ten rows of noughts and ones.
    """
    notes = dict.fromkeys(note for _, table in tables for note in too_small(table))
    rows: list[tuple[str | int | Tinted | WhichPages, ...] | Across] = []
    few: list[Block] = []
    for name, table in tables:
        title = f"{name}: {in_middle(table.title)}"
        if max((row.total or FEWEST_DRAWN for row in table.rows), default=0) < FEWEST_DRAWN:
            few.append(Paragraph(f"{title}. {by_grade(table)}.", "quiet"))
            continue
        if table.mostly_hidden:
            few += [Paragraph(f"{title}. {reached}.", "quiet")] if (reached := in_numbers(table)) else []
            continue
        its_own = _figures(table).rows
        rows += [Across(title), *its_own] if its_own else []
    widths = _figures(tables[0][1]).widths
    whole = Table(columns, tuple(rows), widths, caption, row_headers=True, small=True, close=True, fitted=True,
                  titled=False)  # fmt: skip
    return [*notes, *([whole] if rows else []), *few]


def by_grade(table: GradeTable) -> str:
    """The domains of a few audits under their grades: Good: the plan (2), leaving care (1)."""
    parts = []
    for place, grade in enumerate(table.grades):
        named = [f"{row.name} ({row.counts[place]})" for row in table.rows if row.counts[place]]
        parts += [f"{grade}: {'; '.join(named)}"] if named else []
    return ". ".join(parts)


def in_numbers(table: GradeTable) -> str:
    """How many of each domain were good or better, where single grades are hidden: the plan: 8 of the 13 ..."""
    each = "; ".join(f"“{row.name}”: {' '.join(share_cells(table, row))}" for row in table.intervals)
    return f"{table.reached_words}: {each}" if each else ""


def _figures(table: GradeTable) -> Table:
    """How often each grade was given; then, where anything is told of it, how many were good or better."""
    with_grades = table.shows_anything and not table.mostly_hidden
    shares = {row.name: row for row in table.intervals}
    rows_here = [row for row in rows_told(table) if with_grades or row.name in shares]
    # How many good ones of how many tells the total as well.
    total = with_grades and not all(row.name in shares for row in rows_here)
    grades = table.grades if with_grades else ()
    columns = ("Domain", *grades, *(("Total",) if total else ()), *share_columns(table))
    rows = tuple(
        (
            row.name,
            *(map(_number, row.counts) if with_grades else ()),
            *((_number(row.total),) if total else ()),
            *share_cells(table, shares.get(row.name)),
        )
        for row in rows_here
    )
    narrow = (1.1,) * len(grades) + ((0.7,) if total else ())
    widths = (3.3, *narrow, *((1.8, 1.9)[: len(share_columns(table))]))
    return Table(columns, rows, widths, table.title, row_headers=True, small=True, fitted=True)


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
    return (f"{row.reached} of {row.of} ({row.share})", _RANGE.sub(r"\1 to \2", row.in_service))[:number]


def _number(count: int | None) -> str | int:
    """A number, or the letter that stands for one that is hidden."""
    return HIDDEN_NUMBER if count is None else count


def grade_cells(table: GradeTable, row: GradeRow) -> list[tuple[str, int | str]]:
    """Each grade of a row with its number, “c” where it is hidden, and the total."""
    numbers = [*zip(table.grades, row.counts, strict=True), ("Total", row.total)]
    return [(grade, _number(count)) for grade, count in numbers]
