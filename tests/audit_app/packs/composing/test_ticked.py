"""Several ticks in a theme: each of the audits that ticked any, and nothing small leaves the council."""

from collections import Counter

import pytest

from audit_app.packs.composing.told import ticked

SCALE = (("mine", "My wheel"), ("family", "Family wheel"), ("teen", "Teen wheel"))


def question(given, **more):
    return {"given": given, "code": "", **more}


def test_an_audit_counts_once_for_each_tick_and_once_in_n():
    asked = [question("mine,family"), question("family"), question(""), {"code": "not_applicable"}]
    assert Counter(code for each in asked for code in ticked.codes_of(each)) == {"*": 2, "mine": 1, "family": 2}
    assert ticked.codes_of(question("2026-03-27", typed=True)) == []


@pytest.mark.parametrize(
    ("given", "leaving", "row"),
    [
        ({"*": 9, "mine": 5, "family": 9, "old": 1}, False,
         ("Ticked: My wheel 5, Family wheel 9, Teen wheel 0, old 1", "9")),
        # Leaving: 5 of 9 leaves 4 who did not tick it; all 9 and none at all give nobody away.
        ({"*": 9, "mine": 5, "family": 9}, True, ("Ticked: My wheel c, Family wheel 9, Teen wheel 0", "9")),
        ({"*": 12, "mine": 6, "family": 3}, True, ("Ticked: My wheel 6, Family wheel c, Teen wheel 0", "12")),
        ({"*": 4, "mine": 4}, True, None),
    ],
)  # fmt: skip
def test_each_tick_stands_against_the_audits_that_ticked_any(given, leaving, row):
    assert ticked.row(given, SCALE, "", leaving=leaving) == row
