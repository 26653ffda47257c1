"""Which tests PostgreSQL need not be asked again is worked out by hand here."""

from collections import Counter

from tests import said_again

SENT = {
    "both": ["one", "two"],
    "both, later": ["one", "two"],
    "both, dear": ["one", "two"],
    "one": ["one"],
    "alone": ["three"],
    "nothing": [],
    "always": ["one"],
}
TOOK = dict.fromkeys(SENT, 0.1) | {"both, dear": 9.0}


def test_every_statement_is_asked_twice_or_as_often_as_anybody_asks_it():
    kept = said_again.chosen(SENT, TOOK, always=["always"])
    assert sorted(kept) == ["alone", "always", "both", "both, later"]
    asked = Counter(one for name in kept for one in SENT[name])
    assert asked == {"one": 3, "two": 2, "three": 1}


def test_no_folder_goes_unasked():
    sent = {
        "people/a.py::one": ["one"],
        "people/a.py::two": ["one"],
        "factors/b.py::dear": [],
        "factors/b.py::cheap": [],
    }
    took = {"people/a.py::one": 1.0, "people/a.py::two": 1.0, "factors/b.py::dear": 3.0, "factors/b.py::cheap": 0.2}
    assert sorted(said_again.chosen(sent, took, times=1)) == ["factors/b.py::cheap", "people/a.py::one"]


def test_what_differs_from_row_to_row_makes_no_other_statement():
    first = "SELECT a_1.id FROM audit AS a_1 WHERE a_1.id IN (?, ?, ?) LIMIT 5"
    assert said_again.in_short(first) == said_again.in_short(first.replace("?, ?, ?", "?").replace("5", "50"))
    assert said_again.in_short(first) != said_again.in_short(first.replace("audit", "finding"))
