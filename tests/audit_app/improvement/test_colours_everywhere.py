"""An action reads the same on every page, in every workbook and in packs of every level, whatever its colour."""

import io
from datetime import timedelta
from types import SimpleNamespace

import openpyxl
import pytest

from audit_app import clock, database
from audit_app.packs import queries_gathering
from audit_app.packs import workbook as pack_workbook
from audit_app.packs.composing import pack as composing
from audit_app.packs.disclosure import levels
from audit_app.packs.story import plan_sheets
from audit_app.people.access.scope import system_scope
from audit_app.people.tables import Role
from findings import register
from findings.register import NewSource
from findings.states import Delivery, Impact, ImpactTest, SourceKind
from tests import builders_packs
from tests import builders_plans as made


def days(number):
    """The day so many days from today, asked when it is needed: a run of the tests may go on past midnight."""
    return clock.today() + timedelta(days=number)


# One action a case, in an area of its own: what is entered, what was judged there and on what, and how it reads.
# Days are counted from today.
CASES = (
    ("done and tested after", "verified", {}, (Impact.clear_difference, SourceKind.re_audit, -10), "Blue: Complete"),
    ("done, tested before", "verified", {}, (Impact.some_difference, SourceKind.re_audit, -40), "Green: Done"),
    ("done, ordinary audit", "verified", {}, (Impact.some_difference, SourceKind.audit, -10), "Green: Done"),
    ("done, not verified", "completed", {}, (Impact.clear_difference, SourceKind.re_audit, -10), "Green: Done"),
    ("done, and fell back", "verified", {}, (Impact.not_sustained, SourceKind.re_audit, -10),
     "Amber: Done, but no lasting difference"),
    ("under way", "open", {"due_on": 20, "delivery": Delivery.on_track}, None, "Green: On track"),
    ("due today", "open", {"due_on": 0, "delivery": Delivery.on_track}, None, "Green: On track"),
    ("in trouble", "open", {"due_on": 20, "delivery": Delivery.at_risk}, None, "Amber: At risk"),
    ("not begun in time", "open", {"due_on": 20, "start_on": -1}, None, "Amber: Start date passed"),
    ("late", "open", {"due_on": -1, "delivery": Delivery.on_track}, None, "Red: Off track"),
    ("late in words", "open", {"due_text": "March 2017", "delivery": Delivery.on_track}, None, "Red: Off track"),
    ("begins later", "open", {"due_on": 20, "start_on": 1}, None, "Grey: Not started"),
    ("no start", "open", {"due_on": 20}, None, "Grey: No start reported"),
    ("given up", "withdrawn", {}, None, "Withdrawn"),
)  # fmt: skip
READS = {name: words for name, _status, _given, _judged, words in CASES}


@pytest.fixture
def council(engine, signed_in_as):
    """A plan with one action of each case, all led by the person who is signed in; their numbers by name."""
    page = signed_in_as(Role.qa_manager)
    people = made.make_council(engine, areas=len(CASES))
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        plan = register.open_plan(session, made.COUNCIL, title="Our plan", by=people.manager, now=clock.now())
        numbers = {
            case[0]: make(session, people, page.person_id, plan.number, area, case)
            for area, case in zip(people.areas, CASES, strict=True)
        }
    return SimpleNamespace(page=page, numbers=numbers, areas=dict(zip(READS, people.areas, strict=True)))


def make(session, people, lead, plan, area, case):
    name, status, given, judged, _words = case
    given = {key: days(value) if key.endswith("_on") else value for key, value in given.items()}
    day = {"by": people.manager, "now": clock.now()}
    delivery = given.pop("delivery", Delivery.not_started)
    row = made.make_action(
        session, people, what=name, areas=[area], plan_number=plan, lead_person_id=lead, lead_post_id=None,
        impact_test=ImpactTest.re_audit, **{"due_on": None} | given,
    )  # fmt: skip
    row.delivery = delivery
    if status in ("completed", "verified"):
        register.complete_action(
            session, made.COUNCIL, row.number, completed_on=days(-30), completed_note="Done.", **day
        )
    if status == "verified":
        register.verify_action(
            session, made.COUNCIL, row.number, verified_on=days(-29), verified_note="Seen.", line=(), **day
        )
    if status == "withdrawn":
        register.withdraw_action(session, made.COUNCIL, row.number, reason="Twice.", **day)
    if judged:
        rating, kind, seen = judged
        register.judge_impact(
            session, made.COUNCIL, area, rating=rating, judged_on=days(-5), different_for_children="Plans.",
            not_yet_good_enough="Some.", sources=[NewSource(kind, document="Report", dated_on=days(seen))], **day,
        )  # fmt: skip
    return row.number


def words_beside(text, name):
    """What stands after an action's own words, as far as those of the next one."""
    after = text.split(name, 1)[1]
    return min((after.split(other, 1)[0] for other in READS if other in after), key=len, default=after)


def test_every_page_of_an_action_says_the_same(council):
    page = council.page
    for name, number in council.numbers.items():
        expected, area = READS[name], council.areas[name]
        assert expected in page.get(f"/greenhaven/plan-actions/ACT-{number:04}").text, name
        assert expected in page.get(f"/greenhaven/areas-for-improvement/AFI-{area:04}").text, name
        assert f"Delivery: {expected}" in page.get(f"/greenhaven/areas-for-improvement/AFI-{area:04}/thread").text, name


def cells_of(page):
    """The cells of each row that names a case, by the case."""
    rows = page.seen.root.select("tr")
    read = [[" ".join(cell.text.split()) for cell in row.select("th", "td")] for row in rows]
    return {name: cells for cells in read for name in READS if any(cell.startswith(name) for cell in cells)}


def test_lists_the_dashboard_and_home_say_the_same(council):
    page = council.page
    for address in ("/greenhaven/plan-actions", "/greenhaven/plans/PLN-0001"):
        text = page.get(address).text
        for name, expected in READS.items():
            if name != "given up":
                assert f"{expected} " in words_beside(text.split("Delivery Impact", 1)[-1], f"{name} "), (address, name)
    board = page.get("/greenhaven/dashboard").text
    shown = list(READS.values())
    for words in {*shown} - {"Withdrawn"}:
        number = shown.count(words)
        assert f"{words}, {number} action{'s' if number > 1 else ''}" in board, words
    home = page.get("/greenhaven/").text
    for name, _status, given, _judged, words in CASES:
        if given:
            assert f"{name} ({words})" in home, name


def test_the_register_as_a_workbook_says_the_same(council):
    page = council.page
    page.get("/greenhaven/plan-actions")
    page.submit(form="register.xlsx", status=200)
    sheet = openpyxl.load_workbook(io.BytesIO(page.response.data))["Plan actions"]
    _marking, headings, *rows = sheet.iter_rows(values_only=True)
    read = {row[headings.index("What will be done")]: row for row in rows}
    for name, expected in READS.items():
        if name != "given up":
            row = read[name]
            colour, word = (row[headings.index(f"Delivery: {part}")] for part in ("colour", "word"))
            assert f"{colour}: {word}" == expected, name
    assert read["late in words"][headings.index("Due as reckoned")].date().isoformat() == "2017-03-31"


def printed_on_plan_sheets(pack):
    """What each action of the chapter of plans is, and how its delivery reads there."""
    printed = {}
    for table in plan_sheets.plan_sheets(pack):
        if "Delivery" in getattr(table, "columns", ()):
            at = table.columns.index("Delivery")
            for cells in table.rows:
                named, _, what = cells[0].partition(". Answers ")[0].partition(" ")
                if named.startswith("ACT-"):
                    printed[what] = cells[at].word
    return printed


@pytest.mark.parametrize("level", sorted(levels.NAMES))
def test_packs_of_every_level_say_the_same_on_page_and_in_the_workbook(council, engine, level):
    row = builders_packs.make_row(level=level, each_audit=False, period_to=clock.today())
    with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
        extract = queries_gathering.gather(session, row, now=clock.now(), evidence_months=12)
        pack = composing.compose(extract)
    assert printed_on_plan_sheets(pack) == READS
    sheet = pack_workbook.actions(pack)
    exported = {cells[1]: ": ".join(part for part in cells[-2:] if part) for cells in sheet.rows}
    assert exported == READS
    explained = {f"{colour.colour.title()}: {colour.word}" for colour in pack.colours}
    assert {*READS.values()} - {"Withdrawn"} <= explained, "each is explained under what the colours mean"
    late = next(action for action in pack.actions if action.what == "late in words")
    assert late.due == "March 2017, read as 31 Mar 2017"
