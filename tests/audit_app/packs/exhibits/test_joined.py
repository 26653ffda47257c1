"""Exhibits behind a pack and beside it, read back from the files: pages, links, names; nothing is taken on trust."""

import io
import re
import zipfile

import openpyxl
import pypdf
import pypdfium2
import pytest

from audit_app.packs import service_building, verify
from audit_app.packs.cli import RENDERERS
from audit_app.people.tables import Role
from tests.audit_app import zip_promises
from tests.audit_app.packs.exhibits import made

ODD = "Figures of 2026/27: “plans” \u05e9\u05dc\u05d5\u05dd \u202e" + "and supervision " * 13
STAMP = re.compile(r"(E\d+) · page (\d+) of (\d+) · pack page (\d+) of (\d+)")
DARK = made.full_page("A poster")
FILES = {
    "E1": made.pdf("Eleven of twelve plans", "The second page", author="Somebody Unseen", title="Working title"),
    "E2": made.png(),
    "E3": made.pdf("A page on its side", size=(842, 595)),
    "E4": made.pdf("A page that is turned", turn=90, size=(595, 842)),
    "E5": DARK,
    "E6": made.docx("Words of the minutes", "Somebody Unseen"),
    "E7": b"team,plans\nEast,9\n",
    "E8": b"team,plans\nWest,4\n",
}


@pytest.fixture(scope="module")
def row(building, session, app, council):
    """A pack with five joined exhibits, three beside it and one held elsewhere."""
    add = lambda name, given, **more: made.add(session, app, council.manager, FILES[name], given, **more)  # noqa: E731
    pieces = [
        add("E1", "kayleigh.pdf", title="Re-audit of plans", proves=["AFI-0001/impact"]),
        add("E2", "board.png", title="Board in the office", proves=["ACT-0001/completion"]),
        add("E3", "side.pdf", title="Rota", proves=["FND-0001"]),
        add("E4", "turned.pdf", title="Chart", proves=["FND-0001"]),
        add("E5", "poster.pdf", title="Poster", proves=["FND-0001"]),
        add("E6", "minutes.docx", title="Minutes", proves=["FND-0001"]),
        add("E7", "a.csv", title=ODD[:300], proves=["FND-0001"]),
        add("E8", "a.csv", title=ODD[:300], proves=["FND-0001"]),
        made.builders_evidence.add(session, by=council.manager, title="Calls, monthly", level=3, proves=["FND-0001"]),
    ]
    session.commit()
    return building.pack_of(pieces)


@pytest.fixture(scope="module")
def data(row, building):
    return building.file_of(row, "pdf")


@pytest.fixture(scope="module")
def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


@pytest.fixture(scope="module")
def texts(data):
    """The words of each page as another library reads them, on one line."""
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_the_number_on_each_page_is_the_page_of_the_file(texts, row, reader):
    total = len(texts)
    assert row.pages == total
    for at, words in enumerate(texts, start=1):
        stamp = STAMP.search(words)
        number, of = stamp.group(4, 5) if stamp else re.search(r"Page (\d+) of (\d+)", words).groups()
        assert (int(number), int(of)) == (at, total), words[-80:]
    assert reader.page_labels == [str(at) for at in range(1, total + 1)]


def test_the_index_says_the_pages_on_which_each_exhibit_is_found(texts, building, row):
    index = next(words for words in texts if "Index of exhibits" in words)
    where = {}
    for at, words in enumerate(texts, start=1):
        if stamp := STAMP.search(words):
            where.setdefault(stamp[1], []).append(at)
    assert {name: len(pages) for name, pages in where.items()} == {"E1": 2, "E2": 1, "E3": 1, "E4": 1, "E5": 1}
    for name, pages in where.items():
        printed = f"{pages[0]}–{pages[-1]}" if len(pages) > 1 else str(pages[0])
        row_words = index[index.index(f" {name} ") :].partition(f" E{int(name[1:]) + 1} ")[0]
        assert row_words.rstrip().endswith(printed), (name, printed, row_words)
        assert texts[pages[0] - 2].find(f"{name}: ") >= 0  # the divider stands before it
    assert "Eleven of twelve plans" in texts[where["E1"][0] - 1]
    assert "The second page" in texts[where["E1"][1] - 1]


def destinations(reader):
    """Each link of the file: the page it is on, its words, the page it leads to."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages, start=1)}
    for at, page in enumerate(reader.pages, start=1):
        for note in page.get("/Annots") or []:
            link = note.get_object()
            target = link["/Dest"].get_object() if hasattr(link["/Dest"], "get_object") else link["/Dest"]
            yield at, str(link["/Contents"]), numbers[target.raw_get(0).idnum if hasattr(target, "raw_get") else
                                                      list.__getitem__(target, 0).idnum]  # fmt: skip


def test_links_lead_from_the_text_to_the_divider_and_back(reader, texts):
    links = list(destinations(reader))
    areas = next(at for at, words in enumerate(texts, 1) if "Exhibits: E" in words and "What was found" in words)
    chapter = next(at for at, words in enumerate(texts, 1) if "Answered by" in words and "Exhibits: E" in words)
    plan = next(at for at, words in enumerate(texts, 1) if "Coach every team manager" in words and "We shall" in words)
    dividers = {name: at for at, words in enumerate(texts, 1) for name in FILES if f"{name}: " in words
                and "Where this pack speaks of it" in words}  # fmt: skip
    index = next(at for at, words in enumerate(texts, 1) if "Index of exhibits" in words and "Speaks of" in words
                 and "Where this" not in words)  # fmt: skip
    for page in (areas, chapter):
        led = {words: to for at, words, to in links if at == page and re.fullmatch(r"E\d+", words)}
        assert led["E1"] == dividers["E1"] and led["E5"] == dividers["E5"] and led["E6"] == index, (page, led)
    assert [to for at, words, to in links if at == plan and words == "E2"] == [dividers["E2"]]
    assert {words: to for at, words, to in links if at == index}["E3"] == dividers["E3"]
    back = {words: to for at, words, to in links if at == dividers["E1"]}
    assert back[next(words for words in back if words.startswith("AFI-0001"))] == areas
    assert back[next(words for words in back if words.startswith("FND-0001"))] == chapter
    assert back["Index of exhibits"] == index


def test_bookmarks_contents_and_structure_stay(reader, texts):
    def flat(entries):
        for entry in entries:
            yield from flat(entry) if isinstance(entry, list) else [entry]

    listed = [entry for entry in flat(reader.outline) if entry.title.startswith("E")]
    assert [entry.title.partition(":")[0] for entry in listed[-5:]] == ["E1", "E2", "E3", "E4", "E5"]
    for entry in listed[-5:]:
        page = reader.get_destination_page_number(entry) + 1
        assert entry.title.endswith(f", page {page}")
        assert entry.title.partition(",")[0].split(":")[0] + ": " in texts[page - 1]
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root and root["/MarkInfo"]["/Marked"] is not None
    assert root["/Lang"] == "en-GB"
    assert set(reader.metadata) == {"/Title", "/Producer", "/Subject"}


def test_pages_keep_their_size_and_are_shown_the_way_they_were(data):
    with pypdfium2.PdfDocument(data) as whole:
        stamped = {}
        for page in whole:
            if stamp := STAMP.search(" ".join(page.get_textpage().get_text_range().split())):
                stamped.setdefault(stamp[1], page)
        for name in ("E1", "E3", "E4", "E5"):
            with pypdfium2.PdfDocument(FILES[name]) as own:
                wide, high = own[0].get_size()
                kept = stamped[name].get_size()
                strip = 20 if name == "E5" else 0  # its margins are full, so the line stands on a strip of its own
                assert kept == pytest.approx((wide, high + strip), abs=0.1), name
                before = own[0].render(scale=0.5, grayscale=True).to_pil()
                after = stamped[name].render(scale=0.5, grayscale=True).to_pil()
            body = (0, 12, before.width, before.height - 12)
            assert list(after.crop(body).tobytes()) == list(before.crop(body).tobytes()), name


def test_the_zip_holds_what_is_beside_under_the_names_of_the_index(row, building, texts, tmp_path):
    whole = building.file_of(row, "archive")
    (tmp_path / "pack.zip").write_bytes(whole)
    assert verify.verify(tmp_path / "pack.zip", row.manifest_sha256).faults == []
    archive = zipfile.ZipFile(io.BytesIO(whole))
    named = {part.number: part.file_name for part in building.contents_of(row).exhibits if part.file_name}
    assert set(named) == {"E6", "E7", "E8"}
    assert set(named.values()) <= set(archive.namelist())
    index = "".join(next(words for words in texts if "Index of exhibits" in words).split())
    assert "E6Minutes.docx" in index
    assert archive.read(named["E7"]) == FILES["E7"] and archive.read(named["E8"]) == FILES["E8"]
    for name in named.values():
        assert len(name) <= 120 and not set('/\\:*?"<>|\u202e') & set(name)
    minutes = zipfile.ZipFile(io.BytesIO(archive.read(named["E6"])))
    assert b"Words of the minutes" in minutes.read("word/document.xml")
    assert all(b"Somebody" not in minutes.read(name) for name in minutes.namelist())
    read_me = zip_promises.read_me_of(whole)
    assert zip_promises.promised(read_me) == zip_promises.really_in(whole, "manifest.json")
    with pypdfium2.PdfDocument(archive.read("PCK-0001.pdf")) as paper:
        pages = len(paper)
    assert f"{pages} pages\n" in read_me
    assert re.search(r"^Joined behind the pack, in its PDF: E1 \(\d+ pages?\), .* and E5 ", read_me, re.M)
    assert re.search(r"^Exhibit E9, .*: Held elsewhere\. \S", read_me, re.M)


def test_the_same_contents_give_the_same_bytes_pd_7(row, app):
    assert service_building.render_again(app.config, row, RENDERERS) == dict.fromkeys(
        ("PCK-0001.pdf", "PCK-0001.xlsx", "PCK-0001.zip"), True
    )


def test_the_workbook_has_a_sheet_of_exhibits(row, building):
    book = openpyxl.load_workbook(io.BytesIO(building.file_of(row, "workbook")), read_only=True)
    rows = [tuple(cell.value for cell in line) for line in book["Exhibits"].iter_rows(min_row=2)]
    assert [line[0] for line in rows] == [f"E{at}" for at in range(1, 10)]
    assert [line[7] for line in rows] == ["Joined behind the pack"] * 5 + ["As a file in the ZIP"] * 3 + [
        "Held elsewhere"
    ]
    assert rows[8][9] == "https://intranet.greenhaven.example/scorecard"


def test_the_page_lists_the_exhibits_and_leads_to_their_files(row, session, signed_in_as):
    session.commit()  # the reading is over: others may write
    page = signed_in_as(Role.qa_manager)
    page.get("/greenhaven/packs/PCK-0001/read")
    assert "Index of exhibits" in page.text and "Re-audit of plans" in page.text
    response = page.client.get("/greenhaven/packs/PCK-0001/read", base_url="http://localhost").get_data(as_text=True)
    assert response.count("/versions/1/file") == 8 + 5  # each file once in the list, once behind its divider
