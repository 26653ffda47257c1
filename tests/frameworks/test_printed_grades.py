"""What editions say of published grades, held against a small table of grades as the reports print them."""

import re
from datetime import date

import pytest

import frameworks
from frameworks import advice
from tests.frameworks.printed import grades

ILACS = grades.table("ilacs-grades")
SIF = grades.table("sif-grades")
OF_REPORTS = {"ilacs": ILACS, "sif": SIF}
BELOW_GOOD = ("inadequate", "requires_improvement")


def edition_of(row):
    """The edition a report was made under, by its day and by what its table prints."""
    if not row["OE"]:
        return frameworks.edition("ilacs-2026")
    if not row["CL"]:
        return frameworks.edition("ilacs-2018")
    return frameworks.edition("ilacs-2023" if row["published_on"] < "2025-03" else "ilacs-2025")


@pytest.mark.parametrize("family", ["ilacs", "sif"])
def test_the_table_is_what_the_reports_print(documents, family):
    folder = documents / "corpora" / "reports"
    if not folder.is_dir():
        pytest.skip(f"SKIPPED LOUDLY: no published reports at {folder}")
    compared = 0
    for row in OF_REPORTS[family]:
        path = folder / f"{row['report']}.pdf"
        if path.exists():
            areas = tuple(grades.LABELS[family])
            known = {area: grade for area, grade in grades.graded(row, areas).items() if grade}
            assert grades.printed_in(path, family) == known, row["report"]
            compared += 1
    assert compared == {"ilacs": 31, "sif": 10}[family]


@pytest.mark.parametrize("row", ILACS, ids=lambda row: row["report"])
def test_advice_on_a_printed_ilacs_result_is_true_of_it(row):
    """The one result with leaders alone inadequate raises what is said of it; every other raises nothing."""
    edition = edition_of(row)
    areas = [area.id for area in edition.areas]
    raised = advice.raised(edition, grades.graded(row, areas), row["OE"] or None)
    expected = ["leaders-inadequate-alone"] if row["report"] == "ilacs-trafford-2019-05-08" else []
    assert [check.id for check in raised] == expected


@pytest.mark.parametrize("row", SIF, ids=lambda row: row["report"])
def test_advice_on_a_printed_single_inspection_is_true_of_it(row):
    areas = ("HP", "CLA", "ADO", "CL", "LMG")
    raised = advice.raised(frameworks.edition("sif-2013"), grades.graded(row, areas), row["OE"])
    weak_sub_judgement = "inadequate" in (row["ADO"], row["CL"])
    assert [check.id for check in raised] == (["sub-judgement-inadequate"] if weak_sub_judgement else [])


def test_what_is_said_never_to_happen_does_not_happen_in_the_table():
    """Worked out from the rows alone, with no pattern of an edition."""
    with_overall = [row for row in ILACS if row["OE"]]
    assert len(with_overall) == 29
    for row in with_overall:
        areas = [row[area] for area in ("LEAD", "HP", "CIC", "CL") if row[area]]
        weak = sum(grade in BELOW_GOOD for grade in areas)
        if row["OE"] == "outstanding":
            assert row["LEAD"] == "outstanding" and weak == 0, row
        if row["OE"] == "good":
            assert row["LEAD"] not in BELOW_GOOD and weak <= 1, row
        if row["OE"] == "requires_improvement":
            assert weak >= 1, row
        assert (row["OE"] == "inadequate") <= ("inadequate" in areas), row
    for row in SIF:
        key_judgements = (row["HP"], row["CLA"], row["LMG"])
        assert (row["OE"] == "inadequate") == ("inadequate" in key_judgements), row


def test_the_council_once_named_for_two_weak_areas_had_one():
    (row,) = [row for row in ILACS if row["report"].startswith("oxfordshire")]
    assert [row["LEAD"], row["HP"], row["CIC"], row["OE"]] == ["good", "requires_improvement", "good", "good"]
    named = [check for edition in frameworks.editions() for check in edition.checks if "Oxfordshire" in check.says]
    assert named == []


def test_single_inspections_were_published_after_the_day_once_given_as_the_last():
    after = [row["report"] for row in SIF if row["published_on"] > "2018-02-01"]
    assert after == ["report-surrey-2018-05-16", "report-wandsworth-2018-07-20"]
    assert frameworks.edition("sif-2013").valid_to == date(2018, 7, 5)


@pytest.mark.parametrize("edition_id", ["ilacs-2018", "ilacs-2023", "ilacs-2025", "sif-2013"])
def test_a_count_the_table_is_too_small_for_names_its_source_and_the_day_it_was_read(edition_id):
    for check in frameworks.edition(edition_id).checks:
        assert re.search(r"\d+ (of \d+ published reports|graded inspections)", check.source), check.id
        assert "read by 29 November 2026" in check.source, check.id
