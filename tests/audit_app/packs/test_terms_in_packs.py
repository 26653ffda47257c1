"""A pack speaks in the words its council had when it was frozen: our own sentences, never typed or printed ones."""

import dataclasses
import io
import json
import re
import zipfile

import openpyxl
import pytest

from audit_app.library.terms import own_words
from audit_app.library.terms import queries as terms_queries
from audit_app.library.terms import service as term_service
from audit_app.packs import contents, service, service_building
from audit_app.packs.cli import RENDERERS
from audit_app.packs.disclosure import levels
from audit_app.packs.story import layout as story
from audit_app.packs.tables import PackState
from tests import builders_packs
from tests.builders_library import OTHER_WORDS, PRODUCTS_WORDS
from tests.chosen import one_in

# What people typed in the made-up year, the printed name of an area, and the fixed words of documents.
NOT_OURS = (
    "Two auditors from outside the service",
    "the experiences and progress of children in care",
    "the experiences and progress of care leavers",
)


@pytest.fixture
def put_words(session, year):
    """Give the council its own words for things; all eight when nothing is said."""

    def put(given=OTHER_WORDS):
        now, by = builders_packs.NOW, year.people.manager
        seen = terms_queries.own_words(session, builders_packs.COUNCIL)
        term_service.change_words(session, builders_packs.COUNCIL, given, seen=seen, by=by, now=now)
        session.commit()

    return put


def texts_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_of(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("kind", "key", "look", "tone"):
                yield from texts_of(getattr(value, field.name))


def left_over(texts):
    """The texts that still hold a word of the product's, once what is not ours is taken out of them."""
    found = set()
    for text in texts:
        bare = text
        for one in NOT_OURS:
            bare = re.sub(re.escape(one), "", bare, flags=re.IGNORECASE)
        if PRODUCTS_WORDS.search(bare):
            found.add(text)
    return found


@pytest.mark.parametrize("level", one_in(2, sorted(levels.NAMES), "sentences are put into words alike at each level"))
def test_no_sentence_of_ours_keeps_a_word_the_council_changed(build, put_words, contents_of, file_of, level):
    put_words()
    row = build(level=level, each_audit=True)
    pack = contents_of(row)
    assert left_over(texts_of(story.lay_out(pack).blocks)) == set()
    book = openpyxl.load_workbook(io.BytesIO(file_of(row, "workbook")), read_only=True)
    cells = [str(cell) for page in book for line in page.iter_rows(values_only=True) for cell in line if cell]
    assert left_over([*book.sheetnames, *cells]) == set()


def test_what_somebody_typed_keeps_its_words(build, put_words, contents_of):
    put_words()
    said = " ".join(texts_of(contents_of(build(level=1)).threads))
    assert "Two auditors from outside the service" in said
    assert "Two kestrels" not in said


def test_a_pack_keeps_the_words_it_was_frozen_with(build, put_words, contents_of, app, session):
    put_words()
    row = build(level=1)
    put_words(dict.fromkeys(OTHER_WORDS, ("", "")))
    session.refresh(row)
    assert set(service_building.render_again(app.config, row, RENDERERS).values()) == {True}
    assert contents_of(row).own.say("Audits") == "Lumens"
    later = contents_of(build(level=1))
    assert later.own == own_words.NONE
    assert "What the audits say" in list(texts_of(story.lay_out(later).blocks))


def test_contents_of_before_councils_had_words_read_in_the_products(build, contents_of):
    row = build(level=1)
    plain = json.loads(row.contents)
    del plain["terms"]
    assert contents.read_pack(json.dumps(plain)) == contents_of(row)


def test_contents_frozen_by_an_earlier_version_are_never_written_anew(build, session, file_of):
    """Their manifest names the fingerprint that was noted when they were frozen."""
    row = build(level=1)
    plain = json.loads(row.contents)
    del plain["terms"]
    row.contents = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    row.fingerprint = contents.fingerprint_of(row.contents)
    row.state = PackState.frozen
    session.commit()
    service.ask_again(session, builders_packs.COUNCIL, row.number, by=row.asked_by, now=builders_packs.NOW)
    session.commit()
    session.refresh(row)
    assert row.state is PackState.ready
    written = zipfile.ZipFile(io.BytesIO(file_of(row, "archive"))).read("contents.json").decode()
    assert contents.fingerprint_of(written) == row.fingerprint
