"""Where the three views of an area do not fit together, in words with what to do: never a predicted grade. Pure.

A share of records drawn at random is held against a half: whoever says “good” says that practice is mostly good.
Nothing is said of the whole service from fewer than ten records, nor from records that were chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from audit_app import words
from audit_app.improvement.findings.suggest import ENOUGH
from audit_app.improvement.wording import in_the_middle
from audit_app.self_assessment.three_views.views import Graded, Judged, OwnView, Share, newest, share_reaching

HALF = 0.5


class Fit(StrEnum):
    """Whether two views fit, from the most pressing on."""

    differs = auto()
    missing = auto()
    unsure = auto()
    fits = auto()


@dataclass(frozen=True)
class Difference:
    """One thing to know about how the views fit: a sentence, and what to do about it."""

    fit: Fit
    sentence: str
    to_do: str = ""


def differences(
    own: OwnView | None, random: Sequence[Graded], judged: Sequence[Judged], *, draft: OwnView | None = None
) -> tuple[Difference, ...]:
    """What does not fit between the three views, then what cannot be said, then what does fit.

    Args:
        own: The latest thing the council says of the area; None where nothing was begun.
        random: Records drawn at random, by scale.
        judged: What was printed of the area, whatever its join; only the very same area is held against the others.
        draft: The newest thing that is written, where that gives no grade and `own` is an earlier one that does.
    """
    printed = newest(judged)
    lines = [_own_and_audits(own, random), _own_and_inspectors(own, printed), _audits_and_inspectors(random, printed)]
    made = [line for line in (*_missing(draft or own, random, judged), *lines) if line is not None]
    order = list(Fit)
    return tuple(sorted(made, key=lambda line: order.index(line.fit)))


def in_short(own: OwnView | None, random: Sequence[Graded], judged: Sequence[Judged]) -> str:
    """The three views in one sentence: You say good; 14 of 40 records drawn at random are graded good or better; …"""
    printed = newest(judged)
    parts = []
    if own and own.grade_code:
        parts.append(f"you say {_small(own.grade_name)}{'' if own.is_signed else ' in a draft'}")
    if share := _share(random, _bar(own, random)):
        parts.append(_records(share))
    if printed:
        parts.append(_they_said(printed))
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _bar(own: OwnView | None, random: Sequence[Graded]) -> str:
    """The grade that records are counted from: good enough, or one's own where that is better still.

    Below “good” nothing is learned from how many are no worse than one says: how many are good is what is asked.
    """
    codes = own.codes if own and own.codes else next((graded.codes for graded in random if graded.n), ())
    enough = next((code for code in codes if code in ENOUGH), "")
    if own is None or not own.grade_code:
        return enough
    if not enough:
        return own.grade_code
    return max(enough, own.grade_code, key=codes.index)


def _small(grade_name: str) -> str:
    return in_the_middle(grade_name)


def _share(random: Sequence[Graded], code: str) -> Share | None:
    """The share of the largest group of records whose scale has the grade."""
    shares = [share for graded in random if graded.n and (share := share_reaching(graded, code))]
    return max(shares, key=lambda share: share.n, default=None)


def _records(share: Share) -> str:
    verb = words.agree(share.x, "is", "are")
    records = f"{share.x:,} of {words.count(share.n, 'record')} drawn at random"
    return f"{records} {verb} graded {_small(share.grade_name)} or better"


def _they_said(printed: Judged) -> str:
    return f"{printed.body or printed.title} said {_small(printed.grade_name)}{printed.year}"


def _missing(own: OwnView | None, random: Sequence[Graded], judged: Sequence[Judged]) -> list[Difference]:
    lines = []
    if own is None:
        lines.append(
            Difference(
                Fit.missing, words.Ours("You say nothing of this area yet."), words.Ours("Begin a self-assessment.")
            )
        )
    elif not own.grade_code and own.codes:
        lines.append(
            Difference(Fit.missing, f"{own.reference} gives this area no grade yet.", "Give one, with its reason.")
        )
    if not any(graded.n for graded in random):
        sentence = words.Ours("No agreed audit drawn at random speaks to this area as a whole.")
        remedy = words.Ours("Draw records for it, so that audits can bear out what you say.")
        lines.append(Difference(Fit.missing, sentence, remedy))
    if not judged:
        lines.append(Difference(Fit.missing, words.Ours("No inspection or review on record judged this area.")))
    return lines


def _own_and_audits(own: OwnView | None, random: Sequence[Graded]) -> Difference | None:
    """Whether records drawn at random bear out one's own grade; of the worst grade they can say nothing either way.

    A service may be inadequate for what happens to a few, so the worst grade is held against no share.
    """
    if own is None or not own.grade_code or own.grade_code not in own.codes or own.grade_code == own.codes[0]:
        return None
    bar = _bar(own, random)
    share = _share(random, bar)
    if share is None:
        return None
    sentence = f"You say {_small(own.grade_name)}; {_records(share)}."
    if share.interval is None:
        return Difference(Fit.unsure, f"{sentence} They are too few to say anything of all records.", "Audit more.")
    is_modest = own.codes.index(own.grade_code) < own.codes.index(bar)
    if share.interval.high < HALF:
        return _few_reach(sentence, is_modest=is_modest)
    better = share if is_modest and share.interval.low > HALF else _better_than(own, bar, random)
    if better:
        return Difference(
            Fit.differs,
            f"You say {_small(own.grade_name)}; {_records(better)}. Most of all records are likely to be, so audits "
            "show more than you say.",
            "Ask whether you are too modest, or the audits too kind.",
        )
    if share.interval.low > HALF:
        return Difference(Fit.fits, f"{sentence} Most of all records are likely to be.")
    return Difference(Fit.unsure, f"{sentence} That cannot say whether most of all records are.", "Audit more.")


def _few_reach(sentence: str, *, is_modest: bool) -> Difference:
    """Less than half of all records are likely to reach the bar: what whoever says less than good says too."""
    likely = f"{sentence} Less than half of all records are likely to be"
    if is_modest:
        return Difference(Fit.fits, f"{likely}, which fits.")
    to_do = "Cite what shows better practice, or say what is being done about it."
    return Difference(Fit.differs, f"{likely}, so audits do not bear it out.", to_do)


def _better_than(own: OwnView, bar: str, random: Sequence[Graded]) -> Share | None:
    """The share that reaches the next grade above the bar, where it is most of the service."""
    place = own.codes.index(bar) + 1
    share = _share(random, own.codes[place]) if place < len(own.codes) else None
    return share if share and share.interval and share.interval.low > HALF else None


def _own_and_inspectors(own: OwnView | None, printed: Judged | None) -> Difference | None:
    if own is None or not own.grade_code or printed is None or own.codes != printed.codes:
        return None
    places = own.codes.index(own.grade_code), own.codes.index(printed.grade_code)
    sentence = f"You say {_small(own.grade_name)}; {_they_said(printed)}."
    if places[0] == places[1]:
        return Difference(Fit.fits, f"{sentence} That is the same.")
    if places[0] > places[1]:
        return Difference(
            Fit.differs,
            f"{sentence} You say better than {_they(printed)} did.",
            "Say what has changed for children since then, and what shows it.",
        )
    return Difference(
        Fit.differs, f"{sentence} You say less than {_they(printed)} did.", "Say what has become worse, and since when."
    )


def _they(printed: Judged) -> str:
    return printed.body or "the review"


def _audits_and_inspectors(random: Sequence[Graded], printed: Judged | None) -> Difference | None:
    share = _share(random, printed.grade_code) if printed else None
    if printed is None or share is None or share.interval is None or share.interval.high >= HALF:
        return None
    sentence = f"{_they_said(printed)}; {_records(share)}."
    return Difference(
        Fit.differs,
        f"{sentence[:1].upper()}{sentence[1:]} Less than half of all records are likely to be today.",
        "Expect inspectors to ask what has happened since.",
    )
