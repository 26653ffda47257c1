"""Reads the rows that weaving needs, in a fixed small number of statements however many threads there are."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, select

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
    Measure,
    Milestone,
    Progress,
    Source,
)
from findings.thread import Rows, Woven, weave

Kept = TypeVar("Kept", bound=SQLModel)
# SQLite takes 32,766 values in one statement; longer lists are read in pieces.
_PIECE = 10_000


class _Reader:
    """Reads whole tables of one authority, or only the rows whose column is among some numbers."""

    def __init__(self, session: Session, authority_id: int) -> None:
        self.session = session
        self.authority_id = authority_id

    def all(self, table: type[Kept]) -> list[Kept]:
        return list(self.session.exec(select(table).where(*self._own(table))))

    def among(self, table: type[Kept], column: str, numbers: Iterable[int | None]) -> list[Kept]:
        wanted = sorted({number for number in numbers if number is not None})
        pieces = [wanted[start : start + _PIECE] for start in range(0, len(wanted), _PIECE)]
        columns = table.__table__.columns  # type: ignore[attr-defined]
        rows: list[Kept] = []
        for piece in pieces:
            rows.extend(self.session.exec(select(table).where(*self._own(table), columns[column].in_(piece))))
        return rows

    def _own(self, table: type[SQLModel]) -> list[ColumnElement[bool]]:
        """Rows of this authority; what was taken out of a plan is passed over."""
        columns = table.__table__.columns  # type: ignore[attr-defined]
        own = [columns["authority_id"] == self.authority_id]
        return [*own, columns["removed_at"].is_(None)] if "removed_at" in columns else own


def load_everything(session: Session, authority_id: int) -> Rows:
    """All rows of one authority's threads, for its list of gaps and for exports: one statement per table."""
    reader = _Reader(session, authority_id)
    return Rows(
        inspections=reader.all(Inspection),
        findings=reader.all(Finding),
        judgement_areas=reader.all(FindingJudgementArea),
        sources=reader.all(Source),
        areas=reader.all(AreaForImprovement),
        findings_in_areas=reader.all(FindingInArea),
        actions=reader.all(Action),
        actions_in_areas=reader.all(ActionInArea),
        leads=reader.all(ActionLead),
        due_date_changes=reader.all(DueDateChange),
        milestones=reader.all(Milestone),
        progress=reader.all(Progress),
        measures=reader.all(Measure),
        impacts=reader.all(ImpactJudgement),
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
    colour, and whether a finding is answered, are the same whichever thread they are looked at from.
    """
    reader = _Reader(session, authority_id)
    area_numbers = {*areas}
    area_numbers |= {row.area_number for row in reader.among(FindingInArea, "finding_number", findings)}
    area_numbers |= {row.area_number for row in reader.among(ActionInArea, "action_number", actions)}
    in_areas = reader.among(FindingInArea, "area_number", area_numbers)
    finding_numbers = {*findings} | {row.finding_number for row in in_areas}
    finding_links = reader.among(FindingInArea, "finding_number", finding_numbers)
    further = {row.area_number for row in finding_links} - area_numbers
    answering = reader.among(ActionInArea, "area_number", area_numbers | further)
    action_numbers = {*actions} | {row.action_number for row in answering}
    action_links = reader.among(ActionInArea, "action_number", action_numbers)
    finding_rows = reader.among(Finding, "number", finding_numbers)
    impacts = reader.among(ImpactJudgement, "area_number", area_numbers | {row.area_number for row in action_links})
    return Rows(
        inspections=reader.among(Inspection, "number", (row.inspection_number for row in finding_rows)),
        findings=finding_rows,
        judgement_areas=reader.among(FindingJudgementArea, "finding_number", finding_numbers),
        sources=[
            *reader.among(Source, "finding_number", finding_numbers),
            *reader.among(Source, "impact_id", (row.id for row in impacts)),
        ],
        areas=reader.among(AreaForImprovement, "number", area_numbers),
        findings_in_areas=finding_links,
        actions=reader.among(Action, "number", action_numbers),
        actions_in_areas=action_links,
        leads=reader.among(ActionLead, "action_number", action_numbers),
        due_date_changes=reader.among(DueDateChange, "action_number", action_numbers),
        milestones=reader.among(Milestone, "action_number", action_numbers),
        progress=reader.among(Progress, "action_number", action_numbers),
        measures=[
            *reader.among(Measure, "action_number", action_numbers),
            *reader.among(Measure, "area_number", area_numbers),
        ],
        impacts=impacts,
        further_areas=reader.among(AreaForImprovement, "number", further),
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
