"""The structure tree, read back from the file: what a screen reader is told."""

import io

import pypdf
import pypdfium2
import pytest
from reportlab.platypus import Spacer

from audit_app.paper import blocks, charts, style
from tests import paper_pages

SENTENCE = "The plan was agreed by the child and both parents before the review. "


def scopes(element):
    return [cell.source["/A"]["/Scope"] for cell in element.all("TH")]


def test_headings_have_their_levels_in_reading_order(build, tree):
    story = [
        *blocks.heading("What we found", 1), *blocks.paragraph("Words."), *blocks.heading("Plans", 2),
        *blocks.heading("Dates", 3), *blocks.heading("What we did", 1),
    ]  # fmt: skip
    body = tree(build(story)).kids[2]
    shown = [(each.kind, each.words) for each in body.kids]
    expected = [("H1", "What we found"), ("P", "Words."), ("H2", "Plans"), ("H3", "Dates"), ("H1", "What we did")]
    assert shown == expected


def test_a_space_stands_at_each_wrap(build, tree):
    body = tree(build(blocks.paragraph(SENTENCE * 5))).kids[2]
    assert body.words.split() == (SENTENCE * 5).split()


def test_a_space_stands_where_a_paragraph_runs_over_the_page(build, tree):
    body = tree(build(blocks.paragraph((SENTENCE * 25 + "\n") * 6))).kids[2]
    assert [each.words.split() for each in body.all("P")] == [(SENTENCE * 25).split()] * 6


def test_a_word_cut_at_the_edge_gets_no_space_inside(build, tree):
    body = tree(build(blocks.table(["A", "B"], [["x" * 200, "b"]], widths=[1, 4]))).kids[2]
    assert body.all("TD")[0].words == "x" * 200


def test_a_table_over_many_pages_is_one_table_and_its_header_is_read_once(build, tree):
    rows = [[f"AUD-{n:04d}", SENTENCE * (n % 4 + 1)] for n in range(120)]
    data = build(blocks.table(["Audit", "What the record shows"], rows, widths=[1, 4]))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) > 5
    body = tree(data).kids[2]
    (whole,) = body.all("Table")
    assert scopes(whole) == ["/Column", "/Column"]
    assert [cell.words for cell in whole.all("TH")] == ["Audit", "What the record shows"]
    assert len(whole.all("TR")) == 121
    read = [[cell.words.strip() for cell in row.all("TD")] for row in whole.all("TR")[1:]]
    assert read == [[name, words.strip()] for name, words in rows]


def test_a_row_that_heads_others_is_one_cell_over_all_columns_and_goes_over_with_them(build, tree):
    rows = [row for n in range(40) for row in (blocks.Across(f"Team {n}"), ["R-1", SENTENCE], ["R-2", SENTENCE])]
    data = build([*blocks.turned(), *blocks.table(["Audit", "Seen"], rows, small=True, room=style.WIDE_TEXT_WIDTH)])
    heads = [row for row in tree(data).kids[2].all("TR") if row.words.startswith("Team")]
    assert [row.words.strip() for row in heads] == [f"Team {n}" for n in range(40)]
    assert {str(row.all("TH")[0].source["/A"]["/ColSpan"]) for row in heads} == {"2"}
    # The last line of a page is none that heads what stands on the next.
    pages = [page.get_textpage().get_text_bounded(0, 50, 842, 540).split() for page in pypdfium2.PdfDocument(data)]
    assert not [words[-2:] for words in pages if words[-2:-1] == ["Team"]]


@pytest.mark.parametrize("left", [1, 3, 5])
def test_no_page_is_empty_where_a_heading_meets_a_full_page(build, left):
    """The room that is left is less than the space under the table that fills the page."""
    (grid,), (first,) = blocks.table(["A"], [["x"]], small=True, room=style.WIDE_TEXT_WIDTH), blocks.paragraph("z")
    heights = [each.wrap(style.WIDE_TEXT_WIDTH, style.WIDE_TEXT_HEIGHT)[1] for each in (grid, first)]
    gap = style.WIDE_TEXT_HEIGHT - sum(heights) - grid.spaceBefore - first.getSpaceAfter() - left
    after = [*blocks.heading("After", 2), *blocks.paragraph("y")]
    story = [*blocks.turned(), first, Spacer(1, gap), grid, *after]
    shares = paper_pages.how_full(build(story, settings={"has_cover": False, "has_contents": False}))
    assert len(shares) == 3 and min(shares[1:]) > 0


def test_row_headers_have_the_scope_of_their_row(build, tree):
    body = tree(build(blocks.table(["Audit", "Grade"], [["AUD-1", "Good"]], row_headers=True))).kids[2]
    assert scopes(body) == ["/Column", "/Column", "/Row"]
    keys = tree(build(blocks.key_values([("Owner", "Head of Service")]))).kids[2]
    assert scopes(keys) == ["/Row"]


def test_an_empty_table_says_none(build, tree):
    body = tree(build(blocks.table(["Audit", "Grade"], []))).kids[2]
    assert [cell.words for cell in body.all("TD")] == ["None", ""]


def test_a_list_has_its_entries(build, tree):
    body = tree(build(blocks.bullets(["one", "two\nand more"]))).kids[2]
    (whole,) = body.all("L")
    assert [each.words for each in whole.all("LI")] == ["•one", "•twoand more"]
    assert tree(build(blocks.bullets([]))).kids[2].words == "None."


def test_a_chart_has_its_alternative_text_and_its_numbers(build, tree):
    counts = charts.GradeCounts("Grades", ["Good", "Inadequate"], [("Plans", [3, 4])], "Of 7 audits, 3 were good.")
    body = tree(build(charts.figure(counts))).kids[2]
    assert body.all("Figure")[0].source["/Alt"] == "Of 7 audits, 3 were good."
    assert [cell.words for cell in body.all("TD")] == ["3", "4", "7"]


def test_contents_lines_are_links_tied_to_the_tree(build, tree):
    data = build(
        blocks.heading("Plans", 1) + blocks.link("Back to plans", "Plans-1") + blocks.heading("B", 1, key="Plans-1")
    )
    reader = pypdf.PdfReader(io.BytesIO(data))
    contents = tree(data).kids[1]
    assert [line.words for line in contents.all("TOCI")] == ["Plans 3", "B 3"]
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    parents = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    numbers = dict(zip(parents[::2], parents[1::2], strict=True))
    assert [numbers[note["/StructParent"]].get_object()["/S"] for note in notes] == ["/Link"] * 3
    assert {note["/Contents"] for note in notes} == {"Plans, page 3", "B, page 3", "Back to plans"}
    assert all(note["/Dest"][0].get_object() == reader.pages[2] for note in notes)


def test_each_page_knows_the_elements_of_its_marked_content(build):
    data = build(blocks.table(["A"], [[SENTENCE * 9]] * 30))
    reader = pypdf.PdfReader(io.BytesIO(data))
    parents = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    numbers = dict(zip(parents[::2], parents[1::2], strict=True))
    for page in reader.pages:
        for mark, element in enumerate(numbers[page["/StructParents"]].get_object()):
            kids = element.get_object()["/K"]
            kids = kids if isinstance(kids, list) else [kids]
            assert any(kid == mark or (isinstance(kid, dict) and kid.get("/MCID") == mark) for kid in kids)


def test_headers_and_footers_are_not_read(build, tree):
    data = build(blocks.paragraph("Words."))
    assert "Page 1 of 2" in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "Page" not in tree(data).words


def test_a_letter_the_fonts_lack_shows_its_name_and_keeps_its_true_self(build, tree):
    found, *_notice = tree(build(blocks.paragraph("Seen 😀 by 漢 Ŵylan"))).kids[2].all("P")
    assert found.words == "Seen [GRINNING FACE] by [CJK UNIFIED IDEOGRAPH-6F22] Ŵylan"
    assert found.source["/ActualText"] == "Seen 😀 by 漢 Ŵylan"


def test_the_file_says_it_is_tagged_and_only_when_it_is(build):
    tagged = pypdf.PdfReader(io.BytesIO(build(blocks.paragraph("Words.")))).root_object
    assert tagged["/MarkInfo"]["/Marked"] is True or str(tagged["/MarkInfo"]["/Marked"]) == "True"
    plain = pypdf.PdfReader(io.BytesIO(build(blocks.paragraph("Words."), tagged=False))).root_object
    assert "/StructTreeRoot" not in plain
    assert "/MarkInfo" not in plain


@pytest.mark.parametrize(
    "block", [blocks.grade_strip("Overall", "Good", tone="green"), blocks.note("Mind", title="Note")]
)
def test_boxes_read_as_words(build, tree, block):
    assert tree(build(block)).kids[2].words.split()[-1] in {"Good", "Mind", "NoteMind"}
