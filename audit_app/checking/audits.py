"""Case audits: frozen when submitted and unchanged since, dated as their stage says, graded on their own scales."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from audit_app import words as plain
from audit_app.audits import contents, question_sets
from audit_app.audits.guards import AFTER_AGREEMENT, AFTER_SUBMISSION
from audit_app.audits.tables import AUDIT, Answer, AuditVersion, CaseAudit, DomainAnswer, Stage
from audit_app.checking.looking import Compared, compared
from audit_app.checking.numbers import columns_of
from audit_app.library.set_name import SetName
from audit_app.people.tables import Person, Team
from findings.references import reference

AT_ONCE = 200
AUDITS, VERSIONS = columns_of(CaseAudit), columns_of(AuditVersion)
OPEN = (Stage.drawn, Stage.allocated)


def name_of(number: int) -> str:
    """AUD-0042."""
    return reference(AUDIT, number)


def strangers(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Teams and auditors are named without a foreign key, because they live in another feature."""
    team, person = columns_of(Team), columns_of(Person)
    no_team = ~sa.exists().where(team.authority_id == AUDITS.authority_id, team.id == AUDITS.team_id)
    for (number,) in connection.execute(sa.select(AUDITS.number).where(no_team)):
        yield f"{name_of(number)} names a team that does not exist."
    nobody = ~sa.exists().where(person.id == AUDITS.auditor_id)
    for (number,) in connection.execute(sa.select(AUDITS.number).where(nobody)):
        yield f"{name_of(number)} names an auditor who does not exist."
    yield compared(connection, sa.select(AUDITS.number), "audit", "the team and the auditor of each")


def not_frozen(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Every audit from submission on has the version it says it has, pinned to its own question set."""
    same = sa.and_(
        VERSIONS.authority_id == AUDITS.authority_id,
        VERSIONS.audit_number == AUDITS.number,
        VERSIONS.version == AUDITS.version,
    )
    bare = sa.select(AUDITS.number).where(AUDITS.stage.in_(AFTER_SUBMISSION), ~sa.exists().where(same))
    for (number,) in connection.execute(bare):
        yield f"{name_of(number)} was submitted, but its frozen version is not there."
    other = sa.select(AUDITS.number).where(
        AUDITS.stage.in_(AFTER_SUBMISSION), sa.exists().where(same, VERSIONS.fingerprint != AUDITS.fingerprint)
    )
    for (number,) in connection.execute(other):
        yield f"{name_of(number)} is pinned to another question set than its frozen version."
    submitted = sa.select(AUDITS.number).where(AUDITS.stage.in_(AFTER_SUBMISSION))
    yield compared(
        connection, submitted, "submitted audit", "whether the frozen version of each is there and pinned alike"
    )


def altered_contents(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Frozen contents whose hash is no longer the one they were frozen with."""
    statement = sa.select(
        VERSIONS.audit_number, VERSIONS.version, VERSIONS.contents, VERSIONS.contents_sha256
    ).execution_options(yield_per=AT_ONCE)
    for number, version, frozen, sha256 in connection.execute(statement):
        if contents.sha256_of(frozen) != sha256:
            yield f"Version {version} of {name_of(number)} was changed after it was submitted."
    yield compared(
        connection, sa.select(VERSIONS.version), "frozen version", "the contents of each against its fingerprint"
    )


def dates_out_of_step(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """A submitted audit knows when it was submitted; an agreed one, when and by whom it was agreed."""
    rules = (
        ("is submitted without a date", AUDITS.stage.in_(AFTER_SUBMISSION), AUDITS.submitted_at.is_(None)),
        ("is agreed without a date", AUDITS.stage.in_(AFTER_AGREEMENT), AUDITS.agreed_at.is_(None)),
        ("is agreed by nobody", AUDITS.stage.in_(AFTER_AGREEMENT), AUDITS.agreed_by.is_(None)),
        ("was agreed by its own auditor", AUDITS.stage.in_(AFTER_AGREEMENT), AUDITS.agreed_by == AUDITS.auditor_id),
        ("is not begun, but has a submitted version", AUDITS.stage.in_(OPEN), AUDITS.version > 0),
    )
    for words, *conditions in rules:
        for (number,) in connection.execute(sa.select(AUDITS.number).where(*conditions)):
            yield f"{name_of(number)} {words}."
    yield compared(connection, sa.select(AUDITS.number), "audit", "the dates and names of each against its stage")


def off_scale(connection: sa.Connection, _config: Mapping[str, Any]) -> Iterator[str | Compared]:
    """Grades and answers that are no point of the scale they are given on, set by set."""
    sets = sa.select(AUDITS.edition_id, AUDITS.set_id, AUDITS.length, AUDITS.fingerprint).distinct()
    looked_at = 0
    for row in connection.execute(sets).all():
        questions = question_sets.find_set(connection, SetName(row.edition_id, row.set_id, row.length))
        if questions is None or questions.fingerprint != row.fingerprint:
            yield Compared(
                f"Not compared: audits on {row.set_id} of {row.edition_id} ({row.length}); that set is here no more.",
                in_part=True,
            )
            continue  # read from what was frozen; the files know another edition now
        looked_at += 1
        here = sa.and_(AUDITS.edition_id == row.edition_id, AUDITS.set_id == row.set_id, AUDITS.length == row.length)
        yield from _grades_off_scale(
            connection, here, set(question_sets.grade_names(connection, SetName(row.edition_id, row.set_id)))
        )
        yield from _answers_off_scale(connection, here, questions)
    yield Compared(f"All grades and answers of audits on {plain.count(looked_at, 'question set')}.")


def _grades_off_scale(connection: sa.Connection, here: Any, known: set[str]) -> Iterator[str]:
    overall = sa.select(AUDITS.number, AUDITS.overall_grade).where(here, AUDITS.overall_grade.not_in({*known, ""}))
    for number, grade in connection.execute(overall):
        yield f"{name_of(number)} has the overall grade “{grade}”, which is not on its scale."
    domain = columns_of(DomainAnswer)
    statement = (
        sa.select(AUDITS.number, domain.domain_id, domain.grade)
        .join_from(CaseAudit.__table__, DomainAnswer.__table__, _same_audit(domain))  # type: ignore[attr-defined]
        .where(here, domain.grade.not_in({*known, ""}))
    )
    for number, domain_id, grade in connection.execute(statement):
        yield f"{name_of(number)} graded {domain_id} “{grade}”, which is not on its scale."


def _answers_off_scale(connection: sa.Connection, here: Any, questions: Any) -> Iterator[str]:
    answer = columns_of(Answer)
    pairs = (
        sa.select(answer.question_key, answer.code, sa.func.count(), sa.func.min(AUDITS.number))
        .join_from(CaseAudit.__table__, Answer.__table__, _same_audit(answer))  # type: ignore[attr-defined]
        .where(here, answer.code != "")
        .group_by(answer.question_key, answer.code)
    )
    known = {question.key: set(question_sets.codes_for(questions, question)) for question in questions.questions}
    for key, code, count, first in connection.execute(pairs):
        if code not in known.get(key, ()):
            yield f"{count} answers to {key} are “{code}”, which is no answer to it; the first is {name_of(first)}."


def _same_audit(columns: Any) -> Any:
    return sa.and_(columns.authority_id == AUDITS.authority_id, columns.audit_number == AUDITS.number)
