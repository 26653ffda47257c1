"""A council's year, made once for each test that asks for it, and packs of it."""

import re
import shutil
import subprocess

import pytest

from audit_app import evidence_store
from audit_app.packs import contents, queries_gathering
from audit_app.packs.composing import pack as composing
from tests import builders_packs

YEAR = "the year of packs"


@pytest.fixture
def year(session, built_once):
    """Twelve audits, one thread that is whole, one that breaks off."""
    return built_once(YEAR, lambda: builders_packs.make_year(session, random=10, chosen=1))


@pytest.fixture
def build(session, year, app, worlds):
    """Ask for a pack and get its row, built; the first pack of an untouched year is built once for all tests."""

    def make(**changed):
        asked = repr(sorted(changed.items()))
        return worlds.go_on(
            YEAR, asked, lambda: builders_packs.ask(session, year.people, **changed), app=app, session=session
        )

    return make


@pytest.fixture
def contents_of():
    """What a built pack says."""
    return lambda row: contents.read_pack(row.contents)


@pytest.fixture
def composed(session):
    """The contents of a pack of a kind, without making its files."""

    def make(kind, *, level=1, each_audit=False, chosen=None, **more):
        asked = builders_packs.make_chosen(kind, **(chosen or {}))
        row = builders_packs.make_row(level=level, each_audit=each_audit, chosen=asked, **more)
        extract = queries_gathering.gather(session, row, now=builders_packs.NOW, evidence_months=12)
        return composing.compose(extract)

    return make


@pytest.fixture
def file_of(app):
    """A file of a built pack."""
    return lambda row, kind: evidence_store.read_file(app.config, getattr(row, f"{kind}_sha256"))


@pytest.fixture
def printed():
    """The words of a PDF without white space, running headers left in; a wrap is not a difference.

    `-raw` reads them as they were written: columns one after the other, not line by line across the page.
    """

    def read(data, *how):
        if not shutil.which("pdftotext"):
            pytest.skip("SKIPPED LOUDLY: pdftotext is not installed, so what is printed was NOT compared")
        raw = subprocess.run(
            ["pdftotext", *how, "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
        )
        return re.sub(r"\s+", "", raw.stdout.decode("utf-8"))

    return read
