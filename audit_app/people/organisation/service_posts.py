"""Writes of posts and who holds them between which days."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from audit_app import history
from audit_app.errors import Invalid, OutOfTurn
from audit_app.people import queries
from audit_app.people.organisation import service
from audit_app.people.tables import Post, PostHolding

DAY = timedelta(days=1)
LONGEST_TITLE = 120


def get_post(session: Session, post_id: int) -> Post:
    """A post of this authority (OB-5).

    Raises:
        Invalid: there is no such post here.
    """
    row = session.get(Post, (queries.authority_of(session), post_id))
    if row is None:
        raise Invalid("post_id", "Choose a post from the list")
    return row


def make_post(session: Session, title: str, *, service_id: int | None = None, by: int | None, now: datetime) -> Post:
    """A new post; a title already in use is refused."""
    title = " ".join(title.split())
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise Invalid("title", f"Enter a title of 1 to {LONGEST_TITLE} characters")
    authority_id = queries.authority_of(session)
    if service_id is not None:
        service.get_service(session, service_id)
    taken = select(Post).where(Post.authority_id == authority_id, col(Post.closed_on).is_(None))
    if any(post.title.casefold() == title.casefold() for post in session.exec(taken).all()):
        raise Invalid("title", f"There is already a post called {title}")
    row = Post(authority_id=authority_id, title=title, service_id=service_id)
    session.add(row)
    session.flush()
    history.note(session, "people.post_made", by=by, authority_id=authority_id, facts={"post": row.id}, now=now)
    return row


def give_post(
    session: Session, post_id: int, person_id: int | None, *, on: date, by: int | None, now: datetime
) -> None:
    """Whoever holds the post leaves it the day before; `person_id` holds it from the day on, None leaves it vacant.

    A post that ends already is held to its last day.
    """
    post = get_post(session, post_id)
    if post.closed_on is not None and post.closed_on < on:
        raise OutOfTurn("This post has closed.")
    if person_id is not None and not queries.names_of(session, [person_id]):
        raise Invalid("person_id", "Choose a person from the list")
    _leave(session, post, on, by=by, now=now)
    if person_id is None:
        return
    holding = PostHolding(authority_id=post.authority_id, post_id=post.id, person_id=person_id, from_on=on)
    holding.to_on = post.closed_on
    session.add(holding)
    session.flush()
    facts: dict[str, str | int] = {"post": post.id, "person": person_id, "from_on": on.isoformat()}
    history.note(session, "people.post_held", by=by, authority_id=post.authority_id, facts=facts, now=now)


def _leave(session: Session, post: Post, on: date, *, by: int | None, now: datetime) -> None:
    statement = select(PostHolding).where(PostHolding.authority_id == post.authority_id, PostHolding.post_id == post.id)
    for row in session.exec(statement.order_by(col(PostHolding.from_on), col(PostHolding.id))).all():
        if row.to_on is not None and row.to_on < on:
            continue
        if row.from_on >= on:
            session.delete(row)
        else:
            row.to_on = on - DAY
            session.add(row)
        facts: dict[str, str | int] = {"post": post.id, "person": row.person_id, "to_on": (on - DAY).isoformat()}
        history.note(session, "people.post_left", by=by, authority_id=post.authority_id, facts=facts, now=now)
    session.flush()


def close_post(session: Session, post_id: int, *, last_day: date, by: int, now: datetime) -> None:
    """The post ends after a day, and whoever holds it leaves it then."""
    post = get_post(session, post_id)
    _leave(session, post, last_day + DAY, by=by, now=now)
    post.closed_on = last_day
    session.add(post)
    facts: dict[str, str | int] = {"post": post.id, "to_on": last_day.isoformat()}
    history.note(session, "people.post_closed", by=by, authority_id=post.authority_id, facts=facts, now=now)
