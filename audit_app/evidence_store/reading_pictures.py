"""Draws a picture anew in a confined child, and once more made small to be shown beside what it proves."""

import io

from PIL import Image

from audit_app.evidence_store.answers import Contents, packed, packed_refusal
from audit_app.evidence_store.images import clean_image
from audit_app.evidence_store.refusal import Refused

PICTURE_SIDE = 900


def answer(data: bytes) -> bytes:
    """The picture without what was hidden in its file, or why it is refused."""
    try:
        fresh = clean_image(data)
    except Refused as refusal:
        return packed_refusal(refusal)
    return packed(Contents(pages=1, anew=fresh, picture=_small(fresh)))


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        # Three steps at most: a photograph is scaled while it is read, then to its size, then to its colours.
        picture.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
        seen = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    seen.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    target = io.BytesIO()
    seen.save(target, "PNG", optimize=True)
    return target.getvalue()
