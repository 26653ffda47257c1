"""How an action stands, in words and with its colour, and why; `findings.colours` decides which. Pure.

Every page, workbook and pack that names the colour of an action takes its words from here: a house test says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audit_app import words
from findings import colours as rule
from findings import rules
from findings.colours import COLOUR_OF, JudgedArea
from findings.references import AREA, reference
from findings.states import ActionStatus, Brag, Delivery, Standing
from findings.tables import Action, Plan

TAGS = {
    Brag.blue: "govuk-tag--blue",
    Brag.green: "govuk-tag--green",
    Brag.amber: "govuk-tag--orange",
    Brag.red: "govuk-tag--red",
    Brag.grey: "govuk-tag--grey",
}
# Standings whose word is the product's own: the council's word for their colour would say something untrue of them.
OWN_MEANINGS = {
    Standing.done: "Done. It turns blue once somebody outside its line has verified it and every area it answers shows "
    "a difference for children, on evidence of the kind its plan named, from after it was done.",
    Standing.done_in_doubt: "Done, but an area it answers was last judged to show no difference, or none that lasted.",
    Standing.start_passed: "Its start date has passed, and nobody has said that it has started.",
    Standing.no_start: "Nobody has said that it has started, and the day on which it should is not recorded.",
}
BLUE_NEEDS = (
    "Blue needs somebody outside the line who has verified the action and, at every area it answers, a difference for "
    "children shown by evidence of the kind its plan named, from after it was done."
)
WITHDRAWN = "Withdrawn, so it has no colour."


@dataclass(frozen=True)
class Colour:
    """A colour as it is shown: never the colour alone, always with its word, and its meaning nearby."""

    code: str
    name: str
    word: str
    meaning: str
    tag: str
    ours: str = ""  # what it means as it is reckoned, where a plan's own meaning goes before

    @property
    def in_words(self) -> str:
        """Blue: Complete; for an action without a colour only the word."""
        return f"{self.name}: {self.word}" if self.name else self.word


def colours(council: Mapping[str, tuple[str, str]], plan: Plan | None = None) -> dict[Brag, Colour]:
    """The five colours in the council's words, for its settings.

    A plan that asks for its own colours has its own meaning go before; the one they are reckoned by stands beside.
    """
    own = {brag: own_meaning(brag, plan) if plan is not None and plan.own_colours else "" for brag in Brag}
    return {
        brag: Colour(
            code=brag.value,
            name=brag.title,
            word=council[brag.value][0],
            meaning=own[brag] or council[brag.value][1],
            tag=TAGS[brag],
            ours=council[brag.value][1] if own[brag] else "",
        )
        for brag in Brag
    }


def standings(council: Mapping[str, tuple[str, str]], plan: Plan | None = None) -> dict[Standing, Colour]:
    """How each standing reads: in the council's words for its colour, or in our own where those would not be true."""
    five = colours(council, plan)
    return {standing: _colour_of(standing, five) for standing in Standing}


def _colour_of(standing: Standing, five: Mapping[Brag, Colour]) -> Colour:
    brag = COLOUR_OF[standing]
    if brag is None:
        return Colour("", "", standing.title, WITHDRAWN, TAGS[Brag.grey])
    if standing in OWN_MEANINGS:
        return Colour(brag.value, brag.title, standing.title, OWN_MEANINGS[standing], TAGS[brag])
    return five[brag]


def legend(words_of: Mapping[Standing, Colour]) -> tuple[Colour, ...]:
    """Every colour with each of its words and what that means, blue first, each once."""
    every = [words_of[standing] for brag in Brag for standing, has in COLOUR_OF.items() if has is brag]
    return tuple(dict.fromkeys(every))


def choices(words_of: Mapping[Standing, Colour]) -> list[tuple[str, str]]:
    """The colours to narrow a register by, each with all its words: Green: On track or Done."""
    every = legend(words_of)
    return [
        (brag.value, f"{brag.title}: {words.listing([x.word for x in every if x.code == brag.value], 'or')}")
        for brag in Brag
    ]


def counted(words_of: Mapping[Standing, Colour], counts: Mapping[Standing, int]) -> tuple[tuple[Colour, int], ...]:
    """How many actions read in which way, blue first; what was withdrawn is left out, and so is what does not occur."""
    totals = dict.fromkeys(legend(words_of), 0)
    for standing, number in counts.items():
        if COLOUR_OF[standing] is not None:
            totals[words_of[standing]] += number
    return tuple((colour, number) for colour, number in totals.items() if number)


# --- the plan's own colours ------------------------------------------------------------------------------------------


def late_tag() -> str:
    """The style of the tag of a late milestone: that of an action past its date."""
    return TAGS[COLOUR_OF[Standing.overdue] or Brag.grey]


def own_meaning(brag: Brag, plan: Plan | None) -> str:
    """What a plan says that one of its colours means; nothing where it does not say."""
    return getattr(plan, f"brag_{brag.value}", "") if plan else ""


def own_rating(brag: Brag, plan: Plan | None) -> str:
    """A colour the plan gives by itself, in its own words: Amber: more work needed or resolvable issue in sight."""
    meaning = own_meaning(brag, plan)
    return f"{brag.title}: {meaning}" if meaning else brag.title


def rated(brag: Brag, plan: Plan) -> Colour:
    """The plan's own rating as a colour with its word: what the plan says it means, or that it does not say."""
    meaning = own_meaning(brag, plan)
    return Colour(brag.value, brag.title, meaning or "rated so by the plan itself", meaning, TAGS[brag])


def own_choices(plan: Plan | None) -> list[tuple[str, str]]:
    """The colours to rate an action with, in the plan's own words."""
    return [(brag.value, own_rating(brag, plan)) for brag in Brag]


# --- why -------------------------------------------------------------------------------------------------------------


def why_this_colour(action: Action, areas: Sequence[JudgedArea], today: date) -> str:
    """Why an action stands as it does, in a sentence; `areas` are those it answers, with what was judged there."""
    if action.status is ActionStatus.withdrawn:
        return WITHDRAWN
    if action.status is ActionStatus.open:
        return _reason_open(action, today)
    disagreeing = [x for x in areas if x.judgement is not None and x.judgement.rating in rules.DISAGREES]
    if disagreeing:
        return f"Done, but {'; '.join(_judged(area) for area in disagreeing)}."
    return _reason_done(action, areas)


def _reason_open(action: Action, today: date) -> str:
    if rules.overdue(action, today):
        return f"Past its due date: {words.due(rules.due_day(action), today)}."
    if action.delivery is not Delivery.not_started:
        return f"As its lead last said: {action.delivery.in_sentence}."
    start = rules.start_day(action)
    if start is None:
        return "Nobody has said yet that it has started, and no start date is recorded."
    if rules.date_passed(start, today):
        return f"It was to start on {words.date_words(start)}, and nobody has said yet that it has."
    return "It is due to start today." if start == today else f"It is due to start on {words.date_words(start)}."


def _judged(area: JudgedArea) -> str:
    judgement = area.judgement
    if judgement is None:
        return f"{reference(AREA, area.number)} has not been judged"
    judged_on, rating = words.date_words(judgement.judged_on), judgement.rating.in_sentence
    return f"{reference(AREA, area.number)} was judged on {judged_on}: {rating}"


def _reason_done(action: Action, areas: Sequence[JudgedArea]) -> str:
    needs = [] if action.status is ActionStatus.verified else ["nobody outside its line has verified it yet"]
    if not areas:
        needs.append("it answers no area for improvement, so its impact cannot be judged")
    if action.impact_test is None:
        needs.append("no test of impact was named, so no evidence can turn it blue")
    without = [reference(AREA, x.number) for x in areas if not rules.shows_difference(x.judgement)]
    if without:
        needs.append(f"no difference has been shown yet for {words.listing(without)}")
    elif action.impact_test is not None:
        untested = [reference(AREA, x.number) for x in areas if not rule.shows_impact(action, x)]
        if untested:
            needs.append(f"{_missing(action)} is named as evidence for {words.listing(untested)}")
    if needs:
        return f"Done, but {words.listing(needs)}."
    return (
        "Verified by somebody outside its line, and every area it answers shows a difference for children, on evidence "
        f"from after it was done on {words.date_words(action.completed_on)}."
    )


def _missing(action: Action) -> str:
    """No re-audit from after 3 March 2026, the day it was done."""
    test = action.impact_test.in_sentence if action.impact_test else "evidence"
    kind = test.removeprefix("a ")
    kind = f"evidence of {kind}" if kind.startswith(("what", "observed")) else kind
    return f"no {kind} from after {words.date_words(action.completed_on)}, the day it was done,"
