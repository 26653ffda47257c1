"""Takes files apart to the last corner, with none of the product's own code: what is drawn and what is only kept.

Of a ZIP its members, their names and every remark; of a PDF the words drawn, what it says of itself, XMP, bookmarks,
notes, alternative texts and files inside it; of Word and Excel every part, each text with its runs joined and every
attribute; of a picture what the camera and its owner wrote; of a mail its headers and each part.
"""

import email
import email.policy
import html
import io
import re
import urllib.parse
import zipfile
from collections.abc import Iterator

import pypdf
import pypdfium2
from PIL import ExifTags, Image

_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH_ENDS = re.compile(r"</(?:w:p|a:p|si|row|c|p|td|th|li|h[1-6]|dt|dd|rdf:li)>")
_IN_CLEAR = re.compile(rb"[\x20-\x7e\xa0-\xff]{5,}")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")


def everything_in(data: bytes, name: str) -> list[str]:
    """Every text of a file and of the files in it, with their names."""
    return [name, *_inside(data)]


def _inside(data: bytes) -> Iterator[str]:
    if data[:4] == b"PK\x03\x04":
        yield from _zip(data)
    elif data[:5] == b"%PDF-":
        yield from _pdf(data)
    elif data[:2] == b"\xff\xd8" or data[:4] == b"\x89PNG":
        yield from _picture(data)
    elif re.match(rb"(?im)^(from|to|subject|received|message-id|date):", data):
        yield from _mail(data)
    else:
        yield from _text(data)


def _text(data: bytes) -> Iterator[str]:
    """Text or XML: as it stands, and with tags taken out, entities read and addresses unquoted."""
    text = data.decode("utf-8", "replace")
    yield text
    if "<" in text:
        yield html.unescape(_TAG.sub("", _PARAGRAPH_ENDS.sub("\n", text)))
        yield "\n".join(html.unescape(a or b) for a, b in _ATTRIBUTE.findall(text))
    if "%" in text:
        yield urllib.parse.unquote(html.unescape(text))
    if b"\0" in data:
        yield data.decode("utf-16-le", "ignore")
        yield data.decode("utf-16-be", "ignore")


def _zip(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in archive.infolist():
            yield member.filename
            yield (member.comment + b"\n" + member.extra).decode("utf-8", "replace")
            yield from _inside(archive.read(member))


def _picture(data: bytes) -> Iterator[str]:
    yield data.decode("latin-1")
    with Image.open(io.BytesIO(data)) as picture:
        yield repr(picture.info)
        exif = picture.getexif()
        yield repr({ExifTags.TAGS.get(key, key): value for key, value in exif.items()})
        for part in ExifTags.IFD:
            yield repr(dict(exif.get_ifd(part)))
    yield data.decode("utf-16-le", "ignore")


def _mail(data: bytes) -> Iterator[str]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    yield data.decode("utf-8", "replace")
    for part in message.walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if not part.is_multipart():
            yield from _inside(part.get_payload(decode=True) or b"")


def _pdf(data: bytes) -> Iterator[str]:
    yield from (run.decode("latin-1") for run in _IN_CLEAR.findall(data))
    with pypdfium2.PdfDocument(data) as document:
        yield repr(document.get_metadata_dict())
        for bookmark in document.get_toc():
            yield str(getattr(bookmark, "title", "") or bookmark.get_title())
        for page in document:
            yield page.get_textpage().get_text_range()
    reader = pypdf.PdfReader(io.BytesIO(data))
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        yield from _strings(thing)
        if isinstance(thing, pypdf.generic.StreamObject):
            yield from _stream(thing)
    yield from _strings(reader.trailer.get("/Info", pypdf.generic.NullObject()).get_object())


def _strings(thing: object, depth: int = 0) -> Iterator[str]:
    """Every string directly in a PDF object: titles, notes, alternative and replacement texts, addresses, names."""
    if depth > 12:
        return
    if isinstance(thing, pypdf.generic.TextStringObject | pypdf.generic.NameObject):
        yield str(thing)
    elif isinstance(thing, pypdf.generic.ByteStringObject):
        yield bytes(thing).decode("utf-8", "replace")
        yield bytes(thing).decode("utf-16", "ignore")
    elif isinstance(thing, pypdf.generic.ArrayObject):
        for part in thing:
            yield from _strings(part, depth + 1)
    elif isinstance(thing, pypdf.generic.DictionaryObject):
        for value in thing.values():
            yield from _strings(value, depth + 1)


def _stream(thing: pypdf.generic.StreamObject) -> Iterator[str]:
    """A stream unpacked: XMP, attached files, and drawing commands for what stands in them in clear."""
    if thing.get("/Subtype") == "/Image" or "/Length1" in thing:
        return
    try:
        content = thing.get_data()
    except (pypdf.errors.PyPdfError, NotImplementedError):
        content = bytes(thing._data)
    if thing.get("/Type") == "/EmbeddedFile":
        yield from _inside(content)
    elif b"<x:xmpmeta" in content or b"<rdf" in content:
        yield from _text(content)
    else:
        yield content.decode("latin-1")
