"""A text that may tell of a person is held back once, on every form whose words a pack may print."""

import importlib
import pkgutil
from datetime import date

import pytest
from flask import g
from sqlmodel import select
from werkzeug.datastructures import MultiDict

import audit_app
from audit_app import disclosure, typed_suspects
from audit_app.forms import AppForm, Line, LongText
from audit_app.history.tables import HistoryEntry
from audit_app.people.tables import Person, Role
from findings.tables import Finding
from tests.audit_app.improvement.rows import rows_of
from tests.builders_improvement import raise_finding

CHILD = "Kayleigh, 7, of 14 Mill Lane waited"
RAISE = {"kind": "area_for_improvement", "origin": "staff", "judgement_areas": ["ilacs-2026/HP"]}


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


def choices_logged(session):
    return session.exec(select(HistoryEntry).where(HistoryEntry.event == "disclosure.kept")).all()


def test_the_warning_stands_beside_its_field_and_nothing_is_saved(qa, session):
    qa.get("/greenhaven/findings/raise")
    seen = qa.submit({**RAISE, "text": CHILD}, status=422)
    assert "“Kayleigh, 7” (an age beside a name) and “14 Mill Lane” (an address)" in seen.by_id("text-error").text
    assert seen.by_id("text").text == CHILD
    assert "Nothing has been saved yet" in seen.text and "Save as it is" in seen.text
    assert rows_of(session, Finding) == [] and choices_logged(session) == []


def test_sent_again_it_goes_through_and_the_log_tells_the_choice_without_the_words(qa, session):
    qa.get("/greenhaven/findings/raise")
    qa.submit({**RAISE, "text": CHILD}, status=422)
    qa.submit({})
    assert [row.text for row in rows_of(session, Finding)] == [CHILD]
    entry = choices_logged(session)[0]
    assert '"count":2' in entry.facts and "Kayleigh" not in entry.facts and entry.actor is not None


def test_reworded_it_goes_through_and_no_choice_is_logged(qa, session):
    qa.get("/greenhaven/findings/raise")
    qa.submit({**RAISE, "text": CHILD}, status=422)
    qa.submit({"text": "Children waited too long for a visit"})
    assert len(rows_of(session, Finding)) == 1 and choices_logged(session) == []


def test_other_words_are_shown_anew(qa, session):
    qa.get("/greenhaven/findings/raise")
    qa.submit({**RAISE, "text": CHILD}, status=422)
    seen = qa.submit({"text": CHILD + " and SE10 8TH"}, status=422)
    assert "SE10 8TH" in seen.by_id("text-error").text
    assert rows_of(session, Finding) == []


def test_what_was_saved_before_is_not_asked_again(qa, session):
    made = raise_finding(session, text=CHILD)
    session.commit()
    qa.get(f"/greenhaven/findings/FND-{made.number:04d}/correct")
    qa.submit({"title": "A visit came late"})
    session.expire_all()
    assert rows_of(session, Finding)[0].title == "A visit came late"


def test_the_names_of_the_council_s_own_people_are_known(qa, session):
    mine = session.exec(select(Person.name)).first()
    session.commit()
    qa.get("/greenhaven/findings/raise")
    seen = qa.submit({**RAISE, "text": f"{mine.upper()} did not sign the plans"}, status=422)
    assert "the name of somebody in your council" in seen.by_id("text-error").text


def every_form():
    for module in pkgutil.walk_packages(audit_app.__path__, "audit_app."):
        if "forms" in module.name or ".routes" in module.name:
            importlib.import_module(module.name)
    todo, every = [AppForm], []
    while todo:
        for form in todo.pop().__subclasses__():
            every.append(form)
            todo.append(form)
    return every


# Whose words packs for people outside the council may print, as the table of text columns says.
PRINTED_NOWHERE = {
    "audit_app.packs.clearing.forms.DecideForm",
    "audit_app.packs.exhibits.forms.LookForm",
    "audit_app.packs.kinds.forms.ChooseForm",
    "audit_app.packs.release.forms.ProofForm",
    "audit_app.packs.release.forms.ReleaseForm",
}
READ_ROOMS = ("audit_app.improvement.", "audit_app.packs.", "audit_app.library.terms.")


def test_each_form_is_read_or_says_why_it_stays_inside():
    forms = [form for form in every_form() if form.__module__.startswith("audit_app.")]
    assert len(forms) > 60
    unread = {f"{form.__module__}.{form.__name__}": form.stays_inside for form in forms if form.stays_inside}
    assert {name for name in unread if name.startswith(READ_ROOMS)} == PRINTED_NOWHERE
    assert all(len(why) > 20 for why in unread.values())


def read_fields():
    """Each field of free text of each form whose words may leave."""
    for form in every_form():
        for name in dir(form):
            kind = getattr(getattr(form, name), "field_class", None)
            read = form.__module__.startswith(READ_ROOMS) and not form.stays_inside and name not in form.not_read
            if kind in (Line, LongText) and read:
                yield form, name


def test_each_text_field_whose_words_a_pack_may_print_is_read(app):
    fields = list(read_fields())
    assert len(fields) > 100
    for form_class, name in fields:
        with app.test_request_context("/", method="POST", data={}):
            g.council_known = lambda: disclosure.council(date(2026, 11, 29))
            form = form_class(MultiDict({name: CHILD}))
            assert typed_suspects.hold_back(form), (form_class, name)
            assert "“Kayleigh, 7”" in form[name].errors[-1], (form_class, name)
            assert form.warned.data and "Save as it is" in typed_suspects.save_as_it_is(form)


def test_single_fields_that_are_not_read_exist():
    assert [(form, name) for form in every_form() for name in form.not_read if not hasattr(form, name)] == []
