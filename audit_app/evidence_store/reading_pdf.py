"""Reads a PDF in a confined child: how many pages, their words page by page, and a picture of the first."""

import io
import time
from typing import Any

import pypdfium2
from PIL import Image

from audit_app.evidence_store.answers import MOST_TEXT, Contents, packed, packed_refusal
from audit_app.evidence_store.refusal import Refused

PICTURE_SIDE = 900  # pixels of the longer side
COLOURS = 64
PAGE_END = "\f"  # between the words of two pages, and before what the file says of itself
UNSEEN = {pypdfium2.raw.FPDF_ANNOT_LINK, pypdfium2.raw.FPDF_ANNOT_POPUP}
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
    """The words of every page, what the file says of itself last; and whether all of it was read.

    Not all is read where a page is drawn and holds no words, such as a scan, or where something is drawn over it, such
    as a filled-in field: a person must look at those.
    """
    parts, length, number, unread = [], 0, 0, False
    until = time.process_time() + TEXT_SECONDS
    while number < pages and length <= MOST_TEXT and time.process_time() < until:
        page = document[number]
        of_page = page.get_textpage()
        parts.append(of_page.get_text_range().replace("\r\n", "\n").replace("￾", "-"))
        of_page.close()
        unread = unread or _is_unread(page, parts[-1])
        page.close()
        length += len(parts[-1])
        number += 1
    about = [f"{name}: {value}" for name, value in document.get_metadata_dict(skip_empty=True).items()]
    kept = [name for name in about if not name.startswith(("CreationDate", "ModDate", "Producer", "Trapped"))]
    return PAGE_END.join([*parts, *(["\n\n".join(kept)] if kept else [])]), number == pages and not unread


def _is_unread(page: Any, text: str) -> bool:
    """Whether a page shows something that no word of it tells."""
    notes = pypdfium2.raw.FPDFPage_GetAnnotCount(page)
    for at in range(notes):
        note = pypdfium2.raw.FPDFPage_GetAnnot(page, at)
        kind = pypdfium2.raw.FPDFAnnot_GetSubtype(note)
        pypdfium2.raw.FPDFPage_CloseAnnot(note)
        if kind not in UNSEEN:
            return True
    return not text.strip() and bool(pypdfium2.raw.FPDFPage_CountObjects(page))
