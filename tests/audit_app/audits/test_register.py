"""The register: filters, search, pages, order, export; and what waits for whom."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from audit_app import database
from audit_app.audits import queries, queries_lists, wording
from audit_app.audits.queries import AuditFilter
from audit_app.audits.tables import Stage
from audit_app.library.set_name import SetName
from audit_app.people.access.scope import scope_of, system_scope
from audit_app.people.organisation import service as organisation
from tests import builders
from tests.builders_audits import make_agreed, make_audit, make_submitted

HERE = builders.AUTHORITY_ID
TODAY = date(2026, 11, 2)


@pytest.fixture
def audits(session, council, built_once):
    """AUD-0001 overdue, 0002 submitted, 0003 agreed in the other team, 0004 given back for a correction."""
    built_once("audits of the register", lambda: make_audits(session, council))


def make_audits(session, council):
    make_audit(session, council.team, council.auditor, due_on=date(2026, 10, 30), theme="100% visits")
    make_submitted(session, council.team, council.auditor, case_reference="G-200000", how_chosen="purposive")
    make_agreed(
        session, council.other_team, council.other_auditor, agreed_by=council.qa, answers={"overall": "inadequate"}
    )
    make_audit(session, council.team, council.auditor, set_id="in-care", theme="100 visits", case_reference="G-444444")
    session.commit()


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [4, 3, 2, 1]),
        ({"stage": "submitted"}, [2]),
        ({"stage": "nonsense"}, []),
        ({"set_name": SetName("case-audit-1", "in-care")}, [4]),
        ({"set_name": SetName("case-audit-1", "in-care", "core")}, [4]),
        ({"set_name": SetName("case-audit-1", "in-care", "full")}, []),
        ({"set_name": SetName("in-care", "")}, []),
        ({"grade": "inadequate"}, [3]),
        ({"how_chosen": "purposive"}, [2]),
        ({"overdue": True}, [1]),
        ({"start": TODAY, "end": TODAY}, [3, 2]),
        ({"start": TODAY + timedelta(days=1)}, []),
        ({"search": "AUD-0003"}, [3]),
        ({"search": "aud-0003"}, [3]),
        ({"search": "court"}, [3]),
        ({"search": "100%"}, [1]),
        ({"search": "G_2"}, []),
        ({"search": "G-2"}, [2]),
        ({"sort": "due"}, [1, 2, 3, 4]),
        ({"sort": "drop table"}, [4, 3, 2, 1]),
    ],
)
def test_the_register_shows_what_was_asked_for_in_9(session, council, audits, wanted, numbers):
    listed = queries.list_audits(session, HERE, AuditFilter(**wanted), today=TODAY)
    assert [row.number for row in listed.rows] == numbers
    assert listed.total == len(numbers)


def test_pages_are_of_at_most_200_and_never_out_of_range_in_9(session, council, audits):
    second = queries.list_audits(session, HERE, AuditFilter(), 2, size=3)
    assert ([row.number for row in second.rows], second.pages) == ([1], 2)
    assert queries.list_audits(session, HERE, AuditFilter(), 99, size=3).page == 2
    assert queries.list_audits(session, HERE, AuditFilter(), size=100_000).size == 200


def test_what_waits_for_whom(session, council, audits, now):
    def waiting(person):
        return queries.waiting_for(session, scope_of(session, person, HERE, TODAY), TODAY)

    mine = waiting(council.auditor)
    assert ([row.number for row in mine.overdue], [row.number for row in mine.to_do]) == ([1], [4])
    theirs = waiting(council.qa)
    assert ([row.number for row in theirs.to_agree], theirs.overdue_of_others) == ([2], 1)
    assert waiting(council.leader) == queries.Waiting()


@pytest.mark.parametrize(
    ("stage", "submitted", "agreed", "words"),
    [
        ("allocated", None, None, "Not started, due in 9 days"),
        ("in_progress", 3, None, "In progress, due in 9 days, last submitted on 3 Nov 2026"),
        ("submitted", 3, None, "Submitted on 3 Nov 2026"),
        ("in_moderation", 3, None, "In moderation, submitted on 3 Nov 2026"),
        ("agreed", 3, 7, "Agreed on 7 Nov 2026, submitted on 3 Nov 2026"),
        ("closed", 3, 7, "Closed, agreed on 7 Nov 2026, submitted on 3 Nov 2026"),
        ("withdrawn", 3, 7, "Withdrawn, agreed on 7 Nov 2026, submitted on 3 Nov 2026"),
        ("exempted", None, None, "Exempted"),
    ],
)
def test_each_day_of_an_audit_is_named_for_what_it_is(stage, submitted, agreed, words):
    submitted_at, agreed_at = (datetime(2026, 11, day, 12, tzinfo=UTC) if day else None for day in (submitted, agreed))
    seen = wording.stage_and_days(Stage(stage), date(2026, 11, 23), submitted_at, agreed_at, date(2026, 11, 14))
    assert seen == words


def test_the_day_of_agreement_is_not_the_day_of_submission(session, council, audits, signed_in_as):
    page = signed_in_as(person_id=council.qa)
    page.get("/greenhaven/audits?search=AUD-0003")
    heads, row = page.tables()["Audits"]
    assert dict(zip(heads, row, strict=True))["Stage"] == "Agreed on 3 Nov 2026, submitted on 2 Nov 2026"
    book = openpyxl.load_workbook(io.BytesIO(page.get("/greenhaven/audits/register.xlsx").data), read_only=True)
    _marking, heads, *rows = book["Audits"].iter_rows(values_only=True)
    agreed = next(dict(zip(heads, row, strict=True)) for row in rows if row[0] == "AUD-0003")
    assert (agreed["Last submitted on"].date(), agreed["Agreed on"].date()) == (TODAY, TODAY + timedelta(days=1))


def test_audits_of_a_team_that_was_merged_away_can_still_be_listed(session, council, audits, now, signed_in_as):
    organisation.merge_team(session, council.team, council.other_team, on=TODAY, by=council.qa, now=now)
    session.commit()
    page = signed_in_as(person_id=council.qa)
    page.get("/greenhaven/audits")
    assert f'value="{council.team}">Assessment Team 1 (until 1 November 2026)' in page.html
    page.get(f"/greenhaven/audits?team_id={council.team}")
    assert [row[0] for row in page.tables()["Audits"][1:]] == ["AUD-0004", "AUD-0002", "AUD-0001"]


def test_the_register_page_filters_and_exports_what_it_shows(session, council, audits, signed_in_as):
    page = signed_in_as(person_id=council.qa)
    page.get("/greenhaven/audits?stage=submitted&search=%20g-2%20")
    assert "1 audit." in page.text
    assert [row[0] for row in page.tables()["Audits"][1:]] == ["AUD-0002"]
    page.get("/greenhaven/audits?search=%00", status=400)
    page.get("/greenhaven/audits?search=%25&page=-1&team_id=x&start=31-12-2026&sort=1")
    seen = page.get("/greenhaven/audits/register.xlsx?stage=submitted")
    book = openpyxl.load_workbook(io.BytesIO(seen.data), read_only=True)
    rows = list(book["Audits"].iter_rows(values_only=True))
    assert rows[0][0] == "OFFICIAL-SENSITIVE"
    assert [row[:2] for row in rows[2:]] == [("AUD-0002", "G-200000")]
    about = dict(list(book["About this export"].iter_rows(values_only=True))[1:])
    assert about["What was chosen"] == "Audits: submitted"
    assert str(about["Export"]).startswith("EXP-")
    signed_in_as(person_id=council.auditor).get("/greenhaven/audits/register.xlsx", status=403)


def test_a_register_is_read_in_parts_between_which_others_can_save(session, engine, audits, monkeypatch):
    """The parts together are the list the page shows, in its order; an audit taken out meanwhile is left out."""
    monkeypatch.setattr(queries_lists, "READ_AT_ONCE", 2)
    for sort in ("newest", "due"):
        wanted, saved = AuditFilter(sort=sort), []
        listed = queries.list_audits(session, HERE, wanted, today=TODAY).rows
        session.rollback()
        reading = engine.execution_options(reading=True)
        with database.AuditSession(reading, info={"scope": system_scope("a test", HERE)}) as apart:

            def pause(apart=apart, saved=saved):
                apart.close()
                quick = engine.execution_options(patience=0.5)
                with database.session_for(quick, system_scope("saving while a register is read", HERE)) as other:
                    builders.make_person(other, roles=[])
                saved.append(True)

            rows = queries.all_audits(apart, HERE, wanted, today=TODAY, pause=pause)
        assert rows == list(listed)
        assert len(saved) == 2
