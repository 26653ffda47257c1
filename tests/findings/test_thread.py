"""Threads and gaps from rows built by hand, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from findings import tables, thread
from findings.states import (
    ActionStatus,
    AreaStatus,
    Brag,
    Delivery,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    InspectionKind,
    Origin,
    SourceKind,
    Timescale,
)
from findings.thread import Rows
from findings.thread_shapes import audits_of, judgement_areas_of

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 1, 5, tzinfo=UTC)
WHOLE = {"authority_id": 7}


def finding(number, **more):
    given = {"kind": FindingKind.area_for_improvement, "origin": Origin.case_audit, "title": "t", "text": "t"} | more
    return tables.Finding(**WHOLE, number=number, raised_by=1, raised_at=NOW, **given)


def area(number, **more):
    return tables.AreaForImprovement(
        **WHOLE, number=number, heading="Plans", opened_by=1, opened_at=NOW, **{"owner_post_title": "Head"} | more
    )


def action(number, **more):
    sound = {"lead_post_title": "Head", "due_on": date(2026, 6, 30), "success_measure": "9 in 10 plans are specific"}
    return tables.Action(**WHOLE, number=number, what="Train", added_by=1, added_at=NOW, **sound | more)


def source(row_id, **more):
    return tables.Source(**WHOLE, id=row_id, **{"kind": SourceKind.audit_answer} | more, added_by=1, added_at=NOW)


def impact(row_id, area_number, rating="clear_difference", on=date(2026, 2, 2)):
    return tables.ImpactJudgement(
        **WHOLE, id=row_id, area_number=area_number, rating=Impact(rating), judged_on=on, judged_by=2, judged_at=NOW
    )


def in_area(finding_number, area_number):
    return tables.FindingInArea(
        **WHOLE, finding_number=finding_number, area_number=area_number, joined_by=1, joined_at=NOW
    )


def answers(action_number, area_number):
    return tables.ActionInArea(
        **WHOLE, action_number=action_number, area_number=area_number, linked_by=1, linked_at=NOW
    )


def sound() -> Rows:
    """One thread without a gap: found by an audit, answered, verified, tested again by the test the plan named."""
    done = {"status": ActionStatus.verified, "delivery": Delivery.complete, "impact_test": ImpactTest.re_audit}
    return Rows(
        findings=[finding(1)],
        judgement_areas=[
            tables.FindingJudgementArea(**WHOLE, finding_number=1, edition_id="ilacs-2026", judgement_area_id="HP")
        ],
        sources=[
            source(1, finding_number=1, audit_reference="AUD-0042"),
            source(2, impact_id=9, kind=SourceKind.re_audit, audit_reference="AUD-0050", dated_on=date(2026, 2, 2)),
        ],
        areas=[area(1)],
        findings_in_areas=[in_area(1, 1)],
        actions=[action(1, completed_on=date(2026, 1, 1), verified_on=date(2026, 1, 9), **done)],
        actions_in_areas=[answers(1, 1)],
        impacts=[impact(9, 1)],
    )


def codes(rows, months=12):
    return [(gap.code.value, gap.reference) for gap in thread.gaps(thread.weave(rows), TODAY, evidence_months=months)]


def test_a_thread_is_walked_from_criterion_to_impact_and_back():
    woven = thread.weave(sound())
    only = woven.of_area(1)
    assert judgement_areas_of(only) == {("ilacs-2026", "HP")}
    assert only.findings[0].sources[0].audit_reference == "AUD-0042"
    assert only.actions[0].colour(TODAY) is Brag.blue
    assert only.latest_impact.sources[0].audit_reference == "AUD-0050"
    assert audits_of(only) == {"AUD-0042", "AUD-0050"}
    assert woven.of_finding(1) == (only,)
    assert woven.of_finding(2) == ()
    assert woven.of_area(2) is None


def test_an_action_and_a_finding_may_belong_to_several_areas():
    rows = replace(
        sound(),
        areas=[area(1), area(2)],
        findings_in_areas=[in_area(1, 1), in_area(1, 2)],
        actions_in_areas=[answers(1, 1), answers(1, 2)],
    )
    woven = thread.weave(rows)
    assert [[x.action.number for x in y.actions] for y in woven.threads] == [[1], [1]]
    assert [x.area.number for x in woven.of_finding(1)] == [1, 2]
    assert woven.threads[0].actions[0].colour(TODAY) is Brag.green, "the second area has not been judged"


def test_a_sound_thread_has_no_gap():
    assert codes(sound()) == []


def with_action(**more):
    return replace(sound(), actions=[action(1, **more)], impacts=[], sources=sound().sources[:1])


def with_evidence(**more):
    given = {"kind": SourceKind.re_audit, "audit_reference": "AUD-0050"} | more
    return replace(sound(), sources=[sound().sources[0], source(2, impact_id=9, **given)])


CASES = [
    (replace(sound(), findings=[finding(1), finding(2)]), [("finding_in_no_area", "FND-0002")]),
    (replace(sound(), findings=[finding(1), finding(2, kind=FindingKind.strength)]), []),
    (replace(sound(), findings=[finding(1), finding(2, status=FindingStatus.withdrawn)]), []),
    (replace(sound(), sources=sound().sources[1:]), [("area_without_source", "AFI-0001")]),
    (
        replace(sound(), findings=[finding(1, status=FindingStatus.withdrawn)]),
        [("area_without_source", "AFI-0001")],
    ),
    (
        replace(sound(), actions=[], actions_in_areas=[]),
        [("area_without_action", "AFI-0001")],
    ),
    (with_action(status=ActionStatus.withdrawn), [("area_without_action", "AFI-0001")]),
    (replace(sound(), areas=[area(1, owner_post_title="")]), [("area_without_owner", "AFI-0001")]),
    (replace(sound(), actions=[*sound().actions, action(2)]), [("action_in_no_area", "ACT-0002")]),
    (with_action(lead_post_title=""), [("action_without_lead", "ACT-0001")]),
    (with_action(due_on=None), [("action_without_date", "ACT-0001")]),
    (with_action(due_on=None, ongoing=True), []),
    (with_action(due_on=date(2026, 3, 2)), []),
    (with_action(due_on=date(2026, 3, 1)), [("action_overdue", "ACT-0001")]),
    (with_action(due_on=date(2026, 3, 1), ongoing=True), [("action_overdue", "ACT-0001")]),
    (with_action(success_measure=""), [("action_without_success_measure", "ACT-0001")]),
    (with_action(status=ActionStatus.completed), [("action_not_verified", "ACT-0001")]),
    (with_action(status=ActionStatus.verified), [("impact_not_judged", "AFI-0001")]),
    (
        replace(with_action(), areas=[area(1, status=AreaStatus.closed, closed_on=date(2026, 2, 2))]),
        [("impact_not_judged", "AFI-0001")],
    ),
    (
        replace(sound(), impacts=[impact(9, 1, "not_yet_known")]),
        [("impact_not_judged", "AFI-0001")],
    ),
    (replace(sound(), sources=sound().sources[:1]), [("impact_without_evidence", "AFI-0001")]),
    (
        replace(sound(), impacts=[impact(9, 1), impact(10, 1, "not_sustained", on=date(2026, 2, 20))]),
        [("impact_not_sustained", "AFI-0001")],
    ),
    (
        replace(sound(), impacts=[impact(9, 1, "not_sustained"), impact(10, 1, on=date(2026, 2, 20))]),
        [("impact_without_evidence", "AFI-0001")],  # what was seen before is not what this judgement rests on
    ),
    (with_evidence(dated_on=date(2026, 1, 1)), [("impact_without_evidence", "AFI-0001")]),
    (with_evidence(dated_on=None), [("impact_without_evidence", "AFI-0001")]),
    (with_evidence(kind=SourceKind.audit), [("impact_without_evidence", "AFI-0001")]),
    (with_action(due_on=None, due_text="March 2017"), [("action_overdue", "ACT-0001")]),
    (with_action(due_on=None, due_text="March 2026"), []),
    (with_action(due_on=None, due_text="ongoing"), []),
    (with_action(due_on=None, due_text="TBC"), [("action_without_date", "ACT-0001")]),
]


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_each_break_in_the_thread_is_a_gap_and_nothing_else_is(rows, expected):
    assert codes(rows) == expected


def test_evidence_grows_old_after_the_months_the_council_set():
    assert codes(sound(), months=1) == []
    older = replace(sound(), impacts=[impact(9, 1, on=date(2026, 2, 1))], sources=sound().sources[:1])
    older = replace(older, actions=[action(1)])
    assert codes(older, months=1) == [("impact_evidence_old", "AFI-0001")]


def test_a_gap_says_in_a_sentence_what_is_missing_and_what_to_do():
    rows = with_action(due_on=date(2026, 2, 28))
    (gap,) = thread.gaps(thread.weave(rows), TODAY, evidence_months=12)
    assert gap.sentence == "ACT-0001 is 2 days overdue."
    assert gap.next_step == "Report progress, complete it, or change its due date and say why."


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (ImpactTest.re_audit, "a re-audit"),
        (ImpactTest.dip_sample, "a dip sample"),
        (ImpactTest.voice, "what children, families or staff say"),
    ],
)
def test_a_gap_names_the_test_in_words_and_never_by_its_code(test, words):
    done = {"status": ActionStatus.verified, "completed_on": date(2026, 1, 1), "verified_on": TODAY}
    rows = replace(sound(), actions=[action(1, impact_test=test, **done)], sources=sound().sources[:1])
    (gap,) = thread.gaps(thread.weave(rows), TODAY, evidence_months=12)
    named = "the judgement that stands names no such evidence from after the work."
    assert gap.sentence == f"AFI-0001 was to be tested by {words}, but {named}"


def test_a_gap_does_not_say_that_no_evidence_is_named_where_an_earlier_judgement_names_some():
    earlier = [impact(9, 1, "some_difference"), impact(10, 1, on=date(2026, 2, 20))]
    told_of = {
        "the judgement that stands names no": replace(sound(), impacts=earlier),
        "no judgement names": replace(sound(), impacts=[impact(9, 1, "no_difference")], sources=sound().sources[:1]),
    }
    for named, rows in told_of.items():
        (gap,) = thread.gaps(thread.weave(rows), TODAY, evidence_months=12)
        assert gap.sentence.endswith(f" a re-audit, but {named} such evidence from after the work.")


CLOSED = area(1, status=AreaStatus.closed, closed_on=date(2026, 2, 2))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            with_action(status=ActionStatus.verified),
            "AFI-0001 has verified actions, but its impact has not been judged.",
        ),
        (replace(with_action(), areas=[CLOSED]), "AFI-0001 is closed, but its impact has not been judged."),
        (with_action(due_on=None), "ACT-0001 has no due date."),
        (
            with_action(due_on=None, due_text="TBC"),
            "ACT-0001 has a due date in words that is no date that can be reckoned with.",
        ),
    ],
)
def test_of_two_ways_to_the_same_gap_the_sentence_tells_which(rows, sentence):
    assert [gap.sentence for gap in thread.gaps(thread.weave(rows), TODAY, evidence_months=12)] == [sentence]


def test_of_one_kind_the_gap_of_the_smaller_number_comes_first():
    rows = Rows(findings=[finding(10000), finding(9999)])
    assert [name for _code, name in codes(rows)] == ["FND-9999", "FND-10000"]


def test_gaps_come_in_the_order_the_thread_runs():
    rows = Rows(findings=[finding(2), finding(1)], actions=[action(1, due_on=None)])
    found = thread.gaps(thread.weave(rows), TODAY, evidence_months=12)
    assert [(gap.code.value, gap.reference) for gap in found] == [
        ("finding_in_no_area", "FND-0001"),
        ("finding_in_no_area", "FND-0002"),
        ("action_in_no_area", "ACT-0001"),
        ("action_without_date", "ACT-0001"),
    ]


# --- a date set by an inspectorate -----------------------------------------------------------------------------------


def asked(**more):
    """What an inspection published on 25 January 2026 asked for within one month, in an area with an open action."""
    given = {"inspection_number": 1, "timescale": Timescale.one_month, "due_on": date(2026, 2, 25)} | more
    return replace(
        with_action(),
        inspections=[
            tables.Inspection(
                **WHOLE, number=1, kind=InspectionKind.inspection, title="2026", published_on=date(2026, 1, 25),
                recorded_by=1, recorded_at=NOW,
            )
        ],
        findings=[finding(1, **given)],
    )  # fmt: skip


PASSED, BARE = [("answer_overdue", "FND-0001")], ("area_without_action", "AFI-0001")
DONE = {"status": ActionStatus.completed, "completed_on": date(2026, 2, 1)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (asked(), PASSED),
        (asked(due_on=None), PASSED),  # worked out from the day of publication: 25 February
        (asked(due_on=TODAY), []),  # the day itself has not passed
        (asked(due_on=date(2026, 3, 1)), PASSED),
        (asked(due_on=None, timescale=Timescale.six_months), []),
        (asked(due_on=None, timescale=None, timescale_text="by February 2026"), PASSED),
        (asked(due_on=None, timescale=None, timescale_text="as soon as possible"), []),
        (asked(due_on=None, timescale=None), []),
        (asked(kind=FindingKind.strength), []),
        (asked(status=FindingStatus.withdrawn), [("area_without_source", "AFI-0001")]),
        (asked(inspection_number=None), PASSED),  # a date set for any other finding
        (replace(asked(), actions=[action(1, **DONE)]), [("action_not_verified", "ACT-0001")]),
        (replace(asked(), actions=[action(1, status=ActionStatus.withdrawn)]), [*PASSED, BARE]),
        (replace(asked(), actions=[], actions_in_areas=[]), [*PASSED, BARE]),
        (
            replace(asked(), findings_in_areas=[]),
            [("finding_in_no_area", "FND-0001"), *PASSED, ("area_without_source", "AFI-0001")],
        ),
        (
            replace(asked(), areas=[area(1, status=AreaStatus.closed, closed_on=TODAY)], impacts=[impact(9, 1)]),
            [],
        ),
    ],
)  # fmt: skip
def test_a_passed_date_of_an_inspectorate_is_a_gap_until_an_action_is_finished(rows, expected):
    assert codes(rows) == expected


def test_the_gap_of_a_passed_date_says_the_date_and_whose_it_was():
    (gap,) = thread.gaps(thread.weave(asked()), TODAY, evidence_months=12)
    assert gap.sentence == (
        "FND-0001 was to be answered by 25 February 2026, the date its inspection set, "
        "and no action that answers it is finished."
    )
    (other,) = thread.gaps(thread.weave(asked(inspection_number=None)), TODAY, evidence_months=12)
    assert "25 February 2026, the date set for it" in other.sentence


def test_a_finding_answered_in_an_area_that_is_not_looked_at_is_answered():
    rows = replace(
        asked(),
        findings_in_areas=[in_area(1, 1), in_area(1, 2)],
        actions=[action(1), action(2, **DONE)],
        actions_in_areas=[answers(1, 1), answers(2, 2)],
    )
    assert ("answer_overdue", "FND-0001") not in codes(rows)
