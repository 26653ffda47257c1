"""A council with posts, managers, areas for improvement and plan actions, for tests of plans."""

from datetime import date
from types import SimpleNamespace

from audit_app import database
from audit_app.people.access import Role, system_scope
from audit_app.people.tables import ManagerSpell, Membership, Post, PostHolding
from findings import register
from tests import builders

COUNCIL = builders.AUTHORITY_ID


def make_post(session, title, holder_id=None):
    """A post, held since long ago by somebody or vacant; returns its id."""
    post = Post(authority_id=COUNCIL, title=title)
    session.add(post)
    session.flush()
    if holder_id is not None:
        session.add(PostHolding(authority_id=COUNCIL, post_id=post.id, person_id=holder_id, from_on=builders.LONG_AGO))
    session.flush()
    return post.id


def make_council(engine, areas=2):
    """Somebody who leads, their manager, a colleague of the same team, an outsider; posts; areas for improvement."""
    with database.session_for(engine, system_scope("a test", COUNCIL)) as session:
        team = builders.make_team(session, "North")
        other = builders.make_team(session, "South", service="Care")
        lead = builders.make_person(session, [Role.team_manager], name="Terry Lead", manages=[team])
        head = builders.make_person(session, [Role.leader], name="Hilary Head")
        for below, above in ((lead, head),):
            spell = ManagerSpell(
                authority_id=COUNCIL, person_id=below.id, manager_id=above.id, from_on=builders.LONG_AGO
            )
            session.add(spell)
        made = SimpleNamespace(
            team=team,
            other_team=other,
            lead=lead.id,
            manager=head.id,
            lead_post=make_post(session, "Team Manager North", lead.id),
            head=make_post(session, "Head of Safeguarding", head.id),
            vacant=make_post(session, "Practice Lead"),
        )
        day = {"by": head.id, "now": builders.MOMENT}
        made.areas = [
            register.open_area(session, COUNCIL, heading=f"Plans must be specific ({number})", **day).number
            for number in range(1, areas + 1)
        ]
    return made


def make_action(session, council, *, what="Rewrite the plan template", due_on=date(2027, 6, 30), **more):
    """An action led by Team Manager North, due in the middle of next year and answering the first area."""
    given = {
        "lead_post_id": council.lead_post,
        "lead_person_id": council.lead,
        "lead_post_title": "Team Manager North",
        "areas": council.areas[:1],
        "by": council.manager,
        "now": builders.MOMENT,
    }
    return register.add_action(session, COUNCIL, what=what, due_on=due_on, **{**given, **more})


def role(person_id, given):
    """That a person holds a role since long ago."""
    return Membership(authority_id=COUNCIL, person_id=person_id, role=given, from_on=builders.LONG_AGO)


def by(council, person_id):
    """The same council, in which somebody else does what its lead would do."""
    return SimpleNamespace(**{**vars(council), "lead": person_id})
