"""Evidence packs: the frozen contents have the fingerprint that was printed, and the log told of that one."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import words
from audit_app.checking.looking import Compared
from audit_app.checking.numbers import columns_of
from audit_app.history.tables import ENTRY
from audit_app.packs import contents, events
from audit_app.packs.tables import PACK, EvidencePackRow
from findings.references import reference

AT_ONCE = 20


def altered_packs(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each pack with contents: worked out again, against the row and against what the log says was frozen."""
    pack, number = columns_of(EvidencePackRow), 0
    logged = _fingerprints(connection)
    statement = sa.select(pack.authority_id, pack.number, pack.contents, pack.fingerprint).where(pack.contents != "")
    for row in connection.execution_options(yield_per=AT_ONCE).execute(statement):
        number += 1
        name = reference(PACK, row.number)
        if contents.fingerprint_of(row.contents) != row.fingerprint:
            yield f"The contents of {name} were changed after they were frozen."
        elif logged.get((row.authority_id, name), row.fingerprint) != row.fingerprint:
            yield f"{name} has another fingerprint than the one the log says it was frozen with."
    yield Compared(f"{words.count(number, 'pack')}: contents against fingerprint, and the fingerprint against the log.")


def _fingerprints(connection: sa.Connection) -> dict[tuple[int, str], str]:
    """The fingerprint each pack was frozen with, as the log tells it."""
    entries = sa.select(ENTRY.c.authority_id, ENTRY.c.reference, ENTRY.c.facts).where(ENTRY.c.event == events.FROZEN)
    return {(row[0], row[1]): str(json.loads(row[2]).get("fingerprint", "")) for row in connection.execute(entries)}
