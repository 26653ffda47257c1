"""The pages of the three views: side by side with n and dates, for those who lead; a manager's teams told as such."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from audit_app import clock
from audit_app.people.tables import Role
from findings import register
from tests import builders, builders_improvement, builders_views
from tests.builders import AUTHORITY_ID, AUTHORITY_KEY
from tests.builders_views import add_audit

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
LIST = f"/{AUTHORITY_KEY}/self-assessments/three-views"
HP = f"{LIST}/ilacs-2026/HP"


@pytest.fixture
def council(session, monkeypatch, built_once):
    """40 records drawn at random in two teams, 14 of them good or better; 3 chosen; an inspection; a draft."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return built_once("forty-four records in three views", lambda: make_council(session))


def make_council(session):
    teams = [builders.make_team(session, name, service=name) for name in ("East", "West")]
    for place in range(40):
        add_audit(session, teams[place % 2], "good" if place < 14 else "requires_improvement", ago=10 + place)
    for _ in range(3):
        add_audit(session, teams[0], "outstanding", how_chosen="purposive")
    add_audit(session, teams[0], "outstanding", ago=300)
    manager = builders.make_person(session, roles=(Role.team_manager,), manages=teams[1:]).id
    inspection = builders_improvement.record_inspection(
        session, edition_id="ilacs-2025", published_on=date(2024, 9, 20), title="Inspection of Greenhaven"
    )
    for area, grade in (("HP", "requires_improvement"), ("OE", "good")):
        register.record_judgement(
            session, AUTHORITY_ID, inspection_number=inspection.number, judgement_area_id=area, grade_code=grade,
            printed_name=f"{area} as printed", by=1, now=NOW,
        )  # fmt: skip
    builders_views.add_assessment(session, 1, {"HP": "good"})
    session.commit()
    return SimpleNamespace(manager=manager)


@pytest.mark.parametrize("role", [Role.qa_manager, Role.leader])
def test_those_who_lead_read_the_sentence_and_the_figures_it_stands_on(signed_in_as, council, role):
    page = signed_in_as(role)
    for address in (f"{LIST}?months=6", f"{HP}?months=6"):
        text = page.get(address).text
        assert (
            "You say good in a draft; 14 of 40 records drawn at random are graded good or better; "
            "Ofsted said requires improvement to be good in 2024."
        ) in text
        assert "14 of 40 (35%)" in text
        assert "22 to 50 in 100" in text
        assert "You say better than Ofsted did." in text
        assert "the same under another edition" in text
        assert "SAS-0001" in text
        assert "43" not in text  # the chosen are never added
    overview = page.get(LIST).text
    assert "Overall grades, where a framework gave one" in overview
    assert "gives no overall grade, and none is worked out here" in overview
    assert "15 of 41 (37%)" in overview  # a year, unless another period is asked for
    area = page.get(f"{HP}?months=6").text
    assert "3 records" in area
    assert "Audits that were chosen" in area


def test_who_says_how_many_records_there_are_gets_a_narrower_range(signed_in_as, council):
    page = signed_in_as(Role.leader)
    assert "31 to 40 in 100" in page.get(f"{HP}?months=6&population=44").text
    for nonsense in ("", "many", "-3", "0", "9" * 40, "3"):
        assert "22 to 50 in 100" in page.get(f"{HP}?months=6&population={nonsense}").text


def test_a_manager_reads_of_their_own_team_and_is_told_so(signed_in_as, council):
    page = signed_in_as(person_id=council.manager)
    text = page.get(f"{HP}?months=6").text
    assert "those of the teams you manage, not of the whole service" in text
    assert "7 of 20 (35%)" in text
    assert "SAS-0001" not in text  # nor a self-assessment they neither lead nor write


def test_what_is_not_there_is_not_found_and_what_cannot_be_read_is_as_usual(signed_in_as, council):
    page = signed_in_as(Role.qa_manager)
    page.get(f"{LIST}/ilacs-2026/NONE", status=404)
    page.get(f"{LIST}/nowhere/HP", status=404)
    assert "15 of 41" in page.get(f"{LIST}?months=7&edition=nowhere").text


@pytest.mark.parametrize("role", [Role.auditor, Role.admin, Role.business_support])
def test_nobody_else_opens_them(signed_in_as, council, role):
    signed_in_as(role).get(LIST, status=403)


def test_a_council_without_anything_is_told_what_is_missing(signed_in_as):
    text = signed_in_as(Role.leader).get(LIST).text
    assert "You say nothing of this area yet." in text
    assert "No agreed audit drawn at random speaks to this area as a whole." in text
    assert "No inspection or review on record judged this area." in text
