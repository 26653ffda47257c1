"""A ZIP holds what its read-me says, and the read-me says what is in it: compared by other code."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from audit_app import zip_files
from tests.audit_app.zip_promises import promised, read_me_of, really_in

AS_OF = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def a_zip(names=("Plan für Ŵylan.pdf", "files/漢字.txt")):
    into = io.BytesIO()
    whole = zip_files.ZipOut(into, AS_OF)
    for name in names:
        whole.put(name, lambda name=name: name.encode() * 1000, what=f"Kept as {name}", pages=3)
    whole.leave_out("EVD-0009 version 2", "it is not in the file store")
    whole.put_read_me("Beginning", "Ending")
    whole.close()
    return into.getvalue()


def test_the_read_me_is_worked_out_from_what_is_in_the_zip():
    data = a_zip()
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert {info.date_time for info in whole.infolist()} == {(2026, 7, 1, 10, 30, 0)}  # London's summer
        assert all(info.flag_bits & 0x800 for info in whole.infolist() if not info.filename.isascii())
    read_me = read_me_of(data)
    assert promised(read_me) == really_in(data) and len(promised(read_me)) == 2
    assert read_me.startswith("Beginning\n\nWhat is in this ZIP: 2 files of 36 kB together, and this list.")
    assert "3 pages" in read_me and "EVD-0009 version 2: it is not in the file store" in read_me
    assert a_zip() == data


@pytest.mark.parametrize("name", ["con.txt", "a/LPT1", "x.", "a\\b", "a:b", "a//b", "../x", "n" * 121, "a\u202eb", ""])
def test_a_name_that_some_computer_does_not_take_is_refused(name):
    assert not zip_files.is_safe(name)
    with pytest.raises(zip_files.UnsafeName):
        a_zip([name])


@pytest.mark.parametrize(
    ("given", "made"),
    [("CON.pdf", "_CON.pdf"), ("what? now*.docx", "what now .docx"), ("..", "file"), ("Console.txt", "Console.txt"),
     ("n" * 300 + ".xlsx", "n" * 115 + ".xlsx"), ("half\ud800.txt", "half .txt")],
)  # fmt: skip
def test_a_safe_name_keeps_what_it_can(given, made):
    assert zip_files.safe_name(given) == made and zip_files.is_safe(made)


def test_two_names_that_differ_by_capitals_alone_would_be_one_file_on_windows():
    with pytest.raises(zip_files.UnsafeName, match=r"Plan\.PDF"):
        a_zip(["plan.pdf", "Plan.PDF"])
