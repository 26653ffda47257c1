"""What a file's name says: a title that reads well, and the days it speaks of."""

from datetime import date

import pytest

from audit_app.evidence.batches import said
from audit_app.evidence.batches.naming import days_in, title_of
from audit_app.evidence.batches.said import Said
from audit_app.evidence.batches.service_reading import proposed

MONTH = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(("name", "title"), [
    ("team_minutes_October 2026.docx", "Team minutes October 2026"),
    ("policy-on-missing-children.pdf", "Policy on missing children"),
    ("Duty rota 2026-10-31.xlsx", "Duty rota 2026-10-31"),
    ("2026-10-31.pdf", "2026-10-31"),
    ("supervision.record.v2.pdf", "Supervision record v2"),
    ("Training%20records.csv", "Training records"),
    ("résumé_of_visits.txt", "Résumé of visits"),
    ("no ending", "No ending"),
    ("version 1.5 of the plan", "Version 1.5 of the plan"),
    ("___.pdf", "___.pdf"),
    ("x" * 400 + ".pdf", "X" + "x" * 299),
])  # fmt: skip
def test_a_title_is_the_words_of_the_name(name, title):
    assert title_of(name) == title


@pytest.mark.parametrize(("name", "days"), [
    ("minutes 2026-10-31.pdf", (date(2026, 10, 31),) * 2),
    ("minutes 20261031.pdf", (date(2026, 10, 31),) * 2),
    ("minutes 31.10.2026.pdf", (date(2026, 10, 31),) * 2),
    ("minutes 3-10-2026.pdf", (date(2026, 10, 3),) * 2),
    ("minutes 3rd October 2026.pdf", (date(2026, 10, 3),) * 2),
    ("scorecard October 2026.pdf", MONTH),
    ("scorecard_Oct_2026.pdf", MONTH),
    ("scorecard 2026-10.pdf", MONTH),
    ("scorecard 2026-02.pdf", (date(2026, 2, 1), date(2026, 2, 28))),
    ("minutes 31.02.2026.pdf", None),
    ("minutes 31.13.2026.pdf", None),
    ("case 2026-104.pdf", None),
    ("phone 02079460000.pdf", None),
    ("policy 2026.pdf", None),
    ("Version May 20261.pdf", None),
    ("Marching band 2026.pdf", None),
])  # fmt: skip
def test_days_are_read_where_the_name_says_them_plainly(name, days):
    assert days_in(name) == days


def test_a_day_that_cannot_be_is_left_for_a_person():
    today = date(2026, 11, 30)
    assert proposed("plan December 2026.pdf", date(2026, 11, 1), today).speaks_to is None
    assert proposed("plan.pdf", date(2027, 1, 1), today).made_on is None
    assert proposed("minutes 2026-11-20.pdf", date(2026, 11, 2), today).made_on is None  # before what it tells of
    day = date(2026, 11, 20)
    whole = Said(title="Minutes 2026-11-20", speaks_from=day, speaks_to=day, made_on=date(2026, 11, 21))
    assert proposed("minutes 2026-11-20.pdf", date(2026, 11, 21), today) == whole


def test_what_is_said_of_one_goes_before_what_is_said_of_all_a_period_and_a_proof_as_a_whole():
    of_all = Said(shows="All", level="2", speaks_from=date(2026, 1, 1), speaks_to=date(2026, 3, 31),
                  reference="ACT-0001", part="completion", proves="Done")  # fmt: skip
    one = Said(title="One", level="0", speaks_to=date(2026, 2, 2), reference="fnd-0007")
    whole = said.together(of_all, one)
    assert (whole.shows, whole.level, whole.title) == ("All", "0", "One")
    assert (whole.speaks_from, whole.speaks_to) == (None, date(2026, 2, 2))
    assert (whole.thing, whole.proves) == ("FND-0007", "")
    assert said.together(of_all, Said()).thing == "ACT-0001/completion"
    assert said.together(of_all, Said(reference="Nothing")).thing == ""


def test_what_is_written_down_is_read_back():
    full = Said(title="T “x”", level="0", made_on=date(2026, 1, 2), speaks_to=date(2026, 1, 1), reference="FOL-0001")
    assert said.read(said.written(full)) == full
    assert said.written(Said()) == "" and said.read("") == Said()
