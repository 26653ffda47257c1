"""How much unsaved text one person may have, and that nothing is lost in silence when it is full."""

import pytest
from sqlmodel import select

from audit_app import database, drafts
from audit_app.drafts import KeptForm
from audit_app.people.access import Role, system_scope

WORDS = "x" * 1000


def keep(session, now, path, text=WORDS, person_id=7, authority_id=1, reason="typing", most_bytes=2500):
    fields = [("words", text)]
    whose = {"authority_id": authority_id, "person_id": person_id, "path": path}
    return drafts.keep(session, fields=fields, reason=reason, now=now, most_bytes=most_bytes, **whose)


def paths(session):
    return sorted(row.path for row in session.exec(select(KeptForm)).all())


def test_what_is_kept_for_one_person_is_bounded_over_all_pages_and_councils(session, now):
    session.info["scope"] = system_scope("a quota")
    keep(session, now, "/a")
    keep(session, now, "/b", authority_id=2)
    with pytest.raises(drafts.NoRoom):
        keep(session, now, "/c")
    keep(session, now, "/a", text=WORDS + "longer")
    keep(session, now, "/c", person_id=8)
    with pytest.raises(drafts.NoRoom):
        keep(session, now, "/a", text=WORDS * 3)
    assert paths(session) == ["/a", "/b", "/c"], "what was kept earlier stays"
    assert WORDS + "longer" in session.get(KeptForm, (1, 7, "/a")).values


def test_a_file_that_waits_to_be_confirmed_takes_no_room_of_typed_text(session, now):
    keep(session, now, "/upload", text=WORDS * 9, reason=drafts.FILE, most_bytes=None)
    assert keep(session, now, "/a")


def test_more_fields_than_are_kept_are_refused_and_not_cut(session, now):
    fields = [(f"f{number}", "x") for number in range(drafts.KEPT_FIELDS + 1)]
    with pytest.raises(drafts.NoRoom):
        drafts.keep(session, authority_id=1, person_id=7, path="/a", fields=fields, reason="typing", now=now)


@pytest.fixture
def auditor(signed_in_as, app):
    app.config["KEPT_FORMS_MB"] = 1
    return signed_in_as(Role.auditor)


def autosave(browser, path, size):
    """As the script of a page does; gives the answer."""
    browser.get("/your-account")
    data = {"csrf_token": browser.form_data(-1)["csrf_token"], "path": path, "words": "y" * size}
    return browser.client.post("/greenhaven/drafts", data=data, base_url=browser.base_url)


def test_autosave_says_when_there_is_no_room_and_leaves_half_for_when_a_page_cannot_save(auditor, engine):
    assert autosave(auditor, "/greenhaven/audits/AUD-0001", 400_000).status_code == 204
    seen = autosave(auditor, "/greenhaven/audits/AUD-0002", 200_000)
    assert seen.status_code == 409 and "too much unsaved text on other pages" in seen.text
    # The session runs out while somebody types elsewhere: that text still finds room.
    auditor.post("/your-account/password", {"csrf_token": "0" * 64, "words": "z" * 300_000}, follow=False)
    with database.session_for(engine, system_scope("looking")) as session:
        assert len(paths(session)) == 2


def test_where_even_that_is_full_the_page_shows_the_text_back(auditor, engine):
    autosave(auditor, "/greenhaven/audits/AUD-0001", 400_000)
    seen = auditor.post("/your-account/password", {"csrf_token": "0" * 64, "words": "z" * 800_000}, status=409)
    assert "This text was not kept" in seen.text and "z" * 1000 in seen.text
    with database.session_for(engine, system_scope("looking")) as session:
        assert len(paths(session)) == 1
