"""How long evidence stands: counted from what it speaks of, at the ends of months, through the days of grace."""

from datetime import date

import pytest

from audit_app.evidence import freshness, uses
from audit_app.evidence.states import Freshness, Renewal


@pytest.mark.parametrize(
    ("renewal", "speaks_to", "expected"),
    [
        (Renewal.never, date(2026, 1, 31), None),
        (Renewal.monthly, date(2026, 1, 31), date(2026, 2, 28)),
        (Renewal.monthly, date(2028, 1, 31), date(2028, 2, 29)),
        (Renewal.monthly, date(2026, 12, 15), date(2027, 1, 15)),
        (Renewal.quarterly, date(2026, 11, 30), date(2027, 2, 28)),
        (Renewal.yearly, date(2028, 2, 29), date(2029, 2, 28)),
        (Renewal.yearly, date(9999, 6, 1), None),
    ],
)
def test_the_day_newer_evidence_is_wanted(renewal, speaks_to, expected):
    assert freshness.renew_by(renewal, speaks_to) == expected


@pytest.mark.parametrize(
    ("renewed_by", "expected"),
    [
        (None, Freshness.fresh),
        (date(2026, 11, 22), Freshness.fresh),
        (date(2026, 11, 21), Freshness.due),
        (date(2026, 11, 1), Freshness.due),
        (date(2026, 10, 31), Freshness.stale),
    ],
)
def test_how_it_stands_on_the_22nd_of_november_with_21_days_of_grace(renewed_by, expected):
    today = date(2026, 11, 22)
    assert freshness.stands(renewed_by, today, 21) is expected
    assert freshness.stands(renewed_by, today, 21, withdrawn=True) is Freshness.withdrawn
    if renewed_by:
        assert (renewed_by < freshness.stale_before(today, 21)) is (expected is Freshness.stale)


def test_a_reference_says_what_thing_and_what_of_it():
    assert uses.called("ACT-0011/completion") == "action ACT-0011, that it was completed"
    assert uses.called("SAS-0001/help-and-protection") == "self-assessment SAS-0001, help and protection"
    assert uses.prefix_of("EVD-0001") == "" == uses.prefix_of("nothing")
