"""What was planned for a later day when somebody leaves, loses roles, or a team or post ends: nothing of it begins."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from audit_app import clock
from audit_app.errors import Invalid, NotAllowed, OutOfTurn
from audit_app.history import HistoryEntry
from audit_app.people import queries
from audit_app.people.access import Role
from audit_app.people.directory import service
from audit_app.people.directory import service_handing_over as handing_over
from audit_app.people.organisation import queries_rows
from audit_app.people.organisation import service as organisation
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import EscalationContact, ManagerSpell, PostHolding, TeamMember
from tests import builders

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
DAY = timedelta(days=1)


@pytest.fixture
def by(town, now):
    return {"by": town.admin, "now": now}


def roles_on(session, person_id, day):
    return {row.role for row in service.memberships_on(session, person_id, day)}


def members(session, team_id, day):
    return sorted(row.person_id for row in queries_rows.members_on(session, team_id, day))


def noted(session, event):
    entries = session.exec(
        select(HistoryEntry).where(HistoryEntry.event == event).order_by(HistoryEntry.sequence)
    ).all()
    return [{what: fact for what, fact in json.loads(entry.facts).items() if what != "seals"} for entry in entries]


def test_a_leaver_does_not_come_back_on_the_day_a_planned_role_or_place_begins(session, town, by):
    service.set_roles(session, town.auditor, [Role.leader], from_on=AUGUST, **by)
    service.put_into_team(session, town.auditor, town.court, manages=True, from_on=AUGUST, **by)
    service.set_manager(session, town.auditor, town.qa, from_on=AUGUST, **by)
    handing_over.leave(session, town.auditor, last_day=JUNE, **by)
    assert roles_on(session, town.auditor, JUNE) == {Role.auditor}
    assert members(session, town.duty, JUNE) == sorted([town.auditor, town.manager])
    for day in (JUNE + DAY, AUGUST, AUGUST + 400 * DAY):
        assert roles_on(session, town.auditor, day) == set()
        assert service.places_on(session, town.auditor, day) == []
        assert queries.managers_upward(session, town.auditor, day) == set()
    assert members(session, town.duty, AUGUST) == [town.manager]


def test_exactly_the_roles_ticked_are_held_from_the_day_on(session, town, by):
    service.set_roles(session, town.auditor, [Role.leader, Role.auditor], from_on=AUGUST, **by)
    assert roles_on(session, town.auditor, AUGUST - DAY) == {Role.auditor}
    assert service.set_roles(session, town.auditor, [], from_on=JULY, **by) == 2
    assert roles_on(session, town.auditor, JULY - DAY) == {Role.auditor}
    assert roles_on(session, town.auditor, JULY) == roles_on(session, town.auditor, AUGUST) == set()
    assert service.set_roles(session, town.auditor, [], from_on=JULY, **by) == 0
    assert service.set_roles(session, town.auditor, [Role.auditor], from_on=JULY, **by) == 1
    assert service.set_roles(session, town.auditor, [Role.auditor], from_on=AUGUST, **by) == 0


def test_who_was_to_come_into_a_team_does_not_stay_in_a_closed_one(session, town, by):
    service.put_into_team(session, town.qa, town.duty, manages=False, from_on=AUGUST, **by)
    assert organisation.close_team(session, town.duty, last_day=JULY, **by) == 3
    assert members(session, town.duty, JULY) == sorted([town.auditor, town.manager])
    assert members(session, town.duty, JULY + DAY) == members(session, town.duty, AUGUST) == []


def test_who_was_to_come_into_a_merged_team_comes_into_the_other(session, town, by):
    service.put_into_team(session, town.qa, town.duty, manages=False, from_on=AUGUST, **by)
    organisation.merge_team(session, town.duty, town.court, on=JULY, **by)
    assert members(session, town.court, AUGUST) == sorted([town.auditor, town.manager, town.qa])
    assert members(session, town.court, AUGUST - DAY) == sorted([town.auditor, town.manager])
    assert members(session, town.duty, AUGUST) == []


@pytest.mark.parametrize(("here", "there"), [(True, False), (False, True), (True, True), (False, False)])
def test_who_is_in_both_merged_teams_is_in_the_one_once_and_manages_it_when_they_managed_either(
    session, town, by, here, there
):
    place = {"from_on": JUNE, "keep_others": True, **by}
    service.put_into_team(session, town.qa, town.duty, manages=here, **place)
    service.put_into_team(session, town.qa, town.court, manages=there, **place)
    organisation.merge_team(session, town.duty, town.court, on=JULY, **by)
    before = {row.team_id: row.manages for row in service.places_on(session, town.qa, JULY - DAY)}
    after = [(row.team_id, row.manages, row.from_on) for row in service.places_on(session, town.qa, JULY)]
    assert before == {town.duty: here, town.court: there}
    # Their place there goes on as it was, unless they manage the team by the other alone.
    assert after == [(town.court, here or there, JULY if here and not there else JUNE)]


def test_a_place_in_a_team_that_closes_ends_with_it(session, town, by):
    organisation.close_team(session, town.duty, last_day=JULY, **by)
    service.put_into_team(session, town.qa, town.duty, manages=True, from_on=JULY, **by)
    assert (members(session, town.duty, JULY), members(session, town.duty, JULY + DAY)) == (
        sorted([town.auditor, town.manager, town.qa]),
        [],
    )
    for day in (builders.LONG_AGO - DAY, JULY + DAY):
        with pytest.raises(Invalid, match="not open on that day"):
            service.put_into_team(session, town.qa, town.duty, manages=False, from_on=day, **by)


def test_a_post_that_ends_is_held_to_its_last_day(session, town, by):
    post = posts.make_post(session, "Head of Duty", **by)
    posts.close_post(session, post.id, last_day=JULY, **by)
    posts.give_post(session, post.id, town.manager, on=JUNE, **by)
    posts.give_post(session, post.id, town.qa, on=JULY, **by)
    assert queries.holders_of(session, [post.id], JULY - DAY) == {post.id: town.manager}
    assert queries.holders_of(session, [post.id], JULY) == {post.id: town.qa}
    assert queries.holders_of(session, [post.id], JULY + DAY) == {}
    with pytest.raises(OutOfTurn, match="This post has closed"):
        posts.give_post(session, post.id, town.qa, on=JULY + DAY, **by)


def test_a_post_given_on_the_day_another_takes_it_was_never_the_firsts(session, town, by):
    post = posts.make_post(session, "Head of Duty", **by)
    posts.give_post(session, post.id, town.manager, on=JUNE, **by)
    posts.give_post(session, post.id, town.qa, on=JUNE, **by)
    kept = session.exec(select(PostHolding.person_id, PostHolding.to_on)).all()
    assert kept == [(town.qa, None)]
    assert noted(session, "people.post_left") == [
        {"post": post.id, "person": town.manager, "to_on": (JUNE - DAY).isoformat()}
    ]


def test_who_held_a_post_before_keeps_their_days_when_it_passes_on_again(session, town, by):
    post = posts.make_post(session, "Head of Duty", **by)
    for holder, day in ((town.manager, JUNE), (town.qa, JULY), (town.auditor, AUGUST)):
        posts.give_post(session, post.id, holder, on=day, **by)
    held = select(PostHolding.person_id, PostHolding.from_on, PostHolding.to_on).order_by(PostHolding.from_on)
    assert session.exec(held).all() == [
        (town.manager, JUNE, JULY - DAY),
        (town.qa, JULY, AUGUST - DAY),
        (town.auditor, AUGUST, None),
    ]
    assert [(facts["person"], facts["to_on"]) for facts in noted(session, "people.post_left")] == [
        (town.manager, (JULY - DAY).isoformat()),
        (town.qa, (AUGUST - DAY).isoformat()),
    ]


def test_a_new_contact_for_the_same_service_is_told_once(session, town, by):
    for person_id, telephone in ((town.manager, "01"), (town.qa, "02")):
        session.add(EscalationContact(authority_id=1, person_id=person_id, telephone=telephone))
    duty = queries.team_as_of(session, town.duty, JUNE).service_id
    session.add(EscalationContact(authority_id=1, person_id=town.manager, service_id=duty, telephone="03"))
    session.flush()
    held = [
        (kind.part.code, thing.key)
        for kind in handing_over.list_held(session, town.manager, JUNE)
        for thing in kind.things
    ]
    contacts = [key for key in held if key[0] == "contacts"]
    assert len(contacts) == 2
    handing_over.hand_over(session, town.manager, dict.fromkeys(contacts, town.qa), on=JUNE, **by)
    rows = session.exec(
        select(EscalationContact.person_id, EscalationContact.service_id, EscalationContact.telephone)
    ).all()
    assert sorted(rows, key=str) == sorted([(town.qa, None, "02"), (town.qa, duty, "")], key=str)


def test_what_is_held_after_the_last_day_is_handed_over_whatever_is_held_today(admin, home, session, town, by):
    today = clock.today()
    ends, begins = (posts.make_post(session, title, **by) for title in ("Ends soon", "Begins soon"))
    posts.give_post(session, ends.id, town.qa, on=JUNE - 400 * DAY, **by)
    posts.give_post(session, ends.id, None, on=today + 3 * DAY, **by)
    posts.give_post(session, begins.id, town.qa, on=today + 5 * DAY, **by)
    session.commit()
    last = today + 30 * DAY
    day = {"last_day-day": str(last.day), "last_day-month": str(last.month), "last_day-year": str(last.year)}
    admin.get(f"{home}/people/{town.qa}/hand-over")
    assert "Ends soon" in admin.text and "Begins soon" not in admin.text
    admin.submit({"leaving": "yes", **day}, status=422)
    assert "1 thing would be left without one" in admin.text
    assert "Begins soon" in admin.text and "Ends soon" not in admin.text
    admin.submit({"everything_to": str(town.auditor), "leaving": "yes", **day})
    assert "1 thing handed over from Asha Khan" in admin.text
    assert queries.holders_of(session, [ends.id, begins.id], last) == {begins.id: town.qa}
    assert queries.holders_of(session, [ends.id, begins.id], last + DAY) == {begins.id: town.auditor}


def test_people_managed_pass_to_a_new_manager_who_keeps_whom_they_had_above(session, town, by):
    for person_id in (town.auditor, town.qa):
        service.set_manager(session, person_id, town.manager, from_on=JUNE, **by)
    service.set_manager(session, town.manager, town.second_admin, from_on=JUNE, **by)
    chosen = {("managed", str(person_id)): town.qa for person_id in (town.auditor, town.qa)}
    handing_over.hand_over(session, town.manager, chosen, on=JULY, **by)
    assert queries.managers_upward(session, town.auditor, JULY) == {town.qa, town.manager, town.second_admin}
    assert queries.managers_upward(session, town.qa, JULY) == {town.manager, town.second_admin}
    assert noted(session, "people.handed_over") == [
        {"count": 2, "part": "managed", "person": town.manager, "new": town.qa, "on": "2026-07-01"}
    ]


def test_a_manager_changes_on_the_day_and_what_was_before_stays(session, town, by):
    service.set_manager(session, town.auditor, town.manager, from_on=JUNE, **by)
    service.set_manager(session, town.auditor, town.second_admin, from_on=AUGUST, **by)
    service.set_manager(session, town.auditor, town.qa, from_on=JULY, **by)
    spells = select(ManagerSpell.manager_id, ManagerSpell.from_on, ManagerSpell.to_on).order_by(ManagerSpell.from_on)
    assert session.exec(spells).all() == [(town.manager, JUNE, JULY - DAY), (town.qa, JULY, None)]
    service.set_manager(session, town.auditor, None, from_on=AUGUST, **by)
    assert session.exec(spells).all() == [(town.manager, JUNE, JULY - DAY), (town.qa, JULY, AUGUST - DAY)]
    service.set_manager(session, town.auditor, town.manager, from_on=AUGUST + DAY, **by)
    # The day without a manager stays.
    assert queries.managers_upward(session, town.auditor, AUGUST) == set()
    for nobody in (town.auditor, 12345):
        with pytest.raises(Invalid, match="Choose somebody else as manager"):
            service.set_manager(session, town.auditor, nobody, from_on=AUGUST, **by)


def test_a_place_in_a_team_ends_what_stood_from_that_day_and_other_teams_only_when_asked(session, town, by):
    service.put_into_team(session, town.auditor, town.court, manages=False, from_on=JULY, keep_others=True, **by)
    assert {row.team_id for row in service.places_on(session, town.auditor, JULY)} == {town.duty, town.court}
    service.put_into_team(session, town.auditor, town.court, manages=True, from_on=JULY, keep_others=True, **by)
    rows = select(TeamMember.manages, TeamMember.to_on).where(
        TeamMember.person_id == town.auditor, TeamMember.team_id == town.court
    )
    assert session.exec(rows).all() == [(True, None)]
    service.leave_team(session, town.auditor, town.court, last_day=AUGUST, **by)
    service.leave_team(session, town.auditor, town.court, last_day=AUGUST + DAY, **by)
    assert session.exec(rows).all() == [(True, AUGUST)]
    service.put_into_team(session, town.auditor, town.duty, manages=False, from_on=JULY + DAY, **by)
    assert [(row.team_id, row.from_on) for row in service.places_on(session, town.auditor, JULY + DAY)] == [
        (town.duty, JULY + DAY)
    ]


def test_the_last_administrator_may_not_be_ended_by_an_end_that_was_planned_for_the_other(session, town, by):
    service.end_role(session, town.second_admin, Role.admin, last_day=AUGUST, **by)
    with pytest.raises(NotAllowed, match="last administrator"):
        service.refuse_last_administrator(session, town.admin, JULY)
    service.refuse_last_administrator(session, town.auditor, JULY)
    service.refuse_last_administrator(session, town.second_admin, JULY)


def test_who_takes_over_a_team_and_contacts_stays_where_they_are(session, town, by):
    duty, court = town.duty, town.court
    service.put_into_team(session, town.qa, court, manages=False, from_on=JUNE, keep_others=True, **by)
    contacts = [EscalationContact(authority_id=1, person_id=town.manager, telephone=each) for each in ("1", "2")]
    contacts[1].service_id = queries.team_as_of(session, duty, JUNE).service_id
    session.add_all(contacts)
    session.flush()
    keys = [("teams", str(duty)), *(("contacts", str(row.id)) for row in contacts)]
    gone = {("contacts", "12345"): town.qa}
    with pytest.raises(Invalid, match="has changed meanwhile"):
        handing_over.hand_over(session, town.manager, {**dict.fromkeys(keys, town.qa), **gone}, on=JULY, **by)
    chosen = dict.fromkeys(keys, town.qa)
    handing_over.hand_over(session, town.manager, chosen, on=JULY, **by)
    places = {(row.team_id, row.manages) for row in service.places_on(session, town.qa, JULY)}
    assert places >= {(duty, True), (court, False)}
    assert town.manager not in members(session, duty, JULY)
    assert {row.person_id for row in session.exec(select(EscalationContact))} == {town.qa}
