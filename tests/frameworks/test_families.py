"""The newest edition of a family in force on a day, worked out from the files: nobody names it in code."""

from datetime import date

import pytest

import frameworks
from frameworks import families, reader
from frameworks.files.faults import BrokenEdition
from tests.frameworks import second_edition

ILACS_2026 = frameworks.edition("ilacs-2026")


def edition(edition_id, first, last=None):
    """An edition like any other but for its id and its first and last day."""
    dates = {"valid_from": date.fromisoformat(first), "valid_to": date.fromisoformat(last) if last else None}
    return ILACS_2026.model_copy(update={"id": edition_id, **dates})


def newest(on, *editions):
    in_force = families.newest_in_force(editions, date.fromisoformat(on))
    return in_force.id if in_force else None


OLD, NEW = edition("old", "2023-01-01", "2024-12-31"), edition("new", "2025-01-01")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2022-12-31", None),  # the day before the first begins
        ("2023-01-01", "old"),  # its first day
        ("2024-12-31", "old"),  # its last day
        ("2025-01-01", "new"),  # the first day of the next
        ("2031-06-30", "new"),  # years later, while it has no end
    ],
)
def test_each_edition_is_in_force_from_its_first_day_to_its_last(on, expected):
    assert newest(on, OLD, NEW) == expected


def test_while_two_are_in_force_the_newer_one_is_the_one_to_use():
    endless = edition("old", "2023-01-01")
    assert newest("2024-12-31", endless, NEW) == "old"
    assert newest("2025-01-01", endless, NEW) == "new"


def test_of_two_that_begin_on_one_day_the_one_listed_last_is_the_newer():
    first, second = edition("first", "2025-01-01"), edition("second", "2025-01-01")
    assert newest("2025-01-01", first, second) == "second"
    assert newest("2025-01-01", second, first) == "first"


def test_a_short_edition_that_has_ended_gives_way_to_the_older_one_that_has_not():
    pilot = edition("pilot", "2025-01-01", "2025-03-31")
    assert newest("2025-03-31", edition("old", "2023-01-01"), pilot) == "pilot"
    assert newest("2025-04-01", edition("old", "2023-01-01"), pilot) == "old"


def test_between_two_editions_and_after_the_last_none_is_in_force():
    ended = edition("new", "2025-02-01", "2025-12-31")
    assert newest("2025-01-15", OLD, ended) is None
    assert newest("2026-01-01", OLD, ended) is None
    assert newest("2026-01-01") is None


@pytest.mark.parametrize(
    ("family", "on", "expected"),
    [
        ("ilacs", "2022-12-31", "ilacs-2018"),
        ("ilacs", "2024-06-01", "ilacs-2023"),
        ("ilacs", "2026-03-31", "ilacs-2025"),
        ("ilacs", "2026-04-01", "ilacs-2026"),
        ("case-audit", "2026-11-29", "case-audit-1"),
        ("case-audit", "2026-11-30", "case-audit-2"),
        ("hmip-youth", "2025-03-31", "hmip-youth-2021"),
    ],
)
def test_the_editions_that_come_with_the_product_follow_each_other(family, on, expected):
    assert frameworks.in_force(family, on=date.fromisoformat(on)).id == expected


def test_a_family_has_its_editions_oldest_first():
    ids = [each.id for each in frameworks.editions_of("ilacs")]
    assert ids == ["ilacs-2018", "ilacs-2023", "ilacs-2025", "ilacs-2026"]


def test_a_family_nobody_knows_and_a_day_without_an_edition_are_told_apart_by_name():
    with pytest.raises(frameworks.UnknownFamily, match="There is no family “ilac”"):
        frameworks.in_force("ilac", on=date(2026, 4, 1))
    with pytest.raises(frameworks.NoneInForce, match="No edition of “case-audit” is in force on 2026-03-31"):
        frameworks.in_force("case-audit", on=date(2026, 3, 31))
    with pytest.raises(frameworks.NoneInForce, match="“sif”"):
        frameworks.in_force("sif", on=date(2018, 7, 6))


def test_a_second_case_audit_edition_takes_over_on_its_day_and_the_first_stays_readable(tmp_path, monkeypatch):
    second_edition.shelve(tmp_path, monkeypatch, valid_from="2027-04-01")
    assert frameworks.in_force("case-audit", on=date(2027, 3, 31)).id == "case-audit-1"
    assert frameworks.in_force("case-audit", on=date(2027, 4, 1)).id == "case-audit-2"
    assert frameworks.in_force("case-audit", on=date(2030, 1, 1)).id == "case-audit-2"
    old, new = (frameworks.question_set(name, "in-care", "core") for name in ("case-audit-1", "case-audit-2"))
    assert [question.key for question in old.questions] == [question.key for question in new.questions]
    assert (old.edition_id, new.edition_id) == ("case-audit-1", "case-audit-2")
    assert old.fingerprint == reader.published()["case-audit-1/in-care/core"] != new.fingerprint


def test_an_edition_read_from_one_shelf_is_not_taken_for_that_of_another(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        second_edition.shelve(tmp_path, patched, first_valid_to="2027-03-31")
        assert frameworks.edition("case-audit-1").valid_to == date(2027, 3, 31)
        assert frameworks.edition("case-audit-2").valid_from == date(2027, 4, 1)
    assert frameworks.edition("case-audit-1").valid_to is None
    assert frameworks.edition("case-audit-2").valid_from == date(2026, 11, 30)
    assert [each.id for each in frameworks.editions_of("case-audit")] == ["case-audit-1", "case-audit-2"]


def test_a_family_listed_newest_first_is_refused(tmp_path, monkeypatch):
    second_edition.shelve(tmp_path, monkeypatch, family=(second_edition.SECOND, second_edition.FIRST))
    said = "“case-audit-1” began before “case-audit-2” but stands after it. Put the oldest first."
    with pytest.raises(BrokenEdition, match=said):
        reader.crosswalk_file()


def test_two_editions_that_begin_on_one_day_may_stand_in_either_order(tmp_path, monkeypatch):
    second_edition.shelve(tmp_path, monkeypatch, valid_from="2026-04-01")
    assert frameworks.in_force("case-audit", on=date(2026, 4, 1)).id == "case-audit-2"
