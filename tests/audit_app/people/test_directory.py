"""People, their roles and places: OB-5, PE-3, AU-10, AU-11, IN-7, IN-9, FO-1; handing over."""

from datetime import date, timedelta

import pytest

from audit_app import clock
from audit_app.errors import Invalid, NotAllowed, NotFound, Stale
from audit_app.people import hooks, queries
from audit_app.people.access import Role
from audit_app.people.directory import service
from audit_app.people.directory import service_handing_over as handing_over
from audit_app.people.directory.queries import list_open_links
from audit_app.people.hooks import HandoverPart, HeldThing
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import EscalationContact, Person
from tests import builders


def later():
    """A day well after today."""
    return clock.today() + timedelta(days=30)


def test_pe_3_nobody_changes_their_own_roles(session, town, now):
    with pytest.raises(NotAllowed, match="own roles"):
        service.set_roles(
            session, town.admin, [Role.admin, Role.qa_manager], from_on=clock.today(), by=town.admin, now=now
        )
    with pytest.raises(NotAllowed, match="own roles"):
        service.give_role(session, town.admin, Role.leader, from_on=clock.today(), by=town.admin, now=now)


def test_pe_3_the_page_of_oneself_has_no_way_to_change_roles(admin, home, town):
    admin.get(f"{home}/people/{town.admin}")
    assert not any("/roles" in link.get("href") for link in admin.select("a"))
    admin.get(f"{home}/people/{town.admin}/roles")
    admin.submit({"roles": "qa_manager"}, status=403)


def test_pe_3_the_last_administrator_stays(session, town, now):
    service.end_role(session, town.second_admin, Role.admin, last_day=clock.today(), by=town.admin, now=now)
    with pytest.raises(NotAllowed, match="last administrator"):
        service.end_role(session, town.admin, Role.admin, last_day=clock.today(), by=town.second_admin, now=now)
    with pytest.raises(NotAllowed, match="last administrator"):
        service.disable_person(session, town.admin, on=later(), by=None, now=now)


def test_pe_3_somebody_merely_invited_does_not_count_as_an_administrator(session, town, now):
    session.get(Person, town.second_admin).state = "invited"
    session.flush()
    with pytest.raises(NotAllowed, match="last administrator"):
        service.end_role(session, town.admin, Role.admin, last_day=clock.today(), by=town.second_admin, now=now)


def test_pe_7_a_role_change_acts_on_the_next_request_and_ends_no_session(admin, signed_in_as, home, town):
    ben = signed_in_as(person_id=town.second_admin)
    ben.get(f"{home}/people")
    admin.get(f"{home}/people/{town.second_admin}/roles")
    admin.submit({"roles": "auditor"})
    assert "roles have changed" in admin.text
    ben.get(f"{home}/people", status=403)
    ben.get("/your-account")


def test_pe_7_text_typed_before_a_role_was_taken_away_is_kept_and_shown(admin, signed_in_as, home, town):
    ben = signed_in_as(person_id=town.second_admin)
    ben.get(f"{home}/people/{town.auditor}/name")
    for roles in ("auditor", None):  # another role, and none at all
        admin.get(f"{home}/people/{town.second_admin}/roles")
        admin.submit({"roles": roles})
        typed = f"Typed as {roles or 'nobody'}"
        seen = ben.submit({"name": typed}, status=403 if roles else 404)
        assert typed in seen.text and "What you typed" in seen.text
        ben.get("/your-account")
        admin.get(f"{home}/people/{town.second_admin}/roles")
        admin.submit({"roles": "admin"})
        again = ben.get(f"{home}/people/{town.auditor}/name")
        assert again.form_data(-1)["name"] == typed


def test_a_role_given_ends_no_session_and_no_typed_text(admin, signed_in_as, home, town):
    ben = signed_in_as(person_id=town.second_admin)
    ben.get(f"{home}/people/{town.auditor}/name")
    admin.get(f"{home}/people/{town.second_admin}/roles")
    admin.submit({"roles": ["admin", "leader"]})
    ben.submit({"name": "Saved all the same"})
    assert "The name has changed" in ben.text


def test_roles_begin_and_end_on_their_days(session, town, now):
    service.set_roles(session, town.auditor, [Role.leader], from_on=later(), by=town.admin, now=now)
    held = {row.role for row in service.memberships_on(session, town.auditor, later() - timedelta(days=1))}
    then = {row.role for row in service.memberships_on(session, town.auditor, later())}
    assert (held, then) == ({Role.auditor}, {Role.leader})


def test_au_11_an_administrator_ends_anyones_sessions(admin, signed_in_as, home, town):
    asha = signed_in_as(person_id=town.qa)
    asha.get("/your-account")
    admin.get(f"{home}/people/{town.qa}")
    admin.post(f"{home}/people/{town.qa}/account", {"step": "sessions"})
    asha.get("/your-account", status=303)


def test_disabling_ends_sessions_and_enabling_opens_the_account_again(admin, signed_in_as, home, town):
    asha = signed_in_as(person_id=town.qa)
    admin.get(f"{home}/people/{town.qa}")
    admin.post(f"{home}/people/{town.qa}/account", {"step": "disable"})
    assert "Disabled" in admin.text
    asha.get("/your-account", status=303)
    admin.post(f"{home}/people/{town.qa}/account", {"step": "enable"})
    assert "Disabled" not in admin.text


def test_a_new_person_is_added_and_the_link_shown_where_no_mail_is_sent(admin, page, home, town):
    admin.get(f"{home}/people/new")
    admin.submit(
        {"name": "Nia Price", "user_name": "Nia.Price@greenhaven.example", "roles": "auditor", "team_id": town.duty}
    )
    assert admin.h1 == "Invitations not used yet"
    link = admin.first("code").text
    assert link.startswith("http://127.0.0.1:8000/one-time-links/")
    page.get(link.removeprefix("http://127.0.0.1:8000"))
    page.submit({"new_password": "blue kettle ferry"}, follow=False)
    assert "Nia Price" not in admin.get(f"{home}/people/invitations").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "full name"),
        ({"user_name": "no address"}, "right form"),
        ({"user_name": "asha.khan@greenhaven.example"}, "already somebody"),
        ({"roles": None}, "at least one role"),
        ({"roles": "emperor"}, "roles"),
        ({"team_id": "77"}, "choose from the list"),
    ],
)
def test_a_mistake_keeps_the_typed_text_and_names_the_field(admin, home, town, changes, said):
    admin.get(f"{home}/people/new")
    given = {"name": "Nia Price", "user_name": "nia@greenhaven.example", "roles": "auditor", **changes}
    admin.submit(given, status=422)
    assert said.lower() in admin.text.lower()
    assert admin.form_data(-1)["name"] == given["name"]


def test_in_7_extra_fields_change_nothing(admin, home, town, session):
    admin.get(f"{home}/people/{town.auditor}/name")
    admin.submit({"name": "Owen Price", "state": "disabled", "password_hash": "x", "authority_id": "2", "id": "9"})
    person = session.get(Person, town.auditor)
    assert (person.name, person.state.value) == ("Owen Price", "active")
    assert person.password_hash.startswith("$argon2id$")


def test_fo_1_a_stale_form_overwrites_nothing(signed_in_as, home, town):
    one, two = signed_in_as(person_id=town.admin), signed_in_as(person_id=town.second_admin)
    for browser in (one, two):
        browser.get(f"{home}/people/{town.auditor}/name")
    one.submit({"name": "First Name"})
    two.submit({"name": "Second Name"}, status=409)
    assert "Second Name" in two.text
    assert one.get(f"{home}/people/{town.auditor}").h1 == "First Name"


def test_in_9_percent_and_underscore_are_themselves_and_long_searches_do_no_harm(admin, home, town):
    assert "Nobody matches" in admin.get(f"{home}/people?search=%25").text
    assert "Nobody matches" in admin.get(f"{home}/people?search=_").text
    assert "Asha Khan" in admin.get(f"{home}/people?search=asha").text
    admin.get(f"{home}/people?search=" + "x" * 3000)
    admin.get(f"{home}/people?role=emperor&state=x&page=99999999999")


def test_the_list_is_filtered_by_role_and_paged(admin, home, town, session):
    for number in range(60):
        builders.make_person(session, [Role.leader], name=f"Leader {number:02d}")
    session.commit()
    admin.get(f"{home}/people?role=leader")
    assert "60 people" in admin.text and "Page 1 of 2" in admin.text
    admin.click("Next page")
    assert "Leader 59" in admin.text and "Asha Khan" not in admin.text


def test_ob_5_ids_of_another_council_are_refused_for_writing(session, town, now):
    session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
    session.flush()
    theirs = builders.make_team(session, "Their Team", authority_id=2)
    stranger = builders.make_person(session, [Role.auditor], authority_id=2).id
    by = {"by": town.admin, "now": now}
    with pytest.raises(Invalid):
        service.put_into_team(session, town.auditor, theirs, manages=False, from_on=clock.today(), **by)
    with pytest.raises(Invalid):
        service.set_manager(session, town.auditor, stranger, from_on=clock.today(), **by)
    with pytest.raises(NotFound):
        service.set_roles(session, stranger, [Role.admin], from_on=clock.today(), **by)
    with pytest.raises(NotFound):
        service.send_link(session, stranger, config={}, **by)


def test_an_account_shared_with_another_council_is_not_taken_over(session, town, now, app):
    session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
    session.flush()
    session.add(
        builders.Membership(authority_id=2, person_id=town.auditor, role=Role.auditor, from_on=builders.LONG_AGO)
    )
    session.flush()
    with pytest.raises(NotAllowed, match="another council"):
        service.disable_person(session, town.auditor, on=clock.today(), by=town.admin, now=now)
    with pytest.raises(NotAllowed, match="another council"):
        service.send_link(session, town.auditor, config=app.config, by=town.admin, now=clock.now())
    assert list_open_links(session, on=clock.today(), now=clock.now(), config=app.config) == []


@pytest.mark.parametrize(
    ("name", "kept"), [("n" * 120, "n" * 120), (" Ann \n Marie ", "Ann Marie"), ("n" * 121, ""), (" ", "")]
)
def test_a_name_has_1_to_120_characters_when_it_is_given_and_when_it_changes(session, town, now, name, kept):
    person, by = session.get(Person, town.auditor), {"by": town.admin, "now": now}
    writes = (
        lambda: service.add_person(
            session, "new@greenhaven.example", name, [Role.auditor], from_on=clock.today(), **by
        ),
        lambda: service.rename_person(session, town.auditor, name, person.revision, **by),
    )
    for write in writes:
        if kept:
            write()
        else:
            with pytest.raises(Invalid, match="a name of 1 to 120 characters"):
                write()
    if kept:
        assert person.name == kept
        assert service.accounts.find_account(session, "new@greenhaven.example").name == kept
        with pytest.raises(Stale):
            service.rename_person(session, town.auditor, name, person.revision - 1, **by)


def test_a_circle_of_managers_is_refused(session, town, now):
    by = {"from_on": clock.today(), "by": town.admin, "now": now}
    service.set_manager(session, town.auditor, town.manager, **by)
    service.set_manager(session, town.manager, town.qa, **by)
    assert queries.managers_upward(session, town.auditor, clock.today()) == {town.manager, town.qa}
    with pytest.raises(Invalid, match="already above"):
        service.set_manager(session, town.qa, town.auditor, **by)


# --- handing over ----------------------------------------------------------------------------------------------------


@pytest.fixture
def audits_part():
    """What a feature above registers: two audits that move when told to."""
    moved = []

    def hand_over(session, authority_id, keys, *, person_id, new_person_id, on, by, now):
        moved.append((sorted(keys), person_id, new_person_id, on))

    part = HandoverPart(
        "audits",
        "Audits to do",
        lambda session, authority_id, person_id, on: [HeldThing(key, key) for key in ("AUD-0001", "AUD-0002")],
        hand_over,
    )
    hooks.handover_parts.append(part)
    yield moved
    hooks.handover_parts.remove(part)


def test_everything_a_leaver_holds_is_handed_over_in_one_go(admin, home, town, session, now, audits_part):
    post = posts.make_post(session, "Head of Duty", by=town.admin, now=now)
    posts.give_post(session, post.id, town.manager, on=date(2025, 1, 1), by=town.admin, now=now)
    session.add(EscalationContact(authority_id=1, person_id=town.manager, telephone="01"))
    service.set_manager(session, town.auditor, town.manager, from_on=date(2025, 1, 1), by=town.admin, now=now)
    session.commit()
    admin.get(f"{home}/people/{town.manager}/hand-over")
    for said in ("Manager of Duty Team", "Head of Duty", "every service", "Manager of Owen Lewis", "AUD-0002"):
        assert said in admin.text
    admin.submit({"everything_to": str(town.qa), "to-audits-AUD-0002": str(town.auditor), "leaving": "yes"})
    assert "6 things handed over from Mary Manager" in admin.text
    tomorrow = clock.today() + timedelta(days=1)
    session.expire_all()
    assert queries.holders_of(session, [post.id], clock.today()) == {post.id: town.manager}
    assert queries.holders_of(session, [post.id], tomorrow) == {post.id: town.qa}
    assert queries.managers_upward(session, town.auditor, tomorrow) == {town.qa}
    assert [row.person_id for row in queries.list_contacts(session)] == [town.qa]
    assert service.memberships_on(session, town.manager, tomorrow) == []
    assert service.places_on(session, town.manager, tomorrow) == []
    assert [row.team_id for row in service.places_on(session, town.qa, tomorrow) if row.manages] == [town.duty]
    assert sorted(audits_part) == [
        (["AUD-0001"], town.manager, town.qa, tomorrow),
        (["AUD-0002"], town.manager, town.auditor, tomorrow),
    ]


def test_a_leaver_leaves_nothing_without_a_holder(admin, home, town, audits_part):
    admin.get(f"{home}/people/{town.manager}/hand-over")
    admin.submit({"leaving": "yes"}, status=422)
    assert "3 things would be left without one" in admin.text
    assert audits_part == []


def test_ob_5_work_is_not_handed_to_somebody_outside(session, town, now, audits_part):
    for stranger in (town.manager, 12345):
        with pytest.raises(Invalid):
            handing_over.hand_over(
                session, town.manager, {("audits", "AUD-0001"): stranger}, on=clock.today(), by=town.admin, now=now
            )
    with pytest.raises(Invalid):
        handing_over.hand_over(
            session, town.manager, {("audits", "AUD-9999"): town.qa}, on=clock.today(), by=town.admin, now=now
        )
