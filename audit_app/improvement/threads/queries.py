"""Reads along the thread: what waits for a person, the areas on a judgement area, the gaps with whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import alphabet, words
from audit_app.improvement.queries import Listed, every_row
from audit_app.improvement.threads import gap_words
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Role
from findings import queries as thread_queries
from findings.gaps import GapCode
from findings.queries import AreaFilter, FindingFilter, GapFilter, OwnedGap
from findings.references import ACTION, AREA, FINDING, PLAN, number_of, reference
from findings.states import AreaStatus
from findings.tables import Action, AreaForImprovement, Finding, FindingInArea, FindingJudgementArea, Plan

GAPS_A_PAGE = 50


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


@dataclass(frozen=True)
class GapList:
    """One page of gaps, how many there are of each kind that occurs, and everybody who owns one, by title."""

    listed: Listed[OwnedGap]
    counts: list[tuple[str, str, int]]
    owners: list[str]
    total: int
    named: dict[str, str]  # what each thing of the page is called, by its reference


def list_gaps(
    session: Session, authority_id: int, today: date, asked: Mapping[str, str], *, months: int, page: int
) -> GapList:
    """A page of the gaps asked for, in the order the thread runs; the counts are of all."""
    kind, (edition, _, area) = asked.get("kind", ""), asked.get("area", "").partition("/")
    if kind and kind not in set(GapCode):
        kind, edition, area = "", "nowhere", "nowhere"  # a kind there is not has no gaps, as an area there is not
    wanted = GapFilter(GapCode(kind) if kind else None, asked.get("owner", ""), edition, area)
    gaps = thread_queries.page_of_gaps(
        session, authority_id, today, wanted, evidence_months=months, page=page, size=GAPS_A_PAGE
    )
    numbers = {code: owners.total() for code, owners in gaps.every.items()}
    return GapList(
        listed=Listed(gaps.rows, gaps.total, gaps.page, gaps.pages),
        counts=[(code.value, gap_words.HEADINGS[code], number) for code, number in numbers.items()],
        owners=alphabet.in_order({title for owners in gaps.every.values() for title in owners if title}, str),
        total=sum(numbers.values()),
        named=_named(session, authority_id, {row.gap.reference for row in gaps.rows}),
    )


NAMED_BY: dict[str, tuple[Any, Any]] = {
    FINDING: (Finding, Finding.title),
    AREA: (AreaForImprovement, AreaForImprovement.heading),
    ACTION: (Action, Action.what),
    PLAN: (Plan, Plan.title),
}


def _named(session: Session, authority_id: int, references: set[str]) -> dict[str, str]:
    """What findings, areas, actions and plans are called in words."""
    named: dict[str, str] = {}
    for prefix, (table, words_of) in NAMED_BY.items():
        numbers = {number for text in references if (number := number_of(text, prefix)) is not None}
        if numbers:
            query = select(table.number, words_of).where(
                table.authority_id == authority_id, col(table.number).in_(sorted(numbers))
            )
            named |= {reference(prefix, number): text for number, text in session.exec(query)}
    return named
