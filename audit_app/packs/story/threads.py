"""What was done about it: a page for each area for improvement, the action table, gaps. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from audit_app import words
from audit_app.packs.composing.found_sentences import HEADING_OF_PAGE
from audit_app.packs.composing.thread_sentences import answers_nothing
from audit_app.packs.contents import EvidencePack, Part, ThreadPart
from audit_app.packs.exhibits import story as exhibits
from audit_app.packs.story.answers import in_middle
from audit_app.packs.story.blocks import Block, Bullets, Heading, Lists, Paragraph, Table, Tinted, slug, tone_of_colour
from audit_app.packs.wording import COLOUR_NAMES

# The two questions answered thing by thing; the others read better as one paragraph.
BY_THING = ("What was found", "What we did")
DID = "What we did"
WAITING = "What nobody can answer yet"
TIME, TIME_BY = "Time given", "Time given by "
LONGEST_JOINED = 900


def areas_for_improvement(pack: EvidencePack) -> list[Block]:
    """One page for each area for improvement."""
    blocks: list[Block] = [Heading("Areas for improvement", 1, "areas-for-improvement")]
    if not pack.threads:
        return [*blocks, Paragraph("No area for improvement was open in this period.")]
    blocks.append(list_of_areas(pack))
    for thread in pack.threads:
        blocks += area_for_improvement(thread, exhibits.numbers_at(pack, thread.reference))
    return blocks


def list_of_areas(pack: EvidencePack) -> Table:
    """Every area on one look: its words, how soon it was to be met where a report says so, and how it stands."""
    rows = []
    for thread in pack.threads:
        to_be_met = f"To be met. {thread.timescale}." if thread.timescale else ""
        stands = thread.stands or dict(thread.facts)["Status"]
        rows.append((thread.reference, "\n".join(filter(None, (thread.heading, to_be_met))), stands))
    columns = ("Reference", "Area for improvement", "How it stands")
    return Table(columns, tuple(rows), (1, 5, 3), "In print order", small=True, close=True, fitted=True, titled=False)


def area_for_improvement(thread: ThreadPart, numbers: str = "") -> list[Block]:
    """The page of one area for improvement: what it is in a small table, then question by question.

    Questions that nobody can answer yet stand together in one paragraph, each with the sentence that says so.
    """
    blocks: list[Block] = [Heading(f"{thread.reference}: {thread.heading}", 2, thread.reference, fits=True, whole=True,
                                   small=True)]  # fmt: skip
    if thread.printed_as and not _says_whose_words(thread):
        blocks.append(Paragraph(f"The heading is {thread.printed_as}.", "quiet"))
    names, values = zip(*_in_few_columns(thread), strict=True)
    widths = tuple(min(max(len(name), len(value), 22), 66) for name, value in zip(names, values, strict=True))
    blocks.append(Table(names, (values,), widths, f"{thread.reference} in short", small=True, fitted=True,
                        titled=False))  # fmt: skip
    blocks += [Paragraph(numbers)] if numbers else []
    parts = [_without_the_table(part, thread) for part in thread.parts]
    answered = [part for part in parts if not _is_open(part, thread)]
    for part in answered:
        if part.question in BY_THING:
            blocks += [] if part.question == DID and thread.did else [_question(part.question, thread)]
            blocks += [Paragraph(text) for text in paragraphs_of(part)]
            blocks += [_did(thread)] if part.question == DID and thread.did else []
    blocks += _beside([part for part in answered if part.question not in BY_THING])
    sentences = dict.fromkeys(text for part in parts if _is_open(part, thread) for text in part.sentences)
    if sentences:
        blocks += [_question(WAITING, thread), Paragraph(" ".join(sentences))]
    return blocks


def _question(question: str, thread: ThreadPart) -> Heading:
    return Heading(question, 3, slug(f"{thread.reference}-{question}"), listed=False, small=True)


def _is_open(part: Part, thread: ThreadPart) -> bool:
    """Whether what stands under a question says that nobody can answer it yet."""
    return not (part.question == DID and thread.did) and answers_nothing(part.sentences)


def _without_the_table(part: Part, thread: ThreadPart) -> Part:
    """A question without the sentences that say no more than a line of the table of actions: ACT-0016 is late."""
    lines = tuple(f"{line.reference} is {in_middle(line.state)}" for line in thread.did)
    left = tuple(text for text in part.sentences if not any(line.startswith(text.rstrip(".")) for line in lines))
    return replace(part, sentences=left) if left else part


def _says_whose_words(thread: ThreadPart) -> bool:
    """Whether the report whose words are the heading is told under the first question."""
    return any(HEADING_OF_PAGE in text for part in thread.parts for text in part.sentences)


def _beside(parts: Sequence[Part]) -> list[Block]:
    """Questions with short answers, two beside each other; of an odd number the last stands alone, over the page."""
    pairs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
    return [
        Lists(tuple((part.question, paragraphs_of(part)) for part in pair), "beside", bulleted=False) for pair in pairs
    ]


def _in_few_columns(thread: ThreadPart) -> list[tuple[str, str]]:
    """The facts of an area; the times that reports gave in few words, because what was found names each in full."""
    few: dict[str, list[str]] = {}
    for name, value in thread.facts:
        given, _, giver = name.partition(TIME_BY)
        if giver and thread.timescale:
            few[TIME] = [_capital(thread.timescale)]
        else:
            few.setdefault(TIME if giver else given, []).append(f"{giver}: {value}" if giver else value)
    return [(name, "\n".join(values)) for name, values in few.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _did(thread: ThreadPart) -> Table:
    """The actions that answer an area, a line each; each is told in full on the plan sheet."""
    rows = tuple((line.reference, line.what, line.lead, line.state) for line in thread.did)
    columns = ("Action", DID, "Led by", "How far")
    return Table(columns, rows, (0.9, 3.9, 1.9, 1.5), f"What answers {thread.reference}", small=True, fitted=True,
                 titled=False)  # fmt: skip


def paragraphs_of(part: Part) -> tuple[str, ...]:
    """A question's sentences as paragraphs."""
    whole = " ".join(part.sentences)
    joined = part.question not in BY_THING and len(whole) <= LONGEST_JOINED and "\n" not in whole
    return (whole,) if joined else part.sentences


def actions(pack: EvidencePack) -> list[Block]:
    """The action table of packs that were made before there were plan sheets."""
    if pack.has_plan_sheets:
        return []
    blocks: list[Block] = [
        Heading("Actions", 1, "actions", new_page=True),
        Paragraph("Delivery says whether an action is being done; whether it made a difference is judged at its area."),
        Table(
            ("Colour", "Word", "What it means here"),
            tuple((_colour(colour.colour, ""), colour.word, colour.meaning) for colour in pack.colours),
            (1, 1.6, 5),
            "What the colours mean",
        ),
    ]
    rows = tuple(
        (
            action.reference,
            action.what,
            words.listing(action.areas) or "No area",
            action.lead or "No lead",
            action.due,
            action.status,
            _colour(action.colour, action.word),
        )
        for action in pack.actions
    )
    columns = ("Action", "What", "Answers", "Led by", "Due", "Status", "Delivery")
    nothing = "There is no plan action in this pack."
    blocks.append(Table(columns, rows, (1.3, 3.3, 1.3, 1.6, 1.0, 1.35, 1.3), "Plan actions", nothing=nothing))
    return [*blocks, *plans(pack), *actions_in_no_area(pack)]


def plans(pack: EvidencePack) -> list[Block]:
    """The plans the actions stand in: owner, board, themes."""
    blocks: list[Block] = [Heading("The plans they stand in", 2, "plans")] if pack.plans else []
    for plan in pack.plans:
        blocks += [Heading(plan.question, 3, listed=False), Paragraph(" ".join(plan.sentences))]
    return blocks


def actions_in_no_area(pack: EvidencePack) -> list[Block]:
    """Actions that answer no area have no page of their own, so they are told here."""
    if not pack.loose_actions:
        return []
    sentences = tuple(" ".join(part.sentences) for part in pack.loose_actions)
    return [Heading("Actions that answer no area for improvement", 2, "loose-actions"), Bullets(sentences)]


def _colour(colour: str, word: str) -> Tinted:
    name = COLOUR_NAMES.get(colour, "")
    return Tinted(": ".join(part for part in (name, word) if part), tone_of_colour(colour))


def gaps(pack: EvidencePack) -> list[Block]:
    """What is not yet done, known or good enough."""
    short: dict[str, list[str]] = {}
    for reference, text in pack.not_yet:
        short.setdefault(reference, []).append(text)
    blocks: list[Block] = [
        Heading("Gaps, and what is not yet good enough", 1, "gaps"),
        Heading("What is not yet good enough", 2),
        Bullets(
            tuple(f"{reference}: {' '.join(texts)}" for reference, texts in short.items()),
            nothing="Nothing has been written down as not yet good enough. That does not mean that nothing is.",
        ),
        Heading("Gaps in the register", 2),
    ]
    steps: dict[str, list[str]] = {}
    for gap in pack.gaps:
        where = "" if gap.reference in gap.sentence else f"{gap.reference}: "
        steps.setdefault(gap.next_step, []).append(f"{where}{gap.sentence}")
    rows = tuple(("\n".join(sentences), step) for step, sentences in steps.items())
    columns, caption = ("Gap", "What to do next"), "Where the register breaks off"
    nothing = "The register has no gap."
    return [*blocks, Table(columns, rows, (4, 3), caption, nothing=nothing, small=True, fitted=True, titled=False)]
