"""A grade above its answers: asked about, answered or changed, kept with the audit and read by whoever agrees it."""

import json

import pytest
from sqlmodel import select

from audit_app.audits import contents, queries, service
from audit_app.audits.rails import asking
from audit_app.audits.rails import service as rails
from audit_app.audits.tables import AuditVersion, Concern, RailReason, Stage
from audit_app.history import HistoryEntry
from findings.errors import NotAllowed
from tests import builders
from tests.builders_audits import answer_all, answer_rails, make_audit, make_submitted

HERE = builders.AUTHORITY_ID
UNSAFE = {"answer": "no", "safety": "act_now", "words": "Nobody has seen the child.", "overall": "outstanding"}
REASON = "The child was seen at school the same day, and the record shows it."


@pytest.fixture
def graded_high(session, council, built_once):
    """Everything answered “No” where it can be, somebody must act today, every domain Good, the whole Outstanding."""
    return built_once("an audit graded high", lambda: grade_high(session, council))


def grade_high(session, council):
    audit = make_audit(session, council.team, council.auditor)
    answer_all(session, audit, reasons=False, **UNSAFE)
    session.commit()
    return audit


def lines_of(session, audit):
    return queries.rails_of(session, audit, queries.questions_of(session, audit))


def test_a_grade_above_its_answers_is_not_submitted_without_a_reason(session, council, graded_high, now):
    with pytest.raises(service.NotComplete) as refused:
        service.submit_audit(session, HERE, graded_high.number, by=council.auditor, now=now)
    keys = [want.key for want in refused.value.missing if want.part == "rail"]
    assert "overall-grade" in keys and "domain-grade/child-voice" in keys
    assert keys == [line.key for line in lines_of(session, graded_high)]
    answer_rails(session, graded_high, reason=REASON)
    version = service.submit_audit(session, HERE, graded_high.number, by=council.auditor, now=now)
    frozen = json.loads(version.contents)
    assert frozen["rules"] == "guard-rails-2"
    assert [line["key"] for line in frozen["asked_again"]] == keys
    assert {line["reason"] for line in frozen["asked_again"]} == {REASON}
    whole = frozen["asked_again"][-1]
    assert "The safety question is answered “Yes, act now”." in whole["question"]


def test_a_lower_grade_answers_the_question_too(session, council, now):
    audit = make_audit(session, council.team, council.auditor)
    answer_all(session, audit, reasons=False, **{**UNSAFE, "grade": "inadequate", "overall": "inadequate"})
    assert lines_of(session, audit) == ()
    version = service.submit_audit(session, HERE, audit.number, by=council.auditor, now=now)
    assert json.loads(version.contents)["asked_again"] == []


def test_a_reason_counts_for_the_question_it_was_given_to(session, council, graded_high, now):
    answer_rails(session, graded_high, reason=REASON)
    assert not any(line.is_open for line in lines_of(session, graded_high))
    answer_all(session, graded_high, reasons=False, **{**UNSAFE, "overall": "good"})
    whole = lines_of(session, graded_high)[-1]
    assert (whole.key, whole.reason, whole.earlier, whole.is_open) == ("overall-grade", "", REASON, True)
    with pytest.raises(service.NotComplete):
        service.submit_audit(session, HERE, graded_high.number, by=council.auditor, now=now)
    rails.answer_rails(session, HERE, graded_high.number, {whole.key: REASON}, by=council.auditor, now=now)
    service.submit_audit(session, HERE, graded_high.number, by=council.auditor, now=now)


def test_what_was_once_put_to_the_auditor_reads_for_everybody_and_its_reason_counts(session, council, graded_high):
    lines = lines_of(session, graded_high)
    answer_rails(session, graded_high, reason=REASON)
    once = {line.key: line.question.replace(f"“{line.title}” is graded", f"You graded “{line.title}”")
            .replace("The whole is graded", "You graded the whole") for line in lines}  # fmt: skip
    for row in session.exec(select(RailReason)):
        row.asked = once[row.rail_key]
        assert row.asked.startswith("You graded ")
    session.flush()
    assert not any(line.is_open for line in lines_of(session, graded_high)), "no reason is asked for twice"
    kept = [{"key": x.key, "about": x.about, "title": x.title, "question": once[x.key], "reason": "r"} for x in lines]
    read = asking.of_document({"rules": "guard-rails-2", "asked_again": kept}, None)
    assert [line.question for line in read.lines] == [line.question for line in lines]


def test_only_its_auditor_answers_and_what_is_not_asked_is_not_kept(session, council, graded_high, now):
    with pytest.raises(NotAllowed):
        rails.answer_rails(session, HERE, graded_high.number, {"overall-grade": REASON}, by=council.qa, now=now)
    rails.answer_rails(session, HERE, graded_high.number, {"domain-grade/nowhere": "x"}, by=council.auditor, now=now)
    assert session.exec(select(RailReason)).all() == []
    entries = session.exec(select(HistoryEntry.event).where(HistoryEntry.event == "audit.rails_answered")).all()
    assert entries == [], "nothing was changed, so nothing is told"
    with pytest.raises(Exception, match="too long"):
        rails.answer_rails(
            session, HERE, graded_high.number, {"overall-grade": "x" * 10_001}, by=council.auditor, now=now
        )


def test_the_auditor_is_asked_in_words_and_led_through(session, council, graded_high, signed_in_as):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get("/greenhaven/audits/AUD-0001")
    assert "Worth a second thought" in auditor.text
    auditor.get("/greenhaven/audits/AUD-0001/check")
    assert "The whole: answer the question about the grade, or change the grade." in auditor.text
    auditor.submit(status=422)
    assert "The audit was not submitted" in auditor.text
    auditor.get("/greenhaven/audits/AUD-0001/second-thoughts")
    asked = lines_of(session, graded_high)
    session.rollback()
    for line in asked:
        assert line.question in auditor.text
    boxes = {f"why-{line.key.replace('/', '-')}": REASON for line in asked}
    auditor.submit(dict(list(boxes.items())[:1]), button="next")
    assert auditor.h1 == "Check your answers", "some are answered, the others are still listed"
    assert "Your reason: " + REASON in auditor.text
    auditor.get("/greenhaven/audits/AUD-0001/second-thoughts")
    auditor.submit(boxes, button="next")
    assert "Your reasons are kept with the audit." in auditor.text
    auditor.submit()
    assert auditor.h1 == "AUD-0001: Child protection"
    assert auditor.text.count("The auditor’s reason: " + REASON) == len(asked)


def test_a_question_that_changed_meanwhile_is_read_again_and_what_was_typed_stays(
    session, council, graded_high, signed_in_as
):
    auditor = signed_in_as(person_id=council.auditor)
    auditor.get("/greenhaven/audits/AUD-0001/second-thoughts")
    answer_all(session, graded_high, reasons=False, **{**UNSAFE, "overall": "good"})
    session.commit()
    auditor.submit({"why-overall-grade": REASON}, button="next", status=409)
    assert "Nothing is saved yet" in auditor.text and REASON in auditor.html
    assert "The whole is graded Good." in auditor.text
    session.expire_all()
    assert session.exec(select(RailReason)).all() == []
    answer_all(session, graded_high, reasons=False, **{**UNSAFE, "grade": "inadequate", "overall": "inadequate"})
    session.commit()
    auditor.submit({"why-overall-grade": REASON}, button="next", status=409)
    assert f"You also wrote, to a question that is no longer asked: {REASON}" in auditor.text


def test_whoever_reads_or_agrees_it_sees_the_questions_the_reasons_and_the_open_concerns(
    session, council, signed_in_as
):
    made = make_submitted(session, council.team, council.auditor, answers=UNSAFE)
    session.commit()
    whole = lines_of(session, made)[-1].question
    session.rollback()
    qa = signed_in_as(person_id=council.qa)
    for path in ("AUD-0001", "AUD-0001/agreement", "AUD-0001/versions/1"):
        qa.get(f"/greenhaven/audits/{path}")
        assert "Asked about the grades" in qa.text, path
        assert whole in qa.text and "The team tried it again the week after." in qa.text, path
    for path in ("AUD-0001", "AUD-0001/agreement"):
        qa.get(f"/greenhaven/audits/{path}")
        assert "1 concern about safety is open in this audit" in qa.text
        assert "Nobody has seen the child." in qa.text
    concern = session.exec(select(Concern)).one()
    assert concern.concern_words.endswith("Nobody has seen the child.")
    concern.closed_at, concern.closed_by = builders.MOMENT, council.leader
    session.commit()
    qa.get("/greenhaven/audits/AUD-0001/agreement")
    assert "Open concern" not in qa.text


def test_a_leader_who_may_not_read_the_words_is_told_that_a_reason_is_kept(app, session, council, signed_in_as):
    made = make_submitted(session, council.team, council.auditor, answers=UNSAFE)
    made.stage = Stage.agreed
    session.commit()
    app.config["LEADERS_READ_TEXT"] = False
    leader = signed_in_as(person_id=council.leader)
    leader.get("/greenhaven/audits/AUD-0001")
    assert "A reason was given." in leader.text and "Not answered yet" not in leader.text
    assert "The team tried it again the week after." not in leader.text


def test_an_audit_judged_by_the_first_rule_reads_as_it_was_judged(session, council, signed_in_as):
    given = {**UNSAFE, "grades": {"plan": "inadequate"}, "overall": "good", "safety": "nothing_seen", "words": ""}
    made = make_submitted(session, council.team, council.auditor, answers=given)
    version = session.exec(select(AuditVersion)).one()
    document = json.loads(version.contents)
    assert len(document["asked_again"]) > 1
    before = {name: value for name, value in document.items() if name not in ("rules", "asked_again")}
    version.contents = contents.canonical(before)
    version.contents_sha256 = contents.sha256_of(version.contents)
    session.commit()
    asked = asking.of_document(before, queries.questions_of(session, made))
    assert asked.rule == "guard-rails-1" and not asked.wants_reasons
    expected = (
        "“The plan” is graded Inadequate, and this domain is about safety. Should the overall grade be Requires "
        "improvement to be good or Inadequate rather than Good? If not, say why."
    )
    assert [line.question for line in asked.lines] == [expected]
    qa = signed_in_as(person_id=council.qa)
    qa.get("/greenhaven/audits/AUD-0001")
    assert "No separate answer was asked for then" in qa.text and "Not answered yet" not in qa.text
    assert asked.lines[0].question in qa.text and "You graded" not in qa.text
    assert queries.version_is_intact(session, HERE, 1, 1)


def test_what_cannot_be_said_is_not_said(session, council):
    assert asking.of_document(None, None) is None
    assert asking.of_document({"domains": []}, None) is None


def test_each_reason_is_kept_changed_and_taken_back_by_itself_and_the_log_counts_what_changed(
    session, council, graded_high, now
):
    first, last = (line.key for line in lines_of(session, graded_high))

    def answer(**reasons):
        given = {{"first": first, "last": last}[place]: reason for place, reason in reasons.items()}
        lines = rails.answer_rails(session, HERE, graded_high.number, given, by=council.auditor, now=now)
        return [line.reason for line in lines if line.key in (first, last)]

    assert answer(last=" Seen twice. ") == ["", "Seen twice."]
    assert answer(first="x" * 10_000, last="Seen") == ["x" * 10_000, "Seen"]  # the whole length; and a shorter one
    assert answer(last="") == ["x" * 10_000, ""]
    assert answer(last="") == ["x" * 10_000, ""]
    rows = session.exec(select(RailReason).order_by(RailReason.rail_key)).all()
    assert {row.rail_key: (row.saved_by, row.saved_at) for row in rows} == dict.fromkeys(
        (first, last), (council.auditor, now)
    )
    entries = session.exec(select(HistoryEntry).where(HistoryEntry.event == "audit.rails_answered")).all()
    assert [json.loads(entry.facts)["changes"] for entry in entries] == [1, 2, 1]
