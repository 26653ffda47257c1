"""The papers of data protection: every stored field in each, what only the council says marked, and who may read."""

import io

import docx
import pytest
import sqlalchemy as sa
from sqlmodel import select

from audit_app import database
from audit_app.history.tables import HistoryEntry
from audit_app.people.access import system_scope
from audit_app.people.tables import Role
from audit_app.records.papers.tables import CouncilStatement
from tests import builders

PAPERS = "/greenhaven/records/papers"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_LISTED = {"authority_id", "id", "position", "revision"}
FIRST = "Who is the controller, and at which address?"


def words_of_word(data):
    """Every paragraph and cell of a Word file, read by the library alone."""
    document = docx.Document(io.BytesIO(data))
    rows = document.element.body.iter(f"{W}tr")
    cells = [["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")] for row in rows]
    return [paragraph.text for paragraph in document.paragraphs], cells


def columns_there(engine):
    looked = sa.inspect(engine)
    tables = [name for name in looked.get_table_names() if not name.startswith(("alembic", "huey"))]
    return {(name, column["name"]) for name in tables for column in looked.get_columns(name)}


@pytest.mark.parametrize(
    "kind", ["record", pytest.param("dpia", marks=pytest.mark.proof("writes the same annex into another paper"))]
)
def test_the_word_file_lists_every_field_of_the_database_pr_9(engine, signed_in_as, kind):
    qa = signed_in_as(Role.qa_manager)
    answer = qa.client.get(f"{PAPERS}/{kind}/word", base_url="http://localhost")
    assert answer.status_code == 200
    assert answer.data == qa.client.get(f"{PAPERS}/{kind}/word", base_url="http://localhost").data
    paragraphs, cells = words_of_word(answer.data)
    listed = {}
    for row in cells:
        if len(row) == 5:
            listed.setdefault(row[0], []).append(row)
    for table, column in columns_there(engine):
        if column not in NOT_LISTED:
            assert column in listed, f"{table}.{column}"
    counted = sum(column not in NOT_LISTED for _table, column in columns_there(engine))
    assert sum(len(rows) for name, rows in listed.items() if name != "Field") == counted
    assert sum(text.startswith("[TO BE ANSWERED BY THE COUNCIL]") for text in paragraphs) >= 8


def test_the_open_pages_need_nobody_signed_in_and_list_every_field_au_1(engine, page):
    page.get("/privacy")
    assert page.h1 == "Privacy notice"
    assert "There is no field for the name, address, date of birth or NHS number" in page.text
    listed = page.client.get("/privacy/stored-fields", base_url="http://localhost").get_data(as_text=True)
    for table, column in columns_there(engine):
        if column not in NOT_LISTED:
            assert f">{column}<" in listed, f"{table}.{column}"
    page.get("/accessibility")
    assert page.h1 == "Accessibility statement"


def test_the_council_answers_and_its_papers_print_it_with_who_and_when(session, signed_in_as, page):
    qa = signed_in_as(Role.qa_manager, name="Fiona Castle")
    qa.get(f"{PAPERS}/dpia")
    assert "Blank: the council has not answered this yet." in qa.text
    qa.get(f"{PAPERS}/answers/controller")
    qa.submit({"text": "Greenhaven Council, 1 Town Square"})
    assert "Answer saved" in qa.text
    for kind in ("dpia", "record", "notice"):
        qa.get(f"{PAPERS}/{kind}")
        assert "Greenhaven Council, 1 Town Square" in qa.text
        assert "Answered by Fiona Castle on" in qa.text
    row = session.exec(select(CouncilStatement)).one()
    assert (row.question, row.text, row.revision) == ("controller", "Greenhaven Council, 1 Town Square", 1)
    entry = session.exec(select(HistoryEntry).where(HistoryEntry.event == "records.paper_answered")).one()
    assert "Town Square" not in entry.facts and entry.actor == row.written_by
    page.get("/privacy")
    assert "Greenhaven Council, 1 Town Square" in page.text


def test_who_answered_is_not_told_to_everybody(signed_in_as, page):
    qa = signed_in_as(Role.qa_manager, name="Fiona Castle")
    qa.get(f"{PAPERS}/answers/rights")
    qa.submit({"text": "Write to the information team"})
    page.get("/privacy")
    assert "Write to the information team" in page.text and "Fiona Castle" not in page.text


def test_two_who_answer_at_once_do_not_overwrite_each_other(session, signed_in_as):
    first, second = signed_in_as(Role.qa_manager), signed_in_as(Role.qa_manager)
    first.get(f"{PAPERS}/answers/advice")
    second.get(f"{PAPERS}/answers/advice")
    first.submit({"text": "Go on"})
    second.submit({"text": "Stop"}, status=409)
    assert "Go on" in second.text and "Stop" in second.text
    assert session.exec(select(CouncilStatement)).one().text == "Go on"


def test_a_leader_reads_and_does_not_answer_and_nobody_else_reads(signed_in_as):
    leader = signed_in_as(Role.leader)
    leader.get(f"{PAPERS}/record")
    assert "Who is the controller" in leader.text and "Answer" not in leader.links()
    leader.get(f"{PAPERS}/answers/controller", status=403)
    signed_in_as(Role.auditor, Role.admin, Role.team_manager).get(PAPERS, status=403)


def test_where_councils_share_a_service_an_open_page_names_none_by_itself(engine, signed_in_as, page):
    qa = signed_in_as(Role.qa_manager)
    qa.get(f"{PAPERS}/answers/controller")
    qa.submit({"text": "Greenhaven Council, 1 Town Square"})
    with database.session_for(engine, system_scope("a second council")) as session:
        session.add(builders.make_authority(id=2, key="riverside", name="Riverside Council"))
    page.get("/privacy")
    assert "Town Square" not in page.text and "Riverside" not in page.text and "Greenhaven" not in page.text
    page.get("/privacy?council=greenhaven")
    assert "Town Square" in page.text and "Riverside" not in page.text
    page.get("/privacy?council=riverside")
    assert "Town Square" not in page.text and "Riverside Council" in page.text
    page.get("/privacy?council=nowhere")
    assert "Town Square" not in page.text
    qa.get("/greenhaven/records")
    assert "/privacy?council=greenhaven" in qa.html
