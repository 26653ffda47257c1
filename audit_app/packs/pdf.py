"""A pack as a PDF: its blocks put on paper. It asks the database nothing; equal contents, equal bytes (PD-7)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial, singledispatch
from typing import Any, BinaryIO

from audit_app import words
from audit_app.packs.contents import EvidencePack, GradeRow, GradeTable
from audit_app.packs.exhibits import story as exhibits
from audit_app.packs.release import copies
from audit_app.packs.release.copies import Copy
from audit_app.packs.story import about, grade_tables
from audit_app.packs.story import blocks as story_blocks
from audit_app.packs.story import layout as story
from audit_app.paper import bars, behind, blocks, charts, document, fitting, style
from audit_app.paper.joined import Behind


def render(
    pack: EvidencePack,
    *,
    logo: bytes | None = None,
    copy: Copy | None = None,
    progress: Callable[[int], None] = lambda pages: None,
    cancelled: Callable[[], bool] = lambda: False,
    time_limit_seconds: float | None = None,
    tagged: bool = True,
    printed: Callable[[Sequence[document.PrintedPage]], None] = lambda pages: None,
    joined: Mapping[str, Behind] | None = None,
    into: BinaryIO | None = None,
) -> bytes:
    """The file: a draft that says so on every page, or a released copy that says who has it.

    Nothing is returned where it is written into something; `joined` holds the pages of exhibits by their numbers.
    Raises what `document.build` raises: called off, out of time, fonts missing, pages of an exhibit not given.
    """
    return document.build(
        cover_of(pack, logo, copy),
        flowables(pack, copy),
        progress=progress,
        cancelled=cancelled,
        time_limit_seconds=time_limit_seconds,
        tagged=tagged,
        printed=printed,
        joined=joined,
        leading_to=exhibits.leading_to(pack),
        into=into,
    )


# The sizes in which a page is tried, the largest first.
LOOKS: tuple[Mapping[str, str], ...] = (
    {"body": "dense", "beside": "dense", "bullet": "bullet-dense", "quiet": "quiet-dense", "note": "note-dense"},
    {
        "body": "densest",
        "beside": "densest",
        "bullet": "bullet-densest",
        "quiet": "quiet-dense",
        "note": "note-dense",
        "cell-bullet": "cell-bullet-dense",
        "close": "close",
    },
)


def cover_of(pack: EvidencePack, logo: bytes | None, copy: Copy | None = None) -> document.PrintedDocument:
    """What the cover, the header and the footer say."""
    return document.PrintedDocument(
        title=pack.title,
        subtitle=pack.edition_title,
        marking=pack.marking,
        reference=pack.reference,
        as_at=words.date_words(pack.as_at),
        council=pack.council,
        details=[
            ("Kind", pack.kind.name if pack.kind else ""),
            ("Period", words.date_range(pack.period_from, pack.period_to)),
            ("For", pack.audience),
            ("Asked for and not yet answered", answered_words(pack)),
            ("Owner", pack.control.owner_post),
            ("To be destroyed on", words.date_words(pack.control.destroy_on, "")),
            copy.on_the_cover if copy else ("State", copies.DRAFT),
        ],
        logo=logo,
        has_cover=not two_pages(pack),
        has_contents=not two_pages(pack),
        standing=copies.standing_words(copy),
    )


def two_pages(pack: EvidencePack) -> bool:
    """Whether it is a paper of two pages: it begins at once, without cover and contents."""
    return pack.kind is not None and pack.kind.two_pages


def answered_words(pack: EvidencePack) -> str:
    """How much of what inspectors and reviewers asked for nobody has answered: 3 of 13; nothing where none asked."""
    asked = sum(len(report.asked) for report in pack.reports)
    return f"{sum(len(report.unanswered) for report in pack.reports)} of {asked}" if asked else ""


def flowables(pack: EvidencePack, copy: Copy | None = None) -> list[Any]:
    """Every block of the pack as flowables, a page of its own, or what stays together, at a time."""
    made: list[Any] = []
    wide = False
    for part in _parts(_of_this_copy(story.lay_out(pack).blocks, copy)):
        first = part[0]
        wide = first.wide if isinstance(first, story_blocks.Turn) else wide
        heading = first if isinstance(first, story_blocks.Heading) else None
        fits = heading is not None and heading.fits
        # An area for improvement is set closely from the start: two short ones then share a page.
        looks = ({}, *LOOKS) if two_pages(pack) else LOOKS[1:] if heading and heading.level > 1 else LOOKS
        flows = fitting.one_page(partial(_set_in, part), looks) if fits else _set_in(part, LOOKS[0])
        # An area for improvement never runs over by a few lines; a chapter may, where a page would else be empty.
        strictly = heading is not None and heading.level > 1
        made += fitting.kept_whole(flows, wide=wide, strictly=strictly) if heading and heading.whole else flows
    return made


def _of_this_copy(laid_out: Sequence[story_blocks.Block], copy: Copy | None) -> list[story_blocks.Block]:
    """The blocks with what document control says of this very copy: the contents themselves are every copy's."""
    return [
        replace(block, pairs=(*block.pairs, *copy.control))
        if copy and isinstance(block, story_blocks.Pairs) and block.caption == about.CONTROL
        else block
        for block in laid_out
    ]


def _parts(laid_out: Sequence[story_blocks.Block]) -> Iterator[list[story_blocks.Block]]:
    """Blocks in runs that each begin on a new page or stay together."""
    part: list[story_blocks.Block] = []
    for block in laid_out:
        if part and _begins(block):
            yield part
            part = []
        part.append(block)
    yield part


def _begins(block: story_blocks.Block) -> bool:
    if isinstance(block, story_blocks.Heading):
        return block.new_page or block.whole or block.fits or block.level == 1
    return isinstance(block, story_blocks.Turn)


def _set_in(part: Sequence[story_blocks.Block], look: Mapping[str, str]) -> list[Any]:
    """Blocks as flowables, their paragraphs in the sizes of a look."""
    return [flowable for block in part for flowable in on_paper(_sized(block, look))]


def _sized(block: story_blocks.Block, look: Mapping[str, str]) -> story_blocks.Block:
    if isinstance(block, story_blocks.Paragraph | story_blocks.Bullets | story_blocks.Lists | story_blocks.Note):
        return replace(block, look=look.get(block.look, block.look))
    if isinstance(block, story_blocks.Table) and "close" in look:
        return replace(block, close=True)
    return block


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
    turn = blocks.page_break() if block.new_page else fitting.on_a_new_page() if block.apart else []
    return [*turn, *blocks.heading(block.words, block.level, key=block.key, listed=block.listed, small=block.small)]


@on_paper.register
def _(block: story_blocks.Paragraph) -> list[Any]:
    return blocks.paragraph(block.words, block.look)


@on_paper.register
def _(block: story_blocks.Bullets) -> list[Any]:
    return blocks.bullets(block.entries, nothing=block.nothing, look=block.look)


@on_paper.register
def _(block: story_blocks.Note) -> list[Any]:
    return blocks.note(block.words, title=block.title, look=block.look)


@on_paper.register
def _(block: story_blocks.Pairs) -> list[Any]:
    return [*blocks.key_values(block.pairs, small=block.small), *blocks.space(2)]


@on_paper.register
def _(block: story_blocks.Table) -> list[Any]:
    rows = [
        blocks.Across(row.words, row.more) if isinstance(row, story_blocks.Across) else [_cell(value) for value in row]
        for row in block.rows
    ]
    return [
        *blocks.table(
            block.columns,
            rows,
            widths=block.widths,
            caption=block.caption if block.titled else "",
            nothing=block.nothing,
            row_headers=block.row_headers and bool(rows),
            room=_room(block),
            small=block.small,
            close=block.close,
            fitted=block.fitted,
        ),
        *([] if block.small else blocks.space(3)),
    ]


@on_paper.register
def _(block: story_blocks.Chart) -> list[Any]:
    return charts.picture(counts_of(block.counts))


@on_paper.register
def _(block: story_blocks.Lists) -> list[Any]:
    return blocks.side_by_side(block.lists, block.look, bulleted=block.bulleted)


@on_paper.register
def _(block: story_blocks.Turn) -> list[Any]:
    return blocks.turned() if block.wide else blocks.upright()


@on_paper.register
def _(block: story_blocks.Bars) -> list[Any]:
    counts, there = block.counts, grade_tables.rows_told(block.counts)
    shares = {row.name: row for row in counts.intervals}
    longest = max(sum(filter(None, row.counts)) for row in counts.drawn)
    more = grade_tables.share_columns(counts)
    rows = [
        [
            row.name,
            _bar(counts, row, longest),
            # How many good ones of how many tells n as well.
            *grade_tables.share_cells(counts, shares.get(row.name)),
            *([] if more else [blocks.Number(row.total)]),
        ]
        for row in there
    ]
    columns = ["Domain", "Grades given", *(more or ["n"])]
    widths = [3.4, 3.7, *((1.9, 2.0)[: len(more)] or [0.7])]
    whole = blocks.table(columns, rows, widths=widths, caption=counts.title, row_headers=True, small=True)
    return [*whole[:-1], bars.Key(counts.grades), whole[-1]]


def _bar(counts: GradeTable, row: GradeRow, longest: int) -> Any:
    """A bar; of a domain with few grades words, because a short bar beside long ones looks like more than it is."""
    given = [count or 0 for count in row.counts]
    return bars.GradeBar(counts.grades, given, longest) if row in counts.drawn else bars.told(counts.grades, given)


@on_paper.register
def _(block: story_blocks.Grade) -> list[Any]:
    return blocks.grade_strip(block.label, block.grade, tone=block.tone)


@on_paper.register
def _(block: story_blocks.Link) -> list[Any]:
    return blocks.link(block.words, block.key)


def _room(block: story_blocks.Table) -> float:
    return style.WIDE_TEXT_WIDTH if block.wide else style.TEXT_WIDTH


@on_paper.register
def _(block: story_blocks.ExhibitFiles) -> list[Any]:
    return []  # a page on a screen leads to them


@on_paper.register
def _(block: story_blocks.PagesBehind) -> list[Any]:
    return [behind.PagesFollow(block.number)]


def _cell(value: Any) -> Any:
    if isinstance(value, story_blocks.WhichPages):
        return behind.PagesOf(value.number, value.key)
    if isinstance(value, story_blocks.Tinted):
        return blocks.Status(value.word, value.tone, value.more)
    # The letter that stands for a hidden number stands where the number would.
    return blocks.Number(value) if isinstance(value, int) or value == grade_tables.HIDDEN_NUMBER else value
