"""What marks one thing for good: the first seal the log made of its row, which every later backup holds too."""

from typing import Any

import sqlalchemy as sa

from audit_app.audits.tables import AUDIT, CaseAudit
from audit_app.evidence.tables import EVIDENCE, Evidence
from audit_app.history import chain
from audit_app.history.row_text import key_of_row
from audit_app.history.tables import SEAL
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.records import queries_improvement as improvement
from audit_app.records.erasure import register
from findings.references import number_of

ROWS: dict[str, Any] = {AUDIT: CaseAudit, EVIDENCE: Evidence, PACK: EvidencePackRow, **improvement.ROWS}


def mark_of(connection: sa.Connection, key: bytes, authority_id: int, name: str) -> str:
    """The keyed mark of a thing that is or was here; that of a thing nobody ever sealed is made of its name alone."""
    prefix = name[:3]
    table = ROWS[prefix].__table__
    row_key = key_of_row(table, {"authority_id": authority_id, "number": number_of(name, prefix)})[1]
    first = (
        sa.select(SEAL.c.hash)
        .where(SEAL.c.authority_id == authority_id, SEAL.c.kind == table.name, SEAL.c.key == row_key)
        .order_by(SEAL.c.sequence)
        .limit(1)
    )
    hash_ = connection.execute(first).scalar_one_or_none()
    return register.mark_of(key, name, (authority_id, hash_ or ""))


def is_here(connection: sa.Connection, authority_id: int, name: str) -> bool:
    """Whether the row of a thing is here; a pack counts while it has contents or files."""
    prefix = name[:3]
    columns = ROWS[prefix].__table__.c
    statement = sa.select(columns.number).where(
        columns.authority_id == authority_id, columns.number == number_of(name, prefix)
    )
    if prefix == PACK:
        statement = statement.where(columns.destroyed_at.is_(None))
    return connection.execute(statement).first() is not None


def back_again(connection: sa.Connection, key: bytes, entries: list[register.Entry]) -> list[register.Entry]:
    """The lines of a register whose thing is here again, as after a restore of an older backup."""
    here = [x for x in entries if x.reference[:3] in ROWS and is_here(connection, x.authority_id, x.reference)]
    return [x for x in here if chain.same(x.mark, mark_of(connection, key, x.authority_id, x.reference))]
