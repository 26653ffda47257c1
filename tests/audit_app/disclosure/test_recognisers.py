"""What is read as telling of a person, spelling by spelling, and what is not."""

import time
from datetime import date

import pytest

from audit_app import disclosure

COUNCIL = disclosure.council(date(2026, 11, 29), ["Fiona Castle", "Ana"], r"^[A-Z]-\d{6}$")


def found(text):
    return [(suspect.kind.value, suspect.words) for suspect in disclosure.suspects(text, COUNCIL)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("DOB 3/4/12", "birth", "3/4/12"),
        ("d.o.b: 03.04.2012", "birth", "03.04.2012"),
        ("date of birth was the 3rd of April 2012", "birth", "3rd of April 2012"),
        ("born in 2012", "birth", "2012"),
        ("born on 3 April", "birth", "3 April"),
        ("The girl, 3 April 2012, was moved", "birth", "3 April 2012"),
        ("KB 3/4/12 was moved", "birth", "3/4/12"),
        ("3/4/2012 is his birthday", "birth", "3/4/2012"),
        ("Kayleigh, 7, was not seen", "age", "Kayleigh, 7"),
        ("Zorblax (aged 11) was not seen", "age", "Zorblax (aged 11"),
        ("KB (8) was not seen", "age", "KB (8)"),
        ("Xochitl is seven years old", "age", "Xochitl is seven years old"),
        ("Jayden’s mother", "person", "Jayden"),
        ("Zorblax’s mother", "person", "Zorblax"),
        ("the child Zorblax was late", "person", "Zorblax"),
        ("when Zorblax went missing", "person", "Zorblax"),
        ("a 7-year-old, Zorblax, was seen", "person", "Zorblax"),
        ("Mrs Higginbottom was rung", "person", "Mrs Higginbottom"),
        ("Grace Obi was rung", "person", "Grace Obi"),
        ("Brayleigh-Mae’s dad", "person", "Brayleigh-Mae"),
        ("as fiona  castle said", "staff_name", "fiona  castle"),
        ("Castle, Fiona", "staff_name", "Castle, Fiona"),
        ("at SE10 8TH", "postcode", "SE10 8TH"),
        ("at se10 8th", "postcode", "se10 8th"),
        ("at SE108TH", "postcode", "SE108TH"),
        ("at 14 Mill Lane", "address", "14 Mill Lane"),
        ("at Flat 2, 14a St John’s Road", "address", "14a St John's Road"),
        ("at 14 mill lane", "address", "14 mill lane"),
        ("see LCS 123456", "case_reference", "LCS 123456"),
        ("see case no. 9876", "case_reference", "9876"),
        ("see case number: CH/9876", "case_reference", "CH/9876"),
        ("see g-123456", "case_reference", "g-123456"),
        ("see aud 0042", "case_reference", "aud 0042"),
        ("see AUD-0042.", "case_reference", "AUD-0042"),
        ("on 07700 900123", "telephone", "07700 900123"),
        ("on +44 (0)20 7946 0123", "telephone", "+44 (0)20 7946 0123"),
        ("to kayleigh@example.com", "email", "kayleigh@example.com"),
        ("to kayleigh [at] example [dot] com", "email", "kayleigh [at] example [dot] com"),
        ("NHS 943 476 5919", "nhs_number", "943 476 5919"),
        ("NHS number 123 456", "nhs_number", "123 456"),
        ("UPN A123456789012", "pupil_number", "A123456789012"),
        ("AB 12 34 56 C", "insurance_number", "AB 12 34 56 C"),
        ("three disabled children waited", "small_number", "three disabled children"),
        ("2 of the 14 young people", "small_number", "2 of the 14 young people"),
        ("Kay\u200bleigh said", "person", "Kayleigh"),
        ("ＮＨＳ ９４３ ４７６ ５９１９", "nhs_number", "943 476 5919"),
    ],
)
def test_each_spelling_is_found(text, kind, words):
    assert (kind, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Published on 3 April 2012", "by 25 October 2012", "on Friday 27 March 2026", "due 31/03/2026",
        "943 476 5918 is no such number", "Section 47 enquiries", "Part 3 of the Children Act 1989", "Clare’s Law",
        "St Thomas Hospital", "16 of 68 records", "five children waited", "12 of the 40 children",
        "one in four children",
        "two weeks later children were seen", "Will plans change? Mark progress.", "in May and June", "Barnet’s plan",
        "The Lawrence House team", "Greenhaven, 7 of 12 areas", "AFI-0003 and ACT-0011", "the 2012 report",
        "key stage 4 children",
        "a child Protection conference", "1,234 children", "3.4 children on average", "a date of 2026", "",
    ],
)  # fmt: skip
def test_words_of_the_trade_are_left_alone(text):
    assert found(text) == []


def test_the_check_of_an_nhs_number_is_worked_out():
    """Modulus 11 over weights 10 to 2; the figure after them makes the sum whole (NHS Data Dictionary)."""
    sound = [number for number in range(9434765900, 9434766000) if disclosure.is_nhs_number(str(number))]
    weights = range(10, 1, -1)

    def checks(number):
        figures = [int(figure) for figure in str(number)]
        total = sum(a * b for a, b in zip(figures[:9], weights, strict=True)) + figures[9]
        return total % 11 == 0

    assert sound == [number for number in range(9434765900, 9434766000) if checks(number)]


def test_a_name_of_one_word_in_the_directory_is_not_looked_for():
    assert found("Analysis was sound") == []


def test_the_words_around_a_suspect_are_cut_between_words():
    text = "word " * 30 + "Kayleigh said " + "word " * 30
    suspect = disclosure.suspects(text, COUNCIL)[0]
    before, words, after = disclosure.around(text, suspect)
    assert before.startswith("…word") and words == "Kayleigh" and after.endswith("word…")
    assert len(before) <= 62 and len(after) <= 62


def test_a_pattern_that_cannot_be_read_is_left_out():
    assert disclosure.council(date(2026, 1, 1), (), "[").reference is None
    assert disclosure.council(date(2026, 1, 1), (), "").reference is None


HOSTILE = [
    "A",
    "a ",
    "case ",
    "Case A",
    "0",
    "0 ",
    "A-",
    "O'",
    "1 Aa ",
    "two ",
    "x@",
    "x.",
    "born ",
    "Aa Aa ",
    "Flat 1 ",
    "(",
    "7 ",
]
SLOW = ("A", "0", "A-", "O'", "x.")


def slow_but_for_one(units):
    """Texts that take some seconds each are read in `make proof`, but for the first of them."""
    slow = pytest.mark.proof("takes two seconds, like the first of its kind")
    return [pytest.param(unit, marks=slow) if unit in SLOW[1:] else unit for unit in units]


@pytest.mark.parametrize("unit", slow_but_for_one(HOSTILE))
def test_the_longest_text_is_read_at_once_whatever_it_holds(unit):
    text = (unit * 10_000)[:10_000]
    began = time.process_time()
    disclosure.suspects(text, COUNCIL)
    assert time.process_time() - began < 5
