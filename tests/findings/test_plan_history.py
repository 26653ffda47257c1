"""Themes and milestones changed, moved, taken out and put back: what they said stays, and nothing that was is lost."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from findings import bands, colours, plan_shapes, plan_words, queries, register, rules
from findings.errors import Invalid, OutOfTurn, Stale
from findings.plan_words import Aim
from findings.states import ActionStatus, Band, PlanPart, PlanStep, Standing
from findings.tables import (
    Action,
    ActionLead,
    DueDateChange,
    Measure,
    Milestone,
    Plan,
    PlanChange,
    PlanReview,
    PlanRisk,
    Progress,
    Theme,
)
from tests.findings.conftest import COUNCIL, NOW, TODAY


@pytest.fixture
def plan(session, day):
    return register.open_plan(session, COUNCIL, title="Plan", **day).number


@pytest.fixture
def add_theme(session, day, plan):
    return lambda title, **more: register.add_theme(session, COUNCIL, plan_number=plan, title=title, **more, **day)


@pytest.fixture
def add_action(session, day, plan):
    return lambda what, **more: register.add_action(session, COUNCIL, what=what, plan_number=plan, **more, **day).number


@pytest.fixture
def add_step(session, day):
    return lambda action, text, **more: register.add_milestone(
        session, COUNCIL, action_number=action, text=text, **more, **day
    )


def kept(session):
    """Every change that was kept, the first at the top: of what, what happened, what it said, why."""
    rows = sorted(session.exec(select(PlanChange)), key=lambda row: row.id)
    return [(row.part, row.step, json.loads(row.before), row.why) for row in rows]


def titles(session, plan):
    """The themes as the whole plan shows them, those under another in brackets after it."""
    whole = queries.get_whole_plan(session, COUNCIL, plan)
    return [(theme.row.title, [under.row.title for under in theme.subthemes]) for theme in whole.themes]


def test_a_theme_moves_at_two_levels_and_its_old_place_is_kept(session, day, plan, add_theme):
    first, second, third = (add_theme(title) for title in ("One", "Two", "Three"))
    register.move_theme(session, COUNCIL, third.id, parent_id=first.id, after_id=None, **day)
    register.move_theme(session, COUNCIL, first.id, parent_id=None, after_id=second.id, **day)
    assert titles(session, plan) == [("Two", []), ("One", ["Three"])]
    assert [entry[:3] for entry in kept(session)] == [
        (PlanPart.theme, PlanStep.moved, {"parent_id": None, "position": 3}),
        (PlanPart.theme, PlanStep.moved, {"position": 1}),
    ]
    for parent, words in ((third.id, "can have none under itself"), (second.id, "has themes under it")):
        with pytest.raises(Invalid, match=words):
            register.move_theme(session, COUNCIL, first.id, parent_id=parent, after_id=None, **day)
    with pytest.raises(Invalid, match="from the list"):
        register.move_theme(session, COUNCIL, second.id, parent_id=None, after_id=third.id, **day)
    with pytest.raises(Invalid, match="can have none under itself"):
        add_theme("Four", parent_id=third.id)
    for theme, upper in ((second, first), (third, first)):  # under one made before it, beside what stands there
        register.move_theme(session, COUNCIL, theme.id, parent_id=upper.id, after_id=None, **day)
    assert titles(session, plan) == [("One", ["Three", "Two"])]
    register.move_theme(session, COUNCIL, second.id, parent_id=None, after_id=None, **day)
    last = add_theme("Four")
    register.move_theme(session, COUNCIL, second.id, parent_id=last.id, after_id=None, **day)  # under a later one
    assert titles(session, plan) == [("One", ["Three"]), ("Four", ["Two"])]


def test_what_a_theme_said_is_kept_word_for_word(session, day, add_theme):
    theme = add_theme("One", aims="Be on time\n(Ofsted 2016)")
    seen = theme.revision
    register.correct_theme(session, COUNCIL, theme.id, revision=seen, aims="Be early", label="A", **day)
    assert kept(session) == [(PlanPart.theme, PlanStep.changed, {"aims": "Be on time\n(Ofsted 2016)", "label": ""}, "")]
    register.correct_theme(session, COUNCIL, theme.id, aims="Be early", **day)
    assert len(kept(session)) == 1
    with pytest.raises(Stale):
        register.correct_theme(session, COUNCIL, theme.id, revision=seen, aims="Be late", **day)


def test_a_theme_taken_out_sends_its_actions_on_and_can_come_back(session, day, plan, add_theme, add_action):
    first, second = add_theme("One"), add_theme("Two")
    under = add_theme("Under", parent_id=first.id)
    action = add_action("Do it", theme_id=under.id)
    with pytest.raises(Invalid, match="Themes stand under this one"):
        register.remove_theme(session, COUNCIL, first.id, why="Merged", **day)
    with pytest.raises(Invalid, match="Enter the removed why"):
        register.remove_theme(session, COUNCIL, second.id, why=" ", **day)
    register.remove_theme(session, COUNCIL, under.id, why="Merged", actions_to=second.id, **day)
    assert titles(session, plan) == [("One", []), ("Two", [])]
    assert session.get(Action, (COUNCIL, action)).theme_id == second.id
    steps = [(part, step) for part, step, _, _ in kept(session)]
    assert steps == [(PlanPart.action, PlanStep.moved), (PlanPart.theme, PlanStep.removed)]
    assert session.exec(select(Theme).where(Theme.title == "Under")).one().removed_why == "Merged"
    assert [theme.title for theme in queries.list_themes(session, COUNCIL, plan)] == ["One", "Two"]
    with pytest.raises(Invalid, match="belongs to another plan"):
        add_action("Into nowhere", theme_id=under.id)
    with pytest.raises(OutOfTurn, match="taken out"):
        register.correct_theme(session, COUNCIL, under.id, title="Still here?", **day)
    register.remove_theme(session, COUNCIL, first.id, why="Merged too", **day)
    register.restore_theme(session, COUNCIL, under.id, **day)
    assert titles(session, plan) == [("Two", []), ("Under", [])]  # the theme it stood under is gone


def test_a_milestone_moves_to_the_front_of_its_own_action(session, day, add_action, add_step):
    action = add_action("One")
    _a, _b, c = (add_step(action, text) for text in "ABC")
    register.move_milestone(session, COUNCIL, c.id, action_number=action, after_id=None, **day)
    steps = session.exec(select(Milestone).order_by(Milestone.position))
    assert [step.text for step in steps] == ["C", "A", "B"]


def test_a_milestone_moves_to_another_action_and_is_taken_out_and_put_back(session, day, add_action, add_step):
    first, second = add_action("One"), add_action("Two")
    a, b, c = add_step(first, "A"), add_step(first, "B"), add_step(second, "C")
    register.move_milestone(session, COUNCIL, b.id, action_number=second, after_id=c.id, **day)
    register.remove_milestone(session, COUNCIL, a.id, why="No longer needed", **day)
    steps = session.exec(select(Milestone).order_by(Milestone.text))
    assert [(step.text, step.action_number, step.position) for step in steps] == [
        ("A", first, 1), ("B", second, 2), ("C", second, 1),
    ]  # fmt: skip
    assert queries.load_rows(session, COUNCIL, actions=[first]).milestones == []
    assert {row.text for row in queries.load_everything(session, COUNCIL).milestones} == {"B", "C"}
    assert [entry[1:] for entry in kept(session)] == [
        (PlanStep.moved, {"action_number": first}, ""),
        (PlanStep.removed, {"removed_at": None, "removed_by": None, "removed_why": ""}, "No longer needed"),
    ]
    with pytest.raises(OutOfTurn, match="taken out"):
        register.complete_milestone(session, COUNCIL, a.id, completed_on=TODAY, completed_note="Done", **day)
    register.restore_milestone(session, COUNCIL, a.id, **day)
    register.complete_milestone(session, COUNCIL, a.id, completed_on=TODAY, completed_note="Done", **day)
    with pytest.raises(OutOfTurn, match="was reached"):
        register.correct_milestone(session, COUNCIL, a.id, text="Another", **day)


def test_a_milestones_date_moves_only_with_a_reason(session, day, add_action, add_step):
    step = add_step(add_action("One"), "A", due_text="March 2026")
    register.correct_milestone(session, COUNCIL, step.id, due_on=date(2026, 3, 31), text="B", **day)
    for change in ({"due_on": date(2026, 4, 30)}, {"due_on": None, "due_text": ""}):
        with pytest.raises(Invalid, match="Say why the date is moved"):
            register.correct_milestone(session, COUNCIL, step.id, **change, **day)
    register.correct_milestone(session, COUNCIL, step.id, due_on=date(2026, 4, 30), why="The board met late", **day)
    assert kept(session)[-1][2:] == ({"due_on": "2026-03-31"}, "The board met late")


def test_a_review_and_a_risk_are_changed_and_taken_out(session, day, plan, events):
    with pytest.raises(Invalid, match="Say when"):
        register.add_review(session, COUNCIL, plan_number=plan, what="All of it", **day)
    noted = {**day, "note": events.note}
    review = register.add_review(session, COUNCIL, plan_number=plan, due_text="mid-year", **noted)
    risk = register.add_risk(session, COUNCIL, plan_number=plan, risk="Money", before_controls="HIGH", **noted)
    register.correct_review(session, COUNCIL, review.id, due_text="mid-year", **noted)
    register.correct_risk(session, COUNCIL, risk.id, risk="Money", **noted)
    register.correct_review(session, COUNCIL, review.id, held_on=TODAY, held_note="Held", **noted)
    register.correct_risk(session, COUNCIL, risk.id, after_controls="LOW", **noted)
    register.remove_part(session, COUNCIL, PlanRisk, risk.id, why="Passed", **noted)
    register.remove_part(session, COUNCIL, PlanReview, review.id, why="Held", **noted)
    assert [(code, sorted(facts.get("fields", ()))) for code, _, facts in events.told] == [
        ("plan_review_added", []),
        ("plan_risk_added", []),
        ("plan_review_changed", ["held_note", "held_on"]),
        ("plan_risk_changed", ["after_controls"]),
        ("plan_risk_removed", []),
        ("plan_review_removed", []),
    ]
    assert {about for _, about, _ in events.told} == {f"PLN-{plan:04d}"}
    whole = queries.get_whole_plan(session, COUNCIL, plan)
    assert (whole.reviews, whole.risks) == ((), ())
    parts = [PlanPart.review, PlanPart.risk, PlanPart.risk, PlanPart.review]
    assert sorted(change.part for change in whole.changes) == sorted(parts)
    with pytest.raises(OutOfTurn, match="taken out"):
        register.correct_risk(session, COUNCIL, risk.id, risk="Again", **day)


@pytest.mark.parametrize(
    ("text", "days", "status", "expected"),
    [
        ("February 2026", 2, ActionStatus.open, Standing.overdue),
        ("February 2026", 0, ActionStatus.open, None),
        ("from February 2026", 400, ActionStatus.open, None),
        ("February 2026 and ongoing", 2, ActionStatus.open, Standing.overdue),
        ("February 2026", 2, ActionStatus.withdrawn, None),
    ],
)
def test_a_milestone_is_late_by_the_rule_of_its_action(text, days, status, expected):
    step, action = Milestone(text="x", due_text=text), Action(what="y", status=status)
    today = date(2026, 2, 28) + timedelta(days=days)
    assert colours.milestone_standing(step, action, today) is expected
    assert rules.milestone_overdue(step, action, today) is (expected is not None)
    step.completed_on = today
    assert colours.milestone_standing(step, action, today) is Standing.done


DATES = {"band_unmet": "30 June 2018", "band_met": "31 March 2018", "band_exceeded": "28 February 2018",
         "band_far_exceeded": "31 January 2018"}  # fmt: skip
FIGURES = {"band_unmet": "60%", "band_met": "80%", "band_exceeded": "90%", "band_far_exceeded": "95%"}
FEWER = {"band_unmet": "20", "band_met": "10", "band_exceeded": "5"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (DATES | {"reached_on": date(2018, 1, 31)}, Band.far_exceeded),
        (DATES | {"reached_on": date(2018, 2, 1)}, Band.exceeded),
        (DATES | {"reached_on": date(2018, 3, 31)}, Band.met),
        (DATES | {"reached_on": date(2018, 4, 1)}, None),
        (DATES | {"reached_on": date(2018, 7, 1)}, Band.unmet),
        (DATES, Band.unmet),  # today is long after
        (FIGURES | {"latest": 95.0}, Band.far_exceeded),
        (FIGURES | {"latest": 94.9}, Band.exceeded),
        (FIGURES | {"latest": 70.0}, None),
        (FIGURES | {"latest": 60.0}, Band.unmet),
        (FIGURES, None),
        (FEWER | {"latest": 4.0}, Band.exceeded),
        (FEWER | {"latest": 25.0}, Band.unmet),
        ({"band_met": "most of them", "latest": 3.0}, None),
        ({}, None),
    ],
)
def test_which_band_a_measure_stands_in(given, expected):
    assert bands.reached(Measure(name="x", **given), date(2020, 1, 1)) is expected


def test_bands_are_told_as_printed_and_as_read():
    told = bands.printed(Measure(name="x", band_met="March 2017", band_exceeded="£1,200", band_unmet="late"))
    assert [(band.text, band.day, band.figure) for band in told] == [
        ("late", None, None), ("March 2017", date(2017, 3, 31), None), ("£1,200", None, 1200.0),
    ]  # fmt: skip


def test_aims_have_their_sources_in_brackets_under_them():
    text = "One\n(Ofsted 2016)\nTwo\n(a) and (b)\nThree\n( )"
    listed = plan_words.aims(text)
    assert listed == (Aim("One", "Ofsted 2016"), Aim("Two"), Aim("(a) and (b)"), Aim("Three"), Aim("( )"))
    assert plan_words.aims("(Alone)") == (Aim("(Alone)"),)
    assert plan_words.aims(plan_words.aims_text(listed)) == listed


def test_themes_under_another_follow_it_and_actions_stand_in_their_places():
    key = {"authority_id": COUNCIL, "plan_number": 1}
    themes = [Theme(**key, id=number, position=position, parent_id=parent, title=title) for number, position, parent,
              title in ((1, 2, None, "B"), (2, 1, None, "A"), (3, 1, 1, "B1"), (4, 2, 2, "A2"), (5, 1, 2, "A1"),
                        (6, 3, 99, "C"))]  # fmt: skip
    assert [theme.title for theme in plan_shapes.at_two_levels(themes)] == ["A", "A1", "A2", "B", "B1", "C"]
    actions = [Action(**key, number=number, position=position, what="x") for number, position in
               ((1, 0), (2, 3), (3, 1), (4, 0))]  # fmt: skip
    assert [action.number for action in plan_shapes.in_their_places(reversed(actions))] == [3, 2, 1, 4]


def test_a_whole_plan_is_joined_of_its_rows_each_in_its_place_and_nothing_lost():
    of_plan, day = {"authority_id": COUNCIL, "plan_number": 1}, date(2026, 3, 2)
    themes = [
        Theme(**of_plan, id=number, position=position, parent_id=parent, title=f"T{number}")
        for number, position, parent in ((2, 2, None), (3, 1, None), (4, 1, 3), (5, 1, 99))
    ]
    actions = [
        Action(**of_plan, number=number, position=position, theme_id=theme, what="x")
        for number, position, theme in ((1, 0, 2), (2, 1, 2), (3, 0, 4), (4, 0, 99), (5, 0, None))
    ]
    made = {"authority_id": COUNCIL}
    rows = plan_shapes.PlanRows(
        plan=Plan(number=1, title="Plan"),
        themes=themes,
        actions=actions,
        leads=[ActionLead(**made, action_number=number, id=number) for number in (2, 1, 2)],
        milestones=[
            Milestone(**made, id=number, action_number=action, position=position, text="x")
            for number, action, position in ((1, 2, 2), (2, 2, 1), (3, 1, 1), (4, 2, 1))
        ],
        measures=[
            Measure(**made, id=1, plan_number=1, name="x"),
            Measure(**made, id=2, action_number=2, name="x"),
            Measure(**made, id=3, action_number=3, name="x"),
        ],
        progress=[
            Progress(**made, id=number, action_number=action, dated_on=day + timedelta(days=away))
            for number, action, away in ((1, 2, 0), (2, 2, 5), (3, 1, 9), (4, 2, 0))
        ],
        due_date_changes=[DueDateChange(**made, id=number, action_number=number) for number in (1, 2)],
        areas={2: (colours.JudgedArea(7),)},
        reviews=[PlanReview(**of_plan, id=number, position=position) for number, position in ((1, 2), (2, 1), (3, 1))],
        risks=[
            PlanRisk(**of_plan, id=number, position=position, theme_id=theme, risk="x")
            for number, position, theme in ((1, 2, None), (2, 1, None), (3, 1, 3), (4, 1, 2), (5, 2, 99), (6, 0, 3))
        ],
        changes=[
            PlanChange(**made, id=number, changed_at=NOW + timedelta(days=away))
            for number, away in ((1, 0), (2, 3), (3, 0), (4, 1))
        ],
    )
    whole = plan_shapes.join(rows)
    assert [theme.row.id for theme in whole.every_theme] == [3, 4, 5, 2]
    assert [[action.row.number for action in theme.actions] for theme in whole.every_theme] == [[], [3], [], [2, 1]]
    assert [action.row.number for action in whole.loose] == [4, 5]
    assert [action.row.number for action in whole.every_action] == [3, 2, 1, 4, 5]
    assert [[risk.id for risk in theme.risks] for theme in whole.every_theme] == [[6, 3], [], [], [4]]
    assert [risk.id for risk in whole.risks] == [2, 1, 5]
    assert [review.id for review in whole.reviews] == [2, 3, 1]
    assert [change.id for change in whole.changes] == [2, 4, 3, 1], "the latest first"
    assert [measure.row.id for measure in whole.measures] == [1]
    second = next(action for action in whole.every_action if action.row.number == 2)
    assert [step.row.id for step in second.milestones] == [2, 4, 1]
    assert [report.id for report in second.progress] == [2, 4, 1], "the latest first"
    assert ([lead.action_number for lead in second.leads], [move.id for move in second.due_date_changes]) == (
        [2, 2],
        [2],
    )
    assert ([measure.row.id for measure in second.measures], second.areas) == ([2], (colours.JudgedArea(7),))


def test_what_a_plan_says_in_lines_and_words_is_told_apart_and_its_days_are_read():
    of_plan, board = {"authority_id": COUNCIL, "plan_number": 1}, {"monitoring": "Board\n\n Scrutiny "}
    action = Action(**of_plan, number=1, what="x", due_text="March 2027", **board)
    dated = Action(**of_plan, number=2, what="x", due_text="March 2027", due_on=date(2027, 1, 5))
    made = {"authority_id": COUNCIL, "action_number": 1, "text": "x"}
    done = Milestone(**made, id=1, position=1, completed_on=date(2026, 2, 1), due_text="summer 2026", **board)
    to_do = Milestone(**made, id=2, position=2, due_on=date(2026, 5, 1))
    theme = Theme(
        **of_plan, id=1, title="T", aims="Be early\n(Ofsted 2026)\nBe on time", staff_said="Too late\nToo much",
        corporate_priority="Safe\nHeard", **board,
    )  # fmt: skip
    planned = plan_shapes.PlannedAction(action, milestones=(
        plan_shapes.PlannedMilestone(done, action), plan_shapes.PlannedMilestone(to_do, action),
    ))  # fmt: skip
    reached, waits = planned.milestones
    whole = plan_shapes.PlannedTheme(theme)
    plan = plan_shapes.WholePlan(Plan(number=1, title="Plan", **board))
    for each in (planned, reached, whole, plan):
        assert each.monitoring == ("Board", "Scrutiny")
    assert (planned.due_day, plan_shapes.PlannedAction(dated).due_day) == (date(2027, 3, 31), date(2027, 1, 5))
    assert (reached.due_day, waits.due_day) == (reached.reading.last, date(2026, 5, 1))
    assert (planned.reading.supposed, reached.reading.supposed, waits.reading.last) == (False, True, None)
    assert (reached.reached, waits.reached) == (True, False)
    assert (planned.reached, planned.not_reached) == ((reached,), (waits,))
    assert whole.aims == (plan_words.Aim("Be early", "Ofsted 2026"), plan_words.Aim("Be on time", ""))
    assert (whole.staff_said, whole.corporate_priorities) == (("Too late", "Too much"), ("Safe", "Heard"))


def test_a_measure_is_changed_for_a_reason_and_one_that_stays_needs_none(session, day, add_action):
    measure = register.add_measure(session, COUNCIL, name="Seen alone", action_number=add_action("A"), **day)
    for why in ("", "  "):
        with pytest.raises(Invalid, match="Say why the measure is changed"):
            register.correct_measure(session, COUNCIL, measure.id, why=why, name="Seen", **day)
    register.correct_measure(session, COUNCIL, measure.id, why="", name="Seen alone", **day)
    register.correct_measure(session, COUNCIL, measure.id, why="Said shorter", name="Seen", **day)
    assert measure.name == "Seen"


def test_reviews_to_hold_are_the_councils_own_that_were_neither_held_nor_taken_out(session, day, plan):
    wanted = [register.add_review(session, COUNCIL, plan_number=plan, due_text=text, **day) for text in ("a", "b")]
    held, gone = (register.add_review(session, COUNCIL, plan_number=plan, due_text="c", **day) for _ in range(2))
    register.correct_review(session, COUNCIL, held.id, held_on=TODAY, **day)
    register.remove_part(session, COUNCIL, PlanReview, gone.id, why="Not needed", **day)
    for other in (COUNCIL - 1, COUNCIL + 1):
        number = register.open_plan(session, other, title="Plan", **day).number
        register.add_review(session, other, plan_number=number, due_text="d", **day)
    assert queries.list_reviews_to_hold(session, COUNCIL) == wanted
    assert queries.get_plan(session, COUNCIL, plan).own_colours is False


def test_an_action_moves_within_its_plan_with_its_own_steps(session, day, plan, add_theme, add_action, add_step):
    theme = add_theme("One")
    first, second, third = (add_action(what, theme_id=theme.id) for what in ("A", "B", "C"))
    for number, text in ((first, "A1"), (third, "C1"), (second, "B1"), (first, "A2")):
        add_step(number, text)
    register.move_action(session, COUNCIL, third, theme_id=theme.id, after=first, **day)
    (whole,) = queries.get_whole_plan(session, COUNCIL, plan).themes
    steps = [(action.row.number, [step.row.text for step in action.milestones]) for action in whole.actions]
    assert steps == [(first, ["A1", "A2"]), (third, ["C1"]), (second, ["B1"])]
    loose = register.add_action(session, COUNCIL, what="D", **day).number
    with pytest.raises(OutOfTurn, match="stands in no plan"):
        register.move_action(session, COUNCIL, loose, theme_id=None, after=None, **day)
