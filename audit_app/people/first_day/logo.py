"""A council's logo: a PNG or JPEG of at most 1 MB, drawn anew and kept in the evidence store."""

from collections.abc import Mapping
from typing import Any

from audit_app import evidence_store
from audit_app.errors import Invalid

MOST_BYTES = 1024 * 1024
ENDINGS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
PNG_SIGN = b"\x89PNG"


def keep(data: bytes, filename: str, config: Mapping[str, Any]) -> str:
    """Keep the picture and return the hash it is kept by.

    Raises:
        Invalid: it is no PNG or JPEG, too large, or broken.
    """
    if len(data) > MOST_BYTES:
        raise Invalid("logo", "The logo must be 1 MB or smaller. Save it smaller and choose it again")
    if not filename.lower().endswith(tuple(ENDINGS)):
        raise Invalid("logo", "The logo must be a PNG or JPEG file")
    try:
        return evidence_store.put(config, evidence_store.clean_logo(data), MOST_BYTES).sha256
    except (evidence_store.Refused, evidence_store.TooLarge, evidence_store.Unavailable) as refusal:
        raise Invalid("logo", str(refusal)) from refusal


def find_picture(sha256: str, config: Mapping[str, Any]) -> tuple[bytes, str] | None:
    """The picture and its type; None when there is none, or the file is gone, damaged or out of reach."""
    try:
        data = evidence_store.read_file(config, sha256)
    except (evidence_store.Missing, evidence_store.Damaged, evidence_store.Unavailable):
        return None
    return data, "image/png" if data.startswith(PNG_SIGN) else "image/jpeg"
