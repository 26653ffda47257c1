"""A hundredth of the measuring: the whole stands in tests/proof/test_disclosure.py."""

from tests.audit_app.disclosure import measuring, sentences


def test_of_the_planted_hardly_any_is_missed_pr_2():
    planted = sentences.planted(130)
    assert len(measuring.missed(planted)) <= 0.05 * len(planted)


def test_of_the_clean_hardly_any_alarms_pr_2():
    assert measuring.alarms(sentences.clean(50)) == []


def test_the_measure_bites():
    """A sentence that holds nobody counts as missed, one that holds somebody as an alarm."""
    assert measuring.missed([("nhs", "There is no number here")]) == [("nhs", "There is no number here")]
    assert measuring.alarms(["Kayleigh, 7, was not seen"])
