"""Every page of the feature opens, checked, for those it is for and for nobody else (AU-1, PE-1, OB-2)."""

import pytest

from audit_app.people.access import Role

COUNCIL_PAGES = [
    "/council",
    "/council/settings",
    "/people",
    "/people/new",
    "/people/invitations",
    "/people/workbook",
    "/people/{auditor}",
    "/people/{admin}",
    "/people/{auditor}/name",
    "/people/{auditor}/roles",
    "/people/{auditor}/team",
    "/people/{auditor}/manager",
    "/people/{manager}/hand-over",
    "/teams",
    "/teams/new",
    "/teams/{duty}",
    "/teams/{duty}/name",
    "/teams/{duty}/service",
    "/teams/{duty}/split",
    "/teams/{duty}/merger",
    "/teams/{duty}/closure",
    "/services/new",
    "/posts",
    "/posts/new",
]


@pytest.mark.parametrize("path", COUNCIL_PAGES)
def test_au_1_and_pe_1_council_pages_open_for_administrators_alone(path, home, town, admin, page, signed_in_as):
    address = home + path.format(**vars(town))
    assert admin.get(address).h1
    assert "/sign-in" in page.get(address, status=303).location
    other = signed_in_as(person_id=town.qa)
    other.get(address, status=403)


def test_au_1_the_open_pages_need_no_sign_in(page):
    for path in ("/sign-in", "/forgotten-password", "/accessibility", "/privacy"):
        assert page.get(path).h1
    assert page.get("/your-account", status=303).location.startswith("/sign-in?next=")


def test_ob_2_another_councils_team_is_answered_like_one_that_never_was(home, town, admin, engine):
    from audit_app import database
    from audit_app.people.access import system_scope
    from tests import builders

    with database.session_for(engine, system_scope("another council")) as session:
        session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
        session.flush()
        theirs = builders.make_team(session, "Their Team", authority_id=2)
        stranger = builders.make_person(session, [Role.auditor], authority_id=2).id
    for path in (f"/teams/{theirs}", f"/people/{stranger}", f"/people/{stranger}/roles"):
        mine = admin.get(home + path, status=404).text
        none = admin.get(home + path.replace(str(theirs), "7").replace(str(stranger), "7"), status=404).text
        assert mine == none
    admin.get("/elsewhere/people", status=404)
    admin.get(f"{home}/teams/99999999999999999999999999", status=404)


def test_the_first_page_leads_to_the_only_council(admin):
    assert admin.get("/", status=303).location.startswith(("/greenhaven", "/your-account"))


def test_where_a_person_lands_is_given_by_the_feature_that_has_the_page(app, signed_in_as, home):
    auditor, offered = signed_in_as(Role.auditor), app.extensions["ways"]
    assert auditor.get("/", status=303).location == f"{home}/"
    offered["see_what_needs_you"] = "home.log"
    assert auditor.get("/", status=303).location == f"{home}/log"
    del offered["see_what_needs_you"]
    assert auditor.get("/", status=303).location == "/your-account"


def test_somebody_without_a_role_is_told_so(signed_in_as):
    assert signed_in_as().get("/").h1 == "You have no role yet"


def test_somebody_with_two_councils_chooses(signed_in_as, engine):
    from audit_app import database
    from audit_app.people.access import system_scope
    from tests import builders

    with database.session_for(engine, system_scope("another council")) as session:
        session.add(builders.make_authority(id=2, key="elsewhere", name="Elsewhere"))
        session.flush()
        both = builders.make_person(session, [Role.admin])
        session.add(
            builders.Membership(authority_id=2, person_id=both.id, role=Role.auditor, from_on=builders.LONG_AGO)
        )
    seen = signed_in_as(person_id=both.id).get("/")
    assert seen.h1 == "Choose a council"
    assert "Greenhaven Council" in seen.text and "Elsewhere" in seen.text
