"""Counts which teams and groups of children were looked at in a period, and when the others last were."""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

import frameworks
from audit_app import clock
from audit_app.audits import question_sets, wording
from audit_app.audits.counts.groups import of_group
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.queries_lists import agreed_in
from audit_app.audits.tables import CaseAudit
from audit_app.home.readiness.facts import Coverage, Looked
from audit_app.people import queries as people
from audit_app.people.tables import Team
from findings import rules

ANY_CHILD = "ALL"


def coverage(session: Session, authority_id: int, today: date, months: int) -> Coverage:
    """Which of today's teams, and which groups of children, had agreed audits submitted in the last so many months.

    An audit counts for the team it was made in, or for the team that one was merged into since. Groups of children are
    those that the question sets of today are for.
    """
    start = rules.months_later(today, -months)
    by_team, by_group = _counted(session, authority_id, start, today)
    last = _last_audited(session, authority_id)
    teams = {team.id: team for team in people.list_teams(session, today)}
    heirs = {
        team_id: team_id if team_id in teams else people.answering_team(session, authority_id, team_id, today)
        for team_id in last
    }
    return Coverage(
        start=start,
        end=today,
        teams=_least_first(
            Looked(
                key=str(team.id),
                name=team.name,
                service=team.service_name,
                random=sum(by_team[old, True] for old, heir in heirs.items() if heir == team.id),
                chosen=sum(by_team[old, False] for old, heir in heirs.items() if heir == team.id),
                last_on=max((day for old, day in last.items() if heirs[old] == team.id), default=None),
            )
            for team in teams.values()
        ),
        groups=_least_first(
            Looked(code, wording.COHORTS.get(code, code), by_group[code, True], by_group[code, False])
            for code in _groups(today)
        ),
        ever=bool(last),
    )


def _least_first(looked: Any) -> tuple[Looked, ...]:
    return tuple(sorted(looked, key=lambda line: (line.random + line.chosen > 0, line.random, line.chosen)))


def _groups(today: date) -> list[str]:
    """The groups of children that the product's question sets of today are for, in the order of their words."""
    sets = frameworks.question_sets(question_sets.edition_for_new(today))
    named = {code for questions in sets for code in questions.cohorts} - {ANY_CHILD}
    return [code for code in wording.COHORTS if code in named]


def _counted(
    session: Session, authority_id: int, start: date, end: date
) -> tuple[dict[tuple[int, bool], int], dict[tuple[str, bool], int]]:
    """Agreed audits of a period by team and by group of children, those drawn at random apart."""
    group = sa.case((of_group(at_random=True), 1), else_=0)
    columns: tuple[Any, ...] = (CaseAudit.team_id, CaseAudit.cohort, group)
    query: Any = sa.select(*columns, sa.func.count()).where(*agreed_in(authority_id, start, end)).group_by(*columns)
    by_team: dict[tuple[int, bool], int] = defaultdict(int)
    by_group: dict[tuple[str, bool], int] = defaultdict(int)
    for team_id, cohort, at_random, count in session.execute(query).all():
        by_team[team_id, bool(at_random)] += int(count)
        by_group[cohort, bool(at_random)] += int(count)
    return by_team, by_group


def _last_audited(session: Session, authority_id: int) -> dict[int, date]:
    """The day on which an agreed audit of each team was last submitted; asked team by team, of an index's end each."""
    last: Any = (
        sa.select(sa.func.max(CaseAudit.submitted_at))
        .where(
            col(CaseAudit.authority_id) == authority_id,
            col(CaseAudit.team_id) == col(Team.id),
            col(CaseAudit.stage).in_(AFTER_AGREEMENT),
        )
        .scalar_subquery()
    )
    query: Any = sa.select(col(Team.id), last).where(col(Team.authority_id) == authority_id)
    return {team_id: clock.london_day(moment) for team_id, moment in session.execute(query).all() if moment}
