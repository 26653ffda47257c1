"""Reads along the thread: what waits for a person, the areas on a judgement area, the gaps with whose they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import words
from audit_app.improvement.queries import every_row
from audit_app.improvement.threads.gap_words import OwnedGap
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings import queries as thread_queries
from findings.queries import AreaFilter, FindingFilter
from findings.references import ACTION, AREA, FINDING, PLAN, reference
from findings.states import AreaStatus
from findings.tables import (
    Action,
    ActionInArea,
    AreaForImprovement,
    FindingInArea,
    FindingJudgementArea,
    Plan,
)


def _every_area_row(session: Session, authority_id: int, wanted: AreaFilter) -> list[AreaForImprovement]:
    return every_row(lambda page: thread_queries.list_areas(session, authority_id, wanted, page=page, size=200))


@dataclass(frozen=True)
class Waiting:
    """Something on the thread that waits for a person: how many, in words, and the page to open."""

    words: str
    count: int
    endpoint: str
    values: dict[str, str]


def findings_waiting(session: Session, scope: Scope, today: date) -> list[Waiting]:
    """What findings and areas ask of this person today; nothing for those who only read."""
    authority_id = people.authority_of(session)
    waiting = []
    if scope.has(Role.qa_manager):
        loose = thread_queries.count_findings(session, authority_id, FindingFilter(in_no_area=True))
        what = f"{words.agree(loose, 'finding', 'findings')} in no area for improvement"
        waiting.append(Waiting(what, loose, "improvement.list_findings", {"loose": "yes"}))
        bare = AreaFilter(status=AreaStatus.open, without_action=True)
        count = thread_queries.count_areas(session, authority_id, bare)
        what = f"open {words.agree(count, 'area', 'areas')} without an action"
        waiting.append(Waiting(what, count, "improvement.list_areas", {"bare": "yes"}))
    if scope.own_posts:
        own = AreaFilter(status=AreaStatus.open, owner_post_ids=tuple(sorted(scope.own_posts)))
        count = thread_queries.count_areas(session, authority_id, own)
        what = f"open {words.agree(count, 'area', 'areas')} you own"
        waiting.append(Waiting(what, count, "improvement.list_areas", {"mine": "yes"}))
    return [line for line in waiting if line.count]


def areas_on(session: Session, authority_id: int, edition_id: str, judgement_area_id: str) -> list[AreaForImprovement]:
    """The areas for improvement that hang on a judgement area, by their own tie or through one of their findings."""
    tied = (
        select(FindingInArea.area_number)
        .join(
            FindingJudgementArea,
            (col(FindingJudgementArea.authority_id) == FindingInArea.authority_id)
            & (col(FindingJudgementArea.finding_number) == FindingInArea.finding_number),
        )
        .where(FindingInArea.authority_id == authority_id, FindingJudgementArea.edition_id == edition_id)
        .where(FindingJudgementArea.judgement_area_id == judgement_area_id)
    )
    numbers = set(session.exec(tied).all())
    own = AreaFilter(edition_id=edition_id, judgement_area_id=judgement_area_id)
    areas = {row.number: row for row in _every_area_row(session, authority_id, own)}
    missing = sorted(numbers - areas.keys())
    if missing:
        query = select(AreaForImprovement).where(
            AreaForImprovement.authority_id == authority_id, col(AreaForImprovement.number).in_(missing)
        )
        areas |= {row.number: row for row in session.exec(query)}
    return [areas[number] for number in sorted(areas)]


def gaps_of(session: Session, authority_id: int, today: date, months: int) -> list[OwnedGap]:
    """Every gap with its owner and the judgement areas it touches, in the order the thread runs."""
    gaps = thread_queries.list_gaps(session, authority_id, today, evidence_months=months)
    areas = {
        reference(AREA, row.number): (row.owner_post_title, {f"{row.edition_id}/{row.judgement_area_id}"})
        for row in _rows(
            session, AreaForImprovement, authority_id, "owner_post_title", "edition_id", "judgement_area_id"
        )
    }
    leads = {
        reference(ACTION, row.number): row.lead_post_title
        for row in _rows(session, Action, authority_id, "lead_post_title")
    }
    leads |= {
        reference(PLAN, row.number): row.owner_post_title
        for row in _rows(session, Plan, authority_id, "owner_post_title")
    }
    answers: dict[str, set[str]] = {}
    for action, area in session.exec(
        select(ActionInArea.action_number, ActionInArea.area_number).where(ActionInArea.authority_id == authority_id)
    ):
        answers.setdefault(reference(ACTION, action), set()).update(areas.get(reference(AREA, area), ("", set()))[1])
    speaks = _spoken(session, authority_id)
    owned = []
    for gap in gaps:
        owner, tied = areas.get(gap.reference, (leads.get(gap.reference, ""), answers.get(gap.reference, set())))
        owned.append(OwnedGap(gap, owner, frozenset(tied | speaks.get(gap.reference, set()))))
    return owned


def _rows(session: Session, table: Any, authority_id: int, *names: str) -> Any:
    columns = [table.number, *(getattr(table, name) for name in names)]
    return session.exec(select(*columns).where(table.authority_id == authority_id))


def _spoken(session: Session, authority_id: int) -> dict[str, set[str]]:
    query = select(
        FindingJudgementArea.finding_number, FindingJudgementArea.edition_id, FindingJudgementArea.judgement_area_id
    ).where(FindingJudgementArea.authority_id == authority_id)
    spoken_to: dict[str, set[str]] = {}
    for number, edition, area in session.exec(query):
        spoken_to.setdefault(reference(FINDING, number), set()).add(f"{edition}/{area}")
    return spoken_to
