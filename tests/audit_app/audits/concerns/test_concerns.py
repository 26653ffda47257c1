"""Concerns: who is told, who sees, acknowledges and closes them; what the safety question sets off."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from audit_app import clock, database, history, notices
from audit_app.audits import service
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.concerns import service as concern_service
from audit_app.audits.concerns import triggers as concern_triggers
from audit_app.audits.concerns.queries import WaitsTo
from audit_app.audits.concerns.triggers import Effect, SetOff
from audit_app.audits.tables import Answer, Concern, ConcernTold
from audit_app.notices.tables import MailState, MailTrouble, Notice
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.tables import EscalationContact, Role
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn
from tests import builders
from tests.builders_audits import make_audit
from tests.held_rows import held_rows

HERE = "/greenhaven"
A = builders.AUTHORITY_ID
WORDS = "Nobody has seen the baby for nine days."


@pytest.fixture
def head(session, council):
    """The head of service: a leader, and the escalation contact for every service."""
    made = builders.make_person(session, [Role.leader], name="Hana Head").id
    session.add(EscalationContact(authority_id=A, person_id=made, telephone="020 7946 0000"))
    session.commit()
    return made


@pytest.fixture
def audit(session, council):
    made = make_audit(session, council.team, council.auditor)
    session.commit()
    return made


@pytest.fixture
def concern(session, council, head, audit, now):
    made = concern_service.raise_concern(
        session, A, audit.number, WORDS, "Theo Manager at 2pm", by=council.auditor, now=now
    )
    session.commit()
    return made


def told_of(session, concern):
    statement = select(ConcernTold.person_id).where(ConcernTold.concern_id == concern.id)
    return set(session.exec(statement).all())


def sentences(session, person_id):
    return [line.sentence for line in notices.list_notices(session, A, person_id, "Greenhaven", "greenhaven")]


def waiting(engine, person_id):
    with database.session_for(engine, system_scope("a test", A), reading=True) as session:
        scope = scope_of(session, person_id, A, date(2026, 11, 2))
    with database.session_for(engine, scope, reading=True) as theirs:
        return [one.to for one in concerns.concerns_waiting(theirs, scope)]


# --- what an answer sets off -----------------------------------------------------------------------------------------

ACT = "The auditor answered the safety question: yes, act now. Ring."


@pytest.mark.parametrize(
    "code, text, open_words, effect",
    [
        ("act_now", "Ring.", None, Effect.raised),
        ("cannot_tell", "No visits recorded.", None, Effect.raised),
        ("nothing_seen", "", None, Effect.nothing),
        ("being_acted_on", "The team is visiting.", None, Effect.nothing),
        ("", "", None, Effect.nothing),
        ("act_now", "Ring.", ACT, Effect.nothing),
        ("act_now", "Ring twice.", ACT, Effect.added),
        ("nothing_seen", "", ACT, Effect.added),
        ("act_now", "Ring.", "The auditor answered the safety question: cannot tell from the record.", Effect.raised),
    ],
)
def test_what_a_changed_answer_leads_to(code, text, open_words, effect, now):
    assert concern_triggers.after_answer(code, text, open_words, now=now).effect == effect


def answer_safety(session, audit, code, text, now, seen):
    entry = service.DomainEntry(answers={"overall/safe-today": (code, text)}, grade="", rationale="")
    return service.save_domain(session, A, audit.number, "overall", entry, seen=seen, by=audit.auditor_id, now=now)


def test_the_answer_act_now_raises_one_concern_and_a_changed_answer_never_withdraws_it(
    session, council, head, audit, now
):
    first = answer_safety(session, audit, "act_now", WORDS, now, 0)
    raised = session.exec(select(Concern)).one()
    assert raised.from_answer
    assert WORDS in raised.concern_words
    assert told_of(session, raised) == {head, council.manager}
    answer_safety(session, audit, "nothing_seen", "", now + timedelta(minutes=5), first.row.revision)
    assert session.exec(select(Concern)).one().closed_at is None
    assert "changed the answer to the safety question: nothing seen" in raised.concern_words
    assert "Something was added to a concern about safety: AUD-0001" in sentences(session, head)


def test_whoever_saves_an_answer_is_told_what_it_set_off_and_in_which_concern(session, head, audit, now):
    raised = answer_safety(session, audit, "act_now", WORDS, now, 0)
    concern = session.exec(select(Concern)).one()
    assert (raised.set_off, raised.raised_a_concern) == ((SetOff(Effect.raised, concern.id),), True)
    again = answer_safety(session, audit, "act_now", WORDS, now, 1)
    assert (again.set_off, again.raised_a_concern) == ((), False)
    added = answer_safety(session, audit, "act_now", f"{WORDS} Ring twice.", now, 1)
    assert (added.set_off, added.raised_a_concern) == ((SetOff(Effect.added, concern.id),), False)


def test_an_answer_that_sets_nothing_off_says_so(session, head, audit, now):
    assert answer_safety(session, audit, "nothing_seen", "", now, 0).set_off == (SetOff(Effect.nothing, None),)
    assert session.exec(select(Concern)).all() == []


def test_the_safety_answer_and_its_concern_are_kept_or_lost_together(session, head, audit, now):
    answer_safety(session, audit, "act_now", WORDS, now, 0)
    assert session.exec(select(Answer.code)).one() == "act_now"
    assert session.exec(select(Concern.concern_words)).one().endswith(WORDS)
    session.rollback()
    for table in (Answer, Concern, ConcernTold):
        assert session.exec(select(table)).all() == []
    assert sentences(session, head) == []


def test_a_long_answer_is_kept_whole_in_the_concern_in_3(session, head, audit, now):
    text = "x" * 9_990 + " the end"
    answer_safety(session, audit, "act_now", text, now, 0)
    assert text in session.exec(select(Concern)).one().concern_words


# --- who is told -----------------------------------------------------------------------------------------------------


def test_contacts_and_the_teams_manager_are_told_without_details_of_the_case(session, council, head, concern):
    assert told_of(session, concern) == {head, council.manager}
    for person in (head, council.manager):
        assert sentences(session, person) == ["A concern about safety needs you today: AUD-0001"]
    assert sentences(session, council.other_manager) == []


def test_without_contacts_the_qa_managers_are_told(session, council, audit, now):
    made = concern_service.raise_concern(session, A, audit.number, WORDS, "Nobody yet", by=council.auditor, now=now)
    assert told_of(session, made) == {council.manager, council.qa}


def test_whoever_raises_it_is_not_told_of_it(session, council, head, audit, now):
    made = concern_service.raise_concern(session, A, audit.number, WORDS, "Theo", by=head, now=now)
    assert head not in told_of(session, made)


# --- who sees, acknowledges, closes ----------------------------------------------------------------------------------


def test_a_concern_is_seen_by_those_told_and_those_who_see_the_audit_ob_1(engine, council, head, concern):
    expected = {
        head: True, council.manager: True, council.auditor: True, council.qa: True,
        council.leader: False, council.other_auditor: False, council.other_manager: False,
    }  # fmt: skip
    for person_id, sees in expected.items():
        with database.session_for(engine, system_scope("a test", A), reading=True) as session:
            scope = scope_of(session, person_id, A, date(2026, 11, 2))
        with database.session_for(engine, scope, reading=True) as theirs:
            assert bool(concerns.concerns_of(theirs, A, concern.audit_number)) is sees
            assert bool(theirs.exec(select(Concern)).all()) is sees


def test_an_acknowledgement_has_a_name_and_a_time_and_a_reminder_is_none(session, council, head, concern, now):
    later = now + timedelta(minutes=20)
    assert concern_service.remind_told(session, A, 1, concern.id, by=council.qa, now=now) == 2
    assert not any(row.acknowledged_at for row in session.exec(select(ConcernTold)).all())
    with held_rows(session) as held:
        concern_service.acknowledge_concern(session, A, 1, concern.id, by=head, now=later)
    assert held == {"concern"}
    concern_service.acknowledge_concern(session, A, 1, concern.id, by=head, now=later + timedelta(hours=1))
    line = concerns.get_concern(session, A, 1, concern.id)
    assert [(one.name, one.acknowledged_at) for one in line.acknowledged] == [("Hana Head", later)]
    assert concern_service.remind_told(session, A, 1, concern.id, by=council.qa, now=later) == 1
    with pytest.raises(NotAllowed):
        concern_service.acknowledge_concern(session, A, 1, concern.id, by=council.auditor, now=later)


def test_the_teams_own_manager_and_whoever_raised_it_never_close_it_pe_3(session, council, head, audit, concern, now):
    both = builders.make_person(session, [Role.leader, Role.team_manager], manages=[council.team]).id
    closing = {"child_is_safe": True, "now": now}
    for person in (council.manager, council.auditor, both):
        with pytest.raises(NotAllowed):
            concern_service.close_concern(session, A, 1, concern.id, "Seen.", by=person, **closing)
    mine = concern_service.raise_concern(session, A, 1, WORDS, "Theo", by=council.qa, now=now)
    with pytest.raises(NotAllowed, match="You raised"):
        concern_service.close_concern(session, A, 1, mine.id, "Seen.", by=council.qa, **closing)
    with pytest.raises(Invalid, match="child is safe"):
        concern_service.close_concern(session, A, 1, concern.id, "Seen.", child_is_safe=False, by=head, now=now)
    concern_service.close_concern(session, A, 1, concern.id, "Seen at home today.", by=head, **closing)
    assert (concern.closed_by, concern.outcome_words) == (head, "Seen at home today.")
    with pytest.raises(OutOfTurn):
        concern_service.close_concern(session, A, 1, concern.id, "Again.", by=council.qa, **closing)
    told = history.tell(history.entries_about(session, A, "AUD-0001")[0], "Hana Head", None)
    assert told == "Hana Head closed the concern in AUD-0001, confirming that the child is safe."


def test_whoever_raised_it_or_was_told_of_it_learns_that_it_was_closed(session, council, head, concern, now):
    concern_service.close_concern(session, A, 1, concern.id, "Seen at home.", child_is_safe=True, by=head, now=now)
    closed = "A concern about safety was closed: AUD-0001"
    assert [closed in sentences(session, person) for person in (council.auditor, council.manager)] == [True, True]
    assert closed not in sentences(session, head), "who closed it knows"
    assert closed not in sentences(session, council.qa), "who was never told of it is not told of its end"


def test_a_concern_is_reached_through_its_own_audit_only_ob_4(session, council, concern, now):
    other = make_audit(session, council.team, council.auditor, case_reference="G-654321")
    with pytest.raises(NotFound):
        concern_service.acknowledge_concern(session, A, other.number, concern.id, by=council.manager, now=now)


def test_what_waits_for_whom(engine, session, council, head, concern, now):
    assert waiting(engine, head) == [WaitsTo.acknowledge]
    assert waiting(engine, council.manager) == [WaitsTo.acknowledge]
    assert waiting(engine, council.qa) == [WaitsTo.close]
    assert waiting(engine, council.auditor) == []
    concern_service.acknowledge_concern(session, A, 1, concern.id, by=head, now=now)
    session.commit()
    assert waiting(engine, head) == [WaitsTo.close]
    assert [line.id for line in concerns.open_concerns(session, A, 1)] == [concern.id]


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_pages_lead_from_raising_a_concern_to_closing_it(session, council, head, audit, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001/concerns/new")
    assert "Hana Head" in auditor.text
    assert auditor.link("020 7946 0000") == "tel:02079460000"
    auditor.submit({"concern_words": WORDS}, status=422)
    assert auditor.errors == ["Say whom you have spoken to, or that you have not reached anybody yet"]
    assert WORDS in auditor.html
    auditor.submit({"concern_words": WORDS, "spoken_to": "Theo Manager at 2pm"})
    assert "Hana Head and Theo Manager are told here, when they next sign in" in auditor.text
    manager = signed_in_as(person_id=council.manager)
    manager.get(f"{HERE}/audits/AUD-0001", status=404)
    manager.get(f"{HERE}/concerns")
    manager.click("AUD-0001")
    assert WORDS in manager.text
    assert "G-123456" in manager.text
    manager.submit(form="acknowledgement")
    assert "Theo Manager: acknowledged on" in manager.text
    assert "Close the concern" not in [text for text, _ in manager.links()]
    boss = signed_in_as(person_id=head)
    boss.get(f"{HERE}/audits/AUD-0001/concerns")
    boss.click("Close the concern")
    boss.submit({"outcome_words": "Seen at home."}, status=422)
    assert boss.errors == ["Close the concern only when you can confirm that the child is safe"]
    boss.submit({"outcome_words": "Seen at home.", "child_is_safe": "yes"})
    assert "confirmed that the child is safe" in boss.text
    boss.get(f"{HERE}/concerns?show=closed")
    assert "AUD-0001" in boss.text


def test_the_page_says_what_to_do_when_no_contact_is_set_up(council, audit, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001/concerns/new")
    assert "No escalation contacts are set up for Assessment Team 1" in auditor.text
    assert "emergency duty team" in auditor.text


def test_the_same_concern_sent_three_times_is_one_fo_4(session, council, head, audit, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001/concerns/new")
    data = {**auditor.form_data(), "concern_words": WORDS, "spoken_to": "Theo"}
    url = auditor.url
    answers = {auditor.post(url, data, follow=False).location for _press in range(3)}
    assert answers == {f"{HERE}/audits/AUD-0001/concerns"}
    assert len(session.exec(select(Concern)).all()) == 1


@pytest.mark.parametrize("page", ["concerns", "concerns/new", "concerns/{id}/closing", "concerns/{id}/spoken-to"])
def test_those_who_were_not_told_find_no_concern_ob_2(page, council, concern, signed_in_as):
    url = f"{HERE}/audits/AUD-0001/{page.format(id=concern.id)}"
    signed_in_as(person_id=council.qa).get(url)
    for stranger in (council.leader, council.other_manager, council.other_auditor):
        signed_in_as(person_id=stranger).get(url, status=(403, 404))
    signed_in_as(Role.admin).get(url, status=(403, 404))


def test_every_page_of_the_audit_says_that_a_concern_is_open(council, concern, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001")
    assert "1 concern about safety is open in this audit" in auditor.text
    auditor.click("Raise a concern now")


def test_where_no_e_mail_is_sent_the_number_to_ring_stands_at_the_top(app, session, council, concern, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    alert = "Nobody is alerted until they sign in: this service sends no e-mail. Telephone Hana Head now: 020 7946 0000"
    for page in ("concerns", "concerns/new", f"concerns/{concern.id}/spoken-to"):
        auditor.get(f"{HERE}/audits/AUD-0001/{page}")
        assert alert in " ".join(auditor.text.split()), page
    auditor.get(f"{HERE}/audits/AUD-0001/concerns")
    assert auditor.text.index("020 7946 0000") < auditor.text.index(WORDS)
    assert "Each learns of it here, when they next sign in" in auditor.text
    app.config["SMTP_HOST"] = "mail.example"
    for page in ("concerns", "concerns/new", f"concerns/{concern.id}/spoken-to"):
        auditor.get(f"{HERE}/audits/AUD-0001/{page}")
        assert "Nobody is alerted" not in auditor.text and "020 7946 0000" in auditor.text, page
    auditor.get(f"{HERE}/audits/AUD-0001/concerns/new")
    assert "are told by e-mail, and here when they next sign in" in auditor.text
    notice = session.exec(select(Notice).where(Notice.code == "concern.raised")).first()
    notice.mail_state, notice.mail_trouble = MailState.waiting, MailTrouble.no_server
    notice.at = clock.now()
    session.commit()
    auditor.get(f"{HERE}/audits/AUD-0001/concerns")
    assert "Nobody is alerted until they sign in: e-mails are not getting through at the moment." in auditor.text
