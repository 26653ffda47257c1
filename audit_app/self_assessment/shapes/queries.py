"""Reads of the council's own shapes: which may be begun from, and every version with how it stands."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import alphabet
from audit_app.errors import NotFound
from audit_app.self_assessment.tables import OwnShape, SelfAssessment


@dataclass(frozen=True)
class ShapeLine:
    """One version of a shape in the list."""

    row: OwnShape
    state: str
    begun: int  # self-assessments that began from it
    is_latest: bool


def every(session: Session, authority_id: int) -> list[OwnShape]:
    """Every version of every shape, by name, the newest version first."""
    query = select(OwnShape).where(OwnShape.authority_id == authority_id)
    newest_first = session.exec(query.order_by(sa.desc(col(OwnShape.version))))
    return alphabet.in_order(newest_first, lambda row: row.title)


def offered(session: Session, authority_id: int) -> list[OwnShape]:
    """The shapes a self-assessment may begin from: of each the newest published version, unless it was retired."""
    rows = every(session, authority_id)
    replaced = {row.follows_id for row in rows if row.published_at is not None}
    return [row for row in rows if row.published_at is not None and row.retired_at is None and row.id not in replaced]


def lines(session: Session, authority_id: int) -> list[ShapeLine]:
    """Every version with how it stands and how often it was begun from."""
    rows = every(session, authority_id)
    followed = {row.follows_id for row in rows}
    replaced = {row.follows_id for row in rows if row.published_at is not None}
    counted = (
        select(SelfAssessment.shape_id, sa.func.count())
        .where(SelfAssessment.authority_id == authority_id, col(SelfAssessment.shape_id).is_not(None))
        .group_by(col(SelfAssessment.shape_id))
    )
    begun = {shape_id: int(number) for shape_id, number in session.exec(counted).all()}
    return [
        ShapeLine(row, state_of(row, is_replaced=row.id in replaced), begun.get(row.id, 0), row.id not in followed)
        for row in rows
    ]


def state_of(row: OwnShape, *, is_replaced: bool) -> str:
    """How a version stands, in words."""
    if row.retired_at is not None:
        return "Retired"
    if row.published_at is None:
        return "A draft"
    return "Replaced by a newer version" if is_replaced else "In use"


def get_shape(session: Session, authority_id: int, shape_id: int) -> OwnShape:
    """One version of a shape, or NotFound."""
    query = select(OwnShape).where(OwnShape.authority_id == authority_id, OwnShape.id == shape_id)
    row = session.exec(query.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound("There is no such shape.")
    return row


def called(row: OwnShape) -> str:
    """What a version is called where several may be chosen from."""
    return f"{row.title} (version {row.version})" if row.version > 1 else row.title
