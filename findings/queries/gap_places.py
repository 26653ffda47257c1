"""Where the gaps of each kind are, as conditions in SQL: `gaps` told again, for councils with many rows.

A test holds them against `gaps.gaps` on councils made by seed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from findings import rules, rules_in_sql, worded_dates
from findings.colours import DONE
from findings.gaps import GapCode
from findings.rules import SHOWS_DIFFERENCE
from findings.states import ActionStatus, AreaStatus, FindingKind, FindingStatus, Impact
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    FindingJudgementArea,
    ImpactJudgement,
    Measure,
    Source,
)
from findings.worded_dates import Sort

# The judgement that counts at an area is joined by the plain table: a scope is put on an alias only within a condition.
Latest = ImpactJudgement
_Earlier = aliased(ImpactJudgement)
_Rested = aliased(ImpactJudgement)


@dataclass(frozen=True)
class Places:
    """The gaps of one authority on a day, by the tables they are found in."""

    session: Session
    authority_id: int
    today: date
    evidence_months: int

    def of_findings(self) -> dict[GapCode, ColumnElement[bool]]:
        """Conditions on the table of findings."""
        stands = (col(Finding.status) != FindingStatus.withdrawn, col(Finding.kind) != FindingKind.strength)
        joined = select(col(FindingInArea.finding_number)).where(col(FindingInArea.authority_id) == self.authority_id)
        return {GapCode.finding_in_no_area: and_(*stands, col(Finding.number).not_in(joined))}

    def of_areas(self) -> dict[GapCode, ColumnElement[bool]]:
        """Conditions on the table of areas, joined to the judgement that counts (`with_judgements`)."""
        area = AreaForImprovement
        is_open = col(area.status) == AreaStatus.open
        sourced = (
            exists()
            .where(col(FindingInArea.authority_id) == self.authority_id, col(FindingInArea.area_number) == area.number)
            .where(row_of(Finding, FindingInArea.finding_number), col(Finding.status) != FindingStatus.withdrawn)
            .where(self._has_source(FindingInArea.finding_number))
        )
        unknown = or_(col(Latest.id).is_(None), col(Latest.rating) == Impact.not_yet_known)
        over = or_(col(area.status) == AreaStatus.closed, self._answered_by(ActionStatus.verified))
        return {
            GapCode.area_without_source: ~sourced,
            GapCode.area_without_action: and_(
                is_open, ~self._answered_by(ActionStatus.open, ActionStatus.completed, ActionStatus.verified)
            ),
            GapCode.area_without_owner: and_(
                is_open,
                col(area.owner_post_id).is_(None),
                col(area.owner_person_id).is_(None),
                col(area.owner_post_title) == "",
            ),
            GapCode.impact_not_judged: and_(unknown, over),
            GapCode.impact_evidence_old: and_(is_open, ~unknown, self._newest() <= self._last_old_day()),
            GapCode.impact_not_sustained: col(Latest.rating) == Impact.not_sustained,
        }

    def with_judgements(self, query: Any) -> Any:
        """Areas with the judgement that counts at each, if there is any."""
        return query.outerjoin(Latest, self._counts_at(AreaForImprovement.number))

    def _counts_at(self, area_number: Any) -> ColumnElement[bool]:
        """`Latest` is the judgement that counts at an area: of the latest day, and of one day the one written last."""
        newest = (
            select(col(_Earlier.id))
            .where(col(_Earlier.authority_id) == self.authority_id, col(_Earlier.area_number) == col(area_number))
            .order_by(col(_Earlier.judged_on).desc(), col(_Earlier.id).desc())
            .limit(1)
            .correlate_except(_Earlier)
        )
        return and_(col(Latest.authority_id) == self.authority_id, col(Latest.id) == newest.scalar_subquery())

    def _has_source(self, finding_number: Any) -> ColumnElement[bool]:
        """A condition of its own, so that no database begins with all sources."""
        return exists().where(
            col(Source.authority_id) == self.authority_id, col(Source.finding_number) == col(finding_number)
        )

    def _answered_by(self, *states: ActionStatus) -> ColumnElement[bool]:
        """Areas that an action in one of these states answers."""
        return (
            exists()
            .where(col(ActionInArea.authority_id) == self.authority_id)
            .where(col(ActionInArea.area_number) == AreaForImprovement.number)
            .where(row_of(Action, ActionInArea.action_number), col(Action.status).in_(states))
        )

    def _newest(self) -> Any:
        """The day the newest evidence of the judgement speaks of; without any, the day of the judgement."""
        dated = select(func.max(col(Source.dated_on))).where(
            col(Source.authority_id) == self.authority_id, col(Source.impact_id) == col(Latest.id)
        )
        return func.coalesce(dated.scalar_subquery(), col(Latest.judged_on))

    def _last_old_day(self) -> date:
        """The last day on which evidence was gathered that is old today (`rules.months_later`)."""
        day = rules.months_later(self.today, -self.evidence_months) + timedelta(days=4)
        while rules.months_later(day, self.evidence_months) >= self.today:
            day -= timedelta(days=1)
        return day

    def of_actions(self) -> dict[GapCode, ColumnElement[bool]]:
        """Conditions on the table of plan actions."""
        is_open, in_force = col(Action.status) == ActionStatus.open, col(Action.status) != ActionStatus.withdrawn
        joined = select(col(ActionInArea.action_number)).where(col(ActionInArea.authority_id) == self.authority_id)
        measured = exists().where(
            col(Measure.authority_id) == Action.authority_id, col(Measure.action_number) == Action.number
        )
        undated = (is_open, ~col(Action.ongoing), rules_in_sql.due_day().is_(None))
        return {
            GapCode.action_in_no_area: and_(in_force, col(Action.number).not_in(joined)),
            GapCode.action_without_lead: and_(
                is_open,
                col(Action.lead_post_id).is_(None),
                col(Action.lead_person_id).is_(None),
                col(Action.lead_post_title) == "",
            ),
            GapCode.action_without_date: and_(*undated, col(Action.due_text).not_in(self._ongoing_words(undated))),
            GapCode.action_without_success_measure: and_(in_force, col(Action.success_measure) == "", ~measured),
            GapCode.action_overdue: rules_in_sql.overdue(self.today),
            GapCode.action_not_verified: col(Action.status) == ActionStatus.completed,
        }

    def _ongoing_words(self, undated: Any) -> list[str]:
        """The words in place of a date that say that an action goes on, as written: only Python reads them."""
        texts: Any = select(col(Action.due_text)).distinct()
        texts = texts.where(col(Action.authority_id) == self.authority_id, col(Action.due_text) != "", *undated)
        written = self.session.execute(texts).scalars()
        return [text for text in written if worded_dates.read(text).sort is Sort.ongoing]

    def untested(self) -> Any:
        """Each area and the test that an action done there named, while nothing that counts shows what it found.

        Two columns, `number` of the area and `test`; `gaps._tests_without_evidence` in SQL.
        """
        counts = (
            exists()
            .where(col(_Rested.authority_id) == self.authority_id)
            .where(col(_Rested.area_number) == ActionInArea.area_number)
            .where(or_(col(Latest.rating).not_in(SHOWS_DIFFERENCE), col(_Rested.id) == col(Latest.id)))
            .where(col(Source.authority_id) == self.authority_id, col(Source.impact_id) == _Rested.id)
            .where(col(Source.kind) == col(Action.impact_test))
            .where(col(Source.dated_on) > Action.completed_on, col(Source.dated_on) <= _Rested.judged_on)
        )
        query: Any = select(col(ActionInArea.area_number).label("number"), col(Action.impact_test).label("test"))
        query = query.join(Action, row_of(Action, ActionInArea.action_number))
        query = query.join(Latest, self._counts_at(ActionInArea.area_number))
        return query.where(
            col(ActionInArea.authority_id) == self.authority_id,
            col(Action.status).in_(DONE),
            col(Action.impact_test).is_not(None),
            col(Action.completed_on).is_not(None),
            col(Latest.rating) != Impact.not_yet_known,
            ~counts,
        ).distinct()


def row_of(table: Any, number: Any) -> ColumnElement[bool]:
    """The row of a numbered table that a column of a link names."""
    return and_(col(table.authority_id) == number.class_.authority_id, col(table.number) == number)


def tied_to(table: Any, edition_id: str, judgement_area_id: str) -> ColumnElement[bool]:
    """The condition that a finding, area or action touches a judgement area: an action by the areas it answers."""
    area = AreaForImprovement
    on_area = (col(area.edition_id) == edition_id, col(area.judgement_area_id) == judgement_area_id)
    if table is AreaForImprovement:
        return and_(*on_area)
    if table is Action:
        return (
            exists()
            .where(col(ActionInArea.authority_id) == Action.authority_id)
            .where(col(ActionInArea.action_number) == Action.number)
            .where(row_of(area, ActionInArea.area_number), *on_area)
        )
    speaks = FindingJudgementArea
    return exists().where(
        col(speaks.authority_id) == Finding.authority_id,
        col(speaks.finding_number) == Finding.number,
        col(speaks.edition_id) == edition_id,
        col(speaks.judgement_area_id) == judgement_area_id,
    )
