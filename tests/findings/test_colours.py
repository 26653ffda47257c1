"""How an action stands, as a table of cases worked out by hand; SQL is held against the rule in test_colours_in_sql."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from findings import colours
from findings.colours import JudgedArea
from findings.states import ActionStatus, Brag, Delivery, Impact, ImpactTest, SourceKind, Standing, Verdict

TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)
DONE_ON = date(2026, 1, 20)
JUDGED_ON = date(2026, 2, 20)


def action(status="open", **more):
    given = {
        "delivery": Delivery.on_track,
        "due_on": None,
        "due_text": "",
        "start_on": None,
        "impact_test": None,
        "completed_on": None if status in ("open", "withdrawn") else DONE_ON,
    }
    return SimpleNamespace(status=ActionStatus(status), **(given | more))


def evidence(kind, dated_on):
    return SimpleNamespace(kind=SourceKind(kind), dated_on=dated_on)


def judged(rating, *given, number=1, on=JUDGED_ON):
    """An area last judged so, on this evidence; without a rating it has never been judged."""
    judgement = SimpleNamespace(rating=Impact(rating), judged_on=on, id=1) if rating else None
    return JudgedArea(number, judgement, given)


@pytest.mark.parametrize(
    ("given", "standing", "colour"),
    [
        # Open: the date goes before whatever its lead said; the due day itself is not late.
        ({"due_on": YESTERDAY}, "overdue", "red"),
        ({"due_on": TODAY}, "on_track", "green"),
        ({"due_on": None, "delivery": Delivery.at_risk}, "at_risk", "amber"),
        ({"due_on": TODAY, "delivery": Delivery.off_track}, "off_track", "red"),
        ({"due_on": YESTERDAY, "delivery": Delivery.not_started}, "overdue", "red"),
        # A date in words passes like one in figures.
        ({"due_text": "March 2017"}, "overdue", "red"),
        ({"due_text": "March 2017", "delivery": Delivery.not_started}, "overdue", "red"),
        ({"due_text": "March 2026"}, "on_track", "green"),
        ({"due_text": "28 February 2026"}, "overdue", "red"),
        ({"due_text": "2 March 2026"}, "on_track", "green"),
        ({"due_on": date(2026, 3, 3), "due_text": "March 2017"}, "on_track", "green"),
        # Never reported as started: only one whose start lies ahead is not yet due to start.
        ({"delivery": Delivery.not_started}, "no_start", "grey"),
        ({"delivery": Delivery.not_started, "start_on": date(2026, 3, 3)}, "not_due", "grey"),
        ({"delivery": Delivery.not_started, "start_on": TODAY}, "not_due", "grey"),
        ({"delivery": Delivery.not_started, "start_on": YESTERDAY}, "start_passed", "amber"),
        ({"delivery": Delivery.not_started, "start_on": date(2017, 3, 1)}, "start_passed", "amber"),
        ({"delivery": Delivery.not_started, "due_text": "from April 2017"}, "start_passed", "amber"),
        ({"delivery": Delivery.not_started, "due_text": "from April 2026"}, "not_due", "grey"),
        ({"delivery": Delivery.not_started, "due_text": "once the contract of 2017 ends"}, "no_start", "grey"),
        ({"start_on": date(2026, 3, 3)}, "on_track", "green"),
        ({"status": "withdrawn", "due_on": YESTERDAY}, "withdrawn", None),
        ({"status": "completed", "due_on": date(2025, 1, 1)}, "done", "green"),
        ({"status": "verified", "delivery": Delivery.on_track}, "done", "green"),
    ],
)
def test_how_an_action_stands_by_its_dates_and_what_its_lead_said(given, standing, colour):
    row = action(**given)
    assert colours.standing(row, [], TODAY) is Standing[standing]
    assert colours.delivery_colour(row, [], TODAY) is (Brag[colour] if colour else None)


AFTER = DONE_ON + timedelta(days=1)


@pytest.mark.parametrize(
    ("test", "areas", "standing"),
    [
        # Blue: a difference at every area, on evidence of the kind named, from after the action was done.
        ("re_audit", [judged("some_difference", evidence("re_audit", AFTER))], "evidenced"),
        ("re_audit", [judged("clear_difference", evidence("audit", AFTER), evidence("re_audit", AFTER))], "evidenced"),
        ("measure", [judged("some_difference", evidence("measure", JUDGED_ON))], "evidenced"),
        # Two ordinary audits dated before it was done, as once turned it blue.
        ("re_audit", [judged("some_difference", *[evidence("audit", date(2025, 12, 1))] * 2)], "done"),
        ("re_audit", [judged("some_difference", *[evidence("audit", AFTER)] * 2)], "done"),
        ("re_audit", [judged("some_difference", evidence("re_audit", DONE_ON))], "done"),
        ("re_audit", [judged("some_difference", evidence("re_audit", DONE_ON - timedelta(days=1)))], "done"),
        ("re_audit", [judged("some_difference", evidence("re_audit", None))], "done"),
        ("re_audit", [judged("some_difference", evidence("re_audit", JUDGED_ON + timedelta(days=1)))], "done"),
        ("re_audit", [judged("some_difference", evidence("dip_sample", AFTER))], "done"),
        ("re_audit", [judged("some_difference")], "done"),
        ("re_audit", [judged("not_yet_known", evidence("re_audit", AFTER))], "done"),
        ("re_audit", [judged(None)], "done"),
        ("re_audit", [], "done"),
        # The plan named no test: nothing can be its evidence.
        (None, [judged("clear_difference", evidence("re_audit", AFTER))], "done"),
        # Every area counts.
        (
            "voice",
            [
                judged("some_difference", evidence("voice", AFTER)),
                judged("some_difference", evidence("voice", AFTER), number=2),
            ],
            "evidenced",
        ),
        (
            "voice",
            [judged("some_difference", evidence("voice", AFTER)), judged("some_difference", number=2)],
            "done",
        ),
        (
            "voice",
            [judged("some_difference", evidence("voice", AFTER)), judged("not_sustained", number=2)],
            "done_in_doubt",
        ),
        ("re_audit", [judged("no_difference", evidence("re_audit", AFTER))], "done_in_doubt"),
    ],
)
def test_blue_needs_evidence_of_the_kind_named_from_after_the_action_was_done(test, areas, standing):
    verified = action("verified", impact_test=ImpactTest(test) if test else None)
    assert colours.standing(verified, areas, TODAY) is Standing[standing]
    unverified = action("completed", impact_test=ImpactTest(test) if test else None)
    expected = "done" if standing == "evidenced" else standing
    assert colours.standing(unverified, areas, TODAY) is Standing[expected]


@pytest.mark.parametrize(
    ("kind", "dated_on", "verdict"),
    [
        ("re_audit", AFTER, Verdict.counts),
        ("audit", AFTER, Verdict.other_kind),
        ("other", None, Verdict.other_kind),
        ("re_audit", None, Verdict.undated),
        ("re_audit", DONE_ON, Verdict.too_early),
        ("re_audit", JUDGED_ON, Verdict.counts),
        ("re_audit", date(2036, 1, 21), Verdict.too_late),
    ],
)
def test_the_first_reason_why_evidence_does_not_count_is_told(kind, dated_on, verdict):
    assert colours.verdict(ImpactTest.re_audit, DONE_ON, JUDGED_ON, evidence(kind, dated_on)) is verdict


def test_every_standing_has_its_colour_and_every_colour_a_standing():
    assert set(colours.COLOUR_OF) == set(Standing)
    assert set(colours.COLOUR_OF.values()) == {*Brag, None}
