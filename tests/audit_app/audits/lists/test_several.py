"""Several audits ticked on a list: printed together, given to others or more time; refusals named, each logged."""

from datetime import date

import pypdfium2
import pytest
from sqlmodel import select

from audit_app.audits.conflicts import queries as conflicts
from audit_app.audits.conflicts.nearness import Nearness, doubts
from audit_app.audits.tables import CaseAudit
from audit_app.history import HistoryEntry
from audit_app.people.tables import Role
from tests import builders
from tests.builders_audits import make_audit, make_submitted

SEVERAL = "/greenhaven/audits/several"
CHOSEN = "?audit=AUD-0001&audit=AUD-0002&audit=AUD-0003"


@pytest.fixture
def three(session, council):
    """Two audits not begun and a submitted one; and an auditor who manages the team of all of them."""
    for number in (1, 2):
        make_audit(session, council.team, council.auditor, case_reference=f"G-10000{number}")
    make_submitted(session, council.team, council.auditor, case_reference="G-100003")
    council.near = builders.make_person(
        session, [Role.auditor, Role.team_manager], name="Nora Near", manages=[council.team]
    ).id
    session.commit()


def given(session):
    session.expire_all()
    rows = session.exec(select(CaseAudit).order_by(CaseAudit.number)).all()
    values = [(row.auditor_id, row.due_on) for row in rows]
    session.rollback()
    return values


def test_given_to_others_in_one_write_with_refusals_named_and_nearness_asked_about(
    session, council, three, signed_in_as
):
    qa = signed_in_as(person_id=council.qa)
    before = given(session)
    qa.get(f"{SEVERAL}/auditor{CHOSEN}")
    assert "AUD-0003 is submitted, so it stays as it is" in qa.text
    qa.submit({}, status=422)
    assert "Choose an auditor, a due date, or both" in qa.errors
    qa.submit({"auditor_id": str(council.near)}, status=422)
    assert "AUD-0001: Nora Near manages" in qa.text and given(session) == before
    due = {"due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"}
    qa.submit({"auditor_id": str(council.other_auditor), **due})
    assert "2 audits changed" in qa.text.lower()
    assert given(session) == [(council.other_auditor, date(2027, 3, 1))] * 2 + [before[2]]
    logged = select(HistoryEntry.reference).where(HistoryEntry.event == "audit.reallocated")
    assert sorted(session.exec(logged).all()) == ["AUD-0001", "AUD-0002"]


def test_what_changed_meanwhile_is_not_given_away(session, council, three, signed_in_as):
    qa = signed_in_as(person_id=council.qa)
    qa.get(f"{SEVERAL}/auditor{CHOSEN}")
    session.get(CaseAudit, (builders.AUTHORITY_ID, 1)).revision += 1
    session.commit()
    before = given(session)
    qa.submit({"auditor_id": str(council.other_auditor)}, status=409)
    assert given(session) == before


def test_several_are_printed_for_who_may_read_them_all(session, council, three, signed_in_as):
    qa = signed_in_as(person_id=council.qa)
    qa.get(f"{SEVERAL}?stage=allocated&ticked=all")
    assert [box.get("value") for box in qa.select("input", name="audit")] == ["AUD-0002", "AUD-0001"]
    document = pypdfium2.PdfDocument(qa.get(f"{SEVERAL}/paper.pdf{CHOSEN}").response.data)
    whole = " ".join(page.get_textpage().get_text_range() for page in document)
    assert all(f"G-10000{number}" in whole for number in (1, 2, 3)) and "OFFICIAL-SENSITIVE" in whole
    manager = signed_in_as(person_id=council.manager)
    manager.get(f"{SEVERAL}/paper.pdf{CHOSEN}", status=404)
    manager.get(f"{SEVERAL}/paper.pdf?audit=AUD-0003")
    exports = session.exec(select(HistoryEntry).where(HistoryEntry.event == "people.paper_taken_out")).all()
    assert [entry.facts.count("3 audits") for entry in exports] == [1, 0]


def test_nearness_is_told_of_team_action_and_earlier_audit(session, council, three):
    pairings = [(council.near, council.team, "G-100001"), (council.auditor, council.other_team, "G-100003")]
    near = conflicts.nearness(session, builders.AUTHORITY_ID, pairings, date(2026, 11, 2))
    assert near[pairings[0]] == Nearness(manages_team=True, in_team=True)
    assert near[pairings[1]] == Nearness(wrote_before="AUD-0003")
    without = conflicts.nearness(session, builders.AUTHORITY_ID, pairings[1:], date(2026, 11, 2), but=[3])
    assert without[pairings[1]] == Nearness()
    assert len(doubts("Asha", "North", Nearness(True, True, "AAC-0001", "AUD-0002"))) == 3


def test_setting_one_up_asks_about_an_auditor_who_is_near(session, council, three, signed_in_as):
    qa = signed_in_as(person_id=council.qa)
    qa.get("/greenhaven/audits/new/child-protection/core")
    record = {"subject": "child", "case_reference": "g-777777", "how_chosen": "random"}
    qa.submit({**record, "team_id": str(council.team), "auditor_id": str(council.near)}, status=422)
    assert "Nora Near manages" in qa.text
    qa.submit({"near": "yes"})
    assert session.get(CaseAudit, (builders.AUTHORITY_ID, 4)).case_reference == "G-777777"


def test_an_observed_visit_asks_for_consent_and_is_not_submitted_without_it(session, council, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get("/greenhaven/audits/new/practice-observation/core")
    assert "Code of the practitioner who is observed" in auditor.text and "Day of the visit" in auditor.text
    typed = {"case_reference": "G-888888", "how_chosen": "purposive", "team_id": str(council.team)}
    auditor.submit({**typed, "auditor_id": str(council.auditor)}, status=422)
    assert "Say whether the family agreed to being observed" in auditor.errors
    auditor.submit({"family_consent": "to-ask"})
    auditor.get("/greenhaven/audits/AUD-0001/check")
    wanting = "Say in the details that the family agreed to being observed."
    assert wanting in auditor.text
    auditor.get("/greenhaven/audits/AUD-0001/details")
    auditor.submit({"family_consent": "recorded"})
    auditor.get("/greenhaven/audits/AUD-0001/check")
    assert wanting not in auditor.text
