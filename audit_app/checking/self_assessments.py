"""Self-assessments and their versions: what was signed has the fingerprint the log told of; no writer signed it."""

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
from audit_app.self_assessment.tables_outputs import AudienceVersion, VersionState, VersionWriter
from audit_app.self_assessment.versions import contents as version_contents
from findings.references import number_of, reference

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


def altered_versions(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Each version that was signed: its contents worked out again, and whether the log told of that fingerprint."""
    row_of, number = columns_of(AudienceVersion), 0
    logged = _fingerprints_of_versions(connection)
    columns = (row_of.authority_id, row_of.assessment_number, row_of.title, row_of.contents, row_of.fingerprint)
    ended = row_of.state.in_((VersionState.signed, VersionState.withdrawn))
    statement = sa.select(*columns).where(sa.or_(row_of.contents != "", ended))
    for row in connection.execution_options(yield_per=AT_ONCE).execute(statement):
        number += 1
        name = f"“{row.title}” of {reference(SELF_ASSESSMENT, row.assessment_number)}"
        if version_contents.fingerprint_of(row.contents) != row.fingerprint:
            yield f"What was signed as {name} was changed after the signature."
        elif row.fingerprint not in logged.get((row.authority_id, row.assessment_number), ()):
            yield f"{name} has a fingerprint that the log tells of no signature."
    yield Compared(f"{words.count(number, 'version')} of self-assessments: contents against fingerprint and log.")


def version_signed_by_a_writer(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Nobody signs a version they wrote in."""
    row_of, writer = columns_of(AudienceVersion), columns_of(VersionWriter)
    same = sa.and_(
        writer.authority_id == row_of.authority_id,
        writer.version_id == row_of.id,
        writer.person_id == row_of.signed_by,
    )
    statement = sa.select(row_of.assessment_number, row_of.title).where(sa.exists().where(same)).order_by(row_of.id)
    for row in connection.execute(statement):
        name = reference(SELF_ASSESSMENT, row.assessment_number)
        yield f"“{row.title}” of {name} was signed by somebody who wrote in it."


def _fingerprints(connection: sa.Connection) -> dict[tuple[int, str], str]:
    return {(council, name): fingerprint for council, name, fingerprint in _logged(connection, events.SIGNED)}


def _fingerprints_of_versions(connection: sa.Connection) -> dict[tuple[int, int], set[str]]:
    made: dict[tuple[int, int], set[str]] = {}
    for council, name, fingerprint in _logged(connection, events.VERSION_SIGNED):
        made.setdefault((council, number_of(name, SELF_ASSESSMENT) or 0), set()).add(fingerprint)
    return made


def _logged(connection: sa.Connection, event: str) -> list[tuple[int, str, str]]:
    entries = sa.select(ENTRY.c.authority_id, ENTRY.c.reference, ENTRY.c.facts).where(ENTRY.c.event == event)
    return [(row[0], row[1], str(json.loads(row[2]).get("fingerprint", ""))) for row in connection.execute(entries)]
