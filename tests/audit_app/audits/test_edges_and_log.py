"""Audits at their edges: who may, from both sides; the longest text that is kept; what the log says; what stays."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from audit_app import database
from audit_app.audits import service
from audit_app.audits import service_handover as handover
from audit_app.audits.actions import rules, service_handover
from audit_app.audits.actions import service as actions
from audit_app.audits.actions.rules import ActionFacts
from audit_app.audits.concerns import rules as concern_rules
from audit_app.audits.concerns import service as concerns
from audit_app.audits.rails import service as rails
from audit_app.audits.stages import Step
from audit_app.audits.tables import (
    ActionLevel,
    ActionNews,
    Answer,
    AuditAction,
    AuditActionState,
    AuditActionUpdate,
    AuditVersion,
    CaseAudit,
    Concern,
    ConcernTold,
    DomainAnswer,
    Stage,
)
from audit_app.history import HistoryEntry
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from audit_app.people.tables import Authority, Membership
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from findings.metadata import TEXT_LENGTH
from tests import builders
from tests.builders_audits import answer_all, make_audit, make_submitted, new_audit
from tests.held_rows import held_rows

A = builders.AUTHORITY_ID
OF_ALL = system_scope("a test", A)
DAY = timedelta(days=1)


@pytest.fixture
def audit(session, council):
    made = make_audit(session, council.team, council.auditor, by=council.qa)
    session.commit()
    return made


def as_person(session, person_id, *roles, teams=(), authority_id=A):
    session.info["scope"] = Scope(authority_id, person_id, frozenset(roles), managed_teams=frozenset(teams))


def noted(session, *events):
    rows = session.exec(
        select(HistoryEntry).where(HistoryEntry.event.in_(events)).order_by(HistoryEntry.sequence)
    ).all()
    return [
        (row.event, row.actor, {what: fact for what, fact in json.loads(row.facts).items() if what != "seals"})
        for row in rows
    ]


# --- details ---------------------------------------------------------------------------------------------------------


def test_other_details_are_corrected_though_the_pattern_changed_or_the_auditor_left(session, council, audit, now):
    session.get(Authority, A).reference_pattern = r"N\d{4}"
    session.get(Authority, A).reference_example = "N1234"
    for row in session.exec(select(Membership).where(Membership.person_id == council.auditor)).all():
        row.to_on = now.date() - DAY
    session.flush()
    step = {"by": council.qa, "now": now}
    service.change_details(session, A, audit.number, {"theme": "Neglect"}, seen=1, **step)
    assert (audit.theme, audit.case_reference, audit.revision) == ("Neglect", "G-123456", 2)
    for changed, field in (
        ({"case_reference": "G-123457"}, "case_reference"),
        ({"window_to": date(2025, 10, 31)}, "window_to"),
        ({"cohort": "CL"}, "cohort"),
        ({"subject": "carer"}, "subject"),
    ):
        with pytest.raises(Invalid) as refused:
            service.change_details(session, A, audit.number, changed, seen=2, **step)
        assert refused.value.field == field
    one_day = {"case_reference": "N1234", "window_to": audit.window_from}
    service.change_details(session, A, audit.number, one_day, seen=2, **step)
    service.change_details(session, A, audit.number, one_day, seen=3, **step)  # nothing is different
    assert (audit.case_reference, audit.window_to, audit.revision) == ("N1234", audit.window_from, 3)
    assert noted(session, "audit.details_changed") == [
        ("audit.details_changed", council.qa, {"what": "theme"}),
        ("audit.details_changed", council.qa, {"what": "case reference, window to"}),
    ]


def test_an_audit_is_set_up_for_others_by_a_qa_manager_and_for_oneself_by_an_auditor(session, council, now):
    mine, theirs = new_audit(council.team, council.auditor), new_audit(council.team, council.other_auditor)
    for person_id, role, details, allowed in (
        (council.auditor, Role.auditor, mine, True),
        (council.auditor, Role.auditor, theirs, False),
        (council.auditor, Role.leader, mine, False),
        (council.leader, Role.leader, theirs, False),
        (council.qa, Role.qa_manager, theirs, True),
    ):
        as_person(session, person_id, role)
        if allowed:
            service.create_audit(session, A, details, by=person_id, now=now)
        else:
            with pytest.raises(NotAllowed, match="As an auditor you can begin one of your own"):
                service.create_audit(session, A, details, by=person_id, now=now)
    session.info["scope"] = OF_ALL
    facts = {"set": "child-protection", "length": "core", "due": "2026-11-23"}
    assert noted(session, "audit.created") == [
        ("audit.created", council.auditor, {**facts, "auditor": council.auditor}),
        ("audit.created", council.qa, {**facts, "auditor": council.other_auditor}),
    ]


def test_an_unfinished_audit_is_given_to_another_auditor_by_a_qa_manager_alone(session, council, audit, now):
    due = date(2026, 12, 24)
    given = {"auditor_id": council.other_auditor, "due_on": due, "now": now}
    as_person(session, council.auditor, Role.auditor)
    with pytest.raises(NotAllowed, match="Only a QA manager gives"):
        service.reallocate_audit(session, A, audit.number, by=council.auditor, **given)
    as_person(session, council.qa, Role.qa_manager)
    with pytest.raises(Invalid, match="Choose somebody who is an auditor"):
        service.reallocate_audit(session, A, audit.number, by=council.qa, **{**given, "auditor_id": council.leader})
    for stage in (Stage.drawn, Stage.in_progress):
        audit.stage = stage
        service.reallocate_audit(session, A, audit.number, by=council.qa, **given)
        assert audit.stage == (Stage.allocated if stage == Stage.drawn else stage)
    assert (audit.auditor_id, audit.due_on, audit.allocated_by) == (council.other_auditor, due, council.qa)
    assert audit.revision == 3
    for stage in (Stage.submitted, Stage.exempted):
        audit.stage = stage
        with pytest.raises(OutOfTurn, match="cannot be given to somebody else"):
            service.reallocate_audit(session, A, audit.number, by=council.qa, **given)
        with pytest.raises(OutOfTurn, match="details can no longer be changed"):
            service.change_details(session, A, audit.number, {"theme": "x"}, seen=3, by=council.qa, now=now)
    as_person(session, council.other_manager, Role.auditor)
    with pytest.raises(NotFound):
        service.change_details(session, A, audit.number, {"theme": "x"}, seen=3, by=council.other_manager, now=now)
    session.info["scope"] = OF_ALL
    facts = {"auditor": council.other_auditor, "due": "2026-12-24"}
    assert noted(session, "audit.reallocated") == [("audit.reallocated", council.qa, facts)] * 2


def test_a_leavers_unfinished_audits_go_on_with_their_dates_and_their_answers(session, council, now):
    for stage in (Stage.allocated, Stage.in_progress, Stage.submitted, Stage.withdrawn):
        make_audit(session, council.team, council.auditor).stage = stage
    make_audit(session, council.team, council.other_auditor)
    session.commit()
    as_person(session, council.leader, Role.admin)  # who hands over may open no case
    assert session.exec(select(CaseAudit)).all() == []
    due = date(2026, 11, 23)
    held = handover.list_unfinished(session, A, council.auditor, due)
    assert [(thing.key, thing.words.partition(",")[0]) for thing in held] == [
        ("1", "Audit AUD-0001"),
        ("2", "Audit AUD-0002"),
    ]
    chosen = {"new_person_id": council.other_auditor, "on": due, "by": council.leader, "now": now}
    handover.hand_over(session, A, ["2", "3", "5", "77"], person_id=council.auditor, **chosen)
    with pytest.raises(Invalid, match="Choose somebody who is an auditor"):
        handover.hand_over(session, A, ["1"], person_id=council.auditor, **{**chosen, "new_person_id": council.leader})
    assert session.exec(select(CaseAudit)).all() == []  # nothing stays open of the wider view
    session.info["scope"] = OF_ALL
    auditors = session.exec(select(CaseAudit.auditor_id, CaseAudit.due_on).order_by(CaseAudit.number)).all()
    other = council.other_auditor
    assert auditors == [(who, due) for who in (council.auditor, other, council.auditor, council.auditor, other)]


# --- answers and stages ----------------------------------------------------------------------------------------------


def test_texts_and_minutes_are_kept_to_the_last_that_fits(session, council, audit, now):
    step = {"by": council.auditor, "now": now}

    def save(seen, **values):
        return service.save_domain(session, A, 1, "plan", service.DomainEntry(**values), seen=seen, **step)

    longest = {"rationale": "r" * TEXT_LENGTH, "not_applicable_reason": "n" * 1000}
    assert save(0, **longest).row.rationale == longest["rationale"]
    for name, text in longest.items():
        with pytest.raises(Invalid, match="1 too long") as refused:
            save(1, **{name: text + "x"})
        assert refused.value.field == name
        with pytest.raises(Invalid, match="cannot be kept"):
            save(1, **{name: "a\x00"})
    with pytest.raises(Invalid, match="Grade: choose"):
        save(1, grade="splendid")
    with pytest.raises(Invalid, match="not a question of the page"):
        save(1, answers={"record/people": ("yes", "")})
    with pytest.raises(NotFound, match="no such domain"):
        service.save_domain(session, A, 1, "weather", service.DomainEntry(), seen=0, **step)
    save(1, **longest, grade="good")
    service.save_domain(session, A, 1, "record", service.DomainEntry(), seen=0, **step)

    def close(**values):
        entry = service.ClosingEntry(**values)
        return service.save_closing(session, A, 1, entry, seen=audit.closing_revision, **step)

    texts = ("overall_rationale", "strengths", "worries", "difference", "private_notes")
    close(minutes_taken=6000, **dict.fromkeys(texts, "t" * TEXT_LENGTH))
    close(minutes_taken=0)
    assert (audit.minutes_taken, audit.strengths, audit.closing_revision) == (0, "", 3)
    for values, field in (
        ({"minutes_taken": -1}, "minutes_taken"),
        ({"minutes_taken": 6001}, "minutes_taken"),
        ({"overall_grade": "splendid"}, "overall_grade"),
        *(({name: "t" * (TEXT_LENGTH + 1)}, name) for name in texts),
    ):
        with pytest.raises(Invalid) as refused:
            close(**values)
        assert refused.value.field == field
    changes = [facts["changes"] for _event, _who, facts in noted(session, "audit.domain_saved")]
    assert changes == ["2 changes", "1 change", "0 changes"]
    assert len(noted(session, "audit.closing_saved")) == 2


def test_the_first_save_begins_an_audit_and_an_empty_page_changes_nothing_more(session, council, audit, now):
    step = {"by": council.auditor, "now": now}
    service.save_closing(session, A, 1, service.ClosingEntry(), seen=1, **step)
    assert (audit.stage, audit.closing_revision) == (Stage.allocated, 1)
    service.save_closing(session, A, 1, service.ClosingEntry(strengths="Seen"), seen=1, **step)
    assert (audit.stage, audit.started_at) == (Stage.in_progress, now)
    service.save_domain(
        session, A, 1, "plan", service.DomainEntry(grade="good"), seen=0, by=council.auditor, now=now + DAY
    )
    assert audit.started_at == now
    for stage in (Stage.submitted, Stage.exempted, Stage.drawn):
        audit.stage = stage
        with pytest.raises(OutOfTurn, match="so nothing was changed"):
            service.save_closing(session, A, 1, service.ClosingEntry(), seen=2, **step)
    audit.stage, audit.edition_id = Stage.in_progress, "case-audit-0"
    with pytest.raises(OutOfTurn, match="no longer those it was begun with"):
        service.save_closing(session, A, 1, service.ClosingEntry(), seen=2, **step)


def test_leaving_and_reopening_need_a_reason_that_fits_and_an_approver_who_may(session, council, now):
    made = make_submitted(session, council.team, council.auditor)
    leave = {"approved_by": council.qa, "by": council.qa, "now": now}
    for reason, words in ((" ", "Say why"), ("r" * 1001, "1,000 characters or fewer. It is 1 too long")):
        with pytest.raises(Invalid, match=words):
            service.take_out_audit(session, A, 1, Step.withdraw, reason=reason, **leave)
        with pytest.raises(Invalid, match=words):
            service.reopen_audit(session, A, 1, reason=reason, by=council.qa, now=now)
    with pytest.raises(Invalid, match="Choose whether to exempt"):
        service.take_out_audit(session, A, 1, Step.agree, reason="x", **leave)
    for nobody in (council.manager, council.auditor, 12345):
        with pytest.raises(Invalid, match="Choose the leader or QA manager who approved this"):
            service.take_out_audit(session, A, 1, Step.withdraw, reason="x", **{**leave, "approved_by": nobody})
    with pytest.raises(OutOfTurn, match="cannot be exempted now"):
        service.take_out_audit(session, A, 1, Step.exempt, reason="x", **leave)
    with pytest.raises(service.AlreadySubmitted):
        service.submit_audit(session, A, 1, by=council.auditor, now=now)
    service.agree_audit(session, A, 1, by=council.qa, now=now)
    service.reopen_audit(session, A, 1, reason="r" * 1000, by=council.qa, now=now + DAY)
    assert (made.stage, made.agreed_by, made.agreed_at, made.reopen_reason) == (
        Stage.in_progress, None, None, "r" * 1000,
    )  # fmt: skip
    version = service.submit_audit(session, A, 1, by=council.auditor, now=now + 2 * DAY)
    assert (version.version, version.reason, made.reopen_reason) == (2, "r" * 1000, "")
    service.take_out_audit(session, A, 1, Step.withdraw, reason="x", **leave)
    assert (made.stage, made.exit_reason, made.exit_approved_by) == (Stage.withdrawn, "x", council.qa)
    steps = ("audit.submitted", "audit.agreed", "audit.reopened", "audit.withdrawn")
    kept = session.exec(select(AuditVersion.contents_sha256).order_by(AuditVersion.version)).all()
    assert noted(session, *steps) == [
        ("audit.submitted", council.auditor, {"version": 1, "sha256": kept[0]}),
        ("audit.agreed", council.qa, {"version": 1}),
        ("audit.reopened", council.qa, {"version": 1}),
        ("audit.submitted", council.auditor, {"version": 2, "sha256": kept[1]}),
        ("audit.withdrawn", council.qa, {"approved": council.qa}),
    ]


def test_whoever_changes_an_audit_holds_it_and_sees_it_as_it_stands(session, council, audit, now):
    qa = {"by": council.qa, "now": now}
    submitted = make_submitted(session, council.team, council.auditor).number
    session.flush()
    given = {"auditor_id": council.auditor, "due_on": now.date()}
    for step in (
        lambda: service.change_details(session, A, audit.number, {"theme": "Neglect"}, seen=1, **qa),
        lambda: service.reallocate_audit(session, A, audit.number, **given, **qa),
        lambda: service.agree_audit(session, A, submitted, **qa),
        lambda: service.reopen_audit(session, A, submitted, reason="x", **qa),
        lambda: service.submit_audit(session, A, submitted, by=council.auditor, now=now),
        lambda: service.take_out_audit(session, A, submitted, Step.withdraw, reason="x", approved_by=council.qa, **qa),
    ):
        with held_rows(session) as held:
            step()
        assert held == {"case_audit"}


def test_reasons_for_grades_are_kept_changed_and_taken_back_and_only_of_what_is_asked(session, council, audit, now):
    answer_all(session, audit, grades={"plan": "inadequate"}, overall="outstanding", reasons=False)
    step = {"by": council.auditor, "now": now}
    asked = rails.answer_rails(session, A, 1, {}, **step)
    assert asked and not any(line.reason for line in asked)
    key = asked[0].key
    for reason, words in (("r" * (TEXT_LENGTH + 1), "1 too long"), ("\x00", "cannot be kept")):
        with pytest.raises(Invalid, match=words) as refused:
            rails.answer_rails(session, A, 1, {key: reason}, **step)
        assert refused.value.field == key
    longest = "r" * TEXT_LENGTH
    for reason, kept in ((f" {longest} ", longest), (longest, longest), ("", "")):
        lines = rails.answer_rails(session, A, 1, {key: reason, "nothing_asked": "x"}, **step)
        assert {line.key: line.reason for line in lines}[key] == kept
    assert noted(session, "audit.rails_answered") == [("audit.rails_answered", council.auditor, {"changes": 1})] * 2


# --- who sees --------------------------------------------------------------------------------------------------------


def test_each_role_sees_an_audit_and_all_that_hangs_on_it_at_its_stages_and_no_others(session, council, now):
    made = make_submitted(session, council.team, council.auditor)
    new = actions.NewAction(ActionLevel.child, "Visit", council.leader, date(2026, 12, 1))
    action = actions.add_action(session, A, 1, new, by=council.auditor, now=now)
    update = {"note": "Seen", "seen_revision": None, "by": council.qa, "now": now}
    actions.update_action(session, A, action.number, ActionNews.on_track, **update)
    concern = concerns.raise_concern(session, A, 1, "Not seen", by=council.auditor, now=now)
    session.commit()
    hung = (CaseAudit, DomainAnswer, Answer, AuditVersion, AuditAction, AuditActionUpdate, Concern)
    whole = [len(session.exec(select(kind)).all()) for kind in hung]
    assert all(whole)
    told = set(session.exec(select(ConcernTold.person_id).where(ConcernTold.concern_id == concern.id)).all())
    assert council.other_manager not in told
    after = {Stage.submitted, Stage.in_moderation, Stage.agreed, Stage.shared, Stage.actions_open,
             Stage.actions_done, Stage.verified, Stage.re_audit_due, Stage.closed}  # fmt: skip
    agreed = after - {Stage.submitted, Stage.in_moderation}
    team = (council.team,)
    for person_id, role, teams, stages in (
        (council.qa, Role.qa_manager, (), set(Stage)),
        (council.auditor, Role.auditor, (), set(Stage)),
        (council.other_auditor, Role.auditor, (), set()),
        (council.other_manager, Role.team_manager, team, after),
        (council.other_manager, Role.team_manager, (council.other_team,), set()),
        (council.other_manager, Role.team_manager, (), set()),
        (council.other_manager, Role.leader, team, agreed),
        (council.other_manager, Role.admin, team, set()),
        (council.other_manager, Role.business_support, team, set()),
    ):
        for stage in Stage:
            session.info["scope"] = OF_ALL
            made.stage = stage
            session.flush()
            as_person(session, person_id, role, teams=teams)
            seen = [len(session.exec(select(kind)).all()) for kind in hung]
            assert seen == (whole if stage in stages else [0] * len(hung)), (role, stage)
            as_person(session, person_id, role, teams=teams, authority_id=2)
            assert not any(len(session.exec(select(kind)).all()) for kind in hung)
    made.stage = Stage.in_progress
    as_person(session, council.leader)  # whose action it is
    assert [len(session.exec(select(kind)).all()) for kind in hung] == [0, 0, 0, 0, 1, 1, 0]
    session.info["scope"] = OF_ALL


# --- actions and concerns --------------------------------------------------------------------------------------------

OWNER, OTHER = 7, 8
NOBODY, AUDITOR = rules.Standing(OTHER), rules.Standing(OTHER, is_auditor=True)
MANAGER, QA = rules.Standing(OTHER, manages_team=True), rules.Standing(OTHER, is_qa=True)
THE_OWNER = rules.Standing(OWNER)


def test_who_sets_gives_and_updates_an_action():
    facts = ActionFacts(AuditActionState.open, OWNER, None)
    everybody = (NOBODY, AUDITOR, MANAGER, QA, THE_OWNER)
    assert [rules.may_set(each) for each in everybody] == [False, True, False, True, False]
    assert [rules.may_give(each) for each in everybody] == [False, True, True, True, False]
    assert [rules.may_update(each, facts) for each in everybody] == [False, False, True, True, True]


def test_who_opens_an_action_again_depends_on_where_it_stands():
    expected = {
        AuditActionState.open: [False, False, False, False, False],
        AuditActionState.done: [False, False, True, True, False],
        AuditActionState.confirmed: [False, False, False, True, False],
        AuditActionState.withdrawn: [False, True, False, True, False],
    }
    for state, allowed in expected.items():
        facts = ActionFacts(state, OWNER, OWNER)
        assert [rules.may_reopen(each, facts) for each in (NOBODY, AUDITOR, MANAGER, QA, THE_OWNER)] == allowed


def test_what_does_not_follow_the_state_of_an_action_is_refused_in_words():
    open_one = ActionFacts(AuditActionState.open, OWNER, None)
    rules.check_state(open_one, AuditActionState.done, AuditActionState.open)
    with pytest.raises(OutOfTurn, match="This action is open"):
        rules.check_state(open_one, AuditActionState.done)
    with pytest.raises(OutOfTurn, match="became the finding FND-0007"):
        rules.check_state(ActionFacts(AuditActionState.open, OWNER, None, "FND-0007"), AuditActionState.open)


def test_nobody_closes_a_concern_of_their_own_team_or_their_own():
    def standing(**more):
        return concern_rules.Standing(OTHER, **more)

    assert "head of service" in concern_rules.why_not_close(standing(), OWNER)
    assert "You manage the team" in concern_rules.why_not_close(standing(may_close=True, manages_team=True), OWNER)
    assert "You raised this concern" in concern_rules.why_not_close(standing(may_close=True), OTHER)
    assert concern_rules.why_not_close(standing(may_close=True), OWNER) == ""


@pytest.fixture
def owned(session, council, audit, now):
    """An open action of the leader's, due today."""
    new = actions.NewAction(ActionLevel.child, "Visit", council.leader, now.date())
    made = actions.add_action(session, A, 1, new, by=council.auditor, now=now)
    session.commit()
    return made


def test_what_an_action_says_is_complete_and_fits(session, council, owned, now):
    given = {"by": council.auditor, "now": now}
    for changed, field in (
        ({"what": " "}, "what"),
        ({"what": "w" * (TEXT_LENGTH + 1)}, "what"),
        ({"due_on": None}, "due_on"),
        ({"due_on": None, "level": ActionLevel.practitioner}, "due_on"),
        ({"owner_id": 12345}, "owner_id"),
    ):
        new = actions.NewAction(**{"level": ActionLevel.child, "what": "Visit", "due_on": now.date(), **changed})
        with pytest.raises(Invalid) as refused:
            actions.add_action(session, A, 1, new, **given)
        assert refused.value.field == field
    actions.add_action(session, A, 1, actions.NewAction(ActionLevel.team, "w" * TEXT_LENGTH), **given)
    session.get(CaseAudit, (A, 1)).stage = Stage.replaced
    with pytest.raises(OutOfTurn, match="left the programme"):
        actions.add_action(session, A, 1, actions.NewAction(ActionLevel.team, "Late"), **given)
    as_person(session, council.other_auditor, Role.auditor)
    with pytest.raises(NotFound, match="No such audit"):
        actions.add_action(
            session, A, 1, actions.NewAction(ActionLevel.team, "Mine"), by=council.other_auditor, now=now
        )
    with pytest.raises(NotFound, match="No such action"):
        actions.withdraw_action(session, A, owned.number, "x", by=council.other_auditor, now=now)
    session.info["scope"] = OF_ALL
    assert session.exec(select(func.count()).select_from(AuditAction)).one() == 2


def test_an_action_is_updated_edited_withdrawn_and_taken_up_again_and_the_log_says_so(session, council, owned, now):
    number, today = owned.number, now.date()
    qa, leader = {"by": council.qa, "now": now}, {"by": council.leader, "now": now}

    def update(news, **more):
        return actions.update_action(session, A, number, news, seen_revision=None, **{**leader, **more})

    with pytest.raises(Invalid, match="on track or at risk"):
        update(ActionNews.done)
    with pytest.raises(Invalid, match="Write a note"):
        update(ActionNews.changed)
    with pytest.raises(Invalid, match="1 too long"):
        update(ActionNews.on_track, note="n" * (TEXT_LENGTH + 1))
    with pytest.raises(NotAllowed, match="Only the owner"):
        update(ActionNews.on_track, by=council.other_auditor)
    update(ActionNews.on_track, due_on=today)  # the day it has already moves nothing
    update(ActionNews.at_risk, note="Ill", due_on=today + DAY)
    update(ActionNews.changed, note="n" * TEXT_LENGTH, due_on=today)  # today is not past
    said = [(row.news, row.due_from, row.due_on) for row in session.exec(
        select(AuditActionUpdate).order_by(AuditActionUpdate.id)).all()]  # fmt: skip
    assert said == [
        (ActionNews.on_track, None, None),
        (ActionNews.at_risk, today, today + DAY),
        (ActionNews.changed, today + DAY, today),
    ]
    same = actions.NewAction(ActionLevel.child, "Visit", council.leader, today)
    assert actions.edit_action(session, A, number, same, seen_revision=4, **qa).revision == 4
    new = actions.NewAction(ActionLevel.practitioner, "Visit twice", council.other_auditor, today + DAY)
    with pytest.raises(Stale):
        actions.edit_action(session, A, number, new, seen_revision=3, **qa)
    actions.edit_action(session, A, number, new, seen_revision=4, **qa)
    assert (owned.level, owned.what, owned.owner_id, owned.due_on, owned.revision) == (
        ActionLevel.practitioner, "Visit twice", council.other_auditor, today + DAY, 5,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="The owner is named by"):
        actions.give_action(session, A, number, council.qa, seen_revision=None, by=council.other_auditor, now=now)
    with pytest.raises(Invalid, match="of this council"):
        actions.give_action(session, A, number, 12345, seen_revision=None, by=council.manager, now=now)
    actions.give_action(session, A, number, council.leader, seen_revision=None, by=council.manager, now=now)
    with pytest.raises(NotAllowed, match="set by its auditor or a QA manager"):
        actions.withdraw_action(session, A, number, "Moved", by=council.manager, now=now)
    for reason in (" ", "r" * (TEXT_LENGTH + 1)):
        with pytest.raises(Invalid) as refused:
            actions.withdraw_action(session, A, number, reason, **qa)
        assert refused.value.field == "reason"
    actions.withdraw_action(session, A, number, "Moved", **qa)
    with pytest.raises(OutOfTurn, match="withdrawn"):
        actions.mark_done(session, A, number, "Done", "", **leader)
    with pytest.raises(NotAllowed, match="cannot open this action again"):
        actions.reopen_action(session, A, number, "Back", by=council.manager, now=now)
    actions.reopen_action(session, A, number, "Back", **qa)
    actions.mark_done(session, A, number, "Done", "", **leader)
    assert (owned.state, owned.done_on, owned.done_by) == (AuditActionState.done, today, council.leader)
    actions.confirm_action(session, A, number, by=council.manager, now=now)
    assert (owned.confirmed_by, owned.confirmed_at) == (council.manager, now)
    with pytest.raises(Invalid, match="Say why it is open again"):
        actions.reopen_action(session, A, number, " ", **qa)
    actions.reopen_action(session, A, number, "Not lasting", **qa)
    assert (owned.state, owned.done_on, owned.done_by, owned.confirmed_by, owned.confirmed_at) == (
        AuditActionState.open, None, None, None, None,
    )  # fmt: skip
    steps = [f"audit_action.{step}" for step in ("set", "edited", "given", "updated", "done", "confirmed", "reopened",
                                                 "withdrawn")]  # fmt: skip
    lines = noted(session, *steps)
    about = {"action": lines[0][2]["action"]}
    day, later = today.isoformat(), (today + DAY).isoformat()
    assert [(event.partition(".")[2], who, facts) for event, who, facts in lines] == [
        ("set", council.auditor, {**about, "level": "child", "due": day}),
        ("updated", council.leader, {**about, "news": "on track", "due": day}),
        ("updated", council.leader, {**about, "news": "at risk", "due": later}),
        ("updated", council.leader, {**about, "news": "changed", "due": day}),
        ("edited", council.qa, {**about, "what": "level, words, owner, due date"}),
        ("given", council.manager, {**about, "owner": council.leader}),
        ("withdrawn", council.qa, about),
        ("reopened", council.qa, about),
        ("done", council.leader, about),
        ("confirmed", council.manager, about),
        ("reopened", council.qa, about),
    ]
    told = {(row.person_id, row.code) for row in session.exec(select(Notice)).all()}
    assert told == {
        (council.leader, "audit_action.given"),
        (council.other_auditor, "audit_action.given"),
        (council.leader, "audit_action.sent_back"),
        (council.manager, "audit_action.done"),
    }


def test_only_open_actions_of_the_leaver_go_to_the_heir(session, council, owned, now):
    done = actions.add_action(
        session, A, 1, actions.NewAction(ActionLevel.child, "Ring", council.leader, now.date()), by=council.qa, now=now
    )
    actions.mark_done(session, A, done.number, "Rang", "Safer", by=council.leader, now=now)
    theirs = actions.NewAction(ActionLevel.child, "Write", council.manager, now.date())
    other = actions.add_action(session, A, 1, theirs, by=council.qa, now=now)
    session.commit()
    as_person(session, council.other_manager, Role.admin)
    assert [held.key for held in service_handover.list_open(session, A, council.leader, now.date())] == [
        str(owned.number)
    ]
    keys = [str(each.number) for each in (owned, done, other)]
    chosen = {"new_person_id": council.other_auditor, "on": now.date(), "by": council.other_manager, "now": now}
    service_handover.hand_over(session, A, keys, person_id=council.leader, **chosen)
    session.info["scope"] = OF_ALL
    owners = session.exec(select(AuditAction.owner_id).order_by(AuditAction.number)).all()
    assert owners == [council.other_auditor, council.leader, council.manager]


def test_whom_one_has_spoken_to_is_said_by_who_raised_it_or_a_qa_manager_while_it_is_open(session, council, audit, now):
    made = concerns.raise_concern(session, A, 1, "w" * 30_000, by=council.auditor, now=now)
    raised = {"by": council.auditor, "now": now}
    for words, spoken, field in ((" ", "", "concern_words"), ("w" * 30_001, "", "concern_words"),
                                 ("w", "s" * 301, "spoken_to")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            concerns.raise_concern(session, A, 1, words, spoken, **raised)
        assert refused.value.field == field
    for text in (" ", "s" * 301):
        with pytest.raises(Invalid):
            concerns.record_spoken_to(session, A, 1, made.id, text, **raised)
    with pytest.raises(NotAllowed, match="Whoever raised the concern"):
        concerns.record_spoken_to(session, A, 1, made.id, "Ann", by=council.leader, now=now)
    for by in (council.auditor, council.qa):
        concerns.record_spoken_to(session, A, 1, made.id, "s" * 300, by=by, now=now)
    everybody = set(session.exec(select(ConcernTold.person_id)).all())
    assert everybody == {council.manager, council.qa}
    assert concerns.remind_told(session, A, 1, made.id, by=council.qa, now=now) == 1
    with pytest.raises(NotAllowed, match="Only the people who were told"):
        concerns.acknowledge_concern(session, A, 1, made.id, by=council.leader, now=now)
    for moment in (now, now + DAY):
        mine = concerns.acknowledge_concern(session, A, 1, made.id, by=council.manager, now=moment)
    assert mine.acknowledged_at == now
    assert concerns.remind_told(session, A, 1, made.id, by=council.qa, now=now) == 0
    with pytest.raises(NotFound, match="No such concern"):
        concerns.close_concern(session, A, 2, made.id, "Safe", child_is_safe=True, by=council.leader, now=now)
    for outcome, safe, field in ((" ", True, "outcome_words"), ("o" * (TEXT_LENGTH + 1), True, "outcome_words"),
                                 ("Safe", False, "child_is_safe")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            concerns.close_concern(session, A, 1, made.id, outcome, child_is_safe=safe, by=council.leader, now=now)
        assert refused.value.field == field
    closing = {"child_is_safe": True, "by": council.leader, "now": now}
    concerns.close_concern(session, A, 1, made.id, "o" * TEXT_LENGTH, **closing)
    assert (made.closed_by, made.closed_at) == (council.leader, now)
    for late in (
        lambda: concerns.close_concern(session, A, 1, made.id, "Again", **closing),
        lambda: concerns.record_spoken_to(session, A, 1, made.id, "Ann", **raised),
        lambda: concerns.remind_told(session, A, 1, made.id, **raised),
    ):
        with pytest.raises(OutOfTurn, match="This concern is closed"):
            late()
    about = {"concern": made.id}
    steps = ("raised", "spoken", "reminded", "acknowledged", "closed")
    assert noted(session, *(f"concern.{step}" for step in steps)) == [
        ("concern.raised", council.auditor, {**about, "told": 2}),
        ("concern.spoken", council.auditor, about),
        ("concern.spoken", council.qa, about),
        ("concern.reminded", council.qa, {**about, "told": 1}),
        ("concern.acknowledged", council.manager, about),
        ("concern.closed", council.leader, about),
    ]


def test_an_audit_is_read_by_nobody_outside_the_council(engine, session, audit):
    with database.AuditSession(engine, info={"scope": system_scope("a test", 2)}) as elsewhere:
        assert elsewhere.exec(select(CaseAudit)).all() == []
