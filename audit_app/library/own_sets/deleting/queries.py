"""Which questions and domains of a set ever were in a published version: they stay, and may only be retired."""

from sqlmodel import Session, select

from audit_app.library.own_sets.deleting.hanging import keys_of
from audit_app.library.tables import OwnSetVersion, VersionState
from frameworks.own_sets.shape import OwnSet as Document


def published_keys(session: Session, authority_id: int, number: int) -> frozenset[str]:
    """The keys of every version that was ever published; none for a set that never was."""
    statement = select(OwnSetVersion.contents).where(
        OwnSetVersion.authority_id == authority_id,
        OwnSetVersion.set_number == number,
        OwnSetVersion.state == VersionState.published,
    )
    documents = (Document.model_validate_json(contents) for contents in session.exec(statement))
    return frozenset[str]().union(*(keys_of(document) for document in documents))
