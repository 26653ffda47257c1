"""The colours as a table of cases, worked out by hand; the same in SQL is held against them in test_queries."""

from datetime import date
from types import SimpleNamespace

import pytest

from findings import colours
from findings.states import ActionStatus, Brag, Delivery, Impact

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("status", "delivery", "due_on", "impacts", "colour"),
    [
        ("open", "not_started", None, [], Brag.grey),
        ("open", "not_started", date(2026, 3, 1), [], Brag.red),
        ("open", "on_track", date(2026, 3, 2), [], Brag.green),
        ("open", "on_track", date(2026, 3, 1), [], Brag.red),
        ("open", "at_risk", None, [], Brag.amber),
        ("open", "off_track", None, [], Brag.red),
        ("completed", "complete", date(2025, 1, 1), ["clear_difference"], Brag.green),
        ("verified", "complete", None, [], Brag.green),
        ("verified", "complete", None, [None], Brag.green),
        ("verified", "complete", None, ["not_yet_known"], Brag.green),
        ("verified", "complete", None, ["some_difference"], Brag.blue),
        ("verified", "complete", None, ["clear_difference", "some_difference"], Brag.blue),
        ("verified", "complete", None, ["clear_difference", None], Brag.green),
        ("verified", "complete", None, ["clear_difference", "not_sustained"], Brag.amber),
        ("verified", "complete", None, ["no_difference"], Brag.amber),
    ],
)
def test_blue_is_earned_by_verification_and_impact_and_is_lost_again(status, delivery, due_on, impacts, colour):
    action = SimpleNamespace(status=ActionStatus(status), delivery=Delivery(delivery), due_on=due_on)
    judged = [SimpleNamespace(rating=Impact(rating)) if rating else None for rating in impacts]
    assert colours.delivery_colour(action, judged, TODAY) is colour
