"""What plan sheets and lists of what was asked for say at their edges: on the day itself, and where nothing is said."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

import frameworks
from audit_app.improvement import colour_words
from audit_app.packs.composing import (
    found_sentences,
    measures,
    phrases,
    placing,
    plan_sheets,
    report_parts,
    source_parts,
)
from audit_app.packs.composing.extract import Asked, Inspections, Register
from audit_app.packs.composing.placing import NOWHERE, AreaReference
from audit_app.packs.disclosure import accounts
from findings.plan_words import Aim, aims_text
from findings.states import ActionStatus, AreaStatus, Delivery, FindingKind, Impact, ImpactTest, InspectionKind
from findings.tables import DueDateChange, Inspection, Measure, Milestone, Plan, PlanReview, PlanRisk, Progress, Theme
from findings.thread_shapes import ActionStrand, FindingStrand
from tests.audit_app.packs.composing.test_sentences import NOW, TODAY, action, finding, judged, narrator, woven

ONE = {"authority_id": 1}
DAY = timedelta(days=1)
COLOURS = ("blue", "green", "amber", "red", "grey")


def plan(number, **changed):
    return Plan(**ONE, number=number, title=f"Plan {number}", opened_by=1, opened_at=NOW, **changed)


def theme(row_id, title, plan_number=2, **changed):
    return Theme(**ONE, id=row_id, plan_number=plan_number, position=row_id, title=title, **changed)


def step(row_id, text, **changed):
    return Milestone(**ONE, id=row_id, action_number=5, position=row_id, text=text, **changed)


def sheets_of(**held):
    """Every sheet of a register, told to whoever may read everything."""
    register = Register((), (), **{"actions": (), "gaps": (), **held})
    standings = colour_words.standings({colour: (colour.title(), "") for colour in COLOURS})
    return plan_sheets.sheets(register, standings, narrator())


def strand(steps=(), **changed):
    return ActionStrand(action(**changed), (), tuple(steps), (), (), (), ())


def strand_of(judged=(), **changed):
    return FindingStrand(finding(**changed), None, tuple(judged), (), ())


STEPS = [
    (step(1, "No day."), "No date", "Not yet reached", False),
    (step(2, "Today", due_on=TODAY), "2 November 2026", "Not yet reached", False),
    (step(3, "Tomorrow", due_on=TODAY + DAY), "3 November 2026", "Not yet reached", False),
    (step(4, "Yesterday", due_on=TODAY - DAY), "1 November 2026", "Not reached, 1 day overdue", False),
    (step(5, "In words", due_text="when it suits"), "when it suits", "Not yet reached", False),
    (step(6, "Done", due_on=TODAY - DAY, completed_on=TODAY), "1 November 2026", "Reached on 2 November 2026", True),
]


def test_a_step_is_late_from_the_day_after_its_own_and_says_when_it_was_reached():
    (sheet,) = sheets_of(actions=[strand([row for row, *_ in STEPS], plan_number=None)])
    (planned,) = sheet.themes[0].actions
    assert [[part.by, part.state, part.reached] for part in planned.steps] == [expected for _row, *expected in STEPS]
    assert planned.steps[0].text == "No day"


def test_each_plan_has_its_own_things_in_its_own_places_and_what_is_empty_is_not_told():
    themes = [
        theme(1, "Help", label="Theme 1", owner_post_title="Head of Help", owner_printed="Heads",
              aims=aims_text([Aim("Be early", "Ofsted 2026"), Aim("Be kind", "")])),
        theme(2, "Grants", parent_id=1, owner_printed="All heads"),
        theme(3, "Of another plan", plan_number=3),
    ]  # fmt: skip
    plans = [
        plan(3, period_to=date(2028, 3, 31)),
        plan(2, owner_post_title="Director", board="Board", period_from=date(2026, 4, 1), period_to=date(2027, 3, 31)),
    ]
    actions = [
        strand(number=6, plan_number=3, what="Theirs"), strand(number=5, plan_number=2, theme_id=2, what="Ours"),
        strand(number=7, plan_number=2, what="In no theme"), strand(number=8, what="In no plan"),
    ]  # fmt: skip
    risks = [PlanRisk(**ONE, id=1, plan_number=2, position=1, risk="No money", theme_id=2),
             PlanRisk(**ONE, id=2, plan_number=2, position=2, risk="No staff")]  # fmt: skip
    reviews = [PlanReview(**ONE, id=1, plan_number=2, position=1, what="Half of it", due_on=TODAY, due_text="soon"),
               PlanReview(**ONE, id=2, plan_number=2, position=2, held_on=TODAY, held_note="On course"),
               PlanReview(**ONE, id=3, plan_number=2, position=3, due_text="in spring")]  # fmt: skip
    figures = [Measure(**ONE, id=9, plan_number=2, name="Items answered", unit="%", baseline=0, target=9, latest=8)]
    other, own, loose = sheets_of(
        actions=actions, plans=plans, themes=themes, risks=risks, reviews=reviews, measures=figures
    )
    assert other.measures == ()
    assert own.measures == ("Measure: Items answered began at 0%, should reach 9% and stood at 8%; 1 point to go.",)
    assert other.reference == "PLN-0003" and dict(other.facts) == {
        "Owned by": "No post is named", "Board": "No board is recorded", "Period": "Until 31 March 2028",
    }  # fmt: skip
    assert [part.what for each in other.themes for part in each.actions] == ["Theirs"]
    assert (other.risks, other.reviews) == ((), ())
    assert dict(own.facts) == {"Owned by": "Director", "Board": "Board", "Period": "1 April 2026 to 31 March 2027"}
    first, second, bare = own.themes
    assert (first.title, first.under, first.holds) == ("Theme 1: Help", "", ("Grants",))
    assert dict(first.facts) == {
        "Led by": "Head of Help (in the plan: “Heads”)", "Aims": "Be early (Ofsted 2026); Be kind",
    }  # fmt: skip
    assert (second.title, second.under, second.holds) == ("Grants", "Theme 1: Help", ())
    assert dict(second.facts) == {"Led by": "All heads"}
    assert [[part.what for part in each.actions] for each in own.themes] == [[], ["Ours"], ["In no theme"]]
    assert bare.title == plan_sheets.NO_THEME
    assert [(risk.risk, risk.theme) for risk in own.risks] == [("No money", "Grants"), ("No staff", "")]
    assert [(review.when, review.held) for review in own.reviews] == [
        ("2 November 2026 (in the plan: “soon”)", "Not yet held"),
        ("No date", "Held on 2 November 2026: On course."),
        ("in spring", "Not yet held"),
    ]
    assert (loose.title, [part.what for part in loose.themes[0].actions]) == (plan_sheets.NO_PLAN, ["In no plan"])


def progress(number, note, dated_on=TODAY):
    return Progress(**ONE, id=number, action_number=5, note=note, dated_on=dated_on, delivery="at_risk", reported_by=1,
                    reported_at=NOW)  # fmt: skip


def moved(why=""):
    return DueDateChange(**ONE, id=1, action_number=5, old_on=TODAY, new_on=TODAY + DAY, why=why, changed_by=1,
                         changed_at=NOW)  # fmt: skip


def the_sheet_tells(*, moves=(), reports=(), areas=(), threads=(), **changed):
    row = ActionStrand(action(**changed), (), (), tuple(reports), tuple(moves), (), areas)
    register = Register(threads, (), actions=(row,), gaps=())
    (sheet,) = plan_sheets.sheets(register, colour_words.standings({name: (name, "") for name in COLOURS}), narrator())
    return sheet.themes[0].actions[0]


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        ({}, ("With no due date",)),
        ({"due_text": "soon"}, ("“soon” (not a date that can be reckoned with)",)),
        ({"due_on": TODAY, "due_text": "2 November 2026", "ongoing": True}, ("2 November 2026, ongoing",)),
        ({"due_on": TODAY, "due_text": "end of Q3"}, ("2 November 2026 (in the plan: “end of Q3”)",)),
        ({"due_on": TODAY, "repeats": "Monthly", "moves": [moved(), moved("Nobody was there")]},
         ("2 November 2026", "Repeated: Monthly", "Moved from 2 Nov 2026 to 3 Nov 2026.",
          "Moved from 2 Nov 2026 to 3 Nov 2026: Nobody was there.")),
    ],
)  # fmt: skip
def test_by_when_an_action_is_due_and_each_move_of_its_date(changed, by):
    assert the_sheet_tells(**changed).by == by


def test_words_of_a_date_are_not_told_to_whom_they_may_not_be():
    class Untold:
        def tell(self, row, column):
            return "" if column == "due_text" else getattr(row, column)

    assert plan_sheets._due(strand(due_text="soon"), Untold()) == "a date in words that is not told here"
    assert plan_sheets._due(strand(due_text="soon", due_on=TODAY), Untold()) == "due on 2 November 2026"
    assert plan_sheets._due(strand(), Untold()) == "with no due date"


@pytest.mark.parametrize(
    ("changed", "known_by"),
    [
        ({}, ()),
        ({"success_measure": "Nine of ten"}, ("Nine of ten.",)),
        ({"impact_test": ImpactTest.re_audit}, ("To be tested by a re-audit.",)),
        ({"impact_test": ImpactTest.re_audit, "impact_test_note": "Ten"}, ("To be tested by a re-audit: Ten.",)),
        ({"impact_test_note": "Ten"}, ("How it is to be tested: Ten.",)),
    ],
)
def test_how_anybody_will_know(changed, known_by):
    assert the_sheet_tells(**changed).known_by == known_by


def test_what_its_lead_said_last_is_told_and_of_a_finished_one_what_was_said_then():
    assert the_sheet_tells(reports=[progress(2, "Late"), progress(1, "Early")], delivery=Delivery.at_risk).reported == (
        "It is at risk; its lead last reported on 2 November 2026: Late."
    )
    assert the_sheet_tells(reports=[progress(1, "")], delivery=Delivery.at_risk).reported == (
        "It is at risk; its lead last reported on 2 November 2026."
    )
    done = {"status": ActionStatus.completed, "completed_on": TODAY}
    assert the_sheet_tells(**done).reported == "It was completed on 2 November 2026."
    teller = narrator()
    reports = (progress(3, "So far"), progress(2, "Done "), progress(1, "At first"))
    of_done = ActionStrand(action(**done, completed_note="Done"), (), (), reports, (), (), ())
    assert plan_sheets.progress(of_done, teller) == "It was completed on 2 November 2026. Done."
    assert {number for table, number, _ in teller.printed if table == "progress"} == {2}


def test_impact_is_that_of_each_area_it_answers():
    unknown, known = (woven(impacts=[judged(rating=rating)]) for rating in (Impact.not_yet_known, Impact.no_difference))
    assert the_sheet_tells().impact == ("It answers no area, so no impact is judged",)
    assert the_sheet_tells(areas=(3, 4), threads=[known]).impact == (
        "AFI-0003: no difference, judged on 20 Oct 2026", "AFI-0004: not in this pack",
    )  # fmt: skip
    assert the_sheet_tells(areas=(3,), threads=[unknown]).impact == ("AFI-0003: not yet judged",)


def test_each_action_of_an_area_is_a_line_with_who_leads_it_and_how_far_it_has_come():
    states = [{"status": ActionStatus.open}, {"status": ActionStatus.completed, "completed_on": TODAY},
              {"status": ActionStatus.verified, "verified_on": TODAY}, {"status": ActionStatus.withdrawn}]  # fmt: skip
    rows = [action(number=number, **state) for number, state in enumerate(states, start=1)]
    rows[0].lead_post_title = "Head"
    lines = plan_sheets.did_lines(woven(actions=rows), narrator())
    assert [(line.lead, line.state) for line in lines] == [
        ("Head", "With no due date"), ("No lead", "Completed on 2 November 2026, not yet verified"),
        ("No lead", "Verified on 2 November 2026"), ("No lead", "Withdrawn"),
    ]  # fmt: skip


def test_an_action_is_of_the_plan_it_names_and_of_no_other():
    register = Register((), (), (), (), plans=[plan(4), plan(3)])
    for number, expected in ((3, 3), (4, 4), (2, None), (None, None)):
        of = register.plan_of(strand(plan_number=number))
        assert (of.number if of else None) == expected


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "left"),
    [
        (10, 90, 40, 50), (90, 10, 40, 30), (10, 90, 95, -5), (90, 10, 5, -5), (10, 90, 90, 0), (50, 50, 40, None),
        (None, 90, 40, None), (10, None, 40, None), (10, 90, None, None), (0.1, 0.3, 0.2, 0.1),
    ],
)  # fmt: skip
def test_how_far_a_measure_has_to_go_in_the_direction_it_began(baseline, target, latest, left):
    measure = Measure(**ONE, id=1, position=1, name="Calls", baseline=baseline, target=target, latest=latest)
    assert measures.to_go(measure) == left


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", "no paragraph given"), (" ¶ ", "no paragraph given"), ("45", "paragraph 45"), ("¶ 12", "paragraph 12"),
        ("45, 46", "paragraphs 45, 46"), ("para 4", "para 4"), ("Paragraph 3", "Paragraph 3"),
    ],
)  # fmt: skip
def test_how_the_paragraphs_of_a_finding_are_named(typed, printed):
    assert found_sentences.paragraph_words(finding(paragraphs=typed), narrator()) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("", ""), ("Plain", "Plain."), ("Ends.", "Ends."), ("Ends?", "Ends?"), ("“Quoted.”", "“Quoted.”"), ("a…", "a…")],
)
def test_a_sentence_ends_once(typed, printed):
    assert phrases.sentence(typed) == printed


# --- what was asked for, against its day -----------------------------------------------------------------------------


def against(*areas, due=TODAY):
    return report_parts._against(areas, due, narrator()), report_parts._state(areas, due, narrator())


def area_thread(closed_on=None, **rows):
    thread = woven(**rows)
    thread.area.status, thread.area.closed_on = (AreaStatus.closed if closed_on else AreaStatus.open), closed_on
    return thread


def test_an_item_is_late_from_the_day_after_the_one_its_report_gives():
    answered = area_thread(actions=[action(due_on=TODAY + DAY)])
    assert against(answered) == ("Not yet due", "in_hand")
    assert against(answered, due=TODAY + DAY) == ("Not yet due", "in_hand")
    assert against(answered, due=TODAY - DAY) == ("1 day past 1 Nov 2026", "late")
    assert against(answered, due=None) == ("", "in_hand")
    assert against(area_thread(actions=[action(due_on=TODAY - DAY)]), due=None) == ("", "late")
    assert against() == ("Not yet due", "unanswered")
    assert against(area_thread()) == ("Not yet due", "unanswered")
    assert against(area_thread(TODAY)) == ("In time: closed on 2 Nov 2026", "closed")
    assert against(area_thread(TODAY), area_thread(TODAY + DAY)) == ("1 day late: closed on 3 Nov 2026", "closed")
    assert against(area_thread(TODAY - 9 * DAY), answered)[1] == "in_hand"
    # An action of an area that was closed is nobody's to hurry any more.
    closed_late = area_thread(TODAY - 9 * DAY, actions=[action(due_on=TODAY - 20 * DAY)])
    assert against(closed_late, answered, due=None) == ("", "in_hand")


def test_an_item_that_nobody_answers_has_dashes_where_others_have_words():
    asked = SimpleNamespace(inspection=SimpleNamespace(published_on=TODAY), answering={})
    part = report_parts._item(strand_of(paragraphs="", printed_number=None), asked, narrator())
    assert (part.number, part.stands, part.when) == ("", "—", report_parts.NO_TIME)
    assert part.answered_by == f"{report_parts.NOBODY}: in no area for improvement" and part.unanswered
    assert part.evidence == report_parts.NO_TEST and "paragraph" not in part.text


def test_a_report_says_who_made_it_and_an_item_of_it_the_team_it_is_about():
    def facts(**changed):
        visit = Inspection(**ONE, number=1, kind=InspectionKind.inspection, title="Visit", recorded_by=1,
                           recorded_at=NOW, **changed)  # fmt: skip
        asked = Asked(visit, [strand_of(team_name="Team East")], {})
        part = report_parts._report(asked, Inspections({}, ()), narrator())
        return part.facts, part.title, part.asked[0].text

    bare = (("Carried out by", "Not recorded"), ("Kind", "Inspection"), ("Published", "No date given"))
    words = "Plans. “Make plans say who will do what”. (FND-0007; about Team East)"
    assert facts() == facts(document_title="Visit") == (bare, "Visit", words)
    of_all, title, _ = facts(body="Ofsted", document_title="Letter", theme="drift", notes="Read", published_on=TODAY)
    assert title == "Visit, published 2 November 2026"
    assert dict(of_all) == {
        "Carried out by": "Ofsted", "Kind": "Inspection", "Report or letter": "Letter", "Theme": "drift",
        "Published": "2 November 2026", "Notes": "Read",
    }  # fmt: skip


def test_what_was_tested_and_judged_is_told_beside_the_item_and_a_note_is_no_judgement():
    def of(**changed):
        thread = woven(impacts=[judged(**changed)])
        return report_parts._evidence(thread, narrator()), report_parts._difference(thread)

    assert of() == (
        "AFI-0003: a re-audit, 12 records, judged on 20 Oct 2026", "Some difference, judged on 20 Oct 2026",
    )  # fmt: skip
    assert of(rating=Impact.not_yet_known) == ("AFI-0003: no test judged yet", "Not yet judged")
    assert of(method=None, sample_size=1)[0] == (
        "AFI-0003: the register does not say by which test, 1 record, judged on 20 Oct 2026"
    )
    assert of(sample_size=None)[0] == "AFI-0003: a re-audit, judged on 20 Oct 2026"
    none = woven()
    assert (report_parts._evidence(none, narrator()), report_parts._difference(none)) == (
        "AFI-0003: no test judged yet", "Not yet judged",
    )  # fmt: skip


def test_what_a_report_numbers_and_nobody_entered_is_counted_by_its_kind():
    def item(number, total, kind=FindingKind.area_for_improvement):
        return strand_of(printed_number=number, printed_total=total, kind=kind)

    for items, missing in (
        ([], 0),
        ([item(None, None)], 0),
        ([item(1, 3), item(2, 3)], 1),
        ([item(1, 3), item(1, 3)], 2),
        ([item(1, None), item(2, 5)], 3),
        ([item(1, 2), item(1, 4, FindingKind.strength)], 4),
        ([item(3, 2)], 1),
        ([item(1, 1), item(2, 1)], 0),
        ([item(1, 5), item(2, 3)], 3),
    ):
        assert report_parts.not_entered(SimpleNamespace(findings=items)) == missing


def test_a_document_named_as_a_source_is_listed_once_and_a_report_without_a_day_says_so():
    from_report = SimpleNamespace(number=1, document_title="", title="Visit", body="", published_on=None,
                                  kind=SimpleNamespace(title="A review"))  # fmt: skip
    part = source_parts._report(from_report)
    assert (part.what, part.more) == ("Visit", "A review. No date given.")
    now, before = (source_parts._framework(frameworks.edition(name)) for name in ("ilacs-2026", "ilacs-2018"))
    assert "Inspections from 1 April 2026. Read in: " in now and now.endswith(", 27 November 2025.")
    assert "Inspections from 1 January 2018 to 31 December 2022. " in before and before.endswith(", 2022 to 2024.")


# --- where things are printed ----------------------------------------------------------------------------------------

ILACS, OTHER = AreaReference("ilacs-2026", "HP"), AreaReference("ofsted-2012", "PRAC")


def test_areas_of_other_frameworks_follow_by_edition_and_the_untied_come_last():
    edition = frameworks.edition("ilacs-2026")

    def tied(number, *areas):
        judged = [SimpleNamespace(edition_id=area.edition_id, judgement_area_id=area.area) for area in areas]
        return strand_of(judged, number=number)

    older = AreaReference("ilacs-2023", "LEAD")
    strengths = [tied(1), tied(2, OTHER), tied(3, older), tied(4, ILACS, OTHER), tied(5, ILACS)]
    places = placing.places_of(edition, (), Register((), strengths, (), ()))
    assert [place.area for place in places.elsewhere] == [older, OTHER, NOWHERE]
    printed = {
        place.area: [strand.finding.number for strand in place.strengths] for place in (*places.own, *places.elsewhere)
    }
    assert {area: numbers for area, numbers in printed.items() if numbers} == {
        ILACS: [4, 5], OTHER: [2], older: [3], NOWHERE: [1],
    }  # fmt: skip


# --- what is left out ------------------------------------------------------------------------------------------------


def test_what_nobody_asked_for_is_named_with_why_and_only_a_withdrawn_action_says_that_it_was():
    statuses = (ActionStatus.open, ActionStatus.completed, ActionStatus.verified, ActionStatus.withdrawn)
    actions = [strand(number=number, status=status) for number, status in enumerate(statuses, start=1)]
    nothing = Register((), (), actions, ())
    in_full = accounts.InFull(every=True, some=False, concerns=True)
    parts = accounts.left_out(nothing, Inspections({}, ()), (), in_full=in_full, narrator=narrator())
    assert [(part.what, part.times, part.why) for part in parts] == [
        ("What an action is", 3, accounts.NO_PLACE), ("What an action is", 1, accounts.WITHDRAWN_ACTION),
    ]  # fmt: skip
