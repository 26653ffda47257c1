"""A council built once is as its builder left it for whoever comes later, and is built anew for whoever changed it."""

import pytest
from sqlmodel import select

from audit_app.people.tables import Person
from tests import builders

BUILT = []


@pytest.fixture
def asha(built_once, session):
    """A world with one person in it."""

    def build():
        BUILT.append("Asha")
        made = builders.make_person(session, name="Asha Khan")
        session.commit()
        return made

    return built_once("a world with Asha in it", build)


def names(session):
    return session.exec(select(Person.name).order_by(Person.id)).all()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_test_writes_is_not_there_for_the_next(asha, session, turn):
    assert (asha.name, names(session), len(BUILT)) == ("Asha Khan", ["Asha Khan"], 1)
    asha.name = f"Changed by the {turn}"
    builders.make_person(session, name="Ben Young")
    session.commit()
    assert names(session) == [asha.name, "Ben Young"]


def test_what_is_built_further_is_kept_only_while_the_world_is_untouched(asha, app, session, worlds):
    calls = []

    def go_on():
        further = "with nobody else"
        worlds.go_on("a world with Asha in it", further, lambda: calls.append("built"), app=app, session=session)
        return len(calls)

    assert [go_on(), go_on()] == [1, 1]
    builders.make_person(session, name="Ben Young")
    session.commit()
    assert go_on() == 2
    assert names(session) == ["Asha Khan", "Ben Young"]


def test_who_has_begun_something_keeps_it(session, built_once):
    builders.make_team(session)
    session.commit()
    assert built_once("a world with Asha in it", lambda: "built here") == "built here"
    session.rollback()
    assert names(session) == []
