"""Evidence: each piece stands on its newest version, what it proves is there, its day of renewal follows."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import NUMBERED, columns_of
from audit_app.evidence import freshness, uses
from audit_app.evidence.states import Held, Renewal
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceText, EvidenceUse, EvidenceVersion
from findings.references import reference


def broken_chains(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """The versions of each piece run from one without a gap up to the one it stands on; uses name one of them."""
    piece, version = columns_of(Evidence), columns_of(EvidenceVersion)
    counted = (
        sa.select(version.authority_id, version.evidence_number, sa.func.count(), sa.func.max(version.version))
        .group_by(version.authority_id, version.evidence_number)
    )  # fmt: skip
    chains = {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(counted)}
    standing = sa.select(piece.authority_id, piece.number, piece.current_version)
    newest = {}
    for authority_id, number, current in connection.execute(standing):
        newest[authority_id, number] = current
        if chains.get((authority_id, number)) != (current, current):
            yield f"{reference(EVIDENCE, number)} stands on version {current}, and its versions do not run up to it."
    for table in (EvidenceUse, EvidenceText):
        column = columns_of(table)
        used = sa.select(column.authority_id, column.evidence_number, column.version)
        for authority_id, number, used_version in connection.execute(used):
            if not 1 <= used_version <= newest.get((authority_id, number), 0):
                yield f"{reference(EVIDENCE, number)} is named in version {used_version}, which is not there."
    yield compared(connection, standing, "piece of evidence", "its versions, their words and what was proved by them")


def wrong_renewals(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """The day of renewal that the register is narrowed by is the one that the newest version and the renewal give."""
    piece, version = columns_of(Evidence), columns_of(EvidenceVersion)
    joined = sa.and_(
        version.authority_id == piece.authority_id,
        version.evidence_number == piece.number,
        version.version == piece.current_version,
    )
    both = sa.select(piece.number, piece.renewal, piece.renew_by, version.speaks_to).select_from(
        sa.join(piece.number.table, version.version.table, joined)
    )
    for number, renewal, kept, speaks_to in connection.execute(both):
        if freshness.renew_by(Renewal(renewal), speaks_to) != kept:
            yield f"{reference(EVIDENCE, number)} is to be renewed by another day than its newest version says."
    yield compared(connection, both, "piece of evidence", "its day of renewal worked out again")


def proves_nothing_there(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Whatever evidence is attached to exists, as far as its kind is known here."""
    use = columns_of(EvidenceUse)
    attached = sa.select(use.authority_id, use.evidence_number, use.reference).where(use.detached_at.is_(None))
    there: dict[str, set[tuple[int, int]]] = {}
    for prefix, table in NUMBERED.items():
        column = columns_of(table)
        there[prefix] = {(row[0], row[1]) for row in connection.execute(sa.select(column.authority_id, column.number))}
    for authority_id, number, named in connection.execute(attached):
        known = there.get(uses.prefix_of(named))
        if known is not None and (authority_id, uses.number_in(named)) not in known:
            yield f"{reference(EVIDENCE, number)} is attached to {named}, which is not there."
    yield compared(connection, attached, "use of evidence", "the thing it names")


def files_without_hash(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """A version that is held here has a kind, a name and a size; one that is not has none of them."""
    version = columns_of(EvidenceVersion)
    every = sa.select(version.evidence_number, version.held, version.kind, version.given_name, version.size)
    for number, held, kind, given_name, size in connection.execute(every):
        whole = bool(kind and given_name and size)
        if (Held(held) is Held.here) != whole:
            yield f"{reference(EVIDENCE, number)} says of a version where it is, and its file says otherwise."
    yield compared(connection, every, "version of evidence", "where it is held beside what is known of its file")
