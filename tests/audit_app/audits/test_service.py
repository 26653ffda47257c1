"""Setting up, saving, submitting and agreeing audits."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from audit_app.audits import contents, queries, service
from audit_app.audits.service import AlreadySubmitted, NotComplete
from audit_app.audits.stages import Step
from audit_app.audits.tables import Answer, AuditVersion, DomainAnswer, Stage
from audit_app.history import entries_about
from audit_app.library.set_name import SetName
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from tests import builders
from tests.builders_audits import answer_rails, make_agreed, make_audit, make_submitted, new_audit

HERE = builders.AUTHORITY_ID


def test_a_new_audit_is_pinned_to_its_set_and_has_no_answer_rows_yet(session, council, now):
    audit = make_audit(session, council.team, council.auditor, by=council.qa, length="full")
    assert (audit.number, audit.stage, audit.cohort) == (1, Stage.allocated, "CP")
    assert len(audit.fingerprint) == 64
    assert (audit.team_name, audit.service_name) == ("Assessment Team 1", "Safeguarding")
    assert session.exec(select(func.count()).select_from(Answer)).one() == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"case_reference": "Jane Smith"}, "case_reference"),
        ({"case_reference": ""}, "case_reference"),
        ({"subject": "carer"}, "subject"),
        ({"cohort": "CL"}, "cohort"),
        ({"set_id": "no-such-set"}, "set_id"),
        ({"window_to": date(2025, 1, 1)}, "window_to"),
        ({"team_id": 999}, "team_id"),
        ({"auditor_id": 999}, "auditor_id"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(session, council, now, changed, field):
    details = new_audit(**{"team_id": council.team, "auditor_id": council.auditor, **changed})
    with pytest.raises(Invalid) as refused:
        service.create_audit(session, HERE, details, by=council.qa, now=now)
    assert refused.value.field == field


def test_a_refused_reference_shows_the_councils_example(session, council, now):
    with pytest.raises(Invalid, match="like G-123456"):
        make_audit(session, council.team, council.auditor, case_reference="12")


def test_saving_is_lenient_writes_changed_rows_only_and_notes_once(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    entry = service.DomainEntry(answers={"record/people": ("partly", ""), "record/summary": ("", "")}, grade="good")
    row = service.save_domain(session, HERE, audit.number, "record", entry, seen=0, by=council.auditor, now=now).row
    assert (row.revision, row.grade, audit.stage, audit.started_at) == (1, "good", Stage.in_progress, now)
    saved = session.exec(select(Answer.question_key)).all()
    assert saved == ["record/people"]
    before = len(entries_about(session, HERE, "AUD-0001"))
    again = service.save_domain(session, HERE, audit.number, "record", entry, seen=1, by=council.auditor, now=now)
    assert again.row.revision == 1
    assert len(entries_about(session, HERE, "AUD-0001")) == before


def test_a_stale_domain_page_overwrites_nothing_fo_1(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    first = service.DomainEntry(grade="good", rationale="First text")
    service.save_domain(session, HERE, audit.number, "record", first, seen=0, by=council.auditor, now=now)
    second = service.DomainEntry(grade="inadequate", rationale="Second text")
    with pytest.raises(Stale) as stale:
        service.save_domain(session, HERE, audit.number, "record", second, seen=0, by=council.auditor, now=now)
    assert stale.value.current.rationale == "First text"
    assert session.exec(select(DomainAnswer.rationale)).all() == ["First text"]


def test_the_same_page_sent_twice_is_saved_once(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    entry = service.DomainEntry(grade="good", answers={"record/people": ("yes", "")})
    for _press in range(2):
        saved = service.save_domain(session, HERE, audit.number, "record", entry, seen=0, by=council.auditor, now=now)
    assert saved.row.revision == 1


def test_two_domain_pages_do_not_disturb_each_other_fo_1(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    for domain in ("record", "plan"):
        entry = service.DomainEntry(grade="good")
        service.save_domain(session, HERE, audit.number, domain, entry, seen=0, by=council.auditor, now=now)
    assert len(session.exec(select(DomainAnswer)).all()) == 2


@pytest.mark.parametrize(
    "entry",
    [
        service.DomainEntry(answers={"record/people": ("good", "")}),
        service.DomainEntry(answers={"plan/specific": ("yes", "")}),
        service.DomainEntry(answers={"record/people": ("yes", "a" * 10_001)}),
        service.DomainEntry(grade="excellent"),
        service.DomainEntry(rationale="a\x00b"),
    ],
)
def test_values_that_cannot_be_kept_are_refused_whoever_sends_them_in_6(session, council, now, entry):
    audit = make_audit(session, council.team, council.auditor)
    with pytest.raises(Invalid):
        service.save_domain(session, HERE, audit.number, "record", entry, seen=0, by=council.auditor, now=now)


def test_only_its_auditor_answers_an_audit(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    with pytest.raises(NotAllowed):
        service.save_domain(
            session, HERE, audit.number, "record", service.DomainEntry(), seen=0, by=council.other_auditor, now=now
        )


def test_submitting_is_strict_and_lists_what_is_missing(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    service.save_domain(
        session, HERE, audit.number, "record", service.DomainEntry(grade="good"), seen=0, by=council.auditor, now=now
    )
    with pytest.raises(NotComplete) as refused:
        service.submit_audit(session, HERE, audit.number, by=council.auditor, now=now)
    missing = {(one.key, one.code) for one in refused.value.missing}
    assert ("record", "rationale") in missing
    assert ("overall/safe-today", "answer") in missing
    assert ("overall", "grade") in missing
    assert audit.version == 0


def test_a_submitted_audit_is_frozen_with_a_hash_of_what_it_says(session, council, now):
    audit = make_submitted(session, council.team, council.auditor)
    frozen = session.exec(select(AuditVersion)).one()
    assert frozen.contents_sha256 == contents.sha256_of(frozen.contents)
    assert (frozen.fingerprint, frozen.version, audit.stage) == (audit.fingerprint, 1, Stage.submitted)
    told = json.loads(frozen.contents)
    assert told["overall"]["grade_name"] == "Good"
    assert "private_notes" not in frozen.contents
    with pytest.raises(AlreadySubmitted):
        service.submit_audit(session, HERE, audit.number, by=council.auditor, now=now)
    with pytest.raises(OutOfTurn):
        service.save_domain(
            session, HERE, audit.number, "plan", service.DomainEntry(), seen=1, by=council.auditor, now=now
        )


def test_agreeing_is_recorded_as_not_moderated_and_never_ones_own_pe_3(session, council, now):
    audit = make_submitted(session, council.team, council.qa)
    with pytest.raises(NotAllowed):
        service.agree_audit(session, HERE, audit.number, by=council.qa, now=now)
    service.agree_audit(session, HERE, audit.number, by=council.leader, now=now)
    assert (audit.stage, audit.moderated, audit.agreed_at) == (Stage.agreed, False, now)


def test_a_correction_is_a_new_version_and_the_old_one_stays(session, council, now):
    audit = make_submitted(session, council.team, council.auditor)
    first = queries.frozen_version(session, HERE, audit.number, 1)
    with pytest.raises(Invalid):
        service.reopen_audit(session, HERE, audit.number, reason="  ", by=council.auditor, now=now)
    service.reopen_audit(session, HERE, audit.number, reason="Wrong plan read", by=council.auditor, now=now)
    entry = service.DomainEntry(grade="inadequate", rationale="The plan on file was last year's.")
    service.save_domain(session, HERE, audit.number, "plan", entry, seen=1, by=council.auditor, now=now)
    later = now + timedelta(hours=1)
    answer_rails(session, audit, reason="The plan is being rewritten.")
    service.submit_audit(session, HERE, audit.number, by=council.auditor, now=later)
    assert queries.frozen_version(session, HERE, audit.number, 1) == first
    second = queries.frozen_version(session, HERE, audit.number, 2)
    changed = contents.changes(first, second)
    assert [(one.place, one.before, one.after) for one in changed] == [
        ("The plan: grade", "Good", "Inadequate"),
        ("The plan: rationale", "What was seen of the plan, and what it meant for the child.", entry.rationale),
        ("Asked about the grade: The whole: question", "", second["asked_again"][0]["question"]),
        ("Asked about the grade: The whole: reason", "", "The plan is being rewritten."),
    ]
    versions = queries.list_versions(session, HERE, audit.number)
    assert [(one.version, one.reason) for one in versions] == [(2, "Wrong plan read"), (1, "")]


def test_leaving_the_programme_needs_a_reason_and_an_approver(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    for reason, approver, field in (("", council.leader, "reason"), ("Moved away", council.auditor, "approved_by")):
        with pytest.raises(Invalid) as refused:
            service.take_out_audit(
                session, HERE, audit.number, Step.exempt, reason=reason, approved_by=approver, by=council.qa, now=now
            )
        assert refused.value.field == field
    service.take_out_audit(
        session,
        HERE,
        audit.number,
        Step.exempt,
        reason="Moved away",
        approved_by=council.leader,
        by=council.qa,
        now=now,
    )
    assert (audit.stage, audit.exit_approved_by) == (Stage.exempted, council.leader)


def test_details_change_only_where_they_may_and_never_over_somebody_else(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    given = {"theme": "Neglect", "set_id": "adoption", "stage": Stage.closed}
    service.change_details(session, HERE, audit.number, given, seen=1, by=council.auditor, now=now)
    assert (audit.theme, audit.set_id, audit.stage, audit.revision) == (
        "Neglect",
        "child-protection",
        Stage.allocated,
        2,
    )
    with pytest.raises(Stale):
        service.change_details(session, HERE, audit.number, {"theme": "x"}, seen=1, by=council.auditor, now=now)


def test_the_last_page_is_never_saved_over_somebody_else(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    first = service.ClosingEntry(overall_grade="good", strengths="Seen often.")
    given = {"by": council.auditor, "now": now}
    service.save_closing(session, HERE, audit.number, first, seen=1, **given)
    second = service.ClosingEntry(overall_grade="inadequate", strengths="From the other tab.")
    with pytest.raises(Stale):
        service.save_closing(session, HERE, audit.number, second, seen=1, **given)
    assert (audit.overall_grade, audit.strengths, audit.closing_revision) == ("good", "Seen often.", 2)
    service.save_closing(session, HERE, audit.number, first, seen=1, **given)
    assert audit.closing_revision == 2, "the same page a second time is saved already"
    service.save_closing(session, HERE, audit.number, second, seen=2, **given)
    assert (audit.overall_grade, audit.closing_revision) == ("inadequate", 3)


def test_an_audit_of_another_council_does_not_exist_here(session, council, now):
    make_audit(session, council.team, council.auditor)
    with pytest.raises(NotFound):
        queries.get_audit(session, HERE + 1, 1)


def test_figures_count_agreed_audits_of_the_period(session, council, now):
    make_agreed(session, council.team, council.auditor, agreed_by=council.qa)
    make_agreed(session, council.team, council.auditor, agreed_by=council.qa, answers={"grade": "inadequate"})
    make_submitted(session, council.team, council.auditor)
    old = now - timedelta(days=400)
    make_agreed(session, council.team, council.auditor, agreed_by=council.qa, now=old)
    session.commit()
    start, end = date(2026, 10, 1), date(2026, 11, 30)
    counts = queries.grades_by_domain(session, HERE, start, end, at_random=True)
    assert {(one.grade, one.count) for one in counts if one.domain_id == "plan"} == {("good", 1), ("inadequate", 1)}
    assert [one for one in counts if one.domain_id == "overall"] == []
    assert len(queries.audits_in_period(session, HERE, start, end)) == 2
    assert queries.overall_grades(session, HERE, start, end, at_random=True) == {"good": 2}
    core = SetName("case-audit-1", "child-protection", "core")
    assert queries.median_minutes(session, core) == queries.Median(75.0, 4)
    assert queries.medians(session) == {core: queries.Median(75.0, 4)}
