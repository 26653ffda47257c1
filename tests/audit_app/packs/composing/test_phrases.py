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


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", "somebody whose post is not recorded"), ("  ", "somebody whose post is not recorded"),
        (" Head of Safeguarding ", "the Head of Safeguarding"), ("The Director", "The Director"),
        ("the Director", "the Director"), ("Theme lead", "the Theme lead"), ("Theatre head", "the Theatre head"),
    ],
)  # fmt: skip
def test_a_post_has_its_article_once(typed, printed):
    assert phrases.the_post(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("  Plain ", "Plain."), ("Why?)", "Why?)"), ("(so it is)", "(so it is)."), ("‘Yes!’", "‘Yes!’"), ("”", "”.")],
)
def test_a_sentence_gets_a_full_stop_where_no_mark_stands_before_what_closes_it(typed, printed):
    assert phrases.sentence(typed) == printed
