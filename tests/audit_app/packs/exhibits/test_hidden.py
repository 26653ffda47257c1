"""What programs and people leave in a file unseen: it is left out of what lies beside a pack, or asked about."""

import io
import zipfile

import docx
import openpyxl
import pypdf
import pypdfium2
import pytest
from PIL import Image

from audit_app.evidence_store import answers, reading_office
from audit_app.packs.exhibits import beside, cleaning, pictures
from tests.audit_app.packs.planted import files, reader

NAME = "Ottoline Falankhjam"


def words_read(data):
    return answers.unpacked(reading_office.answer(data)).text


def a_book(parts):
    book = openpyxl.Workbook()
    book.active["A1"] = "Totals"
    target = io.BytesIO()
    book.save(target)
    return files.with_parts(target.getvalue(), dict(parts))


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
UNSEEN = {
    "xl/pivotCache/pivotCacheRecords1.xml": (
        f'<pivotCacheRecords xmlns="{SPREADSHEET}"><r><s v="{NAME}"/></r></pivotCacheRecords>'
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'<pivotCacheDefinition xmlns="{SPREADSHEET}"><cacheFields><cacheField name="Child"><sharedItems>'
        f'<s v="{NAME}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
    ),
    "xl/charts/chart1.xml": f'<c:chart xmlns:c="{CHART}"><c:pt idx="0"><c:v>{NAME}</c:v></c:pt></c:chart>',
    "xl/threadedComments/threadedComment1.xml": (
        f"<ThreadedComments><threadedComment><text>{NAME}</text></threadedComment></ThreadedComments>"
    ),
    "xl/worksheets/_rels/sheet1.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" TargetMode="External" '
        f'Target="mailto:{NAME.replace(" ", "%20")}"/></Relationships>'
    ),
    "xl/drawings/drawing1.xml": f'<d xmlns="x"><cNvPr id="1" name="Picture 1" descr="{NAME} at home"/></d>',
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_no_sheet_shows_is_read_so_that_somebody_is_asked_about_it(name):
    assert NAME not in words_read(a_book({}))
    assert NAME in words_read(a_book({name: UNSEEN[name]}))


def test_long_files_of_many_parts_are_read_whole():
    """A part that holds no words counts for nothing."""
    many = {f"xl/media/image{at}.png": b"x" for at in range(60)}
    book = openpyxl.Workbook()
    for at in range(400):
        book.active.append([f"Row {at} of the totals"])
    target = io.BytesIO()
    book.save(target)
    assert answers.unpacked(reading_office.answer(files.with_parts(target.getvalue(), many))).whole


def test_a_word_file_keeps_its_words_and_its_picture_and_loses_whose_it_was():
    document = docx.Document()
    document.add_paragraph("Words of the minutes")
    shot = io.BytesIO()
    Image.new("RGB", (40, 30), "#1d3c5a").save(shot, "JPEG", comment=NAME.encode())
    document.add_picture(io.BytesIO(shot.getvalue()))
    target = io.BytesIO()
    document.save(target)
    filled_in = f'<w:docVars><w:docVar w:name="Child" w:val="{NAME}"/></w:docVars></w:settings>'
    given = files.with_parts(target.getvalue(), {
        "customXml/item7.xml": f"<form>{NAME}</form>",
        "word/settings.xml": lambda old: old.replace(b"</w:settings>", filled_in.encode()),
    })  # fmt: skip
    made_clean = cleaning.cleaned(given)
    with zipfile.ZipFile(io.BytesIO(made_clean)) as package:
        holding = [name for name in package.namelist() if NAME.encode() in package.read(name)]
        picture = next(package.read(name) for name in package.namelist() if name.startswith("word/media"))
    assert holding == []
    assert made_clean == cleaning.cleaned(given)
    assert "Words of the minutes" in "".join(each.text for each in docx.Document(io.BytesIO(made_clean)).paragraphs)
    assert same_dots(picture, shot.getvalue())


def same_dots(one, other):
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        return first.tobytes() == second.tobytes()


def test_a_picture_loses_what_was_written_into_it_and_no_dot():
    shot = Image.new("RGB", (40, 30), "#1d3c5a")
    shot.putpixel((3, 4), (255, 0, 0))
    for kind in ("JPEG", "PNG"):
        exif = shot.getexif()
        exif[0x013B] = NAME
        target = io.BytesIO()
        about = {"comment": NAME.encode()} if kind == "JPEG" else {}
        shot.save(target, kind, exif=exif, **about)
        given = target.getvalue() + (NAME.encode() if kind == "PNG" else b"")
        assert NAME.encode() in given and NAME.encode() not in pictures.bare(given)
        assert same_dots(pictures.bare(given), given)
        assert pictures.bare(given[:30]) in (given[:30], given[:8])  # cut off: nothing is made up
    assert pictures.bare(b"GIF89a" + NAME.encode()) == b"GIF89a" + NAME.encode()


def test_a_workbook_does_not_say_in_whose_folder_it_was_kept_or_who_fetched_its_figures():
    parts = {
        "xl/workbook.xml": lambda old: old.replace(
            b"<workbookPr", f'<x15ac:absPath xmlns:x15ac="x" url="C:\\Users\\{NAME}\\"/>'
                            f"<fileSharing readOnlyRecommended='1' userName='{NAME}'/><workbookPr".encode(), 1),
        "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="x" refreshedBy="{NAME}"/>',
    }  # fmt: skip
    made_clean = cleaning.cleaned(a_book(parts))
    with zipfile.ZipFile(io.BytesIO(made_clean)) as package:
        assert [name for name in package.namelist() if NAME.encode() in package.read(name)] == []
    assert openpyxl.load_workbook(io.BytesIO(made_clean)).active["A1"].value == "Totals"


def through_its_pages(data):
    """The way of what one of the two readers cannot take apart."""
    return beside._rewritten(beside._pages_alone(data))


@pytest.mark.parametrize("again", [beside.bare, through_its_pages])
def test_a_pdf_that_lies_beside_shows_the_same_and_says_nothing_of_itself(again):
    given = files.pdf(["Eleven of twelve plans"], lambda: NAME, layers=True)
    bare = again(given)
    assert bare == again(given)
    assert NAME in repr(pypdf.PdfReader(io.BytesIO(given)).metadata)
    with pypdfium2.PdfDocument(bare) as document:
        assert "Eleven of twelve plans" in document[0].get_textpage().get_text_range()
        assert NAME not in repr(document.get_metadata_dict())
    assert not [text for text in reader.everything_in(bare, "beside.pdf") if NAME in text]


def test_what_is_no_pdf_is_not_made_one():
    with pytest.raises(pypdfium2.PdfiumError):
        beside.bare(b"%PDF-1.4 and nothing more")
