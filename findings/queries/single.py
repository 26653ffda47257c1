"""Reads single things by number, and the short lists that need no pages: inspections, judgements, plans, themes."""

from typing import TypeVar

from sqlmodel import Session, col, select

from findings.errors import NotFound
from findings.metadata import Numbered
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN, reference
from findings.tables import Action, AreaForImprovement, Finding, Inspection, Judgement, Plan, Theme

NumberedRow = TypeVar("NumberedRow", bound=Numbered)


def _get_numbered(
    session: Session, table: type[NumberedRow], authority_id: int, number: int, prefix: str
) -> NumberedRow:
    row = session.exec(
        select(table).where(col(table.authority_id) == authority_id, col(table.number) == number)
    ).first()
    if row is None:
        raise NotFound(f"There is no {reference(prefix, number)} here. Check the reference.")
    return row


def get_inspection(session: Session, authority_id: int, number: int) -> Inspection:
    """One inspection, or NotFound."""
    return _get_numbered(session, Inspection, authority_id, number, INSPECTION)


def get_finding(session: Session, authority_id: int, number: int) -> Finding:
    """One finding, or NotFound."""
    return _get_numbered(session, Finding, authority_id, number, FINDING)


def get_area(session: Session, authority_id: int, number: int) -> AreaForImprovement:
    """One area for improvement, or NotFound."""
    return _get_numbered(session, AreaForImprovement, authority_id, number, AREA)


def get_action(session: Session, authority_id: int, number: int) -> Action:
    """One plan action, or NotFound."""
    return _get_numbered(session, Action, authority_id, number, ACTION)


def get_plan(session: Session, authority_id: int, number: int) -> Plan:
    """One plan, or NotFound."""
    return _get_numbered(session, Plan, authority_id, number, PLAN)


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


def list_themes(session: Session, authority_id: int, plan_number: int | None = None) -> list[Theme]:
    """The themes of a plan, or of all plans, each plan's in its order."""
    query = select(Theme).where(col(Theme.authority_id) == authority_id, col(Theme.removed_at).is_(None))
    if plan_number is not None:
        query = query.where(col(Theme.plan_number) == plan_number)
    return list(session.exec(query.order_by(col(Theme.plan_number), col(Theme.position), col(Theme.id))))
