"""Rows as every write meets them: their first revision, the one that was seen, and what another changed meanwhile."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from findings import register, tables
from findings.bullets.terms import Term, Unit, term_in
from findings.errors import NotFound, Stale
from findings.register import rows
from findings.tables import PlanReview, PlanRisk, Theme
from tests.findings.conftest import COUNCIL

COUNTED = [
    table for name in tables.__all__ if "revision" in getattr(table := getattr(tables, name), "model_fields", ())
]


def test_every_row_that_counts_its_changes_begins_at_one():
    """What a form brings back as seen is told from nothing seen: 0 stands for a row that was not there yet."""
    assert len(COUNTED) > 8
    assert {table.__name__: table.model_fields["revision"].default for table in COUNTED} == {
        table.__name__: 1 for table in COUNTED
    }


def test_a_form_holds_for_the_very_revision_it_showed():
    row = SimpleNamespace(revision=3)
    for passes in (3, None):
        rows.same_revision(row, passes)
    for stale in (2, 4):
        with pytest.raises(Stale):
            rows.same_revision(row, stale)


def test_a_part_of_a_plan_is_read_anew_and_named_when_it_is_gone(session, day):
    plan = register.open_plan(session, COUNCIL, title="Plan", **day).number
    theme = register.add_theme(session, COUNCIL, plan_number=plan, title="One", **day)
    session.flush()
    session.connection().execute(sa.update(Theme.__table__).values(title="By another", revision=2))
    with pytest.raises(Stale):
        register.correct_theme(session, COUNCIL, theme.id, revision=1, title="Mine", **day)
    assert theme.title == "By another"
    for table, words in ((PlanReview, "This review date is not here"), (PlanRisk, "This risk is not here")):
        with pytest.raises(NotFound, match=words):
            register.remove_part(session, COUNCIL, table, 12345, why="Gone", **day)


NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@pytest.mark.parametrize(
    ("word", "count"),
    [*((word, number) for number, word in enumerate(NUMBERS, 1)), ("a", 1), ("fifteen", 15), ("twenty", 20),
     ("thirty", 30), ("forty", 40), ("sixty", 60), ("ninety", 90), ("45", 45)],
)  # fmt: skip
def test_a_term_is_counted_in_figures_and_in_words(word, count):
    assert term_in(f"Within {word} working days:") == Term(count, Unit.working_days)
    assert term_in(f"within the next {word} months") == Term(count, Unit.months)
    assert term_in(f"Within {word} years") == Term(12 * count, Unit.months)
