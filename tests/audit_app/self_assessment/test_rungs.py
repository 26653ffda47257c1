"""The rung proposed for a claim: what carries it, what does not, and why, in words."""

from datetime import date

import pytest

from audit_app.self_assessment import rungs
from audit_app.self_assessment.rungs import Age, Ages, Cited, Kind

TODAY = date(2026, 11, 29)
LATELY = date(2026, 10, 1)
AUDIT, DATA, VOICE = Cited(Kind.audit, LATELY), Cited(Kind.data, LATELY), Cited(Kind.feedback, LATELY)
POLICY, LETTER = Cited(Kind.policy, LATELY), Cited(Kind.inspection, LATELY)
EARLIER = Cited(Kind.audit, date(2025, 3, 1))  # stale, and more than half a year before the latest


@pytest.mark.parametrize(
    ("rung", "cited"),
    [
        (0, []),
        (1, [POLICY]),
        (1, [Cited(Kind.other, LATELY)]),
        (2, [DATA]),
        (2, [VOICE, POLICY]),
        (3, [AUDIT]),
        (3, [LETTER, DATA]),
        (3, [AUDIT, DATA]),
        (3, [AUDIT, VOICE]),
        (4, [AUDIT, DATA, VOICE]),
        (5, [AUDIT, DATA, VOICE, EARLIER]),
        (3, [AUDIT, EARLIER]),
        (2, [EARLIER, DATA, VOICE]),
        (0, [Cited(Kind.audit, None)]),
        (0, [Cited(Kind.audit, LATELY, empty=True)]),
        (2, [DATA, Cited(Kind.audit, LATELY, against=True)]),
        (3, [AUDIT, DATA, VOICE, Cited(Kind.inspection, LATELY, against=True)]),
        (0, [Cited(Kind.data, LATELY, renew_by=date(2026, 11, 28))]),
        (2, [Cited(Kind.data, LATELY, renew_by=TODAY)]),
    ],
)
def test_the_rung_is_the_highest_that_what_is_cited_carries(rung, cited):
    assert rungs.propose(cited, TODAY).rung == rung


def test_a_difference_lasts_when_the_first_and_the_last_audit_lie_far_enough_apart():
    just = Cited(Kind.audit, date(2026, 4, 1))
    later = Cited(Kind.audit, date(2026, 4, 2))
    assert rungs.propose([AUDIT, DATA, VOICE, just], TODAY, lasting_months=6).rung == 5
    assert rungs.propose([AUDIT, DATA, VOICE, later], TODAY, lasting_months=6).rung == 4
    assert rungs.propose([AUDIT, DATA, VOICE, Cited(Kind.audit, date(2025, 1, 1), against=True)], TODAY).rung == 3


@pytest.mark.parametrize(
    ("kind", "day", "age"),
    [
        (Kind.data, date(2026, 8, 29), Age.fresh),
        (Kind.data, date(2026, 8, 28), Age.ageing),
        (Kind.data, date(2026, 5, 29), Age.ageing),
        (Kind.data, date(2026, 5, 28), Age.stale),
        (Kind.policy, date(2026, 5, 28), Age.ageing),
        (Kind.audit, date(2025, 11, 29), Age.ageing),
        (Kind.audit, date(2025, 11, 28), Age.stale),
        (Kind.inspection, date(2023, 11, 29), Age.ageing),
        (Kind.inspection, date(2023, 11, 28), Age.stale),
        (Kind.data, None, Age.undated),
    ],
)
def test_evidence_grows_old_by_its_kind_and_a_last_day_counts_whole(kind, day, age):
    assert Ages().of(kind, day, TODAY) is age


def test_the_age_told_is_that_of_what_carries_the_rung():
    old = Cited(Kind.audit, date(2026, 1, 10))
    assert rungs.propose([old, DATA], TODAY).age is Age.ageing  # the data are fresh and do not carry it
    assert rungs.propose([old, AUDIT], TODAY).age is Age.fresh  # the newest of a kind counts
    assert rungs.propose([AUDIT, Cited(Kind.data, date(2026, 7, 1)), VOICE], TODAY).age is Age.ageing  # all must agree
    assert rungs.propose([], TODAY).age is None


def test_the_reasons_say_what_it_rests_on_and_what_is_missing():
    assert rungs.propose([AUDIT, DATA, EARLIER], TODAY).reasons == (
        "It rests on audit.",
        "Not counted, because too old: audit.",
        "For 4, feedback would have to agree.",
    )
    assert rungs.propose([Cited(Kind.audit, None), Cited(Kind.data, LATELY, against=True)], TODAY).reasons == (
        "Nothing cited carries it, so it is said only.",
        "What is cited does not agree: performance data says otherwise.",
        "Not counted, because of no known date: audit.",
    )
    assert rungs.propose([LETTER], TODAY).reasons[1].startswith("The ladder does not name inspectors")
    assert rungs.propose([VOICE], TODAY).reasons[1].startswith("The ladder does not name feedback")
    assert rungs.propose([AUDIT, DATA, VOICE], TODAY).reasons[-1].startswith("For 5,")
    assert rungs.propose([Cited(Kind.audit, LATELY, empty=True)], TODAY).reasons[-1].startswith("A figure is cited")


def test_a_rung_is_worded_as_the_edition_words_it():
    assert rungs.propose([AUDIT], TODAY).words == "Rung 3 of 5: audit"
    assert rungs.propose([AUDIT, DATA, VOICE], TODAY).words == "Rung 4 of 5: audit, data and feedback agree"
