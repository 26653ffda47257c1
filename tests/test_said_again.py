"""Which tests PostgreSQL need not be asked again is worked out by hand here."""

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


def test_every_statement_is_asked_by_the_cheapest_that_ask_it_and_by_no_other():
    kept = said_again.chosen(SENT, TOOK, always=["always"])
    assert sorted(kept) == ["alone", "always", "both"]
    assert {one for name in kept for one in SENT[name]} == {"one", "two", "three"}


def test_whoever_was_chosen_early_goes_again_when_the_others_ask_all_of_it():
    sent = {"wide": ["one", "two", "three", "four"], "left": ["one", "two", "five"], "right": ["three", "four", "six"]}
    assert sorted(said_again.chosen(sent, dict.fromkeys(sent, 0.1))) == ["left", "right"]


def test_a_test_whose_every_case_is_left_out_is_listed_by_its_name():
    left = {"a.py::whole[1]", "a.py::whole[2]", "a.py::partly[1]", "a.py::plain"}
    assert said_again.in_few_lines(left, {"a.py::partly[2]"}) == {"a.py::whole", "a.py::partly[1]", "a.py::plain"}


def test_no_folder_goes_unasked():
    sent = {
        "people/a.py::one": ["one"],
        "people/a.py::two": ["one"],
        "factors/b.py::dear": [],
        "factors/b.py::cheap": [],
    }
    took = {"people/a.py::one": 1.0, "people/a.py::two": 1.0, "factors/b.py::dear": 3.0, "factors/b.py::cheap": 0.2}
    assert sorted(said_again.chosen(sent, took)) == ["factors/b.py::cheap", "people/a.py::one"]


def test_what_differs_from_row_to_row_makes_no_other_statement():
    first = "SELECT a_1.id FROM audit AS a_1 WHERE a_1.id IN (?, ?, ?) LIMIT 5"
    assert said_again.in_short(first) == said_again.in_short(first.replace("?, ?, ?", "?").replace("5", "50"))
    assert said_again.in_short(first) != said_again.in_short(first.replace("audit", "finding"))
