"""Dates as plans write them, each worked out by hand: the days they name, and what is no date at all."""

from datetime import date, timedelta

import pytest

from findings import worded_dates
from findings.worded_dates import Sort

EXACT = {
    # As people write a due date in a sheet of findings to bring in.
    "31/03/2027": date(2027, 3, 31),
    "Mar-27": date(2027, 3, 31),
    "March 2027": date(2027, 3, 31),
    "end March 2027": date(2027, 3, 31),
    "31.3.27": date(2027, 3, 31),
    "31st March 2027": date(2027, 3, 31),
    "2027-03-31": date(2027, 3, 31),
    "31 Mar 2027": date(2027, 3, 31),
    "31-Mar-2027": date(2027, 3, 31),
    "Q4 2026/27": date(2027, 3, 31),
    "31/03/2027 ": date(2027, 3, 31),
    "31\xa0March\xa02027": date(2027, 3, 31),
    # Months, weeks and days in words.
    "March 2017": date(2017, 3, 31),
    "by MARCH 2017": date(2017, 3, 31),
    "February 2024": date(2024, 2, 29),
    "Sept. 2018": date(2018, 9, 30),
    "March ’17": date(2017, 3, 31),
    "3/2017": date(2017, 3, 31),
    "March 31, 2017": date(2017, 3, 31),
    "Friday 31 March 2017": date(2017, 3, 31),
    "31/3/17": date(2017, 3, 31),
    "no later than 31 March 2017": date(2017, 3, 31),
    "w/c 6 March 2017": date(2017, 3, 12),
    "March 2017 (revised)": date(2017, 3, 31),
    "March 2017 and ongoing": date(2017, 3, 31),
    "before March 2017": date(2017, 2, 28),
    "before 31 March 2017": date(2017, 3, 30),
    "before the end of March 2017": date(2017, 3, 31),
    # Quarters of the financial year, which begins in April.
    "end of Q3 2025/26": date(2025, 12, 31),
    "Q1 2025-26": date(2025, 6, 30),
    "quarter 2 of 2025/2026": date(2025, 9, 30),
    "third quarter of 2025-26": date(2025, 12, 31),
    "2025/26 Q3": date(2025, 12, 31),
    # Years.
    "2017": date(2017, 12, 31),
    "by the end of 2017": date(2017, 12, 31),
    "2016-2019": date(2019, 12, 31),
    "end of financial year 2016/17": date(2017, 3, 31),
    "academic year 2017/18": date(2018, 8, 31),
    "Christmas 2018": date(2018, 12, 25),
    # From one to another, and several.
    "April 2016 – March 2017": date(2017, 3, 31),
    "March to June 2017": date(2017, 6, 30),
    "Jan-Mar 2017": date(2017, 3, 31),
    "between April and June 2017": date(2017, 6, 30),
    "December 2016; March 2017": date(2017, 3, 31),
    "1 and 30 June 2017": date(2017, 6, 30),
}
SUPPOSED = {
    "Spring 2024": date(2024, 6, 20),
    "Summer 2024": date(2024, 9, 22),
    "autumn of 2024": date(2024, 12, 21),
    "Winter 2024": date(2025, 3, 20),
    "winter 2024/25": date(2025, 3, 20),
    "spring term 2019": date(2019, 4, 30),
    "by the end of the summer term 2019": date(2019, 7, 31),
    "autumn term 2018/19": date(2018, 12, 31),
    "spring term 2018/19": date(2019, 4, 30),
    "by Easter 2019": date(2019, 4, 22),
    "before Easter 2019": date(2019, 4, 18),
    "Q3 2017": date(2017, 12, 31),
    "Q4 2017": date(2018, 3, 31),
    "2017/18": date(2018, 8, 31),
    "early 2018": date(2018, 6, 30),
}
# A stretch from its first day to its last: what a start is read from, and "before" it.
STRETCHES = {
    "5 and 9 March 2026": ("2026-03-05", "2026-03-09"),
    "2026": ("2026-01-01", "2026-12-31"),
    "w/c 27 February 2017": ("2017-02-27", "2017-03-05"),
    "week ending 3 March 2017": ("2017-03-03", "2017-03-03"),
    "February 2024": ("2024-02-01", "2024-02-29"),
    "12/2017": ("2017-12-01", "2017-12-31"),
    "first quarter of 2025-26": ("2025-04-01", "2025-06-30"),
    "2nd quarter 2025/26": ("2025-07-01", "2025-09-30"),
    "2025/26 third quarter": ("2025-10-01", "2025-12-31"),
    "Q4 2025/26": ("2026-01-01", "2026-03-31"),
    "Q1 2017": ("2017-01-01", "2017-06-30"),
    "2017 Q2": ("2017-04-01", "2017-09-30"),
    "3rd quarter of 2017": ("2017-07-01", "2017-12-31"),
    "fourth quarter 2017": ("2017-10-01", "2018-03-31"),
    "financial year 2016/17": ("2016-04-01", "2017-03-31"),
    "school year 2017-18": ("2017-09-01", "2018-08-31"),
    "2017/18": ("2017-04-01", "2018-08-31"),
    "2016-2019": ("2016-01-01", "2019-12-31"),
    "2017": ("2017-01-01", "2017-12-31"),
    "early 2018": ("2018-01-01", "2018-06-30"),
    "mid 2018": ("2018-04-01", "2018-09-30"),
    "late-2018": ("2018-07-01", "2018-12-31"),
    "spring 2024": ("2024-03-01", "2024-06-20"),
    "summer 2024": ("2024-06-01", "2024-09-22"),
    "autumn 2024": ("2024-09-01", "2024-12-21"),
    "winter 2024": ("2024-12-01", "2025-03-20"),
    "autumn 2024/25": ("2024-09-01", "2024-12-21"),
    "winter 2024/25": ("2024-12-01", "2025-03-20"),
    "spring 2024/25": ("2025-03-01", "2025-06-20"),
    "summer 2024/25": ("2025-06-01", "2025-09-22"),
    "autumn term 2018": ("2018-09-01", "2018-12-31"),
    "spring term 2019": ("2019-01-01", "2019-04-30"),
    "summer school term 2018/19": ("2019-04-01", "2019-07-31"),
    "Easter 2019": ("2019-04-19", "2019-04-22"),
    "before autumn 2024": ("2024-08-31", "2024-08-31"),
    "10 to 12 May 2019": ("2019-05-10", "2019-05-12"),
    "June 2018, March 2017 and May 2018": ("2017-03-01", "2018-06-30"),
}
UNREADABLE = [
    "TBC", "tbc", "within six months", "6 months", "immediate", "immediately", "ASAP", "46477", "Mar 27", "31 March",
    "31 September 2017", "29/2/17", "3/31/17", "13/2017", "End of term", "monthly", "every quarter", "half term",
    "once the new legal contract begins", "review in May 2017, board then 2018", "March 2017 or when staffed",
    "after Easter 2019", "2018-2017", "Q5 2025/26", "Q3 2025/27", "the end of the financial year", "12", "2117", "n/a",
    "spring", "March", "1/1/1", "March 2026 and June", "5 and 2026",
]  # fmt: skip


@pytest.mark.parametrize(("text", "last"), EXACT.items())
def test_words_that_mean_one_stretch_of_days_are_read_to_its_last(text, last):
    reading = worded_dates.read(text)
    assert (reading.sort, reading.last, reading.supposed) == (Sort.date, last, False)
    assert worded_dates.last_day(text) == last


@pytest.mark.parametrize(("text", "last"), SUPPOSED.items())
def test_seasons_terms_and_the_like_are_read_to_the_latest_day_they_can_mean_and_said_so(text, last):
    reading = worded_dates.read(text)
    assert (reading.sort, reading.last, reading.supposed) == (Sort.date, last, True)


@pytest.mark.parametrize(("text", "days"), STRETCHES.items())
def test_a_stretch_begins_and_ends_on_its_own_days(text, days):
    reading = worded_dates.read(text)
    assert (reading.first, reading.last) == tuple(date.fromisoformat(day) for day in days)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ((2017, 4, 1), "1 day"),
        ((2017, 4, 2), "2 days"),
        ((2018, 5, 5), "400 days"),
        ((2018, 5, 6), "1 year and 1 month"),
        ((2019, 3, 30), "1 year and 11 months"),
        ((2019, 3, 31), "2 years"),
        ((2026, 12, 31), "9 years and 9 months"),
    ],
)
def test_how_late_is_said_in_days_to_four_hundred_and_then_in_whole_months(until, words):
    assert worded_dates.time_late(date(2017, 3, 31), date(*until)) == words


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_with_certainty_is_no_date(text):
    assert worded_dates.read(text) == worded_dates.Reading(Sort.unreadable)


@pytest.mark.parametrize("text", ["ongoing", "On-going", "Ongoing.", "continuous", "rolling"])
def test_what_goes_on_has_no_end_to_be_late_for(text):
    assert worded_dates.read(text) == worded_dates.Reading(Sort.ongoing)


def test_no_words_are_nothing():
    assert worded_dates.read("  ") == worded_dates.Reading(Sort.nothing)
    assert not worded_dates.read("  ").supposed  # no end was supposed where none was looked for


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("from April 2017", date(2017, 4, 1)),
        ("March 2017 onwards", date(2017, 3, 1)),
        ("ongoing from April 2018", date(2018, 4, 1)),
        ("starting 3 May 2019", date(2019, 5, 3)),
        ("April 2016 – March 2017", date(2016, 4, 1)),
        ("March to June 2017", date(2017, 3, 1)),
        ("from 2018", date(2018, 1, 1)),
        ("2018 to 2019", date(2018, 1, 1)),
        ("March 2017", None),
        ("Q3 2025/26", None),
        ("from when funds allow", None),
        ("ongoing", None),
    ],
)
def test_words_that_name_a_start_are_read_as_its_first_day(text, first):
    assert worded_dates.first_day(text) == first


@pytest.mark.parametrize("text", ["from April 2017", "March 2017 onwards"])
def test_a_start_is_no_due_date(text):
    assert worded_dates.last_day(text) is None


def test_whatever_names_only_2017_has_passed_in_2026():
    months = [f"{month} 2017" for month in worded_dates.MONTHS]
    others = ["2017", "Q4 2017", "winter 2017", "2017/18", "spring term 2017", "Easter 2017", "31/12/17", "late 2017"]
    assert all(worded_dates.last_day(text) < date(2026, 1, 1) for text in months + others)


# As the Church of England prints them, among them the earliest and the latest the calendar allows.
EASTERS = [(2008, 3, 23), (2016, 3, 27), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]


@pytest.mark.parametrize(("year", "month", "day"), EASTERS)
def test_easter_falls_on_its_sunday(year, month, day):
    assert worded_dates.easter_sunday(year) == date(year, month, day)


def test_every_easter_of_the_century_is_the_first_sunday_after_the_churchs_full_moon():
    """Worked another way: the table of paschal full moons by golden number, as the Book of Common Prayer gives it."""
    moons = {
        1: (4, 14), 2: (4, 3), 3: (3, 23), 4: (4, 11), 5: (3, 31), 6: (4, 18), 7: (4, 8), 8: (3, 28), 9: (4, 16),
        10: (4, 5), 11: (3, 25), 12: (4, 13), 13: (4, 2), 14: (3, 22), 15: (4, 10), 16: (3, 30), 17: (4, 17),
        18: (4, 7), 19: (3, 27),
    }  # fmt: skip
    for year in range(2000, 2100):
        moon = date(year, *moons[year % 19 + 1])
        sunday = moon + timedelta(days=6 - moon.weekday() or 7)
        assert worded_dates.easter_sunday(year) == sunday, year


def test_reading_never_stumbles():
    """Any words at all are read as something: nothing typed by a person may stop a page."""
    for text in [*EXACT, *SUPPOSED, *UNREADABLE]:
        for spoiled in (text[1:], text[:-1], text * 2, f"{text} {text}", f"({text})", text.upper(), "\u2067" + text):
            assert worded_dates.read(spoiled).sort in Sort
