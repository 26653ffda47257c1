"""How typed words are put into sentences."""

import pytest

from audit_app.packs.composing import phrases


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Plans drift.", "“Plans drift.”"),
        ("One said: “It is my plan.”", "‘One said: “It is my plan.”’"),
        ('They call it "the form".', '‘They call it "the form".’'),
        ("A child’s words", "“A child’s words”"),
    ],
)
def test_words_that_quote_somebody_keep_their_own_marks_and_get_others_around(typed, printed):
    assert phrases.quoted(typed) == printed
    assert phrases.sentence(phrases.quoted(typed)).count(".") <= 1
