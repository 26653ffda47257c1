"""Dates, times, counts and codes read as a careful English writer would write them."""

from datetime import UTC, date, datetime

import pytest

from audit_app import words
from audit_app.audits.wording import sources_said

TODAY = date(2026, 3, 4)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_a_date_is_written_in_full_and_short():
    assert words.date_words(TODAY) == "4 March 2026"
    assert words.short_date(TODAY) == "4 Mar 2026"
    assert words.numeric_date(TODAY) == "04/03/2026"
    assert words.date_words(None) == "no date"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 3, 4, 14, 5), "4 March 2026 at 2:05pm"),
        (at(2026, 3, 4, 9, 0), "4 March 2026 at 9am"),
        (at(2026, 3, 4, 12, 0), "4 March 2026 at midday"),
        (at(2026, 3, 4, 0, 0), "4 March 2026 at midnight"),
        (at(2026, 3, 4, 0, 20), "4 March 2026 at 12:20am"),
        (at(2026, 6, 30, 23, 30), "1 July 2026 at 12:30am"),  # summer: UTC still says June
        (at(2026, 3, 29, 0, 59), "29 March 2026 at 12:59am"),  # the last minute before the clocks go on
        (at(2026, 3, 29, 1, 0), "29 March 2026 at 2am"),  # one o'clock does not exist
        (at(2026, 10, 25, 0, 30), "25 October 2026 at 1:30am BST"),  # half past one, first time
        (at(2026, 10, 25, 1, 30), "25 October 2026 at 1:30am GMT"),  # half past one, second time
        (at(2026, 10, 25, 2, 30), "25 October 2026 at 2:30am"),
    ],
)
def test_a_moment_reads_as_the_london_clock_showed_it(moment, expected):
    assert words.datetime_words(moment) == expected


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        words.datetime_words(datetime(2026, 3, 4))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 4), "due today"),
        (date(2026, 3, 5), "due tomorrow"),
        (date(2026, 3, 7), "due in 3 days"),
        (date(2026, 3, 18), "due in 14 days"),
        (date(2026, 3, 19), "due on 19 March 2026"),
        (date(2026, 3, 3), "overdue by 1 day"),
        (date(2025, 3, 4), "overdue by 365 days"),
        (date(2025, 1, 28), "overdue by 400 days"),
        (date(2025, 1, 27), "overdue by 1 year and 1 month"),
        (date(2024, 3, 4), "overdue by 2 years"),
        (date(2012, 7, 25), "overdue by 13 years and 7 months"),
        (None, "no due date"),
    ],
)
def test_a_due_date_says_how_soon_or_how_late(day, expected):
    assert words.due(day, TODAY) == expected


def test_a_near_day_is_told_from_today_and_a_far_one_by_date():
    assert words.relative_day(date(2026, 3, 3), TODAY) == "yesterday"
    assert words.relative_day(date(2026, 2, 26), TODAY) == "6 days ago"
    assert words.relative_day(date(2026, 1, 1), TODAY) == "1 January 2026"


def test_a_moment_just_past_is_told_in_minutes_and_hours():
    now = at(2026, 3, 4, 14, 0)
    assert words.ago(at(2026, 3, 4, 13, 59, 30), now) == "just now"
    assert words.ago(at(2026, 3, 4, 13, 59), now) == "1 minute ago"
    assert words.ago(at(2026, 3, 4, 11, 30), now) == "2 hours ago"
    assert words.ago(at(2026, 3, 3, 11, 30), now) == "3 March 2026 at 11:30am"


def test_a_period_says_each_month_and_year_once():
    assert words.date_range(date(2026, 6, 1), date(2026, 6, 30)) == "1 to 30 June 2026"
    assert words.date_range(date(2026, 4, 1), date(2026, 6, 30)) == "1 April to 30 June 2026"
    assert words.date_range(date(2025, 10, 1), date(2026, 3, 31)) == "1 October 2025 to 31 March 2026"
    assert words.date_range(TODAY, TODAY) == "4 March 2026"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "no minutes"), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (95, "1 hour 35 minutes"),
     (59.5, "1 hour"), (None, "not recorded")],
)  # fmt: skip
def test_minutes_become_hours(minutes, expected):
    assert words.duration_minutes(minutes) == expected


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [
        (0, "audit", "no audits"),
        (1, "audit", "1 audit"),
        (1200, "case audit", "1,200 case audits"),
        (2, "area for improvement", "2 areas for improvement"),
        (3, "child", "3 children"),
        (2, "enquiry", "2 enquiries"),
        (2, "day", "2 days"),
        (2, "team of practice", "2 teams of practice"),
    ],
)
def test_a_count_agrees_with_its_noun(number, noun, expected):
    assert words.count(number, noun) == expected


def test_a_verb_agrees_with_its_number():
    assert [words.agree(number, "is") for number in (0, 1, 2)] == ["are", "is", "are"]
    assert words.agree(2, "needs", "need") == "need"


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (9, 14, "9 of 14 (64%)"),
        (3, 7, "3 of 7"),
        (9, 9, "9 of 9"),
        (5, 10, "5 of 10 (50%)"),
        (1, 200, "1 of 200 (1%)"),  # one half rounds up
        (1, 1000, "1 of 1,000 (less than 1%)"),
        (999, 1000, "999 of 1,000 (more than 99%)"),
        (0, 12, "0 of 12 (0%)"),
        (12, 12, "12 of 12 (100%)"),
        (0, 0, "0 of 0"),
    ],
)
def test_a_share_always_carries_its_number(part, whole, expected):
    assert words.proportion(part, whole) == expected


def test_a_share_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="not a share"):
        words.percent(3, 2)


def test_grades_are_spread_in_the_order_of_their_scale():
    counts = {"inadequate": 1, "good": 3, "requires improvement": 2, "outstanding": 0}
    order = ("outstanding", "good", "requires improvement", "inadequate")
    assert words.spread(counts, order) == "3 good, 2 requires improvement and 1 inadequate, of 6"
    assert words.spread({}, order) == "none"


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, "0 bytes"), (1, "1 byte"), (640, "640 bytes"), (1000, "1 kB"), (4800, "4.8 kB"), (25_000_000, "25 MB"),
     (999_700, "1 MB"), (5_000_000_000, "5 GB")],
)  # fmt: skip
def test_file_sizes_use_the_unit_the_limits_use(size, expected):
    assert words.file_size(size) == expected


def test_a_list_has_one_and():
    assert words.listing([]) == ""
    assert words.listing(["a"]) == "a"
    assert words.listing(["a", "b"]) == "a and b"
    assert words.listing(["a", "b", "c"]) == "a, b and c"
    assert words.listing(["a", "b"], "or") == "a or b"


@pytest.mark.parametrize(
    ("name", "number"), [("MAR", 3), ("may", 5), ("Sept", 9), ("ju", None), ("", None), ("7", None)]
)
def test_a_month_is_known_by_three_letters(name, number):
    assert words.month_number(name) == number


def test_a_stored_code_reads_as_words():
    assert words.sentence_case("in_progress") == "In progress"
    assert words.sentence_case("iro_review") == "IRO review"
    assert words.lower_words("pre-proceedings") == "pre proceedings"
    assert words.worded("amber", {"amber": "at risk, with a recovery plan"}) == "at risk, with a recovery plan"
    assert words.worded(None, {}) == "not given"


def test_a_role_is_called_what_the_council_calls_it():
    assert words.role_name("qa_manager") == "QA manager"
    assert words.role_name("auditor") == "auditor"
    assert words.role_name("leader", {"leader": "director"}) == "director"


def test_owners_answers_and_articles():
    assert words.possessive("Greenwich") == "Greenwich’s"
    assert words.possessive("auditors", many=True) == "auditors’"
    assert words.possessive("children", many=True) == "children’s"
    assert [words.yes_no(value) for value in (True, False, None)] == ["Yes", "No", "not answered"]
    assert [words.article(noun) for noun in ("audit", "finding", "IRO review", "LADO", "user", "UPN")] == (
        ["an audit", "a finding", "an IRO review", "a LADO", "a user", "a UPN"]
    )


def test_sources_read_as_one_sentence():
    assert sources_said("record,supervision,child") == "The child’s record, supervision records and the child"
    assert sources_said("practitioner") == "Conversation with the practitioner"
    assert sources_said("") == ""
    assert isinstance(sources_said("record,practitioner"), words.Ours)


def test_a_time_limit_ends_in_one_full_stop():
    assert words.time_limit("Within 7 days.") == "Time limit: Within 7 days."
    assert words.time_limit("Within 7 days", "Local rule.") == "Time limit: Within 7 days (Local rule)."


def test_what_lists_only_texts_of_ours_is_ours():
    assert isinstance(words.listing([words.Ours("An auditor"), words.Ours("a child")]), words.Ours)
    assert not isinstance(words.listing([words.Ours("An auditor"), "Typed by somebody"]), words.Ours)
    assert not isinstance(words.listing([]), words.Ours)


def test_a_date_counted_beyond_the_listed_bank_holidays_says_that_it_is_provisional():
    assert words.working_day_words(date(2028, 12, 29)) == "29 December 2028"
    told = "2 January 2029 (provisional: bank holidays are listed to 31 December 2028 only)"
    assert words.working_day_words(date(2029, 1, 2)) == told
