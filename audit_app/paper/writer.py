"""Writes the finished file: ReportLab's objects as they are, the structure tree packed tightly, nothing that varies."""

import hashlib
import io
import zlib
from collections.abc import Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from audit_app.paper import reportlab_inside
from audit_app.paper.joined import Behind, Stamped
from audit_app.paper.letters import in_file as joined_letters
from audit_app.paper.tagging import LINK_KEYS_FROM, Slot, Tags

_IN_ONE_STREAM = 200
PRODUCER = "Inspection readiness toolkit"


_XMP = (
    "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>\n"
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>"
    "<dc:format>application/pdf</dc:format>"
    "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{title}</rdf:li></rdf:Alt></dc:title>{about}"
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    "<pdf:Producer>{producer}</pdf:Producer>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end='r'?>"
)


class _Raw(pdfdoc.PDFObject):
    """An object whose text is settled last, when every other number is known."""

    def __init__(self) -> None:
        self.text = b"null"

    def format(self, document) -> bytes:
        return self.text


class _Info(pdfdoc.PDFInfo):
    """Title and producer only: no author, no creator, no date, so that nobody is named and nothing varies."""

    def format(self, document) -> bytes:
        entries = {"Title": pdfdoc.PDFString(self.title), "Producer": pdfdoc.PDFString(PRODUCER)}
        if self.subject:
            entries["Subject"] = pdfdoc.PDFString(self.subject)
        return pdfdoc.PDFDictionary(entries).format(document)


def file_bytes(
    canvas, title: str, subject: str, into: BinaryIO | None = None, stamped: Sequence[Stamped] = ()
) -> bytes:
    """The whole file, from a canvas whose pages are all drawn; nothing where it is written into something."""
    document, tags = reportlab_inside.document_of(canvas), canvas.tags
    reportlab_inside.set_version(document, (1, 7))
    document.info = _Info()
    document.info.title, document.info.subject = title, subject
    _viewer(document.Catalog)
    _describe(document, title, subject, canvas.language)
    root = _Raw()
    if tags is not None:
        _announce(document, root)
    for font in document.delayedFonts:
        font.addObjects(document)
    joined_letters.tell(document)
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    sink = io.BytesIO() if into is None else into
    _assemble(document, root, tags, _File(sink), stamped)
    return sink.getvalue() if isinstance(sink, io.BytesIO) and into is None else b""


def _viewer(catalog) -> None:
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.PageMode = pdfdoc.PDFName("UseOutlines")


def _describe(document, title: str, subject: str, language: str) -> None:
    """What the file is, as programs that keep files read it (XMP), and that it opens at its first page at full size.

    It says title, language and producer. It does not say PDF/UA: nobody has checked each point of that standard.
    """
    about = (
        f"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{escape(subject)}</rdf:li></rdf:Alt></dc:description>"
    )
    packet = _XMP.format(title=escape(title), about=about if subject else "", language=language, producer=PRODUCER)
    stream = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}),
        content=packet.encode("utf-8"), filters=[],
    )  # fmt: skip
    document.Catalog.Metadata = stream
    if document.Pages.pages:
        first = document.Reference(document.Pages.pages[0])
        document.Catalog.OpenAction = pdfdoc.PDFArrayCompact([first, pdfdoc.PDFName("XYZ"), "null", "null", 1])


def _announce(document, root: _Raw) -> None:
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    document.Reference(root, "structure")
    for number in range(len(document.Pages.pages)):
        page = document.idToObject[f"Page{number + 1}"]
        reportlab_inside.allow_entries(page, ("StructParents", "Tabs"))
        page.StructParents = number
        page.Tabs = pdfdoc.PDFName("S")


class _File:
    """The file as it grows, and where each object of it lies: (1, offset, 0), or (2, stream, place in it)."""

    def __init__(self, sink: BinaryIO) -> None:
        self.sink, self.size, self.digest = sink, 0, hashlib.sha256()
        self.places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def write(self, data: bytes) -> None:
        self.sink.write(data)
        self.digest.update(data)
        self.size += len(data)

    def put(self, number: int, body: bytes) -> None:
        self.places[number] = (1, self.size, 0)
        self.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def put_packed(self, bodies: list[str], first: int, stream: int) -> None:
        """Objects together in one compressed stream."""
        index, offset = [], 0
        for place, body in enumerate(bodies):
            index.append(f"{first + place} {offset}")
            self.places[first + place] = (2, stream, place)
            offset += len(body) + 1
        head = " ".join(index) + " "
        data = zlib.compress((head + " ".join(bodies)).encode("ascii"), 6)
        start = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(bodies), len(head), len(data))
        self.put(stream, start + b"stream\n%b\nendstream" % data)


def _assemble(document, root: _Raw, tags: Tags | None, file: _File, stamped: Sequence[Stamped]) -> None:
    last, root_number, pages_number = 0, 0, 0
    # Objects may be added while others are written, so the end is found by asking.
    while (number := last + 1) in document.numberToId:
        thing = document.idToObject[document.numberToId[number]]
        if thing is root:
            root_number = number
        elif thing is document.Pages and stamped:
            pages_number = number
        else:
            file.put(number, pdfdoc.format(thing, document, toplevel=1).rstrip(b"\n"))
        last = number
    if tags is not None:
        last = _put_tree(document, tags, file, root_number, last)
    if stamped:
        last = _put_joined(document, file, pages_number, last, stamped)
    start = file.size
    file.places[last + 1] = (1, start, 0)
    file.put(last + 1, _cross_references(document, file))
    file.write(b"startxref\n%d\n%%%%EOF\n" % start)


def _put_joined(document, file: _File, pages_number: int, last: int, stamped: Sequence[Stamped]) -> int:
    """The pages of others behind ours, then the list of all pages; return the last number used."""
    kids: dict[int, list[int]] = {}
    drawing = last = last + 1
    file.put(drawing, _stream(b"", b"q /Joined Do Q q /Stamp Do Q"))
    fonts = document.idToObjectNumberAndVersion["BasicFonts"][0]
    for each in stamped:
        base, last = last, _put_parts(file, each.behind, last)
        for sheet, stamp in zip(each.behind.sheets, each.stamps, strict=True):
            own = b"/Type/XObject/Subtype/Form/BBox[0 0 %.3f %.3f]" % (sheet.wide, sheet.high)
            packed = zlib.compress(stamp, 6)
            file.put(last + 1, _stream(own + b"/Filter/FlateDecode/Resources<</Font %d 0 R>>" % fonts, packed))
            page = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.3f %.3f]/Contents %d 0 R" % (
                pages_number, sheet.wide, sheet.high, drawing,
            )  # fmt: skip
            forms = b"/Resources<</XObject<</Joined %d 0 R/Stamp %d 0 R>>>>>>" % (base + sheet.part, last + 1)
            file.put(last + 2, page + forms)
            last += 2
            kids.setdefault(each.after, []).append(last)
    ours = enumerate((document.Reference(page).format(document) for page in document.Pages.pages), start=1)
    every = b" ".join(b" ".join([page, *(b"%d 0 R" % kid for kid in kids.get(at, ()))]) for at, page in ours)
    count = len(document.Pages.pages) + sum(map(len, kids.values()))
    file.put(pages_number, b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, every))
    return last


def _put_parts(file: _File, behind: Behind, last: int) -> int:
    """The objects of one file, each number of theirs moved up to where ours end."""
    for number, pieces in enumerate(behind.each_part(), start=last + 1):
        whole = b"".join(data if not part else b"%b %d 0 R" % (data, last + part) for data, part in pieces)
        file.put(number, whole)
    return last + behind.parts


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def _put_tree(document, tags: Tags, file: _File, root_number: int, last: int) -> int:
    """Number every element, write them two hundred to a stream, then the root; return the last number used."""
    numbers = {name: number for name, (number, _) in document.idToObjectNumberAndVersion.items()}
    elements = list(_walk(tags.root, last))
    last += len(elements)
    bodies = [_element(element, numbers, root_number) for element in elements]
    first = elements[0].number
    parents = []
    for page, slots in enumerate(tags.pages):
        if slots:
            last += 1
            bodies.append("[" + " ".join([f"{slot.number} 0 R" for slot in slots]) + "]")
            parents.append(f"{page} {last} 0 R")
    parents += [f"{LINK_KEYS_FROM + n} {slot.number} 0 R" for n, slot in enumerate(tags.links)]
    for offset in range(0, len(bodies), _IN_ONE_STREAM):
        last += 1
        file.put_packed(bodies[offset : offset + _IN_ONE_STREAM], first + offset, last)
    tree = f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree<</Nums[{' '.join(parents)}]>>"
    file.put(root_number, f"{tree}/ParentTreeNextKey {LINK_KEYS_FROM + len(tags.links)}>>".encode("ascii"))
    return last


def _walk(slot: Slot, last: int):
    """Every element, parents before children, numbered on from the last object."""
    waiting = [slot]
    while waiting:
        slot = waiting.pop()
        last += 1
        slot.number = last
        yield slot
        waiting.extend(kid for kid in reversed(slot.kids) if type(kid) is Slot)


def _element(slot: Slot, numbers: dict, root_number: int) -> str:
    """One element as PDF text; content on its first page is a bare number, content elsewhere names its page."""
    above = slot.above.number if slot.above is not None else root_number
    page = next((kid[0] for kid in slot.kids if type(kid) is tuple), None)
    kids = [_kid(kid, page, numbers) for kid in slot.kids]
    parts = [f"<</S/{slot.kind}/P {above} 0 R", slot.attributes]
    if page is not None:
        parts.append(f"/Pg {numbers[f'Page{page + 1}']} 0 R")
    if kids:
        parts.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]")
    parts += [f"/{key}<{_hex(words)}>" for key, words in (("Alt", slot.alt), ("ActualText", slot.actual)) if words]
    return "".join(parts) + ">>"


def _kid(kid, page: int | None, numbers: dict) -> str:
    if type(kid) is Slot:
        return f"{kid.number} 0 R"
    on = f"/Pg {numbers[f'Page{kid[0] + 1}']} 0 R"
    if type(kid[1]) is str:
        return f"<</Type/OBJR{on}/Obj {numbers[kid[1]]} 0 R>>"
    return str(kid[1]) if kid[0] == page else f"<</Type/MCR{on}/MCID {kid[1]}>>"


def _hex(words: str) -> str:
    return "FEFF" + words.encode("utf-16-be").hex().upper()


def _cross_references(document, file: _File) -> bytes:
    rows = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(5, "big") + rest.to_bytes(2, "big")
        for kind, at, rest in (file.places[number] for number in range(len(file.places)))
    )
    data = zlib.compress(rows, 6)
    catalog = document.Reference(document.Catalog).format(document)
    info = document.Reference(document.info).format(document)
    mark = file.digest.hexdigest()[:32].encode("ascii")
    entries = b"/Size %d/W[1 5 2]/Root %b/Info %b/ID[<%b><%b>]" % (len(file.places), catalog, info, mark, mark)
    return b"<</Type/XRef%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)
