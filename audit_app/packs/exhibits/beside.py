"""A PDF that lies beside a pack because its pages cannot stand in it, without what it says of itself. In a child only.

What its pages show is not touched. Who made it, its bookmarks, what programs keep in it, files in it and scripts are
left out, and so are notes that open when they are clicked, and the names of those who put them there.
"""

import io
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

_OF_ITSELF = (
    "/Metadata", "/PieceInfo", "/Outlines", "/Names", "/OpenAction", "/AA", "/Collection", "/AF", "/SpiderInfo",
)  # fmt: skip
_OF_A_NOTE = ("/T", "/Contents", "/RC", "/Subj", "/NM", "/Popup", "/M", "/CreationDate")
_OF_A_PART = ("/Metadata", "/PieceInfo", "/LastModified", "/AA")
# What is no note: a link, and a field of a form, whose /T is its own name.
_NO_NOTES = ("/Link", "/Widget")


def bare(data: bytes) -> bytes:
    """The file without that; equal files in, equal files out.

    Raises:
        ValueError: it is such a file as nothing can be taken out of.
    """
    try:
        return _rewritten(data)
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
            NotImplementedError):  # fmt: skip
        return _rewritten(_pages_alone(data))


def _rewritten(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.metadata = None
    for entry in _OF_ITSELF:
        writer.root_object.pop(entry, None)
    for thing in writer._objects:
        if isinstance(thing, DictionaryObject):
            _silence(thing)
    first = _written(writer)
    # Once more from its pages alone: what nothing leads to any more stays behind.
    again = PdfWriter(clone_from=PdfReader(io.BytesIO(first)))
    again.metadata, again._ID = None, None  # the name a program gave the file is another each time
    return _written(again)


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _silence(thing: Any) -> None:
    """A page, a picture or a form says nothing of where it comes from; a note shows its look and nothing else."""
    for entry in _OF_A_PART:
        thing.pop(entry, None)
    notes = thing.get("/Annots")
    for note in [each.get_object() for each in notes.get_object()] if notes is not None else []:
        if note.get("/Subtype") not in _NO_NOTES:
            for entry in _OF_A_NOTE:
                note.pop(entry, None)


def _pages_alone(data: bytes) -> bytes:
    """Its pages in a new file, where they look as they did: layers that were switched off would be seen there."""
    target = io.BytesIO()
    with pypdfium2.PdfDocument(data) as old, pypdfium2.PdfDocument.new() as made:
        made.import_pages(old)
        if any(_look(old, at) != _look(made, at) for at in range(len(old))):
            raise ValueError("its pages look different without the rest of it")
        made.save(target)
    return target.getvalue()


def _look(document: Any, at: int) -> bytes:
    page = document[at]
    try:
        return bytes(page.render(scale=0.4, grayscale=True).buffer)
    finally:
        page.close()
