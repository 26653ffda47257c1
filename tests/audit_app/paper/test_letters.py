"""Letters no font has, and scripts that run from the right, read back from the file as a reader of it would."""

import re
import unicodedata

import pypdfium2
import pytest

from audit_app.paper import blocks, charts, document, style, text
from audit_app.paper.letters import arabic, direction, naming, notice

# What each line must say when it is copied out of the file.
COPIED = {
    "Welsh": ("Ŵylan said œuvre", "Ŵylan said œuvre"),
    "Hebrew": ("שלום עולם", "שלום עולם"),
    "Hebrew with points": ("בְּרֵאשִׁית", "בְּרֵאשִׁית"),
    "Arabic": ("السلام عليكم، كيف حالك؟", "السلام عليكم، كيف حالك؟"),
    "Arabic with vowels": ("مُحَمَّد", "مُحَمَّد"),
    "Persian with a joiner left out": ("می\u200cخواهم", "میخواهم"),
    "a number in Arabic": ("عندي 25 سنة", "عندي 25 سنة"),
    "marks without a composed letter": ("ọ́jọ́ x̂", "ọ́jọ́ x̂"),
    "of the basic plane": ("by 漢字, and 漢", "by 漢字, and 漢"),
    "beyond the basic plane": ("Seen 😀 today", "Seen [GRINNING FACE] today"),
    "joined and varied emoji": ("👩\u200d👧 ❤\ufe0f", "[WOMAN][GIRL] ❤"),
    "private": ("a\ue000b", "a[U+E000]b"),
    "hidden": ("in\u200bside\u202e out\x07", "inside out"),
    "typed like a name": ("[GRINNING FACE] typed", "[GRINNING FACE] typed"),
}


@pytest.fixture(scope="module")
def copied():
    """Each line of a document, by the line that was typed."""
    story = []
    for typed, _ in COPIED.values():
        story += blocks.paragraph(typed)
    data = document.build(document.PrintedDocument(title="Letters", has_cover=False, has_contents=False), story)
    with pypdfium2.PdfDocument(data) as paper:
        words = "\n".join(page.get_textpage().get_text_range() for page in paper)
    return unicodedata.normalize("NFC", words).splitlines()


@pytest.mark.parametrize("kind", COPIED)
def test_a_line_copied_from_the_file_holds_the_words_as_they_were_typed(copied, kind):
    assert unicodedata.normalize("NFC", COPIED[kind][1]) in copied


def test_the_notice_counts_each_letter_once_however_often_its_table_head_is_repeated(build, words_of):
    rows = [[f"Row {n}", "漢"] for n in range(150)]
    data = build([*blocks.heading("😀"), *blocks.table(["漢 and ก", "Two"], rows)])
    found = words_of(data)
    assert found.count("Lettersprintedbytheirnames") == 1
    assert "[CJKUNIFIEDIDEOGRAPH-6F22]151times,[THAICHARACTERKOKAI]onceand[GRINNINGFACE]once" in found


def test_a_document_whose_letters_all_print_has_no_notice(build, words_of):
    assert "Lettersprinted" not in words_of(build(blocks.paragraph("Ŵylan, Łódź, שלום, [GRINNING FACE]")))


def test_a_head_of_pages_without_a_cover_is_told_too(build, words_of):
    found = words_of(build(blocks.paragraph("x"), settings={"title": "漢", "has_cover": False}))
    assert "[CJKUNIFIEDIDEOGRAPH-6F22]once" in found


def test_words_from_the_right_keep_their_order_where_a_page_ends_within_them():
    style.register_fonts()
    words = " ".join(f"كلمة{n}" for n in range(60))
    (whole,) = text.paragraphs(words)
    whole.wrap(200, 1_000)
    first, second = whole.split(200, 40)
    assert first.lettering is second.lettering
    assert second.place == len("".join(first.frags[0].words)) > 0
    assert second.lettering.levels[second.place] == 1


# Levels as fribidi 1.0.8 gives them for the same words.
LEVELS = {
    "seen שלום (ok) 12%": "000001111000000000",
    "مرحبا (John) 25, ب": "111111122221122111",
    "א1-2 a": "122212",
    "(אב) x": "111112",
    "ab ٤٥ ב": "0002211",
}


@pytest.mark.parametrize("words", LEVELS)
def test_levels_are_those_of_the_bidirectional_algorithm(words):
    assert "".join(map(str, direction.levels(words, direction.begins_from_right(words)))) == LEVELS[words]


def test_brackets_are_mirrored_and_numbers_keep_their_order():
    assert text.line("(שלום) 12 של") == "לש 12 (םולש)"


def test_letters_are_joined_as_their_neighbours_ask():
    known = text._glyphs()
    assert arabic.joined("بيت", known) == "ﺑﻴﺖ"
    assert arabic.joined("دار", known) == "دار"  # none of these joins the next
    assert arabic.joined("سلام", known) == "ﺳﻼم"  # lam and alef are one sign
    assert arabic.joined("بَيت", known) == "ﺑَﻴﺖ"  # a vowel sign parts nothing
    assert arabic.joined("می\u200cخ", known) == "ﻣﯽ\u200cخ"


def test_each_letter_has_a_name_or_its_number():
    assert naming.name_of("漢") == "[CJK UNIFIED IDEOGRAPH-6F22]"
    assert naming.name_of("\U000f0000") == "[U+F0000]"
    assert notice.told_of([]) == ""


def test_titles_keep_true_letters_where_nothing_is_drawn(build):
    data = build(blocks.heading("漢字 שלום"), settings={"title": "😀 report"})
    with pypdfium2.PdfDocument(data) as paper:
        assert paper.get_metadata_value("Title") == "😀 report"
        assert [entry.get_title() for entry in paper.get_toc()] == ["漢字 שלום, page 3"]


def test_a_chart_for_the_screen_leaves_letters_and_direction_to_the_screen():
    counts = charts.GradeCounts("Title 漢", ["טוב"], [("شارع 漢", [1])], "In words 漢")
    picture = charts.svg(counts).decode()
    assert {"Title 漢", "טוב", "شارع 漢"} <= set(re.findall(r"<(?:title|text)[^>]*>\s*([^<]*?)\s*<", picture))
    assert "[CJK" not in picture
