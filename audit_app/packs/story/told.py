"""Sections that only some kinds have as blocks: headings, sentences, lists and tables. Pure."""

from collections.abc import Iterable

from audit_app import words
from audit_app.audits.on_paper.tones import tone_of_grade
from audit_app.packs.contents import EvidencePack
from audit_app.packs.parts.told import Cell, Marked, ToldPart, ToldSection, ToldTable
from audit_app.packs.story.blocks import (
    Block,
    Bullets,
    Heading,
    Pairs,
    Paragraph,
    Table,
    Tinted,
    slug,
    tone_of_colour,
)

ABOUT = "About these two pages"
FEW_NOT_CHOSEN = 3  # told in a sentence; more have a table
FICTIONAL = "The council and everything here is made up, for trying the product."


def told(pack: EvidencePack, key: str) -> list[Block]:
    """The blocks of a section; nothing where the pack has none of that name."""
    section = next((section for section in pack.further if section.key == key), None)
    if section is None:
        return []
    plain = pack.kind is not None and pack.kind.two_pages
    turns = plain and section is not pack.further[0]
    heading = Heading(section.title, 1, section.key, fits=True, whole=not plain, new_page=turns)
    head = heads(pack) if plain and not turns else []
    return [heading, *head, *_parts(section, compact=plain)]


def heads(pack: EvidencePack) -> list[Block]:
    """What a paper without a cover says of itself at its head."""
    period = words.date_range(pack.period_from, pack.period_to)
    made_up = f" {FICTIONAL}" if pack.fictional else ""
    return [Paragraph(f"{pack.council}. {period}. {pack.title}.{made_up}", "quiet")]


def _parts(section: ToldSection, *, compact: bool) -> Iterable[Block]:
    for place, part in enumerate(section.parts):
        yield from part_blocks(part, f"{section.key}-{place}", compact=compact)


def part_blocks(part: ToldPart, key: str, *, compact: bool = False) -> list[Block]:
    """One part: its heading, then sentences, tables, list, and what is said in small letters."""
    blocks: list[Block] = []
    if part.heading:
        level = 2 if part.large or compact else 3
        blocks.append(Heading(part.heading, level, slug(key) if part.large else "", listed=part.large,
                              small=not part.large))  # fmt: skip
    blocks += [Paragraph(text) for text in part.sentences]
    blocks += [table_block(table) for table in part.tables]
    blocks += [Bullets(part.entries)] if part.entries else []
    return [*blocks, *(Paragraph(text, "quiet") for text in part.quiet)]


def table_block(table: ToldTable) -> Table:
    """A table with its tinted words."""
    rows = tuple(tuple(map(_cell, row)) for row in table.rows)
    return Table(
        table.columns, rows, table.widths, table.caption, nothing=table.nothing, row_headers=False, wide=table.wide,
        small=True, fitted=True,
    )  # fmt: skip


def _cell(cell: Cell) -> str | Tinted:
    if not isinstance(cell, Marked):
        return cell
    tone = tone_of_grade(cell.grade_code) if cell.grade_code else tone_of_colour(cell.colour)
    return Tinted(cell.word, tone, cell.more)


def about_two_pages(pack: EvidencePack) -> list[Block]:
    """Whose pages these are, of when, and how much they leave out: at the foot of the second."""
    held = pack.control
    made = f"Made by: {held.author_post or 'not recorded'}. Answered for by: {held.owner_post or 'not recorded'}."
    texts = sum(part.times for part in pack.withheld)
    less = f"{texts:,} texts" if texts else "much"
    chapters = words.count(len(pack.not_chosen), "chapter")
    left_out = (
        f"Most of it. The register holds {less} that these pages do not tell, and the full pack has {chapters} more."
    )
    pairs = (
        ("What they are", f"{pack.reference}, frozen on {words.date_words(pack.as_at)}. {made}"),
        ("What they leave out", f"{left_out} Ask for it where you want to see more."),
    )
    return [Heading(ABOUT, 2, "about-two-pages", listed=False, small=True), Pairs(pairs, ABOUT)]


def not_chosen(pack: EvidencePack) -> list[Block]:
    """The sections that were left out by choice, each with what it would have told."""
    if not pack.not_chosen:
        return []
    caption = "Sections that were not chosen for this pack"
    if len(pack.not_chosen) <= FEW_NOT_CHOSEN:
        named = "; ".join(f"{part.name} ({part.holds})" for part in pack.not_chosen)
        return [Paragraph(f"{caption}, and what each would have told: {named}.")]
    rows = tuple((part.name, part.holds) for part in pack.not_chosen)
    columns = ("Section", "What it would have told")
    return [Table(columns, rows, (3, 4), caption, small=True, close=True, fitted=True)]


def chosen(pack: EvidencePack) -> tuple[tuple[str, str], ...]:
    """The kind of a pack and what was chosen for it, for its document control."""
    if pack.kind is None:
        return ()
    return (("Kind", f"{pack.kind.name}. {pack.kind.what_for}"), *pack.kind.chosen)
