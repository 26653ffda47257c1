"""A colour of delivery in the council's words, and why an action has it; `findings.colours` decides which. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit_app import words
from findings import rules
from findings.references import AREA, reference
from findings.states import ActionStatus, Brag, Delivery
from findings.tables import Action, ImpactJudgement, Plan

TAGS = {
    Brag.blue: "govuk-tag--blue",
    Brag.green: "govuk-tag--green",
    Brag.amber: "govuk-tag--orange",
    Brag.red: "govuk-tag--red",
    Brag.grey: "govuk-tag--grey",
}


@dataclass(frozen=True)
class Colour:
    """A colour as it is shown: never the colour alone, always with its word, and its meaning nearby."""

    code: str
    name: str
    word: str
    meaning: str
    tag: str

    @property
    def in_words(self) -> str:
        """Blue: Complete."""
        return f"{self.name}: {self.word}"


def colours(council: Mapping[str, tuple[str, str]], plan: Plan | None = None) -> dict[Brag, Colour]:
    """Every colour in the council's words; what a plan says its colours mean goes before."""
    own = {brag: getattr(plan, f"brag_{brag.value}", "") for brag in Brag}
    return {
        brag: Colour(
            code=brag.value,
            name=brag.title,
            word=council[brag.value][0],
            meaning=own[brag] or council[brag.value][1],
            tag=TAGS[brag],
        )
        for brag in Brag
    }


DONE_GREEN = "Done. It turns blue once it is verified and every area it answers shows a difference for children."


def colour_of_action(coloured: Mapping[Brag, Colour], action: Action, earned: Brag) -> Colour:
    """The colour an action has earned; a green one that is already done does not say that it is under way."""
    colour = coloured[earned]
    done = action.status in (ActionStatus.completed, ActionStatus.verified)
    return replace(colour, word="Done", meaning=DONE_GREEN) if done and earned is Brag.green else colour


def why_this_colour(action: Action, impacts: Mapping[int, ImpactJudgement | None], today: date) -> str:
    """Why delivery has the colour it has, in a sentence; `impacts` is the latest judgement of each area answered."""
    if action.status is ActionStatus.withdrawn:
        return "Withdrawn, so it has no colour."
    if action.status is ActionStatus.open:
        return _reason_open(action, today)
    disagreeing = [number for number, judged in impacts.items() if judged and judged.rating in rules.DISAGREES]
    if disagreeing:
        return f"Done, but {_judged(disagreeing, impacts)}."
    return _reason_done(action, impacts)


def _reason_open(action: Action, today: date) -> str:
    if rules.overdue(action, today):
        return f"Past its due date: {words.due(action.due_on, today)}."
    if action.delivery is Delivery.not_started:
        return "Nobody has said yet that it has started."
    return f"As its lead last said: {action.delivery.in_sentence}."


def _judged(numbers: Sequence[int], impacts: Mapping[int, ImpactJudgement | None]) -> str:
    parts = []
    for number in numbers:
        judged = impacts[number]
        if judged is not None:
            judged_on, rating = words.date_words(judged.judged_on), judged.rating.in_sentence
            parts.append(f"{reference(AREA, number)} was judged on {judged_on}: {rating}")
    return "; ".join(parts)


def _reason_done(action: Action, impacts: Mapping[int, ImpactJudgement | None]) -> str:
    missing = [reference(AREA, number) for number, judged in impacts.items() if not rules.shows_difference(judged)]
    needs = [] if action.status is ActionStatus.verified else ["nobody outside its line has verified it yet"]
    if not impacts:
        needs.append("it answers no area for improvement, so its impact cannot be judged")
    elif missing:
        needs.append(f"no difference has been shown yet for {words.listing(missing)}")
    if needs:
        return f"Done, but {words.listing(needs)}."
    return "Verified by somebody outside its line, and every area it answers shows a difference for children."
