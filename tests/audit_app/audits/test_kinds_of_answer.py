"""A day, a number, several ticks, a second answer, where the evidence is: saved, asked for, frozen and kept back."""

import json

import pytest

from audit_app.audits import completeness, contents, queries, service
from audit_app.audits.kinds.given import Given
from audit_app.audits.tables import AuditVersion
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
                  asks_evidence=True, always_applies=True, mandatory=True),
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
    "d1/q4": Given(code="yes", text="Seen alone.", second="high", evidence="Case note of 27 March"),
}


@pytest.fixture
def audit(session, council):
    """An audit of a council's own set that asks in every way."""
    told = make_document(each=1, domain_scale=None, overall_grade=None).model_dump()
    first, last = told["domains"]
    told |= {"rules": None, "scales": (*told["scales"], *SCALES), "answer_scales": {"check": "yes-partly-no"}}
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
    kept_back = contents.without_words(document)["domains"][0]["questions"]
    assert "27 March" not in json.dumps(kept_back)
    assert "2026-03-27" not in json.dumps(kept_back)
    assert kept_back[0]["answer"] == "Child in need; Child protection"
    assert session.get(AuditVersion, (HERE, audit.number, 1)) is None


def test_a_domain_whose_condition_does_not_hold_asks_for_nothing(session, council, audit, now):
    save(session, council, audit, {**WHOLE, "d1/q1": Given(given="cin")}, now)
    assert "d9/q90" not in missing(session, audit)
    document = contents.compose(
        audit, queries.questions_of(session, audit), *queries.all_rows(session, HERE, audit.number)
    )
    assert document["domains"][1]["not_asked"] == "Q1 is “Child protection”"


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("d1/q1", Given(given="cin,other")),
        ("d1/q2", Given(given="27/03/2026")),
        ("d1/q3", Given(given="four")),
        ("d1/q4", Given(code="not_applicable")),
        ("d1/q4", Given(code="yes", second="cin")),
        ("d1/q4", Given(code="yes", given="4")),
        ("d1/q3", Given(code="yes")),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(session, council, audit, now, key, given):
    with pytest.raises(Invalid):
        save(session, council, audit, {key: given}, now)


def test_a_second_answer_is_part_of_answering(session, council, audit, now):
    save(session, council, audit, {**WHOLE, "d1/q4": Given(code="yes")}, now)
    assert "d1/q4" in missing(session, audit)


def test_a_page_takes_each_kind_and_shows_it_again(session, council, signed_in_as, audit):
    session.commit()
    page = signed_in_as(person_id=council.auditor)
    address = f"/greenhaven/audits/AUD-{audit.number:04}/domains/d1"
    page.get(address)
    sent = {"a-q1": ["cin", "cp"], "a-q2-day": "27", "a-q2-month": "3", "a-q2-year": "2026", "a-q3": "1,200"}
    page.submit({**sent, "a-q4": "yes", "s-q4": "high", "e-q4": "Case note", "then": "back"})
    session.expire_all()
    saved = queries.all_rows(session, HERE, audit.number)[1]
    assert (saved["d1/q1"].given, saved["d1/q2"].given, saved["d1/q3"].given) == ("cin,cp", "2026-03-27", "1200")
    assert (saved["d1/q4"].code, saved["d1/q4"].second, saved["d1/q4"].evidence) == ("yes", "high", "Case note")
    session.rollback()
    page.get(address)
    page.submit({"a-q3": "many"}, status=422)
    assert kinds.NO_NUMBER in page.text
