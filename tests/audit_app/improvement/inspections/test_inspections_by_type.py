"""An inspection behaves by the type of its framework: grades, outcome, points, narrative; advice, no verdict."""

from datetime import date

import pytest
from sqlmodel import select

from audit_app.improvement import judgement_areas
from audit_app.improvement.inspections import outcomes, service
from audit_app.people.tables import Role
from findings import register
from findings.errors import Invalid
from findings.states import InspectionKind
from findings.tables import Finding, Inspection, Judgement
from tests import builders

A = builders.AUTHORITY_ID
HERE = "/greenhaven/inspections"


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


def record(session, edition_id, **more):
    given = {"kind": InspectionKind.inspection, "title": "The inspection", "published_on": date(2024, 5, 20)}
    row = service.record_inspection(session, A, by=1, now=builders.MOMENT, edition_id=edition_id, **{**given, **more})
    session.commit()
    return row.number


def enter(page, number, **grades):
    page.get(f"{HERE}/INS-{number:04d}/judgements")
    page.submit({f"grade_{area.replace('_', '-')}": code for area, code in grades.items()})
    return page


def test_grades_that_seldom_go_together_are_asked_about_and_kept(session, qa):
    number = record(session, "ilacs-2023")
    enter(qa, number, LEAD="good", HP="good", CIC="good", CL="inadequate", OE="requires_improvement")
    assert "Worth checking: an experience judgement is inadequate and the overall grade is not." in qa.text
    assert "33 of 33 inspections" in qa.text
    assert len(session.exec(select(Judgement)).all()) == 5


def test_from_april_2026_no_overall_grade_is_asked_taken_or_shown(session, qa):
    number = record(session, "ilacs-2026")
    qa.get(f"{HERE}/INS-0001/judgements")
    assert "This edition has no overall grade, so none is asked for." in qa.text
    assert "grade_OE" not in qa.field_names()
    qa.submit({"grade_HP": "good", "grade_OE": "outstanding"})
    assert [row.judgement_area_id for row in session.exec(select(Judgement)).all()] == ["HP"]
    session.rollback()
    with pytest.raises(Invalid):
        service.record_judgements(session, A, number, {"OE": ("good", "")}, by=1, now=builders.MOMENT)
    register.record_judgement(
        session, A, inspection_number=number, judgement_area_id="OE", grade_code="good", by=1, now=builders.MOMENT
    )
    session.commit()
    qa.get(f"{HERE}/INS-0001")
    assert "1 judgement entered earlier is not one of this edition and is not shown: OE." in qa.text
    assert "Overall effectiveness" not in qa.text


def test_an_outcome_says_what_follows_and_about_when(session, qa):
    number = record(session, "area-send-2023")
    enter(qa, number, OUT="outcome_3")
    assert "A priority action plan (area SEND) is required." in qa.text
    # 20 May 2024 and 18 months: November 2025; 36 months: May 2027.
    assert "That is about November 2025." in qa.text and "That is about May 2027." in qa.text


def test_points_stand_beside_the_rating_people_entered(session, qa):
    number = record(session, "hmip-youth-2021")
    counted = [f"S{d}_{n}" for d in (1, 2, 3) for n in (1, 2, 3, 4)]
    enter(qa, number, **dict.fromkeys(counted, "good"), S4_1="inadequate", OE="requires_improvement")
    assert "24 of 36 points over 12 standards (66.67%). By the table that total stands beside Good." in qa.text
    assert "4.1 Policy and provision does not count." in qa.text
    assert "Neither the points nor the table is verified." in qa.text
    assert "the overall rating entered is Requires improvement. Check both against the report." in qa.text


def test_a_part_of_the_standards_gives_no_band(session, qa):
    number = record(session, "hmip-youth-2021")
    enter(qa, number, S1_1="good")
    assert "2 of 3 points over 1 standard" in qa.text
    assert "11 standards that count are not entered yet, so the table is not asked" in qa.text


def test_a_narrative_inspection_asks_for_no_grade_and_takes_a_theme_and_agencies(session, qa):
    number = record(session, "jtai-2022", theme="jtai-2022/serious-youth-violence")
    qa.get(f"{HERE}/INS-0001")
    assert "Serious youth violence" in qa.text and "This kind of inspection gives no grades." in qa.text
    qa.get(f"{HERE}/INS-0001/judgements")
    assert "gives no grades: what it says is entered as findings" in qa.text
    qa.get(f"{HERE}/INS-0001/paste")
    qa.submit({"pasted": "- attendance at strategy meetings", "kind": "area_for_improvement"})
    qa.submit({"agencies_1": ["police", "health"]})
    found = session.exec(select(Finding)).one()
    assert (found.agencies, found.inspection_number) == ("police,health", number)
    qa.get("/greenhaven/findings/FND-0001")
    assert "for Police and Health services" in qa.text


def test_a_theme_of_another_framework_is_refused(session, qa):
    with pytest.raises(Invalid, match="not one of the framework"):
        record(session, "ilacs-2026", theme="jtai-2022/front-door")
    session.rollback()
    qa.get(f"{HERE}/record")
    fields = {"kind": "inspection", "body": "Ofsted", "title": "Joint visit", "edition_id": "jtai-2016"}
    qa.submit({**fields, "theme": "jtai-2022/front-door"}, status=422)
    assert "This theme is not one of the framework and edition chosen" in qa.text
    qa.submit({**fields, "theme": "jtai-2016/neglect-2017"})
    assert session.exec(select(Inspection)).one().theme == "neglect-2017"


def test_a_peer_review_ends_in_a_conclusion_on_unsafe_practice(session, qa):
    number = record(session, "lga-peer-2012", kind=InspectionKind.peer_review)
    enter(qa, number, UNSAFE="none_seen")
    assert "No unsafe practice was seen" in qa.text


def test_expectations_are_no_framework_to_inspect_under():
    offered = {value for value, _ in judgement_areas.edition_choices()}
    assert not offered & {"national-framework-2023", "working-together-2023", "case-audit-1"}
    assert {"ilacs-2018", "sif-2013", "jtai-2016", "area-send-2023", "hmip-youth-2021", "lga-peer-2012"} <= offered
    areas = {value for value, _ in judgement_areas.area_choices()}
    assert "national-framework-2023/O3" in areas


def test_a_finding_form_offers_the_areas_of_the_editions_in_use_only(session, qa):
    qa.get("/greenhaven/findings/raise")
    assert "HMIP" not in qa.text.upper() or "S1-1" not in qa.html
    assert 'value="ilacs-2026/HP"' in qa.html and 'value="hmip-youth-2021/S1-1"' not in qa.html
    record(session, "hmip-youth-2021")
    qa.get("/greenhaven/findings/raise")
    assert 'value="hmip-youth-2021/S1-1"' in qa.html


def test_a_month_from_publication_rolls_over_the_year():
    edition = judgement_areas.find_edition("area-send-2023")
    follows = outcomes.of_judgements(edition, {"OUT": "outcome_1"}, date(2023, 12, 31)).follows
    assert [one.when for one in follows] == ["about December 2028", ""]
    unknown = outcomes.of_judgements(edition, {"OUT": "outcome_1"}, None).follows
    assert unknown[0].when == "counted from publication, whose day is not entered"


def test_a_standard_the_report_does_not_rate_is_entered_and_leaves_the_total(session, qa):
    """As Ceredigion 2024: eight standards rated, one of them requiring improvement: 1 of 24, published as 4.17%."""
    number = record(session, "hmip-youth-2021")
    standards = [area.id for area in judgement_areas.find_edition("hmip-youth-2021").areas if area.counts]
    unrated = standards[-4:]
    given = {name: "not_rated" if name in unrated else "inadequate" for name in standards}
    given[standards[0]] = "requires_improvement"
    qa.get(f"{HERE}/INS-{number:04d}/judgements")
    assert "Not rated in the report: it is left out of the total" in qa.text
    qa.submit({**{f"grade_{name}": code for name, code in given.items()}, "grade_OE": "inadequate"})
    assert "1 of 24 points over 8 standards (4.17%)." in qa.text
    assert "Not rated in the report, so left out of both numbers: 3.1 Assessment, 3.2 Planning" in qa.text
    assert "not entered yet" not in qa.text and "stands beside" not in qa.text
    qa.get(f"{HERE}/INS-{number:04d}")
    assert "Not rated" in qa.text


def test_an_overall_rating_and_a_graded_framework_know_no_not_rated(session, qa):
    number = record(session, "hmip-youth-2021")
    with pytest.raises(Invalid):
        service.record_judgements(session, A, number, {"OE": ("not_rated", "")}, by=1, now=builders.MOMENT)
    graded = record(session, "ilacs-2023")
    with pytest.raises(Invalid):
        service.record_judgements(session, A, graded, {"HP": ("not_rated", "")}, by=1, now=builders.MOMENT)
    qa.get(f"{HERE}/INS-{graded:04d}/judgements")
    assert "Not rated" not in qa.text


def test_leaders_alone_are_spoken_of_only_where_no_other_area_is_inadequate(session, qa):
    number = record(session, "ilacs-2023")
    enter(qa, number, LEAD="inadequate", HP="inadequate", CIC="good", CL="good", OE="inadequate")
    assert "only leadership inadequate" not in qa.text and "Worth checking" not in qa.text
    enter(qa, number, LEAD="inadequate", HP="requires_improvement", CIC="good", CL="good", OE="inadequate")
    assert "Worth checking: leadership is inadequate and no other area is." in qa.text
