"""Sentences of the lead member's pages, the year's report and the working notes, each from rows made by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from audit_app.packs.composing.told import notes, plain, year
from findings.states import AreaStatus, Impact
from tests.audit_app.packs.composing.test_sentences import TODAY, action, area, finding, judged, narrator, woven

LATE, AHEAD = date(2026, 9, 1), date(2027, 3, 1)
TAKEN_ON_AND_LATE = (
    "1 report asked us for 1 thing. Somebody has taken on each of them. 1 of them is being worked on and past a date."
)
NOT_TAKEN_ON_AND_LATE = (
    "3 reports asked us for 4 things. 2 of them nobody has taken on yet. 2 of them are being worked on and past a date."
)
TO_BE_JUDGED = {"rating": Impact.not_yet_known, "different_for_children": "Nobody knows yet."}


def cut_of(*threads, **more):
    return SimpleNamespace(register=SimpleNamespace(threads=threads, actions=(), asked=(), **more))


@pytest.mark.parametrize(
    ("enough", "few", "says"),
    [
        (0, 0, []),
        (1, 0, ["1 more kind of record is in the full pack."]),
        (2, 0, ["2 more kinds of record are in the full pack."]),
        (0, 1, ["Of 1 other kind of record too few were read to say anything of the whole service."]),
        (
            3,
            2,
            [
                "3 more kinds of record are in the full pack.",
                "Of 2 other kinds of record too few were read to say anything of the whole service.",
            ],
        ),
    ],
)
def test_what_these_pages_have_no_room_for_is_told_apart_from_what_nobody_can_say(enough, few, says):
    assert plain._other_kinds(enough, few) == says


def with_change(words, day):
    return woven(impacts=[judged(different_for_children=words, judged_on=day)])


def test_the_lead_member_reads_the_latest_changes_first_and_how_many_nobody_can_judge():
    changes = [with_change(f"Change {day}.", date(2026, 10, day)) for day in (1, 4, 2, 3, 5)]
    open_ones = [woven(), woven(impacts=[judged(**TO_BE_JUDGED)])]
    assert plain._noticed(cut_of(*open_ones, *changes), narrator()) == [
        "Change 5.",
        "Change 4.",
        "Change 3.",
        "2 more changes like these are in the full pack.",
        "At 2 of 7 things to be put right, nobody can say yet whether children are better off.",
    ]
    assert plain._noticed(cut_of(*changes[:4]), narrator())[-1] == "1 more change like these is in the full pack."
    assert plain._noticed(cut_of(*open_ones[:1]), narrator()) == [
        plain.NOBODY_SAW,
        "At 1 of 1 thing to be put right, nobody can say yet whether children are better off.",
    ]
    # A judgement that it made no difference is one, and nothing that children would notice.
    none = woven(impacts=[judged(rating=Impact.no_difference, different_for_children="Nothing.")])
    assert plain._noticed(cut_of(none), narrator()) == [plain.NOBODY_SAW]


def asked(*threads, findings=None, **of_report):
    """A report whose items are answered by these areas, or by none."""
    strands = [strand for thread in threads for strand in thread.findings] if findings is None else findings
    report = SimpleNamespace(published_on=date(2026, 1, 5), **of_report)
    return SimpleNamespace(findings=strands, inspection=report, answering={3: threads[0]} if threads else {})


def strand(number):
    return SimpleNamespace(finding=finding(number=number), area_numbers=())


def answered(due_on, status=AreaStatus.open):
    given = {"findings": [finding()], "actions": [action(due_on=due_on)]}
    return woven(areas=[area(status=status, closed_on=TODAY if status is AreaStatus.closed else None)], **given)


@pytest.mark.parametrize(
    ("reports", "says"),
    [
        ([], "No inspection or review on record up to the end of this time asks us for anything."),
        ([asked(findings=[])], "No inspection or review on record up to the end of this time asks us for anything."),
        ([asked(answered(AHEAD))], "1 report asked us for 1 thing. Somebody has taken on each of them."),
        (
            [asked(answered(LATE)), asked(findings=[])],
            TAKEN_ON_AND_LATE,
        ),
        (
            [asked(answered(LATE)), asked(answered(LATE)), asked(findings=[strand(8), strand(9)])],
            NOT_TAKEN_ON_AND_LATE,
        ),
        (
            [asked(answered(LATE, AreaStatus.closed))],
            "1 report asked us for 1 thing. Somebody has taken on each of them.",
        ),
    ],
)
def test_what_others_asked_for_says_what_nobody_took_on_and_what_is_past_a_date(reports, says):
    cut = SimpleNamespace(register=SimpleNamespace(asked=reports))
    assert plain._asked(cut, narrator()) == says


def record(title, grade, at_random):
    return SimpleNamespace(set_title=title, grade_code=grade, at_random=at_random)


def test_audits_without_an_overall_grade_are_counted_set_by_set_and_for_everybody_not_at_all():
    records = [
        record("Supervision", "", True), record("Supervision", "", True), record("Supervision", "", False),
        record("Early help", "strong", False), record("Early help", "good", True),
    ]  # fmt: skip
    cut = SimpleNamespace(audits=SimpleNamespace(records=records))
    (counted,) = year._without_overall_grade(cut, narrator())
    assert counted == (
        "Audits that have no overall grade on this scale are in neither table: Early help (0 drawn at random; "
        "1 chosen) and Supervision (2 drawn at random; 1 chosen)."
    )
    assert year._without_overall_grade(cut, narrator(level=3)) == ()
    graded = SimpleNamespace(audits=SimpleNamespace(records=records[-1:]))
    assert year._without_overall_grade(graded, narrator()) == ()


def test_working_notes_stand_by_action_area_and_report_in_order_of_day_and_only_where_something_was_written():
    done = action(completed_on=TODAY, completed_note="Done at last", withdrawn_reason="Doubled")
    thread = woven(areas=[area(closed_on=LATE, closed_note="It holds")], actions=[done, action(number=6)])
    report = SimpleNamespace(number=2, notes="Read twice", __tablename__="inspection")
    register = SimpleNamespace(actions=thread.actions, threads=[thread], asked=[SimpleNamespace(inspection=report)])
    section = notes.notes(SimpleNamespace(register=register), narrator())
    first, *tables = section.parts
    assert first.sentences == (notes.WHAT_IT_IS,)
    of_action = ("2 Nov 2026", "On completing it", "Done at last."), ("—", "Why it was withdrawn", "Doubled.")
    assert [(part.tables[0].caption, part.tables[0].rows) for part in tables] == [
        ("Notes at ACT-0005", of_action),
        ("Notes at AFI-0003", (("1 Sep 2026", "On closing", "It holds"),)),
        ("Notes at INS-0002", (("—", "On the report", "Read twice"),)),
    ]  # fmt: skip
    assert notes.notes(cut_of(), narrator()).parts[1].sentences == (notes.NOTHING,)
