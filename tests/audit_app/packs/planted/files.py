"""Files of evidence with identifiers in every corner in which people leave them without knowing."""

import io
import zipfile

import docx
import openpyxl
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>{}</dc:description></rdf:Description>
</rdf:RDF></x:xmpmeta>"""


def pdf(words, hidden, *, layers=False):
    """A page of words; who made it, its subject, XMP, a bookmark, a note, what an editor kept.

    With layers it cannot stand among a pack's own pages.
    """
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for at, line in enumerate(words):
        canvas.drawString(40, 780 - 18 * at, line)
    canvas.setAuthor(hidden())
    canvas.setSubject(hidden())
    canvas.setKeywords(hidden())
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(target.getvalue())))
    writer.add_outline_item(title=hidden(), page_number=0)
    writer.add_annotation(0, Text(text=hidden(), rect=(500, 800, 520, 820), open=False))
    writer.pages[0][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Editor"): TextStringObject(hidden())})
    stream = StreamObject()
    stream._data = XMP.format(hidden()).encode()
    stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    if layers:
        layer = writer._add_object(
            DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Stamps")})
        )
        off = DictionaryObject({NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([])})})
        off[NameObject("/OCGs")] = ArrayObject([layer])
        writer.root_object[NameObject("/OCProperties")] = off
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def with_parts(data, parts):
    """A Word or Excel file with some parts put in or changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as made:
        for member in old.infolist():
            change = parts.pop(member.filename, None)
            content = old.read(member)
            made.writestr(member.filename, change(content) if callable(change) else change or content)
        for name, content in parts.items():
            made.writestr(name, content(b"") if callable(content) else content)
    return target.getvalue()


def word(words, hidden):
    """Words; who made it and keywords, a remark's author, a photograph's owner, a form's answers."""
    document = docx.Document()
    for line in words:
        document.add_paragraph(line)
    document.add_picture(io.BytesIO(picture(hidden)))
    document.core_properties.author, document.core_properties.keywords = hidden(), hidden()
    document.core_properties.comments = hidden()
    document.add_comment(document.paragraphs[0].runs[0], text="Who said so?", author=hidden(), initials="X")
    target = io.BytesIO()
    document.save(target)
    return with_parts(target.getvalue(), {"customXml/item9.xml": f"<form><family>{hidden()}</family></form>"})


def workbook(words, hidden):
    """Cells; who made it, where it was kept, who has it open, who remarked on a cell."""
    book = openpyxl.Workbook()
    for line in words:
        book.active.append([line])
    book.properties.creator, book.properties.lastModifiedBy = hidden(), hidden()
    book.properties.description = hidden()
    book.active["A1"].comment = openpyxl.comments.Comment("Is this right?", hidden())
    target = io.BytesIO()
    book.save(target)
    kept = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" '
        'url="C:\\Users\\{}\\"/></mc:Choice></mc:AlternateContent><fileSharing userName="{}"/>'
    )
    return with_parts(target.getvalue(), {
        "xl/workbook.xml": lambda old: old.replace(b"<workbookPr", kept.format(hidden(), hidden()).encode()
                                                   + b"<workbookPr", 1),
    })  # fmt: skip


def picture(hidden):
    """A photograph that says who took it and what of."""
    shot = Image.new("RGB", (320, 200), "#1d3c5a")
    exif = shot.getexif()
    exif[0x013B], exif[0x010E] = hidden(), hidden()
    target = io.BytesIO()
    shot.save(target, "JPEG", exif=exif, comment=hidden().encode())
    return target.getvalue()


def mail(words, hidden):
    """An e-mail that names its people only where a mail program does not show it."""
    lines = [
        "From: duty@greenhaven.example", "To: qa@greenhaven.example", "Subject: Totals",
        f"X-Original-To: {hidden()}", f"Thread-Topic: {hidden()}", "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8", "", *words,
    ]  # fmt: skip
    return "\r\n".join(lines).encode()
