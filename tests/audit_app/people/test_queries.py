"""What other features ask: of one council alone, as things were on a day."""

from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import event
from sqlmodel import select

from audit_app import clock, database
from audit_app.people import defaults, queries
from audit_app.people.access import Role, Scope, system_scope
from audit_app.people.tables import EscalationContact, ManagerSpell, Team
from tests import builders


def test_a_command_for_one_council_sees_that_council_and_one_for_none_sees_all(session, engine, town):
    session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
    session.flush()
    theirs = builders.make_team(session, "Their Team", authority_id=2)
    session.commit()
    seen = {}
    for authority_id in (None, 1, 2):
        with database.session_for(engine, system_scope("looking", authority_id)) as look:
            seen[authority_id] = {team.id for team in look.exec(select(Team)).all()}
    assert seen[2] == {theirs} and theirs not in seen[1] and seen[1]
    assert seen[None] == seen[1] | seen[2]


def test_teams_and_people_of_one_council_only(session, town):
    session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
    session.flush()
    builders.make_team(session, "Their Team", authority_id=2)
    stranger = builders.make_person(session, [Role.auditor], authority_id=2).id
    assert [(team.service_name, team.name) for team in queries.list_teams(session, clock.today())] == [
        ("Permanence", "Court Team"),
        ("Safeguarding", "Duty Team"),
    ]
    assert [one.id for one in queries.list_people_with_role(session, Role.auditor, clock.today())] == [town.auditor]
    assert queries.names_of(session, [stranger, town.qa, None]) == {town.qa: "Asha Khan"}


def test_ob_1_the_guard_filters_even_where_a_query_would_not(session, town):
    session.info["scope"] = Scope(authority_id=2, person_id=town.qa, roles=frozenset({Role.qa_manager}))
    assert queries.list_teams(session, clock.today()) == []
    assert queries.names_of(session, [town.qa]) == {}


def test_a_session_of_no_one_council_is_told_so(session):
    session.info["scope"] = Scope(everything=True, reason="test")
    with pytest.raises(ValueError, match="one authority"):
        queries.list_teams(session, clock.today())


def test_a_team_as_of_a_day_says_none_for_an_unknown_team(session):
    assert queries.team_as_of(session, 77, clock.today()) is None


def test_a_services_own_contacts_come_before_those_of_every_service(session, town):
    service_id = queries.team_as_of(session, town.duty, clock.today()).service_id
    other = queries.team_as_of(session, town.court, clock.today()).service_id
    for place, (person_id, where) in enumerate([(town.qa, None), (town.manager, service_id), (town.auditor, other)]):
        session.add(EscalationContact(authority_id=1, person_id=person_id, service_id=where, position=place))
    session.flush()
    assert [one.name for one in queries.escalation_contacts(session, service_id)] == ["Mary Manager", "Asha Khan"]
    assert [one.name for one in queries.escalation_contacts(session, None)] == ["Asha Khan"]


def test_colours_fall_back_to_the_defaults(session, town):
    assert dict(queries.brag_words(session)) == defaults.BRAG


def test_a_circle_of_managers_in_the_records_ends_the_walk(session, town):
    day = date(2025, 1, 1)
    for below, above in [(town.auditor, town.manager), (town.manager, town.qa), (town.qa, town.auditor)]:
        session.add(ManagerSpell(authority_id=1, person_id=below, manager_id=above, from_on=day))
    session.flush()
    assert queries.managers_upward(session, town.auditor, clock.today()) == {town.manager, town.qa}


def a_line_of_managers(session, depth, *, top):
    """Somebody with so many managers one above another, the last of them `top`; their id and everybody above."""
    ids = [builders.make_person(session, [Role.auditor]).id for _ in range(depth)] + [top]
    for below, above in pairwise(ids):
        session.add(ManagerSpell(authority_id=1, person_id=below, manager_id=above, from_on=date(2025, 1, 1)))
    session.flush()
    return ids[0], set(ids[1:])


def test_the_managers_of_many_people_are_read_in_one_statement(session, town):
    lines = dict(a_line_of_managers(session, 3, top=town.qa) for _ in range(50))
    for many in (5, 50):
        asked = dict(list(lines.items())[:many])
        statements = []

        def count(*_args, statements=statements):
            statements.append(1)

        event.listen(session.get_bind(), "before_cursor_execute", count)
        read = queries.managers_upward_of(session, asked, clock.today())
        event.remove(session.get_bind(), "before_cursor_execute", count)
        assert read == asked
        assert len(statements) == 1


def test_only_the_lines_asked_about_are_read(session, town):
    asked, above = a_line_of_managers(session, 3, top=town.qa)
    for _ in range(10):
        a_line_of_managers(session, 2, top=town.manager)
    rows = session.exec(queries._spells_upward(1, [asked], clock.today())).all()
    assert {manager for _, manager in rows} == above
    assert len(rows) == len(above)


def test_managers_of_another_council_are_in_nobodys_line(session, town):
    asked, above = a_line_of_managers(session, 1, top=town.qa)
    session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
    session.flush()
    for below, manager in [(asked, town.manager), (town.qa, town.auditor)]:
        session.add(ManagerSpell(authority_id=2, person_id=below, manager_id=manager, from_on=date(2025, 1, 1)))
    session.flush()
    assert queries.managers_upward_of(session, [asked], clock.today()) == {asked: above}
    session.info["scope"] = Scope(authority_id=2, person_id=town.qa, roles=frozenset({Role.qa_manager}))
    assert session.exec(queries._spells_upward(1, [asked], clock.today())).all() == []


def test_nobody_asked_about_is_nothing_read(session, town):
    assert queries.managers_upward_of(session, [], clock.today()) == {}


def test_the_councils_settings_are_read_in_one_piece(session, town):
    settings = queries.authority_settings(session)
    assert (settings.key, settings.name, settings.marking) == ("greenhaven", "Greenhaven Council", "OFFICIAL-SENSITIVE")
