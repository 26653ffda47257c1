"""The canary crawl in full: every page, workbook and pack, as every role (OB-3)."""

from audit_app import database
from audit_app.people.access import Role, system_scope
from tests import builders
from tests.audit_app.security import canaries, world


def test_no_role_meets_a_mark_that_is_not_theirs_ob_3(make_app):
    app, engine = make_app()
    world.make_world(app, engine, random=3, chosen=2)
    planted = canaries.Planted(app, engine)
    canaries.copy_council(engine)
    with database.session_for(engine, system_scope("a proof", world.COUNCIL)) as session:
        crew = [(role, builders.make_person(session, (role,)).id, {}) for role in Role]
        manager = builders.make_person(session, (Role.team_manager,), manages=[planted.team]).id
    crew += [(Role.team_manager, manager, {"manages": True}), (Role.auditor, planted.author, {"author": True})]
    pages = canaries.addresses(app, engine)
    for role, person_id, more in crew:
        found, broken = canaries.crawl(app, engine, person_id, pages)
        allowed = planted.allowed(role, **more)
        assert broken == [], role
        assert found.keys() <= allowed, (role, found)
        assert allowed <= found.keys(), (role, allowed - found.keys())  # the control: what may be seen is seen
