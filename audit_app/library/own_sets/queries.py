"""The reads of a council's own question sets: the list, one set with its versions, a draft as a document."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from audit_app import alphabet
from audit_app.history import HistoryEntry
from audit_app.library.tables import OWN_SET, OwnSet, OwnSetVersion, VersionState
from audit_app.people import queries as people
from audit_app.people.access import Role, Scope
from findings.errors import NotFound
from findings.references import reference
from frameworks.own_sets.shape import OwnSet as Document

STATE_WORDS = {
    VersionState.draft: "Draft",
    VersionState.offered: "Waiting to be published",
    VersionState.published: "Published",
    VersionState.withdrawn: "Withdrawn",
}


WRITTEN = ("own_set.started", "own_set.saved")
ENDED = ("own_set.published", "own_set.withdrawn")


def writers_of_draft(session: Session, authority_id: int, number: int) -> frozenset[int]:
    """Everybody who wrote something in the open version of a set, by the log, not who saved it last alone (PE-3)."""
    entry = HistoryEntry
    about = (entry.authority_id == authority_id, entry.reference == reference_of(number))
    ends = select(func.max(entry.sequence)).where(*about, col(entry.event).in_(ENDED))
    last_end = session.exec(ends).one() or 0
    wrote = select(entry.actor).where(*about, col(entry.event).in_(WRITTEN), entry.sequence > last_end).distinct()
    return frozenset(actor for actor in session.exec(wrote).all() if actor is not None)


@dataclass(frozen=True)
class VersionLine:
    """One version of a set as a line of a list."""

    version: int
    state: VersionState
    state_words: str
    edition_id: str
    fingerprint: str
    came_from: str
    note: str
    saved_by: int
    saved_by_name: str
    saved_at: datetime
    offered_by: int | None
    published_by_name: str
    published_at: datetime | None
    revision: int


@dataclass(frozen=True)
class SetView:
    """One set of the council's own with its versions, newest first."""

    number: int
    reference: str
    key: str
    title: str
    retired_at: datetime | None
    retired_reason: str
    versions: tuple[VersionLine, ...]

    @property
    def open_version(self) -> VersionLine | None:
        """The draft, if there is one."""
        unpublished = (VersionState.draft, VersionState.offered)
        return next((version for version in self.versions if version.state in unpublished), None)

    @property
    def published(self) -> VersionLine | None:
        """The newest published version."""
        return next((version for version in self.versions if version.state is VersionState.published), None)


def reference_of(number: int) -> str:
    """SET-0003."""
    return reference(OWN_SET, number)


def set_row(session: Session, authority_id: int, number: int, *, locking: bool = False) -> OwnSet:
    """A set's own row; raises NotFound."""
    statement = select(OwnSet).where(OwnSet.authority_id == authority_id, OwnSet.number == number)
    if locking:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = session.exec(statement).one_or_none()
    if row is None:
        raise NotFound("There is no such question set.")
    return row


def version_row(session: Session, row: OwnSet, states: Collection[VersionState]) -> OwnSetVersion | None:
    """The newest version of a set in one of these states."""
    statement = (
        select(OwnSetVersion)
        .where(OwnSetVersion.authority_id == row.authority_id, OwnSetVersion.set_number == row.number)
        .where(col(OwnSetVersion.state).in_(list(states)))
        .order_by(col(OwnSetVersion.version).desc())
    )
    return session.exec(statement.limit(1)).first()


def list_sets(session: Session, authority_id: int) -> list[SetView]:
    """Every set of the council's own, by title."""
    rows = session.exec(select(OwnSet).where(OwnSet.authority_id == authority_id)).all()
    lines = _lines(session, authority_id, None)
    views = [_view(row, lines.get(row.number, [])) for row in rows]
    return sorted(views, key=lambda view: (view.retired_at is not None, alphabet.place_of(view.title), view.number))


def get_set(session: Session, authority_id: int, number: int) -> SetView:
    """One set with its versions; raises NotFound."""
    row = set_row(session, authority_id, number)
    return _view(row, _lines(session, authority_id, number).get(number, []))


def document_of(session: Session, authority_id: int, number: int, version: int) -> Document:
    """What one version of a set says; raises NotFound."""
    statement = select(OwnSetVersion.contents).where(
        OwnSetVersion.authority_id == authority_id,
        OwnSetVersion.set_number == number,
        OwnSetVersion.version == version,
    )
    contents = session.exec(statement).one_or_none()
    if contents is None:
        raise NotFound("There is no such version of the question set.")
    return Document.model_validate_json(contents)


def published_document(session: Session, authority_id: int, edition_id: str) -> Document:
    """The document that an edition of the council's own was published from; raises NotFound."""
    statement = select(OwnSetVersion.contents).where(
        OwnSetVersion.authority_id == authority_id,
        OwnSetVersion.edition_id == edition_id,
        OwnSetVersion.state == VersionState.published,
    )
    contents = session.exec(statement).one_or_none()
    if contents is None:
        raise NotFound("There is no such question set.")
    return Document.model_validate_json(contents)


def _lines(session: Session, authority_id: int, number: int | None) -> dict[int, list[VersionLine]]:
    columns = (
        OwnSetVersion.set_number, OwnSetVersion.version, OwnSetVersion.state, OwnSetVersion.edition_id,
        OwnSetVersion.fingerprint, OwnSetVersion.came_from, OwnSetVersion.note, OwnSetVersion.saved_by,
        OwnSetVersion.saved_at, OwnSetVersion.offered_by, OwnSetVersion.published_by, OwnSetVersion.published_at,
        OwnSetVersion.revision,
    )  # fmt: skip
    statement = select(*columns).where(OwnSetVersion.authority_id == authority_id)  # type: ignore[call-overload]
    if number is not None:
        statement = statement.where(OwnSetVersion.set_number == number)
    rows = session.exec(statement.order_by(col(OwnSetVersion.version).desc())).all()
    names = people.names_of(session, {person_id for row in rows for person_id in (row[7], row[10]) if person_id})
    lines: dict[int, list[VersionLine]] = {}
    for row in rows:
        line = VersionLine(
            version=row[1],
            state=row[2],
            state_words=STATE_WORDS[row[2]],
            edition_id=row[3],
            fingerprint=row[4],
            came_from=row[5],
            note=row[6],
            saved_by=row[7],
            saved_by_name=names.get(row[7], "somebody who has left"),
            saved_at=row[8],
            offered_by=row[9],
            published_by_name=names.get(row[10], "somebody who has left") if row[10] else "",
            published_at=row[11],
            revision=row[12],
        )
        lines.setdefault(row[0], []).append(line)
    return lines


def _view(row: OwnSet, lines: list[VersionLine]) -> SetView:
    return SetView(
        row.number, reference_of(row.number), row.key, row.title, row.retired_at, row.retired_reason, tuple(lines)
    )


def waiting_for(session: Session, scope: Scope) -> list[OwnSet]:
    """The sets whose draft was offered and that this person may publish: not whoever wrote or offered it (PE-3)."""
    if not scope.has(Role.qa_manager, Role.leader):
        return []
    own = (col(OwnSet.authority_id) == OwnSetVersion.authority_id, col(OwnSet.number) == OwnSetVersion.set_number)
    statement = (
        select(OwnSet, OwnSetVersion.saved_by, OwnSetVersion.offered_by)
        .join(OwnSetVersion, own[0] & own[1])
        .where(OwnSet.authority_id == scope.authority_id, OwnSetVersion.state == VersionState.offered)
        .order_by(col(OwnSetVersion.offered_at))
    )
    return [
        row
        for row, *wrote in session.exec(statement).all()
        if scope.person_id not in {*wrote, *writers_of_draft(session, row.authority_id, row.number)}
    ]
