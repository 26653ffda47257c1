"""What a ZIP may not be or hold (UP-8): each attack is made here, byte by byte where no program would make it."""

import io
import stat
import struct
import zipfile
import zlib

import pytest

from audit_app.evidence_store import zip_names, zips
from audit_app.evidence_store.refusal import Refused
from audit_app.evidence_store.zips import OpenZip, WholeRefused

MEGABYTE = 1024 * 1024


def made(*members, method=zipfile.ZIP_DEFLATED):
    """A ZIP of (name or ZipInfo, bytes)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, data in members:
            package.writestr(name, data, method)
    return target.getvalue()


def opened(data):
    return OpenZip(io.BytesIO(data))


def faults(data):
    return {member.path: member.fault for member in opened(data).members}


def patched(data, signature, offset, value, which=0):
    """The bytes with a field of the n-th header of a kind set to something else."""
    at = -1
    for _ in range(which + 1):
        at = data.index(signature, at + 1)
    return data[: at + offset] + value + data[at + offset + len(value) :]


LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"


def test_sound_files_come_out_as_they_were_put_in():
    whole = opened(made(("Minutes/a.txt", b"one"), ("b.txt", b"two" * 1000)))
    assert [member.path for member in whole.members] == ["Minutes / a.txt", "b.txt"]
    assert [whole.read(member) for member in whole.members] == [b"one", b"two" * 1000]
    assert whole.unpacked == 3003


# --- the whole is refused --------------------------------------------------------------------------------------------


def overlapping():
    """Two members that share their bytes: how a small file unpacks to a huge one."""
    data = made(("a.txt", b"x" * 500), ("b.txt", b"y" * 500))
    return patched(data, CENTRAL, 42, struct.pack("<I", 0), which=1)


def one_over_the_other():
    """The second member begins within the bytes of the first, past its header."""
    data = made(("a.txt", b"x" * 500), ("b.txt", b"y" * 500), method=zipfile.ZIP_STORED)
    return patched(data, CENTRAL, 42, struct.pack("<I", 40), which=1)


def with_long_list():
    """A sound ZIP with a list of members longer than that of five hundred ever is: it is held in memory whole."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for number in range(70):
            info = zipfile.ZipInfo(f"{number}.txt")
            info.comment = b"x" * 65_000
            package.writestr(info, b"x")
    return target.getvalue()


def with_long_list_of_zip64(*, told_at=None):
    """The same, its length said where only readers of ZIP64 look, and the way there told wrongly."""
    data = with_long_list()
    at = data.rindex(END)
    size, start = struct.unpack("<II", data[at + 12 : at + 20])
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 70, 70, size, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, at if told_at is None else told_at, 1)
    return data[:at] + record + locator + data[at : at + 12] + b"\xff" * 8 + data[at + 20 :]


def beyond_its_end():
    """A member that says it goes on into the list of members."""
    return patched(made(("a.txt", b"x" * 500)), CENTRAL, 20, struct.pack("<I", 100))


def locked():
    data = made(("a.txt", b"x"))
    return patched(patched(data, CENTRAL, 8, b"\1\0"), LOCAL, 6, b"\1\0")


WHOLE = {
    "no ZIP": (lambda: b"nothing of the kind", "no ZIP, or a damaged one"),
    "nothing at all": (lambda: b"", "no ZIP, or a damaged one"),
    "cut off": (lambda: made(("a.txt", b"x" * 500))[:-40], "no ZIP, or a damaged one"),
    "its list cut out": (lambda: made(("a.txt", b"x" * 500))[:20] + made(("a.txt", b""))[-22:], "no ZIP, or a damaged"),
    "no file in it": (lambda: made(("folder/", b""), (".DS_Store", b"x")), "There is no file in this ZIP"),
    "empty": (made, "There is no file in this ZIP"),
    "locked": (locked, "locked with a password"),
    "501 files": (lambda: made(*((f"{n}.txt", b"x") for n in range(501))), "There are 501 files in this ZIP"),
    "entries without end": (lambda: made(*((f"._{n}", b"") for n in range(2001))), "There are 2,001 entries"),
    "a program before it": (lambda: b"MZ a program" + made(("a.txt", b"x")), "begins with something else"),
    "overlapping": (overlapping, "lie over one another"),
    "one within another": (one_over_the_other, "lie over one another"),
    "a list without end": (with_long_list, "no ZIP, or a damaged one"),
    "a ZIP64 list without end": (with_long_list_of_zip64, "no ZIP, or a damaged one"),
    "a ZIP64 list told elsewhere": (lambda: with_long_list_of_zip64(told_at=0), "no ZIP, or a damaged one"),
    "beyond its end": (beyond_its_end, "no ZIP, or a damaged one"),
    "a document": (lambda: made(("[Content_Types].xml", b"<Types/>")), "This is a Word or Excel file"),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
def test_a_zip_that_must_not_come_in_is_refused_whole_and_says_why(case):
    make, sentence = WHOLE[case]
    with pytest.raises(WholeRefused, match=sentence):
        opened(make())


def test_five_hundred_files_are_taken_and_what_a_mac_adds_is_not_counted():
    data = made(*((f"{n}.txt", b"x") for n in range(500)), *((f"__MACOSX/._{n}.txt", b"x") for n in range(500)))
    whole = opened(data)
    assert sum(not member.by_itself for member in whole.members) == 500


def test_sizes_are_counted_and_not_believed(monkeypatch):
    monkeypatch.setattr(zips, "UNPACKED_LIMIT", 3000)
    honest = [(f"{n}.txt", bytes(range(256)) * 4) for n in range(3)]
    with pytest.raises(WholeRefused, match="come to more than"):
        opened(made(*honest))  # as the list says
    whole = opened(made(*honest[:2]))
    whole.count(1000)  # what came out before the worker was stopped
    whole.read(whole.members[0])
    with pytest.raises(WholeRefused, match="come to more than"):
        whole.read(whole.members[1])


# --- one member is refused, the others are not ---------------------------------------------------------------------


def linked(mode):
    info = zipfile.ZipInfo("plan.txt")
    info.create_system, info.external_attr = 3, mode << 16
    return info


def reparse_point():
    info = zipfile.ZipInfo("plan.txt")
    info.create_system, info.external_attr = 0, 0x400
    return info


ONE = {
    "a link": (linked(stat.S_IFLNK | 0o777), "It is a link or a device"),
    "a pipe": (linked(stat.S_IFIFO | 0o644), "It is a link or a device"),
    "a link of Windows": (reparse_point(), "It is a link or a device"),
    "upwards": ("../../etc/cron.d/x.txt", "leads to a place outside it"),
    "upwards in the middle": ("a/../../x.txt", "leads to a place outside it"),
    "upwards by backslash": ("..\\..\\x.txt", "leads to a place outside it"),
    "absolute": ("/etc/passwd.txt", "leads to a place outside it"),
    "absolute on Windows": ("C:\\Windows\\x.txt", "leads to a place outside it"),
    "relative to a drive": ("C:x.txt", "leads to a place outside it"),
    "of another computer": ("\\\\server\\share\\x.txt", "leads to a place outside it"),
    "a ZIP": ("more.zip", "another archive within the ZIP"),
    "a 7z": ("more.7Z", "another archive within the ZIP"),
    "a program": ("setup.exe", "It is a program"),
}  # fmt: skip


@pytest.mark.parametrize("case", ONE)
def test_a_member_that_must_not_come_in_is_named_and_the_others_can_be_taken(case):
    name, sentence = ONE[case]
    whole = opened(made((name, b"target"), ("good.txt", b"good")))
    bad, good = whole.members
    assert sentence in bad.fault and good.fault == ""
    with pytest.raises(Refused, match=sentence):
        whole.read(bad)
    assert whole.read(good) == b"good"
    assert "/" not in bad.name and "\\" not in bad.name and ".." not in bad.name


@pytest.mark.parametrize(("first", "second"), [
    ("plan.txt", "plan.txt"), ("plan.txt", "PLAN.txt"), ("re\u0301sume\u0301.txt", "résumé.txt"),
    ("a/b.txt", "a\\b.txt"),
    ("straße.txt", "STRASSE.txt"),
])  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_refused(first, second):
    told = [member.fault for member in opened(made((first, b"1"), (second, b"2"), ("other.txt", b"3"))).members]
    assert ["Two files in the ZIP have this name" in fault for fault in told] == [True, True, False]


def test_a_member_that_unpacks_to_a_hundred_times_its_size_is_left_as_soon_as_it_does():
    whole = opened(made(("bomb.txt", b"\0" * (20 * MEGABYTE)), ("small.txt", b"\0" * MEGABYTE)))
    with pytest.raises(Refused, match="more than a hundred times its size"):
        whole.read(whole.members[0])
    assert whole.unpacked < 3 * MEGABYTE
    assert len(whole.read(whole.members[1])) == MEGABYTE  # a small one may well be packed so


@pytest.mark.parametrize("says", [10, 900_000])
def test_a_member_whose_list_says_less_than_comes_out_is_damaged_and_no_more_is_unpacked(says):
    whole = opened(patched(made(("bomb.txt", b"\0" * (3 * MEGABYTE))), CENTRAL, 24, struct.pack("<I", says)))
    with pytest.raises(Refused, match="damaged in the ZIP"):
        whole.read(whole.members[0])
    assert whole.unpacked <= says


def test_a_member_that_says_it_is_larger_than_it_is_is_damaged():
    data = patched(made(("a.txt", b"x" * 100)), CENTRAL, 24, struct.pack("<I", 900))
    whole = opened(data)
    with pytest.raises(Refused, match="damaged in the ZIP"):
        whole.read(whole.members[0])


def test_a_wrong_checksum_and_a_damaged_stream_are_told_of_the_member_alone():
    data = made(("a.txt", b"hello" * 50), ("b.txt", b"sound"))
    for broken in (patched(data, CENTRAL, 16, b"\0\0\0\0"), patched(data, LOCAL, 35, b"\xff\xff\xff")):
        whole = opened(broken)
        with pytest.raises(Refused, match="damaged in the ZIP"):
            whole.read(whole.members[0])
        assert whole.read(whole.members[1]) == b"sound"


def test_a_header_that_names_another_file_than_the_list_is_damaged():
    data = made(("a.txt", b"hello"))
    whole = opened(patched(data, LOCAL, 30, b"b"))
    with pytest.raises(Refused, match="damaged in the ZIP"):
        whole.read(whole.members[0])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_can_unpack_without_bound_are_not_read(method):
    data = made(("a.txt", b"x" * 100), method=method)
    assert "packed in a way that is not read here" in opened(data).members[0].fault


def test_a_method_nobody_knows_and_a_locked_member_are_told_of_the_member():
    data = made(("a.txt", b"x"), ("b.txt", b"y"))
    unknown = patched(patched(data, CENTRAL, 10, b"\x63\0"), LOCAL, 8, b"\x63\0")
    assert "(method 99)" in faults(unknown)["a.txt"] and faults(unknown)["b.txt"] == ""
    half_locked = patched(data, CENTRAL, 8, b"\1\0", which=1)
    assert faults(half_locked) == {
        "a.txt": "",
        "b.txt": "It is locked with a password. Put it into the ZIP without one.",
    }


def test_a_file_larger_than_one_may_be_is_named_without_being_read():
    data = patched(made(("film.pdf", b"x")), CENTRAL, 24, struct.pack("<I", 26 * MEGABYTE))
    assert faults(data)["film.pdf"] == "It is larger than 25 MB. Make it smaller, or split it."


def test_zip64_as_programs_write_it_for_streams_is_read():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package, package.open("a.txt", "w", force_zip64=True) as stream:
        stream.write(b"written as it came")
    whole = opened(target.getvalue())
    assert whole.read(whole.members[0]) == b"written as it came"


# --- names -----------------------------------------------------------------------------------------------------------


def as_stored(raw):
    return raw.decode("cp437")


def beside(raw, text):
    field = b"\1" + struct.pack("<I", zlib.crc32(raw)) + text.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


@pytest.mark.parametrize(("stored", "flags", "extra", "name"), [
    ("Bürgermeister.pdf", 0x800, b"", "Bürgermeister.pdf"),
    (as_stored("Siân’s notes.pdf".encode()), 0, b"", "Siân’s notes.pdf"),  # a Mac
    (as_stored("café.pdf".encode("cp850")), 0, b"", "café.pdf"),  # Windows
    (as_stored("Ø Ã.pdf".encode("cp850")), 0, b"", "Ø Ã.pdf"),
    (as_stored(b"caf?.pdf"), 0, beside(b"caf?.pdf", "café.pdf"), "café.pdf"),  # WinZip
    (as_stored(b"a.pdf"), 0, beside(b"other.pdf", "café.pdf"), "a.pdf"),  # of another name: not believed
    (as_stored(b"a.pdf"), 0, b"\x75\x70\xff\xff\1", "a.pdf"),
])  # fmt: skip
def test_names_read_as_they_were_written(stored, flags, extra, name):
    assert zip_names.readable(stored, flags, extra) == name


def test_a_name_is_a_label_without_marks_that_turn_it_round():
    member = opened(made(("a\u202egnp.exe.txt", b"x"))).members[0]
    assert member.name == "agnp.exe.txt"


@pytest.mark.parametrize("path", ["__MACOSX/a/._b.pdf", "x/.DS_Store", "Thumbs.db", "a/desktop.ini", "~$minutes.docx"])
def test_what_a_computer_put_there_by_itself_is_passed_over(path):
    assert zip_names.is_by_itself(path)
    assert not zip_names.is_by_itself(f"{path}.pdf".replace("._", "").replace("~$", "").replace("__MACOSX", "Mac"))
