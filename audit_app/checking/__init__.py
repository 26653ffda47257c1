"""What must always hold of an installation, looked at one by one: `audit-app check`, and the worker's regular tasks.

Each invariant is a function that yields a sentence for everything that breaks it. They read past the session's scope,
as only a command or a task of the whole installation may, and they change nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from audit_app import jobs, words
from audit_app.checking import (
    agreed_counts,
    answer_counts,
    answer_sheets,
    audits,
    audits_frozen,
    databases,
    evidence,
    evidence_rows,
    files,
    numbers,
    packs,
    people,
    records,
    sealed,
    self_assessments,
    thread,
    verification,
    waiting,
)
from audit_app.checking.log_tasks import register_tasks, verify_log
from audit_app.checking.looking import Compared, Finder

__all__ = ["INVARIANTS", "Compared", "Invariant", "Outcome", "check", "look_at", "register_tasks", "verify_log"]

MOST_TOLD = 20


@dataclass(frozen=True)
class Invariant:
    """What must hold, in words, the function that finds what breaks it, and the feature whose rows it looks at."""

    words: str
    finder: Finder
    of: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was looked at, the sentences that say what is broken, and what was compared; `more` were found beyond."""

    words: str
    broken: tuple[str, ...]
    more: int = 0
    compared: tuple[Compared, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing that was compared breaks it."""
        return not self.broken

    @property
    def in_part(self) -> bool:
        """Whether something could not be compared, so that nobody may say that all of it holds."""
        return any(look.in_part for look in self.compared)


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
    Invariant("Submitted audits say what was frozen", audits_frozen.said_otherwise, of="audits"),
    Invariant("Dates fit the stage of each audit", audits.dates_out_of_step, of="audits"),
    Invariant("Agreed audits are counted as they are", agreed_counts.out_of_step, of="audits"),
    Invariant("Answers are added up by day and month as they were given", answer_counts.out_of_step, of="audits"),
    Invariant("Answers are counted as they were given", answer_sheets.out_of_step, of="audits"),
    Invariant("Grades and answers are points of their scale", audits.off_scale, of="audits"),
    Invariant("Findings, areas and actions named across the thread exist", thread.unknown_references, of="improvement"),
    Invariant("Closed areas were judged", thread.closed_unjudged, of="improvement"),
    Invariant("Audits to be done have an auditor", waiting.audits_waiting, of="audits"),
    Invariant("Actions from audits wait for somebody", waiting.audit_actions_waiting, of="audits"),
    Invariant("Open concerns wait for somebody", waiting.concerns_waiting, of="audits"),
    Invariant("Areas and plan actions wait for somebody", waiting.plan_work_waiting, of="improvement"),
    Invariant("Actions were verified outside their line", verification.verified_in_line, of="improvement"),
    Invariant("Evidence stands on its newest version", evidence_rows.broken_chains, of="evidence"),
    Invariant("Evidence is renewed when its version says", evidence_rows.wrong_renewals, of="evidence"),
    Invariant("What evidence proves is there", evidence_rows.proves_nothing_there, of="evidence"),
    Invariant("Evidence held here has its file", evidence_rows.files_without_hash, of="evidence"),
    Invariant("Signed self-assessments are as they were signed", self_assessments.altered, of="self_assessment"),
    Invariant(
        "Nobody signed a self-assessment they wrote in", self_assessments.signed_by_a_writer, of="self_assessment"
    ),
    Invariant(
        "Signed versions of self-assessments are as they were signed",
        self_assessments.altered_versions,
        of="self_assessment",
    ),
    Invariant(
        "Nobody signed a version they wrote in", self_assessments.version_signed_by_a_writer, of="self_assessment"
    ),
    Invariant("Packs are as they were frozen", packs.altered_packs, of="packs"),
    Invariant("Nothing that was removed is half there", records.half_removed, of="records"),
    Invariant("Nothing was removed that a legal hold kept", records.held_removed, of="records"),
    Invariant("Two people decided on each removal", records.one_person_alone, of="records"),
    Invariant("Nothing that was removed is here again", records.back_again, of="records"),
    Invariant("What is signed or frozen is as the log sealed it", sealed.broken_seals),
    Invariant("Evidence files are there and unchanged", evidence.damaged_files, of="packs"),
    Invariant("Nothing else lies in the evidence store", evidence.stray_files),
    Invariant("The data folder is closed to others", files.open_folders),
)


def check(engine: sa.Engine, config: Mapping[str, Any]) -> Iterator[Outcome]:
    """Look at one invariant after the other, the log last; tables of another shape end it, for the rest asks them."""
    for invariant in INVARIANTS:
        outcome = look_at(engine, config, invariant)
        yield outcome
        if outcome.broken and invariant.finder is databases.other_tables:
            return
    report = verify_log(engine, config)
    broken = () if report.sound else tuple(report.lines())
    length = f"{words.count(report.entries, 'entry')} and {words.count(report.anchors, 'anchor')}: every seal and link."
    yield Outcome("The history log is sound", broken[:MOST_TOLD], max(0, len(broken) - MOST_TOLD), (Compared(length),))


def look_at(engine: sa.Engine, config: Mapping[str, Any], invariant: Invariant) -> Outcome:
    """One invariant, on a connection that sees one moment; what cannot be read at all is broken, never an error."""
    options: dict[str, Any] = {"reading": True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    broken, looked = [], []
    try:
        with engine.execution_options(**options).connect() as connection:
            for line in invariant.finder(connection, config):
                looked.append(line) if isinstance(line, Compared) else broken.append(line)
    except (sa.exc.SQLAlchemyError, LookupError, ValueError, TypeError) as error:
        broken.append(f"It could not be looked at to the end: {jobs.place_of(error)}.")
    return Outcome(invariant.words, tuple(broken[:MOST_TOLD]), max(0, len(broken) - MOST_TOLD), tuple(looked))
