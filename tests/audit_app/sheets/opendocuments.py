"""Small OpenDocument spreadsheets, written attribute by attribute."""

import io
import zipfile

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
HEADS = ("Kind", "What was found", "Paragraphs", "Due")


def text_cell(text):
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


KIND = text_cell("Strength")


def opendocument(*rows, columns="", parts=None, content=None):
    """A document of a cover and a sheet of findings with these rows, or with other content or more parts."""
    body = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    heads = "".join(map(text_cell, HEADS))
    made = content or (
        f'<?xml version="1.0"?><office:document-content {_NAMES} {_CALC}><office:body><office:spreadsheet>'
        f'<table:table table:name="Cover"><table:table-row>{text_cell("A note")}</table:table-row></table:table>'
        f'<table:table table:name="North">{columns}<table:table-row>{heads}</table:table-row>{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, data in {"content.xml": made, **(parts or {})}.items():
            packed.writestr(name, data)
    return stream.getvalue()
