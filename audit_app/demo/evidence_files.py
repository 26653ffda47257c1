"""The files of the fictional evidence, each a few lines on a page, made here and read as any other file is."""

import io
import zipfile

import xlsxwriter
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from audit_app.evidence.given import TakenFile
from audit_app.evidence_store import Contents, answers, reading_mail, reading_office, reading_pdf, reading_pictures

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def made(name: str, lines: list[str]) -> TakenFile:
    """The file of this name with these lines. It is our own, so it is read here and not in a child of its own."""
    kind = name.rpartition(".")[2]
    data = MAKERS[kind](lines)
    contents: Contents = answers.unpacked(READERS[kind](data))
    return TakenFile(
        data=contents.anew or data, kind=kind, given_name=name, pages=contents.pages, picture=contents.picture,
        text=contents.text, left_out=contents.left_out,
    )  # fmt: skip


def _pdf(lines: list[str]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, lang="en-GB")
    canvas.setTitle(lines[0])
    canvas.setAuthor("Greenhaven")
    for place, line in enumerate(lines):
        canvas.setFont("Helvetica-Bold" if place == 0 else "Helvetica", 20 if place == 0 else 13)
        canvas.drawString(72, 750 - 34 * place, line)
    canvas.save()
    return target.getvalue()


def _docx(lines: list[str]) -> bytes:
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/document.xml": f'<w:document xmlns:w="{SPACE}"><w:body>{paragraphs}</w:body></w:document>',
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return target.getvalue()


def _xlsx(lines: list[str]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        for row, line in enumerate(lines):
            for column, cell in enumerate(line.split("|")):
                sheet.write(row, column, cell)
    return target.getvalue()


def _png(lines: list[str]) -> bytes:
    picture = Image.new("RGB", (900, 520), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 900, 70), fill="#1d3c5a")
    for place, line in enumerate(lines):
        draw.text((30, 18 + 110 * place), line, fill="white" if place == 0 else "#0b0c0c", font_size=28)
        if place:
            draw.rectangle((28, 50 + 110 * place, 870, 100 + 110 * place), outline="#505a5f", width=2)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _eml(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode()


MAKERS = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "png": _png, "eml": _eml}
READERS = {
    "pdf": reading_pdf.answer,
    "docx": reading_office.answer,
    "xlsx": reading_office.answer,
    "png": reading_pictures.answer,
    "eml": reading_mail.answer,
}
