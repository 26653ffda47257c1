"""What inspectors judged: under its own framework and area alone, the latest first; what follows, from the latest."""

from datetime import UTC, date, datetime

import frameworks
from audit_app.packs.composing import inspectors
from audit_app.packs.composing.extract import Inspections
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
