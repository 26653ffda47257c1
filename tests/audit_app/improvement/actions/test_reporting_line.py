"""Who stands in a line; colours and measures in words, checked against sentences written by hand."""

from datetime import date

import pytest

from audit_app.improvement import colour_words, wording
from audit_app.improvement.actions import measuring, reporting_line
from audit_app.people.defaults import BRAG
from findings.colours import JudgedArea
from findings.states import ActionStatus, Brag, Delivery, Impact, ImpactTest, SourceKind
from findings.tables import Action, ImpactJudgement, Measure, Plan, Source

TODAY = date(2026, 11, 2)


def test_the_line_is_owner_deliverers_managers_upward_team_and_who_said_it_was_done():
    above = {1: {10, 11}, 2: {12}}
    found = reporting_line.line_of(
        owners=[1, None, 1], delivering=[2, None], completed_by=3, managers_of=lambda one: above.get(one, set()),
        owners_team=[1, 4],
    )  # fmt: skip
    assert found.people == {1, 2, 3, 4, 10, 11, 12}
    assert found.why[1] == "you lead it"
    assert not found.holds(5)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (["Ann"], "Ann could."),
        (["Bo", "Ann"], "Ann or Bo could."),
        (list("ABCDEFG"), "A, B, C, D, E and 2 more could."),
        ([], f"{reporting_line.NOBODY} Ask your administrator to make somebody outside it a QA manager."),
    ],
)
def test_who_could_verify_is_named(others, told):
    assert reporting_line.who_could(others) == told


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "unit", "told"),
    [
        (40, 90, 78, "%", "12 percentage points below the target of 90%, nearer than at the start"),
        (40, 90, 91, "%", "the target of 90% is reached, by 1 percentage point more"),
        (40, 90, 90, "%", "the target of 90% is reached"),
        (40, 90, 30, "%", "60 percentage points below the target of 90%, further away than at the start"),
        (70, 95, 89, "per cent", "6 percentage points below the target of 95 per cent, nearer than at the start"),
        (
            70,
            95,
            94,
            "Percent of plans",
            "1 percentage point below the target of 95 Percent of plans, nearer than at the start",
        ),
        (30, 15, 20, "days", "5 days above the target of 15 days, nearer than at the start"),
        (30, 15, 12.5, "days", "the target of 15 days is reached, by 2.5 days more"),
        (30, 15, 30, "days", "15 days above the target of 15 days, no change since the start"),
        (None, 15, 20, "", "5 above the target of 15"),
        (1, None, 2, "", "no target set"),
        (1, 2, None, "", "no figure yet"),
        (0, 1200, 0, "£", "£1,200 below the target of £1,200, no change since the start"),
    ],
)
def test_the_distance_to_a_target_is_told(baseline, target, latest, unit, told):
    measure = Measure(authority_id=1, name="x", baseline=baseline, target=target, latest=latest, unit=unit)
    assert measuring.distance(measure) == told


def action(**more):
    return Action(**{"authority_id": 1, "number": 1, "what": "x", "status": ActionStatus.open, **more})


SHOWN = "Verified by somebody outside its line, and every area it answers shows a difference for children"
TESTED = {"impact_test": ImpactTest.re_audit, "completed_on": date(2026, 9, 1)}


def judged(rating, *evidence):
    """AFI-0003, judged on 1 October on re-audits of these days."""
    row = ImpactJudgement(
        authority_id=1, area_number=3, rating=rating, judged_on=date(2026, 10, 1), judged_by=1, judged_at=None
    )
    sources = [Source(authority_id=1, kind=SourceKind.re_audit, dated_on=day) for day in evidence]
    return JudgedArea(3, row, sources)


@pytest.mark.parametrize(
    ("given", "impacts", "told"),
    [
        ({"due_on": date(2026, 10, 31)}, [], "Past its due date: overdue by 2 days."),
        ({"delivery": Delivery.not_started}, [],
         "Nobody has said yet that it has started, and no start date is recorded."),
        ({"delivery": Delivery.not_started, "start_on": date(2017, 3, 1)}, [],
         "It was to start on 1 March 2017, and nobody has said yet that it has."),
        ({"delivery": Delivery.not_started, "start_on": TODAY}, [], "It is due to start today."),
        ({"delivery": Delivery.not_started, "start_on": date(2027, 1, 4)}, [], "It is due to start on 4 January 2027."),
        ({"due_text": "March 2017"}, [], "Past its due date: overdue by 9 years and 7 months."),
        ({"delivery": Delivery.at_risk}, [], "As its lead last said: at risk."),
        ({"status": ActionStatus.completed, **TESTED}, [JudgedArea(3)],
         "Done, but nobody outside its line has verified it yet and no difference has been shown yet for AFI-0003."),
        ({"status": ActionStatus.verified, **TESTED}, [],
         "Done, but it answers no area for improvement, so its impact cannot be judged."),
        ({"status": ActionStatus.verified}, [judged(Impact.not_sustained)],
         "Done, but AFI-0003 was judged on 1 October 2026: a difference that was not sustained."),
        ({"status": ActionStatus.verified, "completed_on": date(2026, 9, 1)}, [judged(Impact.clear_difference)],
         "Done, but no test of impact was named, so no evidence can turn it blue."),
        ({"status": ActionStatus.verified, **TESTED}, [judged(Impact.clear_difference, date(2026, 8, 1))],
         "Done, but no re-audit from after 1 September 2026, the day it was done, is named as evidence for AFI-0003."),
        ({"status": ActionStatus.verified, **TESTED}, [judged(Impact.clear_difference, date(2026, 9, 2))],
         f"{SHOWN}, on evidence from after it was done on 1 September 2026."),
        ({"status": ActionStatus.withdrawn}, [], "Withdrawn, so it has no colour."),
    ],
)  # fmt: skip
def test_why_delivery_has_its_colour(given, impacts, told):
    assert colour_words.why_this_colour(action(**given), impacts, TODAY) == told


def test_a_colour_is_said_in_the_councils_words_and_a_plans_own_meaning_goes_before():
    plan = Plan(authority_id=1, number=1, title="x", brag_amber="Ask the chair", own_colours=True)
    coloured = colour_words.colours({**BRAG, "amber": ("Slipping", "Behind.")}, plan)
    assert coloured[Brag.amber].in_words == "Amber: Slipping"
    assert (coloured[Brag.amber].meaning, coloured[Brag.amber].ours) == ("Ask the chair", "Behind.")
    plan.own_colours = False
    unasked = colour_words.colours({**BRAG, "amber": ("Slipping", "Behind.")}, plan)[Brag.amber]
    assert (unasked.meaning, unasked.ours) == ("Behind.", "")
    words_of = colour_words.standings({**BRAG, "amber": ("Slipping", "Behind.")}, plan)
    assert {standing.value: colour.in_words for standing, colour in words_of.items()} == {
        "evidenced": "Blue: Complete",
        "done": "Green: Done",
        "done_in_doubt": "Amber: Done, but no lasting difference",
        "on_track": "Green: On track",
        "at_risk": "Amber: Slipping",
        "start_passed": "Amber: Start date passed",
        "off_track": "Red: Off track",
        "overdue": "Red: Off track",
        "not_due": "Grey: Not started",
        "no_start": "Grey: No start reported",
        "withdrawn": "Withdrawn",
    }
    assert [colour.in_words for colour in colour_words.legend(words_of)] == [
        "Blue: Complete", "Green: Done", "Green: On track", "Amber: Done, but no lasting difference", "Amber: Slipping",
        "Amber: Start date passed", "Red: Off track", "Grey: Not started", "Grey: No start reported",
    ]  # fmt: skip
    assert ("green", "Green: Done or On track") in colour_words.choices(words_of)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"due_on": date(2026, 11, 2)}, "2 November 2026"),
        ({"due_on": date(2026, 10, 30)}, "30 October 2026 (overdue by 3 days)"),
        ({"due_on": date(2026, 10, 30), "status": ActionStatus.completed}, "30 October 2026"),
        ({"due_on": date(2026, 11, 30), "due_text": "end of November"}, "30 November 2026, “end of November”"),
        ({"due_text": "when the new system is in"}, "when the new system is in (not a date that can be reckoned with)"),
        ({"due_text": "March 2017"}, "March 2017 (read as 31 March 2017; overdue by 9 years and 7 months)"),
        ({"due_text": "March 2017", "status": ActionStatus.verified}, "March 2017 (read as 31 March 2017)"),
        ({"due_text": "Spring 2027"}, "Spring 2027 (read to the latest day it can mean, 20 June 2027)"),
        ({"due_text": "from April 2027"}, "from April 2027 (a start, and no due date)"),
        ({"due_text": "Ongoing"}, "Ongoing"),
        ({"ongoing": True, "repeats": "every quarter"}, "ongoing, repeats: every quarter"),
        ({}, "no due date"),
    ],
)
def test_due_dates_are_told_in_the_plans_own_words(given, told):
    assert wording.due_words(action(**given), TODAY) == told
