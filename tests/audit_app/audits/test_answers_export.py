"""A workbook of every answer: as many rows as there are answers, each as its set says it, of submitted audits alone."""

from collections import Counter

import sqlalchemy as sa

import frameworks
from audit_app.audits.register.queries_answers import WHOLE_DOMAIN
from audit_app.audits.register.workbook_answers import HEADINGS, REGISTER
from audit_app.people.access.scope import system_scope
from audit_app.people.exports.kinds import Asked, Made
from tests import builders, builders_audits, builders_figures

HERE, TODAY = builders.AUTHORITY_ID, builders.MOMENT.date()
CANARY = "what the auditor typed"


def test_each_answer_of_a_submitted_audit_has_a_row_that_says_it(session):
    people = builders_figures.make_council(session, random=3, chosen=2)
    builders_audits.make_audit(session, people.team_id, people.auditor, case_reference="G-900000")  # not begun
    session.connection().execute(sa.text(f"update answer set text = '{CANARY}'"))
    session.commit()
    asked = Asked(HERE, system_scope("a test", HERE), {"counted": "random"}, TODAY)
    book = REGISTER.book(lambda read: read(session), asked, Made("Quinn", "QA manager"))
    rows = [dict(zip(HEADINGS, row, strict=True)) for part in book.parts for row in part.rows]
    assert len(rows) == REGISTER.count(lambda read: read(session), asked)

    drawn = {row["number"]: row for row in builders_figures.audits_in_rows(session) if row["at_random"]}
    assert {row["Audit"] for row in rows} == {f"AUD-{number:04}" for number in drawn}
    asks = frameworks.question_set("case-audit-1", "child-protection", "core")
    texts = {question.key: question.text for question in asks.questions}
    points = {point.code: point.name for scale in asks.scales for point in scale.points}
    points |= {"not_applicable": "Does not apply", "": ""}
    answers = session.connection().execute(sa.text("select * from answer")).mappings()
    by_hand = Counter(
        (f"AUD-{row['audit_number']:04}", texts[row["question_key"]], points[row["code"]])
        for row in answers if row["audit_number"] in drawn
    )  # fmt: skip
    graded = builders_figures.grades_in_rows(session, drawn.values())
    grades = Counter((f"AUD-{number:04}", points[grade]) for number, _, grade in graded)
    of_domains = [row for row in rows if row["Question"] == WHOLE_DOMAIN]
    assert Counter((row["Audit"], row["Answer"]) for row in of_domains) == grades
    of_questions = [row for row in rows if row["Question"] != WHOLE_DOMAIN]
    assert Counter((row["Audit"], row["Question"], row["Answer"]) for row in of_questions) == by_hand
    assert not any(CANARY in str(cell) for row in rows for cell in row.values())
