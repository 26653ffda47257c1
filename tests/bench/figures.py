"""Takes measurements and tells them: raw and scaled by the yardstick, against their targets; nothing is asserted."""

import statistics
import time
from dataclasses import dataclass

TRIES = 3


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


class Figures:
    """All figures of one run."""

    def __init__(self, measure, usual):
        self.measure, self.usual, self.kept = measure, usual, []

    def time_of(self, name, work, *, target_ms, each=1):
        """The best of three of a piece of work, in milliseconds; `each` when it does the thing several times."""
        best = None
        for _ in range(TRIES):
            before = self.measure()
            began = time.perf_counter()
            work()
            took = (time.perf_counter() - began) * 1000 / each
            pace = self.usual / statistics.mean((before, self.measure()))
            if best is None or took * pace < best[1]:
                best = (took, took * pace)
        self.kept.append(Figure(name, best[0], best[1], target_ms, "ms"))
        return best[0]

    def keep(self, name, value, *, target, unit, scaled=True):
        """A value measured elsewhere; scaled by the yardstick unless it is a ratio or a size."""
        pace = self.usual / self.measure() if scaled else 1.0
        self.kept.append(Figure(name, value, value * pace, target, unit))

    def lines(self):
        """The report, and which figures fall short."""
        short = [figure for figure in self.kept if figure.scaled > figure.target]
        told = ["", "Figures, scaled to the usual machine (two cores) by the yardstick:"]
        told += [f"  {figure.line()}" for figure in self.kept]
        names = "; ".join(figure.name for figure in short)
        return [*told, f"{len(self.kept)} figures, {len(short)} fall short" + (f": {names}" if short else ".")]
