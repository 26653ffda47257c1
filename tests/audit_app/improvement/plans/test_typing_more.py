"""More typed into a plan that stands: what is new is added, nothing that stands is changed, two at once are told."""

import html
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import database
from audit_app.improvement.plans.outline import adding, naming, reading
from audit_app.people.access import Role, system_scope
from findings import plan_shapes, queries, register
from findings.states import ActionStatus
from findings.tables import Action, Milestone, Plan, PlanChange, Theme
from tests import builders
from tests import builders_plans as made

PLAN = "/greenhaven/plans/PLN-0001"
STANDS = """Plan: A plan
Theme 1: Practice
Monitoring: A board
Aim: Be on time
Action: Write plans with families
Lead: Head of Safeguarding
Due: March 2027
Milestone: A first month
Action: Keep records
Theme: Voice
"""
MORE = """Theme: practice
Aim: Be early
Source: Ofsted 2026
Action: Write plans  with families
Milestone: A second month
Due: April 2027
Action: Read one plan a month
Milestone: Begun
Theme: Money
Owner: Head of Safeguarding
Subtheme: Grants
Action: Find some
Lead: Team Manager North
Milestone: A first one
Lead: Head of Safeguarding
"""


@pytest.fixture
def council(engine):
    return made.make_council(engine, areas=1)


@pytest.fixture
def qa(app, council, signed_in_as):
    """A QA manager of a council with one plan."""
    page = signed_in_as(Role.qa_manager)
    page.get("/greenhaven/plans/type")
    page.submit({"typed": STANDS})
    page.submit(button="Save the plan")
    return page


def looking(engine):
    return database.session_for(engine, system_scope("a test", made.COUNCIL), reading=True)


def whole_of(session):
    return queries.get_whole_plan(session, made.COUNCIL, 1)


def shape(whole):
    """Themes with their aims, actions and milestones, in order."""

    def acts(theme):
        return [(act.row.what, [step.row.text for step in act.milestones]) for act in theme.actions]

    return [(theme.row.title, [aim.text for aim in theme.aims], acts(theme), [(x.row.title, acts(x)) for x in
             theme.subthemes]) for theme in whole.themes]  # fmt: skip


def type_more(page, text, **more):
    page.get(f"{PLAN}/type")
    return page.submit({"typed": text}, **more)


def test_what_is_new_is_added_where_it_belongs_and_what_stands_stays(engine, qa, council):
    type_more(qa, MORE)
    assert qa.h1 == "Check what would be added to A plan", qa.text
    assert "This would be added: 2 themes, 2 actions, 3 milestones and 1 aim" in qa.text
    assert "Theme (in the plan already) Practice" in qa.text and "A first month" not in qa.text
    with looking(engine) as session:
        before = {row.number: row.revision for row in session.exec(select(Action))}
    qa.submit(button="Add it to the plan")
    assert "Added to PLN-0001: 2 themes, 2 actions, 3 milestones and 1 aim." in qa.text
    with looking(engine) as session:
        assert shape(whole_of(session)) == [
            ("Practice", ["Be on time", "Be early"],
             [("Write plans with families", ["A first month", "A second month"]), ("Keep records", []),
              ("Read one plan a month", ["Begun"])], []),
            ("Voice", [], [], []),
            ("Money", [], [], [("Grants", [("Find some", ["A first one"])])]),
        ]  # fmt: skip
        money = whole_of(session).themes[2]
        (found,) = money.subthemes[0].actions
        assert (money.row.owner_post_id, money.row.owner_post_title) == (council.head, "Head of Safeguarding")
        assert (found.row.lead_post_id, found.row.lead_person_id) == (council.lead_post, council.lead)
        step = found.milestones[0].row
        assert (step.lead_post_id, step.lead_person_id) == (council.head, council.manager)
        after = {row.number: row.revision for row in session.exec(select(Action))}
        assert {number: after[number] for number in before} == before
        # Only the aim changed something that stood: what the theme said before is kept.
        (change,) = session.exec(select(PlanChange)).all()
        assert "Be on time" in change.before and "Be early" not in change.before
    type_more(qa, MORE, status=422)
    assert "Everything in this text stands in the plan already" in qa.text


def test_the_whole_plan_as_text_with_a_line_more_adds_that_line(engine, qa):
    text = qa.get(f"{PLAN}/as-text").data.decode("utf-8")
    type_more(qa, text.replace("Action: Keep records", "Action: Keep records\nMilestone: Every day"))
    assert "This would be added: 1 milestone." in qa.text
    qa.submit(button="Add it to the plan")
    with looking(engine) as session:
        assert [row.text for row in session.exec(select(Milestone).where(Milestone.action_number == 2))] == [
            "Every day"
        ]
        assert len(session.exec(select(Theme)).all()) == 2


def test_an_action_is_found_by_its_reference_wherever_it_stands(engine, qa):
    type_more(qa, "Action: ACT-0002\nMilestone: Every day")
    assert "Action (in the plan already) Keep records" in qa.text
    qa.submit(button="Add it to the plan")
    with looking(engine) as session:
        assert whole_of(session).themes[0].actions[1].milestones[0].row.text == "Every day"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Theme: Practice\nMonitoring: Another board", 2, "This theme stands in the plan already"),
        ("Theme: Practice\nAction: Write plans with families\nDue: May 2027", 3, "This action stands in the plan"),
        ("Theme: Practice\nAction: Write plans with families\nLead: Practice Lead", 3, "Change it on its own page"),
        ("Theme: Practice\nAction: Write plans with families\nMilestone: A first month\nDue: May 2027", 4, "milestone"),
        ("Theme: Practice\nAction: Write plans with families\nAnswers: AFI-0001", 3, "This action stands"),
        ("Plan: Another plan\nTheme: A", 1, "adds to the plan “A plan”"),
        ("Theme: A\nPlan: A plan", 2, "stands before whatever the plan holds"),
        ("Action: ACT-0099\nMilestone: A", 1, "ACT-0099 is no action of this plan"),
        ("Milestone: A", 1, "A milestone stands under an action"),
        ("Due: May 2027", 1, "stands before anything it could belong to"),
        ("words", 1, "belongs to nothing"),
    ],
)
def test_what_would_change_the_plan_is_told_with_its_line(text, line, words, reads):
    faults = {fault.line: fault.message for fault in reads(text)[1]}
    assert list(faults) == [line]
    assert words in faults[line]


@pytest.mark.parametrize(
    "text",
    [
        "Theme: Practice\nLabel: Theme 1\nMonitoring: A board\nAction: Write plans with families\nDue: March 2027",
        "Plan: a  plan\nTheme: PRACTICE\nAction: ACT-0001\nLead: Head of Safeguarding",
    ],
)
def test_what_the_plan_says_may_be_said_again(text, reads):
    assert reads(text)[1] == []


HEAD, VACANT = (SimpleNamespace(id=number, title=title, holder_id=None) for number, title in
                ((31, "Head of Safeguarding"), (32, "Practice Lead")))  # fmt: skip


@pytest.fixture(scope="module")
def whole():
    """The plan as rows that no session holds."""
    key = {"authority_id": made.COUNCIL}
    themes = [Theme(**key, id=1, plan_number=1, position=1, title="Practice", label="Theme 1", monitoring="A board"),
              Theme(**key, id=2, plan_number=1, position=2, title="Voice"),
              Theme(**key, id=3, plan_number=1, position=3, title="Voice", label="B")]  # fmt: skip
    action = Action(**key, number=1, plan_number=1, theme_id=1, what="Write plans with families", due_text="March 2027",
                    lead_post_id=31, lead_post_title="Head of Safeguarding")  # fmt: skip
    step = Milestone(**key, id=1, action_number=1, text="A first month")
    return plan_shapes.join(plan_shapes.PlanRows(
        Plan(**key, number=1, title="A plan"), themes=themes, actions=[action], milestones=[step]
    ))  # fmt: skip


@pytest.fixture(scope="module")
def reads(whole):
    """Call with a text: what was read of it, and every fault in it, as an addition to the plan."""

    def read(text):
        outline = reading.read(text, within="A plan")
        named = naming.name_posts(outline, [HEAD, VACANT], [1])
        return outline.plan, [*outline.faults, *named.faults, *adding.recognise(outline.plan, whole)]

    return read


@pytest.mark.parametrize(("label", "row", "faulty"), [("", None, [1]), ("\nLabel: B", 3, [])])
def test_two_themes_of_one_title_are_told_apart_or_asked_about(label, row, faulty, reads):
    plan, faults = reads(f"Theme: Voice{label}\nAction: X")
    assert [fault.line for fault in faults] == faulty
    assert getattr(plan.inside[0].row, "id", None) == row


def test_two_people_at_once_are_told_and_nothing_is_lost(engine, qa, council, signed_in_as):
    type_more(qa, MORE)
    day = {"by": council.head, "now": builders.MOMENT}
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        theme = session.exec(select(Theme).where(Theme.title == "Voice")).one()
        register.correct_theme(session, made.COUNCIL, theme.id, title="The child’s voice", **day)
    qa.submit(button="Add it to the plan", status=422)
    assert "Somebody has changed the plan since you looked at it" in qa.text
    assert MORE.strip() in html.unescape(qa.html)
    with looking(engine) as session:
        assert len(session.exec(select(Action)).all()) == 2
    type_more(qa, MORE)
    qa.submit(button="Add it to the plan")
    with looking(engine) as session:
        assert [theme.row.title for theme in whole_of(session).themes] == ["Practice", "The child’s voice", "Money"]


def test_of_an_addition_that_is_refused_nothing_is_kept(engine, qa, council):
    day = {"by": council.head, "now": builders.MOMENT}
    with database.session_for(engine, system_scope("a test", made.COUNCIL)) as session:
        action = register.withdraw_action(session, made.COUNCIL, 2, reason="Not needed", **day)
        assert action.status is ActionStatus.withdrawn
    type_more(qa, "Theme: New\nTheme: Practice\nAction: Keep records\nMilestone: Every day")
    qa.submit(button="Add it to the plan", status=422)
    assert "Line 4: ACT-0002 is withdrawn" in qa.text
    with looking(engine) as session:
        assert len(session.exec(select(Theme)).all()) == 2


def test_only_who_writes_plans_types_into_one(qa, signed_in_as):
    auditor = signed_in_as(Role.auditor)
    auditor.get(f"{PLAN}/type", status=403)
    auditor.get(PLAN)
    assert "Type more into the plan" not in auditor.text
