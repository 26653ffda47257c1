"""References are made and read back; ids only grow."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from findings import references


@pytest.mark.parametrize(
    ("prefix", "number", "text"), [("FND", 7, "FND-0007"), ("AFI", 1, "AFI-0001"), ("ACT", 12345, "ACT-12345")]
)
def test_a_reference_has_at_least_four_digits(prefix, number, text):
    assert references.reference(prefix, number) == text
    assert references.parse_reference(text) == (prefix, number)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" fnd-0007 ", ("FND", 7)),
        ("ACT-0000", None),
        ("ACT-7", None),
        ("ACTS-0007", None),
        ("ACT-0007; drop", None),
        ("", None),
        ("ACT-٠٠٠٧", None),
        ("ACT-1234567890", None),
    ],
)
def test_a_reference_is_read_as_people_type_it(typed, read):
    assert references.parse_reference(typed) == read


def test_a_reference_of_another_kind_gives_no_number():
    assert references.number_of("AFI-0003", references.AREA) == 3
    assert references.number_of("AFI-0003", references.ACTION) is None


def test_ids_grow_and_never_repeat_whichever_thread_asks():
    alone = [references.new_id() for _ in range(2000)]
    assert alone == sorted(set(alone))
    with ThreadPoolExecutor(4) as pool:
        together = [
            made for part in pool.map(lambda _: [references.new_id() for _ in range(500)], range(4)) for made in part
        ]
    assert len(set(together)) == 2000
    assert all(0 < made < 2**63 for made in alone + together)
