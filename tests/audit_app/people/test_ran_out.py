"""Who comes back after their sign-in ran out is told what is kept of their text: what really is, and nothing else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import Role, WebSession
from tests import builders

PAGE = "/greenhaven/people/new"


@pytest.fixture
def admin(session, signed_in_as):
    """Somebody on a page with a form."""
    person = builders.make_person(session, [Role.admin], name="Ada Admin").id
    session.commit()
    page = signed_in_as(person_id=person)
    page.get(PAGE)
    return page


@pytest.fixture
def run_out(engine):
    """Call to let every sign-in run out."""

    def run():
        with database.session_for(engine, system_scope("time passes")) as session:
            for row in session.exec(select(WebSession)).all():
                row.seen_at = row.started_at = clock.now() - timedelta(hours=20)
                session.add(row)

    return run


def test_what_was_sent_too_late_is_kept_said_and_given_back(admin, run_out, signed_in_as):
    run_out()
    admin.submit({"name": "Łucja Nowak"})
    assert "What you typed is kept" in admin.text and "Your sign-in has run out" in admin.text
    back = signed_in_as(person_id=admin.person_id)
    back.get(PAGE)
    assert back.form_data()["name"] == "Łucja Nowak" and "had not saved" in back.text


@pytest.mark.parametrize("on_device, said", [(True, "this browser keeps"), (False, "has to be typed again")])
def test_where_nothing_reached_us_nothing_is_promised(app, admin, run_out, on_device, said):
    app.config["KEPT_ON_DEVICE"] = on_device
    run_out()
    admin.get(PAGE, follow=True)
    assert "has run out" in admin.text and said in " ".join(admin.text.split())
    assert "What you typed is kept" not in admin.text


def test_text_too_old_to_be_given_back_is_not_promised(app, admin, run_out):
    run_out()
    admin.submit({"name": "Łucja Nowak"})
    app.config["KEPT_FORM_HOURS"] = 0
    admin.get("/sign-in?next=" + PAGE)
    assert "What you typed is kept" not in admin.text


def test_who_never_signed_in_is_told_nothing_of_it(page):
    page.get("/sign-in?next=" + PAGE)
    assert "run out" not in page.text
