"""What cannot be read is told with the line it stands in, counted from 1, so that whoever wrote it finds the place."""

import pytest
from pydantic import ValidationError

from frameworks.files import faults, parsing, yaml_lines
from frameworks.files.shapes import Bank, WrittenSet
from tests.frameworks.conftest import SMALL_BANK, SMALL_SET


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"id: one\ntitle: \xff\n", 2, "UTF-8"),
        (b"\n\xff\n", 2, "UTF-8"),
        (b"\xff: one\n", 1, "UTF-8"),
        (b"id: one\n\ntitle: ]\n", 3, "not YAML"),
        (b"id: one\ntitle: a\x07b\n", 2, "not allowed"),
        (b"id: one\n\nwhen: 2026-02-30\n", 3, "“2026-02-30” is not a real date"),
        (b"title: ... one\nwhen: 2026-02-30\n", 2, "“2026-02-30” is not a real date"),
        (b"id: one\ntitle: two\nid: three\n", 3, "“id” stands twice"),
        (b"ids: [one, two]\nhere: {a: 1}\nthere: {a: 1, b: 2, a: 3}\n", 3, "“a” stands twice"),
        (b"\ntitle: a\x07b\n", 2, "not allowed"),
        (b"id: one\nwhen: 2026-04-01\nsize: !!int one\n", None, "characters or values that cannot be read"),
        (b"id: one\nwhen: '2026-02-30'\nsize: !!int one\n", None, "characters or values that cannot be read"),
        (b"id: &one [*one]\nsize: !!int one\n", None, "characters or values that cannot be read"),
        (b"id: '", 1, "a quotation mark is not closed."),
        (b"id: one\nids: [one", 2, "a bracket or brace is not closed"),
        (b"id: one\n\tids: one", 2, "a tab or a special character begins something here"),
        (b"id: *one", 1, "words beginning with * need quotes."),
        (b"id: !one two", 1, "words beginning with ! need quotes."),
        (b"id: one: two", 1, "a colon stands inside plain words"),
        (b"{{a: 1}: 1}", 1, "found unhashable key. Check indents, colons, dashes and quotes near this line."),
    ],
)
@pytest.mark.parametrize("ours", [False, True])
def test_each_kind_of_fault_names_its_line(content, line, words, ours):
    with pytest.raises(parsing.Unreadable) as refused:
        parsing.values_in(content, ours=ours)
    ((where, message),) = refused.value.complaints
    assert (where, words in message) == (line, True), message


def test_every_key_that_stands_twice_is_told():
    with pytest.raises(parsing.Unreadable) as refused:
        parsing.values_in(b"a: 1\na: 2\nb: {c: 1}\nb: {c: 1,\n c: 2}\na: 3\n")
    assert [(line, message[:3]) for line, message in refused.value.complaints] == [
        (2, "“a”"), (4, "“b”"), (6, "“a”"), (5, "“c”"),
    ]  # fmt: skip


def is_read(content, *, ours=False):
    """Whether a file is read; what is too much in it is said in words."""
    try:
        parsing.values_in(content, ours=ours)
    except parsing.Unreadable as refused:
        ((_, message),) = refused.complaints
        return message
    return True


@pytest.mark.parametrize("ours", [False, True])
def test_a_file_holds_as_much_as_it_may_and_no_more(ours):
    longest = b"a: 1\n#".ljust(parsing.MAX_BYTES, b"x")
    assert is_read(longest, ours=ours) is True
    assert is_read(longest + b"x", ours=ours) == "The file is too large: at most 200,000 bytes. Split it."
    # The group, a list of 100 words, a list of 197 times that list: 1 + 101 + 1 + 197 × 101 = 20,000.
    words, times = ", ".join("x" * 100), ", ".join(["*a "] * 197)
    fullest = f"a: &a [{words}]\nb: [{times}]\n".encode()
    assert is_read(fullest, ours=ours) is True
    assert is_read(fullest + b"c: x\n", ours=ours) == "The file holds too many values: at most 20,000. Split it."
    named = b"a: &a " + b"[" * 6 + b"1" + b"]" * 6 + b"\nb: "
    too_deep = "The file is nested too deeply: at most 12 levels. Make it flatter."
    for deepest, deeper in (
        (b"[" * 13 + b"]" * 13, b"[" * 14 + b"]" * 14),
        (b"a: " + b"{b: " * 11 + b"1" + b"}" * 11, b"a: &a [*a]"),
        (b"a: " + b"[" * 11 + b"1" + b"]" * 11, b"a: " + b"[" * 12 + b"1" + b"]" * 12),
        # Neither half is deep, and the one stands in the other.
        (named + b"[" * 5 + b"*a" + b"]" * 5, named + b"[" * 6 + b"*a" + b"]" * 6),
    ):
        assert (is_read(deepest, ours=ours), is_read(deeper, ours=ours)) == (True, too_deep)


def test_lists_are_tuples_at_every_depth_and_a_mark_of_the_encoding_is_no_part_of_the_text():
    for ours in (False, True):
        read = parsing.values_in("\ufeffa: [1, {b: [x, 'y']}]\n".encode(), ours=ours)
        assert read == {"a": (1, {"b": ("x", "y")})}


TEXT = "a: 1\nb:\n  - c: 2\n    d: 3\n  - e: 4\n1: f\nend: 5\n"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 1),
        (("b",), 2),
        (("b", 0), 3),
        (("b", 0, "d"), 4),
        (("b", 1), 5),
        (("b", 2), 2),
        (("b", "c"), 2),
        (("b", 0, "none", "d"), 3),
        ((1,), 6),
        (("end", 0), 7),
        (("none",), 1),
    ],
)
def test_a_place_has_the_line_of_its_deepest_part_that_is_there(path, line):
    assert yaml_lines.line_of(TEXT, path) == line


def test_a_text_that_cannot_be_read_has_no_lines():
    assert yaml_lines.line_of("a: [", ("a",)) is yaml_lines.line_of("", ()) is None
    assert (yaml_lines.repeated_keys("a: ["), yaml_lines.unreadable_value("a: [")) == ([], None)


@pytest.mark.parametrize(
    ("path", "place"),
    [((), ""), (("a",), "a"), (("a", 0, "b"), "a[0].b"), ((1, "b", "c", 2, 3), "[1].b.c[2][3]")],
)
def test_a_place_is_written_as_people_write_it(path, place):
    assert faults.place_as_written(path) == place


def complaints(shape, text):
    """What is wrong with a text that should have a shape."""
    with pytest.raises(ValidationError) as caught:
        shape.model_validate(parsing.values_in(text.encode()))
    return faults.complaints_of(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "path", "sentence"),
    [
        ("purpose: To try", "purpose: [To try", ("purpose",), "“purpose” must be text, but a list stands there."),
        ("purpose: To try things out", "purpose: {a: b}", ("purpose",), "must be text, but a group of keys stands"),
        ("purpose: To try things out", "purpose:", ("purpose",), "“purpose” must be text, but nothing stands there."),
        ("purpose: To try things out", "purpose: false", ("purpose",), "“purpose” must be text, but false stands"),
        ("purpose: To try things out", f"purpose: {'9' * 120}", ("purpose",), f"but {'9' * 45}"),
        ("purpose: To try things out", f"purpose: {'a' * 10_001}", ("purpose",), "at most 10000 characters. Sh"),
        ("required: true", "required: maybe", ("overall_grade", "required"), "without quotes, but “maybe” stands"),
        ("subjects: [child]", "subjects: child", ("subjects",), "one line per entry beginning with a dash, but “ch"),
        ("subjects: [child]", "subjects: []", ("subjects",), "“subjects” is empty. Give it at least one entry."),
        ("minutes: 20", "minutes: 2001", ("lengths", "core", "expected_minutes"), "at most 2000, but 2001 stands"),
        ("minutes: 20", "minutes: 1.5", ("lengths", "core", "expected_minutes"), "a whole number, but 1.5 stands"),
        ("  core:", "  Core:", ("lengths", "Core"), "“Core” may hold only small letters, digits and single dashes"),
        ("  core:", "  7:", ("lengths", 7), "“lengths” must be text, but 7 stands there. Write words; put quotes"),
        ("purpose: To", "xyzzy: To", ("xyzzy",), "“xyzzy” is not a key that may stand here. Take it out, or move"),
        ("purpose: To", "porpose: To", ("porpose",), "is not a key that may stand here. Did you mean “purpose”?"),
        ("purpose: To", "edition_id: To", ("edition_id",), "is not a key that may stand here."),
        ("cohorts: [CP]", "cohorts: [CP]\nareas: [X]", ("areas",), "may stand here. Take it out, or move it where"),
        ("required: true", "required: true, so it is", ("overall_grade", "so it is"),
         "“so it is” has been read as a key. Inside braces a comma begins a new key: put quotes round the sentence."),
        ("required: true", "required: true, so it is: so", ("overall_grade", "so it is"), "is not a key that"),
        ("required: true", "required: true, so", ("overall_grade", "so"), "“so” is not a key that may stand here."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_once_with_what_stands_there(old, new, path, sentence):
    assert SMALL_SET.count(old) == 1
    text = SMALL_SET.replace(old, new).replace("[To try things out", "[To try things out]")
    found = complaints(WrittenSet, text)
    assert [message for where, message in found if where == path and sentence in message], found


def test_a_fault_of_a_kind_nobody_wrote_a_remedy_for_is_still_told_in_words():
    class Odd(Bank):
        """A bank with a key of a kind that no file of ours has."""

        share: float

    found = complaints(Odd, SMALL_BANK + "share: much\n")
    words = "“share” cannot be used as it stands (float type). Compare it with a set that works."
    assert found == [(("share",), words)]
