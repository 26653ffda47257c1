"""The menu: at most seven entries whoever looks, each page under one of them, and where one is always marked."""

import pytest

from audit_app.people.tables import Role
from tests import builders

MOST = 7


def entries(page):
    menu = next(nav for nav in page.seen.select("nav") if nav.get("aria-label") == "Main")
    return [(link.text.strip(), link.get("href")) for link in menu.select("a")]


def pages_below(page):
    return [link for nav in page.seen.select("nav", class_="app-section") for link in nav.select("a")]


@pytest.mark.parametrize("roles", [(Role.leader,), (Role.practitioner,), (Role.admin,), tuple(Role)])
def test_nobody_has_more_than_seven_entries_and_every_page_below_opens(session, signed_in_as, roles):
    team = builders.make_team(session)
    session.commit()
    page = signed_in_as(*roles, teams=[team], manages=[team])
    page.get("/greenhaven/")
    assert 0 < len(entries(page)) <= MOST, entries(page)
    for words, address in entries(page):
        page.get(address)
        assert [link for link in page.seen.select("a") if link.get("aria-current")], words
        for link in pages_below(page):
            page.get(link.get("href"))
            (current,) = [each for each in pages_below(page) if each.get("aria-current")]
            assert current.get("href") == link.get("href")


def test_a_section_of_one_page_stands_there_as_that_page(signed_in_as):
    page = signed_in_as(Role.practitioner)
    page.get("/greenhaven/")
    assert entries(page)[0][0] == "What needs you"
    assert not pages_below(page)
