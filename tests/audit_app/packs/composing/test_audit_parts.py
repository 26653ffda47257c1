"""Single audits in a pack: each field where its audience may have it, each word where something was written."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from audit_app.audits.tables import ActionLevel, AuditActionState, HowChosen
from audit_app.packs.composing import audit_parts
from audit_app.packs.composing.extract import Audits
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.parts.audits import AnswerPart, AuditActionPart, AuditLine, AuditPart, DomainPart
from audit_app.packs.story import audits as story
from tests.audit_app.packs.composing.test_figures import extract_of, record
from tests.audit_app.packs.composing.test_sentences import narrator

ANSWERED = {"number": "1.1", "text": "Was it seen?", "code": "yes", "answer": "Yes", "words": "On every visit",
            "evidence": "Visit of May"}  # fmt: skip
OPEN = {"number": "1.2", "text": "By whom?", "answer": "", "words": ""}
NOT_ASKED = {**OPEN, "number": "1.3", "not_asked": "Asked where 1.1 is no"}
TYPED = {"number": "1.4", "text": "When?", "given": "2026-05-01", "typed": "day", "answer": "1 May 2026", "words": ""}
DOMAIN = {"title": "The visit", "grade": "good", "grade_name": "Good", "not_applicable": False, "reason": "",
          "rationale": "Seen alone", "questions": [ANSWERED, OPEN, NOT_ASKED, TYPED]}  # fmt: skip
AWAY = {**DOMAIN, "title": "Court", "grade": "", "grade_name": "", "not_applicable": True, "reason": "No court",
        "rationale": "Kept", "questions": [], "points": {"in_words": "3 of 6 points"}}  # fmt: skip
BARE = {**DOMAIN, "title": "Health", "grade": "", "grade_name": "", "rationale": "", "questions": [OPEN]}
DOCUMENT = {
    "overall": {"rationale": "All in all"},
    "closing": {"strengths": "Seen alone", "worries": "", "difference": "Safer"},
    "domains": [DOMAIN, AWAY, BARE],
    "facts": [{"title": "School", "in_words": "Hill Lane"}, {"title": "Placement", "in_words": ""}],
}
NAMES = {"AUD-0001": "R-ONE", "AUD-0002": "R-ABC"}


def of_audit(number, **changed):
    state = {"number": number, "level": ActionLevel.child, "due_on": date(2026, 9, 30)}
    acts = [
        SimpleNamespace(**state, what="See the child", what_was_done="Seen", what_changed="Safer",
                        state=AuditActionState.confirmed),
        SimpleNamespace(**state, what="Ask again", what_was_done="", what_changed="", state=AuditActionState.open),
    ]  # fmt: skip
    given = {
        "case_reference": "LCS-1", "team": "Team East", "practitioner_code": "SW-001", "manager_code": "TM-001",
        "characteristics": ("5-9", "", "no"), "grade": "Good", "grade_code": "good", "document": DOCUMENT,
        "actions": acts, "submitted_at": datetime(2026, 5, 31, 23, 30, tzinfo=UTC),
        "how_chosen": HowChosen.directors, "at_random": False, "way_chosen": "Chosen by the director",
    }  # fmt: skip
    return replace(record(number, []), **{**given, **changed})


def lines(level, *records):
    teller = narrator(level, NAMES)
    return audit_parts.lines(Audits(records, 0, NAMES), teller), dict(+teller.left_out)


# Half past eleven in the evening, in London the next day and month already.
LINE = AuditLine("R-ONE", "LCS-1", "1 Jun 2026", "Child protection", "Chosen by the director", "Team East", "Good",
                 "good", "Moderated", 1)  # fmt: skip


def test_a_line_of_the_list_has_what_its_audience_may_have_and_the_rest_is_counted():
    one = of_audit(1)
    assert lines(0, one) == ((LINE,), {})
    assert lines(1, one) == ((LINE,), {"audit.codes": 2, "audit.characteristics": 1})
    above = {"audit.codes": 2, "audit.characteristics": 1, "audit.reference": 1, "audit_action.text": 2,
             "audit.answers": 1, "audit.words": 1}  # fmt: skip
    assert lines(2, one) == (
        (replace(LINE, case_reference="", submitted="June 2026"),),
        {**above, "audit.case_reference": 1, "audit.day": 1},
    )
    assert lines(3, one) == ((), {**above, "audit.line": 1})
    bare = of_audit(1, practitioner_code="", manager_code="TM-001", characteristics=("", "", ""), actions=())
    assert lines(1, bare)[1] == {"audit.codes": 1}
    assert lines(1, replace(bare, manager_code=""))[1] == {}


def test_lines_stand_by_the_packs_own_names_and_say_how_each_record_was_found():
    drawn = of_audit(2, how_chosen=HowChosen.random, at_random=True, way_chosen="No word of ours", moderated=False)
    again = of_audit(3, is_re_audit=True)
    told, _ = lines(0, of_audit(1), drawn, again)
    assert [(line.name, line.how_chosen, line.agreed) for line in told] == [
        ("R-ABC", "Drawn at random", "Not moderated"), ("R-ONE", "Chosen by the director", "Moderated"),
        ("a case audit", "Re-audit", "Moderated"),
    ]  # fmt: skip


def test_open_actions_are_those_that_are_open_and_no_others():
    states = [AuditActionState.open] * 4 + [state for state in AuditActionState if state is not AuditActionState.open]
    acts = [SimpleNamespace(state=state) for state in states]
    ((line,), _) = lines(0, of_audit(1, actions=acts))
    assert line.open_actions == 4


def details(level, *records, in_full=None, each_audit=True, unanswered=False):
    extract = extract_of(records, level=level)
    made = replace(
        extract, about=replace(extract.about, each_audit=each_audit), chosen=Choices(unanswered=unanswered),
        audits=replace(extract.audits, in_full=in_full),
    )  # fmt: skip
    return audit_parts.details(made, narrator(level, NAMES))


def acted(number, what, state, outcome=""):
    return AuditActionPart(f"AAC-{number:04d}", "For the child", what, date(2026, 9, 30), state, outcome)


WHOLE = AuditPart(
    name="R-ONE",
    facts=(
        ("Case reference", "LCS-1"), ("Question set", "Child protection"), ("How chosen", "Chosen by the director"),
        ("Team", "Team East"), ("Period read", "1 September 2025 to 1 September 2026"),
        ("Submitted", "1 June 2026"), ("Overall grade", "Good"), ("Agreed", "Moderated"),
        ("Practitioner code", "SW-001"), ("Manager code", "TM-001"), ("Age band, ethnicity, disability", "5 to 9; No"),
        ("School", "Hill Lane"),
    ),
    domains=(
        DomainPart("The visit", "Good", "good", "Seen alone", (
            AnswerPart("1.1", "Was it seen?", "Yes", "On every visit\nEvidence: Visit of May"),
            AnswerPart("1.4", "When?", "1 May 2026", ""),
        )),
        DomainPart("Court", "Does not apply", "", "No court", (
            AnswerPart("", audit_parts.POINTS, "3 of 6 points", ""),
        )),
    ),
    closing=(
        ("Why this overall grade", "All in all"), ("Strengths", "Seen alone"), ("What changed for the child", "Safer"),
    ),
    actions=(acted(1, "See the child", "Done and confirmed", "Seen\nSafer"), acted(1, "Ask again", "Open")),
)  # fmt: skip


def test_an_audit_in_full_is_told_whole_inside_and_by_its_grades_alone_to_inspectors():
    one = of_audit(1)
    assert details(0, one) == (WHOLE,)
    ours = ("Practitioner code", "Manager code", "Age band, ethnicity, disability")
    assert details(1, one) == (replace(WHOLE, facts=tuple(each for each in WHOLE.facts if each[0] not in ours)),)
    (named,) = details(2, in_full=[one])
    assert named == AuditPart(
        "R-ONE",
        (
            ("Question set", "Child protection"), ("How chosen", "Chosen by the director"), ("Team", "Team East"),
            ("Period read", "1 September 2025 to 1 September 2026"), ("Submitted", "June 2026"),
            ("Overall grade", "Good"), ("Agreed", "Moderated"),
        ),
        (DomainPart("The visit", "Good", "good", "", ()), DomainPart("Court", "Does not apply", "", "", ())),
        (),
        (acted(1, "", "Done and confirmed"), acted(1, "", "Open")),
    )  # fmt: skip


def test_an_action_whose_words_are_left_out_is_printed_as_whom_it_is_for():
    part = AuditPart("R-ONE", (), (), (), (acted(1, "See the child", "Open"), acted(1, "", "Open")))
    (table,) = story.actions(part)
    assert [row[1] for row in table.rows] == ["For the child: See the child", "For the child"]


@pytest.mark.parametrize(("level", "sections", "times"), [(2, (), 2), (2, ("audit-list",), 2), (1, (), 0)])
def test_what_inspectors_do_not_get_of_a_named_audit_is_counted_once_whether_it_stands_in_the_list_too(
    level, sections, times
):
    extract, teller = extract_of([of_audit(1)], level=level), narrator(level, NAMES)
    named = replace(extract.audits, in_full=[of_audit(1), of_audit(2)])
    if "audit-list" in sections:
        audit_parts.lines(extract.audits, teller)
    audit_parts.details(replace(extract, audits=named, chosen=Choices(sections=sections)), teller)
    once = ("audit.answers", "audit.case_reference", "audit.day")
    assert [teller.left_out[name] for name in once] == [times] * 3
    assert teller.left_out["audit.codes"] == 2 * 2  # the practitioner's and the manager's, of each
    # Of each: why the grade, two closing texts, two reasons, words beside an answer, a day that was typed, and a fact.
    assert teller.left_out["audit.words"] == (2 * 8 if level == 2 else 0)


def test_where_each_question_is_asked_for_those_without_an_answer_say_whether_they_were_asked():
    (part,) = details(0, of_audit(1), unanswered=True)
    assert [domain.title for domain in part.domains] == ["The visit", "Court", "Health"]
    assert [(each.number, each.answer) for each in part.domains[0].answers] == [
        ("1.1", "Yes"), ("1.2", "Not answered"), ("1.3", "Not asked"), ("1.4", "1 May 2026"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "given", "names"),
    [
        (1, {}, ["R-ABC", "R-ONE"]),
        (1, {"each_audit": False}, []),
        (1, {"each_audit": False, "in_full": [of_audit(3)]}, ["a case audit"]),
        (1, {"in_full": []}, []),
        (2, {}, []),
        (2, {"in_full": [of_audit(1)]}, ["R-ONE"]),
        (3, {"in_full": [of_audit(1)]}, []),
    ],
)
def test_told_in_full_are_the_audits_asked_for_where_the_audience_may_have_them(level, given, names):
    assert [part.name for part in details(level, of_audit(1), of_audit(2), **given)] == names


@pytest.mark.parametrize("part", ["code", "words", "given", "second", "evidence", "action"])
def test_a_question_is_answered_as_soon_as_anything_was_said_to_it(part):
    assert audit_parts._is_answered({**OPEN, part: "x"}) and not audit_parts._is_answered({**OPEN, part: ""})


def test_a_number_or_a_day_that_was_typed_is_told_where_typed_words_are():
    told = [audit_parts._answer(question, narrator(2)) for question in (ANSWERED, TYPED, OPEN, NOT_ASKED)]
    assert told == ["Yes", "", "Not answered", "Not asked"]
