"""A day, a number, several ticks, a second answer, where the evidence is: saved, asked for, frozen and kept back."""

import json
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app.audits import completeness, contents, queries, service
from audit_app.audits.actions import on_rows
from audit_app.audits.kinds.given import Given
from audit_app.audits.tables import AuditAction, AuditVersion, DomainAnswer
from audit_app.checking import answer_sheets
from findings.errors import Invalid
from frameworks.kinds import answered as kinds
from tests import builders
from tests.builders_audits import make_audit
from tests.builders_library import make_document, make_question, publish

HERE = builders.AUTHORITY_ID
SCALES = (
    {"id": "plans", "points": tuple({"code": code, "name": name} for code, name in
                                    (("cin", "Child in need"), ("cp", "Child protection"))), "ordered": False},
    {"id": "priority", "points": tuple({"code": code, "name": code.title()} for code in ("low", "high"))},
)  # fmt: skip
ASKED = (
    make_question(1, type="several", scale="plans", text="Which plans are there?", starred=True),
    make_question(2, type="date", text="When was the last visit?", mandatory=True),
    make_question(3, type="number", text="How many visits were there?", unit="visits", mandatory=True),
    make_question(4, type="check", text="Was the child seen?", second={"label": "Priority", "scale": "priority"},
                  asks_evidence=True, asks_action=True, always_applies=True, mandatory=True),
)  # fmt: skip
PAPERS = {
    "id": "d9", "number": "D9", "title": "Child protection", "graded": False,
    "show_if": {"question": "d1/q1", "answers": ("cp",)},
    "questions": (make_question(90, type="check", text="Were all core groups attended?", mandatory=True),),
}  # fmt: skip
WHOLE = {
    "d1/q1": Given(given="cin,cp"),
    "d1/q2": Given(given="2026-03-27"),
    "d1/q3": Given(given="4"),
    "d1/q4": Given(
        code="yes",
        text="Seen alone.",
        second="high",
        evidence="Case note of 27 March",
        action="See her alone",
        action_owner="Theo  manager",
        action_due="2026-12-04",
    ),
}


@pytest.fixture
def audit(session, council):
    """An audit of a council's own set that asks in every way."""
    told = make_document(each=1, domain_scale=None, overall_grade=None).model_dump()
    first, last = told["domains"]
    told |= {"rules": None, "scales": (*told["scales"], *SCALES), "answer_scales": {"check": "yes-partly-no"}}
    worth = {"no": 0, "partly": 1, "yes": 3}
    for point in next(scale for scale in told["scales"] if scale["id"] == "yes-partly-no")["points"]:
        point["points"] = worth[point["code"]]
    told["domains"] = ({**first, "questions": ASKED}, PAPERS, last)
    document = make_document().model_validate(told)
    edition_id = publish(session, document)
    session.flush()
    return make_audit(session, council.team, council.auditor, set_id="neglect", edition_id=edition_id, length="full")


def save(session, council, audit, answers, now, domain="d1", seen=0):
    entry = service.DomainEntry(answers=answers)
    return service.save_domain(session, HERE, audit.number, domain, entry, seen=seen, by=council.auditor, now=now)


def missing(session, audit):
    questions = queries.questions_of(session, audit)
    return {want.key for want in completeness.missing(audit, questions, *queries.all_rows(session, HERE, audit.number))}


def test_every_way_of_answering_is_saved_counted_and_read_back_in_words(session, council, audit, now):
    assert missing(session, audit) >= {"d1/q1", "d1/q2", "d1/q3", "d1/q4"}
    save(session, council, audit, WHOLE, now)
    # The whole of “Child protection” is asked now, because one of the ticked plans calls for it.
    assert missing(session, audit) & {"d1/q1", "d1/q2", "d1/q3", "d1/q4", "d9/q90"} == {"d9/q90"}
    questions = queries.questions_of(session, audit)
    rows = queries.all_rows(session, HERE, audit.number)
    document = contents.compose(audit, questions, *rows)
    told = {question["key"]: question for question in document["domains"][0]["questions"]}
    assert [told[f"d1/q{nth}"]["answer"] for nth in range(1, 5)] == [
        "Child in need; Child protection", "27 March 2026", "4 visits", "Yes. Priority: High",
    ]  # fmt: skip
    assert told["d1/q4"]["evidence"] == "Case note of 27 March"
    assert contents.beside(told["d1/q4"]) == (
        "Seen alone.\nEvidence: Case note of 27 March\nAction: See her alone, Theo  manager, by 4 December 2026"
    )
    assert document["domains"][0]["points"]["in_words"] == "3 of 3 from 1 answer"
    open_too = "3 of 3 from 1 answer; 1 question left open, in neither number"
    assert document["points"]["in_words"] == open_too  # “Child protection” is asked and has points too
    kept_back = contents.without_words(document)["domains"][0]["questions"]
    assert "27 March" not in json.dumps(kept_back)
    assert "2026-03-27" not in json.dumps(kept_back)
    assert "alone" not in json.dumps(kept_back)
    assert "Theo" not in json.dumps(kept_back)
    emptied = {**document, "domains": [{**document["domains"][0], "questions": []}]}
    assert "See her alone, Theo  manager, by 4 December 2026" in [
        change.after for change in contents.changes(emptied, document)
    ]
    assert kept_back[0]["answer"] == "Child in need; Child protection"
    assert session.get(AuditVersion, (HERE, audit.number, 1)) is None


def test_a_domain_whose_condition_does_not_hold_asks_for_nothing(session, council, audit, now):
    save(session, council, audit, {**WHOLE, "d1/q1": Given(given="cin")}, now)
    assert "d9/q90" not in missing(session, audit)
    document = contents.compose(
        audit, queries.questions_of(session, audit), *queries.all_rows(session, HERE, audit.number)
    )
    assert document["domains"][1]["not_asked"] == "Q1 is “Child protection”"


UNFIT = (
    ("d1/q1", Given(given="cin,other"), "”: tick only answers that are on the page"),
    ("d1/q2", Given(given="27/03/2026"), "”: enter a real date, like 27 3 2026"),
    ("d1/q3", Given(given="four"), "”: enter a number in figures, like 12 or 12.5"),
    ("d1/q4", Given(code="not_applicable"), "”: choose one of the answers on the page"),
    ("d1/q4", Given(code="yes", second="cin"), "”: choose one of the second answers on the page"),
    ("d1/q4", Given(code="yes", given="4"), "”: choose one of the answers on the page"),
    ("d1/q3", Given(code="yes"), "”: choose one of the answers on the page"),
    ("d1/q4", Given(action="See her", action_due="4 December"), "”: enter a real date for the action, like 27 3 2027"),
    ("d1/q3", Given(given="4", action="No action is asked for here"), "”: no action is asked for on this row"),
)


def test_what_does_not_fit_its_kind_is_refused(session, council, audit, now):
    for key, given, words in UNFIT:
        with pytest.raises(Invalid) as refused:
            save(session, council, audit, {key: given}, now)
        assert (refused.value.field, refused.value.message.endswith(words)) == (key, True), refused.value.message


def test_a_second_answer_is_part_of_answering(session, council, audit, now):
    save(session, council, audit, {**WHOLE, "d1/q4": Given(code="yes")}, now)
    assert "d1/q4" in missing(session, audit)


def test_a_page_takes_each_kind_and_shows_it_again(session, council, signed_in_as, audit):
    session.commit()
    page = signed_in_as(person_id=council.auditor)
    address = f"/greenhaven/audits/AUD-{audit.number:04}/domains/d1"
    page.get(address)
    sent = {"a-q1": ["cin", "cp"], "a-q2-day": "27", "a-q2-month": "3", "a-q2-year": "2026", "a-q3": "1,200"}
    action = {"d-q4": "See her", "d-who-q4": "Theo", "d-by-q4-day": "4", "d-by-q4-month": "12", "d-by-q4-year": "2026"}
    page.submit({**sent, **action, "a-q4": "yes", "s-q4": "high", "e-q4": "Case note", "then": "back"})
    session.expire_all()
    saved = queries.all_rows(session, HERE, audit.number)[1]
    assert (saved["d1/q1"].given, saved["d1/q2"].given, saved["d1/q3"].given) == ("cin,cp", "2026-03-27", "1200")
    assert (saved["d1/q4"].code, saved["d1/q4"].second, saved["d1/q4"].evidence) == ("yes", "high", "Case note")
    assert (saved["d1/q4"].action, saved["d1/q4"].action_owner, saved["d1/q4"].action_due) == (
        "See her", "Theo", "2026-12-04",
    )  # fmt: skip
    session.rollback()
    page.get(address)
    page.submit({"a-q3": "many"}, status=422)
    assert kinds.NO_NUMBER in page.text


def submitted(session, council, audit, now, **action):
    """The audit with this action on its row, submitted; what was missing, where it could not be."""
    row = Given(code="yes", second="high", **action)
    keys = {key: given for key, given in WHOLE.items() if key != "d1/q4"} | {"d1/q1": Given(given="cin"), "d1/q4": row}
    revision = getattr(session.get(DomainAnswer, (HERE, audit.number, "d1")), "revision", 0)
    save(session, council, audit, keys, now, seen=revision)
    questions = queries.questions_of(session, audit)
    safety = next(question for question in questions.questions if question.safety)
    last = safety.key.partition("/")[0]
    row = session.get(DomainAnswer, (HERE, audit.number, last))
    save(session, council, audit, {safety.key: ("nothing_seen", "")}, now, last, row.revision if row else 0)
    session.flush()
    try:
        service.submit_audit(session, HERE, audit.number, by=council.auditor, now=now)
    except service.NotComplete as refused:
        return [want.code for want in refused.missing if want.key == "d1/q4"]
    return session.exec(select(AuditAction).order_by(AuditAction.number)).all()


def test_an_action_on_a_row_becomes_an_action_of_the_audit_once(session, council, audit, now):
    asked = {"action": "See her alone.", "action_owner": " theo MANAGER"}
    assert submitted(session, council, audit, now, **asked) == ["action_due"]
    assert submitted(session, council, audit, now, **asked, action_due="2024-12-04") == ["action_due"]
    assert submitted(session, council, audit, now, action_owner="Theo Manager") == ["action"]
    made = submitted(session, council, audit, now, **asked, action_due="2026-12-04")
    assert [(each.what, each.owner_id, each.due_on.isoformat(), each.question_key) for each in made] == [
        ("See her alone.", council.manager, "2026-12-04", "d1/q4")
    ]
    service.reopen_audit(session, HERE, audit.number, reason="A slip.", by=council.qa, now=now)
    again = submitted(session, council, audit, now, **asked, action_due="2026-12-11")
    assert len(again) == 1  # what version 1 has set is not set twice


def test_the_check_counts_an_action_on_a_row_as_the_sheets_do(session, council, audit, now):
    submitted(session, council, audit, now, action="See her alone.", action_due="2026-12-04")
    service.agree_audit(session, HERE, audit.number, by=council.qa, now=now)
    session.commit()
    unlike = [one for one in answer_sheets.out_of_step(session.connection(), {}) if isinstance(one, str)]
    assert unlike == []


def test_a_name_that_is_nobodys_here_stands_behind_the_action(session, council, audit, now):
    row = {"action": "Ring the school.", "action_owner": "School nurse", "action_due": "2026-12-04"}
    [made] = submitted(session, council, audit, now, **row)
    assert (made.owner_id, made.what) == (None, "Ring the school.\n\nNamed for it in the audit: School nurse")


def test_two_people_of_one_name_are_nobody(session):
    people = [SimpleNamespace(id=nth, name="Sam  Lee", user_name=f"sam{nth}@x.example") for nth in (1, 2)]
    assert on_rows.owner_named("sam lee", people) is None
    assert on_rows.owner_named("SAM2@x.example", people) == 2
    assert on_rows.owner_named("", people) is None
