"""What a file becomes: a set is itself only by a short name somebody chose or confirmed, never by its title."""

import io

import openpyxl
from sqlmodel import select

from audit_app.library.own_sets import service, workbook
from audit_app.library.tables import OwnSet, OwnSetVersion, VersionState
from frameworks.own_sets.shape import OwnSet as Document
from tests import builders
from tests.audit_app.library.own_sets.test_own_set_pages import upload
from tests.builders_library import make_document

A = builders.AUTHORITY_ID


def nameless(title, purpose="Another purpose altogether."):
    """A workbook as somebody fills it in from the template: a title and no short name."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.exported(make_document("x", title=title))))
    book["Set"]["B4"] = None
    for row in book["Set"].iter_rows(min_row=2):
        if row[0].value == "Purpose":
            row[1].value = purpose
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def titles(session):
    session.rollback()
    rows = session.exec(select(OwnSet.key, OwnSet.title).order_by(OwnSet.number)).all()
    session.rollback()
    return dict(rows)


def draft_of(session, key):
    session.rollback()
    number = session.exec(select(OwnSet.number).where(OwnSet.key == key)).one()
    newest = select(OwnSetVersion).where(OwnSetVersion.set_number == number).order_by(OwnSetVersion.version.desc())
    return session.exec(newest).first()


def brought_in(page, data):
    upload(page, data)
    page.submit(button="Bring it in as a draft")


FIRST, LIKE_IT = "Supervision and oversight of practice", "Supervision and oversight of foster carers"


def test_a_second_set_whose_title_begins_like_another_never_takes_its_draft_unasked(session, person):
    qa = person("qa")
    brought_in(qa, nameless(FIRST, "Workers."))
    (key,) = titles(session)
    upload(qa, nameless(LIKE_IT, "Carers."))
    assert f"A question set here has the short name {key} already: {FIRST}" in qa.text
    qa.submit(status=422)
    assert "Choose what this file becomes" in qa.text
    assert titles(session) == {key: FIRST}
    qa.submit({"becomes": "new"})
    assert list(titles(session).values()) == [FIRST, LIKE_IT]
    assert "Workers." in draft_of(session, key).contents


def test_it_is_no_version_of_a_published_set_either_unless_somebody_says_so(session, council, person, now):
    qa = person("qa")
    brought_in(qa, nameless(FIRST))
    (key,) = titles(session)
    line = draft_of(session, key)
    line.state, line.edition_id = VersionState.published, "own-greenhaven-supervision-1"
    session.commit()
    upload(qa, nameless(LIKE_IT))
    assert "would become its version 2" in qa.text
    qa.submit({"becomes": key})
    assert draft_of(session, key).version == 2
    assert Document.model_validate_json(draft_of(session, key).contents).title == LIKE_IT


def test_after_every_draft_was_withdrawn_a_file_still_comes_in(session, council, person, now):
    qa = person("qa")
    brought_in(qa, nameless(FIRST))
    (key,) = titles(session)
    service.withdraw_draft(session, A, 1, by=council.qa, now=now)
    session.commit()
    upload(qa, nameless(FIRST, "Said better."))
    qa.submit({"becomes": key})
    assert qa.h1 == f"Draft of {FIRST}"
    assert "Said better." in draft_of(session, key).contents


def test_a_short_name_that_is_none_or_is_taken_is_refused_under_its_field(session, person):
    qa = person("qa")
    brought_in(qa, nameless(FIRST))
    (key,) = titles(session)
    for typed, words in (
        ("Foster Carers", "small letters, digits and single dashes"),
        ("", "small letters"),
        (key, "There is a set with the short name"),
        ("child-protection", "comes with the product"),
    ):
        upload(qa, nameless(LIKE_IT))
        qa.submit({"becomes": "new", "short_name": typed}, status=422)
        assert words in qa.text
        assert qa.form_data()["short_name"] == typed, "what was typed stays"
    qa.submit({"becomes": "new", "short_name": "foster-carers"})
    assert titles(session)["foster-carers"] == LIKE_IT


def test_a_set_given_up_before_it_was_published_can_be_taken_up_again(session, council, person, now):
    qa = person("qa")
    brought_in(qa, nameless(FIRST))
    service.withdraw_draft(session, A, 1, by=council.qa, now=now)
    session.commit()
    qa.get("/greenhaven/library/own-sets/SET-0001")
    qa.submit(button="Begin version 2")
    assert qa.h1 == f"Draft of {FIRST}"
