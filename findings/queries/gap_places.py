"""Where the gaps of each kind are, as conditions in SQL: `gaps` told again, for councils with many rows.

A test holds them against `gaps.gaps` on councils made by seed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from findings import rules, rules_in_sql, worded_dates
from findings.colours import DONE
from findings.colours_in_sql import latest_judgements
from findings.gaps import GapCode
from findings.queries.lists import in_area
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
        stands = (col(Finding.status) == FindingStatus.raised, col(Finding.kind) != FindingKind.strength)
        return {GapCode.finding_in_no_area: and_(*stands, ~in_area())}

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
        latest = self.latest.c
        unknown = or_(latest.id.is_(None), latest.rating == Impact.not_yet_known)
        over = or_(col(area.status) == AreaStatus.closed, col(area.number).in_(self._verified()))
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
            GapCode.impact_not_sustained: latest.rating == Impact.not_sustained,
        }

    @cached_property
    def latest(self) -> Subquery:
        """The judgement that counts at each area."""
        return latest_judgements(self.authority_id)

    def with_judgements(self, query: Any) -> Any:
        """Areas with the judgement that counts at each, if there is any."""
        return query.outerjoin(self.latest, self.latest.c.area_number == col(AreaForImprovement.number))

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

    def _verified(self) -> Any:
        """Areas that a verified action answers, gathered once: asked area by area, every action would be read."""
        query: Any = select(col(ActionInArea.area_number)).join(Action, row_of(Action, ActionInArea.action_number))
        return query.where(
            col(ActionInArea.authority_id) == self.authority_id, col(Action.status) == ActionStatus.verified
        )

    def _newest(self) -> Any:
        """The day the newest evidence of the judgement speaks of; without any, the day of the judgement."""
        dated = select(func.max(col(Source.dated_on))).where(
            col(Source.authority_id) == self.authority_id, col(Source.impact_id) == self.latest.c.id
        )
        return func.coalesce(dated.scalar_subquery(), self.latest.c.judged_on)

    def _last_old_day(self) -> date:
        """The last day on which evidence was gathered that is old today (`rules.months_later`)."""
        day = rules.months_later(self.today, -self.evidence_months) + timedelta(days=4)
        while rules.months_later(day, self.evidence_months) >= self.today:
            day -= timedelta(days=1)
        return day

    def of_actions(self) -> dict[GapCode, ColumnElement[bool]]:
        """Conditions on the table of plan actions, all of them told from one index."""
        is_open, in_force = col(Action.status) == ActionStatus.open, col(Action.status) != ActionStatus.withdrawn
        joined = (  # grouped, so that they are gathered in the order of their numbers
            select(col(ActionInArea.action_number))
            .where(col(ActionInArea.authority_id) == self.authority_id)
            .group_by(col(ActionInArea.action_number))
        )
        return {
            GapCode.action_in_no_area: and_(in_force, col(Action.number).not_in(joined)),
            GapCode.action_without_lead: and_(
                is_open,
                col(Action.lead_post_id).is_(None),
                col(Action.lead_person_id).is_(None),
                col(Action.lead_post_title) == "",
            ),
            GapCode.action_without_date: and_(*self._undated(), col(Action.due_text).not_in(self._ongoing_words)),
            GapCode.action_overdue: rules_in_sql.overdue(self.today),
            GapCode.action_not_verified: col(Action.status) == ActionStatus.completed,
        }

    def of_measures(self) -> dict[GapCode, ColumnElement[bool]]:
        """The condition on plan actions that asks for a text too long for an index, and so has one of its own."""
        measured = exists().where(
            col(Measure.authority_id) == Action.authority_id, col(Measure.action_number) == Action.number
        )
        unmeasured = (col(Action.success_measure) == literal_column("''"), ~measured)  # in the words of `UNMEASURED`
        in_force = col(Action.status) != ActionStatus.withdrawn
        return {GapCode.action_without_success_measure: and_(in_force, *unmeasured)}

    def _undated(self) -> tuple[ColumnElement[bool], ...]:
        return (
            col(Action.status) == ActionStatus.open,
            ~col(Action.ongoing),
            rules_in_sql.due_day().is_(None),
        )

    @cached_property
    def _ongoing_words(self) -> list[str]:
        """The words in place of a date that say that an action goes on, as written: only Python reads them."""
        texts: Any = select(col(Action.due_text)).distinct()
        texts = texts.where(col(Action.authority_id) == self.authority_id, col(Action.due_text) != "", *self._undated())
        written = self.session.execute(texts).scalars()
        return [text for text in written if worded_dates.read(text).sort is Sort.ongoing]

    def untested(self) -> Any:
        """Each area and the test that an action done there named, while nothing that counts shows what it found.

        Two columns, `number` of the area and `test`; `gaps._tests_without_evidence` in SQL.
        """
        latest = self.latest.c
        counts = (
            exists()
            .where(col(_Rested.authority_id) == self.authority_id)
            .where(col(_Rested.area_number) == ActionInArea.area_number)
            .where(or_(latest.rating.not_in(SHOWS_DIFFERENCE), col(_Rested.id) == latest.id))
            .where(col(Source.authority_id) == self.authority_id, col(Source.impact_id) == _Rested.id)
            .where(col(Source.kind) == col(Action.impact_test))
            .where(col(Source.dated_on) > Action.completed_on, col(Source.dated_on) <= _Rested.judged_on)
        )
        query: Any = select(col(ActionInArea.area_number).label("number"), col(Action.impact_test).label("test"))
        query = query.join(Action, row_of(Action, ActionInArea.action_number))
        query = query.join(self.latest, latest.area_number == col(ActionInArea.area_number))
        return query.where(
            col(ActionInArea.authority_id) == self.authority_id,
            col(Action.status).in_(DONE),
            col(Action.impact_test).is_not(None),
            col(Action.completed_on).is_not(None),
            latest.rating != Impact.not_yet_known,
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
