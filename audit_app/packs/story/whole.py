"""The order and words of a printed pack: contents become plain blocks, which page and PDF both show. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from audit_app import words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import (
    FEWEST_DRAWN,
    AreaPart,
    EvidencePack,
    GradeRow,
    GradeTable,
    InspectorsGrade,
    Part,
    ThreadPart,
)
from audit_app.packs.story import about, audits
from audit_app.packs.story.blocks import (
    Block,
    Bullets,
    Chart,
    Grade,
    Heading,
    Link,
    Paragraph,
    Table,
    Tinted,
    slug,
    tone_of_colour,
    tone_of_grade,
)
from audit_app.packs.wording import COLOUR_NAMES

MAY_BE_MISSING = (("strength", "strengths"), ("area for improvement", "threads"))
# The two questions answered thing by thing; the others read better as one paragraph.
BY_THING = ("What was found", "What we did")
LONGEST_JOINED = 900
# Headings that are an inspectorate's words run to several lines; lists that lead to them give the beginning.
LONGEST_LINE = 86
# A page of an area with more than this many letters is set smaller, so that most areas keep to one page.
LONGEST_AT_FULL_SIZE = 1_900


@dataclass(frozen=True)
class Story:
    """A pack as blocks, and its charts by their place."""

    blocks: tuple[Block, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts in order: the page asks for each by its number."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """The headings of the first level, for the list at the top of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 1)


def lay_out(pack: EvidencePack) -> Story:
    """Every block of a pack, in print order."""
    blocks = [
        *about.summary(pack),
        *about.control(pack),
        *about.how_to_read(pack),
        *judgement_areas(pack),
        *areas_for_improvement(pack),
        *actions(pack),
        *audits.audit_list(pack),
        *gaps(pack),
        *audits.each_audit(pack),
        *about.sources(pack),
        *about.withheld(pack),
    ]
    places = count(1)
    return Story(tuple(replace(one, number=next(places)) if isinstance(one, Chart) else one for one in blocks))


# --- judgement areas -------------------------------------------------------------------------------------------------


def judgement_areas(pack: EvidencePack) -> list[Block]:
    """What inspectors and audits say, judgement area by judgement area."""
    blocks: list[Block] = [
        Heading("Judgement areas", 1, "judgement-areas"),
        Paragraph(f"Under: {pack.edition_title}."),
        *[Paragraph(said, "quiet") for said in pack.audits_note],
    ]
    if pack.overall or pack.overall_says:
        name = pack.overall_name
        blocks += [Heading(name, 2, "overall"), *_inspectors(pack.overall, name)]
        blocks += [Paragraph(said) for said in pack.overall_says]
    for area in pack.areas:
        blocks += one_area(area, pack.own)
    if pack.elsewhere:
        blocks += [Heading("Recorded under other frameworks", 1, "elsewhere"), Paragraph(pack.elsewhere_note)]
        for area in pack.elsewhere:
            blocks += one_area(area, pack.own)
    return blocks


def one_area(area: AreaPart, own: OwnWords = NONE) -> list[Block]:
    """One judgement area."""
    blocks: list[Block] = [Heading(area.name, 2, slug(f"area-{area.key}")), *_inspectors(area.inspectors, area.name)]
    missing = [own.say(name) for name, there in MAY_BE_MISSING if not getattr(area, there)]
    if missing:
        blocks.append(Paragraph(f"Recorded under this area: no {words.listing(missing, 'and no')}.", "quiet"))
    blocks += [Heading(own.say("What the audits say"), 3, listed=False), Paragraph(" ".join(area.says))]
    for table in area.tables:
        blocks += grade_table(table, own)
    if area.strengths:
        told = tuple(f"{sentence(one.text)} ({one.reference}: {one.where}.)" for one in area.strengths)
        blocks += [Heading(own.say("Strengths"), 3, listed=False), Bullets(told)]
    if area.threads:
        blocks.append(Heading("Areas for improvement", 3, listed=False))
        blocks += [
            Link(words.shortened(f"{reference}: {heading}", LONGEST_LINE), reference)
            for reference, heading in area.threads
        ]
    return blocks


def _inspectors(told: Iterable[InspectorsGrade], name: str) -> list[Block]:
    blocks: list[Block] = []
    for one in told:
        other = not _bare_name(name).startswith(_bare_name(one.printed_name))
        printed = f" (printed as “{one.printed_name}”)" if other else ""
        blocks.append(Grade(f"{one.where}{printed}", one.grade, tone_of_grade(one.grade_code)))
    return blocks


def _bare_name(name: str) -> str:
    """A name without the article and the capitals in which a report may differ."""
    return name.strip().casefold().removeprefix("the ")


def grade_table(table: GradeTable, own: OwnWords = NONE) -> list[Block]:
    """A chart and its figures, the figures alone where numbers are hidden; then what a random sample allows."""
    if not table.shows_anything:
        return [Paragraph(f"{table.title}: numbers of single grades are too small to be shown.")]
    blocks: list[Block] = [Paragraph(said, "quiet") for said in table.before]
    caption = table.title
    if table.may_be_drawn:
        blocks.append(Chart(table))
        caption = f"{table.title}: the figures"
        if len(table.drawn) < len(table.rows):
            few = own.say(f"Domains with fewer than {FEWEST_DRAWN} audits stand in the table only.")
            blocks.append(Paragraph(few, "quiet"))
    rows = tuple((row.name, *map(_shown, row.counts), _shown(row.total)) for row in table.rows)
    widths = (4.6, *[1.3] * len(table.grades), 0.9)
    blocks.append(Table(("Domain", *table.grades, "Total"), rows, widths, caption, row_headers=True))
    if table.intervals:
        columns = ("Domain", table.reached_words, "Share", "In the service as a whole, likely")
        told = tuple((row.name, f"{row.reached} of {row.of}", row.share, row.in_service) for row in table.intervals)
        caption = f"{table.reached_words}: the sample, and what it says of the whole service"
        blocks.append(Table(columns, told, (4.2, 1.4, 0.8, 2.9), caption, row_headers=True))
    return blocks


def _shown(count: int | None) -> str | int:
    return "c" if count is None else count


def grade_cells(table: GradeTable, row: GradeRow) -> list[tuple[str, int | str]]:
    """Each grade of a row with its number, “c” where it is hidden, and the total."""
    numbers = [*zip(table.grades, row.counts, strict=True), ("Total", row.total)]
    return [(grade, "c" if count is None else count) for grade, count in numbers]


# --- areas for improvement, actions, gaps ----------------------------------------------------------------------------


def areas_for_improvement(pack: EvidencePack) -> list[Block]:
    """One page for each area for improvement."""
    blocks: list[Block] = [Heading("Areas for improvement", 1, "areas-for-improvement")]
    if not pack.threads:
        return [*blocks, Paragraph("No area for improvement was open in this period.")]
    blocks.append(Paragraph("Each has a page of its own, told from what was found to what is next."))
    blocks.append(list_of_areas(pack))
    for thread in pack.threads:
        blocks += one_thread(thread)
    return blocks


def list_of_areas(pack: EvidencePack) -> Table:
    """Every area on one look: its words, how soon it was to be met where a report says so, and how it stands."""
    timed = any(thread.timescale for thread in pack.threads)
    rows = []
    for thread in pack.threads:
        limit = (words.sentence_case(thread.timescale) or "—",) if timed else ()
        rows.append((thread.reference, thread.heading, *limit, thread.stands or dict(thread.facts)["Status"]))
    columns = ("Reference", "Area for improvement", *(("To be met",) if timed else ()), "How it stands")
    widths = (1.1, 4.9, 1.4, 1.9) if timed else (1.1, 5, 2)
    return Table(columns, tuple(rows), widths, "In print order")


def one_thread(thread: ThreadPart) -> list[Block]:
    """The page of one area for improvement."""
    blocks: list[Block] = [Heading(f"{thread.reference}: {thread.heading}", 2, thread.reference, new_page=True)]
    printed = f"The heading is {thread.printed_as}. " if thread.printed_as else ""
    blocks.append(Paragraph(printed + ". ".join(f"{name}: {value}" for name, value in thread.facts) + ".", "quiet"))
    letters = sum(len(said) for part in thread.parts for said in part.sentences)
    look = "dense" if letters > LONGEST_AT_FULL_SIZE else "body"
    for part in thread.parts:
        blocks.append(Heading(part.question, 3, slug(f"{thread.reference}-{part.question}"), listed=False))
        blocks += [Paragraph(said, look) for said in paragraphs_of(part)]
    return blocks


def paragraphs_of(part: Part) -> tuple[str, ...]:
    """A question's sentences as paragraphs."""
    whole = " ".join(part.sentences)
    joined = part.question not in BY_THING and len(whole) <= LONGEST_JOINED and "\n" not in whole
    return (whole,) if joined else part.sentences


def actions(pack: EvidencePack) -> list[Block]:
    """The action table with BRAG, and what the colours mean here."""
    blocks: list[Block] = [
        Heading("Actions", 1, "actions", new_page=True),
        Paragraph("Delivery says whether an action is being done; whether it made a difference is judged at its area."),
        Table(
            ("Colour", "Word", "What it means here"),
            tuple((_colour(one.colour, ""), one.word, one.meaning) for one in pack.colours),
            (1, 1.6, 5),
            "What the colours mean",
        ),
    ]
    rows = tuple(
        (
            one.reference,
            one.what,
            words.listing(one.areas) or "No area",
            one.lead or "No lead",
            one.due,
            one.status,
            _colour(one.colour, one.word),
        )
        for one in pack.actions
    )
    columns = ("Action", "What", "Answers", "Led by", "Due", "Status", "Delivery")
    nothing = "There is no plan action in this pack."
    blocks.append(Table(columns, rows, (1.3, 3.3, 1.3, 1.6, 1.0, 1.35, 1.3), "Plan actions", nothing=nothing))
    return blocks


def _colour(colour: str, word: str) -> Tinted:
    name = COLOUR_NAMES.get(colour, "")
    return Tinted(": ".join(part for part in (name, word) if part), tone_of_colour(colour))


def gaps(pack: EvidencePack) -> list[Block]:
    """What is not yet done, known or good enough."""
    blocks: list[Block] = [
        Heading("Gaps, and what is not yet good enough", 1, "gaps"),
        Heading("What is not yet good enough", 2),
        Bullets(
            tuple(f"{reference}: {text}" for reference, text in pack.not_yet),
            nothing="Nothing has been written down as not yet good enough. That does not mean that nothing is.",
        ),
        Heading("Gaps in the register", 2),
    ]
    rows = tuple((one.reference, one.sentence, one.next_step) for one in pack.gaps)
    columns, caption = ("Where", "Gap", "What to do next"), "Where the register breaks off"
    return [
        *blocks,
        Table(columns, rows, (1.05, 3, 3), caption, nothing="The register has no gap."),
    ]
