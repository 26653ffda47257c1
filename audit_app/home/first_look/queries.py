"""Reads the first figures of the dashboard, in a few statements and within the session's scope."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from audit_app.audits import queries as audits
from audit_app.home import queries_dashboard
from audit_app.home.first_look.figures import GradeLine, HowGood, HowKnown, ImpactLine, WhatIsDone
from audit_app.home.readiness import queries_coverage
from audit_app.improvement.findings.suggest import ENOUGH
from audit_app.improvement.wording import IMPACTS
from findings import queries as thread
from findings import rules
from findings.queries import ActionTotals
from findings.states import ActionStatus, Impact

ONE_DAY = timedelta(days=1)
NOT_JUDGED = "Not judged yet"


@dataclass(frozen=True)
class FirstLook:
    """Everything a director sees first."""

    good: HowGood
    known: HowKnown
    done: WhatIsDone


def first_look(session: Session, authority_id: int, today: date, months: int, actions: ActionTotals) -> FirstLook:
    """How good, how known and what is being done, of the last so many months beside as many before them."""
    return FirstLook(
        _how_good(session, authority_id, today, months),
        _how_known(session, authority_id, today, months),
        _what_is_done(session, authority_id, today, actions),
    )


def _how_good(session: Session, authority_id: int, today: date, months: int) -> HowGood:
    start = rules.months_later(today, -months)
    before_start, before_end = rules.months_later(start, -months), start - ONE_DAY
    points = queries_dashboard.scale(today).points
    codes = tuple(point.code for point in points)

    def grades(first: date, last: date) -> dict[str, int]:
        return audits.overall_grades(session, authority_id, first, last, at_random=True, scale=codes)

    now, before = grades(start, today), grades(before_start, before_end)
    lines = tuple(GradeLine(p.code, p.name, now.get(p.code, 0), before.get(p.code, 0)) for p in reversed(points))
    enough = next((place for place, code in enumerate(codes) if code in ENOUGH), len(codes))
    return HowGood(start, today, before_start, before_end, lines, frozenset(codes[enough:]))


def _how_known(session: Session, authority_id: int, today: date, months: int) -> HowKnown:
    seen = queries_coverage.coverage(session, authority_id, today, months)
    return HowKnown(
        audits=audits.count_agreed(session, authority_id, seen.start, seen.end, at_random=True),
        teams=len(seen.teams),
        teams_looked_at=sum(team.random > 0 for team in seen.teams),
        groups=len(seen.groups),
        groups_looked_at=sum(group.random > 0 for group in seen.groups),
    )


def _what_is_done(session: Session, authority_id: int, today: date, actions: ActionTotals) -> WhatIsDone:
    judged = Counter(thread.open_areas_by_impact(session, authority_id))
    asked = thread.unanswered_items(session, authority_id)
    return WhatIsDone(
        impact=tuple(
            ImpactLine(rating, IMPACTS[rating] if rating else NOT_JUDGED, judged[rating])
            for rating in (*reversed(Impact), None)
            if judged[rating]
        ),
        open_actions=actions.of(ActionStatus.open),
        overdue_actions=actions.overdue,
        items_waiting=len(asked),
        items_late=sum(rules.date_passed(row.answer_on, today) for row in asked),
        items_undated=sum(row.answer_on is None for row in asked),
    )
