"""The questions a section answers: the usual ones, those of an edition that is itself such a shape, or the council's
own. Pure."""

from dataclasses import dataclass

import frameworks

PLANS = "plans"
OWN = "own"


@dataclass(frozen=True)
class Prompt:
    """One question: its key, its words, what helps to answer it, and how many words are enough."""

    key: str
    words: str
    hint: str = ""
    enough_words: int = 300


# The three questions of the yearly self-evaluation, and what peers and inspectors miss most often beside them.
USUAL = (
    Prompt(
        "known",
        "What do we know about the quality and impact of practice?",
        "Begin with what it is like for children. Say what works and for whom; put each thing you claim below, with "
        "its evidence.",
    ),
    Prompt(
        "how_known",
        "How do we know it?",
        "Which audits, data, feedback and visits this rests on, how many, how chosen, and how old they are.",
    ),
    Prompt(
        "not_good_enough",
        "What is not good enough yet?",
        "Say it plainly. A weakness that is named and has a credible plan speaks for leaders, not against them.",
    ),
    Prompt(
        "children_say",
        "What do children and families say?",
        "In their own words where you may print them, how many were asked, and what changed because of it.",
        200,
    ),
    Prompt(
        "peers_question",
        "What would peers question?",
        "What a director from another council would not take on trust, and what you would answer.",
        200,
    ),
    Prompt(
        PLANS,
        "What are our plans for the next 12 months?",
        "A few sentences; the plans themselves are listed below: what, who, by when, and how impact will be shown.",
        200,
    ),
)


def prompts_of(edition: frameworks.Edition | None, area_id: str, own_lines: str = "") -> tuple[Prompt, ...]:
    """The questions of one section, in order; the key of each is what its text is kept under.

    The council's own questions come first of all. An edition that is a shape for self-assessments, which it shows by
    informing another edition without being about case audits, asks its own statements. All others get the usual
    questions, and so does a heading under no area.
    """
    own = own_prompts(own_lines)
    if own:
        return own
    asked = shape_prompts(edition, area_id) if edition and edition.informs_edition else ()
    return asked or USUAL


def own_prompts(lines: str) -> tuple[Prompt, ...]:
    """The council's own questions, one a line."""
    asked = [line.strip() for line in lines.splitlines() if line.strip()]
    return tuple(Prompt(f"{OWN}-{place}", words) for place, words in enumerate(asked, 1))


def shape_prompts(edition: frameworks.Edition, area_id: str) -> tuple[Prompt, ...]:
    """What an edition that is itself a shape asks in one of its areas."""
    if edition.type == "case_audit":
        return ()
    return tuple(Prompt(row.id, row.text) for row in edition.statements if row.area == area_id)


def expectations(edition: frameworks.Edition | None, area_id: str) -> tuple[str, ...]:
    """What an edition that is no such shape asks of practice in an area: to think about, not to answer one by one."""
    if edition is None or edition.informs_edition:
        return ()
    return tuple(row.text for row in edition.statements if row.area == area_id)


def length_words(text: str, prompt: Prompt) -> str:
    """How long a text is and whether that is too much: “212 words. About 300 are enough.”"""
    number = len(text.split())
    if not number:
        return f"Nothing written yet. About {prompt.enough_words} words are enough."
    counted = "1 word" if number == 1 else f"{number:,} words"
    if number > prompt.enough_words:
        return f"{counted}. About {prompt.enough_words} are enough: put detail into claims, each with its evidence."
    return f"{counted}. About {prompt.enough_words} are enough."
