"""Pictures drawn anew from their pixels, so that nothing hidden in the file travels on (UP-6)."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from audit_app.evidence_store.refusal import Refused

PIXEL_LIMIT = 40_000_000
LOGO_BYTES = 1024 * 1024
LOGO_SIDE = 4000
_MODES = {"PNG": {"1", "L", "LA", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}}
_FALLBACK = {"PNG": "RGBA", "JPEG": "RGB"}


def _broken() -> Refused:
    return Refused("broken", "This picture could not be opened. Save it again as PNG or JPEG and try again.")


def clean_image(data: bytes, *, side_limit: int | None = None) -> bytes:
    """The picture in its own format, turned the right way up, without EXIF, comments, profiles or anything appended.

    Raises:
        Refused: it is not a sound PNG or JPEG, or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            _check_size(picture.size, side_limit)
            kind = str(picture.format)
            return _drawn_anew(picture, "PNG" if kind == "PNG" else "JPEG")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise _broken() from None


def _check_size(size: tuple[int, int], side_limit: int | None) -> None:
    width, height = size
    if side_limit and max(width, height) > side_limit:
        raise Refused(
            "too_wide",
            f"The picture is {width} by {height} pixels. Make it at most {side_limit} by {side_limit} and try again.",
        )
    if width * height > PIXEL_LIMIT:
        raise Refused("too_wide", "The picture has more than 40 million pixels. Make it smaller and try again.")


def _drawn_anew(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in _MODES[kind]:
        upright = upright.convert(_FALLBACK[kind])
    # Only the pixels go over: `info` of the old picture holds comments, profiles and EXIF that Pillow would write.
    fresh = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    target = io.BytesIO()
    fresh.save(target, kind, **({"quality": 92} if kind == "JPEG" else {"optimize": True}))
    return target.getvalue()


def clean_logo(data: bytes) -> bytes:
    """A council's logo: PNG or JPEG, at most 1 MB and 4,000 by 4,000 pixels, drawn anew.

    Raises:
        Refused: it is larger, or not a sound picture.
    """
    if len(data) > LOGO_BYTES:
        raise Refused("too_large", "The logo is larger than 1 MB. Make it smaller and try again.")
    return clean_image(data, side_limit=LOGO_SIDE)
