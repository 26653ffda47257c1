"""Lists are paged, narrowed and counted; threads are read in a number of statements that does not grow."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy import event

from findings import errors, queries, register, thread
from findings.queries import ActionFilter, AreaFilter, AreaSort, FindingFilter
from findings.register import Lead, SpeaksTo
from findings.states import (
    ActionStatus,
    AreaStatus,
    Brag,
    Delivery,
    FindingKind,
    FindingStatus,
    Impact,
    ImpactTest,
    Origin,
    SourceKind,
)
from findings.tables import AreaForImprovement, Finding
from tests.findings.conftest import COUNCIL, NOW, TODAY, opened, stored_again


@pytest.fixture(scope="module")
def stored_register(stored_thread):
    """Three areas of two findings each, one loose finding, one action for the first two areas and one for the third."""
    with opened(stored_thread) as session:
        return stored_again(fill(session, {"by": 501, "now": NOW}))


@pytest.fixture
def filled(stored_register):
    """A session on that register."""
    with opened(stored_register) as session:
        yield session


def fill(session, day):
    for number in range(7):
        register.raise_finding(
            session,
            COUNCIL,
            kind=FindingKind.strength if number == 6 else FindingKind.area_for_improvement,
            origin=Origin.data if number % 2 else Origin.staff,
            text=f"Plans {number}: 50% done_early",
            judgement_areas=[SpeaksTo("ilacs-2026", "HP" if number < 4 else "CL")],
            **day,
        )
    for start in (1, 3, 5):
        register.open_area(session, COUNCIL, heading=f"Area {start}", findings=[start, start + 1], **day)
    register.raise_finding(session, COUNCIL, kind=FindingKind.recommendation, origin=Origin.data, text="Loose", **day)
    register.add_action(
        session, COUNCIL, what="Train", areas=[1, 2], due_on=date(2026, 1, 31), lead_person_id=601, **day
    )
    register.add_action(session, COUNCIL, what="Audit", delivery_leads=[Lead("Lead", post_id=31)], **day)
    return session


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (FindingFilter(), [8, 7, 6, 5, 4, 3, 2, 1]),
        (FindingFilter(kind=FindingKind.strength), [7]),
        (FindingFilter(origin=Origin.data), [8, 6, 4, 2]),
        (FindingFilter(in_no_area=True), [8]),
        (FindingFilter(area_number=2), [4, 3]),
        (FindingFilter(edition_id="ilacs-2026", judgement_area_id="CL"), [7, 6, 5]),
        (FindingFilter(words="fnd-0003"), [3]),
        (FindingFilter(words="PLANS 4"), [5]),
        (FindingFilter(words="0% d"), [7, 6, 5, 4, 3, 2, 1]),
        (FindingFilter(words="0%early"), []),
        (FindingFilter(words="doneXearly"), []),
        (FindingFilter(words="done_early"), [7, 6, 5, 4, 3, 2, 1]),
        (FindingFilter(raised_from=TODAY, raised_to=TODAY), [8, 7, 6, 5, 4, 3, 2, 1]),
        (FindingFilter(raised_to=date(2026, 3, 1)), []),
    ],
)
def test_findings_are_narrowed(filled, wanted, numbers):
    assert [row.number for row in queries.list_findings(filled, COUNCIL, wanted).rows] == numbers
    assert queries.count_findings(filled, COUNCIL, wanted) == len(numbers)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (ActionFilter(), [1, 2]),
        (ActionFilter(person_id=601), [1]),
        (ActionFilter(post_ids=(31,)), [2]),
        (ActionFilter(post_ids=(99,)), []),
        (ActionFilter(lead_post_id=31), []),
        (ActionFilter(area_number=2), [1]),
        (ActionFilter(overdue_on=TODAY), [1]),
        (ActionFilter(overdue_on=date(2026, 1, 31)), []),
        (ActionFilter(words="audit"), [2]),
    ],
)
def test_actions_are_narrowed(filled, wanted, numbers):
    assert [row.number for row in queries.list_actions(filled, COUNCIL, wanted).rows] == numbers
    assert queries.count_actions(filled, COUNCIL, wanted) == len(numbers)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (AreaFilter(), [1, 2, 3]),
        (AreaFilter(without_action=True), [3]),
        (AreaFilter(status=AreaStatus.closed), []),
        (AreaFilter(alive_from=TODAY, alive_to=TODAY), [1, 2, 3]),
        (AreaFilter(alive_to=date(2026, 3, 1)), []),
        (AreaFilter(words="AFI-0002"), [2]),
    ],
)
def test_areas_are_narrowed(filled, wanted, numbers):
    assert [row.number for row in queries.list_areas(filled, COUNCIL, wanted).rows] == numbers
    assert queries.count_areas(filled, COUNCIL, wanted) == len(numbers)


@pytest.fixture
def settled(filled, day):
    """Much of it has ended or belongs to somebody: a finding and an action withdrawn, two areas closed."""
    register.withdraw_finding(filled, COUNCIL, 2, reason="Twice.", **day)
    filled.get(Finding, (COUNCIL, 3)).team_id = 61
    filled.get(Finding, (COUNCIL, 4)).raised_at = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
    register.withdraw_action(filled, COUNCIL, 2, reason="Not needed.", **day)
    first, second, third = (filled.get(AreaForImprovement, (COUNCIL, number)) for number in (1, 2, 3))
    first.owner_person_id, second.owner_post_id, third.owner_post_id = 7, 31, 32
    first.edition_id, first.judgement_area_id, second.edition_id = "ilacs-2026", "HP", "ilacs-2026"
    for area, closed_on in ((second, date(2026, 2, 28)), (third, TODAY)):
        area.status, area.closed_on = AreaStatus.closed, closed_on
    filled.flush()
    return filled


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (FindingFilter(), [8, 7, 6, 5, 4, 3, 1]),
        (FindingFilter(status=None), [8, 7, 6, 5, 4, 3, 2, 1]),
        (FindingFilter(status=FindingStatus.withdrawn), [2]),
        (FindingFilter(team_id=61), [3]),
        (FindingFilter(inspection_number=1), []),
        (FindingFilter(raised_to=date(2026, 3, 1)), [4]),
        (FindingFilter(raised_from=TODAY), [8, 7, 6, 5, 3, 1]),
        (FindingFilter(raised_from=date(2026, 3, 1), raised_to=date(2026, 3, 1)), [4]),
        (FindingFilter(judgement_area_id="CL"), [7, 6, 5]),
        (FindingFilter(edition_id="ilacs-2018"), []),
        (FindingFilter(words="x" * 200), []),
        (AreaFilter(), [1, 2, 3]),
        (AreaFilter(status=AreaStatus.open), [1]),
        (AreaFilter(status=AreaStatus.closed), [2, 3]),
        (AreaFilter(edition_id="ilacs-2026"), [1, 2]),
        (AreaFilter(judgement_area_id="HP"), [1]),
        (AreaFilter(owner_person_id=7), [1]),
        (AreaFilter(owner_post_ids=(31, 32)), [2, 3]),
        (AreaFilter(owner_post_ids=()), []),
        (AreaFilter(alive_from=date(2026, 2, 28)), [1, 2, 3]),
        (AreaFilter(alive_from=date(2026, 3, 1)), [1, 3]),
        (ActionFilter(), [1, 2]),
        (ActionFilter(in_force=True), [1]),
        (ActionFilter(status=ActionStatus.withdrawn), [2]),
        (ActionFilter(status=ActionStatus.open), [1]),
        (ActionFilter(plan_number=1), []),
        (ActionFilter(person_id=601, post_ids=(31,)), [1, 2]),
        (ActionFilter(colour=Brag.red), [1, 2]),  # without its day a colour is not asked for
        (ActionFilter(colour=Brag.red, coloured_on=TODAY), [1]),
    ],
)
def test_what_ended_or_is_somebodys_is_told_apart_and_numbered_alike(settled, wanted, numbers):
    read, numbered, count = {
        FindingFilter: (queries.list_findings, queries.finding_numbers, queries.count_findings),
        AreaFilter: (queries.list_areas, queries.area_numbers, queries.count_areas),
        ActionFilter: (queries.list_actions, queries.action_numbers, queries.count_actions),
    }[type(wanted)]
    assert [row.number for row in read(settled, COUNCIL, wanted).rows] == numbers
    assert numbered(settled, COUNCIL, wanted) == numbers
    assert count(settled, COUNCIL, wanted) == len(numbers)


def test_rows_are_read_by_number_in_the_order_asked_for(filled):
    rows = queries.those_numbered(filled, Finding, COUNCIL, [3, 99, 1])
    assert [row.number for row in rows] == [3, 1]


@pytest.fixture
def judged(filled, day):
    """The first area shows some difference, after none; the second one that did not last; the third nothing."""
    for area, rating, judged_on in (
        (1, Impact.no_difference, date(2026, 2, 1)), (1, Impact.some_difference, date(2026, 2, 20)),
        (2, Impact.not_sustained, date(2026, 2, 20)), (2, Impact.clear_difference, date(2026, 1, 1)),
    ):  # fmt: skip
        words = {"different_for_children": "They are seen.", "not_yet_good_enough": "It did not last."}
        register.judge_impact(filled, COUNCIL, area, rating=rating, judged_on=judged_on, **words, **day)
    register.add_action(filled, COUNCIL, what="Later", areas=[3], due_on=date(2026, 2, 10), **day)
    register.add_action(filled, COUNCIL, what="In time", areas=[1], due_on=date(2027, 1, 1), **day)
    return filled


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (AreaFilter(impact=Impact.some_difference), [1]),
        (AreaFilter(impact=Impact.no_difference), []),
        (AreaFilter(impact=Impact.clear_difference), []),
        (AreaFilter(never_judged=True), [3]),
        (AreaFilter(sort=AreaSort.impact), [3, 2, 1]),
        (AreaFilter(sort=AreaSort.late, sorted_on=date(2026, 3, 1)), [1, 2, 3]),
        (AreaFilter(sort=AreaSort.late, sorted_on=date(2026, 1, 31)), [1, 2, 3]),
        (AreaFilter(sort=AreaSort.late, sorted_on=date(2027, 2, 1)), [1, 2, 3]),
    ],
)
def test_areas_are_narrowed_and_sorted_by_the_judgement_that_counts(judged, wanted, numbers):
    assert [row.number for row in queries.list_areas(judged, COUNCIL, wanted).rows] == numbers
    assert queries.open_areas_by_impact(judged, COUNCIL) == {
        Impact.some_difference: 1,
        Impact.not_sustained: 1,
        None: 1,
    }


def test_the_area_with_the_longest_overdue_action_comes_first(judged, day):
    register.add_action(judged, COUNCIL, what="The oldest", areas=[3], due_on=date(2025, 12, 1), **day)
    late = AreaFilter(sort=AreaSort.late, sorted_on=TODAY)
    assert [row.number for row in queries.list_areas(judged, COUNCIL, late).rows] == [3, 1, 2]
    as_opened = AreaFilter(sort=AreaSort.opened, sorted_on=TODAY)
    assert [row.number for row in queries.list_areas(judged, COUNCIL, as_opened).rows] == [1, 2, 3]


def test_areas_go_from_the_least_that_can_be_said_for_children_to_the_most(session, day):
    ratings = (Impact.clear_difference, Impact.not_yet_known, Impact.some_difference, None, Impact.not_sustained,
               Impact.no_difference, None)  # fmt: skip
    for number, rating in enumerate(ratings, start=1):
        register.open_area(session, COUNCIL, heading=f"Area {number}", **day)
        if rating is not None:
            words = {"different_for_children": "They are seen.", "not_yet_good_enough": "Not all."}
            register.judge_impact(session, COUNCIL, number, rating=rating, judged_on=TODAY, **words, **day)
    register.close_area(session, COUNCIL, 3, closed_on=TODAY, **day)
    session.flush()
    listed = queries.list_areas(session, COUNCIL, AreaFilter(sort=AreaSort.impact)).rows
    assert [row.number for row in listed] == [4, 7, 2, 6, 5, 1, 3]


def test_a_list_is_paged_and_a_page_beyond_the_end_is_the_last(filled):
    page = queries.list_findings(filled, COUNCIL, page=99, size=3)
    assert ([row.number for row in page.rows], page.total, page.page, page.pages) == ([2, 1], 8, 3, 3)
    assert queries.list_findings(filled, 8).pages == 1
    assert queries.list_findings(filled, COUNCIL, size=10_000).size == 200
    lists = (queries.list_findings, queries.list_areas, queries.list_actions)
    assert [listed(filled, COUNCIL).size for listed in lists] == [50, 50, 50]


def test_a_search_that_is_too_long_is_refused(filled):
    with pytest.raises(errors.Invalid):
        queries.list_findings(filled, COUNCIL, FindingFilter(words="x" * 201))


def test_a_thread_is_the_same_however_it_is_reached(filled, day):
    for number in (1, 2):
        register.judge_impact(
            filled,
            COUNCIL,
            number,
            rating=Impact.some_difference,
            judged_on=TODAY,
            different_for_children="Better.",
            **day,
        )
    whole = thread.weave(queries.load_everything(filled, COUNCIL))
    assert [x.area.number for x in whole.threads] == [1, 2, 3]
    assert [x.finding.number for x in whole.loose_findings] == [7, 8]
    assert queries.weave_areas(filled, COUNCIL, areas=[1]).threads == whole.threads[:1]
    assert queries.weave_areas(filled, COUNCIL, findings=[3]).threads == whole.threads[1:2]
    assert queries.weave_areas(filled, COUNCIL, actions=[1]).threads == whole.threads[:2]
    loose = queries.weave_areas(filled, COUNCIL, findings=[8], actions=[2])
    assert ([x.finding.number for x in loose.loose_findings], loose.threads) == ([8], ())
    assert [x.action.number for x in loose.loose_actions] == [2]
    assert whole.threads[0].actions[0].colour(TODAY) is Brag.red


def test_reading_many_threads_takes_no_more_statements_than_reading_one(filled):
    counted = []
    event.listen(filled.get_bind(), "before_cursor_execute", lambda *_: counted.append(1))
    queries.weave_areas(filled, COUNCIL, areas=[1])
    one = len(counted)
    queries.weave_areas(filled, COUNCIL, areas=[1, 2, 3])
    assert len(counted) - one <= one + 1
    assert one <= 20


def test_the_quick_list_of_gaps_is_the_list_of_gaps(filled, day):
    register.add_source(
        filled, COUNCIL, 1, source=register.NewSource(SourceKind.voice, words="Parents said so."), **day
    )
    register.withdraw_finding(filled, COUNCIL, 8, reason="Twice.", **day)
    register.add_measure(filled, COUNCIL, name="Specific plans", action_number=2, **day)
    register.judge_impact(
        filled,
        COUNCIL,
        2,
        rating=Impact.not_sustained,
        judged_on=date(2025, 1, 1),
        not_yet_good_enough="It fell back.",
        sources=[register.NewSource(SourceKind.voice, words="Parents said so.", dated_on=date(2025, 1, 1))],
        **day,
    )
    whole = thread.weave(queries.load_everything(filled, COUNCIL))
    slow = thread.gaps(whole, TODAY, evidence_months=12)
    assert queries.list_gaps(filled, COUNCIL, TODAY, evidence_months=12) == slow
    assert {gap.code.value for gap in slow} >= {"impact_not_sustained", "impact_evidence_old", "area_without_source"}


def test_the_register_narrowed_to_a_colour_holds_what_the_rule_gives_that_colour(session, day):
    for number in (1, 2, 3):
        register.open_area(session, COUNCIL, heading=f"Area {number}", **day)
    judged = [
        (1, Impact.clear_difference, 1),
        (2, Impact.some_difference, 1),
        (2, Impact.not_sustained, 1),
        (1, Impact.no_difference, 0),
    ]
    for area, rating, later in judged:
        words = {"different_for_children": "Better.", "not_yet_good_enough": "Not all."}
        judged_on = date(2026, 2, 1 + later)
        sample = register.NewSource(SourceKind.dip_sample, words="24 files.", dated_on=judged_on)
        register.judge_impact(
            session, COUNCIL, area, rating=rating, judged_on=judged_on, sources=[sample], **words, **day
        )
    choices = product(
        ActionStatus, (Delivery.not_started, Delivery.at_risk, Delivery.off_track), (None, TODAY, date(2026, 3, 1))
    )
    for (status, delivery, due), areas in product(choices, ([], [1], [2], [3], [1, 2], [1, 3])):
        row = register.add_action(session, COUNCIL, what="Do it", areas=areas, due_on=due, **day)
        row.status, row.delivery = status, delivery
        row.completed_on = row.verified_on = TODAY
        row.withdrawn_reason = "No longer needed."
        row.impact_test, row.completed_on = ImpactTest.dip_sample, date(2026, 1, 31)
    session.flush()
    strands = [x for y in queries.weave_areas(session, COUNCIL, areas=[1, 2, 3]).threads for x in y.actions]
    strands += queries.weave_areas(session, COUNCIL, actions=range(1, 217)).loose_actions
    expected = {colour: {x.action.number for x in strands if x.colour(TODAY) is colour} for colour in Brag}
    assert all(expected.values()) and sum(map(len, expected.values())) == 162, "one that was withdrawn has no colour"
    for colour in Brag:
        found = queries.list_actions(session, COUNCIL, ActionFilter(colour=colour, coloured_on=TODAY), size=200)
        assert {row.number for row in found.rows} == expected[colour]
    assert queries.count_actions(session, COUNCIL, ActionFilter(in_force=True)) == 162
