"""Reads of the reviews of plans that are due: whose they are, which are near and which have passed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from audit_app import clock
from audit_app.config import DEFAULTS
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings import plan_shapes, rules
from findings import queries as thread
from findings.references import PLAN, reference
from findings.tables import Plan, PlanReview


@dataclass(frozen=True)
class DueReview:
    """A review that was not held, of which plan, the day it is understood as, and whether that has passed."""

    review: PlanReview
    plan: Plan
    day: date
    passed: bool

    @property
    def reference(self) -> str:
        """PLN-0001."""
        return reference(PLAN, self.plan.number)


def list_due(session: Session, authority_id: int, today: date, soon_days: int) -> list[DueReview]:
    """Every review that was not held and has passed, or is due within some working days; the earliest first."""
    last = clock.add_working_days(today, soon_days)
    to_hold = thread.list_reviews_to_hold(session, authority_id)
    if not to_hold:
        return []
    plans = {plan.number: plan for plan in session.exec(select(Plan).where(Plan.authority_id == authority_id))}
    due = []
    for review in to_hold:
        day = rules.due_day(review)
        if day is not None and day <= last and review.plan_number in plans:
            passed = plan_shapes.review_passed(review, today) is not None
            due.append(DueReview(review, plans[review.plan_number], day, passed))
    return sorted(due, key=lambda line: (line.day, line.plan.number, line.review.id))


def reviews_waiting(
    session: Session, scope: Scope, today: date, *, soon_days: int = DEFAULTS["ACTION_DUE_SOON_WORKING_DAYS"]
) -> list[DueReview]:
    """The reviews that wait for a person: of plans their posts own; for a QA manager also those nobody answers for."""
    authority_id = people.authority_of(session)
    due = list_due(session, authority_id, today, soon_days)
    holders = people.holders_of(session, [line.plan.owner_post_id or 0 for line in due], today)
    return [
        line
        for line in due
        if line.plan.owner_post_id in scope.own_posts
        or (scope.has(Role.qa_manager) and owner_of(line.plan, holders) is None)
    ]


def owner_of(plan: Plan, holders: dict[int, int]) -> int | None:
    """Who answers for a plan today: whoever holds its owner post; while nobody does, whoever held it when named."""
    return holders.get(plan.owner_post_id or 0) or plan.owner_person_id
