"""London's days: where one begins and ends, and that they are told in one module."""

from datetime import UTC, date, datetime

import pytest

from audit_app import clock
from tests.house import source


def test_the_london_day_of_a_summer_night_is_not_that_of_utc():
    assert clock.london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert clock.london_day(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)) == date(2026, 1, 1)
    assert clock.london_day(date(2026, 7, 1)) == date(2026, 7, 1)


def test_a_moment_without_a_time_zone_has_no_london_day():
    with pytest.raises(ValueError, match="time zone"):
        clock.london_day(datetime(2026, 7, 1, 23, 30))  # noqa: DTZ001 (what is refused)


def utc(month, day, hour=0):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "begins", "over"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), utc(1, 5), utc(1, 6)),
        (date(2026, 7, 1), date(2026, 7, 3), utc(6, 30, 23), utc(7, 3, 23)),
        # The day on which the clocks go forward has 23 hours.
        (date(2026, 3, 29), date(2026, 3, 29), utc(3, 29), utc(3, 29, 23)),
    ],
)
def test_a_run_of_london_days_begins_and_is_over(first, last, begins, over):
    assert clock.moments(first, last) == (begins, over)


def test_london_is_named_by_the_clock_alone():
    named = [source.name_of(path) for path in source.modules() if "zoneinfo" in source.imports_of(path)]
    assert named == ["audit_app.clock"]
