"""A council whose audits drawn at random and whose chosen audits say different things, and its rows in plain Python."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import cycle

import sqlalchemy as sa

from audit_app.audits.answer_counts import service as answer_counts
from audit_app.audits.answers_counted import service as answer_sheets
from audit_app.audits.counts import service as counts
from audit_app.audits.tables import Answer, AuditType, AuditVersion, CaseAudit, DomainAnswer, HowChosen, Subject
from tests import builders_audits, builders_packs

OBSERVED = "practice-observation"
PARTS = (DomainAnswer, Answer, AuditVersion)
DAY = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
CHOSEN = {
    "purposive": {"how_chosen": HowChosen.purposive},
    "by the director": {"how_chosen": HowChosen.directors},
    # These say "random" of how the record was found, and are no picture of the service for all that.
    "read again": {"audit_type": AuditType.re_audit},
    "for a theme": {"audit_type": AuditType.thematic_audit},
}
# What a plan was found to be, worst first, and so on round: the two groups differ.
RANDOM_GRADES = ("good", "good", "requires_improvement", "good", "outstanding", "good", "inadequate")
CHOSEN_GRADES = ("inadequate", "requires_improvement", "inadequate", "good")


def make_council(session, *, random=14, chosen=11, observed=0, of=("child-protection",)):
    """People and agreed audits of September 2026: drawn at random, chosen in four ways, and observed visits.

    One audit of each set and grade goes through the services; the others are its rows under numbers of their own.
    """
    people = builders_packs.make_people(session)
    models = {}
    numbers = iter(range(1001, 9999))

    def make(place, set_id, grade, **given):
        if (set_id, grade) not in models:
            models[set_id, grade] = builders_audits.make_agreed(
                session, people.team_id, people.auditor, agreed_by=people.manager, set_id=set_id,
                subject=Subject.observed_visit if set_id == OBSERVED else Subject.child,
                answers={"grade": grade, "overall": grade, "answer": ANSWERS.get(grade, "")}
                if set_id != OBSERVED
                else {"grade": grade, "overall": ""},
            ).number  # fmt: skip
        moment = DAY + timedelta(days=place % 25)
        copy_audit(session, models[set_id, grade], next(numbers), submitted_at=moment, agreed_at=moment, **given)

    sets = cycle(of)
    for place in range(random):
        make(place, next(sets), RANDOM_GRADES[place % len(RANDOM_GRADES)])
    ways = cycle(CHOSEN.values())
    for place in range(chosen):
        make(place, next(sets), CHOSEN_GRADES[place % len(CHOSEN_GRADES)], **next(ways))
    for place in range(observed):
        make(place, OBSERVED, "secure")
    session.flush()
    for model in models.values():  # the models themselves are not of the period
        session.connection().execute(sa.update(CASE).where(CASE.c.number == model).values(stage="withdrawn"))
    answer_sheets.sheets_anew(session.connection())
    answer_counts.count_all(session.connection())
    counts.count_all(session.connection())  # rows written past the session are counted by nobody
    session.commit()
    return people


CASE = CaseAudit.__table__


def copy_audit(session, model, number, **changed):
    """The rows of an agreed audit once more, under another number and with these details changed."""
    for table, column in ((CASE, "number"), *((each.__table__, "audit_number") for each in PARTS)):
        rows = session.connection().execute(sa.select(table).where(table.c[column] == model)).mappings().all()
        details = {"case_reference": f"G-{300_000 + number}", **changed} if table is CASE else {}
        session.connection().execute(sa.insert(table), [{**row, column: number, **details} for row in rows])


# What the check questions of an audit with this grade say.
ANSWERS = {"inadequate": "no", "requires_improvement": "partly", "good": "yes", "outstanding": "yes"}


def audits_in_rows(session):
    """Every agreed audit as a plain row, with `at_random` worked out anew: never by the product's own function."""
    rows = session.connection().execute(sa.text("select * from case_audit where stage = 'agreed'")).mappings()
    return [
        {
            **row,
            "at_random": row["how_chosen"] == "random"
            and row["audit_type"] not in ("re_audit", "thematic_audit")
            and row["re_audit_of"] is None,
        }
        for row in rows
    ]


def grades_in_rows(session, audits):
    """The grades of domains of these audits, as (audit number, domain, grade), out of the tables."""
    numbers = {row["number"] for row in audits}
    rows = session.connection().execute(sa.text("select * from domain_answer")).mappings()
    return [
        (row["audit_number"], row["domain_id"], row["grade"])
        for row in rows
        if row["audit_number"] in numbers and row["grade"] and not row["not_applicable"]
    ]


def overall_in_rows(audits):
    """How many of these audits ended in each overall grade."""
    return Counter(row["overall_grade"] for row in audits if row["overall_grade"])
