"""Exhibits laid out: their index, a divider before the pages of each, and the line that names them elsewhere. Pure."""

from audit_app import words
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import EvidencePack
from audit_app.packs.parts.exhibits import ExhibitPart, Given
from audit_app.packs.story.blocks import (
    Block,
    ExhibitFiles,
    Heading,
    Link,
    PagesBehind,
    Pairs,
    Paragraph,
    Table,
    WhichPages,
)

KEY = "exhibits"
COLUMNS = ("No.", "What it is and shows", "Speaks of", "Made on", "For", "Owner", "Pages")
WIDTHS = (0.6, 3.7, 1.5, 1.1, 1.1, 1.5, 1.7)
AS_MADE = (
    "Pages behind the dividers are as their authors made them, without the names of authors and programs, links and "
    "scripts: only the line in their margin was added. They are not tagged for screen readers."
)


def numbers_at(pack: EvidencePack, reference: str) -> str:
    """Exhibits: E3, E7. Nothing where no exhibit proves this thing."""
    numbers = [
        exhibit.number for exhibit in pack.exhibits if any(place.reference == reference for place in exhibit.spoken_of)
    ]
    return f"{'Exhibits' if len(numbers) > 1 else 'Exhibit'}: {', '.join(numbers)}" if numbers else ""


def leading_to(pack: EvidencePack) -> dict[str, str]:
    """Where the name of each exhibit leads: to its divider, or to the index where it has none."""
    return {part.number: part.key if part.given is Given.joined else KEY for part in pack.exhibits}


def exhibits(pack: EvidencePack) -> list[Block]:
    """The index, then a divider for each exhibit whose pages follow."""
    if not pack.exhibits:
        return []
    rows = tuple(_row(part) for part in pack.exhibits)
    blocks: list[Block] = [
        Heading("Exhibits", 1, KEY, new_page=True),
        Paragraph(how_given(pack)),
        Table(COLUMNS, rows, WIDTHS, "Index of exhibits", small=True),
        ExhibitFiles(tuple(
            (f"{part.number}: {part.title}", part.reference, part.version) for part in pack.exhibits if part.sha256
        )),
    ]  # fmt: skip
    if any(part.given is Given.joined for part in pack.exhibits):
        blocks.append(Paragraph(AS_MADE, "quiet"))
    for part in pack.exhibits:
        blocks += _divider(part) if part.given is Given.joined else []
    return blocks


def how_given(pack: EvidencePack) -> str:
    """How many exhibits there are and how a reader gets them."""
    each = {given: sum(part.given is given for part in pack.exhibits) for given in Given}
    sentences = [
        f"{each[Given.joined]} {words.agree(each[Given.joined], 'stands', 'stand')} behind this page",
        f"{each[Given.beside]} {words.agree(each[Given.beside], 'lies', 'lie')} in the ZIP under the name in the index",
        f"{each[Given.elsewhere]} {words.agree(each[Given.elsewhere], 'is', 'are')} held elsewhere, as the index says",
        f"{each[Given.left_out]} {words.agree(each[Given.left_out], 'was', 'were')} kept out when the pack was made",
    ]
    given = [text for text, number in zip(sentences, each.values(), strict=True) if number]
    return f"{words.count(len(pack.exhibits), 'exhibit')}: {words.listing(given)}."


def _row(part: ExhibitPart) -> tuple[str | WhichPages, ...]:
    what = "\n".join(filter(None, (sentence(part.title), part.shows)))
    made_on = words.short_date(part.made_on)
    return part.number, what, part.speaks_of, made_on, part.level, part.owner or "No post is named", _pages(part)


def _pages(part: ExhibitPart) -> str | WhichPages:
    if part.given is Given.joined:
        return WhichPages(part.number, part.key, part.pages)
    if part.given is Given.beside:
        return "\n".join(filter(None, (sentence(part.why), f"In the ZIP: {part.file_name}")))
    return f"Not in the pack: {part.where}" if part.given is Given.elsewhere else part.why


def _divider(part: ExhibitPart) -> list[Block]:
    facts = [
        ("Speaks of", part.speaks_of),
        ("Made on", words.date_words(part.made_on)),
        ("For", part.level),
        ("Owner", part.owner or "No post is named"),
        ("Evidence", f"{part.reference}, version {part.version}"),
        ("Pages", f"{part.pages}, which follow"),
        ("SHA-256 of the file", part.sha256),
    ]
    blocks: list[Block] = [
        Heading(f"{part.number}: {part.title}", 2, part.key, new_page=True),
        Paragraph(part.shows, "lead"),
        Pairs(tuple(facts), f"About {part.number}"),
        Heading("Where this pack speaks of it", 3, listed=False),
    ]
    blocks += [Link(place.words, place.key) for place in part.spoken_of]
    blocks.append(Link("Index of exhibits", KEY))
    return [*blocks, PagesBehind(part.number, part.reference, part.version)]
