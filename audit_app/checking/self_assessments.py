"""Self-assessments: what was signed has the fingerprint under the signature, and the log told of that one."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import words
from audit_app.checking.looking import Compared
from audit_app.checking.numbers import columns_of
from audit_app.history.tables import ENTRY
from audit_app.self_assessment import events
from audit_app.self_assessment.signing import contents
from audit_app.self_assessment.tables import (
    SELF_ASSESSMENT,
    AssessmentState,
    AssessmentWriter,
    SelfAssessment,
)
from findings.references import reference

AT_ONCE = 20


def altered(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each signed one: its contents worked out again, against the row and against what the log says was signed."""
    row_of, number = columns_of(SelfAssessment), 0
    logged = _fingerprints(connection)
    columns = (row_of.authority_id, row_of.number, row_of.contents, row_of.fingerprint, row_of.state)
    statement = sa.select(*columns).where(sa.or_(row_of.contents != "", row_of.state == AssessmentState.signed))
    for row in connection.execution_options(yield_per=AT_ONCE).execute(statement):
        number += 1
        name = reference(SELF_ASSESSMENT, row.number)
        if contents.fingerprint_of(row.contents) != row.fingerprint:
            yield f"What was signed as {name} was changed after the signature."
        elif logged.get((row.authority_id, name), row.fingerprint) != row.fingerprint:
            yield f"{name} has another fingerprint than the one the log says was signed."
        elif row.state is not AssessmentState.signed:
            yield f"{name} is frozen although nobody signed it."
    yield Compared(f"{words.count(number, 'self-assessment')}: contents against fingerprint and log.")


def signed_by_a_writer(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Nobody signs what they wrote in."""
    row_of, writer = columns_of(SelfAssessment), columns_of(AssessmentWriter)
    same = sa.and_(
        writer.authority_id == row_of.authority_id,
        writer.assessment_number == row_of.number,
        writer.person_id == row_of.signed_by,
    )
    statement = sa.select(row_of.number).where(sa.exists().where(same)).order_by(row_of.number)
    for row in connection.execute(statement):
        yield f"{reference(SELF_ASSESSMENT, row.number)} was signed by somebody who wrote in it."


def _fingerprints(connection: sa.Connection) -> dict[tuple[int, str], str]:
    entries = sa.select(ENTRY.c.authority_id, ENTRY.c.reference, ENTRY.c.facts).where(ENTRY.c.event == events.SIGNED)
    return {(row[0], row[1]): str(json.loads(row[2]).get("fingerprint", "")) for row in connection.execute(entries)}
