"""Two fixed pieces of work that say how fast this machine is just now, so that figures of different days compare.

A figure is scaled by the one that is made of what it is made of: arithmetic for what keeps the processor busy, durable
commits for what waits for the disk. Mixed, a quick disk would forgive a slow page.
"""

import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMITS = 20
SUMS = 250_000
WORDS = 12_000


@dataclass(frozen=True)
class Yardstick:
    """One piece of work, and by which clock it and the figures it scales are read.

    `usual_seconds` is what it took on the machine the targets were set for, two cores at about 2.5 GHz, when quiet.
    """

    name: str
    work: Any
    clock: Any
    usual_seconds: float

    def seconds(self):
        """How long its work takes now."""
        began = self.clock()
        self.work()
        return self.clock() - began

    def pace(self, *measured):
        """By what a figure is multiplied: below 1 where the machine is slower just now than it usually is."""
        return self.usual_seconds * len(measured) / sum(measured)


def arithmetic():
    """Sums, and texts put together and looked up, as pages are made of."""
    total = 0
    for number in range(SUMS):
        total += number * number % 7
    kept = {f"word-{number}": f"<td>{number:,}</td>" for number in range(WORDS)}
    return total, len("".join(kept[f"word-{number}"] for number in range(WORDS)))


def commits():
    """Twenty small transactions, each on the disk before the next."""
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "yardstick.db", isolation_level=None)
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE measured (id INTEGER PRIMARY KEY, words TEXT)")
        for row in range(COMMITS):
            database.execute("INSERT INTO measured VALUES (?, ?)", (row, f"words {row}"))
        database.close()


# In seconds of this process: who else uses the machine does not count, in the figure nor in the yardstick.
PROCESSOR = Yardstick("processor", arithmetic, time.process_time, 0.035)
WAITING = Yardstick("waiting", arithmetic, time.perf_counter, 0.035)
DISK = Yardstick("disk", commits, time.perf_counter, 0.020)
