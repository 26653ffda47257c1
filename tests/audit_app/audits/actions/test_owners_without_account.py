"""A practitioner without an account owns an action: who names them, who speaks, where it is shown and waits."""

from datetime import date

import pytest
from sqlmodel import select

from audit_app import database, notices
from audit_app.audits import service
from audit_app.audits.actions import queries as audit_actions
from audit_app.audits.actions import queries_notes
from audit_app.audits.actions import service as action_service
from audit_app.audits.actions.owners import Owner, owner_words, why_not_named
from audit_app.audits.actions.record_note import record_note
from audit_app.audits.tables import ActionLevel, AuditAction, AuditActionState, CaseAudit, Stage
from audit_app.checking import waiting as unattended
from audit_app.history.tables import HistoryEntry
from audit_app.home import queries as home
from audit_app.people import hooks as people_hooks
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.organisation import service as organisation
from audit_app.people.tables import AccountState, Person
from findings.errors import Invalid, NotAllowed
from tests import builders
from tests.builders_audits import make_audit

HERE, A = "/greenhaven", builders.AUTHORITY_ID
DUE, TODAY = date(2026, 11, 30), date(2026, 11, 2)
AGENCY = "Agency social worker, Łucja"


@pytest.fixture
def audit(session, council):
    made = make_audit(session, council.team, council.auditor)
    made.stage, made.submitted_at = Stage.submitted, builders.MOMENT
    made.practitioner_named, made.practitioner_speaker_id = AGENCY, council.manager
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def action(session, council, audit, now):
    """An action given by the auditor to the practitioner whom the audit names."""
    new = action_service.NewAction(ActionLevel.child, "Visit the child", council.manager, DUE, owner_named=AGENCY)
    made = action_service.add_action(session, A, audit.number, new, by=council.auditor, now=now)
    session.commit()
    return made


def home_lines(engine, person_id, today=TODAY):
    with database.session_for(engine, system_scope("a test", A), reading=True) as session:
        scope = scope_of(session, person_id, A, today)
    with database.session_for(engine, scope, reading=True) as session:
        return [(str(line.what), str(line.why)) for line in home.audit_action_lines(session, scope, today)]


@pytest.mark.parametrize(
    "named, account, words",
    [
        ("", "Theo Manager", "Theo Manager"),
        ("", "", "Left to the team manager"),
        (AGENCY, "Theo Manager", f"{AGENCY} (no account; Theo Manager speaks for them)"),
        (AGENCY, "", f"{AGENCY} (no account; the team manager speaks for them)"),
    ],
)
def test_whose_it_is_in_words(named, account, words):
    assert owner_words(named, account) == words


def test_only_a_qa_manager_writes_another_name():
    known = frozenset({"", AGENCY})
    assert why_not_named(AGENCY, known, is_qa=False) == why_not_named("Somebody new", known, is_qa=True) == ""
    assert "Only a QA manager" in why_not_named("Somebody new", known, is_qa=False)


def test_it_waits_for_who_speaks_who_cannot_confirm_it(session, council, action, now, engine):
    assert home_lines(engine, council.manager) == [
        ("Say how AAC-0001 goes", f"You speak for {AGENCY}: Visit the child")
    ]
    sentences = [x.sentence for x in notices.list_notices(session, A, council.manager, "Greenhaven", "greenhaven")]
    assert sentences == ["You speak for somebody who has an action from a case audit: AAC-0001"]
    action_service.mark_done(session, A, action.number, "Seen", "Feels heard", by=council.manager, now=now)
    session.commit()
    with pytest.raises(NotAllowed, match="You speak for whoever does this"):
        action_service.confirm_action(session, A, action.number, by=council.manager, now=now)
    assert home_lines(engine, council.qa) == [
        ("Confirm that AAC-0001 is done", f"{AGENCY} does it, and it is said to be done: Visit the child")
    ]


def test_without_a_speaker_it_waits_for_the_manager_of_whatever_team_it_goes_to(session, council, action, now, engine):
    give = {"seen_revision": action.revision, "by": council.qa, "now": now}
    action_service.give_action(session, A, action.number, Owner(None, "Locum IRO"), **give)
    organisation.merge_team(session, council.team, council.other_team, on=TODAY, by=council.qa, now=now)
    session.commit()
    why = "Locum IRO has no account, and your team’s manager speaks for them: Visit the child"
    assert home_lines(engine, council.other_manager) == [("Say how AAC-0001 goes", why)]
    log = session.exec(select(HistoryEntry)).all()
    assert "audit_action.given_named" in {entry.event for entry in log}
    assert not any("Locum" in str(entry.facts) for entry in log), "the log names accounts only"


def test_a_leaver_s_speaking_is_handed_over_and_check_names_it(session, council, action, now):
    gone = session.get(Person, council.manager)
    gone.state = AccountState.disabled
    session.commit()
    lines = [x for x in unattended.audit_actions_waiting(session.connection(), {}) if isinstance(x, str)]
    assert lines == [
        "AAC-0001 waits for somebody to speak for who does it: their speaker has left. Name another speaker."
    ]
    part = next(one for one in people_hooks.handover_parts if one.code == "audit_actions")
    part.hand_over(
        session, A, ["1"], person_id=council.manager, new_person_id=council.qa, on=DUE, by=council.qa, now=now
    )
    assert (action.owner_id, action.owner_named) == (council.qa, AGENCY)


def test_an_auditor_names_nobody_of_their_own(session, council, audit, now):
    new = action_service.NewAction(ActionLevel.child, "Visit", council.manager, DUE, owner_named="Jo Nobody")
    with pytest.raises(Invalid, match="Only a QA manager names"):
        action_service.add_action(session, A, audit.number, new, by=council.auditor, now=now)
    assert action_service.add_action(session, A, audit.number, new, by=council.qa, now=now).owner_named == "Jo Nobody"


def test_the_childs_record_is_told_posts_and_no_name(session, council, action):
    lines = audit_actions.list_actions(session, A, action.audit_number)
    note = record_note(None, queries_notes.noted_actions(session, lines, TODAY))
    assert AGENCY not in note and "As named in AAC-0001, through" in note


def test_from_the_set_up_form_to_the_action_page(session, council, signed_in_as):
    qa = signed_in_as(person_id=council.qa)
    qa.get(f"{HERE}/audits/new/child-protection/core")
    record = {"subject": "child", "case_reference": "G-777777", "how_chosen": "random"}
    record |= {"team_id": str(council.team), "auditor_id": str(council.auditor)}
    qa.submit({**record, "practitioner_speaker_id": str(council.manager)}, status=422)
    assert "Enter whom they speak for, or choose the team manager" in qa.errors
    qa.submit({"practitioner_named": AGENCY})
    assert f"{AGENCY} (no account; Theo Manager speaks for them)" in qa.text
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get(f"{HERE}/audits/AUD-0001/details")
    assert "practitioner_named" not in auditor.seen.form_data(None, None)
    auditor.submit({"theme": "Neglect"})
    audit = session.get(CaseAudit, (A, 1))
    assert (audit.theme, audit.practitioner_named) == ("Neglect", AGENCY), "what was not asked stays"
    session.rollback()
    auditor.get(f"{HERE}/audits/AUD-0001/actions/new")
    due = {"due_on-day": "30", "due_on-month": "11", "due_on-year": "2099"}
    auditor.submit({"level": "child", "what": "Visit", "owner_id": "practitioner", **due})
    made = session.get(AuditAction, (A, 1))
    assert (made.owner_named, made.owner_id, made.state) == (AGENCY, council.manager, AuditActionState.open)
    session.rollback()
    qa.get(f"{HERE}/audit-actions/AAC-0001/owner")
    qa.submit({"owner_named": "Jo Locum"}, status=422)
    assert any("Choose who speaks for them" in text for text in qa.errors)
    qa.submit({"owner_named": "Jo Locum", "owner_id": str(council.qa)})
    assert "Jo Locum (no account; Quinn Quality speaks for them)" in qa.text


def test_a_practitioner_is_named_in_the_set_up_by_a_qa_manager_only(session, council, audit, now):
    audit.stage = Stage.allocated
    changed = {"practitioner_named": "Jo Nobody", "practitioner_speaker_id": None}
    session.info["scope"] = scope_of(session, council.auditor, A, TODAY)
    with pytest.raises(NotAllowed, match="Only a QA manager"):
        service.change_details(session, A, audit.number, changed, seen=audit.revision, by=council.auditor, now=now)
    session.info["scope"] = scope_of(session, council.qa, A, TODAY)

    def name(named, speaker):
        changed = {"practitioner_named": named, "practitioner_speaker_id": speaker}
        return service.change_details(session, A, audit.number, changed, seen=audit.revision, by=council.qa, now=now)

    for named, speaker, words in (
        ("", council.manager, "Enter the post or name of whoever they speak for"),
        ("n" * 121, None, "120 characters or fewer"),
        ("Jo Nobody", 123456, "somebody of this council"),
    ):
        with pytest.raises(Invalid, match=words):
            name(named, speaker)
    assert name("n" * 120, None).practitioner_speaker_id is None
    assert name("Jo Nobody", council.leader).practitioner_speaker_id == council.leader
