"""The file as a whole: the same bytes, nothing lost, no page wrong, stopped when asked."""

import io
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise

import pypdf
import pypdfium2
import pytest
from PIL import Image

from audit_app.paper import blocks, charts, cover, document, style, text
from tests.chosen import WHOLE


def test_nothing_that_is_read_is_set_below_nine_points():
    assert min(look.fontSize for look in style.STYLES.values()) >= 9


SENTENCE = "The plan names what will be different for the child but not who will do it. "


def reader_of(data):
    return pypdf.PdfReader(io.BytesIO(data))


def story_of_everything():
    counts = charts.GradeCounts(
        "Grades", ["Good", "Inadequate"], [("Plans", [3, 4]), ("Visits", [0, 2])], "Most fall short."
    )
    rows = [[f"ACT-{n:04d}", SENTENCE * (n % 5), blocks.Status("Red", "red"), blocks.Number(n)] for n in range(60)]
    return [
        *blocks.heading("What the audits say", 1, key="audits"), *blocks.paragraph(SENTENCE * 8, "lead"),
        *charts.figure(counts), *blocks.note(SENTENCE * 90, title="How to read this"),
        *blocks.grade_strip("Overall grade", "Requires improvement", tone="yellow"),
        *blocks.heading("Łukasz and Việt", 2), *blocks.bullets([SENTENCE, SENTENCE * 60]),
        *blocks.key_values([("Owner", "Head of Service"), ("Found in", SENTENCE * 80)]), *blocks.page_break(),
        *blocks.table(["Action", "What", "BRAG", "Days"], rows, widths=[1, 4, 1, 1], caption="Actions"),
        *blocks.link("Back to the audits", "audits"), *blocks.space(5),
    ]  # fmt: skip


def test_two_builds_are_the_same_to_the_byte(build):
    assert build(story_of_everything()) == build(story_of_everything())


def test_one_story_built_twice_is_the_same_to_the_byte(build):
    story = story_of_everything()
    assert build(story) == build(story)


@pytest.mark.parametrize("tagged", [True, False])
def test_an_independent_reader_finds_no_fault(build, tagged, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed, so the file's syntax was NOT checked")
    path = tmp_path / "pack.pdf"
    path.write_bytes(build(story_of_everything(), tagged=tagged))
    found = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_title_language_and_labels_are_set_and_nobody_is_named(build):
    reader = reader_of(build(story_of_everything(), settings={"title": "Pack <b> & Ŵ"}))
    assert dict(reader.metadata) == {"/Title": "Pack <b> & Ŵ", "/Producer": "Inspection readiness toolkit"}
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.page_labels == [str(n + 1) for n in range(len(reader.pages))]


def test_every_font_is_embedded(build):
    reader = reader_of(build(story_of_everything()))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_page_numbers_count_on_through_cover_contents_and_body(build):
    reader = reader_of(build(story_of_everything()))
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        assert f"Page {number} of {total}" in page.extract_text()
    assert "Contents" in reader.pages[1].extract_text()


def test_the_contents_give_the_page_each_heading_is_on(build, tree):
    story = []
    for n in range(150):
        story += blocks.heading(f"Area {n:03d}", n % 3 + 1) + blocks.paragraph(SENTENCE * (n % 9 + 1))
    data = build(story)
    pages = [page.extract_text() for page in reader_of(data).pages]
    listed = [line.words.rsplit(" ", 1) for line in tree(data).kids[1].all("TOCI")]
    assert [words for words, _ in listed] == [f"Area {n:03d}" for n in range(150)]
    for words, page in listed:
        assert f"{words}\n" in pages[int(page) - 1] + "\n"


def test_the_outline_follows_the_headings_and_forgives_a_skipped_level(build):
    story = (
        blocks.heading("One", 1)
        + blocks.heading("Deep", 3)
        + blocks.heading("Two", 1)
        + blocks.heading("Off", 2, listed=False)
    )
    outline = reader_of(build(story)).outline
    assert [each.title if not isinstance(each, list) else [kid.title for kid in each] for each in outline] == [
        "One, page 3",
        ["Deep, page 3"],
        "Two, page 3",
    ]


def test_no_heading_ends_a_page(build):
    story = []
    for n in range(120 if WHOLE else 60):
        story += blocks.paragraph(SENTENCE * (n % 5 + 1))
        story += blocks.heading(f"Heading {n}", 2) + blocks.heading(f"Under {n}", 3)
        story += blocks.table(["Audit", "Words"], [["AUD-1", SENTENCE * (n % 40)]], caption="Table")
    furniture = ("Page ", "OFFICIAL", "PCK-", "Evidence pack")
    for page in reader_of(build(story, settings={"has_contents": False})).pages:
        body = [row for row in page.extract_text().splitlines() if row.strip() and not row.startswith(furniture)]
        assert not body or not body[-1].startswith(("Heading", "Under", "Table", "Audit"))


def test_a_row_that_heads_others_ends_no_page(build):
    rows = [blocks.Across("The front door"), *[[f"ACT-{n}", SENTENCE] for n in range(24)]]
    for lines in range(24, 44, 1 if WHOLE else 2):
        story = [line for _ in range(lines) for line in blocks.paragraph("Line.")]
        story += blocks.heading("Our plan", 2) + blocks.table(["Action", "Words"], rows, small=True)
        pages = [page.extract_text() for page in reader_of(build(story, settings={"has_contents": False})).pages]
        (headed,) = [page for page in pages if "The front door" in page]
        assert "ACT-0" in headed and "Our plan" in headed, lines


def test_quiet_words_before_a_heading_stay_on_their_page(build):
    parted = []
    for lines in range(30, 44):
        story = [line for _ in range(lines) for line in blocks.paragraph("Line.")]
        story += blocks.paragraph("Read in the register.", "quiet") + blocks.heading("What was left out", 1)
        pages = [page.extract_text() for page in reader_of(build([*story, *blocks.paragraph("Nothing.")])).pages]
        places = [
            [n for n, page in enumerate(pages[2:]) if words in page] for words in ("Read in the", "What was left")
        ]
        parted.append(places[0] != places[1])
    assert any(parted) and not all(parted)


def test_nothing_of_a_long_answer_is_lost(build, words_of):
    words = " ".join(f"answer{n}" for n in range(1_200))[:10_000]
    everywhere = [
        *blocks.paragraph(words), *blocks.bullets([words]), *blocks.note(words, title=words),
        *blocks.key_values([("Rationale", words)]), *blocks.grade_strip(words, words), *blocks.heading(words, 2),
        *blocks.table(["Audit", "Answer"], [["AUD-0001", words], [words, words]], widths=[1, 3]),
        *blocks.table([words, "Answer"], [["x", "y"]], caption=words),
    ]  # fmt: skip
    data = build(everywhere, settings={"has_contents": False})
    # Thirteen copies were put in, and thirteen came out.
    found = Counter(re.findall(r"answer(\d+)", words_of(data)))
    assert [number for number in range(1_000) if found[str(number)] != 13] == []


def test_every_text_of_a_mixed_document_is_in_it(build, words_of):
    found = words_of(build(story_of_everything()))
    for words in ("Requiresimprovement", "ŁukaszandViệt", "ACT-0059", "Backtotheaudits", "HeadofService"):
        assert words in found
    assert found.count("".join(SENTENCE.split())) >= 150


def test_a_document_called_off_stops_at_the_next_page(build):
    seen = []
    with pytest.raises(document.Cancelled):
        build(story_of_everything(), cancelled=lambda: len(seen) >= 3, progress=seen.append)
    assert seen == [1, 2, 3]


def test_a_document_out_of_time_says_what_to_do(build):
    with pytest.raises(document.TookTooLong, match="Choose a shorter period"):
        build(story_of_everything(), time_limit_seconds=0)


def test_progress_counts_every_page(build):
    seen = []
    data = build(story_of_everything(), progress=seen.append)
    assert seen == list(range(1, len(reader_of(data).pages) + 1))


def test_a_link_to_nowhere_is_named(build):
    with pytest.raises(document.LostLink, match="AFI-9"):
        build(blocks.link("See AFI-9", "AFI-9"))


def test_missing_fonts_say_which_command_makes_them(tmp_path):
    with pytest.raises(style.FontsMissing, match="make assets"):
        style.register_fonts(tmp_path)


def test_a_logo_is_printed_and_a_broken_one_refused(build):
    picture = io.BytesIO()
    Image.new("RGBA", (300, 90), (20, 80, 110, 128)).save(picture, "PNG")
    data = build(blocks.paragraph("x"), settings={"logo": picture.getvalue(), "council": "Millbrook Council"})
    assert data == build(blocks.paragraph("x"), settings={"logo": picture.getvalue(), "council": "Millbrook Council"})
    assert len(reader_of(data).pages[0].images) == 1
    with pytest.raises(cover.LogoUnreadable, match="PNG or JPEG"):
        build(blocks.paragraph("x"), settings={"logo": b"%PDF-1.4 not a picture"})


def test_an_empty_story_and_a_story_without_a_cover_build(build):
    assert len(reader_of(build([])).pages) == 1
    assert len(reader_of(build(blocks.paragraph("x"), settings={"has_cover": False})).pages) == 1


def test_tables_that_cannot_be_printed_are_refused_in_words():
    with pytest.raises(blocks.TooManyColumns, match="at most 12"):
        blocks.table(["x"] * 13, [])
    with pytest.raises(blocks.UnevenRow, match="Row 2 has 1 cells"):
        blocks.table(["a", "b"], [["1", "2"], ["3"]])


def test_the_longest_single_word_does_not_stop_a_page(build):
    assert build(blocks.table(["a"] * 12, [["W" * 10_000] + ["x"] * 11]))
    assert text.line("a\nb\tc") == "a b c"


def test_a_long_reference_and_a_long_marking_do_not_run_into_each_other_at_the_foot():
    described = document.PrintedDocument(
        title="A form", reference="own-greenhaven-neglect-2, core, fingerprint 0e4ef218211f",
        marking="OFFICIAL-SENSITIVE when filled in", has_cover=False, has_contents=False,
    )  # fmt: skip
    data = document.build(described, blocks.heading("A form"))
    with pypdfium2.PdfDocument(data) as paper:
        page = paper[0].get_textpage()
        boxes = {}
        for at in range(page.count_chars()):
            left, bottom, right, _ = page.get_charbox(at)
            if bottom < style.MARGIN and page.get_text_range(at, 1).strip():
                boxes[left] = right
    ordered = sorted(boxes.items())
    assert len(ordered) > 40
    assert all(later >= right - 0.6 for (_, right), (later, _) in pairwise(ordered))
