"""Counts what agreed audits of a period say of each judgement area as a whole, in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from audit_app import clock
from audit_app.audits import question_sets
from audit_app.audits.counts.groups import of_group
from audit_app.audits.guards import AFTER_AGREEMENT, AFTER_SUBMISSION
from audit_app.audits.queries_lists import period
from audit_app.audits.tables import CaseAudit
from audit_app.library.set_name import SetName
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from audit_app.self_assessment.three_views.views import Graded, Points
from frameworks import QuestionSet, crosswalk, reader
from frameworks.crosswalk import AreaReference

SEE_ALL = (Role.qa_manager, Role.leader)
Group = tuple[AreaReference, bool, Points]


@dataclass
class _Tally:
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    moderated: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def add(self, row: Any) -> None:
        self.counts[row.overall_grade] += int(row.records)
        self.moderated += int(row.moderated or 0)
        self.first = min(filter(None, (self.first, row.first)), default=None)
        self.last = max(filter(None, (self.last, row.last)), default=None)


def whose_audits(scope: Scope) -> str:
    """Whose audits a reader's figures are of, where they are not the whole council's."""
    return "" if scope.everything or scope.has(*SEE_ALL) else "the teams you manage"


def of_own_teams(scope: Scope) -> list[Any]:
    """The condition that keeps a manager's figures to their teams: audits they did of other teams are left out."""
    if scope.everything or scope.has(*SEE_ALL):
        return []
    return [col(CaseAudit.team_id).in_(sorted(scope.managed_teams))]


def tally(
    session: Session, authority_id: int, edition_id: str, start: date, end: date
) -> tuple[Mapping[Group, _Tally], Mapping[AreaReference, int]]:
    """Overall grades of agreed audits by area, group and scale; and how many wait to be agreed, by area."""
    agreed = sa.case((col(CaseAudit.stage).in_(AFTER_AGREEMENT), 1), else_=0)
    group = sa.case((of_group(at_random=True), 1), else_=0)
    columns: tuple[Any, ...] = (
        CaseAudit.edition_id, CaseAudit.set_id, agreed.label("agreed"), group.label("at_random"),
        CaseAudit.overall_grade,
    )  # fmt: skip
    figures: tuple[Any, ...] = (
        sa.func.count().label("records"), sa.func.sum(sa.cast(CaseAudit.moderated, sa.Integer)).label("moderated"),
        sa.func.min(CaseAudit.submitted_at).label("first"), sa.func.max(CaseAudit.submitted_at).label("last"),
    )  # fmt: skip
    statement: Any = (
        sa.select(*columns, *figures)
        .where(
            col(CaseAudit.authority_id) == authority_id,
            col(CaseAudit.stage).in_(AFTER_SUBMISSION),
            col(CaseAudit.overall_grade) != "",
            *period(CaseAudit.submitted_at, start, end),
            *of_own_teams(session.info["scope"]),
        )
        .group_by(*columns)
    )
    tallied: dict[Group, _Tally] = defaultdict(_Tally)
    waiting: dict[AreaReference, int] = defaultdict(int)
    sets = _Sets(session, edition_id)
    for row in session.execute(statement).all():
        for area in sets.areas(row.edition_id, row.set_id):
            if row.agreed:
                tallied[area, bool(row.at_random), sets.points(row.edition_id, row.set_id)].add(row)
            else:
                waiting[area] += int(row.records)
    return tallied, waiting


class _Sets:
    """Which areas a set's overall grade speaks to, and its scale; each set is looked up once."""

    def __init__(self, session: Session, edition_id: str) -> None:
        self.session, self.edition_id = session, edition_id
        self.crossings = reader.crosswalk_file().lines
        self.known: dict[SetName, tuple[tuple[AreaReference, ...], Points]] = {}

    def areas(self, edition_id: str, set_id: str) -> tuple[AreaReference, ...]:
        """The areas the record as a whole speaks to."""
        return self._of(SetName(edition_id, set_id))[0]

    def points(self, edition_id: str, set_id: str) -> Points:
        """The points of the scale its overall grade is given on, worst first."""
        return self._of(SetName(edition_id, set_id))[1]

    def _of(self, name: SetName) -> tuple[tuple[AreaReference, ...], Points]:
        if name not in self.known:
            questions = question_sets.any_length(self.session, name)
            areas = whole_record_speaks_to(questions, self.edition_id, self.crossings) if questions else ()
            self.known[name] = areas, _points(questions)
        return self.known[name]


def _points(questions: QuestionSet | None) -> Points:
    ends = questions.overall_grade if questions else None
    if questions is None or ends is None:
        return ()
    return tuple((point.code, point.name) for point in questions.scale(ends.scale).points)


def whole_record_speaks_to(
    questions: QuestionSet, edition_id: str, crossings: Iterable[Any]
) -> tuple[AreaReference, ...]:
    """The areas that the overall grade of a record speaks to: those that most of the graded domains of its set inform.

    A record of a child in need is a picture of help and protection, and no picture of leaders for the two domains of it
    that speak of them too. A set split evenly between areas speaks to none of them as a whole.
    """
    graded = [domain for domain in questions.domains if domain.graded]
    spoken: dict[AreaReference, int] = defaultdict(int)
    for domain in graded:
        for area in crosswalk.reached(questions, domain.id, edition_id, crossings):
            spoken[area] += 1
    return tuple(area for area, count in spoken.items() if 2 * count > len(graded))


def graded_records(tallied: Mapping[Group, _Tally], area: AreaReference, *, at_random: bool) -> tuple[Graded, ...]:
    """The groups of records of one area, the largest first; grades no scale knows are left out with their scale."""
    groups = [
        Graded(
            at_random=at_random,
            points=points,
            counts=tuple(tally.counts.get(code, 0) for code, _ in points),
            moderated=tally.moderated,
            first=clock.london_day(tally.first),
            last=clock.london_day(tally.last),
        )
        for (tallied_area, random, points), tally in tallied.items()
        if tallied_area == area and random == at_random and points and tally.first and tally.last
    ]
    return tuple(sorted(groups, key=lambda graded: -graded.n))
