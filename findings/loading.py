"""Reads single things by number, and the rows that weaving needs, in a fixed small number of statements."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from findings.errors import NotFound
from findings.metadata import Numbered
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN, reference
from findings.strands import Rows
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    AreaForImprovement,
    DueDateChange,
    Finding,
    FindingInArea,
    FindingJudgementArea,
    ImpactJudgement,
    Inspection,
    Judgement,
    Measure,
    Milestone,
    Plan,
    Progress,
    Source,
    Theme,
)
from findings.thread import Woven, weave

Kept = TypeVar("Kept", bound=SQLModel)
NumberedRow = TypeVar("NumberedRow", bound=Numbered)
# SQLite takes 32,766 values in one statement; longer lists are read in pieces.
_PIECE = 10_000


def _find(session: Session, table: type[NumberedRow], authority_id: int, number: int) -> NumberedRow | None:
    return session.exec(
        select(table).where(col(table.authority_id) == authority_id, col(table.number) == number)
    ).first()


def _get(session: Session, table: type[NumberedRow], authority_id: int, number: int, prefix: str) -> NumberedRow:
    row = _find(session, table, authority_id, number)
    if row is None:
        raise NotFound(f"There is no {reference(prefix, number)} here. Check the reference.")
    return row


def get_inspection(session: Session, authority_id: int, number: int) -> Inspection:
    """One inspection, or NotFound."""
    return _get(session, Inspection, authority_id, number, INSPECTION)


def get_finding(session: Session, authority_id: int, number: int) -> Finding:
    """One finding, or NotFound."""
    return _get(session, Finding, authority_id, number, FINDING)


def get_area(session: Session, authority_id: int, number: int) -> AreaForImprovement:
    """One area for improvement, or NotFound."""
    return _get(session, AreaForImprovement, authority_id, number, AREA)


def get_action(session: Session, authority_id: int, number: int) -> Action:
    """One plan action, or NotFound."""
    return _get(session, Action, authority_id, number, ACTION)


def get_plan(session: Session, authority_id: int, number: int) -> Plan:
    """One plan, or NotFound."""
    return _get(session, Plan, authority_id, number, PLAN)


def list_inspections(session: Session, authority_id: int) -> list[Inspection]:
    """All inspections, the latest published first and those without a date at the end."""
    published = col(Inspection.published_on)
    query = select(Inspection).where(col(Inspection.authority_id) == authority_id)
    return list(session.exec(query.order_by(published.is_(None), published.desc(), col(Inspection.number).desc())))


def list_judgements(session: Session, authority_id: int, inspection_number: int | None = None) -> list[Judgement]:
    """The judgements of one inspection, or of all."""
    query = select(Judgement).where(col(Judgement.authority_id) == authority_id)
    if inspection_number is not None:
        query = query.where(col(Judgement.inspection_number) == inspection_number)
    return list(session.exec(query.order_by(col(Judgement.id))))


def list_plans(session: Session, authority_id: int) -> list[Plan]:
    """All plans, the newest first."""
    query = select(Plan).where(col(Plan.authority_id) == authority_id)
    return list(session.exec(query.order_by(col(Plan.number).desc())))


def list_themes(session: Session, authority_id: int, plan_number: int) -> list[Theme]:
    """The themes of a plan, in its order."""
    query = select(Theme).where(col(Theme.authority_id) == authority_id, col(Theme.plan_number) == plan_number)
    return list(session.exec(query.order_by(col(Theme.position), col(Theme.id))))


class _Reader:
    """Reads whole tables of one authority, or only the rows whose column is among some numbers."""

    def __init__(self, session: Session, authority_id: int) -> None:
        self.session = session
        self.authority_id = authority_id

    def all(self, table: type[Kept]) -> list[Kept]:
        return list(self.session.exec(select(table).where(self._own(table))))

    def among(self, table: type[Kept], column: str, numbers: Iterable[int | None]) -> list[Kept]:
        wanted = sorted({number for number in numbers if number is not None})
        pieces = [wanted[start : start + _PIECE] for start in range(0, len(wanted), _PIECE)]
        columns = table.__table__.columns  # type: ignore[attr-defined]
        rows: list[Kept] = []
        for piece in pieces:
            rows.extend(self.session.exec(select(table).where(self._own(table), columns[column].in_(piece))))
        return rows

    def _own(self, table: type[SQLModel]) -> ColumnElement[bool]:
        own: ColumnElement[bool] = table.__table__.columns["authority_id"] == self.authority_id  # type: ignore[attr-defined]
        return own


def load_everything(session: Session, authority_id: int) -> Rows:
    """All rows of one authority's threads, for its list of gaps and for exports: one statement per table."""
    read = _Reader(session, authority_id)
    return Rows(
        inspections=read.all(Inspection),
        findings=read.all(Finding),
        judgement_areas=read.all(FindingJudgementArea),
        sources=read.all(Source),
        areas=read.all(AreaForImprovement),
        findings_in_areas=read.all(FindingInArea),
        actions=read.all(Action),
        actions_in_areas=read.all(ActionInArea),
        leads=read.all(ActionLead),
        due_date_changes=read.all(DueDateChange),
        milestones=read.all(Milestone),
        progress=read.all(Progress),
        measures=read.all(Measure),
        impacts=read.all(ImpactJudgement),
    )


def load_rows(
    session: Session,
    authority_id: int,
    *,
    areas: Collection[int] = (),
    findings: Collection[int] = (),
    actions: Collection[int] = (),
) -> Rows:
    """The rows of some threads: of these areas, and of every area these findings sit in or these actions answer.

    Links and judgements of further areas which those findings and actions also touch come along, so that an action's
    colour is the same whichever thread it is looked at from.
    """
    read = _Reader(session, authority_id)
    area_numbers = {*areas}
    area_numbers |= {row.area_number for row in read.among(FindingInArea, "finding_number", findings)}
    area_numbers |= {row.area_number for row in read.among(ActionInArea, "action_number", actions)}
    in_areas = read.among(FindingInArea, "area_number", area_numbers)
    answering = read.among(ActionInArea, "area_number", area_numbers)
    finding_numbers = {*findings} | {row.finding_number for row in in_areas}
    action_numbers = {*actions} | {row.action_number for row in answering}
    action_links = read.among(ActionInArea, "action_number", action_numbers)
    found = read.among(Finding, "number", finding_numbers)
    impacts = read.among(ImpactJudgement, "area_number", area_numbers | {row.area_number for row in action_links})
    return Rows(
        inspections=read.among(Inspection, "number", (row.inspection_number for row in found)),
        findings=found,
        judgement_areas=read.among(FindingJudgementArea, "finding_number", finding_numbers),
        sources=[
            *read.among(Source, "finding_number", finding_numbers),
            *read.among(Source, "impact_id", (row.id for row in impacts)),
        ],
        areas=read.among(AreaForImprovement, "number", area_numbers),
        findings_in_areas=read.among(FindingInArea, "finding_number", finding_numbers),
        actions=read.among(Action, "number", action_numbers),
        actions_in_areas=action_links,
        leads=read.among(ActionLead, "action_number", action_numbers),
        due_date_changes=read.among(DueDateChange, "action_number", action_numbers),
        milestones=read.among(Milestone, "action_number", action_numbers),
        progress=read.among(Progress, "action_number", action_numbers),
        measures=[
            *read.among(Measure, "action_number", action_numbers),
            *read.among(Measure, "area_number", area_numbers),
        ],
        impacts=impacts,
    )


def weave_areas(
    session: Session,
    authority_id: int,
    *,
    areas: Collection[int] = (),
    findings: Collection[int] = (),
    actions: Collection[int] = (),
) -> Woven:
    """The threads of some areas, or through some findings or actions."""
    return weave(load_rows(session, authority_id, areas=areas, findings=findings, actions=actions))
