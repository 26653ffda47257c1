"""A hundred planted identifiers in exhibits of four levels: none is in a pack above its level, in whatever corner.

Each is planted in the words of a file, in what the file says of itself, in its name, or in who changed it. Packs of all
four levels are built with every exhibit they may have, and every member of their ZIP is taken apart again.
"""

import io
import zipfile

import pypdf
import pytest

from audit_app.packs.clearing import queries as clearing
from audit_app.packs.disclosure.clearing import text_sha256, words_sha256
from audit_app.packs.tables import SuspectDecision
from tests import builders_packs
from tests.audit_app.packs.exhibits import made

pytestmark = pytest.mark.proof("four packs of forty files; packs/planted has exhibits among what it plants")
COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
LEVELS = range(4)
NAMES = ("Kayleigh", "Rowan", "Tyrell", "Aoife", "Marek")
EACH = 5  # of each kind at each level: 4 × 5 × 5 = 100


def identifier(level, kind, at):
    """One that occurs nowhere else, with what a recogniser would find in it: a name, a birthday, a road."""
    return f"{NAMES[at]} Q{level}{kind}{at}zx, born 3/4/201{at}, {at + 11} Mill Lane"


IN_WORDS = {level: [identifier(level, "w", at) for at in range(EACH)] for level in LEVELS}
# What is never seen when a file is read, and so in no pack at all.
HIDDEN = {
    level: {
        kind: [identifier(level, kind, at) for at in range(EACH)] for kind in ("author", "title", "name", "changed")
    }
    for level in LEVELS
}


@pytest.fixture(scope="module")
def pieces(session, app, council):
    """Of each level five PDFs and five Word files, each with its own."""
    rows = {}
    for level in LEVELS:
        kept = rows.setdefault(level, [])
        for at in range(EACH):
            hidden = {kind: each[at] for kind, each in HIDDEN[level].items()}
            name = hidden["name"].replace("/", "-")
            data = made.pdf("Totals", IN_WORDS[level][at], author=hidden["author"], title=hidden["title"])
            kept.append(made.add(session, app, council.manager, data, f"{name}.pdf", level=level, proves=["FND-0001"]))
            data = made.docx(f"Minutes of level {level}, number {at}", hidden["changed"])
            kept.append(made.add(session, app, council.manager, data, f"{name}.docx", level=level, proves=["FND-0001"]))
    session.commit()
    return rows


def decide_all(session, council, row):
    """Accept everything that stands, as somebody would who had read each place."""
    for place in clearing.clearing_of(session, row, now=NOW, evidence_months=6).standing:
        session.add(
            SuspectDecision(
                authority_id=COUNCIL, reference=place.text.reference, text_column=place.text.column,
                text_sha256=text_sha256(place.text), words_sha256=words_sha256(place.suspect),
                kind=place.suspect.kind.value, decision="accepted", level=row.level, reason="A made-up child",
                decided_by=council.manager, decided_at=NOW,
            )
        )  # fmt: skip
    session.commit()


def everything_in_a_pdf(data):
    """Every string and every unpacked stream of the file, drawn or not, then the words of its pages."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    parts = [data]
    for number in range(1, reader.trailer["/Size"]):
        thing = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(thing, pypdf.generic.StreamObject):
            try:
                parts.append(thing.get_data())
            except (pypdf.errors.PyPdfError, NotImplementedError):
                parts.append(bytes(thing._data))
        parts.append(repr(thing).encode("utf-8", "replace"))
    parts.append(repr(reader.metadata).encode())
    parts += [page.extract_text().encode() for page in reader.pages]
    return b"\n".join(parts)


def everything_in(data, name):
    """What a file holds, with what is in the files inside it."""
    if name.endswith(".pdf"):
        return everything_in_a_pdf(data)
    if name.endswith((".zip", ".docx", ".xlsx")):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return b"\n".join([name.encode(), *(everything_in(archive.read(each), each) for each in archive.namelist()),
                           *(each.encode() for each in archive.namelist())])  # fmt: skip
    return data


def is_in(words, everything):
    """Whether an identifier is there, by the part of it that occurs nowhere else."""
    token = words.split(",")[0].split(" ")[1]
    return any(token.encode(code) in everything for code in ("utf-8", "utf-16-be", "utf-16-le"))


@pytest.mark.parametrize("level", LEVELS)
def test_no_planted_identifier_is_in_a_pack_above_its_level(building, session, council, pieces, level):
    row = building.asked(level=level)
    building.choose(row, [piece for own in LEVELS if own >= level for piece in pieces[own]])
    if level >= 2:
        assert "may tell of a person" in building.build(row)  # none of it goes out before somebody has looked
        decide_all(session, council, row)
    message = building.build(row)
    assert row.state == "ready", message
    everything = everything_in(building.file_of(row, "archive"), "pack.zip")
    everything += everything_in(building.file_of(row, "pdf"), "pack.pdf")
    everything += everything_in(building.file_of(row, "workbook"), "pack.xlsx")
    for own in LEVELS:
        there = [words for words in IN_WORDS[own] if is_in(words, everything)]
        assert there == (IN_WORDS[own] if own >= level else []), own
        for kind, planted in HIDDEN[own].items():
            assert [words for words in planted if is_in(words, everything)] == [], (own, kind)
