"""Counts of agreed audits by day and month: always those of the audits, whatever changes an audit."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from audit_app import checking
from audit_app.audits import queries
from audit_app.audits.counts import service as counts
from audit_app.audits.counts.spans import parts
from audit_app.audits.tables import CaseAudit, DomainAnswer
from audit_app.checking import agreed_counts
from audit_app.database import session_for
from audit_app.people.access.scope import system_scope
from tests import builders
from tests.builders_audits import make_agreed
from tests.builders_figures import copy_audit

HERE = builders.AUTHORITY_ID
AGREED = {"agreed", "shared", "actions_open", "actions_done", "verified", "re_audit_due", "closed"}
LONDON = ZoneInfo("Europe/London")


def rows(session, statement):
    return [dict(row) for row in session.connection().execute(sa.text(statement)).mappings()]


def days_by_hand(session):
    """Every count worked out from the plain rows of the tables, by other code than the product's."""
    domains = {}
    for row in rows(session, "select * from domain_answer"):
        if row["grade"] and not row["not_applicable"]:
            domains.setdefault(row["audit_number"], []).append((row["domain_id"], row["grade"]))
    counted = Counter()
    for audit in rows(session, "select * from case_audit"):
        if audit["stage"] not in AGREED:
            continue
        moment = audit["submitted_at"]
        moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        day = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LONDON).date()
        drawn = audit["how_chosen"] == "random" and audit["audit_type"] not in ("re_audit", "thematic_audit")
        drawn = drawn and audit["re_audit_of"] is None
        counted[str(day), drawn, audit["set_id"], "", audit["overall_grade"]] += 1
        for domain_id, grade in domains.get(audit["number"], []):
            counted[str(day), drawn, audit["set_id"], domain_id, grade] += 1
    return counted


def kept(session, span):
    counted = Counter()
    for row in rows(session, f"select * from agreed_count where span = '{span}'"):
        key = (str(row["begins"]), bool(row["at_random"]), row["set_id"], row["domain_id"], row["grade"])
        counted[key] += row["audits"]
    return counted


def in_step(session):
    """Whether both spans say what the rows say."""
    by_hand = days_by_hand(session)
    months = Counter()
    for (day, *rest), count in by_hand.items():
        months[(day[:8] + "01", *rest)] += count
    return kept(session, "day") == by_hand and kept(session, "month") == months


def test_a_period_is_taken_apart_so_that_each_of_its_days_is_counted_once():
    chance = random.Random(4)
    for _ in range(400):
        start = date(2024, 1, 1) + timedelta(days=chance.randrange(800))
        end = start + timedelta(days=chance.choice([-1, 0, 1, 27, 31, 60, 91, 365, 500]))
        period = parts(start, end)
        days = [first + timedelta(days=n) for first, last in period.days for n in range((last - first).days + 1)]
        if period.months:
            month, last = period.months
            while month <= last:
                after = (month + timedelta(days=32)).replace(day=1)
                days += [month + timedelta(days=n) for n in range((after - month).days)]
                month = after
            assert (period.months[0].day, last.day) == (1, 1)
        assert sorted(days) == [start + timedelta(days=n) for n in range((end - start).days + 1)]


@pytest.fixture
def audits(session, council, built_once):
    """Twelve agreed audits of six weeks, some at the edges of London's days, under numbers of their own."""
    return built_once("audits that are counted by day", lambda: make_audits(session, council))


def make_audits(session, council):
    model = make_agreed(session, council.team, council.auditor, agreed_by=council.qa).number
    session.commit()
    for place in range(12):
        moment = datetime(2026, 5, 30, 23, 30, tzinfo=UTC) + timedelta(days=4 * place)  # 00:30 in London
        copy_audit(session, model, 100 + place, submitted_at=moment, agreed_at=moment)
    counts.count_all(session.connection())
    session.commit()
    return [model, *range(100, 112)]


CHANGES = (
    lambda row, _chance: setattr(row, "stage", "in_progress"),
    lambda row, _chance: setattr(row, "stage", "agreed"),
    lambda row, _chance: setattr(row, "stage", "closed"),
    lambda row, _chance: setattr(row, "how_chosen", "purposive"),
    lambda row, _chance: setattr(row, "audit_type", "thematic_audit"),
    lambda row, _chance: setattr(row, "re_audit_of", 1),
    lambda row, chance: setattr(row, "overall_grade", chance.choice(["inadequate", "good", ""])),
    lambda row, chance: setattr(row, "submitted_at", row.submitted_at + timedelta(hours=chance.randrange(900))),
)


def test_whatever_changes_an_audit_has_its_days_counted_anew(session, audits):
    assert in_step(session)
    chance = random.Random(11)
    for turn in range(60):
        row = session.exec(select(CaseAudit).where(CaseAudit.number == chance.choice(audits))).one()
        chance.choice(CHANGES)(row, chance)
        if turn % 5 == 0:
            domain = session.exec(select(DomainAnswer).where(DomainAnswer.audit_number == row.number)).first()
            domain.grade = chance.choice(["inadequate", "outstanding"])
        session.commit()
        assert in_step(session), turn


def test_many_changed_or_removed_by_one_statement_are_counted_too(session, audits):
    session.exec(sa.update(CaseAudit).where(col(CaseAudit.number) > 105).values(overall_grade="inadequate"))
    session.commit()
    assert in_step(session)
    session.exec(sa.update(DomainAnswer).where(col(DomainAnswer.audit_number) > 107).values(not_applicable=True))
    session.commit()
    assert in_step(session)
    for part in ("answer", "audit_version"):
        session.connection().execute(sa.text(f"delete from {part} where audit_number > 109"))
    session.exec(sa.delete(DomainAnswer).where(col(DomainAnswer.audit_number) > 109))
    session.exec(sa.delete(CaseAudit).where(col(CaseAudit.number) > 109))
    session.commit()
    assert in_step(session)


def test_what_was_rolled_back_is_counted_as_it_was(session, audits):
    row = session.exec(select(CaseAudit).where(CaseAudit.number == 101)).one()
    row.overall_grade = "inadequate"
    session.flush()
    session.rollback()
    session.exec(select(CaseAudit).where(CaseAudit.number == 102)).one().overall_grade = "inadequate"
    session.flush()
    session.begin_nested().rollback()  # a part that is undone takes nothing with it of what went before
    session.commit()
    assert in_step(session)


def test_two_changed_at_once_on_one_day_are_both_counted(app, engine, session, audits):
    session.execute(sa.update(CaseAudit).values(submitted_at=datetime(2026, 6, 9, 12, tzinfo=UTC)))
    session.commit()

    def regrade(number):
        with session_for(engine, system_scope("one of two at once", HERE)) as own:
            own.info["log_key"] = app.extensions["log_key"]
            row = own.exec(select(CaseAudit).where(CaseAudit.number == number)).one()
            row.overall_grade = "inadequate"

    with ThreadPoolExecutor(6) as at_once:
        list(at_once.map(regrade, range(100, 106)))
    assert in_step(session)


def test_figures_of_any_period_are_those_of_the_rows(session, audits):
    chance = random.Random(3)
    for _ in range(25):
        start = date(2026, 5, 20) + timedelta(days=chance.randrange(60))
        end = start + timedelta(days=chance.randrange(90))
        by_hand = Counter()
        for (day, drawn, _set, domain_id, grade), count in days_by_hand(session).items():
            if str(start) <= day <= str(end) and drawn and not domain_id:
                by_hand[grade] += count
        assert queries.overall_grades(session, HERE, start, end, at_random=True) == dict(by_hand)
        assert queries.count_agreed(session, HERE, start, end, at_random=True) == by_hand.total()


def test_counts_that_are_wrong_are_found_and_made_anew(app, engine, session, audits):
    session.connection().execute(
        sa.text("update agreed_count set audits = audits + 1 where span = 'month' and begins = '2026-06-01'")
    )
    session.commit()
    invariant = next(each for each in checking.INVARIANTS if each.finder is agreed_counts.out_of_step)
    outcome = checking.look_at(engine, app.config, invariant)
    assert "June 2026" in outcome.broken[0]
    assert "count-again" in outcome.broken[0]
    told = app.test_cli_runner().invoke(args=["audits", "count-again"])
    assert told.exit_code == 0, told.output
    assert checking.look_at(engine, app.config, invariant).holds
    session.rollback()
    assert in_step(session)
