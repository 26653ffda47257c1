"""The cover: marking, council and its logo, title, and what a reader must know before turning the page."""

import io

from PIL import Image, UnidentifiedImageError
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer

from audit_app.paper import style, tagging, text
from audit_app.paper.blocks import key_values

_LOGO_WIDTH, _LOGO_HEIGHT = 60 * mm, 24 * mm
_MOST_PIXELS = 40_000_000


class LogoUnreadable(ValueError):
    """The logo is not a picture that can be printed."""


class _Logo(Flowable):
    def __init__(self, data: bytes, council: str) -> None:
        super().__init__()
        self.picture = _opened(data)
        wide, high = self.picture.getSize()
        scale = min(_LOGO_WIDTH / wide, _LOGO_HEIGHT / high)
        self.width, self.height = wide * scale, high * scale
        self.slot = tagging.Slot("Figure", alt=f"Logo of {text.plain(council) or 'the council'}")

    def wrap(self, width, height):
        return self.width, self.height

    def draw(self):
        tagging.begin(self.canv, self.slot)
        self.canv.drawImage(self.picture, 0, 0, self.width, self.height, mask="auto")
        tagging.end(self.canv)


class _Bar(Flowable):
    def wrap(self, width, height):
        return width, 10

    def draw(self):
        tagging.begin_artifact(self.canv)
        self.canv.setFillColor(style.LINK)
        self.canv.rect(0, 4, 36 * mm, 4, stroke=0, fill=1)
        tagging.end(self.canv)


def blocks(document) -> list[Flowable]:
    """The flowables of the cover page."""
    story: list[Flowable] = [*text.paragraphs(document.marking, "marking"), Spacer(1, 10 * mm)]
    if document.logo is not None:
        story += [_Logo(document.logo, document.council), Spacer(1, 8 * mm)]
    story += [Spacer(1, 22 * mm), *text.paragraphs(document.council, "cover-council"), _Bar(), Spacer(1, 4 * mm)]
    story += text.paragraphs(" ".join(document.title.split()), "cover-title", slot=tagging.Slot("H1"))
    story += text.paragraphs(document.subtitle, "cover-subtitle")
    facts = [("Reference", document.reference), ("As at", document.as_at)]
    pairs = [pair for pair in [*facts, *document.details] if pair[1]]
    return [*story, Spacer(1, 14 * mm), *key_values(pairs)]


def _opened(data: bytes) -> ImageReader:
    """The picture, checked: a PNG or JPEG of sane size, read from memory and never from a path."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            too_large = picture.width * picture.height > _MOST_PIXELS
            plain = None if too_large else picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise LogoUnreadable("The logo cannot be read. Use a PNG or JPEG picture.") from problem
    if plain is None:
        raise LogoUnreadable("The logo is larger than 40 megapixels. Use a smaller picture.")
    return ImageReader(plain)
