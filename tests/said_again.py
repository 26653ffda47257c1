"""Which tests ask PostgreSQL nothing that others do not ask: they are run there in `make proof` alone.

`AUDIT_TEST_SAID=folder` makes a run on SQLite write down, for each test that is meant for PostgreSQL too, the
statements it sends, without their numbers and lists, and the processor's time it takes. `python -m tests.said_again
folder` reads that and chooses tests, the cheapest first, until every statement is asked, and leaves out again, the
dearest first, those whose statements the others ask. The rest go into `said_again.txt`. A test that is not in that
file is run: a new one always. `make proof` asks everything.
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
# What a test costs beyond its own statements: an application made, a database emptied.
BEGINNING_S = 0.15
LISTS, NUMBERS = re.compile(r"IN \([^()]*\)"), re.compile(r"_\d+\b|\b\d+\b")


def in_short(statement):
    """A statement without what differs from row to row: lists, numbers, the values of many rows."""
    bare = NUMBERS.sub("#", LISTS.sub("IN (.)", statement)).partition("VALUES")[0]
    return hashlib.sha256(bare.encode()).hexdigest()[:12]


@cache
def listed():
    """The tests that say again what others say, by their ids."""
    return frozenset(LIST.read_text("utf-8").split("\n")) if LIST.exists() else frozenset()


def function_of(name):
    """A test's id without its case."""
    return name.partition("[")[0]


def says_again(name):
    """Whether a test, by its id, is listed: alone, or with every case of it."""
    return name in listed() or function_of(name) in listed()


class Listening:
    """Writes down what each test sends; one file a process.

    `always`, `meant` and `skipped` say of a test whether PostgreSQL is asked by it: whatever others ask, if nobody
    else asks it, or never, because it is of SQLite.
    """

    def __init__(self, folder, always, meant, skipped):
        self.folder, self.always, self.meant, self.skipped = Path(folder), always, meant, skipped
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
        if not self.skipped(item) and (self.meant(item) or self.always(item)):
            self.sent[item.nodeid] = sorted(self._now)
            self.took[item.nodeid] = time.process_time() - before
        self._now = None

    def pytest_sessionfinish(self):
        """Keep what was heard."""
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (self.folder / f"{worker}.json").write_text(
            json.dumps({"sent": self.sent, "took": self.took, "kept": self.kept}), "utf-8"
        )


def chosen(sent, took, always=()):
    """Tests that together ask every statement that is asked at all; cheap ones first, and none without need."""
    kept, left = [*always], {name: set(statements) for name, statements in sent.items() if name not in set(always)}
    wanted = set().union(*left.values()) - {one for name in always for one in sent[name]}
    while wanted:
        best = max(left, key=lambda name: len(left[name] & wanted) / (took[name] + BEGINNING_S))
        kept.append(best)
        wanted -= left.pop(best)
    kept = _without_repeating(kept, sent, took, set(always))
    rest = {name: statements for name, statements in sent.items() if name not in set(kept)}
    return kept + _one_of_each_folder(rest, kept, took)


def _without_repeating(kept, sent, took, always):
    """The same tests without those that ask nothing the others do not ask, the dearest left out first."""
    asked = Counter(one for name in kept for one in set(sent[name]))
    needed = set(kept)
    for name in sorted(needed - always, key=took.get, reverse=True):
        if all(asked[one] > 1 for one in sent[name]):
            needed.discard(name)
            asked.subtract(set(sent[name]))
    return [name for name in kept if name in needed]


def _one_of_each_folder(left, kept, took):
    """The cheapest test of each folder of which none was chosen, so that no room goes unasked."""
    there = {Path(name.partition("::")[0]).parent for name in kept}
    cheapest = {Path(name.partition("::")[0]).parent: name for name in sorted(left, key=took.get, reverse=True)}
    return [name for folder, name in cheapest.items() if folder not in there]


def in_few_lines(left, kept):
    """Tests left out by their ids; where every case of one is left out, by its name alone."""
    partly = {function_of(name) for name in kept}
    return {name if function_of(name) in partly else function_of(name) for name in left}


def main(folder):
    """Write the list anew."""
    sent, took, always = {}, {}, []
    for path in Path(folder).glob("*.json"):
        heard = json.loads(path.read_text("utf-8"))
        sent |= heard["sent"]
        took |= heard["took"]
        always += heard["kept"]
    kept = set(chosen(sent, took, always))
    LIST.write_text("\n".join(sorted(in_few_lines(sent.keys() - kept, kept))) + "\n", "utf-8")
    print(
        f"{len(sent)} tests, {sum(took.values()):.0f} s; chosen {len(kept)}, {sum(took[name] for name in kept):.0f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1])
