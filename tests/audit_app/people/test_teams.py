"""Services, teams and posts with dates: renamed, moved, split, merged, closed; old names stay."""

from datetime import date, timedelta

import pytest

from audit_app.errors import Invalid, OutOfTurn
from audit_app.people import queries
from audit_app.people.organisation import queries as pages
from audit_app.people.organisation import service
from audit_app.people.organisation import service_posts as posts

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
DAY = timedelta(days=1)


@pytest.fixture
def by(town, now):
    return {"by": town.admin, "now": now}


def names(session, on):
    return {team.name for team in queries.list_teams(session, on)}


def test_a_renamed_team_keeps_its_old_name_before(session, town, by):
    service.rename_team(session, town.duty, "Front Door", on=JUNE, **by)
    assert names(session, JUNE - DAY) == {"Duty Team", "Court Team"}
    assert names(session, JUNE) == {"Front Door", "Court Team"}
    assert queries.team_as_of(session, town.duty, JUNE - DAY).name == "Duty Team"
    assert queries.team_as_of(session, town.duty, date(2000, 1, 1)).name == "Duty Team"


def test_a_change_before_the_last_one_is_refused_and_one_on_its_day_corrects_it(session, town, by):
    service.rename_team(session, town.duty, "Front Door", on=JUNE, **by)
    with pytest.raises(Invalid, match="1 June 2026"):
        service.rename_team(session, town.duty, "Too Early", on=JUNE - DAY, **by)
    service.rename_team(session, town.duty, "Front Doors", on=JUNE, **by)
    assert names(session, JUNE) == {"Front Doors", "Court Team"}
    assert len(pages.get_team_page(session, town.duty, JULY).names) == 2


def test_a_moved_team_is_in_the_other_service_from_its_day(session, town, by):
    other = queries.team_as_of(session, town.court, JUNE).service_id
    service.move_team(session, town.duty, other, on=JUNE, **by)
    assert queries.team_as_of(session, town.duty, JUNE - DAY).service_name == "Safeguarding"
    assert queries.team_as_of(session, town.duty, JUNE).service_name == "Permanence"
    with pytest.raises(Invalid, match="already"):
        service.move_team(session, town.duty, other, on=JULY, **by)


def test_a_split_takes_the_chosen_people_along_and_is_told_on_both_pages(session, town, by):
    new = service.split_team(session, town.duty, "Night Team", [town.auditor], on=JUNE, **by)
    assert [row.person_id for row in service.members_on(session, new, JUNE)] == [town.auditor]
    assert [row.person_id for row in service.members_on(session, town.duty, JUNE)] == [town.manager]
    assert len(service.members_on(session, town.duty, JUNE - DAY)) == 2
    assert "Split off from Duty Team on 1 June 2026." in pages.get_team_page(session, new, JULY).lineage
    assert "Night Team split off on 1 June 2026." in pages.get_team_page(session, town.duty, JULY).lineage
    with pytest.raises(Invalid, match="people of this team"):
        service.split_team(session, town.duty, "Third Team", [town.qa], on=JULY, **by)


def test_a_merged_team_closes_the_day_before_and_its_people_go_along(session, town, by):
    service.merge_team(session, town.duty, town.court, on=JUNE, **by)
    assert names(session, JUNE) == {"Court Team"} and "Duty Team" in names(session, JUNE - DAY)
    assert {row.person_id for row in service.members_on(session, town.court, JUNE)} == {town.auditor, town.manager}
    assert queries.team_as_of(session, town.duty, JULY).name == "Duty Team"
    with pytest.raises(OutOfTurn, match="closed"):
        service.rename_team(session, town.duty, "Again", on=JULY, **by)


def test_a_team_merged_into_itself_or_closed_before_it_opened_is_refused(session, town, by):
    with pytest.raises(Invalid):
        service.merge_team(session, town.duty, town.duty, on=JUNE, **by)
    with pytest.raises(Invalid):
        service.close_team(session, town.duty, last_day=date(2020, 1, 1), **by)


def test_a_closed_team_lets_its_people_go(session, town, by):
    assert service.close_team(session, town.duty, last_day=JUNE, **by) == 2
    assert names(session, JUNE) == {"Duty Team", "Court Team"} and names(session, JULY) == {"Court Team"}
    assert pages.list_closed(session, JULY) == [(town.duty, "Duty Team", JUNE)]
    # Its audits stay its own, so every list that can be narrowed to a team still offers it.
    assert pages.teams_to_choose(session, JULY) == [
        (town.court, "Court Team"),
        (town.duty, "Duty Team (until 1 June 2026)"),
    ]


def test_a_name_in_use_is_refused_and_a_free_one_may_be_used_again(session, town, by):
    safeguarding = queries.team_as_of(session, town.duty, JUNE).service_id
    with pytest.raises(Invalid, match="already a team called Duty Team"):
        service.open_team(session, "duty team", safeguarding, on=JUNE, **by)
    service.close_team(session, town.duty, last_day=JUNE - DAY, **by)
    with pytest.raises(Invalid, match="already a team called Duty Team"):  # its last day is its own
        service.open_team(session, "Duty Team", safeguarding, on=JUNE - DAY, **by)
    service.open_team(session, "Duty Team", safeguarding, on=JUNE, **by)


def test_a_name_is_taken_by_the_same_name_alone_and_not_from_oneself(session, town, by):
    """Names before and after those in use are free; two that are there never take each other's."""
    first, last = (service.make_service(session, name, from_on=JUNE, **by).id for name in ("Aardvark", "Zebra"))
    low, high = (service.open_team(session, name, first, on=JUNE, **by) for name in ("Aardvark", "Zebra"))
    for own, others, name in ((first, last, "Aardvark"), (last, first, "Zebra")):
        service.rename_service(session, own, name.upper(), **by)
        with pytest.raises(Invalid, match="already a service called"):
            service.rename_service(session, others, name, **by)
    for own, others, name in ((low, high, "Aardvark"), (high, low, "Zebra")):
        service.rename_team(session, own, name.upper(), on=JUNE, **by)
        with pytest.raises(Invalid, match="already a team called"):
            service.rename_team(session, others, name, on=JUNE, **by)
    service.move_team(session, low, last, on=JUNE, **by)  # on the first day of its name: the name stays
    moved = queries.team_as_of(session, low, JUNE)
    assert (moved.name, moved.service_name) == ("AARDVARK", "ZEBRA")


def test_posts_pass_from_holder_to_holder_on_their_days(session, town, by):
    post = posts.make_post(session, "Head of Duty", **by)
    posts.give_post(session, post.id, town.manager, on=JUNE, **by)
    posts.give_post(session, post.id, town.qa, on=JULY, **by)
    assert queries.holders_of(session, [post.id], JULY - DAY) == {post.id: town.manager}
    assert [(view.title, view.holder_name) for view in queries.list_posts(session, JULY)] == [
        ("Head of Duty", "Asha Khan")
    ]
    posts.give_post(session, post.id, None, on=JULY + DAY, **by)
    assert queries.holders_of(session, [post.id], JULY + DAY) == {}
    posts.close_post(session, post.id, last_day=JULY + DAY, **by)
    assert queries.list_posts(session, JULY + 2 * DAY) == []
    with pytest.raises(Invalid):
        posts.give_post(session, 77, town.qa, on=JULY, **by)


def test_the_pages_do_all_of_it(admin, home, town):
    admin.get(f"{home}/services/new")
    admin.submit({"name": "Early Help"})
    admin.get(f"{home}/teams/new")
    service_id = next(node.get("value") for node in admin.select("option") if node.text == "Early Help")
    admin.submit({"name": "Family Hub", "service_id": service_id})
    assert "Family Hub" in admin.text
    admin.click("Family Hub")
    admin.click("Rename")
    admin.submit({"name": "Family Hub North"})
    assert admin.h1 == "Family Hub North"
    admin.click("Split")
    admin.submit({"name": "Family Hub South", "on-year": "2300"}, status=422)
    admin.submit({"name": "Family Hub South", "on-year": "2100"})
    admin.click("Merge into another team")
    admin.submit({"into": str(town.duty)}, status=422)
    admin.submit({"into": str(town.duty), "on-year": "2050"})
    admin.get(f"{home}/teams/{town.court}/closure")
    admin.submit({"on-day": "31", "on-month": "2", "on-year": "2026"}, status=422)
    admin.submit({"on-day": "28", "on-month": "feb", "on-year": "2026"})
    assert "This team has closed" in admin.text
    admin.get(f"{home}/teams")
    assert "Court Team, until 28 February 2026" in admin.text
    admin.get(f"{home}/posts/new")
    admin.submit({"title": "Head of Duty", "person_id": str(town.qa)})
    admin.click("Head of Duty")
    admin.submit({"person_id": ""}, status=422)
    assert "or that nobody does" in admin.text
    admin.submit({"person_id": "0"})
    assert "nobody: vacant" in admin.text
