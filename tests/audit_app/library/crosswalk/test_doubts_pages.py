"""The crosswalk read and challenged: any reader doubts a line, a QA manager answers once, the map itself stays."""

import io
from urllib.parse import urlencode

import openpyxl
import pytest

from audit_app.library.crosswalk import service as doubt_service
from frameworks import reader
from tests import builders

CROSSWALK = "/greenhaven/library/crosswalk"
LINE = reader.crosswalk_file().lines[0]
PAGE = f"{CROSSWALK}/doubts?{urlencode({'line': LINE.line})}"
DOUBT = "These two are not the same thing: <i>one</i> is wider."


@pytest.mark.parametrize("name", ["auditor", "manager", "leader", "qa"])
def test_every_reader_finds_the_line_and_may_doubt_it(person, name):
    page = person(name)
    page.get(CROSSWALK)
    assert LINE.why in page.text
    page.get(PAGE)
    assert "Nobody has doubted this line." in page.text
    page.submit({"doubt": DOUBT})
    assert "Your doubt stands beside the line." in page.text
    assert DOUBT in page.text
    page.get(CROSSWALK)
    assert "1 open doubt" in page.text


def test_a_qa_manager_answers_once_and_the_line_stays_as_it_is(session, council, person):
    asked = person("auditor")
    asked.get(PAGE)
    asked.submit({"doubt": DOUBT})
    assert "Open: a QA manager answers it." in asked.text
    qa = person("qa")
    qa.get(PAGE)
    qa.click("Answer this doubt")
    address = qa.seen.url
    qa.submit({"answer": "It stands: both are about the same children."})
    assert "It stands: both are about the same children." in qa.text
    qa.get(address)
    qa.submit({"answer": "No, it does not."}, status=409)
    assert "This doubt is answered already." in qa.text
    asked.get(address, status=403)
    assert LINE in reader.crosswalk_file().lines


@pytest.mark.parametrize(
    ("text", "said"), [("", "Say what does not fit"), (" \n ", "Say what does not fit"), ("a" * 10_001, "10,000")]
)
def test_a_doubt_that_says_nothing_or_too_much_is_refused_and_the_text_stays(person, text, said):
    page = person("auditor")
    page.get(PAGE)
    page.submit({"doubt": text}, status=422)
    assert said in page.text
    if text.strip():
        assert page.form_data()["doubt"] == text


@pytest.mark.parametrize("line", ["", "nowhere/X same nowhere/Y", "a" * 4_000, LINE.line + "x"])
def test_a_line_that_is_not_in_the_map_cannot_be_doubted(person, line):
    person("auditor").get(f"{CROSSWALK}/doubts?{urlencode({'line': line})}", status=404)


def test_a_doubt_of_another_council_is_not_there(session, council, person):
    session.add(builders.make_authority(id=2, key="otherford", name="Otherford"))
    session.flush()
    made = doubt_service.raise_doubt(session, 2, LINE.line, "Secret of Otherford", by=council.qa, now=builders.MOMENT)
    session.commit()
    qa = person("qa")
    qa.get(f"{CROSSWALK}/doubts/{made.id}", status=404)
    qa.get(PAGE)
    assert "Secret of Otherford" not in qa.text


def test_the_map_is_exported_whole_or_for_one_edition(person):
    page = person("leader")
    for chosen, number in (("", len(reader.crosswalk_file().lines)), ("?edition=ilacs-2026", None)):
        answer = page.client.get(f"{CROSSWALK}/lines.xlsx{chosen}", base_url="http://localhost")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True)["Crosswalk"]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == ("From", "Relation", "To", "Why", "Source")
        assert number is None or len(rows) == number + 1
        assert all(row[3] and row[4] for row in rows[1:])  # each line has its reason and its source
        assert not chosen or all("ilacs-2026" in f"{row[0]} {row[2]}" for row in rows[1:])
