"""Writes of the council's own shapes: drafted, changed, published, followed by a new version, retired."""

from datetime import datetime

from sqlmodel import Session

from audit_app import history
from audit_app.errors import Invalid, OutOfTurn
from audit_app.people.access.scope import Scope
from audit_app.self_assessment import events, prompts
from audit_app.self_assessment.assessments import layout
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.shapes import queries
from audit_app.self_assessment.tables import OwnShape
from audit_app.self_assessment.who import MANAGERS
from findings.errors import Stale
from findings.metadata import TITLE_LENGTH

WHOSE = "A shape is looked after by a QA manager or a leader."


def keep_shape(
    session: Session,
    authority_id: int,
    title: str,
    headings: str,
    own_questions: str,
    *,
    draft: bool = False,
    by: int,
    now: datetime,
) -> OwnShape:
    """Keep headings and questions of the council's own under a name; as a draft, or to begin from at once.

    Raises:
        Invalid: it has no name or no heading, or more than a self-assessment can hold.
    """
    _allowed(session)
    check(title, headings, own_questions)
    shape = OwnShape(
        authority_id=authority_id, title=title, headings=headings, prompts=own_questions, made_by=by, made_at=now,
        published_by=None if draft else by, published_at=None if draft else now,
    )  # fmt: skip
    session.add(shape)
    history.note(session, events.SHAPE_KEPT, by=by, authority_id=authority_id, now=now)
    return shape


def check(title: str, headings: str, own_questions: str) -> None:
    """Refuse a shape nothing could begin from."""
    lines = layout.lines_of(headings)
    if not title.strip() or not lines:
        raise Invalid("shape_title", "A shape needs a name and at least one heading.")
    if len(lines) > layout.MOST_SECTIONS:
        raise Invalid("headings", f"These are {len(lines)} headings. Have {layout.MOST_SECTIONS} or fewer.")
    if any(len(line) > TITLE_LENGTH for line in lines):
        raise Invalid("headings", f"Each heading must be {TITLE_LENGTH} characters or fewer.")
    if len(prompts.own_prompts(own_questions)) > 30:
        raise Invalid("prompts", "Have 30 questions or fewer.")


def change_shape(
    session: Session, shape: OwnShape, title: str, headings: str, own_questions: str, *, revision: int, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Change a draft.

    Raises:
        OutOfTurn: it is published, so what began from it could no longer be compared with it.
        Stale: somebody else changed it meanwhile.
    """
    _allowed(session)
    if shape.published_at is not None:
        raise OutOfTurn("This shape is published, so it stays as it is. Begin a new version of it.")
    if shape.revision != revision:
        raise Stale(shape)
    check(title, headings, own_questions)
    shape.title, shape.headings, shape.prompts = title, headings, own_questions
    shape.revision += 1
    session.add(shape)
    _note(session, events.SHAPE_CHANGED, shape, by=by, now=now)


def publish_shape(session: Session, shape: OwnShape, *, by: int, now: datetime) -> None:
    """Publish a draft: self-assessments begin from it, and no longer from the version before."""
    _allowed(session)
    if shape.published_at is not None:
        raise OutOfTurn("This shape has been published already. Load the page again.")
    if shape.retired_at is not None:
        raise OutOfTurn("This shape is retired.")
    shape.published_at, shape.published_by = now, by
    shape.revision += 1
    session.add(shape)
    _note(session, events.SHAPE_PUBLISHED, shape, by=by, now=now)


def begin_version(session: Session, shape: OwnShape, *, by: int, now: datetime) -> OwnShape:
    """Begin the next version of a published shape, with its headings and questions, as a draft.

    Raises:
        OutOfTurn: it is a draft itself, retired, or followed already.
    """
    _allowed(session)
    if shape.published_at is None or shape.retired_at is not None:
        raise OutOfTurn("Only a published shape gets a new version; a draft is changed as it is.")
    if any(row.follows_id == shape.id for row in queries.every(session, shape.authority_id)):
        raise OutOfTurn("There is a newer version of this shape already. Load the page again.")
    made = OwnShape(
        authority_id=shape.authority_id, title=shape.title, version=shape.version + 1, follows_id=shape.id,
        headings=shape.headings, prompts=shape.prompts, made_by=by, made_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note(session, events.SHAPE_KEPT, made, by=by, now=now)
    return made


def retire_shape(session: Session, shape: OwnShape, *, by: int, now: datetime) -> None:
    """Begin nothing from it any more; what began from it has its own copy and stays.

    Raises:
        OutOfTurn: it was retired already.
    """
    _allowed(session)
    if shape.retired_at is not None:
        raise OutOfTurn("This shape has been retired already. Load the page again.")
    shape.retired_at, shape.retired_by = now, by
    shape.revision += 1
    session.add(shape)
    _note(session, events.SHAPE_RETIRED, shape, by=by, now=now)


def _allowed(session: Session) -> None:
    scope: Scope = session.info["scope"]
    require(scope.everything or scope.has(*MANAGERS), WHOSE)


def _note(session: Session, event: str, shape: OwnShape, *, by: int, now: datetime) -> None:
    history.note(session, event, by=by, authority_id=shape.authority_id, now=now)
