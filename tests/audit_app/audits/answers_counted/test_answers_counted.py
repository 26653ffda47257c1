"""Answers counted: always those of the agreed audits, put together rightly, and only of audits one may see."""

import io
import random
import re
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from audit_app import checking
from audit_app.audits.answers_counted.sheet import Row, sheet_of, tally_of
from audit_app.audits.answers_counted.tables import AnswerSheet
from audit_app.audits.tables import Answer, CaseAudit
from audit_app.checking import answer_counts, answer_sheets
from audit_app.people.tables import Role
from tests import builders, builders_figures

AGREED = {"agreed", "shared", "actions_open", "actions_done", "verified", "re_audit_due", "closed"}
LONDON = ZoneInfo("Europe/London")
PAGE = "/greenhaven/audits/answers?set=case-audit-1/child-protection&start=2026-01-01&domain="
ASKED = "D8.1 "  # plan/current-plan, as its set prints it
CHECK = "Answered “No”, “Partly” or “Yes”"


def rows(session, statement):
    return [dict(row) for row in session.connection().execute(sa.text(statement)).mappings()]


def answered(session):
    """Every answer of every agreed audit, from the plain rows: the audit's row, the question, the code."""
    audits = {row["number"]: row for row in rows(session, "select * from case_audit") if row["stage"] in AGREED}
    answers = rows(session, "select * from answer where code <> ''")
    return [
        (audits[row["audit_number"]], row["question_key"], row["code"])
        for row in answers
        if row["audit_number"] in audits
    ]


def in_step(session):
    """Whether the sheets say what the rows say, audit by audit, and the counts by day and by month likewise."""
    counted = Counter()
    for audit, key, code in answered(session):
        counted[*of_month(audit), key, code] += 1
    for audit in {audit["number"]: audit for audit, _, _ in answered(session)}.values():
        counted[*of_month(audit), "", ""] += 1
    for span in ("day", "month"):
        kept = Counter()
        for row in rows(session, f"select * from answer_count where span = '{span}'"):
            kept[str(row["begins"])[:7], bool(row["at_random"]), row["question_key"], row["code"]] += row["audits"]
        if kept != counted:
            return False
    by_hand = Counter((audit["number"], f"{key} {code}") for audit, key, code in answered(session))
    sheets = rows(session, "select * from answer_sheet")
    return by_hand == Counter((row["audit_number"], line) for row in sheets for line in row["answers"].split("\n"))


def of_month(audit):
    """The month of submission and the group of an audit, from its row."""
    moment = audit["submitted_at"]
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment.astimezone(LONDON):%Y-%m}", at_random(audit)


def at_random(audit):
    drawn = audit["how_chosen"] == "random" and audit["audit_type"] not in ("re_audit", "thematic_audit")
    return drawn and audit["re_audit_of"] is None


def test_answers_of_many_sheets_are_each_counted_once():
    chance = random.Random(3)
    audits = [
        [Row(f"plan/{place}", chance.choice(["yes", "no", "partly", ""])) for place in range(12)] for _ in range(200)
    ]
    by_hand = Counter((key, code) for audit in audits for key, code, *_ in audit if code)
    assert tally_of(sheet_of(audit) for audit in audits) == by_hand
    several = [
        Row("plan/kinds", "", "cin,cp"),
        Row("plan/rated", "no", "", "high", "Ring"),
        Row("plan/seen", "", "2026-03-01"),
    ]
    assert tally_of([sheet_of(several), sheet_of([Row("plan/kinds", "", "cp")])]) == {
        ("plan/kinds", "*"): 2, ("plan/kinds", "cin"): 1, ("plan/kinds", "cp"): 2, ("plan/rated", "no"): 1,
        ("plan/rated+", "high"): 1, ("plan/rated!", "set"): 1, ("plan/seen", "*"): 1, ("plan/seen", "2026-03-01"): 1,
    }  # fmt: skip
    assert tally_of([]) == tally_of([""]) == Counter()


@pytest.fixture
def council(session, built_once):
    """Fourteen audits drawn at random and eleven that were chosen, some of another team, cohort and month."""
    return built_once("audits whose answers are counted", lambda: make_council(session))


def make_council(session):
    people = builders_figures.make_council(session)
    people.other_team = builders.make_team(session, "Assessment Team 2")
    for number in session.exec(select(CaseAudit.number).where(col(CaseAudit.number) > 1000)).all():
        changed = {"cohort": ("CP", "CIN", "")[number % 3]}
        changed |= {"team_id": people.other_team} if number % 4 == 0 else {}
        # Half past midnight in London on the first of July is still June in UTC.
        moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        changed |= {"submitted_at": moment} if number % 5 == 0 else {}
        audit = session.exec(select(CaseAudit).where(CaseAudit.number == number)).one()
        for name, value in changed.items():
            setattr(audit, name, value)
    session.commit()
    return people


CHANGES = (
    lambda row, _chance: setattr(row, "stage", "in_progress"),
    lambda row, _chance: setattr(row, "stage", "agreed"),
    lambda row, _chance: setattr(row, "stage", "closed"),
    lambda row, chance: setattr(row, "overall_grade", chance.choice(["inadequate", "good"])),
)


def test_whatever_changes_an_audit_has_its_sheet_written_anew(session, council):
    assert in_step(session)
    numbers = session.exec(select(CaseAudit.number).where(col(CaseAudit.number) > 1000)).all()
    chance = random.Random(8)
    for turn in range(40):
        number = chance.choice(numbers)
        audit = session.exec(select(CaseAudit).where(CaseAudit.number == number)).one()
        chance.choice(CHANGES)(audit, chance)
        if turn % 3 == 0:
            answer = session.exec(select(Answer).where(Answer.audit_number == number, Answer.code != "")).first()
            answer.code = chance.choice(["no", "yes", "not_applicable"])
        session.commit()
        assert in_step(session), turn
    session.exec(sa.update(Answer).where(col(Answer.audit_number) > 1018).values(code="no"))
    session.exec(sa.update(CaseAudit).where(col(CaseAudit.number) > 1020).values(stage="withdrawn"))
    session.commit()
    assert in_step(session)
    session.exec(sa.update(Answer).where(col(Answer.audit_number) > 1005).values(code="yes"))
    session.rollback()
    for table in ("answer", "domain_answer", "audit_version"):
        session.connection().execute(sa.text(f"delete from {table} where audit_number = 1001"))
    session.exec(sa.delete(CaseAudit).where(CaseAudit.number == 1001))
    session.commit()
    assert in_step(session)
    assert not session.exec(select(AnswerSheet).where(AnswerSheet.audit_number == 1001)).all()


def test_sheets_that_are_wrong_are_found_and_made_anew(app, engine, session, council):
    sheets = "update answer_sheet set answers = replace(answers, ' yes', ' no') where audit_number = 1002"
    session.connection().execute(sa.text(sheets))
    session.connection().execute(sa.text("delete from answer_sheet where audit_number = 1003"))
    session.commit()
    invariant = next(each for each in checking.INVARIANTS if each.finder is answer_sheets.out_of_step)
    outcome = checking.look_at(engine, app.config, invariant)
    assert [re.search(r"AUD-\d+", line)[0] for line in outcome.broken] == ["AUD-1002", "AUD-1003"]
    done = app.test_cli_runner().invoke(args=["audits", "count-again"])
    assert done.exit_code == 0, done.output
    assert checking.look_at(engine, app.config, invariant).holds
    session.connection().execute(sa.text("update answer_count set audits = 99 where span = 'month' and code = 'yes'"))
    session.commit()
    added_up = next(each for each in checking.INVARIANTS if each.finder is answer_counts.out_of_step)
    assert "The answers counted for September 2026" in " ".join(checking.look_at(engine, app.config, added_up).broken)
    assert app.test_cli_runner().invoke(args=["audits", "count-again"]).exit_code == 0
    assert checking.look_at(engine, app.config, added_up).holds
    session.rollback()
    assert in_step(session)


def groups_by_hand(session, group):
    """How often each code was given, by group of audits, label and question: worked out from the plain rows."""
    counted = Counter()
    for audit, key, code in answered(session):
        counted[at_random(audit), group(audit), key, code] += 1
    session.commit()  # the reading is over: others may write
    return counted


def month_of(audit):
    moment = audit["submitted_at"]
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{(moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LONDON):%B %Y}"


COHORTS = {"CP": "Child protection", "CIN": "Child in need", "": "No group given"}


@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("team", lambda audit: f"Assessment Team {2 if audit['number'] % 4 == 0 else 1}"),
        ("cohort", lambda audit: COHORTS[audit["cohort"]]),
        ("month", month_of),
    ],
)
def test_each_group_is_counted_as_its_rows_say(signed_in_as, session, council, by, group):
    by_hand = groups_by_hand(session, group)
    qa = signed_in_as(Role.qa_manager)
    tables = qa.get(f"{PAGE}plan&by={by}").tables()
    drawn = 0
    for caption, (_, *lines) in tables.items():
        if not caption.startswith(ASKED):
            continue
        random_ones = caption.endswith("(drawn at random)")
        key = next(key for _, _, key, _ in by_hand if key == "plan/current-plan")
        for label, no, partly, yes, away, n in lines:
            counts = [by_hand[random_ones, label, key, code] for code in ("no", "partly", "yes", "not_applicable")]
            assert [int(cell.split()[0]) for cell in (no, partly, yes, away)] == counts, (caption, label)
            assert int(n) == sum(counts[:3])
            drawn += int(n)
    assert drawn == sum(count for (_, _, key, _), count in by_hand.items() if key == "plan/current-plan")


def test_numbers_lead_to_the_audits_behind_them(signed_in_as, session, council):
    by_hand = groups_by_hand(session, lambda _audit: "")
    qa = signed_in_as(Role.qa_manager)
    seen = qa.get(f"{PAGE}plan")
    line = next(row for row in seen.tables()[f"{CHECK} (drawn at random)"] if row[0].startswith(ASKED))
    yes, n = by_hand[True, "", "plan/current-plan", "yes"], 14
    assert line[3].split(" answered")[0] == f"{yes} ({100 * yes / n:.0f}%)"
    chosen = next(row for row in seen.tables()[f"{CHECK} (chosen)"] if row[0].startswith(ASKED))
    assert "%" not in "".join(chosen[1:])  # a share of what was chosen is a share of nothing
    ways = [
        link.get("href") for link in seen.select("a")
        if "plan/current-plan" in link.get("href") and "answer=yes" in link.get("href")
    ]  # fmt: skip
    for address, random_ones in zip(ways, (True, False), strict=True):
        listed = qa.get(address).tables()["Audits"][1:]
        expected = {
            audit["number"] for audit, key, code in answered(session)
            if key == "plan/current-plan" and code == "yes" and at_random(audit) is random_ones
        }  # fmt: skip
        session.commit()
        assert {int(row[0].removeprefix("AUD-")) for row in listed} == expected


def test_nobody_counts_audits_they_may_not_see(signed_in_as, session, council):
    manager = signed_in_as(Role.team_manager, teams=[council.other_team], manages=[council.other_team])
    expected = sum(1 for audit in rows(session, "select * from case_audit where stage = 'agreed'")
                   if audit["team_id"] == council.other_team)  # fmt: skip
    session.commit()
    seen = manager.get(f"{PAGE}plan&by=team")
    assert 0 < expected < 25
    assert f"{expected} agreed audits that you may see" in " ".join(seen.text.split())
    assert "Assessment Team 1" not in "".join(str(table) for table in seen.tables().values())
    assert "workbook" not in seen.text
    auditor = signed_in_as(Role.auditor)
    assert "No audit that you may see has been agreed yet" in auditor.get(PAGE).text


def test_the_period_is_of_london_days_and_odd_filters_narrow_to_nothing_or_say_so(signed_in_as, session, council):
    qa = signed_in_as(Role.qa_manager)
    july = sum(1 for audit in rows(session, "select * from case_audit where stage = 'agreed'")
               if month_of(audit) == "July 2026")  # fmt: skip
    session.commit()
    address = "/greenhaven/audits/answers?set=case-audit-1/child-protection"
    assert (
        f"{july} agreed audits: submitted from 1 July 2026" in qa.get(f"{address}&start=2026-07-01&end=2026-07-01").text
    )
    assert "0 agreed audits" in qa.get(f"{address}&start=2026-06-30&end=2026-06-30").text.replace(
        "No agreed", "0 agreed"
    )
    assert "is not a day like" in qa.get(f"{address}&start=soon").text
    qa.get(f"{address}&how=nonsense&team=x&cohort=%F0%9F&by=?&domain=nowhere&end=9999-99-99")


def test_the_workbook_says_what_the_page_says(signed_in_as, session, council):
    by_hand = groups_by_hand(session, lambda _audit: "")
    qa = signed_in_as(Role.qa_manager)
    address = "/greenhaven/audits/answers.xlsx?set=case-audit-1/child-protection&start=2026-01-01"
    book = openpyxl.load_workbook(io.BytesIO(qa.client.get(address, base_url="http://localhost").data), read_only=True)
    counted = Counter()
    lines = book["Answers counted"].iter_rows(min_row=3, values_only=True)
    for _, text, how, group, answer, number, n, _, _ in lines:
        if text.startswith(ASKED):
            assert (group, n) == ("All", 14 if how == "Drawn at random" else 11)
            counted[how, answer] += number
    for random_ones, how in ((True, "Drawn at random"), (False, "Chosen")):
        for code, name in (("no", "No"), ("partly", "Partly"), ("yes", "Yes")):
            assert counted[how, name] == by_hand[random_ones, "", "plan/current-plan", code]
