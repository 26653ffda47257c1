"""A pack as a PDF: its blocks put on paper. It asks the database nothing; equal contents, equal bytes (PD-7)."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from audit_app import words
from audit_app.packs.contents import EvidencePack, GradeTable
from audit_app.packs.story import blocks as story_blocks
from audit_app.packs.story import layout as story
from audit_app.paper import blocks, charts, document


def render(
    pack: EvidencePack,
    *,
    logo: bytes | None = None,
    progress: Callable[[int], None] = lambda pages: None,
    cancelled: Callable[[], bool] = lambda: False,
    time_limit_seconds: float | None = None,
    tagged: bool = True,
) -> bytes:
    """The file. Raises what `document.build` raises: called off, out of time, fonts missing."""
    return document.build(
        cover_of(pack, logo),
        flowables(pack),
        progress=progress,
        cancelled=cancelled,
        time_limit_seconds=time_limit_seconds,
        tagged=tagged,
    )


def cover_of(pack: EvidencePack, logo: bytes | None) -> document.PrintedDocument:
    """What the cover, the header and the footer say."""
    return document.PrintedDocument(
        title=pack.title,
        subtitle=pack.edition_title,
        marking=pack.marking,
        reference=pack.reference,
        as_at=words.date_words(pack.as_at),
        council=pack.council,
        details=[
            ("Period", words.date_range(pack.period_from, pack.period_to)),
            ("For", pack.audience),
            ("Asked for and not yet answered", answered_words(pack)),
            ("Owner", pack.control.owner_post),
            ("To be destroyed on", words.date_words(pack.control.destroy_on, "")),
        ],
        logo=logo,
    )


def answered_words(pack: EvidencePack) -> str:
    """How much of what inspectors and reviewers asked for nobody has answered: 3 of 13; nothing where none asked."""
    asked = sum(len(report.asked) for report in pack.reports)
    return f"{sum(len(report.unanswered) for report in pack.reports)} of {asked}" if asked else ""


def flowables(pack: EvidencePack) -> list[Any]:
    """Every block of the pack as flowables."""
    made: list[Any] = []
    for block in story.lay_out(pack).blocks:
        made += on_paper(block)
    return made


def counts_of(table: GradeTable) -> charts.GradeCounts:
    """A grade table without hidden numbers as a chart."""
    bars = [(row.name, [count or 0 for count in row.counts]) for row in table.drawn]
    return charts.GradeCounts(table.title, list(table.grades), bars, table.alt, names="Domain")


@singledispatch
def on_paper(block: Any) -> list[Any]:
    """One block as flowables; a block nobody taught to print stops the pack."""
    raise TypeError(f"{type(block).__name__} cannot be printed.")


@on_paper.register
def _(block: story_blocks.Heading) -> list[Any]:
    turn = blocks.page_break() if block.new_page else []
    return [*turn, *blocks.heading(block.words, block.level, key=block.key, listed=block.listed)]


@on_paper.register
def _(block: story_blocks.Paragraph) -> list[Any]:
    return blocks.paragraph(block.words, block.look)


@on_paper.register
def _(block: story_blocks.Bullets) -> list[Any]:
    return blocks.bullets(block.entries, nothing=block.nothing)


@on_paper.register
def _(block: story_blocks.Note) -> list[Any]:
    return blocks.note(block.words, title=block.title)


@on_paper.register
def _(block: story_blocks.Pairs) -> list[Any]:
    return [*blocks.key_values(block.pairs), *blocks.space(2)]


@on_paper.register
def _(block: story_blocks.Table) -> list[Any]:
    rows = [[_cell(value) for value in row] for row in block.rows]
    return [
        *blocks.table(
            block.columns,
            rows,
            widths=block.widths,
            caption=block.caption,
            nothing=block.nothing,
            row_headers=block.row_headers and bool(rows),
        ),
        *blocks.space(3),
    ]


@on_paper.register
def _(block: story_blocks.Chart) -> list[Any]:
    return charts.picture(counts_of(block.counts))


@on_paper.register
def _(block: story_blocks.Grade) -> list[Any]:
    return blocks.grade_strip(block.label, block.grade, tone=block.tone)


@on_paper.register
def _(block: story_blocks.Link) -> list[Any]:
    return blocks.link(block.words, block.key)


def _cell(value: Any) -> Any:
    if isinstance(value, story_blocks.Tinted):
        return blocks.Status(value.word, value.tone)
    return blocks.Number(value) if isinstance(value, int) else value
