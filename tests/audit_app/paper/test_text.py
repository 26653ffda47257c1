"""PD-1 and PD-2: words go to the page through one door, and no mark-up comes with them."""

import ast
import base64
import io
import random
import re
from pathlib import Path
from urllib.parse import quote

import pypdf
import pytest
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from audit_app.paper import blocks, charts, text
from tests.house import source

SOURCES = sorted(Path(text.__file__).parents[1].rglob("*.py"))
TEMPLATES = [
    '<img src="{u}"/>', '<img src="{u}" width="10" height="10">', '<a href="{u}">see</a>', "<b>{u}",
    '<a name="{u}"/>', '<onDraw name="{u}" label="x"/>', "<font face='{u}'>x</font>", "{u}</para>",
    "<link href='{u}'>x</link>",
    "<para backColor='{u}'>x</para>", "<seq id='{u}'/>", '<bullet>{u}</bullet>', "<!-- {u} -->", "<![CDATA[{u}]]>",
    "<?xml {u}?>", "<index item='{u}'/>", "<unichar code='{u}'/>", "<super rise='{u}'>x</super>", "&{u};", "<{u}>",
]  # fmt: skip
TARGETS = [
    "{picture}", "file://{picture}", "javascript:app.alert(1)", "http://example.org/x.png", "rml:x", "#place",
    "data:image/png;base64,{b64}", "mailto:a@example.org", "//example.org/share", "\\\\example\\share",
    "pdf:out.pdf", "document:place",
]  # fmt: skip
ENCODINGS = [
    lambda words: words,
    lambda words: words.replace("<", "&lt;").replace(">", "&gt;"),
    lambda words: words.replace("<", "&#60;").replace("i", "&#x69;"),
    quote,
    lambda words: words.replace("<", "<\x00").replace("=", "=\u200b"),
    lambda words: words.upper(),
    lambda words: "(" + words.replace("(", "\\(") + ") Tj ET Q BT /F1 1 Tf",
    lambda words: words.replace("<", "＜").replace(">", "＞"),
]


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "secret.png"
    Image.new("RGB", (9, 7), "red").save(path)
    return path


def hostile_texts(picture, count, seed=20260930):
    chance = random.Random(seed)
    b64 = base64.b64encode(picture.read_bytes()).decode()
    for _ in range(count):
        target = chance.choice(TARGETS).format(picture=picture, b64=b64)
        yield chance.choice(ENCODINGS)(chance.choice(TEMPLATES).format(u=target))


def dangers(data):
    """Images, and link annotations or catalogue entries that act or lead out of the file."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    found = [name for page in reader.pages for name in page["/Resources"].get("/XObject", {})]
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    found += [str(note) for note in notes if "/A" in note or "/AA" in note]
    opens = reader.root_object.get("/OpenAction")
    opens = opens.get_object() if opens is not None else None
    if opens is not None and not (
        isinstance(opens, pypdf.generic.ArrayObject)
        and [str(part) for part in opens[1:]] == ["/XYZ", "NullObject", "NullObject", "1"]
    ):
        found.append(f"opens with {opens}")  # a place in the file at full size is no action
    return found + [key for key in ("/AA", "/JavaScript", "/AcroForm") if key in reader.root_object]


def _as_read(letter):
    """A pattern of the letter, or of its name where it has to be printed by that."""
    name = "".join(text.readable(letter).split())
    return re.escape(letter) if name == letter else f"(?:{re.escape(letter)}|{re.escape(name)})"


def test_hostile_texts_build_in_every_block_and_nothing_acts_or_is_embedded(picture, build, words_of):
    texts = list(hostile_texts(picture, 60))
    story = []
    for words in texts:
        story += [*blocks.heading(words, 2), *blocks.paragraph(words), *blocks.note(words, title=words)]
        story += blocks.bullets([words])
    story += blocks.table(["One", "Two"], [[words, blocks.Status(words)] for words in texts], caption=texts[0])
    story += blocks.key_values([(words, words) for words in texts[:10]]) + blocks.grade_strip(texts[1], texts[2])
    story += charts.figure(charts.GradeCounts(texts[3], texts[4:6], [(texts[6], [1, 2])], texts[7]))
    data = build(story, settings={"title": texts[8], "council": texts[9], "details": [(texts[10], texts[11])]})
    assert dangers(data) == []
    found = words_of(data)
    for words in texts:
        # Readers are given a letter of the basic plane itself where its name stands whole on a line.
        ways = [_as_read(letter) for letter in text.fit_for_paper(words) if not letter.isspace()]
        assert re.search("".join(ways), found), words


def test_without_the_door_the_same_mark_up_embeds_a_file_and_makes_a_link(picture):
    """The control: it is the escaping that protects, nothing in ReportLab."""
    output = io.BytesIO()
    raw = [f'<img src="{picture}"/>', '<a href="javascript:app.alert(1)">see</a>']
    SimpleDocTemplate(output).build([Paragraph(words, ParagraphStyle("x")) for words in raw])
    found = dangers(output.getvalue())
    assert any("FormXob" in danger for danger in found)
    assert any("javascript" in danger for danger in found)


def own_names(nodes):
    """Classes of the file's own, and those it takes from elsewhere in the product: a block may be called Paragraph."""
    taken = [node for node in nodes if isinstance(node, ast.ImportFrom) and str(node.module).startswith("audit_app")]
    return {node.name for node in nodes if isinstance(node, ast.ClassDef)} | {
        name.asname or name.name for node in taken for name in node.names if node.module.startswith("audit_app.packs")
    }


def calls_of_paragraph(tree):
    nodes = source.walk(tree)
    own = own_names(nodes)
    if "Paragraph" in own or "story_blocks" in own:
        return [
            node.lineno for node in nodes if isinstance(node, ast.ImportFrom) and str(node.module)[:9] == "reportlab"
        ]
    return [
        node.lineno
        for node in nodes
        if (isinstance(node, ast.Name) and node.id in {"Paragraph", "XPreformatted"})
        or (isinstance(node, ast.Attribute) and node.attr in {"Paragraph", "XPreformatted"})
        or (isinstance(node, ast.ImportFrom) and {"Paragraph", "XPreformatted"} & {name.name for name in node.names})
    ]


def test_only_the_door_itself_knows_reportlabs_paragraph():
    assert len(SOURCES) > 5
    strays = [f"{path.name}:{line}" for path in SOURCES for line in calls_of_paragraph(source.tree_of(path))]
    assert {stray.split(":")[0] for stray in strays} == {"text.py"}


def test_the_scan_for_stray_paragraphs_bites():
    assert calls_of_paragraph(ast.parse("from reportlab.platypus import Paragraph\nx = Paragraph(words)")) == [1, 2]
    assert calls_of_paragraph(ast.parse("import reportlab.platypus as p\np.Paragraph(words)")) == [2]


def test_controls_and_hidden_characters_go_and_lines_stay():
    assert text.fit_for_paper("a\x00b\x1b[0m\r\nc\u202ed\u200b\ufeff\te\u2028f\rg") == "ab[0m\ncd e\nf\ng"


def test_a_lone_surrogate_does_not_stop_a_document(build):
    assert build(blocks.paragraph("half \ud83d of a letter"))
    assert text.line("half \ud83d of a letter") == "half \ufffd of a letter"


def test_letters_are_composed_so_that_each_has_a_glyph():
    assert text.fit_for_paper("e\u0302\u0323 W\u0302ylan") == "ệ Ŵylan"


def test_long_text_is_cut_at_spaces_into_pieces_of_at_most_two_thousand():
    words = " ".join(f"word{n}" for n in range(3_000))
    pieces = [each.getPlainText() for each in text.paragraphs(words)]
    assert max(map(len, pieces)) <= 2_000
    assert " ".join(pieces) == words


def test_a_word_of_five_thousand_letters_is_cut_and_none_lost():
    pieces = [each.getPlainText() for each in text.paragraphs("x" * 5_000)]
    assert "".join(pieces) == "x" * 5_000
    assert max(map(len, pieces)) <= 2_000


def test_each_line_of_the_text_becomes_a_paragraph():
    assert [each.getPlainText() for each in text.paragraphs("one\n\n two \nthree")] == ["one", "two", "three"]
