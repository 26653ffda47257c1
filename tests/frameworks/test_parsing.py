"""What cannot be read is told with the line it stands in, counted from 1, so that whoever wrote it finds the place."""

import pytest

from frameworks.files import parsing


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
        (b"id: one\ntitle: two\nid: three\n", 3, "stands twice"),
    ],
)
def test_each_kind_of_fault_names_its_line(content, line, words):
    with pytest.raises(parsing.Unreadable) as refused:
        parsing.values_in(content)
    ((where, message),) = refused.value.complaints
    assert (where, words in message) == (line, True), message
