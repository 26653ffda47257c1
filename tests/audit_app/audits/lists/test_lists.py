"""Many audits set up from a list: read as typed, every fault at once, looked at first, all or nothing."""

import io
from datetime import date

import openpyxl
from sqlmodel import select

from audit_app import clock
from audit_app.audits import service
from audit_app.audits.lists import planning
from audit_app.audits.lists.pasted import Wanted, read_list
from audit_app.audits.lists.planning import Known, Named
from audit_app.audits.tables import CaseAudit, Subject
from audit_app.history import HistoryEntry
from audit_app.library.product_editions import edition_for_new
from tests import builders
from tests.builders_audits import make_audit, new_audit

TODAY, USUAL = date(2026, 11, 2), date(2026, 11, 23)
KNOWN = Known(
    teams=[Named(1, "Court Team", ("Court Team", "Court Team (Court work)")), Named(2, "North", ("North",)),
           Named(3, "North", ("North", "North (Help)"))],
    auditors=[Named(7, "Asha O’Neil", ("Asha O’Neil", "asha@x.example"))],
    pattern=r"G-\d{6}", example="G-123456", today=TODAY, due_on=USUAL,
)  # fmt: skip


def list_address():
    """Where a list is pasted for the edition that new audits use today."""
    return f"/greenhaven/audits/new/child-protection/core/{edition_for_new(clock.today())}/list"


def test_a_list_is_read_as_people_paste_it():
    assert read_list(
        "Case ref\tTeam\tAuditor\tDue\nG-1\tNorth\tAsha\t27/3/2027\n\n  G-2 ;Court Team; Asha\nG-3, North"
    ) == (
        Wanted(2, "G-1", "North", "Asha", "27/3/2027"),
        Wanted(4, "G-2", "Court Team", "Asha", ""),
        Wanted(5, "G-3", "North", "", ""),
    )
    assert read_list("G-1\u00a0, North, Asha, 1 May 2027, soon")[0] == Wanted(
        1, "G-1", "North", "Asha", "1 May 2027", "soon"
    )
    assert read_list("team a, north, asha b, \nx")[0].line == 1


def test_every_fault_of_every_line_is_told_at_once_in_their_order():
    plan = planning.plan(
        read_list(
            "g-100001, court  team, asha o'neil, 27/3/2027\n"
            "JB120419, North, Ashe O'Neil, 31/02/2027\n"
            "G-100001, Court Team (Court work), ASHA@x.example\n"
            "G-100003, , asha@x.example, 1/11/2026, more"
        ),
        KNOWN, Subject.child,
    )  # fmt: skip
    assert [fault.partition(":")[0] for fault in plan.faults] == ["Line 2"] * 4 + ["Line 3"] + ["Line 4"] * 3
    whole = "\n".join(plan.faults)
    for words in ("initials and a date of birth", "is the name of 2 teams", "Did you mean “Asha O’Neil”?", "31/02/2027",
                  "G-100001 stands in the list 2 times", "the team is missing", "has passed", "more"):  # fmt: skip
        assert words in whole, words
    first = plan.lines[0]
    assert (first.reference, first.team_id, first.auditor_id, first.due_on) == ("G-100001", 1, 7, date(2027, 3, 27))
    assert planning.plan(read_list("G-100002, Court Team, Asha O’Neil"), KNOWN, Subject.child).lines[0].due_on == USUAL


def test_from_a_pasted_list_to_audits_with_doubts_told_and_each_in_the_log(session, council, signed_in_as):
    make_audit(session, council.team, council.other_auditor, case_reference="G-111111")
    session.commit()
    qa = signed_in_as(person_id=council.qa)
    qa.get(list_address())
    given = {
        "subject": "child",
        "how_chosen": "random",
        "lines": "G-1, Nowhere, Nobody\nG-222222, Court Team, Asha Auditor",
    }
    qa.submit(given, status=422)
    assert sum(error.startswith("Line 1") for error in qa.errors) + qa.text.count("Line 1: ") >= 3
    qa.submit({"lines": "g-111111, Court Team, Asha Auditor\nG-222222, Court Team, Omar Other, 3 December 2035"})
    assert "How the list is understood: 2 audits" in qa.text and "audited lately: AUD-0001" in qa.text
    assert len(session.exec(select(CaseAudit.number)).all()) == 1
    session.rollback()
    qa.post(f"{list_address()}/check", qa.form_data())
    rows = session.exec(select(CaseAudit).where(CaseAudit.number > 1).order_by(CaseAudit.number)).all()
    assert [(row.case_reference, row.auditor_id, row.team_name) for row in rows] == [
        ("G-111111", council.auditor, "Court Team"), ("G-222222", council.other_auditor, "Court Team")
    ]  # fmt: skip
    assert rows[1].due_on == date(2035, 12, 3) and rows[0].how_chosen == "random"
    made = select(HistoryEntry.reference).where(HistoryEntry.event == "audit.created")
    assert {"AUD-0002", "AUD-0003"} <= set(session.exec(made).all())


def test_what_changed_after_it_was_looked_at_is_looked_at_again(session, council, signed_in_as):
    qa = signed_in_as(person_id=council.qa)
    qa.get(list_address())
    qa.submit({"subject": "child", "how_chosen": "random", "lines": "G-222222, Court Team, Asha Auditor"})
    qa.post(f"{list_address()}/check", {**qa.form_data(), "lines": "G-222222, Court Team, Omar Other"}, status=422)
    assert "changed since this was looked at" in qa.text
    assert session.exec(select(CaseAudit.number)).all() == []


def test_a_workbook_becomes_the_list(council, signed_in_as):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (
        ("Reference", "Team", "Auditor", "Due by"),
        ("G-333333", "Court Team", "Omar Other", date(2035, 12, 3)),
    ):
        book.active.append(row)
    book.save(stream)
    qa = signed_in_as(person_id=council.qa)
    qa.get(list_address())
    data = {
        **qa.form_data(),
        "subject": "child",
        "how_chosen": "random",
        "lines": "",
        "file": (io.BytesIO(stream.getvalue()), "list.xlsx"),
    }
    qa.post(list_address(), data)
    assert "G-333333" in qa.text and "3 Dec 2035" in qa.text
    assert "G-333333\tCourt Team\tOmar Other" in qa.form_data()["lines"]
    # The wrong kind of file, a damaged one and an empty one, sent to create_many.
    for content, name in ((b"%PDF-1.7", "list.pdf"), (stream.getvalue()[:900], "list.xlsx"), (b"", "list.csv")):
        qa.get(list_address())
        given = {"subject": "child", "how_chosen": "random", "file": (io.BytesIO(content), name)}
        qa.post(list_address(), {**qa.form_data(), **given}, status=422)
        assert qa.errors, name


def test_one_that_does_not_fit_leaves_none_set_up(session, council, now):
    good = new_audit(council.team, council.auditor)
    bad = new_audit(council.team, council.leader, case_reference="G-200002")
    try:
        service.create_audits(session, builders.AUTHORITY_ID, [good, bad], by=council.qa, now=now)
    except service.Invalid as refused:
        assert refused.field == "auditor_id"
    session.rollback()
    assert session.exec(select(CaseAudit.number)).all() == []
