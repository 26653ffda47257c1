"""A pasted list is put right on its preview without scripts: joined, parted, dropped, headed, its words corrected."""

from datetime import date

import pytest

from audit_app.improvement.inspections import pasted
from audit_app.people.tables import Role
from findings.bullets import Bullet, split_bullets
from findings.tables import Finding
from tests.audit_app.improvement.inspections.test_inspections import record
from tests.audit_app.improvement.rows import rows_of

LIST = """Within 40 working days:

• plans are dated
and specific
• chronologies are kept
• supervision is monthly; children are heard

The management board should:
• fund the service

12
"""


def test_a_list_is_put_right_before_it_is_raised(signed_in_as, session):
    qa = signed_in_as(Role.qa_manager)
    record(qa)
    qa.click("Paste a list from the report")
    qa.submit({"kind": "area_for_improvement", "pasted": LIST})
    assert qa.h1 == "Check 4 findings"
    assert "1 entry is left out" in qa.text and "Within 40 working days" in qa.text
    # Entries: the heading 0, items 1 to 3, the addressee 4, the last item 5, the page number 6.
    qa.submit(
        {
            "part_2": "above",
            "words_3": "supervision is monthly\n\nchildren are heard",
            "area_3": "ofsted-2012/LEAD",
            "paragraphs_4": "77",
        },
    )
    assert qa.h1 == "Check 4 findings" and "shown as you changed it" in qa.text
    assert rows_of(session, Finding) == []
    qa.submit({"words_2": "supervision is weekly"})
    rows = rows_of(session, Finding, Finding.number)
    assert [row.text for row in rows] == [
        "plans are dated and specific chronologies are kept",
        "supervision is weekly",
        "children are heard",
        "The management board should fund the service",
    ]
    # Eight weeks after Friday 25 January 2013; Good Friday comes a week later.
    assert [row.due_on for row in rows] == [date(2013, 3, 22)] * 4
    assert [row.timescale for row in rows] == [None] * 4
    assert [row.timescale_text for row in rows] == ["Within 40 working days"] * 4
    assert [row.paragraphs for row in rows] == ["", "", "", "77"]


@pytest.mark.parametrize(
    ("heading", "due"),
    [
        ("Immediately", date(2013, 1, 25)),
        ("Within four weeks", date(2013, 2, 22)),
        ("Within one month", date(2013, 2, 25)),
        ("Within two years", date(2015, 1, 25)),
        ("By the end of March 2014", date(2014, 3, 31)),
        ("Within five school days", None),
        ("", None),
    ],
)
def test_a_heading_gives_its_day(heading, due):
    assert pasted.due_of(Bullet("x", by_when=heading), date(2013, 1, 25)) == due


def test_what_is_carried_from_page_to_page_is_the_list_and_nothing_else():
    entries = list(split_bullets(LIST).entries)
    assert pasted.unpacked(pasted.packed(entries)) == entries
    for forged in ("", "{}", "[[1]]", '[["owner", "x", [1]]]', '[["item", "x", ["a"]]]', "null"):
        assert pasted.unpacked(forged) in (None, [])
