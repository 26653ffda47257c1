"""Totals that a figure tells in one pass are the same as each counted by itself; and what they are read from."""

import random

import pytest
from sqlalchemy import event

from findings import queries
from findings.queries import ActionFilter, FindingFilter
from findings.states import ActionStatus, FindingKind
from tests.findings.conftest import COUNCIL, TODAY
from tests.findings.test_gap_counts import fill


@pytest.fixture
def filled(session):
    """Two councils with something of every sort."""
    for council in (COUNCIL, COUNCIL + 1):
        fill(session, council, random.Random(council))
    return session


def test_totals_are_what_each_count_says_by_itself(filled):
    def findings(**wanted):
        return queries.count_findings(filled, COUNCIL, FindingFilter(**wanted))

    totals = queries.total_findings(filled, COUNCIL)
    assert totals.standing == findings()
    assert totals.strengths == findings(kind=FindingKind.strength)
    assert totals.loose == findings(in_no_area=True)
    actions = queries.total_actions(filled, COUNCIL, TODAY)
    for status in ActionStatus:
        assert actions.of(status) == queries.count_actions(filled, COUNCIL, ActionFilter(status=status)) > 0
    assert actions.overdue == queries.count_actions(filled, COUNCIL, ActionFilter(overdue_on=TODAY)) > 0
    assert sum(actions.standings.values()) == sum(actions.statuses.values())


def test_a_council_without_anything_has_totals_of_nothing(session):
    assert queries.total_findings(session, COUNCIL) == queries.FindingTotals(0, 0, 0)
    actions = queries.total_actions(session, COUNCIL, TODAY)
    assert (actions.statuses, actions.standings, actions.overdue) == ({}, {}, 0)


def test_what_inspections_asked_for_is_read_by_itself(filled):
    everything = queries.unanswered(filled, COUNCIL)
    items = queries.unanswered_items(filled, COUNCIL)
    assert items == [row for row in everything if row.inspection_number is not None]
    assert 0 < len(items) < len(everything)


def plans_of(session, read):
    """How the database goes about each statement of a read, in its own words."""
    session.flush()
    asked, engine = [], session.get_bind()

    def note(_connection, _cursor, sql, given, *_):
        asked.append((sql, given))

    event.listen(engine, "before_cursor_execute", note)
    read()
    event.remove(engine, "before_cursor_execute", note)
    connection = session.connection().connection.driver_connection
    return ["; ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", given)) for sql, given in asked]


def test_gaps_are_counted_from_the_indexes_made_for_them(filled):
    """A condition in other words than those of its index would be counted from every row there is, and nobody told."""
    if filled.get_bind().dialect.name != "sqlite":
        pytest.skip("which index is taken is told by SQLite here")
    plans = plans_of(filled, lambda: queries.count_gaps(filled, COUNCIL, TODAY, evidence_months=6))
    for index in ("ix_finding_standing", "ix_action_gaps", "ix_action_unmeasured"):
        assert any(f"INDEX {index} " in plan for plan in plans), (index, plans)
    (asking,) = plans_of(filled, lambda: queries.unanswered(filled, COUNCIL))
    assert "INDEX ix_finding_asks " in asking
