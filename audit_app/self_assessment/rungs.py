"""How firm a claim is by what it cites and how old that is: a rung of the ladder proposed with its reason. Pure.

The ladder is that of the edition `self-assessment-1`: 0 said only; 1 a policy or plan; 2 performance data; 3 audit;
4 audit, data and feedback agree; 5 the same, tested again and lasting. What is proposed is not kept: a person decides.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any

from audit_app import words
from audit_app.self_assessment import ladder_words
from findings import rules


class Kind(StrEnum):
    """What a piece of evidence is, as the ladder tells them apart."""

    policy = auto()  # a policy, a plan, an action: what is meant to happen
    data = auto()  # performance data, a measure
    audit = auto()  # grades or answers of audits, a dip sample, observed practice
    feedback = auto()  # what children, families, staff or partners said
    inspection = auto()  # what inspectors or peers printed
    other = auto()


class Age(StrEnum):
    """How old a piece of evidence is."""

    fresh = auto()
    ageing = auto()
    stale = auto()
    undated = auto()


AGE_WORDS = words.ours({Age.fresh: "fresh", Age.ageing: "ageing", Age.stale: "stale", Age.undated: "of no known date"})
NAMES = {
    Kind.policy: "a policy or plan",
    Kind.data: "performance data",
    Kind.audit: "audit",
    Kind.feedback: "feedback",
    Kind.inspection: "what inspectors or peers saw",
    Kind.other: "a finding, a file or something else whose kind is not told",
}
# The ladder names neither feedback nor inspectors by themselves: people who were there count like data, and somebody
# from outside who looked at practice like an audit.
ALONE = {Kind.other: 1, Kind.policy: 1, Kind.data: 2, Kind.feedback: 2, Kind.audit: 3, Kind.inspection: 3}
AGREEING = (Kind.audit, Kind.data, Kind.feedback)
AUDITED = 3


@dataclass(frozen=True)
class Ages:
    """For how many months evidence is fresh, and after how many it is stale: settings of the council.

    Figures age fastest; what audits, people and policies said lasts longer; an inspection comes every few years.
    """

    fresh: int = 3
    data: int = 6
    practice: int = 12
    inspection: int = 36

    def of(self, kind: Kind, dated_on: date | None, today: date) -> Age:
        """Fresh, ageing or stale on a day: the last day of a limit still belongs to the younger side of it."""
        if dated_on is None:
            return Age.undated
        if rules.months_later(dated_on, self.fresh) >= today:
            return Age.fresh
        return Age.ageing if rules.months_later(dated_on, self._stale_after(kind)) >= today else Age.stale

    def _stale_after(self, kind: Kind) -> int:
        if kind is Kind.inspection:
            return self.inspection
        return self.data if kind in (Kind.data, Kind.other) else self.practice


def ages_of(config: Mapping[str, Any]) -> Ages:
    """How long each kind of evidence lasts, as the council has set it."""
    return Ages(
        fresh=int(config["CLAIM_FRESH_MONTHS"]),
        data=int(config["CLAIM_DATA_MONTHS"]),
        practice=int(config["CLAIM_EVIDENCE_MONTHS"]),
        inspection=int(config["CLAIM_INSPECTION_MONTHS"]),
    )


@dataclass(frozen=True)
class Cited:
    """One piece of evidence a claim cites.

    `dated_on` is the day it speaks of. `against`: it says otherwise than the claim. `renew_by`: the day by which its
    owner promised a newer one; from the next day it is stale, whatever its kind. `empty`: nothing was there to count.
    """

    kind: Kind
    dated_on: date | None
    against: bool = False
    renew_by: date | None = None
    empty: bool = False

    def age(self, ages: Ages, today: date) -> Age:
        """How old it is on a day."""
        if rules.date_passed(self.renew_by, today):
            return Age.stale
        return ages.of(self.kind, self.dated_on, today)


@dataclass(frozen=True)
class Proposal:
    """A rung with its reason in sentences, and how old what carries it is; None where nothing carries it."""

    rung: int
    age: Age | None
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """Rung 3 of 5: audit."""
        return words.Ours(ladder_words.rung_words(self.rung))

    @property
    def age_words(self) -> str:
        """Fresh, ageing: how old what carries it is; nothing where nothing does."""
        return AGE_WORDS[self.age] if self.age else ""


def propose(cited: Collection[Cited], today: date, *, ages: Ages | None = None, lasting_months: int = 6) -> Proposal:
    """The rung that what is cited carries, and why not a higher one.

    Args:
        cited: Everything the claim cites.
        today: The day to reckon from.
        ages: How long each kind stays fresh.
        lasting_months: How far the first and the last audit must lie apart to have shown that a difference lasts.

    Returns:
        A rung from 0 to 5. What is stale, of no known date, empty or against the claim carries no rung; something
        against it also keeps it below 4, where all must agree.
    """
    ages = ages or Ages()
    carries = [piece for piece in cited if _carries(piece, ages, today)]
    against = [piece for piece in cited if piece.against and not piece.empty]
    rung = max((ALONE[piece.kind] for piece in carries), default=0)
    agree = {piece.kind for piece in carries} >= set(AGREEING) and not against
    if agree:
        rung = 5 if _lasts(carries, cited, lasting_months) else 4
    holders = carries if agree else [piece for piece in carries if ALONE[piece.kind] == rung]
    reasons = [*_why(rung, holders), *_what_disagrees(against), *_what_is_left_out(cited, ages, today)]
    reasons += _what_is_missing(rung, {piece.kind for piece in carries})
    return Proposal(rung, _oldest(holders, ages, today, agree=agree), tuple(words.Ours(reason) for reason in reasons))


def _carries(piece: Cited, ages: Ages, today: date) -> bool:
    is_good = not piece.against and not piece.empty
    return is_good and piece.age(ages, today) in (Age.fresh, Age.ageing)


def _lasts(carries: Iterable[Cited], cited: Iterable[Cited], months: int) -> bool:
    """Whether a first audit, however old, and one that still carries lie far enough apart."""
    first = min(_days(piece for piece in cited if not piece.against and not piece.empty), default=None)
    last = max(_days(carries), default=None)
    return first is not None and last is not None and rules.months_later(first, months) <= last


def _days(pieces: Iterable[Cited]) -> list[date]:
    return [piece.dated_on for piece in pieces if piece.kind is Kind.audit and piece.dated_on]


def _oldest(holders: Iterable[Cited], ages: Ages, today: date, *, agree: bool) -> Age | None:
    """The age of the newest piece of what carries the rung; where several kinds must agree, of the oldest kind."""
    newest: dict[Kind, date] = {}
    for piece in holders:
        if piece.dated_on and (agree is False or piece.kind in AGREEING):
            newest[piece.kind] = max(piece.dated_on, newest.get(piece.kind, piece.dated_on))
    by_kind = [ages.of(kind, day, today) for kind, day in newest.items()]
    order = list(Age)
    return (max if agree else min)(by_kind, key=order.index, default=None)


def _listed(kinds: Collection[Kind]) -> str:
    """Performance data and audit: in the order of the ladder, each once."""
    return words.listing([NAMES[kind] for kind in Kind if kind in kinds])


def _why(rung: int, holders: Collection[Cited]) -> list[str]:
    kinds = {piece.kind for piece in holders}
    if not kinds:
        return ["Nothing cited carries it, so it is said only."]
    reasons = [f"It rests on {_listed(kinds)}."]
    if kinds == {Kind.other}:
        reasons.append("What kind of evidence that is, is for whoever decides to say: it may well carry more.")
    if kinds == {Kind.inspection}:
        reasons.append("The ladder does not name inspectors; they saw practice, so they count like an audit.")
    if kinds == {Kind.feedback} and rung == ALONE[Kind.feedback]:
        reasons.append("The ladder does not name feedback by itself; it counts like data.")
    return reasons


def _what_disagrees(against: Collection[Cited]) -> list[str]:
    kinds = {piece.kind for piece in against}
    return [f"What is cited does not agree: {_listed(kinds)} says otherwise."] if kinds else []


def _what_is_left_out(cited: Collection[Cited], ages: Ages, today: date) -> list[str]:
    reasons = []
    for age, why in ((Age.stale, "too old"), (Age.undated, "of no known date")):
        kinds = {x.kind for x in cited if x.age(ages, today) is age and not x.against and not x.empty}
        reasons += [f"Not counted, because {why}: {_listed(kinds)}."] if kinds else []
    if any(piece.empty for piece in cited):
        reasons.append("A figure is cited of which no audit is counted.")
    return reasons


def _what_is_missing(rung: int, kinds: Collection[Kind]) -> list[str]:
    missing = [kind for kind in AGREEING if kind not in kinds]
    if rung == AUDITED and missing:
        return [f"For 4, {_listed(missing)} would have to agree."]
    return ["For 5, it would have to be audited again later and still be so."] if rung == AUDITED + 1 else []
