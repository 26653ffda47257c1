"""The page that answers before it counts: how good, how we know, what next; each answer leads to its chapter. Pure."""

from audit_app import words
from audit_app.audits.on_paper.tones import tone_of_grade
from audit_app.packs.contents import EvidencePack
from audit_app.packs.parts.answers import Answers, AreaGrades
from audit_app.packs.story.blocks import Block, Heading, Lists, Note, Paragraph, Table, Tinted

TITLE = "How good, how we know, what next"
HOW_GOOD = "What do we know about the quality and impact of practice?"
HOW_KNOWN = "How do we know it?"
WHAT_NEXT = "What will we do about it?"
WIDTH_OF = {"Judgement area": 5, "Inspectors said": 2.6, "Where": 2.6, "We say": 2.6, "As at": 1.4}
FICTIONAL = "A fictional council: everything in this pack is made up, for trying the product."
DIFFERENT, NOT_ENOUGH = "What is different for children", "What is not good enough yet"
WIDTHS = (1.2, 0.81, 1.34, 0.65, 0.94)
NOTES = "Kinds of record of which too few were read, and the days of the period before"
NO_GRADE = "No grade that inspectors printed under this framework is in the register."
NOTHING_SHORT = "Nothing has been written down as not yet good enough. That does not mean that nothing is."
NOBODY_ASKED = "No report or review up to the end of this period asks for anything that is in the register."


def answers(pack: EvidencePack) -> list[Block]:
    """Page 3 of a pack; packs made before there was one begin with their summary."""
    if pack.answers is None:
        return []
    given = pack.answers
    blocks: list[Block] = [Heading(TITLE, 1, "answers", fits=True)]
    if pack.fictional:
        blocks.append(Paragraph(FICTIONAL, "quiet"))
    return [*blocks, *_how_good(given, pack), *_how_known_and_next(given), *_leader(given)]


def _how_good(given: Answers, pack: EvidencePack) -> list[Block]:
    blocks: list[Block] = [_question(HOW_GOOD)]
    graded = [area for area in given.grades if area.inspectors or area.ourselves]
    blocks += [_grades(given.grades)] if graded else [Paragraph(NO_GRADE)]
    blocks += _practice(given, pack)
    short = tuple(f"{name}: {text}" for name, text in given.not_enough) or (NOTHING_SHORT,)
    if given.not_enough_more:
        more = words.count(given.not_enough_more, "more open area", "more open areas")
        say = words.agree(given.not_enough_more, "says", "say")
        where = "see the chapter on gaps" if pack.prints("gaps") else "the full pack has them"
        short = (*short, f"{more} {say} what is not: {where}.")
    return [*blocks, Lists(((DIFFERENT, given.different), (NOT_ENOUGH, short)))]


def _grades(grades: tuple[AreaGrades, ...]) -> Table:
    """What inspectors printed last of each area; beside it what the council says itself, where it has said so."""
    assessed = any(area.ourselves for area in grades)
    where = {area.inspected for area in grades if area.inspectors}
    days = {area.assessed for area in grades if area.ourselves}
    one_report, one_day = len(where) == 1, len(days) == 1
    columns = ["Judgement area", "Inspectors said", *([] if one_report else ["Where"])]
    say = f"We say ({next(iter(days))})" if one_day else "We say"
    columns += [say, *([] if one_day else ["As at"])] if assessed else []
    rows = []
    for area in grades:
        row: list[str | Tinted] = [area.name, _graded(area.inspectors, area.inspectors_code)]
        row += [] if one_report else [area.inspected or "—"]
        row += [_graded(area.ourselves, area.ourselves_code)] if assessed else []
        row += [area.assessed or "—"] if assessed and not one_day else []
        rows.append(tuple(row))
    widths = [WIDTH_OF.get(column, 2.6) for column in columns]
    caption = f"Grades. {next(iter(where))}" if one_report else "Grades, as they were printed"
    return Table(tuple(columns), tuple(rows), tuple(widths), caption, row_headers=True, small=True)


def _graded(grade: str, code: str) -> str | Tinted:
    return Tinted(grade, tone_of_grade(code)) if grade else "—"


def _practice(given: Answers, pack: EvidencePack) -> list[Block]:
    """The kinds of record of which enough were read in a table; the others in a sentence that claims nothing."""
    rows = tuple(
        (
            line.records,
            f"{line.reached} of {line.of} ({line.share})",
            line.in_service[:1].upper() + line.in_service[1:],
            line.before,
            line.change,
        )
        for line in given.practice
        if line.share
    )
    columns = ("Drawn at random", given.reached_words, "In the service, likely", "Before", "Has it changed?")
    caption = pack.own.say("Overall grades of audits drawn at random")
    elsewhere = f"{NOTES}, stand in the annex." if pack.prints("in-figures") else f"{NOTES}: the full pack has them."
    here = [Paragraph(elsewhere, "quiet")] if practice_notes(given) and rows else []
    return [
        *([Table(columns, rows, WIDTHS, caption, row_headers=True, small=True, titled=False)] if rows else []),
        *(here if rows else [Paragraph(note, "quiet") for note in practice_notes(given)]),
    ]


def practice_notes(given: Answers) -> list[str]:
    """Which period is the one before, and the kinds of record of which too few were read: the annex has them."""
    few = [f"{line.records} {line.reached} of {line.of}" for line in given.practice if not line.share]
    too_few = f"Too few to say anything of the whole service ({in_middle(given.reached_words)}): {'; '.join(few)}."
    return [*given.practice_notes, *([too_few] if few else [])]


def in_middle(text: str) -> str:
    """The same words in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _how_known_and_next(given: Answers) -> list[Block]:
    asked = given.asked or (NOBODY_ASKED,)
    return [Lists(((HOW_KNOWN, (*given.how_known, *asked)), (WHAT_NEXT, given.next_steps)))]


def _leader(given: Answers) -> list[Block]:
    """A few sentences that a leader wrote and signed; nothing where nobody did."""
    if not given.leader_words:
        return []
    return [Note(given.leader_words, f"In a leader’s words. {given.leader_signed}")]


def _question(question: str) -> Heading:
    return Heading(question, 2, listed=False, small=True)
