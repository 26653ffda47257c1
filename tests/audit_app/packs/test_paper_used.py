"""Packs waste no paper, and what was set closely to save it is all there: no text, row, audit or source is lost."""

import re
from dataclasses import replace

import pytest

from audit_app.packs import pdf
from audit_app.packs.composing.thread_sentences import NOT_ANSWERED
from audit_app.packs.contents import GradeRow, GradeTable, IntervalRow, SourcePart
from audit_app.packs.kinds import queries
from audit_app.packs.story import about, audits, grade_tables, threads
from audit_app.packs.story.blocks import Bars, Heading, Lists, Paragraph, Table
from tests import builders_packs, paper_pages

LEAST_FULL, LEAST_LINES = 1 / 3, 5
FRONT = 2  # cover and contents
KINDS = {
    "inspection-pack": (0, 1, 2, 3),
    "judgement-area-folder": (1, 3),
    "single-audit": (1,),
    "thematic-report": (1,),
    "board-report": (0, 3),
    "annual-qa-report": (1,),
}
CHOSEN = {"judgement-area-folder": {"areas": ("HP",)}, "single-audit": {"audits": (1,)},
          "board-report": {"since": builders_packs.FIRST}}  # fmt: skip


def thin_pages(pack):
    data = pdf.render(pack)
    return paper_pages.thin(data, least_full=LEAST_FULL, least_lines=LEAST_LINES, front=FRONT)


@pytest.mark.proof("prints a pack of every kind there is")
def test_no_page_of_any_kind_holds_a_few_lines(session, year, composed):
    theme, _ = queries.list_themes(session, builders_packs.COUNCIL)[0]
    chosen = {**CHOSEN, "thematic-report": {"theme": theme}}
    packs = [(kind, level) for kind, levels in KINDS.items() for level in levels]
    found_thin = {
        (kind, level): pages
        for kind, level in packs
        if (pages := thin_pages(composed(kind, level=level, each_audit=level < 1, chosen=chosen.get(kind))))
    }
    assert found_thin == {}


@pytest.mark.parametrize("level", [1, 3])
def test_a_register_with_nothing_in_it_makes_no_page_of_a_few_lines(session, composed, level):
    assert thin_pages(composed("inspection-pack", level=level)) == []


# --- nothing is lost -------------------------------------------------------------------------------------------------


def words_of(blocks):
    """Everything that blocks say, in one text."""
    said = []
    for block in blocks:
        said += [block.words] if isinstance(block, Heading | Paragraph) else []
        said += [text for _, texts in block.lists for text in texts] if isinstance(block, Lists) else []
        figures = block.figures if isinstance(block, Bars) else block
        if isinstance(figures, Table):
            said += [*figures.columns, *(str(cell) for row in figures.rows for cell in row)]
    return " ".join(said)


@pytest.mark.proof("prints packs of several kinds to read them back")
def test_every_sentence_of_an_area_stands_on_its_page_or_in_its_table(session, year, composed):
    pack = composed("inspection-pack", level=1)
    assert len(pack.threads) == 2
    for thread in pack.threads:
        page = words_of(threads.area_for_improvement(thread))
        for text in (text for part in thread.parts for text in part.sentences):
            action = re.fullmatch(r"(ACT-\d+) is (.+)\.", text)
            if action and text not in page:
                # What is left out stands in the line of its action, word for word.
                (line,) = [line for line in thread.did if line.reference == action[1]]
                assert line.state.casefold().startswith(action[2].casefold()), text
                assert line.state in page
            else:
                assert text in page, text


def test_questions_without_an_answer_stand_together_and_each_says_so(session, year, composed):
    (bare,) = [thread for thread in composed("inspection-pack", level=1).threads if not thread.did]
    blocks = threads.area_for_improvement(bare)
    place = next(at for at, block in enumerate(blocks) if getattr(block, "words", "") == threads.WAITING)
    together = blocks[place + 1].words
    waiting = [part.sentences[0] for part in bare.parts if part.sentences[0] in NOT_ANSWERED]
    assert len(waiting) >= 5 and all(text in together for text in waiting)
    assert not any(isinstance(block, Lists) for block in blocks)


FOUR = ("Outstanding", "Good", "Requires improvement", "Inadequate")


def grades(*rows, shares=(), **more):
    return GradeTable("Grades given in 30 audits", FOUR, rows, "", reached_words="Good or better",
                      intervals=tuple(IntervalRow(name, 5, 12, share, "between 2 and 7 in every 10")
                                      for name, share in shares), **more)  # fmt: skip


def test_a_domain_of_which_too_few_were_graded_is_told_in_a_sentence_with_its_grades():
    table = grades(GradeRow("The plan", (1, 4, 5, 2), 12), GradeRow("Leaving care", (0, 3, 0, 1), 4),
                   shares=[("The plan", "42%")])  # fmt: skip
    (note, bars) = grade_tables.grade_table(table)
    assert "“Leaving care”: Good 3, Inadequate 1" in note.words
    assert [row[0] for row in bars.figures.rows] == ["The plan"]
    assert bars.figures.rows[0][-2:] == ("5 of 12 (42%)", "2 to 7 in every 10")


def test_of_hidden_grades_the_sentence_tells_only_how_many_and_of_a_hidden_number_nothing():
    table = grades(GradeRow("The plan", (6, 6, 7, 9), 28), GradeRow("Leaving care", (None,) * 4, 7),
                   GradeRow("Health", (None,) * 4, None), shares=[("The plan", "43%")])  # fmt: skip
    assert grade_tables.in_sentences(table) == "“Leaving care”: 7 in all"
    assert [row[0] for row in grade_tables.grade_table(table)[-1].rows] == ["The plan"]


def test_each_audit_of_the_list_stands_once_under_its_team_with_its_grade_and_month(session, year, composed):
    pack = composed("inspection-pack", level=2)
    (table,) = [block for block in audits.audit_list(pack) if isinstance(block, Table)]
    assert len(pack.audits) == 12
    text = words_of([table])
    for line in pack.audits:
        assert text.count(line.name) == 1
        (cell,) = [str(cell) for row in table.rows if row[0].startswith(line.team) for cell in row if line.name in cell]
        (of_grade,) = [part for part in cell.split("\n") if line.name in part]
        assert (line.grade or "No overall grade").casefold() in of_grade.casefold()
        month, year_of_it = line.submitted.split()
        assert f"{line.name} ({month[:3]} {year_of_it})" in of_grade
        (row,) = [row for row in table.rows if cell in row]
        assert row.index(cell) == (1 if line.how_chosen == table.columns[1] else 2)
        assert line.how_chosen in (of_grade, table.columns[1]) or f"{line.how_chosen}, " in of_grade


def test_every_source_and_every_text_left_out_is_named(session, year, composed):
    for level in (1, 3):
        pack = composed("inspection-pack", level=level)
        sources, left_out = words_of(about.sources(pack)), words_of(about.withheld(pack))
        for source in pack.sources:
            name = re.sub(r"^.* (“.+”)$", r"\1", source.what)
            assert name in sources
            assert source.more.split(". ")[-1].rstrip(".") in sources
        assert all(part.what in left_out and part.why in left_out for part in pack.withheld)
        assert all(part.name in left_out and part.holds in left_out for part in pack.not_chosen)


def test_question_sets_of_two_versions_stand_together_with_every_number(session, year, composed):
    named = "Audits with the question set “{}”"
    numbers = [("Child in need", "core", 26), ("Child in need", "full", 4), ("Front door", "core", 17),
               ("Adoption", "core", 17)]  # fmt: skip
    sources = tuple(SourcePart(named.format(name), f"Version: case-audit-1, {length}. {number} agreed audits.")
                    for name, length, number in numbers)  # fmt: skip
    (table,) = [x for x in about.sources(replace(composed("inspection-pack"), sources=sources)) if isinstance(x, Table)]
    assert len(table.rows) == 1 and table.rows[0] == ("Audits with the question sets", " ".join([
        "Version: case-audit-1, core. 26 agreed audits: “Child in need”;",
        "17 agreed audits each: “Front door” and “Adoption”.",
        "Version: case-audit-1, full. 4 agreed audits: “Child in need”.",
    ]))  # fmt: skip
