"""One-time links of everybody who waits, printed together: once, whole, in no log; sent where e-mail is set."""

import re

import pypdfium2
import pytest
from sqlmodel import select

from audit_app import database
from audit_app.notices.tables import OutgoingMail
from audit_app.people.access import Role, system_scope
from tests import builders

LINK = re.compile(r"/one-time-links/([\w-]+)")


def words_of(data):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


@pytest.fixture
def newcomers(engine, town):
    """Three who were invited: of one the link has run out, and one has no role here any more."""
    with database.session_for(engine, system_scope("newcomers")) as session:
        for name in ("Nia Price", "Łukasz Nowak"):
            builders.make_person(session, [Role.auditor], name=name, state="invited")
        builders.make_person(session, [], name="Gone Away", state="invited")


def test_slips_are_printed_together_and_each_printing_voids_the_one_before(admin, home, newcomers, page, caplog):
    admin.get(f"{home}/people/invitations")
    assert "2 people have not signed up yet" in admin.text
    admin.submit({"as": "page"}, status=200)
    first = LINK.findall(admin.text)
    assert len(set(first)) == 2 and "Nia Price" in admin.text and "Gone Away" not in admin.text
    seen = admin.post(f"{home}/people/invitations/slips", {"as": "pdf"}, status=200, follow=False)
    assert seen.headers["Cache-Control"] == "no-store"
    words = words_of(seen.data)
    second = LINK.findall(words)
    assert len(set(second)) == 2 and not set(first) & set(second)
    assert "Łukasz Nowak" in words and "Gone Away" not in words
    page.get(f"/one-time-links/{first[0]}", status=410)
    page.get(f"/one-time-links/{second[0]}")
    admin.get(f"{home}/log")
    assert "made new one-time links for 2 people at once" in admin.text
    assert not any(token in admin.text + caplog.text for token in first + second)


def test_where_e_mail_is_set_they_are_sent_and_nothing_is_shown(admin, home, newcomers, app, session):
    app.config.update(SMTP_HOST="mail.example", MAIL_FROM="noreply@greenhaven.example", JOBS_IMMEDIATE=False)
    admin.get(f"{home}/people/invitations")
    admin.submit()
    assert "2 new links are on the way" in admin.text and not LINK.search(admin.text)
    assert len(session.exec(select(OutgoingMail)).all()) == 2
