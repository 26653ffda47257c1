"""The reads of audits, under one name: one audit whole, lists, figures; always within the session's scope."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.audits import completeness, contents, question_sets
from audit_app.audits.completeness import DomainProgress, Progress
from audit_app.audits.contents import Document
from audit_app.audits.guards import AFTER_SUBMISSION
from audit_app.audits.queries_figures import (
    GradeCount,
    Median,
    count_agreed,
    grades_by_domain,
    median_minutes,
    medians,
    overall_grades,
    stage_counts,
    ways_chosen,
)
from audit_app.audits.queries_lists import (
    MOST_PER_PAGE,
    MOST_SEARCH,
    SORTS,
    AuditFilter,
    AuditRow,
    Paged,
    Waiting,
    all_audits,
    audits_in_period,
    from_row,
    list_audits,
    recent_audits_of,
    waiting_for,
)
from audit_app.audits.queries_rows import all_rows, audit_row, domain_rows, hats_of, reason_rows, reference_of
from audit_app.audits.question_sets import questions_of
from audit_app.audits.rails import asking
from audit_app.audits.rails.asking import RailLine
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import telling
from audit_app.audits.stages import Hat
from audit_app.audits.tables import AuditVersion, CaseAudit, Stage
from audit_app.people import queries as people
from findings.errors import NotFound
from frameworks import QuestionSet

__all__ = [
    "MOST_PER_PAGE",
    "MOST_SEARCH",
    "SORTS",
    "AuditFilter",
    "AuditRow",
    "AuditView",
    "GradeCount",
    "Median",
    "Paged",
    "TaskList",
    "VersionLine",
    "Waiting",
    "all_audits",
    "all_rows",
    "audit_row",
    "audits_in_period",
    "composed",
    "count_agreed",
    "domain_rows",
    "from_row",
    "frozen_version",
    "get_audit",
    "grades_by_domain",
    "hats_of",
    "list_audits",
    "list_versions",
    "median_minutes",
    "medians",
    "overall_grades",
    "questions_of",
    "rails_of",
    "reason_rows",
    "recent_audits_of",
    "reference_of",
    "stage_counts",
    "task_list",
    "version_is_intact",
    "waiting_for",
    "ways_chosen",
]

# Shown on an audit's own pages beside its row; the private notes are not among them.
DETAILS = (
    "practitioner_code", "manager_code", "window_from", "window_to", "age_band", "ethnicity", "disability",
    "sibling_link", "allocated_by", "agreed_by", "exit_reason", "exit_approved_by", "reopen_reason", "fingerprint",
    "sources", "family_consent", "practitioner_named", "practitioner_speaker_id",
)  # fmt: skip


@dataclass(frozen=True)
class VersionLine:
    """One submitted version: when, by whom, why."""

    version: int
    submitted_at: datetime
    submitted_by: int
    submitted_by_name: str
    reason: str
    sha256: str
    fingerprint: str


@dataclass(frozen=True)
class AuditView:
    """One audit whole, as its own pages show it.

    `document` is what it says: the frozen contents of its last version once submitted, else what is saved so far
    (None when its question set is in no file any more). `set_changed` is True when the files no longer hold the
    questions it was begun with.
    """

    row: AuditRow
    details: dict[str, Any]
    hats: frozenset[Hat]
    questions: QuestionSet | None
    set_changed: bool
    document: Document | None
    frozen: bool
    versions: tuple[VersionLine, ...]
    names: dict[int, str]
    revision: int
    closing_revision: int

    @property
    def reference(self) -> str:
        """AUD-0042."""
        return self.row.reference

    @property
    def stage(self) -> Stage:
        """Where the audit stands."""
        return self.row.stage


@dataclass(frozen=True)
class TaskList:
    """The first page of an audit that is being answered."""

    lines: tuple[DomainProgress, ...]
    closing: Progress
    left: int
    answered: int
    questions: int
    rails: tuple[RailLine, ...] = ()
    facts: telling.FactsProgress | None = None


def get_audit(session: Session, authority_id: int, number: int) -> AuditView:
    """One audit whole: its frozen contents once submitted, else what is saved so far.

    Raises:
        NotFound: no such audit, or not this person's to see.
    """
    audit = audit_row(session, authority_id, number)
    questions = question_sets.find_set(session, audit.set_name)
    now_says = question_sets.fingerprint_of(session, audit.set_name)
    versions, frozen = _versions(session, audit)
    if audit.stage not in AFTER_SUBMISSION:
        frozen = None
    document = frozen
    if document is None and questions is not None and now_says == audit.fingerprint:
        document = composed(session, audit, questions)
    ids = {audit.auditor_id, audit.allocated_by, audit.agreed_by, audit.exit_approved_by, audit.practitioner_speaker_id}
    return AuditView(
        row=from_row(session, audit),
        details={name: getattr(audit, name) for name in DETAILS},
        hats=hats_of(session, audit, session.info["scope"].person_id),
        questions=questions,
        set_changed=now_says != audit.fingerprint,
        document=document,
        frozen=frozen is not None,
        versions=versions,
        names=people.names_of(session, ids),
        revision=audit.revision,
        closing_revision=audit.closing_revision,
    )


def rails_of(session: Session, audit: CaseAudit, questions: QuestionSet) -> tuple[RailLine, ...]:
    """What the grades of an unfinished audit are asked about, with the reasons given so far."""
    rows = all_rows(session, audit.authority_id, audit.number)
    return asking.rail_lines(audit, questions, *rows, reason_rows(session, audit.authority_id, audit.number))


def composed(session: Session, audit: CaseAudit, questions: QuestionSet) -> Document:
    """The document of an audit as it is saved now, with what its grades are asked about."""
    rows = all_rows(session, audit.authority_id, audit.number)
    reasons = reason_rows(session, audit.authority_id, audit.number)
    lines = asking.rail_lines(audit, questions, *rows, reasons)
    given = facts.given_facts(session, audit.authority_id, audit.number)
    return contents.compose(audit, questions, *rows, asking.written_down(questions, lines), given_facts=given)


def _versions(session: Session, audit: CaseAudit) -> tuple[tuple[VersionLine, ...], Any]:
    """Every submitted version, newest first, and what the newest says."""
    if not audit.version:
        return (), None
    lines = list_versions(session, audit.authority_id, audit.number)
    return lines, frozen_version(session, audit.authority_id, audit.number, audit.version)


def list_versions(session: Session, authority_id: int, number: int) -> tuple[VersionLine, ...]:
    """The submitted versions of an audit, newest first."""
    columns: tuple[Any, ...] = (
        AuditVersion.version, AuditVersion.submitted_at, AuditVersion.submitted_by, AuditVersion.reason,
        AuditVersion.contents_sha256, AuditVersion.fingerprint,
    )  # fmt: skip
    statement: Any = select(*columns).where(
        AuditVersion.authority_id == authority_id, AuditVersion.audit_number == number
    )
    rows = session.exec(statement.order_by(sa.desc(col(AuditVersion.version)))).all()
    names = people.names_of(session, {row[2] for row in rows})
    return tuple(VersionLine(row[0], row[1], row[2], names.get(row[2], ""), *row[3:]) for row in rows)


def frozen_version(session: Session, authority_id: int, number: int, version: int) -> contents.Document:
    """What an audit said in one of its versions, exactly as it was frozen.

    Raises:
        NotFound: no such version, or the audit is not this person's to see.
    """
    statement = select(AuditVersion.contents).where(
        AuditVersion.authority_id == authority_id,
        AuditVersion.audit_number == number,
        AuditVersion.version == version,
    )
    frozen = session.exec(statement).one_or_none()
    if frozen is None:
        raise NotFound("There is no such version of this audit.")
    document: contents.Document = json.loads(frozen)
    return document


def version_is_intact(session: Session, authority_id: int, number: int, version: int) -> bool:
    """Whether the frozen contents still have the hash that was written beside them."""
    statement = select(AuditVersion.contents, AuditVersion.contents_sha256).where(
        AuditVersion.authority_id == authority_id,
        AuditVersion.audit_number == number,
        AuditVersion.version == version,
    )
    kept = session.exec(statement).one_or_none()
    return kept is not None and contents.sha256_of(kept[0]) == kept[1]


def task_list(session: Session, authority_id: int, number: int) -> TaskList:
    """How far each domain of an audit is.

    Raises:
        NotFound: no such audit, or its question set is in no file any more.
    """
    audit = audit_row(session, authority_id, number)
    questions = question_sets.find_set(session, audit.set_name)
    if questions is None:
        raise NotFound("The question set of this audit is not in the files any more.")
    rows = all_rows(session, authority_id, number)
    lines, closing = completeness.progress(audit, questions, *rows)
    rails = asking.rail_lines(audit, questions, *rows, reason_rows(session, authority_id, number))
    given = telling.progress(questions, facts.given_facts(session, authority_id, number))
    left = len(completeness.missing(audit, questions, *rows)) + len(asking.missing_reasons(rails))
    left += given.left if given else 0
    answered, asked = sum(line.answered for line in lines), sum(line.questions for line in lines)
    return TaskList(lines, closing, left, answered, asked, rails, given)
