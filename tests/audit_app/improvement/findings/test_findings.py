"""Findings through the pages: raised by hand, corrected by one person at a time, withdrawn, listed and exported."""

import io

import openpyxl
import pytest

from audit_app.people.tables import Role
from findings.tables import AreaForImprovement, Finding, FindingInArea, FindingJudgementArea, Source
from tests.audit_app.improvement.rows import rows_of
from tests.builders_improvement import open_area, raise_finding, record_inspection

READS = (Role.auditor, Role.moderator, Role.team_manager, Role.leader)


@pytest.fixture
def qa(signed_in_as):
    return signed_in_as(Role.qa_manager)


@pytest.fixture
def finding(session):
    made = raise_finding(session)
    session.commit()
    return made.number


def test_a_finding_is_raised_by_hand_with_its_source_and_judgement_areas(qa, session):
    qa.get("/greenhaven/findings/raise")
    given = {
        "kind": "area_for_improvement",
        "origin": "complaints_and_compliments",
        "text": "Families wait too long for a reply to a complaint.",
        "judgement_areas": ["ilacs-2026/LEAD", "ilacs-2026/HP"],
        "document": "Annual complaints report",
        "dated_on-day": "1", "dated_on-month": "5", "dated_on-year": "2026",
    }  # fmt: skip
    qa.submit(given)
    assert qa.h1 == "FND-0001: Families wait too long for a reply to a complaint."
    assert "Annual complaints report" in qa.text and "1 May 2026" in qa.text
    assert {row.judgement_area_id for row in rows_of(session, FindingJudgementArea)} == {"LEAD", "HP"}
    qa.submit(form="/area")
    assert "AFI-0001: Families wait too long" in qa.h1
    assert "raised FND-0001: area for improvement" in qa.get("/greenhaven/findings/FND-0001").text


def test_a_bad_form_says_what_to_do_and_keeps_the_text(qa, session):
    qa.get("/greenhaven/findings/raise")
    seen = qa.submit({"text": "x" * 10_001, "judgement_areas": "made-up/AREA"}, status=422)
    assert "Choose the kind of finding" in seen.text
    assert "1 character too long" in seen.text
    assert seen.by_id("text").text == "x" * 10_001
    assert rows_of(session, Finding) == []


def test_five_equal_posts_raise_one_finding_fo_4(qa, session):
    qa.get("/greenhaven/findings/raise")
    data = {**qa.form_data(), "kind": "strength", "origin": "staff", "text": "Supervision helps."}
    for _ in range(5):
        qa.post("/greenhaven/findings/raise", data)
        assert qa.h1 == "FND-0001: Supervision helps."
    assert len(rows_of(session, Finding)) == 1


def test_two_people_correct_one_finding_and_neither_is_overwritten_fo_1(qa, signed_in_as, finding, session):
    other = signed_in_as(Role.qa_manager)
    qa.get(f"/greenhaven/findings/FND-000{finding}/correct")
    other.get(f"/greenhaven/findings/FND-000{finding}/correct")
    qa.submit({"text": "The first text."})
    seen = other.submit({"text": "The second text."}, status=409)
    assert "The first text." in seen.text and "The second text." in seen.text
    assert [row.text for row in rows_of(session, Finding)] == ["The first text."]


def test_an_inspectorates_words_stay_as_printed(qa, session):
    inspection = record_inspection(session)
    raise_finding(session, text="ensure chronologies are clear", verbatim=True, inspection_number=inspection.number)
    session.commit()
    qa.get("/greenhaven/findings/FND-0001/correct")
    assert "In Ofsted’s own words" in qa.text
    qa.submit({"text": "ensure chronologies are lovely", "title": "Chronologies"})
    assert [(row.text, row.title) for row in rows_of(session, Finding)] == [
        ("ensure chronologies are clear", "Chronologies")
    ]


def test_a_withdrawn_finding_stays_readable_with_its_reason(qa, finding, session):
    qa.get("/greenhaven/findings/FND-0001/withdraw")
    qa.submit({"reason": ""}, status=422)
    qa.submit({"reason": "Raised twice."})
    assert "Raised twice." in qa.text
    qa.get("/greenhaven/findings")
    assert "FND-0001" not in qa.main.text
    assert "FND-0001" in qa.get("/greenhaven/findings?status=withdrawn").text


def test_findings_from_elsewhere_join_an_area_and_leave_it(qa, finding, session):
    open_area(session)
    session.commit()
    qa.get("/greenhaven/findings/FND-0001/join")
    qa.submit({"area": "999"}, status=422)
    qa.submit({"area": "1"})
    assert [row.finding_number for row in rows_of(session, FindingInArea)] == [1]
    qa.submit(form="/leave")
    assert rows_of(session, FindingInArea) == []
    qa.get("/greenhaven/areas-for-improvement/AFI-0001/findings")
    assert "no such finding" in qa.submit({"finding": "FND-0099"}, status=422).text
    qa.submit({"finding": "fnd-0001"})
    assert len(rows_of(session, FindingInArea)) == 1


def test_a_source_names_only_audits_that_are_here_ob_5(qa, finding, session):
    qa.get("/greenhaven/findings/FND-0001/sources")
    seen = qa.submit({"kind": "audit", "audit_reference": "AUD-0999"}, status=422)
    assert "There is no audit AUD-0999 here" in seen.text
    qa.submit({"kind": "voice", "audit_reference": "", "words": "Parents said the same at three events."})
    assert len(rows_of(session, Source)) == 2


def test_the_register_takes_signs_literally_and_pages_stay_in_bounds_in_9(qa, session):
    raise_finding(session, text="Only 50% of plans were signed.")
    raise_finding(session, text="Of 50 plans few were signed.")
    session.commit()
    assert "1 finding." in qa.get("/greenhaven/findings?words=50%25").text
    assert "No finding fits" in qa.get("/greenhaven/findings?words=50_p").text
    assert "FND-0002" in qa.get("/greenhaven/findings?words=fnd-0002&page=99999").text
    qa.get("/greenhaven/findings?words=" + "x" * 300 + "&kind=odd&page=-1&origin=%27")


def test_the_export_holds_the_list_and_says_what_it_is_ex_1_ex_4(qa, session):
    raise_finding(session, text="=SUM(A1) is no way to begin.")
    session.commit()
    book = openpyxl.load_workbook(
        io.BytesIO(qa.client.get("/greenhaven/findings/register.xlsx?kind=area_for_improvement").data)
    )
    assert book["Findings"]["E3"].value == "'=SUM(A1) is no way to begin."
    facts = dict(row[:2] for row in book["About this export"].iter_rows(values_only=True))
    assert facts["What was chosen"] == "Findings, kind: area for improvement"
    assert facts["Rows"] in (1, "1")
    assert facts["Export"].startswith("EXP-FIN-")


@pytest.mark.parametrize("role", READS)
def test_others_read_and_do_not_write(signed_in_as, finding, session, role):
    reader = signed_in_as(role)
    reader.get("/greenhaven/findings/FND-0001")
    assert not reader.main.select("form")
    for path in ("findings/raise", "findings/FND-0001/correct", "findings/FND-0001/join", "inspections/record"):
        reader.get(f"/greenhaven/{path}", status=403)
    reader.post("/greenhaven/findings/FND-0001/area", status=403)
    assert rows_of(session, AreaForImprovement) == []


def test_administrators_see_nothing_and_what_is_not_there_is_not_found_ob_2(signed_in_as, session, finding):
    signed_in_as(Role.admin).get("/greenhaven/findings/FND-0001", status=403)
    signed_in_as(Role.qa_manager).get("/greenhaven/findings/FND-0009", status=404)
