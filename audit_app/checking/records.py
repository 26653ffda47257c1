"""Data protection: nothing removed is half there or back again, nothing held was removed, two people decided."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app import history, words
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from audit_app.records.erasure import hanging, queries_marks, register, service_register
from audit_app.records.holds.held import Holdable, Standing, hold_on
from audit_app.records.tables import HOLD, REMOVAL, LegalHold, LineState, Removal, RemovalLine
from findings.references import number_of, reference

AGAIN = "Type: audit-app records erase-again"


def half_removed(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Of what a removal took, no row that hung on it is left; what is back whole is told by the register."""
    line = columns_of(RemovalLine)
    gone = sa.select(line.authority_id, line.reference).where(line.state.in_([LineState.rows_gone, LineState.gone]))
    for authority_id, name in connection.execute(gone).all():
        prefix = name[:3]
        if prefix not in hanging.ON or queries_marks.is_here(connection, authority_id, name):
            continue
        number = number_of(name, prefix)
        for each in hanging.ON[prefix]:
            left = connection.execute(each.counted(authority_id, [number or 0])).first()
            if left is not None:
                some = words.count(left[1], each.words, each.words_many or None)
                yield f"{name} was removed, but {some} of it {words.agree(left[1], 'is', 'are')} left."
    yield compared(connection, gone, "removed thing", "whether any row that hung on it is left")


def held_removed(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Nothing was removed while a hold on it, or on its kind, stood; of a record or a person the job itself looks."""
    line, hold = columns_of(RemovalLine), columns_of(LegalHold)
    gone = sa.select(line.authority_id, line.reference, line.kind, line.removed_at).where(line.removed_at.is_not(None))
    holds = connection.execute(
        sa.select(hold.authority_id, hold.number, hold.held, hold.target, hold.placed_at, hold.lifted_at)
    ).all()
    for row in connection.execute(gone).all():
        stood = [
            Standing(reference(HOLD, each.number), each.held, each.target)
            for each in holds
            if each.authority_id == row.authority_id
            and each.placed_at <= row.removed_at
            and (each.lifted_at is None or each.lifted_at > row.removed_at)
        ]
        if kept := hold_on(stood, Holdable(row.reference, row.kind)):
            yield f"{row.reference} was removed while the legal hold {kept} kept it."
    yield compared(connection, gone, "removed thing", "the legal holds that stood when it was removed")


def one_person_alone(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each removal that was carried out was agreed to by somebody else than asked for it (PE-4)."""
    row = columns_of(Removal)
    carried = sa.select(row.number).where(row.agreed_at.is_not(None))
    for (number,) in connection.execute(carried.where(sa.or_(row.agreed_by.is_(None), row.agreed_by == row.asked_by))):
        yield f"{reference(REMOVAL, number)} was carried out without a second person."
    yield compared(connection, carried, "removal", "who asked and who agreed")


def back_again(connection: sa.Connection, config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Nothing that was removed is here again, as after a restore of an older backup."""
    path, key = register.path_in(Path(config["DATA_FOLDER"])), history.key_from(config)
    entries = register.entries(path)
    if not register.sound(path, key):
        yield f"The register of removals was changed past the product: {path}"
    if service_register.waits(config):
        yield "The register of removals is not beside the backups in the object store yet; see the log of the worker."
    for entry in queries_marks.back_again(connection, key, entries):
        yield f"{entry.reference} was removed under {entry.removal} and is here again. {AGAIN}"
    yield Compared(f"{words.count(len(entries), 'line')} of the register of removals beside the database.")
