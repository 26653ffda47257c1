"""The thread: what is named across packages by its reference exists, and closed areas were judged."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app.audits.tables import AUDIT, AUDIT_ACTION, AuditAction, CaseAudit
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from findings.references import AREA, FINDING, number_of, reference
from findings.states import AreaStatus
from findings.tables import AreaForImprovement, Finding, ImpactJudgement


def unknown_references(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """References from audits to the thread. Sources the other way may outlive their audit and are left alone."""
    action, audit = columns_of(AuditAction), columns_of(CaseAudit)
    ways: tuple[tuple[str, Any, Any, type[SQLModel], str], ...] = (
        (AUDIT_ACTION, action, action.became_finding, Finding, FINDING),
        (AUDIT, audit, audit.tests_area, AreaForImprovement, AREA),
    )
    for own, columns, column, table, prefix in ways:
        target = columns_of(table)
        there = {tuple(row) for row in connection.execute(sa.select(target.authority_id, target.number))}
        named = sa.select(columns.authority_id, columns.number, column).where(column != "")
        for authority_id, number, name in connection.execute(named):
            if (authority_id, number_of(name, prefix)) not in there:
                yield f"{reference(own, number)} names {name}, which does not exist."
        yield compared(connection, named, "reference", f"from {own} to {prefix}")


def closed_unjudged(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """An area is closed only after its impact was judged."""
    area, impact = columns_of(AreaForImprovement), columns_of(ImpactJudgement)
    judged = sa.exists().where(impact.authority_id == area.authority_id, impact.area_number == area.number)
    bare = sa.select(area.number).where(area.status == AreaStatus.closed, ~judged)
    for (number,) in connection.execute(bare):
        yield f"{reference(AREA, number)} is closed, but nobody judged its impact."
    yield compared(connection, sa.select(area.number).where(area.status == AreaStatus.closed), "closed area")
