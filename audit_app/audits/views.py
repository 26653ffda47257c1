"""The shapes in which audits are read by pages and by other features: small, frozen, without the database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audit_app.audits.completeness import DomainProgress, Progress
from audit_app.audits.contents import Document
from audit_app.audits.stages import UNFINISHED, Hat
from audit_app.audits.tables import AuditType, HowChosen, Stage, Subject
from audit_app.library.set_name import SetName
from findings import rules
from frameworks import QuestionSet
from frameworks.crosswalk import AreaReference


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

    def overdue(self, today: date) -> bool:
        """Not submitted, and its due date has passed."""
        return self.stage in UNFINISHED and rules.date_passed(self.due_on, today)


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
    search: str = ""
    sort: str = "newest"


@dataclass(frozen=True)
class GradeCount:
    """How many audits gave a domain of a set one grade."""

    set_name: SetName  # at whichever length
    domain_id: str
    domain_title: str
    areas: tuple[AreaReference, ...]  # the judgement areas its questions speak to, those reached by the crosswalk too
    grade: str
    grade_name: str
    count: int


@dataclass(frozen=True)
class Waiting:
    """What of the audits waits for one person; the counts are of all, the rows the most pressing few."""

    to_do: tuple[AuditRow, ...] = ()
    overdue: tuple[AuditRow, ...] = ()
    returned: tuple[AuditRow, ...] = ()
    to_agree: tuple[AuditRow, ...] = ()
    overdue_of_others: int = 0


@dataclass(frozen=True)
class Median:
    """The middle of the minutes taken, and of how many audits."""

    minutes: float | None
    n: int
