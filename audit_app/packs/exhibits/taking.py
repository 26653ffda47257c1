"""Takes exhibits apart into pages that can stand in a pack; runs in a confined child and gives nothing but bytes.

Each page becomes a form, upright and beginning at its own corner, clipped to what its author let people see. What is
drawn over a page (a filled-in field, a stamp, a note with a look of its own) is drawn into it. Scripts, links, notes,
names of authors and programs stay behind.
"""

import io
import zipfile
import zlib
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

from audit_app.packs.exhibits import beside, cleaning
from audit_app.packs.exhibits.framing import Answer, asked, tell
from audit_app.packs.exhibits.parts import Parts, Pointer, TooTangled
from audit_app.paper.joined import Sheet

STRIP = 20.0  # points: the height of a stamp's place
LIGHT = 200  # of 255: what dark letters can be read on
MOST_SIDE = 14_400.0  # points: what the format allows
A4 = (595.28, 841.89)
MARGIN = 40.0
UNSEEN = {"/Link", "/Popup"}
HIDDEN = 2 | 32  # flags of an annotation that is not shown
Matrix = tuple[float, float, float, float, float, float]

ENCRYPTED, BROKEN, TOO_MUCH, CANNOT_JOIN, SEALED = "encrypted", "broken", "too_much", "cannot_join", "sealed"


def answer(data: bytes) -> bytes:
    """An answer for each file."""
    return b"".join(tell(_taken(question.kind, question.data)) for question in asked(data))


def _taken(kind: str, data: bytes) -> Answer:
    if kind in ("png", "jpeg"):
        return _picture(data)
    if kind in ("docx", "xlsx"):
        return _without_names(data)
    try:
        with pypdfium2.PdfDocument(data) as seen:
            if not len(seen):
                return Answer(BROKEN)
            try:
                return _document(data, seen)
            except LimitReachedError:
                return Answer(TOO_MUCH)
            except (PyPdfError, TooTangled, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError,
                    OSError, AssertionError, NotImplementedError, zlib.error):  # fmt: skip
                return _beside(data)
    except pypdfium2.PdfiumError as error:
        return Answer(ENCRYPTED if "password" in str(error).lower() else BROKEN)


def _beside(data: bytes) -> Answer:
    """A PDF as it may lie beside the pack."""
    try:
        return Answer(CANNOT_JOIN, body=beside.bare(data))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, pypdfium2.PdfiumError):
        return Answer(SEALED)


def _without_names(data: bytes) -> Answer:
    """A Word or Excel file as it may lie beside the pack."""
    try:
        return Answer(body=cleaning.cleaned(data))
    except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError, NotImplementedError, zlib.error):
        return Answer(BROKEN)


def _document(data: bytes, seen: Any) -> Answer:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return Answer(ENCRYPTED)
    root: Any = reader.trailer["/Root"]
    form = root.get("/AcroForm", {})
    # Layers that are switched off and forms that only their own program shows would not be seen as their author left
    # them.
    if "/OCProperties" in root or "/XFA" in (form.get_object() if form else {}):
        return _beside(data)
    if len(reader.pages) != len(seen):
        return _beside(data)
    parts, sheets = Parts(), []
    for at, page in enumerate(reader.pages):
        free = _free_place(seen, at)
        sheets.append(_sheet(parts, page, free))
        parts.take_the_rest()
    return Answer("", tuple(sheets), parts.last, parts.whole())


def _sheet(parts: Parts, page: Any, free: str) -> Sheet:
    """A page as a form of its own, with the strip for its stamp where its margins are not free."""
    box = _box(page)
    unit = float(page.get("/UserUnit", 1))
    matrix, wide, high = _upright(box, int(page.get("/Rotate", 0) or 0) % 360, unit)
    if not (0 < wide <= MOST_SIDE - STRIP and 0 < high <= MOST_SIDE - STRIP):
        raise ValueError("a page of a size that cannot be")
    if free == "below":
        matrix = (*matrix[:5], matrix[5] + STRIP)
        high += STRIP
    entries: dict[str, Any] = {"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form"), "/BBox": _array(box)}
    inner = _content(parts, page, entries)
    over = list(_drawn_over(parts, page))
    lines = [b"/Page Do", *(b"q %b cm /Over%d Do Q" % (_numbers(how), at) for at, (_, how) in enumerate(over))]
    forms: dict[str, Any] = {"/Page": Pointer(inner)}
    forms |= {f"/Over{at}": Pointer(part) for at, (part, _) in enumerate(over)}
    # One form around it, because the matrix holds for the page and for what is drawn over it.
    whole, resources = parts.number(), parts.number()
    parts.put(resources, _made(forms))
    entries |= {"/Matrix": _array(matrix), "/Resources": _made({"/XObject": Pointer(resources)})}
    parts.put(whole, _made(entries), data=b"\n".join(lines))
    return Sheet(whole, round(wide, 3), round(high, 3), free)


def _content(parts: Parts, page: Any, entries: dict[str, Any]) -> int:
    """What the page draws, as one stream; a single stream goes over as it is, packed as it was."""
    given: Any = dict.get(page, "/Contents")
    given = given.get_object() if given is not None else None
    streams: list[Any] = [each.get_object() for each in given] if isinstance(given, ArrayObject) else [given]
    streams = [each for each in streams if isinstance(each, StreamObject)]
    resources = dict.get(page, "/Resources")
    own = {**entries, "/Resources": resources if resources is not None else DictionaryObject()}
    if (group := dict.get(page, "/Group")) is not None:
        own["/Group"] = group
    number = parts.number()
    if len(streams) == 1:
        packing = {name: dict.get(streams[0], name) for name in ("/Filter", "/DecodeParms")}
        own |= {name: value for name, value in packing.items() if value is not None}
        parts.put(number, _made(own), data=bytes(streams[0]._data))
        return number
    content = b"\n".join(each.get_data() for each in streams)
    own["/Filter"] = NameObject("/FlateDecode")
    parts.put(number, _made(own), data=zlib.compress(content, 6))
    return number


def _drawn_over(parts: Parts, page: Any) -> Any:
    """What is shown over the page with a look of its own: its part, and the matrix that puts it in its place."""
    given = page.get("/Annots")
    for each in (given.get_object() if given is not None else None) or []:
        note = each.get_object()
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") in UNSEEN:
            continue
        look = _look(note)
        if look is None or int(note.get("/F", 0)) & HIDDEN:
            continue
        matrix = _into(note["/Rect"], look)
        if matrix is not None:
            number = parts.number()
            own = {"/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form")}
            parts.put(number, look, more=own)
            yield number, matrix


def _look(note: Any) -> StreamObject | None:
    looks = note.get("/AP")
    normal = looks.get_object().get("/N") if looks is not None else None
    normal = normal.get_object() if normal is not None else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        state = normal.get(note.get("/AS", "/Off"))
        normal = state.get_object() if state is not None else None
    return normal if isinstance(normal, StreamObject) and "/BBox" in normal else None


def _into(rect: Any, look: Any) -> Matrix | None:
    """The matrix by which a look fills its place on the page (ISO 32000-1, 12.5.5)."""
    a, b, c, d, e, f = (float(x) for x in look.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    x0, y0, x1, y1 = (float(x) for x in look["/BBox"])
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, low = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - low
    r0, r1, r2, r3 = (float(x) for x in rect)
    to_left, to_low = min(r0, r2), min(r1, r3)
    if not wide or not high:
        return None
    across, up = abs(r2 - r0) / wide, abs(r3 - r1) / high
    return (across, 0, 0, up, to_left - left * across, to_low - low * up)


def _box(page: Any) -> tuple[float, float, float, float]:
    """What of the page its author lets people see."""
    media, crop = page.mediabox, page.cropbox
    left, low = max(float(media.left), float(crop.left)), max(float(media.bottom), float(crop.bottom))
    right, top = min(float(media.right), float(crop.right)), min(float(media.top), float(crop.top))
    return left, low, right, top


def _upright(box: tuple[float, float, float, float], turn: int, unit: float) -> tuple[Matrix, float, float]:
    """The matrix that brings a box to the corner and turns it the way it is shown, and its size then."""
    x0, y0, x1, y1 = box
    wide, high = (x1 - x0) * unit, (y1 - y0) * unit
    u = unit
    if turn == 90:
        return (0, -u, u, 0, -y0 * u, x1 * u), high, wide
    if turn == 180:
        return (-u, 0, 0, -u, x1 * u, y1 * u), wide, high
    if turn == 270:
        return (0, u, -u, 0, y1 * u, -x0 * u), high, wide
    return (u, 0, 0, u, -x0 * u, -y0 * u), wide, high


def _free_place(seen: Any, at: int) -> str:
    """Which margin of a page is one light colour from side to side: bottom, top, or neither."""
    page = seen[at]
    try:
        high = page.get_height()
        if high > 4 * STRIP:
            for place, crop in (("bottom", (0, 0, 0, high - STRIP)), ("top", (0, high - STRIP, 0, 0))):
                drawn = page.render(scale=0.6, crop=crop, grayscale=True)
                if _is_blank(drawn):
                    return place
    finally:
        page.close()
    return "below"


def _is_blank(drawn: Any) -> bool:
    buffer, width, stride = bytes(drawn.buffer), drawn.width * drawn.n_channels, drawn.stride
    colours = {buffer[row * stride : row * stride + width] for row in range(drawn.height)}
    letters = set(b"".join(colours))
    return len(letters) == 1 and min(letters) >= LIGHT


def _picture(data: bytes) -> Answer:
    """A picture on a page of its own, upright or on its side as it is itself."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            whole = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return Answer(BROKEN)
    if whole.mode == "RGBA":
        ground = Image.new("RGB", whole.size, "white")
        ground.paste(whole, mask=whole.getchannel("A"))
        whole = ground
    wide, high = A4 if whole.height >= whole.width else (A4[1], A4[0])
    scale = min((wide - 2 * MARGIN) / whole.width, (high - 2 * MARGIN) / whole.height)
    across, up = whole.width * scale, whole.height * scale
    parts = Parts()
    page, drawn = parts.number(), parts.number()
    jpeg = data[:3] == b"\xff\xd8\xff"
    if jpeg:
        again = io.BytesIO()
        whole.save(again, "JPEG", quality=92)
    entries = {
        "/Type": NameObject("/XObject"), "/Subtype": NameObject("/Image"), "/Width": whole.width,
        "/Height": whole.height, "/ColorSpace": NameObject("/DeviceRGB"), "/BitsPerComponent": 8,
        "/Filter": NameObject("/DCTDecode" if jpeg else "/FlateDecode"),
    }  # fmt: skip
    parts.put(drawn, _made(entries), data=again.getvalue() if jpeg else zlib.compress(whole.tobytes(), 6))
    how = _numbers((across, 0, 0, up, (wide - across) / 2, (high - up) / 2))
    form = {
        "/Type": NameObject("/XObject"), "/Subtype": NameObject("/Form"), "/BBox": _array((0, 0, wide, high)),
        "/Resources": _made({"/XObject": _made({"/Picture": Pointer(drawn)})}),
    }  # fmt: skip
    parts.put(page, _made(form), data=b"q %b cm /Picture Do Q" % how)
    return Answer("", (Sheet(page, wide, high, "bottom"),), parts.last, parts.whole())


def _made(entries: dict[str, Any]) -> DictionaryObject:
    """A dictionary of our own; it may hold pointers, which pypdf does not know."""
    made = DictionaryObject()
    for name, value in entries.items():
        dict.__setitem__(made, NameObject(name), value)
    return made


def _array(numbers: Any) -> ArrayObject:
    return ArrayObject(FloatObject(round(number, 5)) for number in numbers)


def _numbers(numbers: Any) -> bytes:
    return b" ".join(f"{number:.5f}".rstrip("0").rstrip(".").encode("ascii") or b"0" for number in numbers)
