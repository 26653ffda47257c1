"""Every figure of the further kinds, worked out again from the rows of the database by other code than the product's.

One council is built once for the module: audits drawn and chosen, of two years, a thread with actions and judgements.
"""

import json
import subprocess
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from audit_app.audits.tables import HowChosen
from audit_app.packs import contents, pdf
from audit_app.packs.kinds import queries
from audit_app.packs.parts.told import Marked
from tests import builders_packs

BOARD = date(2026, 9, 28)


@pytest.fixture
def council(session):
    """The year of the builders with more records, some of the year before, and one action that is opened again."""
    year = builders_packs.make_year(session, random=14, chosen=6)
    before = {"random": 6, "chosen": 2}
    earlier = builders_packs.DAY - timedelta(days=200)
    for place in range(before["random"] + before["chosen"]):
        how = HowChosen.random if place < before["random"] else HowChosen.purposive
        builders_packs.make_audits(session, year.people, random=int(how is HowChosen.random),
                                   chosen=int(how is HowChosen.purposive),
                                   case_reference=f"G-{300001 + place}")  # fmt: skip
    number = session.execute(sa.text("select max(number) from case_audit")).scalar()
    moved = {"from": number - sum(before.values()), "at": earlier}
    session.execute(sa.text("update case_audit set submitted_at = :at where number > :from"), moved)
    session.commit()
    return year


def tables_of(pack, key):
    """The tables of a section as plain rows, by caption."""
    section = next(section for section in pack.further if section.key == key)
    return {table.caption: [[cell.word if isinstance(cell, Marked) else cell for cell in row] for row in table.rows]
            for part in section.parts for table in part.tables}  # fmt: skip


def sentences_of(pack, key):
    section = next(section for section in pack.further if section.key == key)
    return [text for part in section.parts for text in (*part.sentences, *part.entries, *part.quiet)]


def audits_between(session, first, last):
    """Every agreed audit submitted in some days, straight from the tables."""
    rows = session.execute(
        sa.text(
            "select a.number, a.how_chosen, a.re_audit_of, a.audit_type, a.team_name, a.cohort, a.overall_grade, "
            "a.submitted_at, v.contents from case_audit a join audit_version v on v.authority_id = a.authority_id "
            "and v.audit_number = a.number and v.version = a.version where a.stage = 'agreed'"
        )
    ).all()
    made = []
    for row in rows:
        day = datetime.fromisoformat(str(row.submitted_at)).date()
        if first <= day <= last:
            drawn = row.how_chosen == "random" and row.re_audit_of is None and row.audit_type != "re_audit"
            made.append((drawn, row, json.loads(row.contents)))
    return made


def period_before(first, last):
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def test_each_kind_says_what_the_rows_say(session, council, composed):
    first, last = builders_packs.FIRST, builders_packs.LAST
    now = audits_between(session, first, last)
    before = audits_between(session, *period_before(first, last))
    assert len(now) > 15 and len(before) == 8
    the_year(composed("annual-qa-report"), now, before)
    theme, _ = queries.list_themes(session, builders_packs.COUNCIL)[0]
    the_theme(composed("thematic-report", chosen={"theme": theme}), now)
    the_board(session, composed("board-report", chosen={"since": BOARD}))
    the_audit(composed("single-audit", chosen={"audits": (1,)}), now)
    the_two_pages(composed("lead-members-two-pages", level=1), now)
    no_level_is_told_more(session, composed, theme)


def the_year(pack, now, before):
    """Teams, cohorts and grades; random and chosen never in one number."""
    teams = {row[0]: row[1:] for row in tables_of(pack, "year-in-numbers")["Agreed audits by team"]}
    counted = [Counter(row.team_name for drawn, row, _ in rows if drawn is wanted)
               for wanted in (True, False) for rows in (now, before)]  # fmt: skip
    for team in {row.team_name for _, row, _ in (*now, *before)}:
        assert teams[team] == [str(group[team]) for group in counted], team
    assert teams["All"] == [str(group.total()) for group in counted]
    drawn_grades = Counter(row.overall_grade for drawn, row, _ in now if drawn)
    reached = drawn_grades["good"] + drawn_grades["outstanding"]
    row = tables_of(pack, "year-in-grades")["Overall grades of audits drawn at random"][0]
    assert row[1].startswith(f"{reached} of {drawn_grades.total()} (")
    chosen = Counter(row.overall_grade for drawn, row, _ in now if not drawn)
    order = ("outstanding", "good", "requires_improvement", "inadequate")
    given = tables_of(pack, "year-in-grades")["Overall grades of audits that were chosen"][0]
    assert given[1:] == [str(chosen[grade]) for grade in order] + [str(chosen.total())]
    assert "No audit of this period had a second, blind grade" in " ".join(sentences_of(pack, "moderation"))


def the_theme(pack, now):
    """Each answer of each question, drawn and chosen apart."""
    section = next(section for section in pack.further if section.key == "theme-answers")
    groups = {part.heading: part for part in section.parts if part.tables}
    for heading, wanted in (("Audits drawn at random", True), ("Audits that were chosen", False)):
        given = {}
        for drawn, _, document in now:
            for domain in document["domains"]:
                for question in domain["questions"]:
                    if drawn is wanted and question["code"] and not domain["not_applicable"]:
                        name = f"{question['number']} {question['text']}"
                        given.setdefault(name, Counter())[question["answer"]] += 1
        rows = [row for table in groups[heading].tables for row in table.rows]
        assert {row[0] for row in rows} == set(given)
        for question, answers, n, *_ in rows:
            assert int(n) == given[question].total() - given[question]["Does not apply"], question
            for name, number in given[question].items():
                assert name == "Does not apply" or f"{name} {number}" in answers, question
    findings = tables_of(pack, "theme-findings")["Findings that rest on these audits"]
    assert [row[0].split(":")[0] for row in findings] == ["FND-0002"]
    assert "6 audits" in findings[0][1]


def the_board(session, pack):
    """What happened after the board, by the rows of progress and actions."""
    rows = session.execute(
        sa.text("select number, status, completed_on, verified_on, added_at, due_on from action")
    ).all()
    reports = session.execute(sa.text("select action_number, reported_at from progress")).all()
    moved = {
        row.number for row in rows if any(str(day) > str(BOARD) for day in (row.completed_on, row.verified_on) if day)
    }
    moved |= {row.action_number for row in reports if str(row.reported_at)[:10] > str(BOARD)}
    moved |= {row.number for row in rows if str(row.added_at)[:10] > str(BOARD)}
    told_moved = {row[0].split(":")[0] for row in tables_of(pack, "since-last-board")["What happened at each action"]}
    assert told_moved == {f"ACT-{number:04d}" for number in moved}
    late = {row.number: (builders_packs.NOW.date() - date.fromisoformat(str(row.due_on))).days for row in rows
            if row.status == "open" and row.due_on and str(row.due_on) < str(builders_packs.NOW.date())}  # fmt: skip
    told_late = tables_of(pack, "since-last-board")["Open actions past their date, the latest first"]
    assert {row[0].split(":")[0]: row[3] for row in told_late} == {
        f"ACT-{number:04d}": f"{days} days" for number, days in late.items()
    }


def the_audit(pack, now):
    """The audit whole: every answered question is there, and no other audit."""
    document = next(document for _, row, document in now if row.number == 1)
    assert [part.name for part in pack.details] == ["AUD-0001"]
    answered = [q["number"] for domain in document["domains"] for q in domain["questions"] if q["code"] or q["words"]]
    assert [answer.number for domain in pack.details[0].domains for answer in domain.answers] == answered
    assert sentences_of(pack, "concerns") == ["No concern about the child was raised in this audit."]


def the_two_pages(pack, now):
    drawn = Counter(row.overall_grade for at_random, row, _ in now if at_random)
    reached = drawn["good"] + drawn["outstanding"]
    told = " ".join(sentences_of(pack, "plain-page-one"))
    assert f"we read {drawn.total()} records picked by chance, and {reached} (" in told
    assert f"Besides, {sum(not at_random for at_random, _, _ in now)} records were picked for a reason" in told


def no_level_is_told_more(session, composed, theme):
    """What auditors wrote, case references and references of audits stay where they belong, kind by kind."""
    _, _, document = audits_between(session, builders_packs.FIRST, builders_packs.LAST)[0]
    words = {question["words"] for domain in document["domains"] for question in domain["questions"]}
    words |= {domain["rationale"] for domain in document["domains"]} | set(document["closing"].values())
    words = {text for text in words if isinstance(text, str) and len(text) > 12}
    assert words
    open_kinds = [
        ("thematic-report", {"sections": ("theme-answers", "theme-findings", "control", "left-out"), "theme": theme}),
        ("annual-qa-report", {}),
        ("lead-members-two-pages", {}),
    ]
    alone = ("single-audit", {"audits": (1,), "sections": ("one-audit", "control", "left-out")})
    for level in (2, 3):
        for kind, chosen in (*open_kinds, *((alone,) if level == 2 else ())):
            pack = composed(kind, level=level, chosen=chosen)
            written = contents.canonical(pack)
            assert [text for text in words if text in written] == [], (kind, level)
            assert "AUD-0" not in written and "G-2000" not in written, (kind, level)
            if kind == "thematic-report" and level == 3:
                no_small_number(pack)


def no_small_number(pack):
    """In a publishable theme no answer was given by fewer than five, nor can one be worked out from n."""
    section = next(section for section in pack.further if section.key == "theme-answers")
    for row in (row for part in section.parts for table in part.tables for row in table.rows):
        numbers = [int(word) for word in row[1].replace(",", " ").split() if word.isdigit()]
        assert all(number >= 5 for number in numbers) and (row[2] == "c" or int(row[2]) >= 5)


@pytest.mark.proof("prints for a small and for a large council")
def test_the_lead_members_pages_are_two_however_large_the_council(session, composed, tmp_path):
    """Long texts, far more areas and actions than the demonstration has: two pages, read back from the file."""
    people = builders_packs.make_people(session)
    audits = builders_packs.make_audits(session, people, random=6, chosen=0)
    for _ in range(28):
        builders_packs.make_whole_thread(session, people, audits)
    texts = {"impact_judgement": "different_for_children", "action": "what"}
    for table, column in texts.items():
        session.execute(sa.text(f"update {table} set {column} = :text"), {"text": "Very long work " * 60})
    session.commit()
    file = tmp_path / "two.pdf"
    file.write_bytes(pdf.render(composed("lead-members-two-pages", level=1)))
    about = subprocess.run(["pdfinfo", file], capture_output=True, check=True, text=True).stdout
    assert "Pages:           2" in about
