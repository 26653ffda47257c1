"""Carrying a removal out, one thing after the other: killed at any moment, a thing is there whole or gone whole.

Of each thing its rows go in one transaction, with the line that says so; then the register outside the database; then
its files; then the line is closed. Whatever was done is not done again, and the regular task goes on with the rest.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock, database, evidence_store, history, jobs
from audit_app.drafts import KeptForm
from audit_app.packs.endings import service as endings
from audit_app.packs.tables import PACK, PackRelease
from audit_app.people import queries as people
from audit_app.people.access.scope import system_scope
from audit_app.people.exports import service_asking as exports
from audit_app.records import events
from audit_app.records import queries as things
from audit_app.records import queries_improvement as improvement
from audit_app.records.erasure import hanging, kept_text, queries, queries_marks, register, service_register
from audit_app.records.erasure.parts.service import loosen
from audit_app.records.erasure.service import TASK
from audit_app.records.erasure.service_sweeping import sweep
from audit_app.records.holds import queries as holds
from audit_app.records.tables import (
    REMOVAL,
    HeldKind,
    LegalHold,
    LineState,
    Removal,
    RemovalLine,
    RemovalState,
)
from audit_app.records.things import Thing
from findings.references import reference

EVERY_MINUTES = 5
UNFINISHED = (LineState.waiting, LineState.rows_gone)


def register_tasks() -> None:
    """Go on every few minutes with what was agreed to and is not finished."""
    jobs.register_periodic(TASK, EVERY_MINUTES, carry_on)


def carry_on(context: jobs.PeriodicContext) -> None:
    """Finish every removal that was agreed to, council by council."""
    with database.session_for(context.engine, context.scope, reading=True) as session:
        agreed = [
            (authority_id, number)
            for authority_id in people.every_council(session)
            for number in session.exec(
                select(Removal.number).where(Removal.authority_id == authority_id, Removal.state == RemovalState.agreed)
            ).all()
        ]
    for authority_id, number in agreed:
        carry_out(context.engine, context.config, authority_id, number)
    service_register.keep_copy(context.config, history.key_from(context.config))


def carry_out(engine: sa.Engine, config: Mapping[str, Any], authority_id: int, number: int) -> None:
    """Remove everything on one removal’s list that is still there, sweep the database, and close it."""
    scope = system_scope(f"the removal {reference(REMOVAL, number)}", authority_id)
    with database.session_for(engine, scope, reading=True) as session:
        row = queries.get_removal(session, authority_id, number)
        positions = [line.position for line in queries.lines_of(session, row) if line.state in UNFINISHED]
    for position in positions:
        _remove_rows(engine, config, scope, (authority_id, number, position))
        _finish_line(engine, config, scope, (authority_id, number, position))
    sweep(engine, config)
    with _writing(engine, config, scope) as session:
        _close(session, authority_id, number, clock.now())


def _writing(engine: sa.Engine, config: Mapping[str, Any], scope: Any) -> Any:
    return endings.writing(jobs.PeriodicContext(engine, config, scope))


def _line(session: Session, key: tuple[int, int, int]) -> RemovalLine:
    statement = select(RemovalLine).where(
        RemovalLine.authority_id == key[0], RemovalLine.removal_number == key[1], RemovalLine.position == key[2]
    )
    return session.exec(statement.with_for_update()).one()


def _remove_rows(engine: sa.Engine, config: Mapping[str, Any], scope: Any, key: tuple[int, int, int]) -> None:
    """All rows of one thing and the line that says so, in one transaction; a hold placed meanwhile stops it."""
    with _writing(engine, config, scope) as session:
        line = _line(session, key)
        if line.state is not LineState.waiting:
            return
        now, name = clock.now(), reference(REMOVAL, line.removal_number)
        thing = things.find_thing(session, line.authority_id, line.reference)
        hold = holds.that_keep(session, line.authority_id, [thing])[thing] if thing else ""
        if hold:
            line.state = LineState.held
            facts: dict[str, str | int] = {"removal": name, "hold": hold}
            history.note(session, events.STOPPED, line.reference, by=None, authority_id=line.authority_id, facts=facts,
                         now=now)  # fmt: skip
            return
        if thing is not None:
            line.files = " ".join(sorted(queries.files_of(session, line.authority_id, thing)))
            line.was_in = " ".join(improvement.joined_to(session, line.authority_id, thing))
            remove_thing(session, line.authority_id, thing, why=f"Removed under {name}.", now=now)
        line.state, line.removed_at = LineState.rows_gone, now
        session.add(line)
        facts = {"removal": name, "kind": line.kind}
        history.note(session, events.REMOVED, line.reference, by=None, authority_id=line.authority_id, facts=facts,
                     now=now)  # fmt: skip


def remove_thing(session: Session, authority_id: int, thing: Thing, *, why: str, now: datetime) -> None:
    """Remove every row of one thing, and whatever names it that is nobody’s record of its own."""
    names = queries.names_of(session, authority_id, [thing])[thing.reference]
    for path in kept_text.paths_of(queries.kept_texts(session, authority_id), names, thing.case_reference):
        kept = sa.and_(col(KeptForm.authority_id) == authority_id, col(KeptForm.path) == path)
        session.exec(sa.delete(KeptForm).where(kept))
    for table, _one, _many in hanging.NAMING:
        columns: Any = table
        named = sa.and_(columns.authority_id == authority_id, columns.reference.in_(names))
        session.exec(sa.delete(table).where(named))
    loosen(session, authority_id, names)
    if thing.prefix == PACK:
        endings.empty_for_good(session, authority_id, thing.number, why=why, now=now)
    for each in hanging.ON.get(thing.prefix, ()):
        gone = sa.delete(each.table).where(each.of(authority_id, thing.number))
        session.exec(gone.execution_options(synchronize_session=False))


def _finish_line(engine: sa.Engine, config: Mapping[str, Any], scope: Any, key: tuple[int, int, int]) -> None:
    """The register first, then the files that nothing else names, then the line; done again, it changes nothing."""
    with database.session_for(engine, scope, reading=True) as session:
        line = session.get(RemovalLine, key)
        if line is None or line.state is not LineState.rows_gone or line.removed_at is None:
            return
        log_key = history.key_from(config)
        mark = queries_marks.mark_of(session.connection(), log_key, line.authority_id, line.reference)
        session.expunge_all()
    entry = register.Entry(
        register.stamp(line.removed_at), line.authority_id, reference(REMOVAL, line.removal_number), line.reference,
        mark,
    )  # fmt: skip
    service_register.add(config, log_key, entry)
    remove_files(engine, config, line.files.split())
    with _writing(engine, config, scope) as session:
        line = _line(session, key)
        if line.reference.startswith(PACK):
            _forget_pack_files(session, line)
        line.files, line.state = "", LineState.gone
        session.add(line)


def remove_files(engine: sa.Engine, config: Mapping[str, Any], hashes: list[str]) -> None:
    """Remove files that no row names any more, in any council."""
    if not hashes:
        return
    with database.session_for(engine, system_scope("files that something still names"), reading=True) as session:
        named = endings.hashes_named(session)
    for sha256 in hashes:
        if sha256 not in named:
            evidence_store.remove(config, sha256)


def _forget_pack_files(session: Session, line: RemovalLine) -> None:
    """The hashes of a removed pack’s files, and of its copies’, go once the files are gone."""
    thing_number = int(line.reference.partition("-")[2])
    endings.forget_files_of(session, line.authority_id, thing_number)
    copies = select(PackRelease).where(
        PackRelease.authority_id == line.authority_id, PackRelease.pack_number == thing_number
    )
    for copy in session.exec(copies).all():
        copy.pdf_sha256, copy.archive_sha256 = "", ""
        session.add(copy)


def _close(session: Session, authority_id: int, number: int, now: datetime) -> None:
    """The removal is done; the case reference it was asked for goes too, and from holds on it that were lifted."""
    row = queries.get_removal(session, authority_id, number)
    states = [line.state for line in queries.lines_of(session, row)]
    if row.state is not RemovalState.agreed or any(state in UNFINISHED for state in states):
        return
    row.state, row.finished_at, row.revision = RemovalState.done, now, row.revision + 1
    if queries.names_a_case(row.target) and LineState.held not in states:
        _empty_lifted_holds(session, authority_id, row.target)
    if queries.names_a_case(row.target):
        row.target = ""
    session.add(row)
    exports.end_all(session, authority_id, now)
    facts: dict[str, str | int] = {
        "removed": states.count(LineState.gone), "stopped": states.count(LineState.held),
    }  # fmt: skip
    history.note(session, events.FINISHED, reference(REMOVAL, number), by=None, authority_id=authority_id, facts=facts,
                 now=now)  # fmt: skip


def _empty_lifted_holds(session: Session, authority_id: int, case_reference: str) -> None:
    lifted = select(LegalHold).where(
        LegalHold.authority_id == authority_id,
        LegalHold.held == HeldKind.case,
        col(LegalHold.lifted_at).is_not(None),
        sa.func.lower(LegalHold.target) == case_reference.lower(),
    )
    for hold in session.exec(lifted).all():
        hold.target = ""
        session.add(hold)


def erase_again(engine: sa.Engine, config: Mapping[str, Any], entries: list[register.Entry]) -> list[str]:
    """Remove once more what a restore brought back; two people agreed to it then. Gives what was removed."""
    again = []
    for entry in entries:
        scope = system_scope("erasing again what a restore brought back", entry.authority_id)
        with _writing(engine, config, scope) as session:
            thing = things.find_thing(session, entry.authority_id, entry.reference)
            if thing is None or holds.that_keep(session, entry.authority_id, [thing])[thing]:
                continue
            files = sorted(queries.files_of(session, entry.authority_id, thing))
            now = clock.now()
            remove_thing(session, entry.authority_id, thing, why=f"Removed under {entry.removal}.", now=now)
            history.note(session, events.ERASED_AGAIN, entry.reference, by=None, authority_id=entry.authority_id,
                         facts={"removal": entry.removal}, now=now)  # fmt: skip
        remove_files(engine, config, files)
        again.append(entry.reference)
    if again:
        sweep(engine, config)
    return again


def register_of(config: Mapping[str, Any]) -> Path:
    """The register of this installation."""
    return register.path_in(Path(config["DATA_FOLDER"]))
