"""Reads of areas for improvement: one with its whole thread, lists with what hangs on each, what was last judged."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas
from audit_app.improvement.queries import Listed, history_of
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from findings import queries as thread_queries
from findings import rules, thread_shapes
from findings.queries import AreaFilter
from findings.references import AREA, reference
from findings.states import Impact
from findings.tables import ActionInArea, AreaForImprovement, FindingInArea, ImpactJudgement
from findings.thread_shapes import Thread


@dataclass(frozen=True)
class AreaRow:
    """An area in a list: how much hangs on it and what was last judged."""

    area: AreaForImprovement
    findings: int
    actions: int
    impact: Impact | None

    @property
    def reference(self) -> str:
        return reference(AREA, self.area.number)


@dataclass(frozen=True)
class AreaView:
    """An area with its whole thread."""

    thread: Thread
    owner: str
    judgement_area: str
    names: dict[int, str]
    history: tuple[str, ...]

    @property
    def reference(self) -> str:
        return reference(AREA, self.thread.area.number)


def list_areas(
    session: Session, authority_id: int, wanted: AreaFilter, *, page: int = 1, size: int = 50
) -> Listed[AreaRow]:
    """A page of areas with what hangs on each, counted in SQL."""
    listed = thread_queries.list_areas(session, authority_id, wanted, page=page, size=size)
    rows = tuple(_with_counts(session, authority_id, listed.rows))
    return Listed(rows, listed.total, listed.page, listed.pages)


def _with_counts(session: Session, authority_id: int, areas: Sequence[AreaForImprovement]) -> list[AreaRow]:
    numbers = [row.number for row in areas]
    findings = _count_links(session, FindingInArea, authority_id, numbers)
    actions = _count_links(session, ActionInArea, authority_id, numbers)
    judged = latest_impacts(session, authority_id, numbers)
    return [
        AreaRow(
            row,
            findings.get(row.number, 0),
            actions.get(row.number, 0),
            judged[row.number].rating if row.number in judged else None,
        )
        for row in areas
    ]


def some_areas(session: Session, authority_id: int, numbers: Sequence[int]) -> list[AreaRow]:
    """The areas of these numbers, for a part of an export."""
    rows = thread_queries.those_numbered(session, AreaForImprovement, authority_id, numbers)
    return _with_counts(session, authority_id, rows)


def every_area(session: Session, authority_id: int, wanted: AreaFilter) -> list[AreaRow]:
    """All areas of a sort, for an export that is made at once."""
    return some_areas(session, authority_id, thread_queries.area_numbers(session, authority_id, wanted))


def _count_links(session: Session, table: Any, authority_id: int, numbers: Sequence[int]) -> dict[int, int]:
    query = select(table.area_number, func.count()).where(
        table.authority_id == authority_id, col(table.area_number).in_(list(numbers))
    )
    return dict(session.exec(query.group_by(table.area_number)).all())


def latest_impacts(session: Session, authority_id: int, areas: Collection[int]) -> dict[int, ImpactJudgement]:
    """The judgement that counts for each of these areas; an area never judged is left out."""
    query = select(ImpactJudgement).where(
        col(ImpactJudgement.authority_id) == authority_id, col(ImpactJudgement.area_number).in_(list(areas))
    )
    by_area: dict[int, list[ImpactJudgement]] = defaultdict(list)
    for row in session.exec(query):
        by_area[row.area_number].append(row)
    return {number: latest for number, rows in by_area.items() if (latest := rules.latest(rows)) is not None}


def get_area(session: Session, authority_id: int, number: int) -> AreaView:
    """One area with its thread, or NotFound."""
    area = thread_queries.get_area(session, authority_id, number)
    thread = thread_queries.weave_areas(session, authority_id, areas=[number]).of_area(number)
    if thread is None:
        raise NotFound("No such area.")
    people_named: list[int | None] = [strand.impact.judged_by for strand in thread.impacts]
    people_named += [area.owner_person_id, area.opened_by, area.closed_by]
    people_named += [strand.action.verified_by for strand in thread.actions]
    people_named += [report.reported_by for strand in thread.actions for report in strand.progress]
    names = people.names_of(session, people_named)
    return AreaView(
        thread=thread,
        owner=owner_words(area, names),
        judgement_area=judgement_areas.area_name(area.edition_id, area.judgement_area_id)
        if area.judgement_area_id
        else "",
        names=names,
        history=history_of(session, authority_id, reference(AREA, number)),
    )


def owner_words(area: AreaForImprovement, names: dict[int, str]) -> str:
    """The post that owns an area and who holds it."""
    name = names.get(area.owner_person_id or 0, "")
    if area.owner_post_title:
        return f"{area.owner_post_title} ({name})" if name else area.owner_post_title
    return name


def judgement_areas_of(thread: Thread) -> list[tuple[str, str, str]]:
    """The judgement areas a thread hangs on, each as edition, area and printed name."""
    tied = sorted(thread_shapes.judgement_areas_of(thread))
    return [(edition, area, judgement_areas.area_name(edition, area)) for edition, area in tied]


def post_title_of(session: Session, scope: Scope, today: date) -> str:
    """The title of the post a person holds, kept beside what they judged."""
    held = [post.title for post in people.list_posts(session, today) if post.id in scope.own_posts]
    return held[0] if held else ""
