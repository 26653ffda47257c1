"""When a claim says that it may not stand: bounds worked out here by hand, never by the product's own arithmetic."""

import math
from datetime import date

import pytest

from audit_app.self_assessment.claims import bearing
from audit_app.self_assessment.claims.bearing import Doubt, Standing
from audit_app.self_assessment.claims.figure import Figure, headline, sentences
from audit_app.self_assessment.tables import Cites, Stance

TODAY = date(2026, 11, 2)


def make_figure(good, short, *, at_random=True, start=date(2026, 4, 1), end=date(2026, 9, 30), **more):
    counts = (("inadequate", "Inadequate", 0), ("requires_improvement", "Requires improvement", short),
              ("good", "Good", good), ("outstanding", "Outstanding", 0))  # fmt: skip
    return Figure("Child protection, overall grade", at_random, start, end, counts, **more)


def make_standing(figure=None, later=None, *, dated_on=TODAY, **more):
    kind = Cites.grades if figure else Cites.finding
    return Standing(kind, "FND-0001, strength: plans", dated_on, figure, later, **more)


def told(stance, *cited, today=TODAY, months=12):
    return [each.doubt for each in bearing.doubts(stance, cited, today, months)]


def wilson(x, n, z=1.959963984540054):
    """The interval once more, from the formula in the book."""
    share, across = x / n, z * z / n
    middle = (share + across / 2) / (1 + across)
    half = z / (1 + across) * math.sqrt(share * (1 - share) / n + across / (4 * n))
    return middle - half, middle + half


def test_a_claim_without_evidence_says_so_and_a_figure_of_no_audit_is_none():
    assert told(Stance.works_well) == [Doubt.no_evidence]
    assert told(Stance.works_well, make_standing(make_figure(0, 0))) == [Doubt.no_evidence]
    assert told(Stance.works_well, make_standing()) == []


def test_evidence_older_than_the_setting_is_old_on_the_day_after_and_the_newest_counts():
    old, newer = make_standing(dated_on=date(2025, 11, 2)), make_standing(dated_on=date(2025, 11, 3))
    assert told(Stance.neither, old) == []  # twelve months ago to the day
    assert told(Stance.neither, old, today=date(2026, 11, 3)) == [Doubt.stale]
    assert told(Stance.neither, old, newer, today=date(2026, 11, 3)) == []
    assert told(Stance.neither, make_standing(dated_on=None)) == []


def test_what_was_withdrawn_is_no_evidence_and_is_named():
    fallen = make_standing(against="it was withdrawn")
    assert told(Stance.works_well, fallen) == [Doubt.no_evidence, Doubt.fallen]
    assert told(Stance.works_well, fallen, make_standing()) == [Doubt.fallen]


@pytest.mark.parametrize(
    ("before", "after", "contradicts"),
    [((18, 20), (6, 20), True), ((14, 20), (10, 20), False), ((6, 20), (18, 20), True), ((8, 9), (1, 20), False),
     ((18, 20), (1, 9), False)],
)  # fmt: skip
def test_later_audits_contradict_only_when_the_intervals_part(before, after, contradicts):
    enough = before[1] >= 10 and after[1] >= 10
    (low, high), (later_low, later_high) = wilson(*before), wilson(*after)
    assert (enough and (later_high < low or high < later_low)) is contradicts  # the table itself is right
    figure = make_figure(before[0], before[1] - before[0])
    later = make_figure(after[0], after[1] - after[0], start=date(2026, 10, 1), end=TODAY)
    expected = [Doubt.contradicted] if contradicts else []
    assert told(Stance.neither, make_standing(figure, later)) == expected


def test_a_figure_that_says_the_opposite_contradicts_its_own_claim():
    weak, strong = make_figure(4, 16), make_figure(18, 2)
    assert wilson(4, 20)[1] < 0.5 < wilson(18, 20)[0]
    assert told(Stance.works_well, make_standing(weak)) == [Doubt.contradicted]
    assert told(Stance.not_good_enough, make_standing(strong)) == [Doubt.contradicted]
    assert told(Stance.not_good_enough, make_standing(weak)) == []
    assert told(Stance.neither, make_standing(weak)) == []
    chosen = make_figure(4, 16, at_random=False)
    assert told(Stance.works_well, make_standing(chosen)) == []  # chosen audits speak for nothing but themselves


def test_a_figure_is_told_with_n_how_chosen_its_interval_and_what_is_missing():
    random = make_figure(14, 6, moderated=5, not_applicable=2)
    assert headline(random) == "Child protection, overall grade: 14 of 20 audits drawn at random good or better"
    said = " ".join(sentences(random))
    assert "20 audits drawn at random, submitted in the period 1 April to 30 September 2026" in said
    low, high = wilson(14, 20)
    assert (math.floor(low * 10), math.ceil(high * 10)) == (4, 9)
    assert "70% good or better; in the service as a whole, likely between 4 and 9 in every 10." in said
    assert "5 of the 20 were moderated." in said
    assert "Not counted: 2 audits for which it does not apply." in said
    few = " ".join(sentences(make_figure(3, 1)))
    assert "%" not in few
    assert "both need at least 10 audits" in few
    chosen = " ".join(sentences(make_figure(14, 6, at_random=False)))
    assert "%" not in chosen
    assert "not selected at random: not a picture of the service" in chosen
    assert sentences(make_figure(0, 0)) == (
        "No agreed audit drawn at random was submitted in the period 1 April to 30 September 2026.",
    )
