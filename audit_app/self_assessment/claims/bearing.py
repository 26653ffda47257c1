"""Whether a claim stands: what it cites, how old that is, and whether later audits speak against it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from audit_app import words
from audit_app.self_assessment.claims.figure import Figure
from audit_app.self_assessment.tables import Cites, Stance
from findings import rules
from frameworks import estimates


class Doubt(StrEnum):
    """Why a claim may not stand."""

    no_evidence = auto()
    stale = auto()
    contradicted = auto()
    fallen = auto()


@dataclass(frozen=True)
class Standing:
    """One thing a claim cites, as it stands today."""

    kind: Cites
    words: str
    dated_on: date | None
    figure: Figure | None = None
    later: Figure | None = None  # the same counted after the period of the figure
    against: str = ""  # why it no longer supports a claim: withdrawn, opened again
    hidden: bool = False
    href: str = ""
    reference: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Warned:
    """A doubt in words."""

    doubt: Doubt
    words: str


def doubts(stance: Stance, cited: Sequence[Standing], today: date, months: int) -> tuple[Warned, ...]:
    """What speaks against a claim as it is written now.

    Without evidence: it cites nothing, or only figures that count no audit. Older than `months` months: the newest day
    of everything cited that has one. Contradicted: see `contradiction`.

    Args:
        stance: Whether it says that something works well, is not good enough, or neither.
        cited: What it cites.
        today: The day it is read.
        months: How old the newest evidence may be; a setting.
    """
    there = [each for each in cited if not each.against and not (each.figure is not None and not each.figure.n)]
    warned = [Warned(Doubt.fallen, f"{each.words}: {each.against}.") for each in cited if each.against]
    if not there:
        return (Warned(Doubt.no_evidence, "Nothing that it cites shows this yet: it is said only."), *warned)
    newest = max((each.dated_on for each in there if each.dated_on), default=None)
    if newest is not None and rules.months_later(newest, months) < today:
        sentence = f"The newest of its evidence is of {words.date_words(newest)}, more than {months} months ago."
        warned.append(Warned(Doubt.stale, sentence))
    for each in there:
        if each.figure is not None and (against := contradiction(stance, each.figure, each.later)):
            warned.append(Warned(Doubt.contradicted, against))
    return tuple(warned)


def contradiction(stance: Stance, figure: Figure, later: Figure | None) -> str:
    """Why audits drawn at random speak against a claim; empty when they do not, or are too few to say.

    Later audits contradict a figure when the two intervals do not meet: then chance alone would hardly explain it. The
    figure itself contradicts what is claimed of it when its whole interval lies on the other side of one half. Fewer
    than ten audits, chosen audits, and scales without a point that is good enough, contradict nothing.

    Source:
        Case audit practice, section 15.3: no change is announced unless intervals separate.
    """
    if later is not None and (against := _later_differ(figure, later)):
        return against
    bounds = _bounds(figure)
    if bounds is None or stance is Stance.neither:
        return ""
    low, high = bounds
    counted = f"{figure.reached:,} of {figure.n:,} drawn at random are {figure.bar_words}"
    if stance is Stance.works_well and high < 0.5:
        return f"It says that this works well, but only {counted}."
    if stance is Stance.not_good_enough and low > 0.5:
        return f"It says that this is not good enough, but {counted}."
    return ""


def _later_differ(figure: Figure, later: Figure) -> str:
    first, second = _bounds(figure), _bounds(later)
    if first is None or second is None:
        return ""
    if second[1] < first[0] or first[1] < second[0]:
        period = words.date_range(later.start, later.end)
        less = "fewer" if second[1] < first[0] else "more"
        return (
            f"Later audits say otherwise: in the period {period}, {later.reached:,} of {later.n:,} drawn at random are "
            f"{later.bar_words}, {less} than the {figure.reached:,} of {figure.n:,} it cites, by more than chance."
        )
    return ""


def _bounds(figure: Figure) -> tuple[float, float] | None:
    if not figure.at_random or not figure.has_bar or not estimates.may_show_percentage(figure.n):
        return None
    interval = estimates.wilson(figure.reached, figure.n)
    return (interval.low, interval.high) if interval else None
