"""The pack in short, word for word: one and several, what must not be missed, and which audits are counted."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from audit_app.packs.composing import in_short
from audit_app.packs.composing.extract import Audits, Register
from audit_app.packs.composing.grades import PrintOrder
from audit_app.packs.contents import InspectorsGrade
from findings.states import ActionStatus, AreaStatus, Impact
from findings.thread_shapes import ActionStrand
from tests.audit_app.packs.composing.test_figures import HP, records
from tests.audit_app.packs.composing.test_sentences import TODAY, action, area, judged, narrator, woven

ABOUT = SimpleNamespace(period_from=date(2026, 4, 1), period_to=date(2026, 10, 31))
COUNTED = "3 agreed audits drawn at random"
BEGINS = f"This pack covers 1 April to 31 October 2026. It rests on {COUNTED} and tells of"
SHUT = {"status": AreaStatus.closed, "closed_on": TODAY}
YESTERDAY = TODAY - timedelta(days=1)


def strand(number, **changed):
    return ActionStrand(action(number=number, **changed), (), (), (), (), (), ())


def summary(threads=(), actions=()):
    return in_short.summary(ABOUT, COUNTED, Register(threads, (), actions, ()), narrator())


def test_a_pack_without_areas_and_actions_says_so_and_no_more():
    assert summary() == [f"{BEGINS} no areas for improvement."]


def test_areas_and_actions_are_counted_as_they_stand():
    answered = [action(due_on=TODAY)]
    threads = [
        woven(actions=answered, impacts=[judged()]),
        woven(actions=answered, impacts=[judged(rating=Impact.not_yet_known)]),
        woven(areas=[area(**SHUT)], impacts=[judged(rating=Impact.no_difference)]),
    ]
    actions = [strand(1, due_on=TODAY), strand(2, status=ActionStatus.verified), strand(3)]
    assert summary(threads, actions) == [
        f"{BEGINS} 3 areas for improvement, 2 open and 1 closed.",
        "For 2 of 3 it has been judged what is different for children.",
        "There are 3 plan actions: 2 open and 1 verified.",
    ]
    assert summary(threads[2:], actions[1:2]) == [
        f"{BEGINS} 1 area for improvement, 0 open and 1 closed.",
        "For 1 of 1 it has been judged what is different for children.",
        "There is 1 plan action: 1 verified.",
    ]


def test_open_areas_without_an_action_and_actions_past_their_day_are_named_where_there_are_any():
    dropped = [action(status=ActionStatus.withdrawn)]
    bare, given_up, shut = woven(), woven(areas=[area()], actions=dropped), woven(areas=[area(**SHUT)])
    late = [strand(number, due_on=YESTERDAY) for number in (1, 2)]
    held = Register([bare, given_up, shut], (), [*late, strand(3, due_on=TODAY)], ())
    assert in_short.falling_short(held, narrator()) == [
        "2 open areas have no action: AFI-0003 and AFI-0003.", "2 actions are past their due date.",
    ]  # fmt: skip
    assert in_short.falling_short(Register([bare], (), late[:1], ()), narrator()) == [
        "1 open area has no action: AFI-0003.", "1 action is past its due date.",
    ]  # fmt: skip
    assert in_short.falling_short(Register([shut], (), [strand(3, due_on=TODAY)], ()), narrator()) == []


def test_the_latest_grades_by_inspectors_are_those_that_stand_first():
    good, old = InspectorsGrade("", "", "Good", "good"), InspectorsGrade("", "", "Inadequate", "inadequate")
    assert in_short.latest_grades([("Help", [good, old]), ("Leavers", ()), ("Leaders", [old])]) == [
        "The latest grades by inspectors. Help: Good. Leaders: Inadequate."
    ]
    assert in_short.latest_grades([("Help", ())]) == in_short.latest_grades([]) == []


def plain(number):
    return records(101, ["good"] * number, moderated=False)


WAITING = "submitted in the period and not yet agreed."
PLAIN = "Agreed without a second, blind grade (not moderated):"


@pytest.mark.parametrize(
    ("made", "waiting", "level", "says"),
    [
        ([], 0, 0, []),
        ([], 2, 0, [f"Not counted: 2 audits {WAITING}"]),
        ([], 2, 3, [f"Not counted: fewer than five audits {WAITING}"]),
        (records(1, ["good"]), 1, 0, [in_short.SEVERAL_AREAS, f"Not counted: 1 audit {WAITING}"]),
        (plain(1), 0, 0, [in_short.SEVERAL_AREAS, f"{PLAIN} 1 audit."]),
        (records(1, ["good"] * 9) + plain(6), 0, 3, [in_short.SEVERAL_AREAS, f"{PLAIN} 6 audits."]),
        # Of 10 told on the first page the rest would be 4; and 3 of them would be 3.
        (records(1, ["good"] * 4) + plain(6), 0, 3, [in_short.SEVERAL_AREAS, f"{PLAIN} five or more audits."]),
        (records(1, ["good"] * 9) + plain(3), 0, 3, [in_short.SEVERAL_AREAS, f"{PLAIN} fewer than five audits."]),
        (records(1, ["good"] * 9) + plain(6) + records(201, ["good"] * 2, at_random=False), 0, 3,
         [in_short.SEVERAL_AREAS, f"{PLAIN} five or more audits."]),
    ],
)  # fmt: skip
def test_which_audits_are_counted_and_which_have_one_grade_alone(made, waiting, level, says):
    order = PrintOrder({HP: "Help"})
    assert in_short.audits_note(Audits(made, waiting, {}), order, narrator(level)) == (in_short.COUNTED, *says)
