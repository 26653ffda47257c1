"""Every word of every closed list knows how it reads, and no title is a code."""

import inspect
import re
from enum import Enum, auto

import pytest

from findings import states
from findings.states import Titled

LISTS = [
    found
    for _, found in inspect.getmembers(states, inspect.isclass)
    if issubclass(found, Enum) and found is not Titled and found.__module__ == "findings.states"
]
CODE = re.compile(r"_|[a-z][A-Z]")


def test_each_list_gives_every_word_a_title_of_its_own():
    assert len(LISTS) == 18
    for words in LISTS:
        titles = [word.title for word in words]
        assert len(set(titles)) == len(titles), words
        for title in titles:
            assert title[0].isupper() and not title.endswith(".") and not CODE.search(title), title


def test_name_value_and_stored_text_are_one_word_still():
    for words in LISTS:
        assert [(word.value, str(word)) for word in words] == [(word.name, word.name) for word in words]
        assert [words(word.name) for word in words] == list(words)


def test_a_title_stands_alone_or_in_a_sentence():
    assert states.Impact.no_difference.title == "No difference"
    assert states.Impact.no_difference.in_sentence == "no difference"


def test_evidence_and_the_test_that_asked_for_it_go_by_one_title():
    asked_for = {test.value: test.title for test in states.ImpactTest}
    assert asked_for == {word: states.SourceKind(word).title for word in asked_for}


def test_a_word_without_a_title_is_refused():
    with pytest.raises(TypeError, match="needs a title"):

        class Weather(Titled):
            rain = auto(), "Rain"
            sun = auto()

        assert Weather
