"""What the note for a child's own record says of each action: posts instead of names, only what is for the child."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session

from audit_app import clock, words
from audit_app.audits.actions.queries_lines import ActionLine
from audit_app.audits.actions.record_note import NotedAction
from audit_app.audits.tables import ActionLevel, AuditActionState
from audit_app.people import queries as people
from audit_app.people.tables import Role


def noted_actions(session: Session, lines: Sequence[ActionLine], on: date) -> list[NotedAction]:
    """The actions for the child that were not withdrawn, each with the post of its owner."""
    wanted = [line for line in lines if line.level == ActionLevel.child and line.state != AuditActionState.withdrawn]
    posts = owner_posts(session, {line.owner_id for line in wanted if line.owner_id}, on)
    return [
        NotedAction(
            what=line.what,
            owner_post=_post_of(line, posts.get(line.owner_id or 0, "")),
            due_on=line.due_on,
            done_on=line.done_on,
            what_was_done=line.what_was_done,
            what_changed=line.what_changed,
            confirmed_on=clock.london_day(line.confirmed_at) if line.confirmed_at else None,
        )
        for line in wanted
    ]


def _post_of(line: ActionLine, post: str) -> str:
    """Posts instead of names: of somebody without an account, where they are named and who speaks for them."""
    if not line.owner_named:
        return post
    return f"As named in {line.reference}, through {post or 'the team manager'}"


def owner_posts(session: Session, owners: Collection[int], on: date) -> dict[int, str]:
    """The post each person holds; for those without one, what they are and in which team."""
    if not owners:
        return {}
    titles = {person.id: _role_words(person) for person in people.list_people_views(session, on, owners)}
    for post in people.list_posts(session, on):
        if post.holder_id is not None and post.holder_id in owners:
            titles[post.holder_id] = post.title
    return titles


def _role_words(person: people.PersonView) -> str:
    order = [role for role in (Role.team_manager, Role.practitioner, *Role) if role in person.roles]
    role = words.role_name(order[0].value)
    title = role[:1].upper() + role[1:]
    return f"{title}, {words.listing(person.team_names)}" if person.team_names else title
