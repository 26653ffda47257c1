"""An audit on paper: what it says at a glance, for whom, as a draft and corrected; and that its leaving is logged."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from sqlmodel import select

from audit_app.audits import service
from audit_app.audits.actions import service as actions
from audit_app.audits.concerns import service as concerns
from audit_app.audits.on_paper import pdf
from audit_app.audits.on_paper.contents import Asked, AuditOnPaper, DomainGlance, DomainOnPaper, Glance, Printing
from audit_app.audits.on_paper.glance import glance
from audit_app.audits.tables import ActionLevel
from audit_app.history import HistoryEntry, facts_of
from audit_app.people.tables import RegisterExport
from tests import builders
from tests.builders_audits import answer_all, make_agreed, make_audit

HERE = "/greenhaven/audits/AUD-0001/paper"
CANARY = "A blue kite hung in the window"


def words_of(data):
    """The words of a PDF, each run of spaces as one."""
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def asked(*answers):
    return [{"number": f"D1.{n}", "text": "?", "answer": name, "words": ""} for n, name in enumerate(answers, 1)]


def domain(key, grade="", *, graded=True, away=False, answers=()):
    return {
        "id": key, "title": key.title(), "graded": graded, "grade": grade.lower(), "grade_name": grade,
        "not_applicable": away, "questions": asked(*answers),
    }  # fmt: skip


def test_the_glance_counts_each_domain_once_and_never_grades_what_was_not_graded():
    document = {
        "overall": {"asked": True, "grade": "good", "grade_name": "Good"},
        "domains": [
            domain("record", "Good", answers=("Yes", "")),
            domain("plan", "Good"),
            domain("voice", "Inadequate"),
            domain("visits"),
            domain("court", "Good", away=True),
            domain("checks", graded=False, answers=("Yes", "Yes", "No")),
            domain("dates", graded=False, answers=tuple(f"{day} May 2026" for day in range(1, 8))),
        ],
    }
    look = glance(document, 2)
    assert look.spread == "2 Good and 1 Inadequate, of 3 graded; 1 domain not graded; 1 domain does not apply"
    lines = {line.key: (line.grade, line.answered) for line in look.domains}
    assert lines["record"] == ("Good", "1 of 2 answered")
    assert lines["visits"] == ("Not graded", "0 of 0 answered")
    assert lines["court"] == ("Does not apply", "")
    assert lines["checks"] == ("No grade asked", "2 Yes and 1 No, of 3")
    assert lines["dates"] == ("No grade asked", "7 of 7 answered")
    assert [line.grade_code for line in look.domains][4] == ""
    assert look.concerns == "2 concerns about safety are open"


def test_equal_contents_give_equal_bytes_and_several_audits_have_pages_of_their_own():
    line = DomainGlance("plan", "The plan", "Good", "good", "1 of 1 answered")
    one = AuditOnPaper(
        "AUD-0007", "Child in need", "G-7 · North", "Greenhaven", "OFFICIAL", "For the file.", "", "",
        (("Team", "North"),), Glance(True, "Good", "good", "1 Good, of 1 graded", (line,), ""), "It is good.",
        (("Strengths", "Many"),), (DomainOnPaper(line, "It is clear.", (Asked("D1.1", "Is it?", "Yes", "Seen"),), ""),),
        (), (), (), (), "", "2 November 2026",
    )  # fmt: skip
    printing = Printing("EXP-1", "Quinn Quality", "today")
    assert pdf.one_audit(one, printing) == pdf.one_audit(one, printing)
    both = pdf.several_audits([one, replace(one, reference="AUD-0008", standing="Draft")], printing)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(both)]
    assert [("AUD-0007: Child" in page, "AUD-0008: Child" in page) for page in pages[1:]] == [
        (True, False),
        (False, True),
    ]
    assert all("Some of these audits are drafts" in page for page in pages)


@pytest.fixture
def audit(session, council, now):
    """An agreed audit with an action that has news, and a concern; its auditor wrote one text to be known again by."""
    made = make_agreed(
        session, council.team, council.auditor, agreed_by=council.qa, answers={"words": CANARY, "grades": {}},
        practitioner_code="P-053",
    )  # fmt: skip
    here, who = (session, builders.AUTHORITY_ID), {"by": council.auditor, "now": now}
    new = actions.NewAction(
        ActionLevel.child, "See the child alone", owner_id=council.manager, due_on=date(2026, 12, 1)
    )
    action = actions.add_action(*here, made.number, new, **who)
    done = {"what_was_done": "Seen at school", "what_changed": "She talks of mornings"}
    actions.mark_done(*here, action.number, **done, by=council.manager, now=now)
    concerns.raise_concern(*here, made.number, "A bruise nobody explains", "The manager", **who)
    session.commit()
    return made


def test_page_and_file_say_the_same_and_the_file_is_marked_tagged_and_logged(session, council, audit, signed_in_as):
    manager = signed_in_as(person_id=council.manager)
    seen = manager.get(HERE).text
    first, second = (manager.get(f"{HERE}.pdf").response.data for _ in range(2))
    printed = words_of(first)
    for text in (
        "OFFICIAL-SENSITIVE", "Overall grade", "Good", "At a glance", "See the child alone", "Seen at school",
        "She talks of mornings", "A bruise nobody explains", "The social worker knows the child well.", "P-053",
        "What was seen of the plan, and what it meant for the child.", "G-123456", "Agreed",
    ):  # fmt: skip
        assert text in seen and text in printed, text
    assert "Draft" not in printed
    assert b"/MarkInfo" in first and b"/Lang (en-GB)" in first
    exports = session.exec(select(HistoryEntry).where(HistoryEntry.event == "people.paper_taken_out")).all()
    ids = [facts_of(entry)["export_id"] for entry in exports]
    assert len(ids) == 2 and ids[0] in printed and ids[1] in words_of(second)
    assert [facts_of(entry)["what"] for entry in exports] == ["AUD-0001"] * 2
    assert len(session.exec(select(RegisterExport)).all()) == 2


def test_who_may_not_read_it_has_no_paper_and_is_not_counted(session, council, audit, signed_in_as):
    signed_in_as(person_id=council.other_manager).get(f"{HERE}.pdf", status=404)
    signed_in_as(person_id=council.other_auditor).get(HERE, status=404)
    assert session.exec(select(RegisterExport)).all() == []


def test_leaders_without_the_words_have_none_on_paper(app, council, audit, signed_in_as):
    app.config["LEADERS_READ_TEXT"] = False
    leader = signed_in_as(person_id=council.leader)
    printed = words_of(leader.get(f"{HERE}.pdf").response.data) + leader.get(HERE).text
    for text in (CANARY, "bruise", "knows the child well", "What was seen of the plan"):
        assert text not in printed, text
    assert "words not" in printed and "Good" in printed


def test_a_draft_says_so_on_every_page_and_a_corrected_audit_its_version(session, council, audit, now, signed_in_as):
    here = (session, builders.AUTHORITY_ID, audit.number)
    service.reopen_audit(*here, reason="A date was wrong", by=council.qa, now=now)
    session.commit()
    auditor = signed_in_as(person_id=council.auditor)
    data = auditor.get(f"{HERE}.pdf").response.data
    pages = pypdfium2.PdfDocument(data)
    said = "Draft: not submitted, open for a correction of version 1, may still change"
    assert all(said in " ".join(page.get_textpage().get_text_range().split()) for page in pages)
    answer_all(session, audit)
    service.submit_audit(*here, by=council.auditor, now=now)
    session.commit()
    printed = words_of(auditor.get(f"{HERE}.pdf").response.data)
    assert "AUD-0001, Version 2, corrected" in printed and "A date was wrong" in printed and "Draft" not in printed


def test_an_untouched_audit_can_be_printed(session, council, signed_in_as):
    make_audit(session, council.team, council.auditor)
    session.commit()
    assert "No domain is graded yet" in words_of(
        signed_in_as(person_id=council.auditor).get(f"{HERE}.pdf").response.data
    )


def test_ex_6_paper_is_counted_with_everything_else_taken_out(app, council, audit, signed_in_as):
    app.config["EXPORTS_PER_HOUR"] = 1
    qa = signed_in_as(person_id=council.qa)
    qa.get(f"{HERE}.pdf")
    qa.get(f"{HERE}.pdf", status=429)
