"""What inspectors judged: under its own framework and area alone, the latest first; what follows, from the latest."""

from datetime import UTC, date, datetime

import pytest

import frameworks
from audit_app.packs.composing import inspectors
from audit_app.packs.composing.extract import Inspections
from audit_app.packs.contents import InspectorsGrade
from findings.states import InspectionKind
from findings.tables import Inspection, Judgement
from frameworks.crosswalk import AreaReference
from tests.audit_app.packs.composing.test_sentences import narrator

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


def inspected(*reports):
    """Reports by edition and year, each with its judgements: area, code and what else was printed of it."""
    by_number, judgements = {}, []
    for number, (edition, year, *judged) in enumerate(reports, start=1):
        by_number[number] = Inspection(
            authority_id=1, number=number, kind=InspectionKind.inspection, title=f"Report {number}",
            edition_id=edition, published_on=date(year, 5, 1), recorded_by=1, recorded_at=NOW,
        )  # fmt: skip
        for area, code, *more in judged:
            words = dict(zip(("printed_name", "paragraphs"), more, strict=False))
            judgements.append(Judgement(authority_id=1, inspection_number=number, judgement_area_id=area,
                                        grade_code=code, recorded_by=1, recorded_at=NOW, **words))  # fmt: skip
    return Inspections(by_number, judgements)


def test_a_grade_stands_under_its_own_framework_and_area():
    held = inspected(
        ("ilacs-2023", 2022, ("HP", "inadequate")),
        ("ilacs-2026", 2026, ("LEAD", "outstanding"), ("HP", "good")),
        ("sif-2013", 2014, ("HP", "requires_improvement")),
        ("ilacs-2026", 2027, ("HP", "outstanding")),
    )
    printed = inspectors.grades_of(held, AreaReference("ilacs-2026", "HP"), narrator())
    assert [grade.grade for grade in printed] == ["Outstanding", "Good"]
    latest = inspectors.latest_alone(held).judgements
    assert {(row.inspection_number, row.judgement_area_id, row.grade_code) for row in latest} == {
        (1, "HP", "inadequate"), (2, "LEAD", "outstanding"), (3, "HP", "requires_improvement"),
        (4, "HP", "outstanding"),
    }  # fmt: skip


def test_a_grade_is_printed_under_the_name_and_paragraphs_of_its_report_or_the_areas_own_name():
    named = ("HP", "good", "Help as printed", "12")
    held = inspected(("ilacs-2026", 2026, ("LEAD", "outstanding"), named, ("CIC", "good", "", "1 to 3")))
    edition = frameworks.edition("ilacs-2026")
    assert inspectors.printed_grades(held, held.by_number[1], narrator()) == [
        f"{edition.area('LEAD').name}: Outstanding", "Help as printed: Good, paragraph 12",
        f"{edition.area('CIC').name}: Good, paragraphs 1 to 3",
    ]  # fmt: skip


def test_what_follows_is_that_of_the_latest_outcome_alone():
    edition = frameworks.edition("area-send-2023")
    held = inspected(
        ("area-send-2023", 2026, ("OUT", "outcome_1")), ("area-send-2023", 2023, ("OUT", "outcome_3")),
        ("ilacs-2026", 2027, ("HP", "good")), ("area-send-2023", 2027),
    )  # fmt: skip
    first, second = inspectors.what_latest_means(held, edition)
    assert first.startswith("What follows: The next full inspection comes in about five years. That is about May 2031.")
    assert second.startswith("What follows: The partnership updates")
    assert inspectors.what_latest_means(held, frameworks.edition("ilacs-2018")) == ()
    assert inspectors.what_latest_means(held, frameworks.edition("ilacs-2026")) == ()


def test_a_grade_names_its_report_its_day_and_who_made_it_as_far_as_is_known_and_the_undated_come_last():
    held = inspected(
        ("ilacs-2026", 2025, ("HP", "good", "", "12")),
        ("ilacs-2026", 2026, ("HP", "made_up", "Help as printed", "12, 13")),
        ("ilacs-2026", 2027, ("HP", "outstanding")),
    )
    held.by_number[1].body, held.by_number[1].document_title = "Ofsted", "Letter"
    held.by_number[3].published_on = None
    held = Inspections(held.by_number, [*held.judgements, Judgement(
        authority_id=1, inspection_number=9, judgement_area_id="HP", grade_code="good", recorded_by=1, recorded_at=NOW
    )])  # fmt: skip
    assert inspectors.grades_of(held, AreaReference("ilacs-2026", "HP"), narrator()) == (
        InspectorsGrade("Report 2, published 1 May 2026, paragraphs 12, 13", "Help as printed", "Made up", "made_up"),
        InspectorsGrade("Ofsted: Letter, published 1 May 2025, paragraph 12", "", "Good", "good"),
        InspectorsGrade("Report 3", "", "Outstanding", "outstanding"),
    )
    elsewhere = inspectors.grades_of(inspected(("gone-1999", 2001, ("HP", "good"))), AreaReference("gone-1999", "HP"),
                                     narrator())  # fmt: skip
    assert elsewhere == (InspectorsGrade("Report 1, published 1 May 2001", "", "Good", "good"),)


def test_of_two_judgements_of_one_area_the_latest_stays_and_of_two_of_a_day_the_first():
    held = inspected(
        ("ilacs-2026", 2026, ("HP", "good")), ("ilacs-2026", 2025, ("HP", "inadequate")),
        ("ilacs-2026", 2026, ("HP", "outstanding")), ("ilacs-2023", 2026, ("HP", "good")),
    )  # fmt: skip
    alone = Judgement(authority_id=1, inspection_number=9, judgement_area_id="HP", grade_code="good", recorded_by=1,
                      recorded_at=NOW)  # fmt: skip
    left = inspectors.latest_alone(Inspections(held.by_number, [*held.judgements, alone]))
    assert [(row.inspection_number, row.grade_code) for row in left.judgements] == [(1, "good"), (4, "good")]
    assert left.by_number == held.by_number
    held.by_number[1].published_on = None
    assert [row.inspection_number for row in inspectors.latest_alone(held).judgements] == [3, 4]


def test_the_grade_of_the_whole_service_is_printed_where_the_framework_gives_one():
    editions = {name: frameworks.edition(name) for name in ("ilacs-2018", "jtai-2022")}
    whole = editions["ilacs-2018"].overall.id
    held = inspected(("ilacs-2018", 2026, ("HP", "good"), (whole, "outstanding")), ("jtai-2022", 2026, (whole, "good")))
    overall = {name: inspectors.overall_grades(held, edition, narrator()) for name, edition in editions.items()}
    assert [grade.grade for grade in overall["ilacs-2018"]] == ["Outstanding"]
    assert (editions["jtai-2022"].overall, overall["jtai-2022"]) == (None, ())


def test_the_latest_outcome_is_that_of_the_later_report_of_two_without_a_day_and_of_none_that_judged_nothing():
    edition = frameworks.edition("area-send-2023")
    held = inspected(("area-send-2023", 2026, ("OUT", "outcome_3")), ("area-send-2023", 2026, ("OUT", "outcome_2")),
                     ("area-send-2023", 2027, ("", "outcome_1"), ("OUT", "")))  # fmt: skip
    assert inspectors.what_latest_means(held, edition) == ()
    for number in (1, 2):
        held.by_number[number].published_on = None
    del held.by_number[3]
    follows = inspectors.what_latest_means(held, edition)
    assert follows == (
        (
            "What follows: The next full inspection comes in about three years. That is counted from publication, "
            "whose day is not entered. Source: Published reports."
        ),
        (
            "What follows: The partnership updates and publishes its strategic plan. "
            "Source: Published reports (asked for in 41 of 55)."
        ),
    )


POINTS = frameworks.edition("hmip-youth-2021")
STANDARDS = {area.id: area.name for area in POINTS.areas if area.counts}
COUNTED_NOT = "Not counted: 4.1 Policy and provision."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            dict.fromkeys(STANDARDS, "good"),
            "24 of 36 points over 12 standards (66.67%). By the table that total stands beside Good.",
        ),
        (
            {**dict.fromkeys(STANDARDS, "good"), "S1-1": "not_rated"},
            ("22 of 33 points over 11 standards (66.67%). Not rated, so left out of both numbers; the table, which is "
            "of all, is not asked: 1.1 Governance and leadership."),
        ),
        (
            {key: "outstanding" for key in STANDARDS if key not in ("S1-1", "S3-4")},
            ("30 of 30 points over 10 standards (100.00%). Not entered, so the table is not asked: "
            "1.1 Governance and leadership and 3.4 Policy and provision."),
        ),
    ],
)  # fmt: skip
def test_how_many_points_the_standards_make_is_told_with_what_the_table_was_asked_and_whence_it_comes(given, says):
    (told,) = inspectors.what_grades_mean(POINTS, given, None)
    source = POINTS.scoring.source.rstrip(".")
    assert told == f"{says} {COUNTED_NOT} Neither the points nor the table is verified. Source: {source}."


def test_points_are_told_of_no_share_where_nothing_counts_and_not_at_all_where_nothing_was_judged():
    (told,) = inspectors.what_grades_mean(POINTS, {"S4-1": "good"}, None)
    assert told.startswith("0 of 0 points over no standards. Not entered, so the table is not asked: 1.1 Governance")
    assert inspectors.what_grades_mean(POINTS, {}, None) == ()


@pytest.mark.parametrize(
    ("edition_id", "code", "name"),
    [
        ("ilacs-2026", "requires_improvement", "Requires improvement to be good"),
        ("ilacs-2026", "made_up", "Made up"),
        ("gone-1999", "requires_improvement", "Requires improvement"),
    ],
)
def test_a_grade_has_the_name_its_framework_prints_and_else_its_code_in_words(edition_id, code, name):
    held = inspected((edition_id, 2026, ("HP", code)))
    (printed,) = inspectors.grades_of(held, AreaReference(edition_id, "HP"), narrator())
    assert (printed.grade, printed.grade_code) == (name, code)
