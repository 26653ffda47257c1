"""Reads of removals: what one would take and leave today, and those that were asked for."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits.tables import AUDIT, AUDIT_ACTION, AuditAction, AuditActionState, Concern
from audit_app.drafts import KeptForm
from audit_app.errors import NotFound
from audit_app.evidence.tables import EVIDENCE, EvidenceVersion
from audit_app.packs.tables import PACK, EvidencePackRow, PackRelease
from audit_app.people.access.scope import widened
from audit_app.records import queries_improvement as improvement
from audit_app.records.erasure import hanging, kept_text
from audit_app.records.erasure.listing import Item
from audit_app.records.tables import Removal, RemovalLine, RemovalState
from audit_app.records.things import REMOVABLE, Thing
from findings.references import number_of, reference

PACK_FILES = ("pdf_sha256", "workbook_sha256", "archive_sha256")
COPY_FILES = ("pdf_sha256", "archive_sha256")
NAME_IN_PACK = re.compile(r"AUD-\d{4,9}")


def items_for(session: Session, authority_id: int, things: Sequence[Thing]) -> list[Item]:
    """Each thing with how many rows of each sort go with it, and how many files."""
    with widened(session, "counting what goes with a removal"):
        names = names_of(session, authority_id, things)
        counts: dict[str, dict[str, int]] = {thing.reference: {} for thing in things}
        _count_hanging(session, authority_id, things, counts)
        _count_naming(session, authority_id, names, counts)
        _count_kept(session, authority_id, things, names, counts)
        files = _files_of(session, authority_id, things)
    return [
        Item(
            thing.reference, thing.kind, thing.counted_on, tuple(counts[thing.reference].items()),
            len(files[thing.reference]), thing.figures_on,
        )
        for thing in things
    ]  # fmt: skip


def names_of(session: Session, authority_id: int, things: Sequence[Thing]) -> dict[str, list[str]]:
    """The references under which a thing and its parts are named, such as an audit's own and those of its actions."""
    names = {thing.reference: [thing.reference] for thing in things}
    numbers = [thing.number for thing in things if thing.prefix == AUDIT]
    actions = select(AuditAction.audit_number, AuditAction.number).where(
        AuditAction.authority_id == authority_id, col(AuditAction.audit_number).in_(numbers)
    )
    for audit, action in session.exec(actions).all() if numbers else ():
        names[reference(AUDIT, audit)].append(reference(AUDIT_ACTION, action))
    for name, parts in improvement.parts_of(session, authority_id, things).items():
        names[name] += parts
    return names


def _count_hanging(
    session: Session, authority_id: int, things: Sequence[Thing], counts: Mapping[str, dict[str, int]]
) -> None:
    for prefix, tables in hanging.ON.items():
        numbers = [thing.number for thing in things if thing.prefix == prefix]
        for each in reversed(tables) if numbers else ():
            for number, count in session.connection().execute(each.counted(authority_id, numbers)).all():
                own = counts[reference(prefix, number)]
                own[each.words] = own.get(each.words, 0) + count
    for thing in things:
        if thing.prefix == PACK:
            counts[thing.reference][hanging.PACK_ROW[0]] = 1


def _count_naming(
    session: Session, authority_id: int, names: Mapping[str, Collection[str]], counts: Mapping[str, dict[str, int]]
) -> None:
    whose = {name: thing for thing, some in names.items() for name in some}
    for table, words, _many in hanging.NAMING:
        columns: Any = table
        statement = (
            select(columns.reference, sa.func.count())
            .where(columns.authority_id == authority_id, columns.reference.in_(list(whose)))
            .group_by(columns.reference)
        )
        for name, count in session.exec(statement).all():
            own = counts[whose[name]]
            own[words] = own.get(words, 0) + count


def _count_kept(
    session: Session,
    authority_id: int,
    things: Sequence[Thing],
    names: Mapping[str, Collection[str]],
    counts: Mapping[str, dict[str, int]],
) -> None:
    kept = kept_texts(session, authority_id)
    for thing in things if kept else ():
        paths = kept_text.paths_of(kept, names[thing.reference], thing.case_reference)
        if paths:
            counts[thing.reference][hanging.KEPT_TEXT[0]] = len(paths)


def kept_texts(session: Session, authority_id: int) -> list[tuple[str, str]]:
    """The pages of a council on which somebody has text that is not saved, with that text."""
    statement = select(KeptForm.path, KeptForm.values).where(KeptForm.authority_id == authority_id)
    return [(path, values) for path, values in session.exec(statement).all()]


def _files_of(session: Session, authority_id: int, things: Sequence[Thing]) -> dict[str, set[str]]:
    files: dict[str, set[str]] = defaultdict(set)
    numbers = {prefix: [x.number for x in things if x.prefix == prefix] for prefix in (EVIDENCE, PACK)}
    versions = select(EvidenceVersion.evidence_number, EvidenceVersion.sha256, EvidenceVersion.picture_sha256).where(
        EvidenceVersion.authority_id == authority_id, col(EvidenceVersion.evidence_number).in_(numbers[EVIDENCE])
    )
    for number, *hashes in session.exec(versions).all() if numbers[EVIDENCE] else ():
        files[reference(EVIDENCE, number)] |= {each for each in hashes if each}
    for table, key, names in ((EvidencePackRow, "number", PACK_FILES), (PackRelease, "pack_number", COPY_FILES)):
        columns: Any = [getattr(table, name) for name in (key, *names)]
        statement = sa.select(*columns).where(
            col(table.authority_id) == authority_id, columns[0].in_(numbers[PACK])  # type: ignore[attr-defined]
        )  # fmt: skip
        for number, *hashes in session.execute(statement).all() if numbers[PACK] else ():
            files[reference(PACK, number)] |= {each for each in hashes if each}
    return files


def files_of(session: Session, authority_id: int, thing: Thing) -> set[str]:
    """The hashes of every file of one thing."""
    return _files_of(session, authority_id, [thing])[thing.reference]


def with_open_work(session: Session, authority_id: int, numbers: Sequence[int]) -> set[int]:
    """The audits with a concern nobody has closed, or an action that is not confirmed: those stay until it is done."""
    concerns = select(Concern.audit_number).where(
        Concern.authority_id == authority_id, col(Concern.audit_number).in_(numbers), col(Concern.closed_at).is_(None)
    )
    unfinished = (AuditActionState.open, AuditActionState.done)
    actions = select(AuditAction.audit_number).where(
        AuditAction.authority_id == authority_id,
        col(AuditAction.audit_number).in_(numbers),
        col(AuditAction.state).in_(unfinished),
        AuditAction.became_finding == "",
    )
    return {*session.exec(concerns).all(), *session.exec(actions).all()} if numbers else set()


def packs_made_with(session: Session, authority_id: int, audits: Collection[Thing]) -> dict[int, list[str]]:
    """The packs that stand and were made with any of these audits, by number: which of them."""
    if not audits:
        return {}
    wanted = {thing.reference: thing.number for thing in audits}
    cases = {thing.case_reference.casefold() for thing in audits if thing.case_reference}
    statement = sa.select(
        col(EvidencePackRow.number), col(EvidencePackRow.contents), col(EvidencePackRow.key_list)
    ).where(
        col(EvidencePackRow.authority_id) == authority_id,
        col(EvidencePackRow.destroyed_at).is_(None),
        col(EvidencePackRow.contents) != "",
    )
    made = {}
    for number, contents, key_list in session.execute(statement).all():
        named = set(NAME_IN_PACK.findall(contents))
        keyed = {int(each) for each in re.findall(r": (\d+)", key_list)}
        inside = sorted(name for name, audit in wanted.items() if name in named or audit in keyed)
        if not inside and any(case in contents.casefold() for case in cases):
            inside = sorted(wanted)
        if inside:
            made[number] = inside
    return made


def get_removal(session: Session, authority_id: int, number: int) -> Removal:
    """One removal, as it now is in the database.

    Raises:
        NotFound: this council has no such removal.
    """
    statement = select(Removal).where(Removal.authority_id == authority_id, Removal.number == number)
    row = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound("There is no such removal.")
    return row


def lines_of(session: Session, removal: Removal) -> Sequence[RemovalLine]:
    """The lines of a removal, in order."""
    statement = select(RemovalLine).where(
        RemovalLine.authority_id == removal.authority_id, RemovalLine.removal_number == removal.number
    )
    return session.exec(statement.order_by(col(RemovalLine.position)).execution_options(populate_existing=True)).all()


def list_removals(session: Session, authority_id: int) -> Sequence[Removal]:
    """Every removal, the newest first."""
    statement = select(Removal).where(Removal.authority_id == authority_id)
    return session.exec(statement.order_by(col(Removal.number).desc())).all()


def count_removed(session: Session, authority_id: int, first: date, last: date) -> int:
    """How many agreed audits that figures of these days would have counted were removed."""
    within = (col(RemovalLine.figures_on) >= first, col(RemovalLine.figures_on) <= last)
    statement = select(sa.func.count()).where(
        RemovalLine.authority_id == authority_id, col(RemovalLine.removed_at).is_not(None), *within
    )
    return session.exec(statement.select_from(RemovalLine)).one()


def waiting_for(session: Session, authority_id: int, person_id: int | None) -> Sequence[Removal]:
    """The removals that somebody else asked for and this person may agree to."""
    statement = select(Removal).where(
        Removal.authority_id == authority_id, Removal.state == RemovalState.asked, Removal.asked_by != person_id
    )
    return session.exec(statement.order_by(col(Removal.number))).all()


def line_of(session: Session, authority_id: int, name: str) -> RemovalLine | None:
    """The line under which a thing was removed, newest first; None when none was."""
    statement = select(RemovalLine).where(
        RemovalLine.authority_id == authority_id,
        RemovalLine.reference == name,
        col(RemovalLine.removed_at).is_not(None),
    )
    return session.exec(statement.order_by(col(RemovalLine.removal_number).desc())).first()


def names_a_case(target: str) -> bool:
    """Whether what a removal was asked for is a case reference, and not the reference of a thing of ours."""
    return bool(target) and not any(number_of(target, prefix) for prefix in REMOVABLE)
