"""What must always hold of an installation, looked at one by one: `audit-app check`, and the worker's regular tasks.

Each invariant is a function that yields a sentence for everything that breaks it. They read past the session's scope,
as only a command or a task of the whole installation may, and they change nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from audit_app.checking import audits, databases, files, numbers, people, thread, waiting
from audit_app.checking.log_tasks import register_tasks, verify_log

__all__ = ["Invariant", "Outcome", "check", "register_tasks", "verify_log"]

MOST_TOLD = 20
Finder = Callable[[sa.Connection, Mapping[str, Any]], Iterator[str]]


@dataclass(frozen=True)
class Invariant:
    """What must hold, in words, the function that finds what breaks it, and the feature whose rows it looks at."""

    words: str
    finder: Finder
    of: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was looked at and the sentences that say what is broken; `more` were found beyond those."""

    words: str
    broken: tuple[str, ...]
    more: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return not self.broken


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("The database file is whole", databases.damage),
    Invariant("No row points at one that is not there", databases.dangling),
    Invariant("The tables are those this version knows", databases.other_tables),
    Invariant("The log cannot be changed without leaving a trace", databases.missing_triggers),
    Invariant("Published question sets are unchanged", files.changed_editions, of="library"),
    Invariant("No public reference can be given out twice", numbers.counts_behind),
    Invariant(
        "Each council that is set up has an administrator who can sign in", people.without_administrator, of="people"
    ),
    Invariant("Each team has one name and service at a time", people.overlapping_spells, of="people"),
    Invariant("Audits name teams and auditors that exist", audits.strangers, of="audits"),
    Invariant("Submitted audits are frozen, and frozen audits unchanged", audits.not_frozen, of="audits"),
    Invariant("Frozen contents fit their fingerprint", audits.altered_contents, of="audits"),
    Invariant("Dates fit the stage of each audit", audits.dates_out_of_step, of="audits"),
    Invariant("Grades and answers are points of their scale", audits.off_scale, of="audits"),
    Invariant("Findings, areas and actions named across the thread exist", thread.unknown_references, of="improvement"),
    Invariant("Closed areas were judged", thread.closed_unjudged, of="improvement"),
    Invariant("Audits to be done have an auditor", waiting.audits_waiting, of="audits"),
    Invariant("Actions from audits wait for somebody", waiting.audit_actions_waiting, of="audits"),
    Invariant("Open concerns wait for somebody", waiting.concerns_waiting, of="audits"),
    Invariant("Areas and plan actions wait for somebody", waiting.plan_work_waiting, of="improvement"),
    Invariant("Files that are named are in the evidence store", files.missing_files, of="packs"),
    Invariant("The data folder is closed to others", files.open_folders),
)


def check(engine: sa.Engine, config: Mapping[str, Any]) -> Iterator[Outcome]:
    """Look at one invariant after the other, the log last; tables of another shape end it, for the rest asks them."""
    for invariant in INVARIANTS:
        with engine.execution_options(reading=True).connect() as connection:
            broken_rows = list(invariant.finder(connection, config))
        yield Outcome(invariant.words, tuple(broken_rows[:MOST_TOLD]), max(0, len(broken_rows) - MOST_TOLD))
        if broken_rows and invariant.finder is databases.other_tables:
            return
    report = verify_log(engine, config)
    broken = () if report.sound else tuple(report.lines())
    yield Outcome("The history log is sound", broken[:MOST_TOLD], max(0, len(broken) - MOST_TOLD))
