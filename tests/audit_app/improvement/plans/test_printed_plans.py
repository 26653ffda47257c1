"""Published plans typed in as they are printed and taken out again: nothing of their documents is lost on the way."""

import html
import io
import re
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from sqlmodel import select

from audit_app import database
from audit_app.improvement.plans.outline import naming, reading
from audit_app.people.access import Role, system_scope
from findings import queries
from findings.tables import Action, Measure, Milestone, Plan, PlanReview, PlanRisk, Theme
from tests import builders_plans as made
from tests.audit_app.improvement.plans import printed_plans as printed

TYPE = "/greenhaven/plans/type"
HEAD = "Acting Head of Early Help and MASH"
# What stands on rows and is no part of what was planned: whose row it is, its place in the database, when it was made.
NOT_PLANNED = {
    "authority_id", "number", "id", "plan_number", "action_number", "theme_id", "parent_id", "revision", "opened_at",
    "opened_by", "added_at", "added_by", "position",
}  # fmt: skip


@pytest.fixture
def papers(documents):
    """The text of each document."""
    folder = documents / "seeds"
    names = (printed.WINDSOR, printed.CABINET, printed.GREENWICH, printed.CITY)
    if not all((folder / name).is_file() for name in names):
        pytest.skip(f"SKIPPED LOUDLY: the published plans are not in {folder}")
    return {name: (folder / name).read_text("utf-8") for name in names}


@pytest.fixture
def qa(app, engine, signed_in_as):
    """A QA manager of a council with the post that the Windsor and Maidenhead plan names most."""
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        made.make_post(session, HEAD)
    return signed_in_as(Role.qa_manager)


def typed(page, text, loads):
    """Type a plan and save it as it is read, counting every page that is fetched."""
    fetch = page._fetch

    def counting(method, url, *given, **more):
        loads.append(f"{method} {url}")
        return fetch(method, url, *given, **more)

    page._fetch = counting
    page.get(TYPE)
    page.submit({"typed": text})
    assert page.h1 == "Check the plan you typed", page.text
    checked = page.text
    page.submit(button="Save the plan")
    if "Save as it is" in page.text:
        page.submit(button="Save as it is")
    page._fetch = fetch
    assert "saved:" in page.text, page.text
    return checked


def bare(text):
    """Words alone, one space apart, whatever stands between them."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", "")))


def lost(wanted, text):
    """The phrases that do not stand in a text as often as they are wanted."""
    there = f" {bare(text)} "
    return [phrase for phrase in dict.fromkeys(wanted) if there.count(f" {bare(phrase)} ") < wanted.count(phrase)]


def workbook_of(page, number):
    page.get(f"/greenhaven/plans/PLN-{number:04d}")
    page.submit(form="plan.xlsx", status=200)
    book = openpyxl.load_workbook(io.BytesIO(page.data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def cells_of(sheets):
    return "\n".join(str(cell) for rows in sheets.values() for row in rows for cell in row if cell is not None)


def test_the_windsor_and_maidenhead_themes_come_out_with_nothing_lost(papers, qa):
    themes = printed.windsor_themes(papers[printed.WINDSOR])
    bands = printed.cabinet_bands(papers[printed.CABINET])
    risks = printed.cabinet_risks(papers[printed.CABINET])
    loads = []
    text = printed.windsor_typed(themes, bands, risks)
    checked = typed(qa, text, loads)
    line = text.split("\n").index("Lead: Head of Schools and Educational Services") + 1
    assert "2 themes, 6 actions, 13 milestones, 1 measure and 2 risks" in checked
    assert (
        f"Line {line}: No post here is called “Head of Schools and Educational Services”. It is kept as printed"
        in checked
    )
    # A page and a form for each theme, action and milestone were more than forty.
    assert len(loads) == 5, loads

    cells = [cell for theme in themes for row in theme.rows for cell in row if cell]
    cells += [cell for theme in themes for cell in (f"Theme {theme.number}", theme.title, theme.owner)]
    cells += [cell for risk in risks for cell in (risk[0], risk[1], *risk[2], risk[3])] + bands
    assert len(cells) == 75
    qa.get("/greenhaven/plans/PLN-0001")
    assert lost(cells, qa.text) == []
    sheets = workbook_of(qa, 1)
    assert lost(cells, cells_of(sheets)) == [], sheets["Milestones"]

    # Each milestone stands with its own lead, deadline and monitoring, under its own action and theme.
    expected, action = [], ""
    for theme in themes:
        for what, step, lead, deadline, monitoring in theme.rows:
            action = what or action
            expected.append([theme.title, action, step, lead, deadline, bare(monitoring)])
    names = sheets["Milestones"][0]
    columns = [names.index(name) for name in ("Theme", "What will be done", "Milestone", "Lead", "Lead as printed",
                                              "Due in words", "Monitored by", "Due as understood")]  # fmt: skip
    rows = [[row[column] for column in columns] for row in sheets["Milestones"][1:]]
    assert [[r[0], r[1], r[2], r[3] or r[4], r[5], bare(r[6] or "")] for r in rows] == expected
    understood = {row[5]: row[7].date() if row[7] else None for row in rows}
    assert understood["December 2016"] == date(2016, 12, 31)
    assert understood["January – March 2017"] == date(2017, 3, 31)
    assert understood["January 2017 and ongoing"] == date(2017, 1, 31)
    assert understood["January 2017 onwards"] is None


def test_windsor_theme_2_typed_into_the_plan_that_has_theme_1_is_the_plan_typed_at_once(papers, engine, qa):
    themes = printed.windsor_themes(papers[printed.WINDSOR])
    more = printed.cabinet_bands(papers[printed.CABINET]), printed.cabinet_risks(papers[printed.CABINET])
    at_once, first = printed.windsor_typed(themes, *more), printed.windsor_typed(themes[:1], *more)
    typed(qa, at_once, [])
    typed(qa, first, [])
    qa.get("/greenhaven/plans/PLN-0002/type")
    qa.submit({"typed": at_once})
    checked = qa.text
    second = themes[1]
    actions, steps = sum(bool(row[0]) for row in second.rows), len(second.rows)
    assert f"This would be added: 1 theme, {actions} actions and {steps} milestones" in checked
    # Theme 1 and all that stands in it is read, and neither shown again nor added twice.
    assert themes[0].rows[0][1] not in qa.seen.root.text.split("What would be added")[1].split("Add it to the plan")[0]
    qa.submit(button="Add it to the plan")
    if "Save as it is" in qa.text:
        qa.submit(button="Save as it is")
    with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
        assert planned(session, 2) == planned(session, 1)


def test_greenwich_g1_and_an_aim_of_the_city_come_out_with_nothing_lost(papers, qa):
    focus, city = printed.greenwich_focus(papers[printed.GREENWICH]), printed.city_words(papers[printed.CITY])
    typed(qa, printed.greenwich_typed(focus), [])
    typed(qa, printed.city_typed(city), [])
    wanted = [focus["title"], focus["description"], focus["summary"], *focus["aims"], *focus["staff"], *focus["row"]]
    wanted += ["Q1 2018-19", "All actions will be reviewed for the first time", "at the end of 2018-19"]
    assert len(focus["aims"]) == 6 and len(focus["staff"]) == 2
    qa.get("/greenhaven/plans/PLN-0001")
    assert lost(wanted, qa.text) == []
    assert lost(wanted, cells_of(workbook_of(qa, 1))) == []

    meanings = [*city["colours"].values(), city["priority"], city["about"], city["aim"], city["source"]]
    assert sorted(city["colours"]) == ["amber", "blue", "green", "red"]
    qa.get("/greenhaven/plans/PLN-0002")
    assert lost(meanings, qa.text) == []
    assert qa.text.count(f"({city['source']})") == 2  # under the theme's aim, and under the action
    # Its own rating in its own words goes before, and what is reckoned here stands beside it.
    amber = qa.text.index(f"Amber {city['colours']['amber']}, as the plan rates it")
    assert amber < qa.text.index("Grey: No start reported as it is reckoned here")
    assert "Impact for children Answers no area" in qa.text
    assert lost(meanings, cells_of(workbook_of(qa, 2))) == []


def planned(session, number):
    """Everything that was planned, row by row, read off the tables: what is linked told by its words, not its id."""
    plan = session.exec(select(Plan).where(Plan.number == number)).one()
    themes = {x.id: x for x in session.exec(select(Theme).where(Theme.plan_number == number))}
    actions = {x.number: x for x in session.exec(select(Action).where(Action.plan_number == number))}
    tables = ((PlanReview, "plan_number", {number}), (PlanRisk, "plan_number", {number}),
              (Milestone, "action_number", set(actions)))  # fmt: skip
    rows = [plan, *themes.values(), *actions.values()]
    for table, column, numbers in tables:
        rows += [row for row in session.exec(select(table)) if getattr(row, column) in numbers]
    rows += [row for row in session.exec(select(Measure)) if row.plan_number == number or row.action_number in actions]
    described = []
    for row in rows:
        told = {name: value for name, value in vars(row).items() if name[0] != "_" and name not in NOT_PLANNED}
        theme = themes.get(getattr(row, "theme_id", None) or getattr(row, "parent_id", None))
        action = actions.get(getattr(row, "action_number", None))
        told |= {"under": theme.title if theme else "", "of": action.what if action else ""}
        described.append((row.__tablename__, sorted((name, repr(value)) for name, value in told.items())))
    return sorted(described)


AWKWARD = """Plan: A plan with everything
From: 1 April 2026
To: 31 March 2027
Owner: Acting Head of Early Help and MASH
Board: Board
Description: Two lines
> Theme: this is no theme
>
> Mileston: nor is this
and a last one
Monitoring: One body
Monitoring: Another
Blue means: done
Own colours: yes

Review: Half way
Due: 30 September 2026
Due as printed: mid-year
Plan risk: Money
Risk before: HIGH
Controls: Watch it
Risk after: LOW
Measure: Plan delivered
Due: March 2027
Unmet: 30 June 2027
Met: 31 March 2027
Exceeded: 28 February 2027
Significantly exceeded: 31 January 2027

Action: Stands in no theme
Label: 0
Ongoing: yes

Theme: First
Label: A
Owner as printed: All heads
Corporate priority: One
Corporate priority: Two
Staff said: “More time”
Aim: Be on time
Source: Ofsted 2016
Aim: Without a source
Theme risk: Snow
Controls: Salt

Subtheme: Under the first
Action: Do it
> (twice)
Label: A1
Source: A forum
Lead: Acting Head of Early Help and MASH
Lead as printed: Extended DMT
Delivered by: Acting Head of Early Help and MASH
Delivered by: Nobody’s post
Starts: 2 May 2026
Due: 31 December 2026
Due as printed: 31 December 2026
Repeats: every quarter
Success measure: It is done
Intended impact: Better
Indication of impact: Calls fall
Where we are: Nowhere
As at: Q1
Impact test: Dip sample
Details of the test: Twelve
Risk: Rain
Risk before: MEDIUM
Controls: Umbrella
Risk after: LOW
Monitoring: LSCB
Own rating: Green
Answers: AFI-0001
Measure: Calls
Unit: %
Begins at: 12.5
Target: 90
Milestone: First step
Due as printed: 31 May 2026
Monitoring: A
Monitoring: B
"""


def test_a_plan_written_out_and_typed_again_is_the_same_plan(app, engine, qa, signed_in_as):
    council = made.make_council(engine, areas=1)
    typed(qa, AWKWARD, [])
    first = qa.get("/greenhaven/plans/PLN-0001/as-text").data.decode("utf-8")
    assert "> Theme: this is no theme\n> \n> Mileston: nor is this\nand a last one\n" in first
    typed(qa, first, [])
    assert qa.get("/greenhaven/plans/PLN-0002/as-text").data.decode("utf-8") == first
    with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
        before, after = planned(session, 1), planned(session, 2)
        assert before == after
        assert len(before) == 11
        whole = queries.get_whole_plan(session, made.COUNCIL, 2)
        action = whole.themes[0].subthemes[0].actions[0]
        assert action.row.what == "Do it\n(twice)"
        assert [lead.post_title for lead in action.leads] == [HEAD, "Nobody’s post"]
        assert [area.number for area in action.areas] == [1]
        assert whole.row.description == ("Two lines\nTheme: this is no theme\n\nMileston: nor is this\nand a last one")
    assert council.areas == [1]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Theme: First", 1, "Begin with a line “Plan: ”"),
        ("Plan: A\nFrom: spring", 2, "“spring” is not one day. Write it like 1 April 2026"),
        ("Plan: A\nMilestone: B", 2, "A milestone stands under an action"),
        ("Plan: A\nTheme: B\nAction: C\nMilestone: D\nSuccess measure: E", 5, "It belongs under: Action"),
        ("Plan: A\nTheme: B\nActoin: C", 3, "Write “Action:”"),
        ("Plan: A\nAction: B\nLead: C\nLead: D", 4, "stands here twice, first on line 3"),
        ("Plan: A\nAction: B\nAnswers: AFI-0099", 3, "AFI-0099 is no open area for improvement"),
        ("Plan: A\nOwner: Nobody", 2, "No post here is called “Nobody”"),
        ("Plan: A\nAction:\nDue: May 2026", 2, "Say what the action is"),
        ("Plan: A\nTheme: " + "x" * 301, 2, "is 1 character too long"),
        ("Plan: A\nAction: B\nStarts: 2 May 2026\nDue: 1 May 2026", 2, "cannot be due before it starts"),
        ("Plan: A\nReview: B", 2, "Say when this review is to be"),
        ("Plan: A\nTheme: B\nSubtheme: C\nAction: D\nTheme: E\nMeasure: F", 6, "A measure stands under an action"),
        ("Plan: A\nAction: B\nOwn rating: mauve", 3, "is not a colour of a plan"),
    ],
)
def test_a_fault_is_told_with_its_line_and_its_remedy(text, line, words, reads):
    faults = {fault.line: fault.message for fault in reads(text)}
    assert line in faults, faults
    assert words in faults[line]


@pytest.fixture(scope="module")
def reads():
    """Call with a text: every fault in it, in a council with one post and no area."""

    def read(text):
        outline = reading.read(text)
        named = naming.name_posts(outline, [SimpleNamespace(id=1, title=HEAD, holder_id=None)], frozenset())
        return [*outline.faults, *named.faults]

    return read


def test_of_a_plan_with_a_fault_nothing_is_kept_and_the_text_stays(app, engine, qa):
    text = "Plan: A\nTheme: B\nAction: C\nDeu: May 2026\nMilestone: D"
    qa.get(TYPE)
    qa.submit({"typed": text}, status=422)
    assert "1 line cannot be read" in qa.text and "Write “Due:”" in qa.text
    assert text in html.unescape(qa.html)
    qa.submit({"typed": text.replace("Deu", "Due")})
    # Somebody spoils it on the page where it would be saved: still nothing is kept, and what they typed is there.
    spoilt = text.replace("Deu: May 2026", "Lead as printed: X\nAnswers: AFI-0007")
    qa.submit({"typed": spoilt}, button="Save the plan", status=422)
    assert "AFI-0007 is no open area" in qa.text
    assert spoilt in html.unescape(qa.html)
    with database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True) as session:
        for table in (Plan, Theme, Action, Milestone):
            assert session.exec(select(table)).all() == []
