"""A figure a claim cites: counted grades or answers of one group of audits, told in sentences with n. Pure.

Audits drawn at random and audits that were chosen never stand in one figure; a percentage and a range are given only
for ten or more of the first.
"""

from dataclasses import dataclass
from datetime import date

from audit_app import words
from audit_app.improvement import wording
from audit_app.improvement.findings.suggest import ENOUGH
from frameworks import estimates

Counts = tuple[tuple[str, str, int], ...]  # code, name and number, worst first


@dataclass(frozen=True)
class Figure:
    """What one group of agreed audits of a period says of one thing."""

    about: str  # “Child protection: Plans”, “Overall grade of all question sets of one scale”
    at_random: bool
    start: date
    end: date
    counts: Counts
    moderated: int | None = None  # how many of them were moderated; None where that is not told
    not_applicable: int = 0

    @property
    def n(self) -> int:
        """How many audits are counted."""
        return sum(count for _, _, count in self.counts)

    @property
    def has_bar(self) -> bool:
        """Whether the scale has a point that counts as good enough."""
        return any(code in ENOUGH for code, _, _ in self.counts)

    @property
    def reached(self) -> int:
        """How many are good enough or better; 0 on a scale that has no such point."""
        places = [place for place, (code, _, _) in enumerate(self.counts) if code in ENOUGH]
        return sum(count for _, _, count in self.counts[places[0] :]) if places else 0

    @property
    def bar_words(self) -> str:
        """What the bar is called: “good or better”."""
        name = next((name for code, name, _ in self.counts if code in ENOUGH), "")
        return f"{name[:1].lower()}{name[1:]} or better" if name else ""


def headline(figure: Figure) -> str:
    """The figure in one line: what, how many of how many, how chosen."""
    if not figure.n:
        return f"{figure.about}: no agreed audit {_how(figure, 1)} in this period"
    if figure.has_bar:
        return f"{figure.about}: {figure.reached:,} of {_audits(figure)} {figure.bar_words}"
    return f"{figure.about}: {_audits(figure)}"


def sentences(figure: Figure) -> tuple[str, ...]:
    """The whole figure: its period, every grade with its number, the interval or why there is none, moderation."""
    period = words.date_range(figure.start, figure.end)
    if not figure.n:
        return (f"No agreed audit {_how(figure, 1)} was submitted in the period {period}.",)
    spread = words.listing([f"{name} {count:,}" for _, name, count in reversed(figure.counts)])
    lines = [f"{_audits(figure)}, submitted in the period {period}: {spread}.", *_share(figure)]
    if figure.not_applicable:
        lines.append(f"Not counted: {words.count(figure.not_applicable, 'audit')} for which it does not apply.")
    if figure.moderated is not None:
        lines.append(_moderation(figure.moderated, figure.n))
    return tuple(lines)


def _share(figure: Figure) -> list[str]:
    if not figure.at_random:
        return [f"They were {wording.NOT_A_PICTURE}."]
    if not figure.has_bar:
        return []
    if not estimates.may_show_percentage(figure.n):
        fewest = estimates.NUMBERS_ONLY_BELOW
        return [f"No percentage and no range are given, because both need at least {fewest} audits."]
    share = words.percent(figure.reached, figure.n)
    in_service = estimates.in_words(figure.reached, figure.n)
    return [f"{share} {figure.bar_words}; in the service as a whole, likely {in_service}."]


def _moderation(moderated: int, n: int) -> str:
    if not moderated:
        return "None of them was moderated."
    return f"{moderated:,} of the {n:,} {words.agree(moderated, 'was', 'were')} moderated."


def _audits(figure: Figure) -> str:
    return f"{words.count(figure.n, 'audit')} {_how(figure, figure.n)}"


def _how(figure: Figure, number: int) -> str:
    if figure.at_random:
        return "drawn at random"
    return "that was chosen" if number == 1 else "that were chosen"
