"""An inspection entered through the pages: its judgements, its pasted list, each item an area by one button."""

from datetime import date

import pytest

from audit_app.people.tables import Role
from findings.rules import months_later
from findings.tables import AreaForImprovement, Finding, Judgement
from tests.audit_app.improvement.rows import rows_of

PUBLISHED = date(2013, 1, 25)
# Which paragraphs support each item, in the order printed: read by hand from the report (our reading, not Ofsted's).
PARAGRAPHS = (
    "44, 60", "44, 52", "52, 55, 73", "39, 53, 54", "77", "45", "46", "49", "50", "74", "13, 41", "63, 67–68", "51, 75",
)  # fmt: skip


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


@pytest.fixture(scope="session")
def greenwich(documents):
    """The list of areas for improvement as the 2012 report prints it."""
    path = documents / "seeds" / "greenwich-ofsted-child-protection-inspection-2012.txt"
    if not path.is_file():
        pytest.skip(f"SKIPPED LOUDLY: the 2012 report is not at {path}")
    text = path.read_text("utf-8")
    return text[text.index("Immediately:\n") : text.index("About this inspection\n\n4.")].strip()


def record(qa, **changed):
    qa.get("/greenhaven/inspections/record")
    given = {
        "kind": "inspection",
        "body": "Ofsted",
        "title": "Child protection inspection 2012",
        "edition_id": "ofsted-2012",
        "document_title": "Inspection of local authority arrangements for the protection of children",
        "inspected_from-day": "3", "inspected_from-month": "12", "inspected_from-year": "2012",
        "inspected_to-day": "12", "inspected_to-month": "12", "inspected_to-year": "2012",
        "published_on-day": "25", "published_on-month": "1", "published_on-year": "2013",
    }  # fmt: skip
    return qa.submit({**given, **changed})


def test_the_thirteen_areas_of_2012_become_findings_and_areas(qa, greenwich, session):
    record(qa)
    qa.click("Enter the judgements")
    qa.submit(
        {
            "grade_OE": "good",
            "grade_EFF": "good",
            "grade_PRAC": "adequate",
            "grade_LEAD": "good",
            "paragraphs_PRAC": "37",
        }
    )
    assert "Adequate" in qa.text and "Requires improvement" not in qa.text
    given = {row.judgement_area_id: row.grade_code for row in rows_of(session, Judgement)}
    assert given == {"OE": "good", "EFF": "good", "PRAC": "adequate", "LEAD": "good"}

    qa.click("Paste a list from the report")
    qa.submit({"kind": "area_for_improvement", "judgement_area": "ofsted-2012/PRAC", "pasted": greenwich})
    assert qa.h1 == "Check 13 findings"
    assert rows_of(session, Finding) == []
    qa.submit({f"paragraphs_{place}": words for place, words in enumerate(PARAGRAPHS, start=1)})

    rows = rows_of(session, Finding, Finding.number)
    assert [(row.printed_number, row.printed_total) for row in rows] == [(place, 13) for place in range(1, 14)]
    assert [row.timescale_text for row in rows] == ["Immediately"] * 4 + ["Within three months"] * 7 + [
        "Within six months"
    ] * 2
    due = [months_later(PUBLISHED, months) for months in (0,) * 4 + (3,) * 7 + (6,) * 2]
    assert due[4] == date(2013, 4, 25)
    assert [row.due_on for row in rows] == due
    assert tuple(row.paragraphs for row in rows) == PARAGRAPHS
    assert all(row.verbatim for row in rows)
    assert rows[4].text == "ensure a work force development plan is prepared which supports the improvement plan"

    qa.get("/greenhaven/findings/FND-0004")
    assert "Ofsted’s area for improvement 4 of 13" in qa.text
    assert "paragraph 39, 53, 54" in qa.text
    qa.submit(form="/area")
    assert qa.h1.startswith("AFI-0001: ensure decisions are firmly based on sufficient information")
    qa.get("/greenhaven/inspections/INS-0001")
    qa.submit(form="/areas")
    areas = rows_of(session, AreaForImprovement)
    assert len(areas) == 13
    assert {area.heading for area in areas} == {row.text for row in rows}
    assert all(area.heading_verbatim and area.judgement_area_id == "PRAC" for area in areas)
    qa.get("/greenhaven/areas-for-improvement/AFI-0001/thread")
    assert "The quality of practice (Ofsted 2012)" in qa.text
