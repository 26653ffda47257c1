"""What a pack says about itself: in short, document control, how to read it, sources, what was left out. Pure."""

import re
from collections.abc import Mapping, Sequence

from audit_app import words
from audit_app.packs.contents import EvidencePack, SourcePart
from audit_app.packs.disclosure import levels
from audit_app.packs.story import told
from audit_app.packs.story.answers import practice_notes
from audit_app.packs.story.blocks import Block, Bullets, Heading, Note, Pairs, Paragraph, Table
from audit_app.packs.wording import NOT_A_PICTURE

NOT_GIVEN, NO_DATE = "—", "No date set"
CONTROL = "Document control"
DAY_OF = {"To be reviewed on": "the day of its review", "To be destroyed on": "the day it is to be destroyed"}
ANNEX = "bullet-densest"  # on paper the annex is set smaller
# Audits with the question set “Child in need”.
_QUESTION_SET = re.compile(r"(.+) “(.+)”")
NOTHING_LEFT_OUT = (
    "Each text that the register holds for this pack was looked for in it when its contents were frozen, and each is "
    "here: nothing was left out."
)
WORKED_OUT = (
    "Each text that the register holds for this pack was looked for in it when its contents were frozen. What is not "
    "here is named below; everything else was printed."
)
NOT_WORKED_OUT = "When this pack was made, what was left out was not yet worked out text by text."
RANDOM = (
    "Audits drawn at random may speak for the service. What they say of it is a range, because a sample never tells "
    "the exact share: in 95 of 100 such samples the range holds the true one. It takes for granted that every record "
    "had the same chance of being drawn."
)


def summary(pack: EvidencePack) -> list[Block]:
    """The pack in short."""
    blocks: list[Block] = [Heading("In short", 1, "in-short")]
    if pack.fictional:
        blocks.append(Note("Everything in this pack is made up, for trying the product.", "A fictional council"))
    return [*blocks, *[Paragraph(text, "lead") for text in pack.summary]]


def in_figures(pack: EvidencePack) -> list[Block]:
    """What the pack covers, counted: in the annex, because the page of answers has said what it means."""
    notes = practice_notes(pack.answers) if pack.answers is not None else []
    return [Heading("What this pack covers, in figures", 1, "in-figures"), Bullets((*pack.summary, *notes), look=ANNEX)]


def control(pack: EvidencePack) -> list[Block]:
    """Document control."""
    held, head = pack.control, pack.log_head
    pairs = [
        ("Reference", pack.reference),
        ("Marking", pack.marking),
        ("For", f"{pack.audience}. {pack.own.say(levels.MEANINGS[pack.level])}"),
        ("Author", held.author_post or NOT_GIVEN),
        ("Owner", held.owner_post or NOT_GIVEN),
        ("Approved by", held.approvals or "Not yet approved"),
        ("Circulation", held.circulation or NOT_GIVEN),
        ("To be reviewed on", words.date_words(held.review_on, NO_DATE)),
        ("To be destroyed on", words.date_words(held.destroy_on, NO_DATE)),
        *told.chosen(pack),
        ("Period", words.date_range(pack.period_from, pack.period_to)),
        ("Contents frozen", words.datetime_words(pack.as_at)),
        ("History log then", f"Entry {head.sequence:,} of {head.count:,}, hash {head.hash}"),
    ]
    if held.purpose and pack.level < levels.PUBLISHABLE:
        pairs.insert(3, ("Why it tells more than a publishable pack", held.purpose))
    missing = [DAY_OF.get(name, name.lower()) for name, value in pairs if value in (NOT_GIVEN, NO_DATE)]
    pairs = [pair for pair in pairs if pair[1] not in (NOT_GIVEN, NO_DATE)]
    pairs += [("Not recorded", words.sentence_case(f"{words.listing(missing)}."))] if missing else []
    return [Heading(CONTROL, 1, "document-control"), Pairs(tuple(pairs), CONTROL, small=True)]


def how_to_read(pack: EvidencePack) -> list[Block]:
    """What n, random and intervals mean; which numbers are not shown."""
    entries = [
        "Every figure says how many audits it comes from. Below ten, numbers are given and no percentage.",
        RANDOM,
        f"All other audits were {NOT_A_PICTURE}. They are good for learning, and they are never added to the others.",
        "A record that was read again to see whether practice had changed counts as chosen.",
        "A grade is the judgement of an auditor who read the record, not an average of answers.",
        "Delivery (was it done?) and impact (is it different for children?) are rated apart.",
        "Where the register holds nothing, the pack says so.",
    ]
    if pack.level == levels.PUBLISHABLE:
        entries.append("“c” stands for a number below five, or for one that would give such a number away.")
    if pack.level == levels.INSPECTOR:
        entries.append(
            "Audits have names such as R-K7M2QX in this pack, its versions and packs for the same inspection only. "
            "The QA manager holds the key."
        )
    return [
        Heading("How to read this pack", 1, "how-to-read"),
        Bullets(tuple(map(pack.own.say, entries)), look=ANNEX),
    ]


def edition_version(pack: EvidencePack) -> str:
    """Which version of the framework's edition the pack used: a later one may have put something right."""
    corrected = f"corrected on {words.date_words(pack.edition_version_on)}"
    since = corrected if pack.edition_version_on else "as first published"
    return f"Framework used: {pack.edition_id}, version {pack.edition_version}, {since}."


def sources(pack: EvidencePack) -> list[Block]:
    """What the pack rests on."""
    columns, caption = ("Source", "What it is"), "What the pack rests on"
    return [
        Heading("Sources", 1, "sources"),
        Table(columns, _gathered(pack.sources), (2.6, 3.6), caption, small=True, close=True, fitted=True, titled=False),
        Paragraph(edition_version(pack)),
        Paragraph(pack.edition_note, "quiet"),
    ]


def _gathered(sources: Sequence[SourcePart]) -> tuple[tuple[str, str], ...]:
    """A row for each source; those of one name stand together, those of which the same is said, and question sets."""
    by_name: dict[str, list[str]] = {}
    for source in sources:
        by_name.setdefault(source.what, []).append(source.more)
    sets = {name: several for name, several in by_name.items() if _QUESTION_SET.fullmatch(name)}
    by_more: dict[str, list[str]] = {}
    for name, several in by_name.items():
        if len(sets) > 1 and name in sets:
            by_more[_question_sets(sets)] = [_QUESTION_SET.sub(r"\1s", name)]
            continue
        more = " ".join(several)
        # What counts something is said of one source alone.
        by_more.setdefault(f"{more}\n{name}" if any(map(str.isdigit, more)) else more, []).append(name)
    return tuple(("; ".join(names), more.partition("\n")[0]) for more, names in by_more.items())


def _question_sets(sets: Mapping[str, Sequence[str]]) -> str:
    """How many audits rest on each question set: version by version, the sets with equal numbers together."""
    by_version: dict[str, dict[str, list[str]]] = {}
    for name, several in sets.items():
        for more in several:
            version, _, number = more.rpartition(". ")
            by_version.setdefault(version, {}).setdefault(number.removesuffix("."), []).append(
                _QUESTION_SET.sub(r"“\2”", name)
            )
    parts = []
    for version, by_number in by_version.items():
        each = "; ".join(
            f"{number}{' each' if len(names) > 1 else ''}: {words.listing(names)}"
            for number, names in by_number.items()
        )
        parts.append(f"{version}. {each}." if version else f"{each}.")
    return " ".join(parts)


def withheld(pack: EvidencePack) -> list[Block]:
    """What this audience does not get, and why."""
    without = not pack.withheld
    blocks: list[Block] = [Heading("What was left out for this audience", 1, "left-out", whole=without)]
    blocks.append(Paragraph(f"Audience: {pack.audience}. {pack.own.say(levels.MEANINGS[pack.level])}"))
    if without and not pack.not_chosen:
        return [*blocks, Paragraph(NOTHING_LEFT_OUT if pack.accounted else NOT_WORKED_OUT)]
    blocks.append(Paragraph(WORKED_OUT if pack.accounted else NOT_WORKED_OUT))
    # A table takes rows along to the last page; a sentence after it could stand there alone.
    blocks += told.not_chosen(pack)
    counted = any(part.times for part in pack.withheld)
    by_why: dict[str, list[str]] = {}
    for part in pack.withheld:
        often = words.count(part.times, "time") if part.times else "how often is not told"
        by_why.setdefault(part.why, []).append(f"{part.what} ({often})" if counted else part.what)
    rows = tuple(("; ".join(parts), why) for why, parts in by_why.items())
    columns = ("Left out, and how often" if counted else "Left out; how often is not told", "Because")
    table = Table(columns, rows, (3.4, 3), "What is not in this pack", small=True, close=True, fitted=True,
                  titled=False)  # fmt: skip
    return [*blocks, *([table] if rows else [])]
