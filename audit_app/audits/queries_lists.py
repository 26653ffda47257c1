"""Lists of audits: the register with its filters and pages, audits of a period, what waits for a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.audits import question_sets, wording
from audit_app.audits.counts.groups import counted_in
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.queries_rows import reference_of
from audit_app.audits.stages import ANSWERED_IN, BEFORE_SUBMISSION
from audit_app.audits.tables import (
    AUDIT,
    AuditType,
    CaseAudit,
    HowChosen,
    Stage,
    Subject,
    drawn_at_random,
)
from audit_app.library.set_name import SetName
from audit_app.people import queries as people
from audit_app.people.access import Scope
from audit_app.people.tables import Role
from findings import rules, rules_in_sql
from findings.references import number_of

READ_AT_ONCE = 1_000  # audits of an export that are read in one transaction: some tens of milliseconds


@dataclass(frozen=True)
class AuditRow:
    """One audit as a line of a list."""

    number: int
    reference: str
    edition_id: str
    set_id: str
    length: str
    set_title: str
    subject: Subject
    audit_type: AuditType
    how_chosen: HowChosen
    case_reference: str
    cohort: str
    team_id: int
    team_name: str
    service_name: str
    auditor_id: int
    auditor_name: str
    allocated_on: date
    due_on: date
    stage: Stage
    started_at: datetime | None
    submitted_at: datetime | None
    agreed_at: datetime | None
    moderated: bool
    overall_grade: str
    overall_grade_name: str
    minutes_taken: int | None
    theme: str
    re_audit_of: int | None
    tests_area: str
    version: int

    @property
    def set_name(self) -> SetName:
        """The question set it is answered on."""
        return SetName(self.edition_id, self.set_id, self.length)

    @property
    def at_random(self) -> bool:
        """Whether it was drawn at random and may speak for the whole service."""
        return drawn_at_random(self.how_chosen, self.audit_type, self.re_audit_of)

    @property
    def before_submission(self) -> bool:
        """Not submitted yet, and still meant to be."""
        return self.stage in BEFORE_SUBMISSION

    def stage_and_days(self, today: date) -> str:
        """Where it stands, with each day named for what it is."""
        return wording.stage_and_days(self.stage, self.due_on, self.submitted_at, self.agreed_at, today)

    def overdue(self, today: date) -> bool:
        """Not submitted, and its due date has passed."""
        return self.stage in BEFORE_SUBMISSION and rules.date_passed(self.due_on, today)


@dataclass(frozen=True)
class AuditFilter:
    """Which audits of the register to list; empty means all. `start` and `end` are days of submission."""

    team_id: int | None = None
    set_name: SetName | None = None
    stage: str = ""
    grade: str = ""
    how_chosen: str = ""
    auditor_id: int | None = None
    start: date | None = None
    end: date | None = None
    overdue: bool = False
    counted: str = ""  # random, chosen: agreed audits of that group, as figures count them
    search: str = ""
    sort: str = "newest"


@dataclass(frozen=True)
class Waiting:
    """What of the audits waits for one person; the counts are of all, the rows the most pressing few."""

    to_do: tuple[AuditRow, ...] = ()
    overdue: tuple[AuditRow, ...] = ()
    returned: tuple[AuditRow, ...] = ()
    to_agree: tuple[AuditRow, ...] = ()
    overdue_of_others: int = 0


R = TypeVar("R")
PAGE_SIZE = 50
MOST_PER_PAGE = 200
MOST_SEARCH = 200
WAITING_ROWS = 50

SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "newest": ("Newest first", (sa.desc(col(CaseAudit.number)),)),
    "due": ("Due date", (col(CaseAudit.due_on), col(CaseAudit.number))),
    "submitted": (
        "Last submitted",
        (sa.desc(col(CaseAudit.submitted_at)).nulls_last(), sa.desc(col(CaseAudit.number))),
    ),
    "team": ("Team", (col(CaseAudit.team_name), sa.desc(col(CaseAudit.number)))),
    "reference": ("Case reference", (col(CaseAudit.case_reference), sa.desc(col(CaseAudit.number)))),
}

# Only what a list shows is read: the long texts of an audit stay in the database.
COLUMNS = tuple(
    getattr(CaseAudit, name)
    for name in AuditRow.__dataclass_fields__
    if name not in ("reference", "set_title", "auditor_name", "overall_grade_name")
)


@dataclass(frozen=True)
class Paged(Generic[R]):
    """One page of a list, and how long the whole list is."""

    rows: tuple[R, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


def rows_of(session: Session, statement: Any) -> list[AuditRow]:
    """Audits read by a statement over COLUMNS, with names put to the codes."""
    rows = session.exec(statement).all()
    keys = [column.key for column in COLUMNS]
    plain = [dict(zip(keys, row, strict=True)) for row in rows]
    names = people.names_of(session, {row["auditor_id"] for row in plain}) if plain else {}
    return [_row(session, values, names) for values in plain]


def _row(session: Session, values: dict[str, Any], names: dict[int, str]) -> AuditRow:
    set_name = SetName(values["edition_id"], values["set_id"], values["length"])
    return AuditRow(
        reference=reference_of(values["number"]),
        set_title=question_sets.title_of(session, set_name),
        auditor_name=names.get(values["auditor_id"], ""),
        overall_grade_name=question_sets.grade_name(session, set_name, values["overall_grade"]),
        **values,
    )


def from_row(session: Session, audit: CaseAudit) -> AuditRow:
    """The line of an audit that is in hand already."""
    values = {column.key: getattr(audit, column.key) for column in COLUMNS}
    return _row(session, values, people.names_of(session, [audit.auditor_id]))


def list_audits(
    session: Session,
    authority_id: int,
    wanted: AuditFilter,
    page: int = 1,
    *,
    today: date | None = None,
    size: int = PAGE_SIZE,
) -> Paged[AuditRow]:
    """One page of the register, in the session's scope; counted in the database, at most 200 rows (IN-9)."""
    size = min(max(size, 1), MOST_PER_PAGE)
    conditions = conditions_of(authority_id, wanted, today)
    total = int(session.exec(select(sa.func.count()).select_from(CaseAudit).where(*conditions)).one())
    page = min(max(page, 1), max(1, -(-total // size)))
    statement = select(*COLUMNS).where(*conditions).order_by(*_order(wanted.sort)).offset((page - 1) * size).limit(size)
    return Paged(tuple(rows_of(session, statement)), total, page, size)


def all_audits(
    session: Session,
    authority_id: int,
    wanted: AuditFilter,
    *,
    today: date | None = None,
    pause: Callable[[], None] = lambda: None,
) -> list[AuditRow]:
    """Every audit of the filter, for an export, each as it stands when it is read.

    They are read some at a time; `pause` is called in between and may end the transaction, so that whoever saves need
    not wait until all are read.
    """
    numbers = audit_numbers(session, authority_id, wanted, today)
    rows: list[AuditRow] = []
    for first in range(0, len(numbers), READ_AT_ONCE):
        pause()
        rows += some_audits(session, authority_id, wanted, numbers[first : first + READ_AT_ONCE], today)
    return rows


def audit_numbers(session: Session, authority_id: int, wanted: AuditFilter, today: date | None) -> list[int]:
    """The numbers of all audits of the filter, in its order: what an export then reads part by part."""
    conditions = conditions_of(authority_id, wanted, today)
    return list(session.exec(select(CaseAudit.number).where(*conditions).order_by(*_order(wanted.sort))).all())


def some_audits(
    session: Session, authority_id: int, wanted: AuditFilter, numbers: Sequence[int], today: date | None
) -> list[AuditRow]:
    """The audits of these numbers, in this order, as they stand now; one that no longer fits is left out."""
    conditions = (*conditions_of(authority_id, wanted, today), col(CaseAudit.number).in_(numbers))
    by_number = {row.number: row for row in rows_of(session, select(*COLUMNS).where(*conditions))}
    return [by_number[number] for number in numbers if number in by_number]


def _order(sort: str) -> tuple[Any, ...]:
    return SORTS.get(sort, SORTS["newest"])[1]


def conditions_of(authority_id: int, wanted: AuditFilter, today: date | None = None) -> list[Any]:
    """The filter as SQL conditions; what is not on a list of ours matches nothing rather than everything."""
    conditions: list[Any] = [CaseAudit.authority_id == authority_id]
    plain = (
        (CaseAudit.team_id, wanted.team_id),
        (CaseAudit.overall_grade, wanted.grade),
        (CaseAudit.auditor_id, wanted.auditor_id),
    )
    conditions += [column == value for column, value in plain if value]
    conditions += made_from(wanted.set_name)
    for column, kind, text in (
        (CaseAudit.stage, Stage, wanted.stage),
        (CaseAudit.how_chosen, HowChosen, wanted.how_chosen),
    ):
        if text:
            conditions.append(column == kind(text) if text in kind.__members__ else sa.false())
    conditions += period(CaseAudit.submitted_at, wanted.start, wanted.end)
    if wanted.overdue and today is not None:
        conditions += [col(CaseAudit.stage).in_(BEFORE_SUBMISSION), rules_in_sql.date_passed(CaseAudit.due_on, today)]
    if wanted.counted:
        conditions += counted_in(wanted.counted)
    if wanted.search:
        conditions.append(_search(wanted.search[:MOST_SEARCH].strip()))
    return conditions


def made_from(name: SetName | None) -> list[Any]:
    """The conditions that an audit is answered on one question set, at any length where none is named."""
    if name is None:
        return []
    conditions: list[Any] = [CaseAudit.edition_id == name.edition_id, CaseAudit.set_id == name.set_id]
    return [*conditions, CaseAudit.length == name.length] if name.length else conditions


def _search(text: str) -> Any:
    number = number_of(text, AUDIT)
    if number is not None:
        return CaseAudit.number == number
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    parts = (CaseAudit.case_reference, CaseAudit.theme, CaseAudit.team_name)
    return sa.or_(*(col(part).ilike(f"%{escaped}%", escape="\\") for part in parts))


def period(column: Any, start: date | None, end: date | None) -> list[Any]:
    """The conditions that a moment falls on one of these London days."""
    first, after = clock.moments(start or date(1900, 1, 1), end or date(2100, 12, 31))
    conditions = []
    if start is not None:
        conditions.append(col(column) >= first)
    if end is not None:
        conditions.append(col(column) < after)
    return conditions


def audits_in_period(
    session: Session,
    authority_id: int,
    start: date,
    end: date,
    *,
    of: SetName | None = None,
    how_chosen: HowChosen | None = None,
    team_id: int | None = None,
) -> list[AuditRow]:
    """Agreed audits that were submitted on one of these days, oldest first."""
    conditions = agreed_in(authority_id, start, end, of=of, how_chosen=how_chosen)
    if team_id is not None:
        conditions.append(CaseAudit.team_id == team_id)
    return rows_of(session, select(*COLUMNS).where(*conditions).order_by(CaseAudit.submitted_at, CaseAudit.number))


def agreed_in(
    authority_id: int,
    start: date,
    end: date,
    *,
    of: SetName | None = None,
    how_chosen: HowChosen | None = None,
) -> list[Any]:
    """The conditions for agreed audits submitted in a period."""
    conditions: list[Any] = [CaseAudit.authority_id == authority_id, col(CaseAudit.stage).in_(AFTER_AGREEMENT)]
    conditions += period(CaseAudit.submitted_at, start, end)
    conditions += made_from(of)
    if how_chosen is not None:
        conditions.append(CaseAudit.how_chosen == how_chosen)
    return conditions


def recent_audits_of(session: Session, authority_id: int, case_reference: str, since: date) -> list[AuditRow]:
    """Audits of the same record set up since a day and not taken out, newest first."""
    statement = select(*COLUMNS).where(
        CaseAudit.authority_id == authority_id,
        CaseAudit.case_reference == case_reference,
        col(CaseAudit.allocated_on) >= since,
        col(CaseAudit.stage).not_in((Stage.exempted, Stage.replaced, Stage.withdrawn)),
    )
    return rows_of(session, statement.order_by(sa.desc(col(CaseAudit.number))).limit(10))


def waiting_for(session: Session, scope: Scope, today: date) -> Waiting:
    """What of the audits waits for a person today, most pressing first."""
    if scope.authority_id is None or not scope.has(Role.auditor, Role.qa_manager):
        return Waiting()
    mine = _unfinished(session, scope.authority_id, CaseAudit.auditor_id == scope.person_id)
    to_agree: Sequence[AuditRow] = ()
    late = 0
    if scope.has(Role.qa_manager):
        to_agree = _submitted(session, scope)
        late = _overdue_of_others(session, scope, today)
    overdue = [row for row in mine if row.overdue(today)]
    returned = [row for row in mine if row.version and row not in overdue]
    rest = [row for row in mine if row not in overdue and row not in returned]
    return Waiting(tuple(rest), tuple(overdue), tuple(returned), tuple(to_agree), late)


def _unfinished(session: Session, authority_id: int, *more: Any) -> list[AuditRow]:
    conditions = (
        CaseAudit.authority_id == authority_id,
        col(CaseAudit.stage).in_(ANSWERED_IN),
    )
    statement = select(*COLUMNS).where(*conditions, *more).order_by(CaseAudit.due_on, CaseAudit.number)
    return rows_of(session, statement.limit(WAITING_ROWS))


def _submitted(session: Session, scope: Scope) -> list[AuditRow]:
    statement = select(*COLUMNS).where(
        CaseAudit.authority_id == scope.authority_id,
        CaseAudit.stage == Stage.submitted,
        CaseAudit.auditor_id != scope.person_id,
    )
    return rows_of(session, statement.order_by(CaseAudit.submitted_at).limit(WAITING_ROWS))


def _overdue_of_others(session: Session, scope: Scope, today: date) -> int:
    statement = select(sa.func.count(col(CaseAudit.number))).where(
        CaseAudit.authority_id == scope.authority_id,
        col(CaseAudit.stage).in_(BEFORE_SUBMISSION),
        rules_in_sql.date_passed(CaseAudit.due_on, today),
        CaseAudit.auditor_id != scope.person_id,
    )
    return int(session.exec(statement).one())
