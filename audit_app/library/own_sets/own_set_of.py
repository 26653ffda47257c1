"""A published set of the council's own as the document it was published from; and short names for copies."""

from sqlmodel import Session, select

from audit_app.library.own_sets import naming
from audit_app.library.tables import OwnSetVersion, VersionState
from findings.errors import NotFound
from frameworks.own_shapes import OwnSet


def published(session: Session, authority_id: int, edition_id: str) -> OwnSet:
    """The document of a published version; raises NotFound."""
    statement = select(OwnSetVersion.contents).where(
        OwnSetVersion.authority_id == authority_id,
        OwnSetVersion.edition_id == edition_id,
        OwnSetVersion.state == VersionState.published,
    )
    found = session.exec(statement).one_or_none()
    if found is None:
        raise NotFound("There is no such question set.")
    return OwnSet.model_validate_json(found)


def key_for(set_id: str) -> str:
    """A short name for a copy of a set of the product: its own, cut to fit."""
    return naming.slug_of(set_id.replace("-", " "), 16)
