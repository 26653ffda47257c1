"""Rows as every write meets them: their first revision, the one that was seen, and what another changed meanwhile."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from findings import register, tables
from findings.bullets.terms import Term, Unit, term_in
from findings.errors import Invalid, NotFound, Stale
from findings.register import checks, rows
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


def test_nothing_is_claimed_of_a_row_that_nobody_claimed():
    """Still on track, ongoing, colours of its own: each is so only where somebody says it."""
    rows_of = [getattr(tables, name) for name in tables.__all__ if hasattr(getattr(tables, name), "__table__")]
    taken_for_granted = {
        f"{table.__name__}.{name}": field.default
        for table in rows_of
        for name, field in table.model_fields.items()
        if isinstance(field.default, bool)
    }
    assert len(taken_for_granted) >= 4
    assert [name for name, value in taken_for_granted.items() if value] == []


@pytest.mark.parametrize("char", ["\x00", "\x1f", "\x0b", "\ud800", "\udfff"])
def test_a_character_that_no_database_keeps_is_refused(char):
    with pytest.raises(Invalid, match="cannot be kept") as refused:
        checks.clean("action_text", f"a{char}b", 10)
    assert refused.value.field == "action_text"


def test_of_a_text_only_line_ends_and_outer_spaces_change():
    assert checks.clean("text", " \ta\r\nb\rc\td\n\ud7ff\ue000 é\n", 14) == "a\nb\nc\td\n\ud7ff\ue000 é"
    assert checks.clean("text", "x" * 10, 10) == "x" * 10
    with pytest.raises(Invalid, match="is 1,001 characters too long"):
        checks.clean("text", "x" * 2_001, 1_000)


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
