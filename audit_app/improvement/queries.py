"""Reads of findings, inspections and areas for improvement, shaped for pages; `queries_threads` has the rest."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from audit_app import history
from audit_app.errors import NotFound
from audit_app.improvement import judgement_areas, judging, wording
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from findings import queries as thread_queries
from findings import rules, thread_shapes
from findings.queries import AreaFilter, FindingFilter, Page
from findings.references import AREA, FINDING, reference
from findings.states import Impact
from findings.tables import (
    ActionInArea,
    AreaForImprovement,
    Finding,
    FindingInArea,
    ImpactJudgement,
    Inspection,
    Judgement,
)
from findings.thread_shapes import FindingStrand, Thread


@dataclass(frozen=True)
class FindingView:
    """A finding with everything its page says."""

    finding: Finding
    inspection: Inspection | None
    strand: FindingStrand
    areas: tuple[AreaForImprovement, ...]
    judgement_areas: tuple[tuple[str, str, str], ...]
    raised_by: str
    printed: str
    history: tuple[str, ...]

    @property
    def reference(self) -> str:
        return reference(FINDING, self.finding.number)

    @property
    def edition_id(self) -> str:
        """The edition of the inspection it comes from; empty for one that comes from no inspection."""
        return self.inspection.edition_id if self.inspection else ""

    @property
    def agencies(self) -> list[str]:
        """Who must act, by name."""
        return judgement_areas.agency_names(self.edition_id, self.finding.agencies)


@dataclass(frozen=True)
class FindingRow:
    """A finding in a list, with the areas it sits in."""

    finding: Finding
    areas: tuple[int, ...]

    @property
    def reference(self) -> str:
        return reference(FINDING, self.finding.number)


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
class Listed:
    """One page of rows."""

    rows: tuple
    total: int
    page: int
    pages: int


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


@dataclass(frozen=True)
class JudgementView:
    """A grade an inspection gave, in words."""

    area_id: str
    name: str
    grade: str
    paragraphs: str


@dataclass(frozen=True)
class InspectionView:
    """An inspection with its judgements and findings."""

    inspection: Inspection
    edition: str
    kind: str
    theme: str
    judged: judging.Judged
    judgements: tuple[JudgementView, ...]
    findings: tuple[FindingRow, ...]
    without_area: int
    judges: bool = True  # whether its framework gives judgements at all


def get_finding(session: Session, authority_id: int, number: int) -> FindingView:
    """One finding, or NotFound."""
    finding = thread_queries.get_finding(session, authority_id, number)
    woven = thread_queries.weave_areas(session, authority_id, findings=[number])
    strands = [strand for thread in woven.threads for strand in thread.findings] + list(woven.loose_findings)
    strand = next(one for one in strands if one.finding.number == number)
    threads = woven.of_finding(number)
    return FindingView(
        finding=finding,
        inspection=strand.inspection,
        strand=strand,
        areas=tuple(thread.area for thread in threads),
        judgement_areas=tuple(
            (one.edition_id, one.judgement_area_id, judgement_areas.area_name(one.edition_id, one.judgement_area_id))
            for one in strand.judgement_areas
        ),
        raised_by=people.names_of(session, [finding.raised_by]).get(finding.raised_by, "somebody no longer here"),
        printed=wording.printed_as(finding, strand.inspection),
        history=history_of(session, authority_id, reference(FINDING, number)),
    )


def history_of(session: Session, authority_id: int, about: str) -> tuple[str, ...]:
    """What happened to one thing, newest first, in sentences."""
    entries = history.entries_about(session, authority_id, about)
    names = people.names_of(session, [entry.actor for entry in entries])
    return tuple(history.tell(entry, lambda actor: who(names, actor)) for entry in entries)


def who(names: dict[int, str], actor: int | None) -> str:
    """A person's name, or what to say when there is none."""
    return names.get(actor, "Somebody no longer here") if actor is not None else "The system"


def _areas_of(session: Session, authority_id: int, numbers: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    query = select(FindingInArea.finding_number, FindingInArea.area_number).where(
        FindingInArea.authority_id == authority_id, col(FindingInArea.finding_number).in_(list(numbers))
    )
    for finding, area in session.exec(query.order_by(FindingInArea.area_number)):
        found.setdefault(finding, []).append(area)
    return found


def list_findings(
    session: Session, authority_id: int, wanted: FindingFilter, *, page: int = 1, size: int = 50
) -> Listed:
    """A page of findings, newest first, with the areas each sits in."""
    return _with_areas(
        session, authority_id, thread_queries.list_findings(session, authority_id, wanted, page=page, size=size)
    )


def _with_areas(session: Session, authority_id: int, found: Page[Finding]) -> Listed:
    areas = _areas_of(session, authority_id, [row.number for row in found.rows])
    rows = tuple(FindingRow(row, tuple(areas.get(row.number, ()))) for row in found.rows)
    return Listed(rows, found.total, found.page, found.pages)


def every_finding(session: Session, authority_id: int, wanted: FindingFilter) -> list[FindingRow]:
    """All findings of a sort, for an export."""
    return _every(lambda page: list_findings(session, authority_id, wanted, page=page, size=200))


def every_area(session: Session, authority_id: int, wanted: AreaFilter) -> list[AreaRow]:
    """All areas of a sort, for an export."""
    return _every(lambda page: list_areas(session, authority_id, wanted, page=page, size=200))


def _every(fetch: Callable[[int], Listed]) -> list:
    first = fetch(1)
    rows = list(first.rows)
    for page in range(2, first.pages + 1):
        rows.extend(fetch(page).rows)
    return rows


def list_areas(session: Session, authority_id: int, wanted: AreaFilter, *, page: int = 1, size: int = 50) -> Listed:
    """A page of areas with what hangs on each, counted in SQL."""
    found = thread_queries.list_areas(session, authority_id, wanted, page=page, size=size)
    numbers = [row.number for row in found.rows]
    findings = _count_links(session, FindingInArea, authority_id, numbers)
    actions = _count_links(session, ActionInArea, authority_id, numbers)
    impacts = _latest_impacts(session, authority_id, numbers)
    made = tuple(
        AreaRow(row, findings.get(row.number, 0), actions.get(row.number, 0), impacts.get(row.number))
        for row in found.rows
    )
    return Listed(made, found.total, found.page, found.pages)


def _count_links(session: Session, table: Any, authority_id: int, numbers: Sequence[int]) -> dict[int, int]:
    query = select(table.area_number, func.count()).where(
        table.authority_id == authority_id, col(table.area_number).in_(list(numbers))
    )
    return dict(session.exec(query.group_by(table.area_number)).all())


def _latest_impacts(session: Session, authority_id: int, numbers: Sequence[int]) -> dict[int, Impact]:
    query = select(ImpactJudgement).where(
        ImpactJudgement.authority_id == authority_id, col(ImpactJudgement.area_number).in_(list(numbers))
    )
    found: dict[int, list[ImpactJudgement]] = {}
    for row in session.exec(query):
        found.setdefault(row.area_number, []).append(row)
    return {number: rules.latest(rows).rating for number, rows in found.items()}


def get_area(session: Session, authority_id: int, number: int) -> AreaView:
    """One area with its thread, or NotFound."""
    area = thread_queries.get_area(session, authority_id, number)
    thread = thread_queries.weave_areas(session, authority_id, areas=[number]).of_area(number)
    if thread is None:
        raise NotFound("No such area.")
    ids = [one.impact.judged_by for one in thread.impacts] + [area.owner_person_id, area.opened_by, area.closed_by]
    ids += [one.action.verified_by for one in thread.actions]
    ids += [said.reported_by for one in thread.actions for said in one.progress]
    names = people.names_of(session, ids)
    return AreaView(
        thread=thread,
        owner=owner_words(session, area, names),
        judgement_area=judgement_areas.area_name(area.edition_id, area.judgement_area_id)
        if area.judgement_area_id
        else "",
        names=names,
        history=history_of(session, authority_id, reference(AREA, number)),
    )


def owner_words(session: Session, area: AreaForImprovement, names: dict[int, str]) -> str:
    """The post that owns an area and who holds it."""
    name = names.get(area.owner_person_id or 0, "")
    if area.owner_post_title:
        return f"{area.owner_post_title} ({name})" if name else area.owner_post_title
    return name


def list_inspections(session: Session, authority_id: int) -> list[tuple[Inspection, int]]:
    """All inspections and reviews, the latest first, each with how many findings came from it."""
    query = (
        select(Finding.inspection_number, func.count())
        .where(Finding.authority_id == authority_id, col(Finding.inspection_number).is_not(None))
        .group_by(col(Finding.inspection_number))
    )
    counts = dict(session.exec(query).all())
    return [(row, counts.get(row.number, 0)) for row in thread_queries.list_inspections(session, authority_id)]


def get_inspection(session: Session, authority_id: int, number: int) -> InspectionView:
    """One inspection with its judgements and its findings as printed, or NotFound."""
    inspection = thread_queries.get_inspection(session, authority_id, number)
    given = thread_queries.list_judgements(session, authority_id, number)
    found = every_finding(session, authority_id, FindingFilter(inspection_number=number, status=None))
    rows = sorted(found, key=lambda row: (row.finding.printed_number or 10**6, row.finding.number))
    edition = judgement_areas.find_edition(inspection.edition_id)
    loose = FindingFilter(inspection_number=number, in_no_area=True)
    known = judging.belonging(edition, [one.judgement_area_id for one in given])
    grades = {one.judgement_area_id: one.grade_code for one in given}
    return InspectionView(
        inspection=inspection,
        edition=edition.title if edition else "",
        kind=edition.type if edition else "",
        theme=judgement_areas.theme_name(inspection.edition_id, inspection.theme) if inspection.theme else "",
        judged=judging.read(edition, grades, inspection.published_on) if edition else judging.Judged(),
        judgements=tuple(
            judgement_view(inspection, one) for one in given if edition is None or one.judgement_area_id in known
        ),
        findings=tuple(rows),
        without_area=thread_queries.count_findings(session, authority_id, loose),
        judges=bool(edition and judgement_areas.judged_areas(edition)),
    )


def judgement_view(inspection: Inspection, row: Judgement) -> JudgementView:
    """A judgement under the name it was printed with."""
    name = row.printed_name or judgement_areas.area_name(
        inspection.edition_id, row.judgement_area_id, with_edition=False
    )
    grade = judgement_areas.grade_name(inspection.edition_id, row.judgement_area_id, row.grade_code)
    return JudgementView(row.judgement_area_id, name, grade, row.paragraphs)


def is_finding(session: Session, authority_id: int, number: int) -> bool:
    """Whether there is such a finding."""
    wanted = select(Finding.number).where(Finding.authority_id == authority_id, Finding.number == number)
    return session.exec(wanted).first() is not None


def post_title_of(session: Session, scope: Scope, today: date) -> str:
    """The title of the post a person holds, kept beside what they judged."""
    held = [post.title for post in people.list_posts(session, today) if post.id in scope.own_posts]
    return held[0] if held else ""


def judgement_areas_of(thread: Thread) -> list[tuple[str, str, str]]:
    """The judgement areas a thread hangs on, each as edition, area and printed name."""
    found = sorted(thread_shapes.judgement_areas_of(thread))
    return [(edition, area, judgement_areas.area_name(edition, area)) for edition, area in found]


def paged(rows: Sequence[Any], page: int, size: int) -> Listed:
    """One page of a list that is already in memory."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 1), pages)
    return Listed(tuple(rows[(page - 1) * size : page * size]), len(rows), page, pages)
