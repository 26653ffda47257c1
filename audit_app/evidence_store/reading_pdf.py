"""Reads a PDF in a confined child: how many pages, their words, and a picture of the first."""

import io
import time
from typing import Any

import pypdfium2
from PIL import Image

from audit_app.evidence_store.answers import MOST_TEXT, Contents, packed, packed_refusal
from audit_app.evidence_store.refusal import Refused

PICTURE_SIDE = 900  # pixels of the longer side
COLOURS = 64
TEXT_SECONDS = 5.0  # of the child's own time; what is left over is not read, and that is told


def answer(data: bytes) -> bytes:
    """What the file holds, or why it is refused."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            return packed(_read(document))
    except pypdfium2.PdfiumError as error:
        return packed_refusal(_refusal(error))


def _refusal(error: Exception) -> Refused:
    if "password" in str(error).lower():
        return Refused(
            "encrypted", "This PDF is locked. Save or print it to a new PDF without a password and try again."
        )
    return Refused("broken", "This PDF is damaged and could not be opened. Fetch it again, or print it to a new PDF.")


def _read(document: Any) -> Contents:
    pages = len(document)
    if not pages:
        raise pypdfium2.PdfiumError("no pages")
    # The picture first: a file whose first page cannot be drawn is not sound.
    picture = _picture(document[0])
    words, whole = _words(document, pages)
    return Contents(pages=pages, text=words, whole=whole, picture=picture)


def _picture(page: Any) -> bytes:
    width, height = page.get_size()
    scale = PICTURE_SIDE / max(width, height, 1)
    drawn = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    target = io.BytesIO()
    drawn.quantize(COLOURS, method=Image.Quantize.MEDIANCUT).save(target, "PNG", optimize=True)
    return target.getvalue()


def _words(document: Any, pages: int) -> tuple[str, bool]:
    """The words of every page, what the file says of itself last; and whether all of it was read."""
    parts, length, number = [], 0, 0
    while number < pages and length <= MOST_TEXT and time.process_time() < TEXT_SECONDS:
        page = document[number]
        of_page = page.get_textpage()
        parts.append(of_page.get_text_range().replace("\r\n", "\n").replace("￾", "-"))
        of_page.close()
        page.close()
        length += len(parts[-1])
        number += 1
    about = [f"{name}: {value}" for name, value in document.get_metadata_dict(skip_empty=True).items()]
    kept = [name for name in about if not name.startswith(("CreationDate", "ModDate", "Producer", "Trapped"))]
    return "\n\n".join([*parts, *kept]), number == pages
