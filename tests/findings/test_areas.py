"""Writes of areas for improvement: each refusal on both sides of its line, beside what belongs to others."""

import pytest
from sqlmodel import select

from findings import errors, register, tables
from findings.register import SpeaksTo
from findings.states import AreaStatus, FindingKind, Impact, Origin
from tests.findings.conftest import COUNCIL, TODAY


def raised(session, day, text="Plans are late.", council=COUNCIL, **more):
    kind = FindingKind.area_for_improvement
    return register.raise_finding(session, council, kind=kind, origin=Origin.case_audit, text=text, **more, **day)


def judged(session, area, day, rating, **more):
    return register.judge_impact(session, COUNCIL, area.number, rating=rating, judged_on=TODAY, **more, **day)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_area_made_of_a_finding_speaks_to_the_judgement_area_of_that_finding_alone(session, day, number):
    for council in (COUNCIL - 1, COUNCIL, COUNCIL + 1):
        for place in (1, 2, 3):
            speaks_to = [SpeaksTo("ilacs-2026", f"{council}-{place}")]
            raised(session, day, council=council, judgement_areas=speaks_to)
    area = register.make_area_from_finding(session, COUNCIL, number, **day)
    assert (area.edition_id, area.judgement_area_id) == ("ilacs-2026", f"{COUNCIL}-{number}")


def test_of_two_editions_an_area_takes_the_later_and_of_one_edition_the_first_area(session, day):
    several = [SpeaksTo("ilacs-2018", "AA"), SpeaksTo("ilacs-2026", "LEAD"), SpeaksTo("ilacs-2026", "HP")]
    finding = raised(session, day, judgement_areas=several)
    area = register.make_area_from_finding(session, COUNCIL, finding.number, **day)
    assert (area.edition_id, area.judgement_area_id) == ("ilacs-2026", "HP")


def test_an_area_made_of_a_finding_that_speaks_to_none_speaks_to_none(session, day):
    area = register.make_area_from_finding(session, COUNCIL, raised(session, day).number, **day)
    assert (area.edition_id, area.judgement_area_id) == ("", "")


def test_an_area_of_ones_own_gathers_each_finding_once(session, day, events):
    first, second = (raised(session, day).number for _ in range(2))
    register.open_area(
        session,
        COUNCIL,
        heading="Plans",
        findings=[second, first, second],
        note=events.note,
        **day,
    )
    assert [(code, about) for code, about, _facts in events.told] == [
        ("area_opened", "AFI-0001"),
        ("finding_joined_area", "FND-0002"),
        ("finding_joined_area", "FND-0001"),
    ]


@pytest.mark.parametrize("leaving", [1, 3])
def test_a_finding_raised_before_or_after_the_heading_leaves_and_the_others_stay(session, day, leaving, events):
    for text in ("First", "Second", "Third"):
        raised(session, day, text)
    area = register.make_area_from_finding(session, COUNCIL, 2, **day)
    for number in (1, 3):
        register.join_area(session, COUNCIL, finding_number=number, area_number=area.number, **day)
    link = {"finding_number": leaving, "area_number": area.number}
    register.leave_area(session, COUNCIL, **link, note=events.note, **day)
    left = {row.finding_number for row in session.exec(select(tables.FindingInArea))}
    assert left == {1, 2, 3} - {leaving}
    assert events.told == [("finding_left_area", f"FND-000{leaving}", {"area": "AFI-0001"})]


def test_a_heading_of_ones_own_may_be_put_in_other_words(session, day, events):
    area = register.open_area(session, COUNCIL, heading="Plans", **day)
    register.correct_area(session, COUNCIL, area.number, revision=1, heading="Clear plans", note=events.note, **day)
    assert (area.heading, area.revision) == ("Clear plans", 2)
    assert events.told == [("area_corrected", "AFI-0001", {"fields": ["heading"], "revision": 2})]
    register.correct_area(session, COUNCIL, area.number, revision=2, heading="Clear plans", note=events.note, **day)
    assert len(events.told) == 1 and area.revision == 2


@pytest.mark.parametrize("heading", ["An earlier word", "Zealous words", "Improve plans"])
def test_a_printed_heading_takes_no_other_words_whatever_they_begin_with(session, day, heading):
    area = register.make_area_from_finding(
        session, COUNCIL, raised(session, day, "Improve plans.", verbatim=True).number, **day
    )
    with pytest.raises(errors.Invalid, match="stays as it was printed"):
        register.correct_area(session, COUNCIL, area.number, revision=1, heading=heading, **day)
    owner = {"heading": "Improve plans.", "owner_post_title": "Head of service"}
    register.correct_area(session, COUNCIL, area.number, revision=1, **owner, **day)
    assert (area.heading, area.owner_post_title) == ("Improve plans.", "Head of service")


def test_none_may_have_been_looked_at_but_never_fewer(session, day):
    area = register.open_area(session, COUNCIL, heading="Plans", **day)
    with pytest.raises(errors.Invalid) as refused:
        judged(session, area, day, Impact.not_yet_known, sample_size=-1)
    assert refused.value.field == "sample_size"
    sizes = [judged(session, area, day, Impact.not_yet_known, sample_size=size).sample_size for size in (0, 1, None)]
    assert sizes == [0, 1, None]


@pytest.mark.parametrize(
    ("rating", "needed"),
    [
        (Impact.clear_difference, "different_for_children"),
        (Impact.some_difference, "different_for_children"),
        (Impact.no_difference, "not_yet_good_enough"),
        (Impact.not_sustained, "not_yet_good_enough"),
        (Impact.not_yet_known, None),
    ],
)
def test_each_rating_asks_for_its_own_words(session, day, rating, needed):
    area = register.open_area(session, COUNCIL, heading="Plans", **day)
    words = {"different_for_children": "They know their plan.", "not_yet_good_enough": "Two teams are late."}
    if needed is None:
        assert judged(session, area, day, rating).rating is rating
        return
    other = {name: text for name, text in words.items() if name != needed}
    with pytest.raises(errors.Invalid) as refused:
        judged(session, area, day, rating, **other)
    assert refused.value.field == needed
    session.rollback()
    area = register.open_area(session, COUNCIL, heading="Plans", **day)
    assert judged(session, area, day, rating, **{needed: words[needed]}).rating is rating


def test_a_judgement_of_impact_tells_what_counted_before_and_how_much_it_rests_on(session, day, events):
    area = register.open_area(session, COUNCIL, heading="Plans", **day)
    judged(session, area, day, Impact.not_yet_known, note=events.note)
    judged(session, area, day, Impact.no_difference, not_yet_good_enough="Late still.", note=events.note)
    assert [facts for _code, _about, facts in events.told] == [
        {"before": None, "after": "not_yet_known", "sources": 0},
        {"before": "not_yet_known", "after": "no_difference", "sources": 0},
    ]


def test_a_closed_area_takes_nothing_and_an_open_one_is_not_opened_again(session, day):
    area = register.open_area(session, COUNCIL, heading="Plans", **day)
    with pytest.raises(errors.OutOfTurn, match="already open"):
        register.reopen_area(session, COUNCIL, area.number, **day)
    judged(session, area, day, Impact.some_difference, different_for_children="They know.")
    register.close_area(session, COUNCIL, area.number, closed_on=TODAY, **day)
    assert (area.status, area.closed_on, area.closed_by) == (AreaStatus.closed, TODAY, day["by"])
    finding = raised(session, day)
    for refused in (
        lambda: register.join_area(session, COUNCIL, finding_number=finding.number, area_number=area.number, **day),
        lambda: register.correct_area(session, COUNCIL, area.number, revision=area.revision, heading="Mine", **day),
        lambda: register.close_area(session, COUNCIL, area.number, closed_on=TODAY, **day),
    ):
        with pytest.raises(errors.OutOfTurn, match="AFI-0001 is closed"):
            refused()
