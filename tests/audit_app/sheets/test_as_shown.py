"""Cells as a person sees them, and what their text means: pure, so each case costs nothing."""

from datetime import date, datetime

import pytest

from audit_app.sheets import as_date, as_whole_number, plain_heading
from audit_app.sheets.confined import shown
from audit_app.sheets.confined.found import Found
from audit_app.sheets.elsewhere import where_it_belongs
from audit_app.sheets.headings import head_row
from audit_app.sheets.values import either_way, month_first

ACCOUNTS = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "shown_as", "expected"),
    [
        (1.1, "0.00", "1.10"),
        (1.1, "General", "1.1"),
        (7, "000", "007"),
        (44.6, "0.00", "44.60"),
        (2.675, "0.00", "2.68"),
        (0.1 + 0.2, "General", "0.3"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (1234.5, "[$£-809]#,##0", "£1,235"),
        (1234.5, ACCOUNTS, "1,234.50"),
        (0, ACCOUNTS, "-"),
        (-3, "0.0;[Red](0.0)", "(3.0)"),
        (-5, "0", "-5"),
        (123456, "000-000", "123-456"),
        (5, '0" weeks"', "5 weeks"),
        (7, '"A"0', "A7"),
        (1_200_000, '0.0,,"m"', "1.2m"),
        (3, "@", "3"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value, shown_as, expected):
    """The expected texts are what Excel and LibreOffice show for these formats."""
    assert shown.number_as_shown(value, shown_as) == expected


@pytest.mark.parametrize(("value", "shown_as"), [(1e15, "0"), (1.5, "# ?/?"), (1.5, "0.00E+00"), (1.5, "[<5]0;0.0")])
def test_a_number_whose_look_cannot_be_told_asks(value, shown_as):
    with pytest.raises(ValueError, match="Format the cell as text"):
        shown.number_as_shown(value, shown_as)


@pytest.mark.parametrize(
    ("shown_as", "expected", "whole"),
    [
        ("dd/mm/yyyy", "31/03/2027", True),
        ("mm-dd-yy", "31/03/2027", True),
        ("[$-809]dd mmmm yyyy;@", "31/03/2027", True),
        ("dd/mm/yyyy hh:mm", "31/03/2027 17:05", True),
        ("mmm\\-yy", "Mar-27", False),
        ("d-mmm", "31-Mar", False),
        ("mmmm yyyy", "March 2027", False),
        ("yyyy", "2027", False),
        ("hh:mm", "17:05", False),
    ],
)
def test_a_day_is_read_as_it_is_shown(shown_as, expected, whole):
    day = datetime(2027, 3, 31, 17, 5)  # noqa: DTZ001 (cells have no zone)
    assert (shown.date_as_shown(day, shown_as), shown.is_whole_day(shown_as)) == (expected, whole)


@pytest.mark.parametrize(
    "text",
    ["31/03/2027", "31.3.2027", "31-03-2027", "2027-03-31", "31\u00a0March\u00a02027", "31st March 2027", "31 Mar 2027",
     "31-Mar-2027", "Wednesday 31 March 2027", "31/03/2027 17:00", "2027-03-31T00:00:00", "end March 2027",
     "the end of March 2027", "March 31, 2027", " 31/03/2027 ", "31\u201103\u20112027"],
)  # fmt: skip
def test_one_day_written_in_many_ways(text):
    assert as_date(text) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Mar-27", "names no single day. If 31 March 2027 is meant, write 31/03/2027."),
        ("March 2027", "If 31 March 2027 is meant, write 31/03/2027."),
        ("03/2027", "If 31 March 2027 is meant, write 31/03/2027."),
        ("Q4 2026/27", "If 31 March 2027 is meant, write 31/03/2027."),
        ("31.3.27", "only two figures for the year. If 31 March 2027 is meant, write 31/03/2027."),
        ("12/31/2027", "the day comes before the month here. If 31 December 2027 is meant, write 31/12/2027."),
        ("31/02/2027", "is not a real date. Write it like 31/03/2026."),
        ("46477", "is the number by which a spreadsheet keeps a day. Format the column as a date"),
        ("TBC", "Leave the cell blank where there is no day yet."),
        ("4-Jun", "is not a date. Write it like"),
        ("soon", "is not a date. Write it like"),
    ],
)
def test_what_may_be_several_days_asks_and_says_what_to_write(text, advice):
    with pytest.raises(ValueError, match=r"^.") as refusal:
        as_date(text)
    assert advice in str(refusal.value)


def test_a_column_with_the_month_first_is_told_by_one_date_that_can_be_no_other():
    assert month_first(["03/04/2027", "12/31/2027"]) and not month_first(["03/04/2027", "31/12/2027", "soon"])
    assert either_way("03/04/2027") == (date(2027, 4, 3), date(2027, 3, 4))
    assert either_way("04/04/2027") is either_way("31/12/2027") is either_way("soon") is None


def test_whole_numbers_with_thousands_and_noughts_behind_the_point():
    assert [as_whole_number(text) for text in ("1,200", "1\u00a0200", "12.0", " 3 ")] == [1200, 1200, 12, 3]
    for text in ("1 2", "1.5", "1 of 5"):
        with pytest.raises(ValueError, match="in figures"):
            as_whole_number(text)


def test_blanks_quotes_and_hyphens_of_any_kind_are_one():
    assert plain_heading("In the source\u2019s\u00a0 own words *") == plain_heading("in the source's own words")
    assert plain_heading("Re\u2011audit \u201cA\u201d") == plain_heading('re-audit "a"')


def test_the_row_of_headings_is_found_and_a_row_of_data_is_none():
    names = {"kind", "came from", "what was found"}
    title, two = ["Findings, version 3"], ["What", "", "Where"]
    heads = ["Kind ", "Came\u00a0from", "Other"]
    assert head_row([[], title, two, heads], names) == (head_row([heads], names).__class__)(3, 2)
    assert head_row([title, ["Strength", "Staff", "x"]], names) is None
    assert head_row([["Kind"], ["Strength"]], names).place == 0


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["Ref No", "Action required", "Lead officer / agency", "Progress"], "an action plan"),
        (["Priority", "Objective", "Owner", "RAG", "Due"], "an action plan"),
        (["UPN", "Gender", "Ethnicity", "Date of Birth", "Legal status"], "a list of children"),
        (["Name", "E-mail", "Roles", "Team"], "a list of people"),
        (["Domain", "Question", "Type", "Hint"], "a question set"),
        (["What", "Where", "When"], ""),
        (["Kind", "Came from", "What was found"], ""),
    ],
)
def test_a_table_at_the_wrong_door_is_told_where_it_belongs(headings, said):
    told_of = where_it_belongs([["A title"], headings], "findings")
    assert (said in told_of) if said else not told_of


def test_hidden_and_empty_is_passed_over_and_what_is_hidden_is_told_once():
    found = Found(rows=[(1, ["a", "b"]), (2, ["x", ""]), (3, ["x", ""]), (5, ["x"]), (9, [])])
    found.hidden_rows, found.hidden_columns = {2, 3, 5, 9, 400}, {3, 4}
    assert found.faults() == [
        (None, None, "rows 2 to 3 and 5 are hidden, perhaps by a filter. Show them, or delete them.")
    ]


def test_a_column_of_formulas_is_told_once():
    found = Found(rows=[(1, ["a"])])
    found.formulas = {(row, 2) for row in (2, 3, 4, 9)} | {(2, 1)}
    assert [fault[:2] for fault in found.faults()] == [(2, 1), (2, 2)]
    assert found.faults()[1][2].endswith("paste it back as values. The same in rows 3 to 4 and 9.")
    assert len(found.wrong_cells()) == 5
