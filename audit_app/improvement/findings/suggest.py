"""What agreed answers to one question might be a finding about: proposals in words, for a person to decide. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app import words
from audit_app.audits.answers_counted.spread import Points, Spread
from audit_app.improvement import wording
from frameworks import estimates

FEWEST = 3
# From here up an answer is no reason for a finding about what is lacking; on other scales only the best is none.
ENOUGH = frozenset({"good", "secure"})


@dataclass(frozen=True)
class Proposal:
    """What was seen, in a sentence that names each answer it counts, states n and how the audits were chosen."""

    sentence: str
    part: int
    whole: int


def proposals(spreads: Sequence[Spread]) -> list[Proposal]:
    """One proposal for each group of audits: how many gave each answer that falls short.

    Audits drawn at random and audits that were chosen are never put into one figure; a percentage and a range are
    given only for ten or more of the first, and nothing is proposed from fewer than three audits.
    """
    made = []
    for spread in spreads:
        short = spread.answers[: _falling_short(spread.points)]
        part = sum(count for _, _, count in short)
        if spread.n >= FEWEST and part:
            made.append(Proposal(_sentence(spread, [(name, count) for _, name, count in short]), part, spread.n))
    return made


def _falling_short(points: Points) -> int:
    """How many answers, from the worst up, fall short of enough."""
    enough = [place for place, (code, _) in enumerate(points) if code in ENOUGH]
    return enough[0] if enough else len(points) - 1


def _sentence(spread: Spread, short: Sequence[tuple[str, int]]) -> str:
    whole, part = spread.n, sum(count for _, count in short)
    of_whole = f"of {words.count(whole, 'audit')}" if spread.at_random else f"of the {words.count(whole, 'audit')}"
    ordered = sorted(short, key=lambda answer: answer[1] == 0)  # a number first, and "none" after it
    (first_name, first_count), *others = ordered
    parts = [f"{first_count:,} {of_whole} {spread.who} said “{first_name}”"]
    parts += [f"{count:,} “{name}”" if count else f"none “{name}”" for name, count in others]
    sentence = words.listing(parts)
    if spread.at_random:
        sentence += _in_service(part, whole, together=sum(count > 0 for _, count in short) > 1)
    else:
        sentence += f". They were {wording.NOT_A_PICTURE}"
    away = spread.not_applicable
    not_counted = f" Not counted: {words.count(away, 'audit')} for which it does not apply." if away else ""
    return f"{sentence}.{not_counted}"


def _in_service(part: int, whole: int, *, together: bool) -> str:
    """The sum of the answers named, and what it says of the whole service where they are enough."""
    if not estimates.may_show_percentage(whole):
        fewest = estimates.NUMBERS_ONLY_BELOW
        return f". No percentage and no range are given, because both need at least {fewest} audits"
    in_service = f"; in the service as a whole, likely {estimates.in_words(part, whole)}"
    share = words.percent(part, whole)
    return f", together {part:,} of {whole:,} ({share}){in_service}" if together else f" ({share}){in_service}"
