"""Which tests ask PostgreSQL nothing that others do not ask: they are run there in `make proof` alone.

`AUDIT_TEST_SAID=folder` makes a run on SQLite write down, for each test that is meant for PostgreSQL too, the
statements it sends, without their numbers and lists, and the processor's time it takes. `python -m tests.said_again
folder` reads that and chooses tests, the cheapest first, until every statement is asked twice, or as often as it is
asked at all. The rest go into `said_again.txt`. A test that is not in that file is run: a new one always.
"""

import hashlib
import json
import os
import re
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

LIST = Path(__file__).with_name("said_again.txt")
TWICE = 2
LISTS, NUMBERS = re.compile(r"IN \([^()]*\)"), re.compile(r"_\d+\b|\b\d+\b")


def in_short(statement):
    """A statement without what differs from row to row: lists, numbers, the values of many rows."""
    bare = NUMBERS.sub("#", LISTS.sub("IN (.)", statement)).partition("VALUES")[0]
    return hashlib.sha256(bare.encode()).hexdigest()[:12]


@cache
def listed():
    """The tests that say again what others say, by their ids."""
    return frozenset(LIST.read_text("utf-8").split("\n")) if LIST.exists() else frozenset()


class Listening:
    """Writes down what each test sends; one file a process. `always` and `meant` say of a test where it is run."""

    def __init__(self, folder, always, meant):
        self.folder, self.always, self.meant = Path(folder), always, meant
        self.sent, self.took, self.kept, self._now = {}, {}, [], None
        sa.event.listen(sa.Engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_more):
        if self._now is not None:
            self._now.add(in_short(statement))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        """Around one test."""
        before, self._now = time.process_time(), set()
        yield
        if self.always(item):
            self.kept.append(item.nodeid)
        if self.meant(item) or self.always(item):
            self.sent[item.nodeid] = sorted(self._now)
            self.took[item.nodeid] = time.process_time() - before
        self._now = None

    def pytest_sessionfinish(self):
        """Keep what was heard."""
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (self.folder / f"{worker}.json").write_text(
            json.dumps({"sent": self.sent, "took": self.took, "kept": self.kept}), "utf-8"
        )


def chosen(sent, took, always=(), times=TWICE):
    """Tests that together ask every statement so many times, or as often as it is asked at all; cheap ones first."""
    asked = Counter(one for statements in sent.values() for one in statements)
    wanted = {one: min(times, number) for one, number in asked.items()}
    kept, left = [*always], {name: statements for name, statements in sent.items() if name not in set(always)}
    wanted = {one: number - sum(one in sent[name] for name in kept) for one, number in wanted.items()}
    while left:
        gain = {name: sum(wanted[one] > 0 for one in statements) for name, statements in left.items()}
        best = max(gain, key=lambda name: gain[name] / (took[name] + 0.05))
        if not gain[best]:
            break
        kept.append(best)
        for one in left.pop(best):
            wanted[one] -= 1
    return kept + _one_of_each_folder(left, kept, took)


def _one_of_each_folder(left, kept, took):
    """The cheapest test of each folder of which none was chosen, so that no room goes unasked."""
    there = {Path(name.partition("::")[0]).parent for name in kept}
    cheapest = {Path(name.partition("::")[0]).parent: name for name in sorted(left, key=took.get, reverse=True)}
    return [name for folder, name in cheapest.items() if folder not in there]


def main(folder):
    """Write the list anew."""
    sent, took, always = {}, {}, []
    for path in Path(folder).glob("*.json"):
        heard = json.loads(path.read_text("utf-8"))
        sent |= heard["sent"]
        took |= heard["took"]
        always += heard["kept"]
    kept = set(chosen(sent, took, always))
    LIST.write_text("\n".join(sorted(sent.keys() - kept)) + "\n", "utf-8")
    print(
        f"{len(sent)} tests, {sum(took.values()):.0f} s; chosen {len(kept)}, {sum(took[name] for name in kept):.0f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1])
