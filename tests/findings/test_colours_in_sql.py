"""The colours as the rule gives them and as the database does: equal on thousands of rows of every sort, by seed."""

import random
import shutil
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from findings import colours, colours_in_sql, queries, rules, rules_in_sql
from findings.queries import ActionFilter
from findings.states import ActionStatus, AreaStatus, Brag, Delivery, Impact, ImpactTest, SourceKind, Standing
from findings.tables import Action, ActionInArea, AreaForImprovement, ImpactJudgement, Source
from tests.chosen import ON_POSTGRESQL
from tests.findings.conftest import COUNCIL, NOW, TODAY

ACTIONS, AREAS, OTHER = 2_400, 120, 8
DAYS = [None, *(TODAY + timedelta(days=away) for away in (-3000, -40, -2, -1, 0, 1, 30))]
PAST = [TODAY - timedelta(days=away) for away in (3000, 40, 21, 20, 2, 0)]
TEXTS = [
    "", "March 2017", "end of Q4 2025/26", "Spring 2024", "from April 2017", "from April 2027", "TBC", "ongoing",
    "2 March 2026", "1 March 2026", "within six months", "summer term 2027", "28/2/26",
]  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the filled database lies on SQLite once it was filled."""
    return tmp_path_factory.mktemp("colours") / "filled.db"


@pytest.fixture
def filled(engine, kept):
    """Actions of every sort, with areas that were judged or not, on evidence that counts or does not."""
    if kept.exists():
        engine.dispose()
        shutil.copyfile(kept, engine.url.database)
    with Session(engine) as session:
        if not kept.exists():
            fill(session)
            if not ON_POSTGRESQL:
                session.commit()
                shutil.copyfile(engine.url.database, kept)
        yield session


def fill(session):
    chance = random.Random(20261129)
    for number in range(1, AREAS + 1):
        area = {"authority_id": COUNCIL, "number": number, "heading": "Plans", "opened_by": 1, "opened_at": NOW}
        session.add(AreaForImprovement(**area))
    for number in range(1, ACTIONS + 1):
        session.add(an_action(chance, number))
    session.flush()
    for number in range(1, ACTIONS + 1):
        for area in chance.sample(range(1, AREAS + 1), chance.choice([0, 1, 1, 1, 2, 3])):
            session.add(
                ActionInArea(authority_id=COUNCIL, action_number=number, area_number=area, linked_by=1, linked_at=NOW)
            )
    for place in range(AREAS * 3):
        judge(session, chance, chance.randint(1, AREAS), place)
    other_council(session)
    session.flush()


def an_action(chance, number):
    status = chance.choice([*ActionStatus, ActionStatus.open, ActionStatus.verified, ActionStatus.verified])
    return Action(
        authority_id=COUNCIL,
        number=number,
        what="Train every team.",
        status=status,
        delivery=chance.choice([*Delivery, *[Delivery.not_started] * 3]),
        due_on=chance.choice([*DAYS, None, None, None]),
        start_on=chance.choice([*DAYS, *[None] * 8]),
        due_text=chance.choice(TEXTS),
        ongoing=chance.random() < 0.2,
        impact_test=chance.choice([None, *list(ImpactTest)[:3]]),
        completed_on=chance.choice(PAST),
        verified_on=TODAY,
        withdrawn_reason="Not needed.",
        added_by=1,
        added_at=NOW,
    )


def judge(session, chance, area, place):
    """A judgement, mostly of a difference, with up to four pieces of evidence of any kind and day."""
    ratings = [*Impact, Impact.clear_difference, Impact.some_difference, Impact.some_difference]
    row = ImpactJudgement(
        authority_id=COUNCIL, area_number=area, rating=chance.choice(ratings), judged_on=chance.choice(PAST[2:]),
        judged_by=1, judged_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    for _ in range(chance.randint(0, 4)):
        session.add(
            Source(
                authority_id=COUNCIL, impact_id=row.id, kind=chance.choice(list(SourceKind)[1:6]), document="Report",
                dated_on=chance.choice([None, *PAST, TODAY - timedelta(days=19), TODAY + timedelta(days=5)]),
                added_by=1, added_at=NOW,
            )
        )  # fmt: skip


def other_council(session):
    """A neighbour whose actions and judgements have the same numbers, and must change nothing."""
    area = AreaForImprovement(authority_id=OTHER, number=1, heading="Plans", opened_by=1, opened_at=NOW)
    session.add(area)
    session.flush()
    given = {"authority_id": OTHER, "area_number": 1, "judged_by": 1, "judged_at": NOW}
    session.add(ImpactJudgement(rating=Impact.not_sustained, judged_on=date(2026, 3, 1), **given))


def by_rule(session):
    """The standing of each action, from the rows through the pure rule."""
    woven = queries.weave_areas(session, COUNCIL, actions=range(1, ACTIONS + 1))
    strands = {x.action.number: x for thread in woven.threads for x in thread.actions}
    strands |= {x.action.number: x for x in woven.loose_actions}
    assert len(strands) == ACTIONS
    return {number: strand.standing(TODAY) for number, strand in strands.items()}


def test_the_rule_and_its_sql_agree_on_every_action(filled):
    expected = by_rule(filled)
    assert {standing: sum(x is standing for x in expected.values()) >= 5 for standing in Standing} == dict.fromkeys(
        Standing, True
    ), "every standing occurs often enough to mean something"
    told = colours_in_sql.standing(COUNCIL, TODAY)
    asked = select(Action.number, told).where(Action.authority_id == COUNCIL)
    assert {number: Standing(name) for number, name in filled.exec(asked)} == expected
    counts = queries.count_standings(filled, COUNCIL, TODAY)
    assert counts == {standing: sum(x is standing for x in expected.values()) for standing in Standing}
    called_done = queries.count_called_done(filled, COUNCIL, TODAY)
    assert called_done.in_force == ACTIONS - counts[Standing.withdrawn]
    assert (called_done.evidenced, called_done.without_evidence, called_done.in_doubt) == (
        counts[Standing.evidenced], counts[Standing.done], counts[Standing.done_in_doubt],
    )  # fmt: skip


def test_the_register_narrowed_to_a_colour_holds_what_the_rule_gives_that_colour(filled):
    expected = by_rule(filled)
    for colour in Brag:
        wanted = ActionFilter(colour=colour, coloured_on=TODAY)
        numbers = {number for number, standing in expected.items() if colours.COLOUR_OF[standing] is colour}
        assert queries.count_actions(filled, COUNCIL, wanted) == len(numbers)
        page = queries.list_actions(filled, COUNCIL, wanted, size=200)
        assert {row.number for row in page.rows} <= numbers


def test_days_in_words_pass_in_the_database_as_they_do_by_the_rule(filled):
    rows = filled.exec(select(Action).where(Action.authority_id == COUNCIL)).all()
    late = {row.number for row in rows if rules.overdue(row, TODAY)}
    in_words = {row.number for row in rows if row.due_on is None and rules.overdue(row, TODAY)}
    mine = select(Action.number).where(Action.authority_id == COUNCIL)
    assert set(filled.exec(mine.where(rules_in_sql.overdue(TODAY)))) == late
    assert len(in_words) > 20
    soon = TODAY + timedelta(days=30)
    due = {row.number for row in rows if rules.due_between(row, TODAY, soon)}
    assert set(filled.exec(mine.where(rules_in_sql.due_between(TODAY, soon)))) == due
    days = filled.exec(select(Action.number, rules_in_sql.due_day(), rules_in_sql.start_day()).where(mine.whereclause))
    assert {number: (due_day, start) for number, due_day, start in days} == {
        row.number: (rules.due_day(row), rules.start_day(row)) for row in rows
    }


def test_words_changed_later_are_read_again(filled):
    row = filled.get(Action, (COUNCIL, 1))
    row.due_on, row.due_text = None, "June 2019"
    filled.flush()
    assert row.due_read_on == date(2019, 6, 30)
    row.due_text = "to be confirmed"
    filled.flush()
    assert row.due_read_on is None


def test_evidence_that_is_corrected_or_removed_takes_the_blue_away(engine):
    with Session(engine) as session:
        area = AreaForImprovement(authority_id=COUNCIL, number=1, heading="Plans", opened_by=1, opened_at=NOW)
        row = an_action(random.Random(1), 1)
        row.status, row.impact_test, row.completed_on = ActionStatus.verified, ImpactTest.re_audit, date(2026, 1, 20)
        session.add_all([area, row])
        session.flush()
        session.add(ActionInArea(authority_id=COUNCIL, action_number=1, area_number=1, linked_by=1, linked_at=NOW))
        given = {"authority_id": COUNCIL, "area_number": 1, "judged_by": 1, "judged_at": NOW}
        judged = ImpactJudgement(rating=Impact.some_difference, judged_on=date(2026, 2, 20), **given)
        session.add(judged)
        session.flush()
        source = Source(
            authority_id=COUNCIL, impact_id=judged.id, kind=SourceKind.re_audit, dated_on=date(2026, 2, 1),
            audit_reference="AUD-0001", added_by=1, added_at=NOW,
        )  # fmt: skip
        session.add(source)
        assert both_ways(session) == {Standing.evidenced}
        source.dated_on = date(2026, 1, 10)
        assert both_ways(session) == {Standing.done}
        source.dated_on = date(2026, 2, 1)
        assert both_ways(session) == {Standing.evidenced}
        session.delete(source)
        assert both_ways(session) == {Standing.done}
        assert area.status is AreaStatus.open


def both_ways(session):
    session.flush()
    woven = queries.weave_areas(session, COUNCIL, areas=[1])
    return {*queries.count_standings(session, COUNCIL, TODAY), woven.threads[0].actions[0].standing(TODAY)}
