"""Files by content hash, and what may become one (UP-1 to UP-7, SE-2)."""

import hashlib
import io
import os
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image, PngImagePlugin
from reportlab.pdfgen.canvas import Canvas

from audit_app import evidence_store
from audit_app.evidence_store import FileKind, Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def settings(tmp_path):
    return {"DATA_FOLDER": tmp_path}


def pdf(extra=b""):
    """A small PDF, with further bytes before its end."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.drawString(72, 720, "A plan that worked")
    canvas.save()
    return target.getvalue().replace(b"%%EOF", extra + b"\n%%EOF")


def packed(objects, dictionary=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"):
    return b"9 0 obj\n<< " + dictionary + b" >>\nstream\n" + zlib.compress(objects) + b"\nendstream\nendobj\n"


def word(parts=(), rels="", main=WORD):
    """A Word file of the fewest parts, with further ones if given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        kinds = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        package.writestr("[Content_Types].xml", kinds)
        package.writestr("word/document.xml", "<document/>")
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{rels}</Relationships>")
        for name, data in parts:
            package.writestr(name, data)
    return target.getvalue()


def excel():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet().write("A1", "AUD-0042")
    return target.getvalue()


def link(kind, target="https://example.org", mode="External"):
    return f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def picture(kind="PNG", mode="RGB", size=(4, 3), **options):
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **options)
    return target.getvalue()


def refusal(data, name):
    with pytest.raises(Refused) as refused:
        evidence_store.check_kind(data, name)
    return refused.value.code


def test_what_is_put_in_comes_out_and_lies_where_its_hash_says(settings, tmp_path):
    kept = evidence_store.put(settings, b"minutes of the panel")
    assert kept.sha256 == hashlib.sha256(b"minutes of the panel").hexdigest()
    assert kept.size == 20
    place = tmp_path / "evidence" / kept.sha256[:2] / kept.sha256
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert evidence_store.read_file(settings, kept.sha256) == b"minutes of the panel"
    assert evidence_store.exists(settings, kept.sha256)
    assert list(evidence_store.list_hashes(settings)) == [kept.sha256]


def test_the_same_content_twice_is_one_file_and_nothing_unfinished_stays(settings, tmp_path):
    first = evidence_store.put(settings, b"x")
    assert evidence_store.put(settings, io.BytesIO(b"x")) == first
    assert [path.name for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == [first.sha256]


def test_a_stream_longer_than_the_limit_is_refused_while_it_is_read_and_leaves_nothing(settings, tmp_path):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            Endless.given += size
            return b"x" * size

    with pytest.raises(evidence_store.TooLarge, match="larger than 2 MB"):
        evidence_store.put(settings, Endless(), limit=2 * 1024 * 1024)
    assert Endless.given == 3 * 1024 * 1024
    assert list((tmp_path / "evidence").iterdir()) == []


def test_a_file_exactly_at_the_limit_is_kept(settings):
    assert evidence_store.put(settings, b"x" * 1024, limit=1024).size == 1024


def test_a_changed_file_is_found_and_putting_it_in_again_mends_it(settings, tmp_path):
    kept = evidence_store.put(settings, b"as it was")
    (tmp_path / "evidence" / kept.sha256[:2] / kept.sha256).write_bytes(b"as it is not")
    with pytest.raises(evidence_store.Damaged):
        evidence_store.verify(settings, kept.sha256)
    with pytest.raises(evidence_store.Damaged):
        evidence_store.read_file(settings, kept.sha256)
    evidence_store.put(settings, b"as it was")
    assert evidence_store.verify(settings, kept.sha256) == 9


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_no_hash_or_not_there_is_missing(settings, name):
    assert not evidence_store.exists(settings, name)
    with pytest.raises(evidence_store.Missing):
        evidence_store.stream(settings, name)


def test_what_a_cut_off_upload_left_is_cleared_once_old(settings, tmp_path):
    evidence_store.put(settings, b"x")
    left = tmp_path / "evidence" / ".incoming-abc"
    left.write_bytes(b"half")
    os.utime(left, (1000, 1000))
    assert evidence_store.clear_unfinished(settings, older_than=1000) == 0
    assert evidence_store.clear_unfinished(settings, older_than=1001) == 1
    assert not left.exists()


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.docx", "plan.docx"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("Ŵylan Łukasz.pdf", "Ŵylan Łukasz.pdf"),
        ("  spaced \u200b  out .pdf", "spaced out .pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_given_name_becomes_harmless_text(given, clean):
    assert evidence_store.clean_name(given) == clean


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf(), "plan.PDF", FileKind.pdf),
        (word(), "plan.docx", FileKind.docx),
        (excel(), "plan.xlsx", FileKind.xlsx),
        (picture(), "logo.png", FileKind.png),
        (picture("JPEG"), "logo.jpg", FileKind.jpeg),
        (picture("JPEG"), "logo.jpeg", FileKind.jpeg),
        (b"reference,grade\nAUD-0001,good\n", "list.csv", FileKind.csv),
        ("Ŵ\r\n\tyes".encode("utf-8-sig"), "note.txt", FileKind.txt),
        ("£5 – agreed".encode("cp1252"), "note.txt", FileKind.txt),
    ],
)
def test_each_allowed_kind_comes_in_and_has_a_type_of_our_own(data, name, kind):
    assert evidence_store.check_kind(data, name) is kind
    assert evidence_store.MIME_TYPES[kind]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (pdf(), "plan.docx", "mismatch"),
        (word(), "plan.xlsx", "mismatch"),
        (excel(), "plan.docx", "mismatch"),
        (word(main="application/zip"), "plan.docx", "mismatch"),
        (pdf(), "plan.txt", "mismatch"),
        (b"MZ\x90 program", "note.txt", "mismatch"),
        (b"#!/bin/sh\n", "note.csv", "mismatch"),
        (b"a\x00b", "note.csv", "mismatch"),
        (b"\x81\x8d", "note.txt", "mismatch"),
        (b"<html>", "page.html", "ending"),
        (b"<svg/>", "logo.svg", "ending"),
        (b"x", "noending", "ending"),
        (word(), "plan.docm", "macros"),
        (b"", "plan.pdf", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "plan.docx", "old_office"),
    ],
)
def test_what_is_not_allowed_or_not_what_it_says_is_refused(data, name, code):
    assert refusal(data, name) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "script"),
        (pdf(b"<< /S /J#61vaScript >>"), "script"),
        (pdf(b"<< /Names << /EmbeddedFiles 3 0 R >> >>"), "embedded"),
        (pdf(b"<< /Type /EmbeddedFile >>"), "embedded"),
        (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "launch"),
        (pdf(b"<< /Encrypt 5 0 R >>"), "encrypted"),
        (pdf(b"<< /Subtype /RichMedia >>"), "media"),
        (pdf(packed(b"8 0 << /S /JavaScript >>")), "script"),
        (pdf(packed(b"8 0 << /S /Launch >>", b"/N 1 /First 4 /Filter /FlateDecode")), "launch"),
        (pdf(packed(b"x", b"/Type /ObjStm /First 4 /Filter /LZWDecode")), "unreadable"),
        (pdf(packed(b"x").replace(b"x\x9c", b"zz")), "unreadable"),
        (pdf(packed(b" " * (201 * 1024 * 1024))), "too_large"),
        (pdf()[:-60], "cut_off"),
    ],
)
def test_a_pdf_that_could_do_something_is_refused(data, code):
    assert refusal(data, "plan.pdf") == code


def test_a_pdf_with_harmless_packed_objects_and_links_comes_in():
    extra = packed(b"8 0 << /Type /Annot /A << /S /URI /URI (https://example.org) >> >>")
    assert evidence_store.check_kind(pdf(extra), "plan.pdf") is FileKind.pdf


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word([("word/vbaProject.bin", b"x")]), "macros"),
        (word(main=WORD.replace("document.main", "document.macroEnabled.main")), "macros"),
        (word([("word/embeddings/oleObject1.bin", b"x")]), "objects"),
        (word([("word/activeX/activeX1.bin", b"x")]), "macros"),
        (word([("xl/externalLinks/externalLink1.xml", b"x")]), "links"),
        (word(rels=link("attachedTemplate")), "links"),
        (word(rels=link("image")), "links"),
        (word(rels=link("oleObject", "x.bin", "Internal")), "objects"),
        (word([("../evil.xml", b"x")]), "broken"),
        (word([("word/big.xml", b"0" * 30_000_000)]), "too_large"),
        (word()[:-30], "broken"),
        (word(rels='<!DOCTYPE x [<!ENTITY a "b">]>'), "broken"),
    ],
)
def test_an_office_file_that_could_do_something_is_refused(data, code):
    assert refusal(data, "plan.docx") == code


def test_a_link_a_reader_may_click_is_no_reason_to_refuse():
    assert evidence_store.check_kind(word(rels=link("hyperlink")), "plan.docx") is FileKind.docx


def test_members_that_lie_within_one_another_are_refused():
    inner = word()
    with zipfile.ZipFile(io.BytesIO(inner)) as package:
        hidden = package.getinfo("word/document.xml")
        following = package.getinfo("word/_rels/document.xml.rels")
    quoted = inner[hidden.header_offset : following.header_offset]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{WORD}"/></Types>')
        package.writestr("word/outer.xml", quoted)
        outer = package.getinfo("word/outer.xml")
        hidden.header_offset = outer.header_offset + 30 + len(outer.filename)
        package.filelist.append(hidden)
    assert refusal(target.getvalue(), "plan.docx") == "broken"


def test_a_picture_is_drawn_anew_without_anything_hidden_in_it():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "the child lives at")
    exif = Image.Exif()
    exif[0x010E] = "the child lives at"
    exif[0x0112] = 6  # lying on its side
    for data in (
        picture(pnginfo=info) + b"the child lives at",
        picture("JPEG", exif=exif, comment=b"the child lives at", icc_profile=b"the child lives at"),
    ):
        assert b"the child lives" in data
        clean = evidence_store.clean_image(data)
        assert b"the child lives" not in clean
        with Image.open(io.BytesIO(clean)) as again:
            assert not again.getexif()
            assert again.size == ((4, 3) if again.format == "PNG" else (3, 4))


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_every_colour_mode_is_drawn(kind, mode):
    with Image.open(io.BytesIO(evidence_store.clean_image(picture(kind, mode)))) as again:
        assert (again.format, again.size) == (kind, (4, 3))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (picture(size=(4001, 1)), "4001 by 1 pixels"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (picture()[:-24], "could not be opened"),
        (b"GIF89a", "could not be opened"),
    ],
)
def test_a_logo_too_large_or_broken_is_refused_kindly(data, words):
    with pytest.raises(Refused, match=words):
        evidence_store.clean_logo(data)


def test_real_published_reports_come_in():
    folder = Path(os.environ.get("AUDIT_TEST_DOCUMENTS", "../shared"))
    found = sorted(folder.rglob("*.pdf"))[:12]
    if not found:
        pytest.skip(f"No published reports under {folder}: set AUDIT_TEST_DOCUMENTS.")
    for path in found:
        assert evidence_store.check_kind(path.read_bytes(), path.name) is FileKind.pdf, path.name
