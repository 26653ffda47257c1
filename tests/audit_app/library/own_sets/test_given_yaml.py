"""YAML that somebody gives us is parsed in the confined child: IM-1."""

import time

import pytest

import frameworks
from audit_app import limits
from audit_app.library.own_sets.files import read_set_file
from audit_app.library.own_sets.given_yaml import parsing, reading
from frameworks.files import parsing as yaml_parsing
from frameworks.own_sets import yaml_file
from tests.builders_library import make_document

FLAT = "Make it flatter"
PATIENCE_SECONDS = 20  # in the process of the pages it took 35; the child is asked for less, whatever else runs here


@pytest.mark.parametrize(
    "bomb",
    [b"[" * 12_500, b"a: " + b"[" * 190_000, b"{a: " * 12_500, b"- " * 5_000 + b"x", b"- " * 13 + b"x"],
    ids=["brackets", "as many as fit", "braces", "dashes", "one too deep"],
)
def test_brackets_without_end_are_refused_at_once_and_in_words(bomb):
    began = time.monotonic()
    file = read_set_file(bomb, "set.yaml")
    assert file.own is None and FLAT in file.faults[0]
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_the_deepest_that_is_allowed_is_still_read():
    assert FLAT not in str(reading.values_of(b"- " * 12 + b"x")[1])


def test_aliases_that_unfold_to_millions_are_refused():
    lines = [b"a: &a [x,x,x,x,x,x,x,x,x]"]
    for number in range(8):
        one, next_one = chr(97 + number), chr(98 + number)
        lines.append(f"{next_one}: &{next_one} [{','.join(['*' + one] * 9)}]".encode())
    assert "too many values" in reading.values_of(b"\n".join(lines))[1][0][1]


def test_nothing_of_a_given_file_is_parsed_in_the_process_of_the_pages(monkeypatch):
    """The control is the count: every reader of YAML in this process is made to shout."""
    frameworks.editions()  # our own files are read here, once
    sound, broken = yaml_file.to_yaml(make_document()).encode(), b"title: A\nwrong_key: 1\n"

    def shouts(*_given, **_more):
        raise AssertionError("parsed here")

    for module, name in ((yaml_parsing, "values_in"), (yaml_parsing.yaml_lines, "yaml_reader")):
        monkeypatch.setattr(module, name, shouts)
    assert read_set_file(sound, "set.yaml").own is not None
    faults = read_set_file(broken, "set.yaml").faults
    assert any("line 2" in fault for fault in faults), faults


def test_a_child_that_dies_is_told_in_words():
    file = read_set_file(b"title: A", "set.yaml", lambda _question: limits.Outcome(problem="it takes too long to read"))
    assert file.faults == (
        "set.yaml: The file could not be read: it takes too long to read. Make it shorter and flatter.",
    )


VALUES = b"""
words: "0123"
dates: [2026-01-02, 2026-01-02 10:00:00]
numbers: [7, 1.5, .inf, 1180591620717411303424]
nothing: [null, ~, true, no]
groups: {1: a, 2026-01-02: b, "": {}}
"""


def test_every_value_comes_back_from_the_child_unchanged():
    value, complaints = reading.values_of(VALUES)
    assert complaints == []
    assert value == yaml_parsing.values_in(VALUES)
    assert [type(inner) for inner in value["dates"]] == [
        type(inner) for inner in yaml_parsing.values_in(VALUES)["dates"]
    ]


def test_a_value_that_is_no_plain_one_is_refused():
    assert reading.values_of(b"a: !!binary aGVsbG8=")[1] == [(None, parsing.WRITE_IT_PLAINLY)]
