"""A Word template is untrusted: what it may say, what it must not hold, and what comes out of it."""

import io
import json
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from audit_app import limits, word_files
from audit_app.evidence_store import Refused
from audit_app.word_files import filling

EXAMPLE = {
    "title": "Self-evaluation", "is_signed": True,
    "sections": [{"heading": "Help", "text": "Words", "plans": [{"what": "Do it", "who": "Head"}], "notes": ["A"]}],
}  # fmt: skip
ABOUT = word_files.About("Title & more", "Subject", "Greenhaven", "SAS-0001", "Version 3", "2026-11-02")


def template(*paragraphs, change=lambda document: None):
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def refused(data, name="template.docx"):
    with pytest.raises(Refused) as caught:
        word_files.try_out(data, name, EXAMPLE)
    return caught.value.message


def answered(data):
    """Why the reader refuses a template, asked in this process: the child it has in life is tried below."""
    about = {"title": "", "subject": "", "council": "", "reference": "", "template": "", "day": "2026-01-01"}
    question = json.dumps({"example": EXAMPLE, "contents": EXAMPLE, "about": about}).encode() + b"\n" + data
    return json.loads(filling.answer(question).partition(b"\n")[0])["refused"][1]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ titel }}", "There is no placeholder “titel”. It stands in paragraph 2: “Dear {{ titel }}”."),
        ("{%p for s in sections %}{{ s.hedaing }}{%p endfor %}", "There is no placeholder “s.hedaing”."),
        ("{% for s in sections %}{{ s.hedaing }}{% endfor %}", "It stands in paragraph 2: “Dear {% for s in sect"),
        ("{{ sections }}", "“sections” holds several things"),
        ("{% for a in title %}x{% endfor %}", "“title” is one text, so nothing can be repeated over it."),
        ("{{ title.__class__ }}", "There is no placeholder “title.__class__”."),
        ("{{ ''.join(title) }}", "cannot hold"),
        ("{{ 'x' * 9999999999 }}", "cannot hold"),
        ("{{ title | safe }}", "cannot use “safe”"),
        ("{{ title | attr('x') }}", "cannot use “attr”"),
        ("{% set a = 1 %}", "cannot hold"),
        ("{% include 'x' %}", "cannot hold"),
        ("{% if title %}", "The template cannot be read near “Dear {% if title %}”"),
        ("{{ loop.index }}", "There is no placeholder “loop”."),
    ],
)
def test_a_template_says_only_what_it_may_and_is_told_where_it_does_not(line, says):
    apart = line.replace("%}{", "%}\n{").replace("}}{", "}}\n{").split("\n") if line.startswith("{%p") else None
    assert says in answered(template(*(apart or ("First", f"Dear {line}"))))


def field(words):
    def change(document):
        paragraph = document.add_paragraph()
        for kind, text in (("begin", ""), (None, words[:3]), (None, words[3:]), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            paragraph.add_run()._r.append(element)

    return change


def simple_field(document):
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), "INCLUDEPICTURE http://x")
    document.add_paragraph()._p.append(element)


def tracked(document):
    document.add_paragraph()._p.append(OxmlElement("w:ins"))


def in_a_header(document):
    document.sections[0].header.paragraphs[0].text = "{{ nowhere }}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (field("DDEAUTO c:\\cmd"), "has the field DDEAUTO"),
        (simple_field, "has the field INCLUDEPICTURE"),
        (tracked, "tracked changes"),
        (lambda document: document.element.body.insert(0, OxmlElement("w:altChunk")), "another file inside"),
        (lambda document: document.add_comment(document.add_paragraph("x").runs, "Who says so?"), "holds comments"),
        (in_a_header, "There is no placeholder “nowhere”. It stands in paragraph 1"),
    ],
)
def test_what_fetches_tracks_or_hides_is_refused(change, says):
    assert says in answered(template("Words", change=change))


def with_part(data, name, text):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(target, "w") as anew:
        for part in package.namelist():
            anew.writestr(part, package.read(part))
        anew.writestr(name, text)
    return target.getvalue()


def test_no_other_file_damaged_file_or_macro_comes_in():
    sound = template("{{ title }}")
    assert "save it again" in refused(sound[:-40])
    assert "macros" in refused(with_part(sound, "word/vbaProject.bin", b"x"))
    assert "macros" in refused(sound, "template.docm")
    assert "empty" in refused(b"")
    assert "ends in .docx" in refused(b"%PDF-1.4\n1 0 obj\n%%EOF", "t.pdf") or "PDF" in refused(b"%PDF-1.4", "t.pdf")
    assert "larger than 5 MB" in refused(b"x" * (word_files.TEMPLATE_LIMIT + 1))
    # A repetition that begins in a table and ends outside it would lose words without a sound.
    table = template(change=lambda document: setattr(document.add_table(1, 1).cell(0, 0), "text", "{% if title %}"))
    document = docx.Document(io.BytesIO(table))
    document.add_paragraph("{% endif %}")
    document.add_paragraph("{% for s in sections %}{% endfor %}")
    target = io.BytesIO()
    document.save(target)
    with pytest.raises(Refused, match="not sound"):
        word_files.fill(target.getvalue(), EXAMPLE, {**EXAMPLE, "title": ""}, ABOUT)


def test_a_repetition_without_end_is_stopped_and_takes_nothing_down():
    nested = "".join(f"{{% for a{n} in sections %}}" for n in range(9)) + "x" + "{% endfor %}" * 9
    many = {**EXAMPLE, "sections": EXAMPLE["sections"] * 60}
    with pytest.raises(Refused, match=r"too long|more than can be read|damaged"):
        word_files.fill(
            template(nested), EXAMPLE, many, ABOUT, limits.Limits(memory_mb=1_024, cpu_seconds=1, wall_seconds=20)
        )


def test_words_come_out_as_they_were_typed_and_the_file_says_nothing_of_its_maker():
    hostile = 'A & B <w:p> "{{ title }}" {% for x in y %} \x00 end'
    arabic = "الأطفال يقولون"
    contents = {**EXAMPLE, "title": hostile, "sections": [{**EXAMPLE["sections"][0], "text": f"{arabic}\nTwo"}]}
    data = template(
        "{{ title }}", "{%p for s in sections %}", "{{ s.text }}", "{%p endfor %}",
        change=lambda document: setattr(document.core_properties, "last_modified_by", "Pat Planted"),
    )  # fmt: skip
    made = word_files.fill(data, EXAMPLE, contents, ABOUT)
    assert word_files.fill(data, EXAMPLE, contents, ABOUT) == made
    document = docx.Document(io.BytesIO(made))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == [hostile.replace("\x00", ""), arabic, "Two"]
    assert [paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None
            for paragraph in document.paragraphs] == [False, True, False]  # fmt: skip
    about = document.core_properties
    assert (about.title, about.author, about.identifier, about.comments, about.language, about.last_modified_by) == (
        "Title & more", "Greenhaven", "SAS-0001", "Version 3", "en-GB", "",
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "Pat Planted" not in "".join(
            package.read(name).decode("utf-8", "replace") for name in package.namelist()
        )
        assert not any("thumbnail" in name for name in package.namelist())
