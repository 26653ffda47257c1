"""Takes measurements and tells them: raw and scaled by a yardstick, against their targets; nothing is asserted."""

import statistics
import time
from dataclasses import dataclass

from tests.bench.yardstick import PROCESSOR

TRIES = 3
WARMING = 5


@dataclass(frozen=True)
class Figure:
    """One measurement: a time in its unit, or a ratio of two times of one run, which needs no scaling."""

    name: str
    raw: float
    scaled: float
    target: float
    unit: str

    def line(self):
        verdict = "holds" if self.scaled <= self.target else "FALLS SHORT"
        raw = f" (raw {self.raw:,.2f})" if self.raw != self.scaled else ""
        return f"{self.name}: {self.scaled:,.2f} {self.unit}{raw}, at most {self.target:g} {self.unit}: {verdict}"


@dataclass(frozen=True)
class Beside:
    """What two things took that were done turn about, in seconds."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self):
        """Of the medians."""
        return statistics.median(self.ours) / statistics.median(self.theirs)

    @property
    def spread(self):
        """Between which ratios eight of ten pairs lie."""
        tenths = statistics.quantiles(
            (one / other for one, other in zip(self.ours, self.theirs, strict=True)), n=10, method="inclusive"
        )
        return tenths[0], tenths[-1]

    def words(self):
        """Both medians and the spread."""
        ours, theirs = (statistics.median(each) * 1000 for each in (self.ours, self.theirs))
        low, high = self.spread
        return f"medians {ours:.1f} and {theirs:.1f} ms, eight of ten pairs {low:.2f} to {high:.2f}"


def turn_about(ours, theirs, turns, clock=time.perf_counter):
    """Do one and the other in turn, so that what else the machine does falls on both; the first few are for warming."""
    took = ([], [])
    for turn in range(turns + WARMING):
        for place, work in enumerate((ours, theirs)):
            began = clock()
            work(turn)
            if turn >= WARMING:
                took[place].append(clock() - began)
    return Beside(tuple(took[0]), tuple(took[1]))


class Figures:
    """All figures of one run."""

    def __init__(self):
        self.kept = []

    def time_of(self, name, work, *, target_ms, each=1, by=PROCESSOR):
        """The best of three of a piece of work, in milliseconds; `each` when it does the thing several times.

        It is read by the clock of its yardstick: the processor's own seconds, or those that somebody waits.
        """
        best = None
        for _ in range(TRIES):
            before = by.seconds()
            began = by.clock()
            work()
            took = (by.clock() - began) * 1000 / each
            pace = by.pace(before, by.seconds())
            if best is None or took * pace < best[1]:
                best = (took, took * pace)
        self.kept.append(Figure(f"{name} ({by.name})", best[0], best[1], target_ms, "ms"))
        return best[0]

    def keep(self, name, value, *, target, unit, by=None):
        """A value measured elsewhere; scaled by a yardstick unless it is a ratio, a size, or processor time."""
        pace = by.pace(by.seconds()) if by else 1.0
        self.kept.append(Figure(name, value, value * pace, target, unit))

    def keep_ratio(self, name, beside, *, target):
        """What one thing takes against another, done turn about."""
        self.keep(f"{name} ({beside.words()})", beside.ratio, target=target, unit="times")

    def lines(self):
        """The report, and which figures fall short."""
        short = [figure for figure in self.kept if figure.scaled > figure.target]
        told = ["", "Figures; times are scaled to the usual machine (two cores), each by its own yardstick:"]
        told += [f"  {figure.line()}" for figure in self.kept]
        names = "; ".join(figure.name for figure in short)
        return [*told, f"{len(self.kept)} figures, {len(short)} fall short" + (f": {names}" if short else ".")]
