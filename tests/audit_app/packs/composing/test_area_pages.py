"""The page of an area for improvement and its actions, at their edges: judged, printed as, due, and said before."""

from datetime import date

import pytest

from audit_app.improvement import colour_words
from audit_app.packs.composing import thread_parts, thread_sentences
from findings.states import ActionStatus, AreaStatus, FindingStatus, Impact, ImpactTest, Timescale
from findings.tables import Inspection, Measure
from findings.thread_shapes import ActionStrand
from tests.audit_app.packs.composing.test_sentences import (
    NOW,
    action,
    answers,
    area,
    evidence,
    finding,
    judged,
    narrator,
    woven,
)

IN_WORDS = "end of term (not a date that can be reckoned with)"
UNKNOWN = {"rating": Impact.not_yet_known}


def printed_as(**heading):
    report = Inspection(authority_id=1, number=1, title="Visit", body=heading.pop("body", ""), kind="inspection",
                        recorded_by=1, recorded_at=NOW)  # fmt: skip
    item = finding(inspection_number=1, printed_number=4)
    return thread_parts.printed_as(woven(areas=[area(**heading)], findings=[item], inspections=[report]), narrator())


def test_a_heading_says_whose_it_is_and_that_it_is_word_for_word_only_where_it_is():
    assert printed_as(heading_from=7, heading_verbatim=True) == "Visit’s area for improvement 4, word for word (Visit)"
    assert printed_as(heading_from=7, body="Ofsted") == "Ofsted’s area for improvement 4 (Visit)"
    assert printed_as() == printed_as(heading_from=8) == ""
    own = woven(areas=[area(heading_from=7)], findings=[finding()])
    assert thread_parts.printed_as(own, narrator()) == ""


def test_an_area_stands_as_it_was_last_judged():
    for rows, stands in (
        ([], "Open; impact not yet judged"), ([judged(**UNKNOWN)], "Open; impact not yet judged"),
        ([judged()], "Open; some difference"),
    ):  # fmt: skip
        assert thread_parts.stands(woven(impacts=rows)) == stands


def test_times_without_a_report_stand_beside_their_finding_and_one_report_needs_no_name():
    soon, later = {"timescale": Timescale.immediately}, {"timescale": Timescale.three_months}
    both = woven(findings=[finding(**soon), finding(number=8, **later)])
    assert thread_parts.deadlines(both, narrator()) == [
        ("Time given", "FND-0007, immediately; FND-0008, within three months")
    ]
    # All of one origin: the time alone where it is one; whose it is where there are two.
    assert thread_parts.times_given(both, narrator()) == "FND-0007: immediately; FND-0008: within three months"
    assert thread_parts.times_given(woven(findings=[finding(**soon)]), narrator()) == "immediately"
    assert thread_parts.times_given(woven(findings=[finding()]), narrator()) == ""
    gone = finding(number=8, status=FindingStatus.withdrawn, inspection_number=1, **later)
    report = Inspection(authority_id=1, number=1, title="Visit", kind="inspection", recorded_by=1, recorded_at=NOW)
    one = woven(findings=[finding(**soon), gone], inspections=[report])
    assert thread_parts.times_given(one, narrator()) == "immediately"
    undated = woven(findings=[finding(inspection_number=1, **soon), finding(number=8)], inspections=[report])
    assert thread_parts.times_given(undated, narrator()) == "FND-0007: immediately"
    assert thread_parts.deadlines(undated, narrator()) == [("Time given by Visit", "area for improvement, immediately")]
    report.body = "Ofsted"
    assert thread_parts.times_given(undated, narrator()) == "Ofsted: immediately"


class Untold:
    """A narrator whose audience is told no words of dates."""

    def tell(self, row, column):
        return "" if column == "due_text" else getattr(row, column)


@pytest.mark.parametrize(
    ("changed", "due", "not_told"),
    [
        ({"due_text": "end of term"}, IN_WORDS, "In words, not told here"),
        ({"due_on": date(2026, 12, 1), "due_text": "end of term"}, "1 Dec 2026", "1 Dec 2026"),
        ({}, "No date", "No date"),
        ({"due_on": date(2026, 12, 1), "due_text": "x", "status": ActionStatus.withdrawn}, "1 Dec 2026", "1 Dec 2026"),
        ({"due_text": "end of term", "status": ActionStatus.withdrawn}, "", ""),
    ],
)  # fmt: skip
def test_a_narrow_column_tells_the_due_date_and_words_only_to_whom_they_are_told(changed, due, not_told):
    assert thread_parts._due(action(**changed), narrator()) == due
    assert thread_parts._due(action(**changed), Untold()) == not_told


def test_an_action_stands_in_the_table_with_the_councils_word_for_its_colour():
    standings = colour_words.standings({colour: (f"Our {colour}", "") for colour in ("blue", "green", "amber", "red",
                                                                                      "grey")})  # fmt: skip
    strand = ActionStrand(action(due_on=date(2026, 10, 12)), (), (), (), (), (), (3, 4))
    part = thread_parts.action_part(strand, standings, narrator())
    assert (part.reference, part.areas, part.word, part.colour) == (
        "ACT-0005", ("AFI-0003", "AFI-0004"), "Our red", "red",
    )  # fmt: skip


# --- the seven questions ---------------------------------------------------------------------------------------------


def test_what_nobody_could_say_yet_is_told_as_noted_and_not_as_judged():
    noted = judged(**UNKNOWN, different_for_children="Two children feel safer")
    assert answers(woven(impacts=[noted])) | {"What was found": ""} == {
        "What was found": "",
        "What we did": "No action answers this yet.",
        "How we checked": "Tested by a re-audit and judged on 20 October 2026: not yet known; 12 records looked at; "
        "carried out by: Two auditors. No evidence is named for this judgement.",
        "What is different for children": "Nobody has yet judged what is different for children. "
        "Noted on 20 October 2026, when the difference was not yet known: Two children feel safer.",
        "What is not yet good enough": thread_sentences.NOTHING_SHORT,
        "Who verified it": "No action here is finished, so there is nothing to verify yet. "
        "That the impact is not yet known was noted on 20 October 2026 by the QA Manager.",
        "What is next": thread_sentences.NO_NEXT_STEP,
    }


@pytest.mark.parametrize(
    ("changed", "begins"),
    [
        ({"method": None, "tested_by": ""}, "There is nothing to check yet"),
        ({"method": ImpactTest.re_audit, "tested_by": ""}, "Tested by a re-audit"),
        ({"method": None, "tested_by": "Two auditors"}, "On 20 October 2026 a judgement was made;"),
    ],
)
def test_a_note_that_nothing_is_known_counts_as_a_check_only_where_something_was_looked_at(changed, begins):
    thread = woven(impacts=[judged(**UNKNOWN, **changed)])
    assert answers(thread)["How we checked"].startswith(begins)
    unseen = judged(**UNKNOWN, id=10, judged_on=date(2026, 11, 1), method=None, tested_by="")
    assert answers(woven(impacts=[judged(), unseen]))["How we checked"].startswith(
        "Tested by a re-audit and judged on 20"
    )
    beside = woven(impacts=[judged(**UNKNOWN, method=None, tested_by="")], sources=[evidence()])
    assert answers(beside)["How we checked"].startswith("On 20 October 2026 a judgement was made;")


def test_what_is_not_checked_yet_says_how_the_plan_means_to():
    plain, tested = action(), action(number=6, impact_test=ImpactTest.re_audit)
    assert answers(woven(actions=[plain]))["How we checked"] == (
        f"{thread_sentences.NOBODY_CHECKED} {thread_sentences.UNTESTED}"
    )
    assert answers(woven(actions=[plain, tested]))["How we checked"] == (
        f"{thread_sentences.NOBODY_CHECKED} The plan says it will be tested by a re-audit."
    )
    seen = answers(woven(actions=[tested], impacts=[judged()]))["How we checked"]
    assert "Nobody" not in seen and "will be tested" not in seen
    figure = Measure(authority_id=1, id=2, area_number=3, name="Plans", latest=4)
    assert answers(woven(measures=[figure]))["How we checked"].endswith("Measure: Plans stood at 4.")


def test_earlier_words_keep_their_day_and_the_latest_stand_first():
    earlier = judged(judged_on=date(2026, 9, 1), not_yet_good_enough="Dates", next_steps="Read again")
    later = judged(id=10, not_yet_good_enough="Plans", next_steps="Read more")
    thread = woven(areas=[area(not_yet_good_enough="Plans")], impacts=[earlier, later],
                   actions=[action(due_on=date(2026, 11, 1)), action(number=6)])  # fmt: skip
    parts = answers(thread)
    assert parts["What is not yet good enough"] == (
        "Plans. On 1 September 2026 it was said: Dates. ACT-0005 is 1 day overdue."
    )
    assert thread_parts.not_yet_good_enough(thread, narrator()) == [("AFI-0003", "Plans.")]
    assert parts["What is next"] == (
        "Read more. On 1 September 2026 it was to be: Read again. "
        "ACT-0005 was due on 1 November 2026 and is still open. ACT-0006 is open and has no due date."
    )
    assert answers(woven(impacts=[earlier, later]))["What is different for children"] == (
        "Judged on 20 October 2026: some difference for children. Children know their plan. "
        "Before that, judged on 1 September 2026: some difference for children. Children know their plan."
    )


def test_a_closed_area_says_so_and_only_a_standing_action_still_waits_for_a_judgement():
    shut = {"status": AreaStatus.closed, "closed_on": date(2026, 10, 3)}
    parts = answers(woven(areas=[area(**shut, closed_note="It was met")]))
    assert parts["What is not yet good enough"] == (
        "Nothing was recorded as not yet good enough when this area was closed."
    )
    assert parts["What is next"] == "This area was closed on 3 October 2026. It was met."
    assert answers(woven(areas=[area(**shut)]))["What is next"] == "This area was closed on 3 October 2026."
    done = action(status=ActionStatus.verified, verified_on=date(2026, 10, 5), verified_note="Seen",
                  verified_by_post_title="The Head")  # fmt: skip
    parts = answers(woven(actions=[done]))
    assert parts["What is next"] == thread_sentences.STILL_TO_JUDGE
    assert parts["Who verified it"] == "ACT-0005 was verified on 5 October 2026 by The Head, outside its line. Seen."
    assert answers(woven(actions=[done], impacts=[judged()]))["What is next"] == thread_sentences.NO_NEXT_STEP


def test_whose_test_it_was_is_left_out_where_it_is_not_told_and_missing_where_nobody_wrote_it():
    hidden = thread_sentences.judgement_sentences(woven(impacts=[judged()]).impacts[0], narrator(level=3))[0]
    assert hidden == "Tested by a re-audit and judged on 20 October 2026; 12 records looked at."
    nobody = thread_sentences.judgement_sentences(woven(impacts=[judged(tested_by="")]).impacts[0], narrator(level=3))
    assert nobody[0].endswith("; who carried it out is not recorded.")
