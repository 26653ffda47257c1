"""Files for exhibits, made in the tests: PDFs of so many pages, turned, drawn over, locked; pictures, Word, text."""

import hashlib
import io
import zipfile

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, NameObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from audit_app.evidence import Held, TakenFile
from audit_app.evidence_store import answers, reading_office, reading_pdf
from tests import builders_evidence


def pdf(*pages, author="", title="", size=A4, turn=0):
    """A PDF with a page for each text."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    canvas.setAuthor(author)
    canvas.setTitle(title)
    for words in pages:
        canvas.setPageRotation(turn)
        for at, line in enumerate(words.split("\n")):
            canvas.drawString(72, size[1] - 90 - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def full_page(words):
    """A page of one dark colour to its edges."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(300, 500), invariant=1)
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(0, 0, 300, 500, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(30, 250, words)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def stamped(data, words):
    """The same with a note drawn over its first page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_annotation(0, FreeText(text=words, rect=(72, 400, 300, 440)))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def locked(data):
    """The same with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("open sesame", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def bomb(megabytes, times):
    """A page that draws nothing, so many megabytes of it and so many times over, in a file of a few kilobytes."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    content = StreamObject()
    content._data = b" " * (megabytes * 1024 * 1024)
    pointer = writer._add_object(content.flate_encode())
    page[NameObject("/Contents")] = ArrayObject([pointer] * times)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def sha256(data):
    """What the store knows a file by."""
    return hashlib.sha256(data).hexdigest()


def png(size=(320, 200), colour="#1d3c5a"):
    """A picture of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def docx(words, author):
    """A Word file that says who made it."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body><w:p><w:ins w:author="{author}">'
                         f"<w:r><w:t>{words}</w:t></w:r></w:ins></w:p></w:body></w:document>")  # fmt: skip
        package.writestr(
            "docProps/core.xml",
            f'<c:coreProperties xmlns:c="{core}" xmlns:d="http://purl.org/dc/elements/1.1/">'
            f"<d:creator>{author}</d:creator></c:coreProperties>",
        )
    return target.getvalue()


def given(data, name):
    """A file as the service takes it; PDFs and Word files are read as they are when they come in."""
    kind = name.rpartition(".")[2]
    contents = {"pdf": reading_pdf.answer, "docx": reading_office.answer}.get(kind)
    if contents is not None:
        read = answers.unpacked(contents(data))
        return TakenFile(
            data=data, kind=kind, given_name=name, pages=read.pages, text=read.text, whole_text=read.whole
        )  # fmt: skip
    text = data.decode() if kind in ("txt", "csv") else ""
    return TakenFile(data=data, kind=kind, given_name=name, text=text, pages=1 if kind == "png" else None)


def add(session, app, by, data, name, **changed):
    """A piece of evidence with this file; returns its row."""
    return builders_evidence.add(
        session, by=by, config=app.config, held=Held.here, address="", file=given(data, name), **{"level": 3, **changed}
    )
