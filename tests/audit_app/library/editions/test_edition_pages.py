"""Every edition as a page, as paper and as exports: all of it there, each statement with its source and whose it is."""

import io

import openpyxl
import pypdfium2
import pytest
from ruamel.yaml import YAML

import frameworks
from audit_app.library import wording
from tests.builders_library import changed_document, make_document, publish
from tests.chosen import WHOLE

LIBRARY = "/greenhaven/library"
EDITIONS = [one.id for one in frameworks.editions()]
# All are printed alike: every fourth here, each of them in `make proof`.
PRINTED = EDITIONS if WHOLE else EDITIONS[::4]


def squeezed(text):
    """Without spaces and line ends, which paper puts where it likes."""
    return "".join(text.split())


def fetched(page, address):
    answer = page.client.get(address, base_url="http://localhost")
    assert answer.status_code == 200, address
    return answer.data


def rows_of(page):
    """Every row that has an anchor, as its cells by anchor."""
    rows = [row for row in page.select("tr") if row.get("id")]
    return {row.get("id"): [cell.text.strip() for cell in row.select("th") + row.select("td")] for row in rows}


def test_the_product_comes_with_every_framework_the_library_is_for():
    assert {
        "ilacs-2018", "ilacs-2023", "ilacs-2025", "ilacs-2026", "jtai-2016", "jtai-2022", "lga-peer-2012",
        "ofsted-2012", "sif-2013", "area-send-2023", "hmip-youth-2021", "hmip-youth-2025", "national-framework-2023",
        "working-together-2023", "self-assessment-1", "case-audit-1", "case-audit-2",
    } == set(EDITIONS)  # fmt: skip


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_each_edition_opens_as_a_page_with_the_source_of_each_statement(person, edition_id):
    told, page = frameworks.edition(edition_id), person("leader")
    page.get(f"{LIBRARY}/editions/{edition_id}")
    assert page.h1 == told.title
    assert wording.VERIFIED[told.verified] in page.text
    assert told.licence in page.text
    rows = rows_of(page)
    assert len([one for one in rows if one.startswith("statement-")]) == len(told.statements)
    for one in told.statements:
        _, text, whose, source = rows[f"statement-{one.id}"]
        assert squeezed(text).startswith(squeezed(one.text)), one.id
        assert (whose, bool(source.strip())) == (wording.WORDINGS[one.wording], True), one.id
    for area in told.areas:
        if told.type != "case_audit":
            assert rows[f"area-{area.id}"][3].strip(), area.id


@pytest.mark.parametrize("edition_id", PRINTED)
def test_each_edition_prints_and_exports_all_it_says(person, edition_id):
    told, page = frameworks.edition(edition_id), person("leader")
    there = f"{LIBRARY}/editions/{edition_id}"
    with pypdfium2.PdfDocument(fetched(page, f"{there}/edition.pdf")) as paper:
        printed = squeezed("".join(one.get_textpage().get_text_range() for one in paper))
    book = openpyxl.load_workbook(io.BytesIO(fetched(page, f"{there}/edition.xlsx")))
    written = squeezed("".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None))
    areas = told.areas if told.type != "case_audit" else ()
    for text in [told.title, *(one.name for one in areas), *(one.id for one in told.statements)]:
        assert squeezed(text) in printed, text
        assert squeezed(text) in written, text
    for one in told.statements:
        assert squeezed(one.source) in written, one.id
    again = YAML(typ="safe", pure=True).load(fetched(page, f"{there}/edition.yaml").decode())
    assert again["id"] == edition_id


def test_the_case_audit_edition_is_marked_as_ours_throughout():
    told = frameworks.edition("case-audit-1")
    assert told.wording == "ours"


def test_an_edition_nobody_knows_is_not_there(person):
    page = person("leader")
    for address in ("editions/ilacs-1066", "editions/ilacs-1066/edition.pdf", "changes?older=ilacs-2018&newer=x"):
        assert page.client.get(f"{LIBRARY}/{address}", base_url="http://localhost").status_code == 404, address


@pytest.mark.parametrize("name", ["leader", "auditor", "manager", "qa"])
def test_every_reader_finds_a_question_by_its_words_and_sees_where_it_is_used(session, person, name):
    first = make_document()
    publish(session, first)
    publish(session, changed_document(first, drop=("q2",), reword=("q3",)), version=2)
    session.commit()
    page = person(name)
    page.get(f"{LIBRARY}/search?q=strong part 3")
    assert "How strong is part 3 of the work?" in page.text
    page.get(f"{LIBRARY}/sets/own-greenhaven-neglect-2/neglect/full/questions/d1/q3")
    assert "How strong is part 3 of the work?" in page.text
    # Domain d1 informs HP of ILACS 2026, so its answers are said to speak to it.
    assert "ilacs-2026" in page.html


def test_a_blank_form_prints_with_every_question_and_fits_a_workbook(session, person):
    publish(session, make_document())
    session.commit()
    page, there = person("auditor"), f"{LIBRARY}/sets/own-greenhaven-neglect-1/neglect/full"
    with pypdfium2.PdfDocument(fetched(page, f"{there}/form.pdf")) as paper:
        printed = squeezed("".join(one.get_textpage().get_text_range() for one in paper))
    book = openpyxl.load_workbook(io.BytesIO(fetched(page, f"{there}/form.xlsx")))
    written = squeezed("".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None))
    asked = [one.text for domain in make_document().domains for one in domain.questions]
    assert len(asked) == 10
    for text in asked:
        assert squeezed(text) in printed, text
        assert squeezed(text) in written, text


def test_a_corrected_edition_tells_what_was_wrong_and_where_the_right_value_was_read(person):
    page = person("leader")
    page.get(f"{LIBRARY}/editions/ilacs-2018")
    assert "2 of 29 November 2026, as corrected" in page.text
    assert "What was corrected" in page.text
    assert "44 had one and 1 had two (Oxfordshire 2018)" in page.text
    assert "82 had none, 45 had one and none had two: it has never happened." in page.text
    assert "321 reports; Oxfordshire, 22 May 2018, page 1" in page.text
    assert "This is version" not in page.text


def test_the_version_before_stays_readable_and_says_that_it_was_corrected(person):
    page = person("leader")
    page.get(f"{LIBRARY}/editions/ilacs-2018@1")
    assert "This is version 1, as first published. It was corrected since" in page.text
    assert "44 had one, and 1 had two (Oxfordshire 2018)" in page.text
    assert "It has never happened" not in page.text
    for address in ("ilacs-2018@3", "ilacs-2018@x", "ilacs-2018@"):
        assert page.client.get(f"{LIBRARY}/editions/{address}", base_url="http://localhost").status_code == 404


def test_the_page_of_changes_tells_a_correction_apart_from_a_new_edition(person):
    page = person("leader")
    page.get(f"{LIBRARY}/changes?older=ilacs-2018@1&newer=ilacs-2018")
    assert page.h1 == "What was corrected in ILACS 2018"
    assert "82 had none, 45 had one and none had two" in page.text
    assert "Areas, scales and statements are the same in both versions." in page.text
    page.get(f"{LIBRARY}/changes?older=ilacs-2018&newer=ilacs-2023")
    assert page.h1 == "What changed from ILACS 2018 to ILACS 2023"
    assert "What was corrected" not in page.text


def test_the_file_of_each_version_is_there_to_take(person):
    page = person("leader")
    first, second = (
        YAML(typ="safe", pure=True).load(fetched(page, f"{LIBRARY}/editions/{name}/edition.yaml").decode())
        for name in ("ilacs-2018@1", "ilacs-2018@2")
    )
    assert first["id"] == "ilacs-2018" and second["version"] == 2
    with pypdfium2.PdfDocument(fetched(page, f"{LIBRARY}/editions/ilacs-2018@1/edition.pdf")) as paper:
        assert "1,asfirstpublished" in squeezed("".join(one.get_textpage().get_text_range() for one in paper))


@pytest.mark.parametrize(
    ("edition_id", "words"),
    [
        ("ilacs-2026", "from 1 April 2026, no end known when last checked on 29 November 2026"),
        ("ilacs-2018", "from 1 January 2018 to 31 December 2022"),
        ("case-audit-1", "from 1 April 2026, with no last day written in it"),
        ("working-together-2023", "superseded by Working Together to Safeguard Children 2026"),
    ],
)
def test_no_page_says_that_an_edition_is_in_force_beyond_what_was_checked(person, edition_id, words):
    page = person("leader")
    page.get(f"{LIBRARY}/editions/{edition_id}")
    before_what_was_corrected = page.text.partition("What was printed")[0]
    assert words in before_what_was_corrected and "still in force" not in before_what_was_corrected
    page.get(LIBRARY)
    assert words in page.text and "still in force" not in page.text


def test_an_edition_whose_successor_has_begun_is_not_told_as_the_one_to_use(person):
    page = person("leader")
    page.get(f"{LIBRARY}/editions/case-audit-1")
    assert "“Case audit questions, second edition” is the one to use since 30 November 2026." in page.text
    assert "The one to use today" not in page.text
    page.get(f"{LIBRARY}/editions/case-audit-2")
    assert "The one to use today: from 30 November 2026" in page.text


def test_in_force_is_said_with_the_day_on_which_it_was_checked():
    checked = frameworks.edition("ilacs-2026").model_copy(update={"found_in_force": True})
    assert wording.in_force_words(checked) == "from 1 April 2026, still in force when checked on 29 November 2026"
