"""Pages of findings, areas and actions, narrowed by what is asked for, and how many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import Session, SQLModel, col, select

from findings import rules_in_sql
from findings.colours_in_sql import has_colour, latest_judgements
from findings.errors import Invalid
from findings.metadata import Numbered
from findings.queries.area_order import AreaSort, area_order
from findings.references import ACTION, AREA, FINDING, number_of
from findings.states import ActionStatus, AreaStatus, Brag, FindingKind, FindingStatus, Impact, Origin
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    AreaForImprovement,
    Finding,
    FindingInArea,
    FindingJudgementArea,
)

LARGEST_PAGE = 200
LONGEST_SEARCH = 200
Kept = TypeVar("Kept", bound=SQLModel)
NumberedRow = TypeVar("NumberedRow", bound=Numbered)


@dataclass(frozen=True)
class Page(Generic[Kept]):
    """One page of a longer list; `total` counts the whole list."""

    rows: tuple[Kept, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are.

        Returns:
            A whole number, at least 1 even for an empty list.

        Source:
            Plain counting.
        """
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class FindingFilter:
    """Which findings to list; what is left empty does not narrow the list."""

    kind: FindingKind | None = None
    origin: Origin | None = None
    status: FindingStatus | None = FindingStatus.raised
    inspection_number: int | None = None
    edition_id: str = ""
    judgement_area_id: str = ""
    area_number: int | None = None
    in_no_area: bool = False
    team_id: int | None = None
    raised_from: date | None = None
    raised_to: date | None = None
    words: str = ""


@dataclass(frozen=True)
class AreaFilter:
    """Which areas for improvement to list, and in which order."""

    status: AreaStatus | None = None
    edition_id: str = ""
    judgement_area_id: str = ""
    owner_person_id: int | None = None
    owner_post_ids: tuple[int, ...] | None = None
    without_action: bool = False
    impact: Impact | None = None  # the judgement that counts
    never_judged: bool = False
    sort: AreaSort = AreaSort.opened
    sorted_on: date | None = None  # the day on which lateness is told
    alive_from: date | None = None
    alive_to: date | None = None
    words: str = ""


@dataclass(frozen=True)
class ActionFilter:
    """Which plan actions to list.

    `person_id` and `post_ids` mean whoever leads or delivers; `in_force` leaves out what was withdrawn; a `colour` is
    the one delivery has earned on the day `coloured_on`; `overdue_on` leaves only what is overdue on that day.
    """

    status: ActionStatus | None = None
    plan_number: int | None = None
    area_number: int | None = None
    in_force: bool = False
    lead_post_id: int | None = None
    person_id: int | None = None
    post_ids: tuple[int, ...] = ()
    colour: Brag | None = None
    coloured_on: date | None = None
    overdue_on: date | None = None
    words: str = ""


def _words_match(words: str, prefix: str, number: Any, *columns: Any) -> ColumnElement[bool]:
    """Rows that hold the words anywhere, `%` and `_` taken literally, or that bear the reference typed."""
    text = words.strip()
    if len(text) > LONGEST_SEARCH:
        raise Invalid("words", f"Search for at most {LONGEST_SEARCH} characters.")
    wanted = number_of(text, prefix)
    if wanted is not None:
        return col(number) == wanted
    return or_(*(col(column).icontains(text, autoescape=True) for column in columns))


def _page(
    session: Session, table: type[Kept], conditions: Sequence[ColumnElement[bool]], page: int, size: int, *order: Any
) -> Page[Kept]:
    """Counts in SQL, then reads only the rows of one page."""
    size = min(max(size, 1), LARGEST_PAGE)
    total = _count(session, table, conditions)
    if not total:
        return Page((), 0, 1, size)
    page = min(max(page, 1), max(1, -(-total // size)))
    query = select(table).where(*conditions).order_by(*order).limit(size).offset((page - 1) * size)
    return Page(tuple(session.exec(query)), total, page, size)


def _equal(table: type[SQLModel], wanted: Mapping[str, object]) -> list[ColumnElement[bool]]:
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return [columns[name] == value for name, value in wanted.items() if value not in (None, "")]


def in_area(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Findings that are joined to an area for improvement.

    Args:
        which: What holds of the link, where not any area will do.

    Returns:
        A condition on the table of findings.

    Source:
        Plain looking in what the register holds.
    """
    link = (
        col(FindingInArea.authority_id) == Finding.authority_id,
        col(FindingInArea.finding_number) == Finding.number,
    )
    return exists().where(*link, *which)


def _finding_conditions(authority_id: int, wanted: FindingFilter) -> list[ColumnElement[bool]]:
    names = ("kind", "origin", "status", "inspection_number", "team_id")
    conditions = _equal(Finding, {"authority_id": authority_id} | {name: getattr(wanted, name) for name in names})
    if wanted.area_number is not None:
        conditions.append(in_area(col(FindingInArea.area_number) == wanted.area_number))
    if wanted.in_no_area:
        conditions += [~in_area(), col(Finding.kind) != FindingKind.strength]
    if wanted.edition_id or wanted.judgement_area_id:
        speaks_to = {"edition_id": wanted.edition_id, "judgement_area_id": wanted.judgement_area_id}
        conditions.append(
            exists().where(
                col(FindingJudgementArea.authority_id) == Finding.authority_id,
                col(FindingJudgementArea.finding_number) == Finding.number,
                *_equal(FindingJudgementArea, speaks_to),
            )
        )
    if wanted.raised_from:
        conditions.append(col(Finding.raised_at) >= datetime.combine(wanted.raised_from, time.min, UTC))
    if wanted.raised_to:
        conditions.append(col(Finding.raised_at) <= datetime.combine(wanted.raised_to, time.max, UTC))
    if wanted.words.strip():
        conditions.append(_words_match(wanted.words, FINDING, Finding.number, Finding.title, Finding.text))
    return conditions


def list_findings(
    session: Session, authority_id: int, wanted: FindingFilter | None = None, *, page: int = 1, size: int = 50
) -> Page[Finding]:
    """A page of findings, newest first."""
    conditions = _finding_conditions(authority_id, wanted or FindingFilter())
    return _page(session, Finding, conditions, page, size, col(Finding.number).desc())


def _area_conditions(authority_id: int, wanted: AreaFilter) -> list[ColumnElement[bool]]:
    names = ("status", "edition_id", "judgement_area_id", "owner_person_id")
    conditions = _equal(
        AreaForImprovement, {"authority_id": authority_id} | {name: getattr(wanted, name) for name in names}
    )
    if wanted.owner_post_ids is not None:
        conditions.append(col(AreaForImprovement.owner_post_id).in_(wanted.owner_post_ids))
    if wanted.without_action:
        conditions.append(
            ~exists().where(
                col(ActionInArea.authority_id) == AreaForImprovement.authority_id,
                col(ActionInArea.area_number) == AreaForImprovement.number,
            )
        )
    if wanted.impact is not None or wanted.never_judged:
        latest = latest_judgements(authority_id)
        rated = [latest.c.rating == wanted.impact] if wanted.impact is not None else []
        judged = exists().where(latest.c.area_number == col(AreaForImprovement.number), *rated)
        conditions.append(~judged if wanted.never_judged else judged)
    if wanted.alive_to:
        conditions.append(col(AreaForImprovement.opened_at) <= datetime.combine(wanted.alive_to, time.max, UTC))
    if wanted.alive_from:
        closed_on = col(AreaForImprovement.closed_on)
        conditions.append(or_(closed_on.is_(None), closed_on >= wanted.alive_from))
    if wanted.words.strip():
        conditions.append(_words_match(wanted.words, AREA, AreaForImprovement.number, AreaForImprovement.heading))
    return conditions


def list_areas(
    session: Session, authority_id: int, wanted: AreaFilter | None = None, *, page: int = 1, size: int = 50
) -> Page[AreaForImprovement]:
    """A page of areas for improvement, in the order asked for."""
    wanted = wanted or AreaFilter()
    conditions = _area_conditions(authority_id, wanted)
    order = (*area_order(authority_id, wanted.sort, wanted.sorted_on), col(AreaForImprovement.number))
    return _page(session, AreaForImprovement, conditions, page, size, *order)


def _theirs(authority_id: int, person_id: int | None, post_ids: Sequence[int]) -> ColumnElement[bool]:
    """Actions this person or these posts lead or deliver; no person asked for is not "nobody named yet".

    Those they deliver are gathered once: asked action by action, every one there is would be read.
    """
    leading: list[ColumnElement[bool]] = []
    delivering: list[ColumnElement[bool]] = []
    if post_ids:
        leading.append(col(Action.lead_post_id).in_(post_ids))
        delivering.append(col(ActionLead.post_id).in_(post_ids))
    if person_id is not None:
        leading.append(col(Action.lead_person_id) == person_id)
        delivering.append(col(ActionLead.person_id) == person_id)
    delivered = select(ActionLead.action_number).where(ActionLead.authority_id == authority_id, or_(*delivering))
    return or_(*leading, col(Action.number).in_(delivered))


def _action_conditions(authority_id: int, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    names = ("status", "plan_number", "lead_post_id")
    conditions = _equal(Action, {"authority_id": authority_id} | {name: getattr(wanted, name) for name in names})
    if wanted.in_force:
        conditions.append(col(Action.status) != ActionStatus.withdrawn)
    if wanted.colour is not None and wanted.coloured_on is not None:
        conditions.append(has_colour(authority_id, wanted.colour, wanted.coloured_on))
    if wanted.area_number is not None:
        conditions.append(
            exists().where(
                col(ActionInArea.authority_id) == Action.authority_id,
                col(ActionInArea.action_number) == Action.number,
                col(ActionInArea.area_number) == wanted.area_number,
            )
        )
    if wanted.person_id is not None or wanted.post_ids:
        conditions.append(_theirs(authority_id, wanted.person_id, wanted.post_ids))
    if wanted.overdue_on:
        conditions.append(rules_in_sql.overdue(wanted.overdue_on))
    if wanted.words.strip():
        conditions.append(_words_match(wanted.words, ACTION, Action.number, Action.what))
    return conditions


def list_actions(
    session: Session, authority_id: int, wanted: ActionFilter | None = None, *, page: int = 1, size: int = 50
) -> Page[Action]:
    """A page of plan actions, those due first at the top and those without a date at the end."""
    conditions = _action_conditions(authority_id, wanted or ActionFilter())
    return _page(session, Action, conditions, page, size, *_due_first())


def _due_first() -> tuple[Any, ...]:
    due = rules_in_sql.due_day()
    return due.is_(None), due, col(Action.number)


def finding_numbers(session: Session, authority_id: int, wanted: FindingFilter) -> list[int]:
    """The numbers of all findings of a sort, newest first: what an export then reads part by part.

    Returns:
        Whole numbers, each once; an empty list where there are none.

    Source:
        Plain listing of what the register holds.
    """
    return _numbers(session, Finding, _finding_conditions(authority_id, wanted), col(Finding.number).desc())


def area_numbers(session: Session, authority_id: int, wanted: AreaFilter) -> list[int]:
    """The numbers of all areas of a sort, in the order asked for.

    Returns:
        Whole numbers, each once; an empty list where there are none.

    Source:
        Plain listing of what the register holds.
    """
    conditions = _area_conditions(authority_id, wanted)
    order = (*area_order(authority_id, wanted.sort, wanted.sorted_on), col(AreaForImprovement.number))
    return _numbers(session, AreaForImprovement, conditions, *order)


def action_numbers(session: Session, authority_id: int, wanted: ActionFilter) -> list[int]:
    """The numbers of all plan actions of a sort, those due first at the top.

    Returns:
        Whole numbers, each once; an empty list where there are none.

    Source:
        Plain listing of what the register holds.
    """
    return _numbers(session, Action, _action_conditions(authority_id, wanted), *_due_first())


def _numbers(
    session: Session, table: type[Numbered], conditions: Sequence[ColumnElement[bool]], *order: Any
) -> list[int]:
    return list(session.exec(select(col(table.number)).where(*conditions).order_by(*order)).all())


def those_numbered(
    session: Session, table: type[NumberedRow], authority_id: int, numbers: Sequence[int]
) -> list[NumberedRow]:
    """The rows of these numbers, in this order; one that is gone meanwhile is left out.

    Returns:
        The rows found, none twice.

    Source:
        Plain listing of what the register holds.
    """
    asked = select(table).where(table.authority_id == authority_id, col(table.number).in_(numbers))
    rows = {row.number: row for row in session.exec(asked)}
    return [rows[number] for number in numbers if number in rows]


def count_findings(session: Session, authority_id: int, wanted: FindingFilter | None = None) -> int:
    """How many findings there are of a sort.

    Returns:
        A whole number, 0 when there are none.

    Source:
        Plain counting of what the register holds.
    """
    return _count(session, Finding, _finding_conditions(authority_id, wanted or FindingFilter()))


def count_areas(session: Session, authority_id: int, wanted: AreaFilter | None = None) -> int:
    """How many areas for improvement there are of a sort.

    Returns:
        A whole number, 0 when there are none.

    Source:
        Plain counting of what the register holds.
    """
    return _count(session, AreaForImprovement, _area_conditions(authority_id, wanted or AreaFilter()))


def count_actions(session: Session, authority_id: int, wanted: ActionFilter | None = None) -> int:
    """How many plan actions there are of a sort.

    Returns:
        A whole number, 0 when there are none.

    Source:
        Plain counting of what the register holds.
    """
    return _count(session, Action, _action_conditions(authority_id, wanted or ActionFilter()))


def _count(session: Session, table: type[SQLModel], conditions: Sequence[ColumnElement[bool]]) -> int:
    return session.exec(select(func.count()).select_from(table).where(*conditions)).one()
