"""Empty teams and services can be removed; what still stands on one is named, and it stays."""

import pytest
from sqlmodel import SQLModel, select

from audit_app import clock
from audit_app.errors import OutOfTurn
from audit_app.people import queries
from audit_app.people.access import Role
from audit_app.people.directory import service as directory
from audit_app.people.first_day import service as first_day
from audit_app.people.organisation import queries_standing, service, service_removing
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import Team, TeamChange, TeamSpell
from tests import builders, builders_audits


@pytest.fixture
def by(session, app):
    session.info["log_key"] = app.extensions["log_key"]
    return {"by": builders.make_person(session, [Role.admin]).id, "now": clock.now()}


def standing_on(session, team_id):
    return [one.words for one in queries_standing.on_team(session, team_id, clock.today())]


def test_an_empty_team_goes_with_its_names_and_then_its_service(session, by):
    place = service.make_service(session, "Doubled", from_on=clock.today(), **by).id
    team = service.open_team(session, "Duty Twice", place, on=clock.today(), **by)
    service.rename_team(session, team, "Duty Thrice", on=clock.today(), **by)
    with pytest.raises(OutOfTurn):
        service_removing.remove_service(session, place, **by)
    service_removing.remove_team(session, team, on=clock.today(), **by)
    service_removing.remove_service(session, place, **by)
    for table in (Team, TeamSpell, TeamChange):
        assert session.exec(select(table)).all() == []
    assert queries.list_services(session, clock.today()) == []


def test_whatever_stands_on_a_team_or_service_keeps_it(session, by):
    person = builders.make_person(session, [Role.auditor], name="Owen Lewis").id
    duty, place = (
        builders.make_team(session, "Duty Team"),
        dict((name, service_id) for service_id, name in queries.list_services(session, clock.today()))["Safeguarding"],
    )
    assert standing_on(session, duty) == []
    directory.put_into_team(session, person, duty, manages=False, from_on=clock.today(), **by)
    directory.leave_team(session, person, duty, last_day=clock.today(), **by)
    assert standing_on(session, duty) == ["Owen Lewis belongs to it"]
    builders_audits.make_audit(session, duty, person)
    new = service.split_team(session, duty, "Night Team", [], on=clock.today(), **by)
    first_day.add_contact(session, person, place, "", **by)
    posts.make_post(session, "Head of Duty", service_id=place, **by)
    told = standing_on(session, duty)
    assert "1 audit names it" in told and any("The history of Night Team names it" in each for each in told)
    assert any("The history of Duty Team names it" in each for each in standing_on(session, new))
    told = [one.words for one in queries_standing.on_service(session, place)]
    assert {"The team Duty Team is or was in it", "Owen Lewis is an escalation contact for it"} <= set(told)
    assert "The post Head of Duty belongs to it" in told
    for team in (duty, new):
        with pytest.raises(OutOfTurn):
            service_removing.remove_team(session, team, on=clock.today(), **by)


def test_every_table_that_names_a_team_or_service_is_looked_at():
    """A new table names them by these columns, so that it is counted without being named anywhere."""
    columns = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if ("team" in column.name or "service" in column.name) and column.name not in ("team_name", "service_name")
    }
    own = {
        "team_spell.team_id", "team_spell.service_id", "team_change.team_id", "team_change.other_team_id",
        "team_member.team_id", "post.team_id", "post.service_id", "escalation_contact.service_id",
    }  # fmt: skip
    assert own <= columns and {each.split(".")[1] for each in columns - own} <= {"team_id", "service_id"}


def test_the_page_names_what_stands_on_it_with_links_and_removes_what_is_empty(admin, home, town, session):
    admin.get(f"{home}/teams/{town.duty}/removal")
    assert f"{home}/people/{town.auditor}" in str([one.attrs for one in admin.select("a")])
    assert "Owen Lewis belongs to it" in admin.text and "Remove this team" not in admin.text
    admin.get(f"{home}/teams/{town.court}/removal")
    admin.submit()
    assert "Court Team has been removed." in admin.text
    permanence = {name: place for place, name in queries.list_services(session, clock.today())}["Permanence"]
    session.rollback()
    admin.get(f"{home}/services/{permanence}/removal")
    admin.submit()
    assert "Permanence has been removed." in admin.text
    admin.get(f"{home}/services/{permanence}/removal", status=404)
