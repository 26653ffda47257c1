"""The pages of data protection as people walk them: a period, a hold, a removal by two, its certificate."""

import pytest
from sqlmodel import select

from audit_app import clock
from audit_app.audits.tables import CaseAudit
from audit_app.home.state import queries as state_queries
from audit_app.people.tables import Role
from audit_app.records.kinds import KINDS
from audit_app.records.retention import queries as retention
from audit_app.records.tables import HeldKind, RetentionPeriod
from findings import rules
from tests import builders
from tests.audit_app.records import planted
from tests.audit_app.records.planted import CASE, COUNCIL, NOW

R = "/greenhaven/records"
AUDITS = f"{R}/retention/audits_agreed"


@pytest.fixture
def audits(session, people, built_once):
    """Two agreed audits of one record, and one of another; agreed on 3 November 2026."""
    return built_once("audits of two records", lambda: make_audits(session, people))


def make_audits(session, people):
    made = [planted.plant_audit(session, people) for _ in range(2)]
    made.append(planted.plant_audit(session, people, case="G-445566"))
    session.commit()
    return made


def months_since(day):
    """One month more than whole months have passed since a day, counted here by itself."""
    today = clock.today()
    return (today.year - day.year) * 12 + today.month - day.month


def test_a_period_is_saved_only_with_what_it_removes_in_view_and_removes_nothing_itself(
    signed_in_as, audits, session, now, app
):
    qa = signed_in_as(Role.qa_manager)
    qa.get(f"{R}/retention")
    assert "No period is set for audits never submitted" in qa.text and "Past its time" in qa.text
    qa.get(AUDITS)
    assert "Save this period" not in qa.text
    qa.get(f"{AUDITS}?months=none&counts_from=agreed_at", status=422)
    assert "must be a whole number between 1 and 1,200" in qa.text
    qa.get(f"{AUDITS}?months=1200&counts_from=agreed_at")
    assert "Today 0 of agreed audits. Within three months 0 more" in qa.text
    qa.submit({"why": ""}, status=422)
    assert "Say where this comes from" in qa.text
    qa.submit({"why": "Schedule 2024, line 12"})
    assert "Schedule 2024, line 12" in qa.text and "1,200 months from the day it was agreed" in qa.text
    assert session.exec(select(RetentionPeriod.months)).all() == [1200]
    assert len(session.exec(select(CaseAudit)).all()) == 3
    states = state_queries.states(session, COUNCIL, app.config, now)
    sentence = next(state.sentence for state in states if state.about == "Retention")
    assert "withdrawn evidence" in sentence and "agreed audits" not in sentence
    session.rollback()
    qa.get(AUDITS)
    qa.submit({}, form="no-period")
    assert session.exec(select(RetentionPeriod.months)).all() == []


def test_what_is_past_its_time_is_counted_by_day_kind_and_hold(session, people, audits):
    kind = next(kind for kind in KINDS if kind.code == "audits_agreed")
    agreed = audits[0].agreed_at.date()
    for months, today, expected in (
        (6, rules.months_later(agreed, 6), (3, 0)),
        (7, rules.months_later(agreed, 6), (0, 3)),
        (24, rules.months_later(agreed, 6), (0, 0)),
    ):
        due = retention.due(session, COUNCIL, retention.Period(kind, months, "agreed_at"), today)
        assert (len(due.now), due.soon) == expected
    given = {"reason": "A claim", "held_from": agreed, "review_on": rules.months_later(agreed, 9), "by": people.first}
    planted.holds.place(session, COUNCIL, held=HeldKind.case, target=CASE, now=NOW, **given)
    due = retention.due(session, COUNCIL, retention.Period(kind, 6, "agreed_at"), rules.months_later(agreed, 6))
    assert ([thing.reference for thing in due.now], due.held) == (["AUD-0003"], 2)


def test_a_hold_is_placed_shown_where_it_holds_and_lifted_with_a_reason(signed_in_as, audits, people):
    leader = signed_in_as(Role.leader)
    leader.get(f"{R}/holds/new?on=AUD-0001")
    leader.submit({"reason": ""}, status=422)
    assert "Say why it is held" in leader.text
    leader.submit({"held": "case", "target": "G-999999", "reason": "An inquiry"}, status=422)
    assert "No audit of this case reference is here" in leader.text
    leader.submit({"held": "thing", "target": "aud-0001", "reason": "An inquiry"})
    assert leader.h1 == "HLD-0001: legal hold"
    for page in (signed_in_as(person_id=people.auditor), signed_in_as(Role.qa_manager)):
        page.get("/greenhaven/audits/AUD-0001")
        assert "Under legal hold HLD-0001" in page.text and "An inquiry" not in page.text
        page.get("/greenhaven/audits/AUD-0002")
        assert "Under legal hold" not in page.text
    leader.get(f"{R}/holds/HLD-0001/change")
    leader.submit({"reason": "A wider inquiry"})
    assert "A wider inquiry" in leader.text
    leader.get(f"{R}/holds/HLD-0001/lift")
    leader.submit({"reason": "It has ended"})
    assert "It was lifted" in leader.text
    leader.get("/greenhaven/audits/AUD-0001")
    assert "Under legal hold" not in leader.text


def test_one_person_asks_another_agrees_and_the_certificate_names_no_child(signed_in_as, audits, work, session):
    qa = signed_in_as(Role.qa_manager, name="Asking Person")
    qa.get(f"{R}/removals/new?target=G-000009&packs=none", status=422)
    assert "Nothing of this is here" in qa.text
    qa.get(f"{R}/removals/new?target={CASE}&packs=every")
    assert "2 of agreed audits" in qa.text and "What no removal reaches" in qa.text
    qa.submit({"reason": f"All of {CASE}"}, status=422)  # a warning that may be put aside …
    qa.submit({"reason": f"All of {CASE}"}, status=422)  # … and a refusal that may not
    assert "Do not name the record in it" in qa.text
    qa.submit({"reason": "The family asked"})
    assert qa.h1 == "RMV-0001: asked to be removed" and "Agree, and remove" not in qa.text
    leader = signed_in_as(Role.leader, name="Agreeing Person")
    leader.get("/greenhaven/")
    assert "Agree to RMV-0001, or keep it" in leader.text
    leader.get(f"{R}/removals/RMV-0001")
    leader.submit({}, form="agree")
    assert "The worker removes one thing after the other" in leader.text
    work()
    leader.get(f"{R}/removals/RMV-0001")
    assert leader.h1 == "Certificate of removal RMV-0001"
    for words in ("Asking Person", "Agreeing Person", "The family asked", "Agreed audits"):
        assert words in leader.text
    assert CASE not in leader.text
    file = leader.client.get(f"{R}/removals/RMV-0001/certificate.pdf", base_url="http://localhost").get_data()
    assert file.startswith(b"%PDF") and b"/StructTreeRoot" in file
    session.expire_all()
    assert session.exec(select(CaseAudit.case_reference)).all() == ["G-445566"]
    leader.get("/greenhaven/dashboard?months=12")
    if "removed for good and are not counted" not in leader.text:
        assert rules.months_later(clock.today(), -12) > builders.MOMENT.date()


def test_what_was_asked_can_be_kept_and_a_changed_list_cannot_be_agreed_to(signed_in_as, audits, people, session):
    qa = signed_in_as(Role.qa_manager)
    qa.get(f"{R}/removals/new?target={CASE}&packs=every")
    qa.submit({"reason": "The family asked"})
    planted.plant_audit(session, people)
    session.commit()
    other = signed_in_as(Role.qa_manager)
    other.get(f"{R}/removals/RMV-0001")
    assert "not the one that was asked for" in other.text and "Agree, and remove" not in other.text
    other.submit({}, form="ask-anew")
    assert "You asked for this" in other.text
    other.submit({}, form="keep")
    assert other.h1 == "RMV-0001: Kept: nothing was removed"
    assert len(session.exec(select(CaseAudit)).all()) == 4


def test_an_audits_page_leads_to_a_hold_and_to_its_removal_for_those_who_may(signed_in_as, audits):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/audits/AUD-0001")
    assert "Place a legal hold on it" in qa.text
    qa.get(qa.link("Place a legal hold on it"))
    assert "AUD-0001" in qa.form_data().values()
    qa.get("/greenhaven/audits/AUD-0001")
    qa.get(qa.link("Ask for it to be removed for good"))
    assert "AUD-0001" in qa.text and "1 audit" in qa.text
    leader = signed_in_as(Role.leader)
    leader.get("/greenhaven/audits/AUD-0001")
    assert "Place a legal hold on it" in leader.text and "Ask for it to be removed" not in leader.text
