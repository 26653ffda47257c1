"""A self-assessment as a Word document: whole, nothing above its level; in the council's own template, version kept."""

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from sqlmodel import select

from audit_app import database, evidence_store, word_files
from audit_app.people.access import Role, system_scope
from audit_app.self_assessment.assessments import service as assessments
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.tables import Cites, Stance
from audit_app.self_assessment.tables_outputs import WordFor, WordTemplate
from audit_app.self_assessment.word import example, explained, ours, queries
from tests import builders, builders_packs
from tests import builders_self_assessment as made

NOW = builders.MOMENT
LIST = "/greenhaven/self-assessments"
LONG = " ".join(f"word{place:04d}" for place in range(1_111))[:10_000]
RTL = "الأطفال يقولون إننا نصغي إليهم"
OVERALL = Cited(Cites.grades, set_edition_id="case-audit-1", set_id="child-protection",
                period_from=date(2026, 8, 1), period_to=date(2026, 10, 31))  # fmt: skip


@pytest.fixture
def fill(app, engine, built_once):
    """Call to put a draft with everything in it into the council; with audits, one claim cites a figure of them."""

    def build(audits):
        with database.AuditSession(engine, info={"scope": system_scope("a test", made.COUNCIL)}) as session:
            session.info["log_key"] = app.extensions["log_key"]
            if audits:
                builders_packs.make_year(session)
            by = builders.make_person(session, roles=(Role.leader,), name="Wren Writer").id
            row = made.make_one_of_everything(session, by)
            at, who = made.sections_of(session, row.number)["HP"], {"by": by, "now": NOW}
            claims.add_claim(session, at, Said("known", LONG, Stance.works_well), [OVERALL] if audits else [], **who)
            claims.add_claim(session, at, Said("how_known", f"{RTL}\nSecond <line> & more"), **who)
            mark = sections.mark_of_grade(sections.section_of(session, row, at.section_id))
            sections.save_section(session, at, [], sections.TypedGrade("good", "Children are seen", mark), **who)
            assessments.write_leaders_words(session, made.COUNCIL, 1, "We mend plans.", revision=row.revision, **who)
            session.commit()

    return lambda *, audits: built_once(f"a draft to print, audits: {audits}", lambda: build(audits))


def test_every_word_is_in_the_document_with_real_headings_and_repeated_header_rows(fill, signed_in_as):
    fill(audits=True)
    council = signed_in_as(Role.leader)
    made_of = council.client.get(f"{LIST}/SAS-0001/word")
    assert made_of.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    data = made_of.data
    text = made.words_of(data)
    for words in (
        "Greenhaven", "SAS-0001", "Self-evaluation 2026", "What we know", "Care leavers feel safe", LONG, RTL,
        "Second <line> & more", "Survey of care leavers", "12 of 15 feel safe", "Ask again in spring", "Self-assessed:",
        "Good", "Children are seen", "We mend plans.", "Not signed yet.", "A draft that nobody has signed.",
        "Wren Writer", "8 of 12 audits drawn at random good or better", "Without evidence.", "Leadership",
        "None: it is not signed", "The template this product comes with", "1 April 2026 to 31 March 2027",
    ):  # fmt: skip
        assert words in text, words
    assert "Who was asked?" not in text  # a comment is never part of the document, nor is a suggestion
    assert "And how" not in text
    # Where plans stand in their table, nobody is told that nothing is written of them.
    assert text.count("Nothing is written here.") == 3 * 6 + 4 and text.count("beside the plans themselves.") == 1
    document = docx.Document(io.BytesIO(data))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings[0] == "In the leader’s own words"
    assert len(headings) == 1 + 4
    plans = next(table for table in document.tables if table.cell(0, 0).text == "What")
    assert plans.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    # As wide by its grid as by its cells, because programs differ in which they believe; and no wider than the page.
    assert [round(column.width.mm) for column in plans.columns] == [60, 36, 30, 40]
    assert all(round(cell.width.mm) == [60, 36, 30, 40][at] for row in plans.rows for at, cell in enumerate(row.cells))
    section = document.sections[0]
    top = "".join(paragraph.text for paragraph in section.header.paragraphs)
    assert top == "OFFICIAL-SENSITIVE · May be shown to: Leadership · Draft: not signed"
    assert section.page_width - section.left_margin - section.right_margin >= sum(each.width for each in plans.columns)
    title = document.styles["Title"].element
    assert title.find(".//" + qn("w:pBdr")) is None and document.paragraphs[0].style.name == "Title"
    assert document.styles.element.find(".//" + qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert council.client.get(f"{LIST}/SAS-0001/word").data == data
    text = made.words_of(signed_in_as(Role.business_support).client.get(f"{LIST}/SAS-0001/word").data)
    assert "Care leavers feel safe" in text
    assert "A figure of audits that only those who see all of them are shown" in text
    assert "8 of 12" not in text
    assert "Outstanding 2" not in text


def own(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def send(page, data, name="ours.docx", status=303, word_for="whole"):
    page.get(f"{LIST}/word-templates/{word_for}/new")
    form = {**page.form_data(), "file": (io.BytesIO(data), name), "note": "Blue"}
    sent = page.client.post(page.url, data=form, content_type="multipart/form-data")
    assert sent.status_code == status
    return sent.get_data(as_text=True)


def test_a_template_is_tried_kept_in_versions_used_and_set_aside(fill, signed_in_as, app, engine):
    fill(audits=False)
    council = signed_in_as(Role.leader)
    for role in (Role.business_support, Role.team_manager, Role.auditor):
        signed_in_as(role).get(f"{LIST}/word-templates", status=403)
    told = send(council, own("Dear {{ reciever }}"), status=422)
    assert "There is no placeholder “reciever”. It stands in paragraph 1: “Dear {" in told
    with database.AuditSession(engine, info={"scope": system_scope("a test", made.COUNCIL)}) as session:
        assert session.exec(select(WordTemplate)).all() == []
    assert list(evidence_store.list_hashes(app.config)) == []  # nothing is kept of what was refused
    send(council, own("{{ title }} for {{ council }}", "Made with: {{ template }}"))
    send(council, own("Second look: {{ title }}", "Made with: {{ template }}"))
    council.get(f"{LIST}/word-templates")
    assert "In use" in council.text
    data = council.client.get(f"{LIST}/SAS-0001/word").data
    assert made.words_of(data).startswith("Second look: Self-evaluation 2026 Made with: Version 2 of the council’s own")
    assert docx.Document(io.BytesIO(data)).core_properties.comments.startswith("Version 2 of the council’s own")
    council.get(f"{LIST}/word-templates/whole/placeholders")
    assert "Heading of the section, with its agency" in council.text
    council.get(f"{LIST}/word-templates")
    council.post(f"{LIST}/word-templates/whole/2/set-aside", {})
    assert made.words_of(council.client.get(f"{LIST}/SAS-0001/word").data).startswith(
        "Self-evaluation 2026 for Greenhaven"
    )
    council.post(f"{LIST}/word-templates/whole/2/set-aside", {}, status=409)
    council.post(f"{LIST}/word-templates/whole/1/set-aside", {})
    assert "The template this product comes with" in made.words_of(council.client.get(f"{LIST}/SAS-0001/word").data)
    kept = council.client.get(f"{LIST}/word-templates/whole/1").data
    assert "{{ title }} for {{ council }}" in made.words_of(kept)
    with database.AuditSession(engine, info={"scope": system_scope("a test", made.COUNCIL)}) as session:
        assert [line.in_use for line in queries.list_templates(session, made.COUNCIL, WordFor.whole)] == [False, False]


def test_a_template_that_tells_of_a_child_makes_no_published_document(fill, signed_in_as, app):
    fill(audits=False)
    council = signed_in_as(Role.leader)
    telling = own("{{ title }}", "For Mia Okafor, born 14 March 2015, our ref G-200001")
    refused = send(council, telling, status=422, word_for="children")
    assert "14 March 2015" in refused and "every document made with it would print that" in refused
    assert list(evidence_store.list_hashes(app.config)) == []
    send(council, own("{{ title }}", "Ask for Rosalind Pemberton"), word_for="children")
    council.get(f"{LIST}/word-templates")
    assert "will print these words of its own: Rosalind Pemberton" in council.text
    send(council, telling, word_for="whole")  # not published: an inside document may name a case


@pytest.mark.parametrize("word_for", [each for each in WordFor if each in example.MAKERS])
def test_our_own_template_passes_prints_every_placeholder_and_the_page_lists_each(word_for):
    given = example.of(word_for)
    document, own_words = word_files.try_out(ours.template(word_for), "ours.docx", given)
    listed = explained.listed(given)
    for row in listed:
        assert row.says
        assert row.example
    assert len({(row.typed, row.inside) for row in listed}) == len(listed)
    printed = made.words_of(document)
    assert "{" not in printed
    assert given["title"] in printed
    assert "{{ title }}" in own_words
