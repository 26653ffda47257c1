"""A delivery colour in the council's words, why it is that colour, and how ratings read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit_app import words
from audit_app.improvement.wording import IMPACTS
from findings import rules
from findings.references import AREA, reference
from findings.states import ActionStatus, Brag, Delivery
from findings.tables import Action, ImpactJudgement, Plan

DELIVERY_WORDS = {
    Delivery.not_started: "Not started",
    Delivery.on_track: "On track",
    Delivery.at_risk: "At risk",
    Delivery.off_track: "Off track",
    Delivery.complete: "Done",
}
STATUS_WORDS = {
    ActionStatus.open: "Open",
    ActionStatus.completed: "Done, waiting to be verified",
    ActionStatus.verified: "Verified",
    ActionStatus.withdrawn: "Withdrawn",
}
NOT_JUDGED = "Not yet judged"
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
    def told(self) -> str:
        """Blue: Complete."""
        return f"{self.name}: {self.word}"


def colours(council: Mapping[str, tuple[str, str]], plan: Plan | None = None) -> dict[Brag, Colour]:
    """Every colour in the council's words; what a plan says its colours mean goes before."""
    own = {brag: getattr(plan, f"brag_{brag.value}", "") for brag in Brag}
    return {
        brag: Colour(
            code=brag.value,
            name=brag.value.capitalize(),
            word=council[brag.value][0],
            meaning=own[brag] or council[brag.value][1],
            tag=TAGS[brag],
        )
        for brag in Brag
    }


DONE_GREEN = "Done. It turns blue once it is verified and every area it answers shows a difference for children."


def shown(coloured: Mapping[Brag, Colour], action: Action, earned: Brag) -> Colour:
    """The colour an action has earned; a green one that is already done does not say that it is under way."""
    colour = coloured[earned]
    done = action.status in (ActionStatus.completed, ActionStatus.verified)
    return replace(colour, word="Done", meaning=DONE_GREEN) if done and earned is Brag.green else colour


def reason(action: Action, impacts: Mapping[int, ImpactJudgement | None], today: date) -> str:
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
    return f"As its lead last said: {DELIVERY_WORDS[action.delivery].lower()}."


def _judged(numbers: Sequence[int], impacts: Mapping[int, ImpactJudgement | None]) -> str:
    parts = []
    for number in numbers:
        judged = impacts[number]
        if judged is not None:
            said = IMPACTS[judged.rating].lower()
            parts.append(f"{reference(AREA, number)} was judged on {words.date_words(judged.judged_on)}: {said}")
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


def impact_told(judged: ImpactJudgement | None) -> str:
    """A judgement of impact in words, with its day."""
    if judged is None:
        return NOT_JUDGED
    return f"{IMPACTS[judged.rating]}, judged on {words.date_words(judged.judged_on)}"


def due_told(action: Action, today: date) -> str:
    """When an action is due, in the plan's own words where it has no date; only an open one can be overdue."""
    parts = []
    if action.due_on is not None:
        late = rules.overdue(action, today)
        parts.append(words.date_words(action.due_on) + (f" ({words.due(action.due_on, today)})" if late else ""))
    if action.due_text and action.due_text != words.date_words(action.due_on):
        parts.append(f"“{action.due_text}”" if action.due_on else action.due_text)
    if action.ongoing:
        parts.append("ongoing")
    if action.repeats:
        parts.append(f"repeats: {action.repeats}")
    return ", ".join(parts) or "no due date"
