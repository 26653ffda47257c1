"""Actions moved within their plan, measures changed with their reason, reviews told to whoever owns the plan."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import clock, database
from audit_app.improvement.plans import queries_reviews, service_reviews
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from findings import queries, register
from findings.tables import Action, Measure, PlanChange
from tests import builders
from tests import builders_plans as made

PLAN = "/greenhaven/plans/PLN-0001"
SCOPE = system_scope("a test", made.COUNCIL)


@pytest.fixture
def council(app, engine):
    """A plan of the head's, with two themes, three actions in the first, a measure of the plan and one of an action."""
    council = made.make_council(engine, areas=1)
    day = {"by": council.manager, "now": builders.MOMENT}
    with database.session_for(engine, SCOPE) as session:
        post = {"owner_post_id": council.head, "owner_post_title": "Head of Safeguarding"}
        register.open_plan(session, made.COUNCIL, title="A plan", owner_person_id=council.manager, **post, **day)
        one, two = (register.add_theme(session, made.COUNCIL, plan_number=1, title=title, **day).id
                    for title in ("Practice", "Voice"))  # fmt: skip
        for what in ("First", "Second", "Third"):
            made.make_action(session, council, what=what, plan_number=1, theme_id=one)
        given = {"band_unmet": "30 June 2027", "band_met": "31 March 2027"}
        plan_measure = register.add_measure(session, made.COUNCIL, name="Delivered", plan_number=1, **given, **day).id
        measure = register.add_measure(
            session, made.COUNCIL, name="Calls", action_number=1, unit="%", baseline=10.0, target=90.0, latest=40.0,
            latest_on=clock.today(), **day,
        ).id  # fmt: skip
    return SimpleNamespace(**vars(council), one=one, two=two, plan_measure=plan_measure, measure=measure)


def looking(engine):
    return database.session_for(engine, SCOPE, reading=True)


def order(session):
    """Each theme with its actions by what they say, as the whole plan reads."""
    whole = queries.get_whole_plan(session, made.COUNCIL, 1)
    listed = {theme.row.title: [action.row.what for action in theme.actions] for theme in whole.themes}
    return {**listed, "": [action.row.what for action in whole.loose]}


def test_an_action_moves_by_keyboard_within_its_theme_and_to_another_with_its_history(engine, council, signed_in_as):
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/plan-actions/ACT-0003/move")
    assert qa.form_data(None, None)["after"] == "2", "where it stands now is chosen at first"
    qa.submit({"after": ""})
    qa.get(PLAN)
    assert qa.text.index("Third") < qa.text.index("First") < qa.text.index("Second")
    qa.get("/greenhaven/plan-actions/ACT-0001/move")
    qa.submit({"home": str(council.two), "after": "2"}, status=422)
    assert "it is to stand after an action of that theme" in qa.text
    qa.submit({"home": str(council.two), "after": ""})
    qa.get("/greenhaven/plan-actions/ACT-0002/move")
    qa.submit({"home": "", "after": ""})
    with looking(engine) as session:
        assert order(session) == {"Practice": ["Third"], "Voice": ["First"], "": ["Second"]}
        kept = [(x.action_number, x.step.value, json.loads(x.before)) for x in
                sorted(session.exec(select(PlanChange)), key=lambda x: x.id)]  # fmt: skip
        assert kept == [
            (3, "moved", {"position": 0}),
            (1, "moved", {"theme_id": council.one, "position": 2}),
            (2, "moved", {"theme_id": council.one, "position": 3}),
        ]
    qa.get(f"{PLAN}/before")
    assert "Moved: ACT-0001" in qa.text and "Theme: Practice" in qa.text


def test_neighbours_keep_their_revision_and_a_second_mover_is_told(engine, council):
    day = {"by": council.manager, "now": builders.MOMENT}
    with database.session_for(engine, SCOPE) as session:
        before = {row.number: row.revision for row in session.exec(select(Action))}
        register.move_action(
            session, made.COUNCIL, 3, theme_id=council.one, after=None, revision=before[3], **day
        )  # fmt: skip
        after = {row.number: row.revision for row in session.exec(select(Action))}
        assert (after[1], after[2], after[3]) == (before[1], before[2], before[3] + 1)
        with pytest.raises(Exception, match="Someone else has changed this"):
            register.move_action(session, made.COUNCIL, 3, theme_id=None, after=None, revision=before[3], **day)
        other = register.open_plan(session, made.COUNCIL, title="Other", **day).number
        theme = register.add_theme(session, made.COUNCIL, plan_number=other, title="Theirs", **day).id
        with pytest.raises(Exception, match="another plan"):
            register.move_action(session, made.COUNCIL, 3, theme_id=theme, after=None, **day)
        loose = register.add_action(session, made.COUNCIL, what="In no plan", **day).number
        with pytest.raises(Exception, match="stands in no plan"):
            register.move_action(session, made.COUNCIL, loose, theme_id=None, after=None, **day)


def test_a_measure_is_changed_with_its_reason_and_what_was_counted_stays(engine, council, signed_in_as):
    qa = signed_in_as(Role.qa_manager)
    at = f"/greenhaven/plan-actions/ACT-0001/measures/{council.measure}/change"
    qa.get(at)
    qa.submit({"target": "95", "why": ""}, status=422)
    assert "Say why the measure is changed" in qa.text
    qa.submit({"target": "95", "name": "Calls answered", "why": "The board asked for more"})
    assert "The board asked for more" in qa.text and "Target: 90" in qa.text and "What is counted: Calls" in qa.text
    with looking(engine) as session:
        row = session.exec(select(Measure).where(Measure.id == council.measure)).one()
        assert (row.name, row.baseline, row.target, row.latest, row.revision) == ("Calls answered", 10.0, 95.0, 40.0, 2)
    # What the plan said before tells it too; whoever saw the earlier state is told, not overwritten.
    qa.get(f"{PLAN}/before")
    assert "A measure (ACT-0001): Calls answered" in qa.text and "Because: The board asked for more" in qa.text
    qa.get(f"{PLAN}/measures/{council.plan_measure}/change")
    day = {"by": council.manager, "now": builders.MOMENT}
    with database.session_for(engine, SCOPE) as session:
        register.correct_measure(
            session, made.COUNCIL, council.plan_measure, band_met="28 February 2027", why="Earlier", **day
        )  # fmt: skip
    qa.submit({"band_met": "1 January 2027", "why": "Later"}, status=409)
    assert "28 February 2027" in qa.text
    with looking(engine) as session:
        row = session.exec(select(Measure).where(Measure.id == council.plan_measure)).one()
        assert row.band_met == "28 February 2027"


def test_a_measure_of_what_has_closed_is_not_changed_and_nothing_is_kept_where_nothing_differs(engine, council):
    day = {"by": council.manager, "now": builders.MOMENT}
    with database.session_for(engine, SCOPE) as session:
        same = register.correct_measure(session, made.COUNCIL, council.measure, target=90.0, why="", **day)
        assert same.revision == 1 and session.exec(select(PlanChange)).all() == []
        register.withdraw_action(session, made.COUNCIL, 1, reason="Not needed", **day)
        with pytest.raises(Exception, match="withdrawn"):
            register.correct_measure(session, made.COUNCIL, council.measure, target=1.0, why="So", **day)


def test_a_review_is_told_once_before_and_once_after_its_day_and_waits_on_the_first_page(engine, council, signed_in_as):
    today, now = clock.today(), clock.now()
    soon, past = clock.add_working_days(today, 3), today - timedelta(days=9)
    by = {"by": council.manager, "now": now - timedelta(days=200)}
    with database.session_for(engine, SCOPE) as session:
        near = register.add_review(session, made.COUNCIL, plan_number=1, what="All of it", due_on=soon, **by).id
        late = register.add_review(session, made.COUNCIL, plan_number=1, what="Half of it", due_on=past, **by).id
        register.add_review(session, made.COUNCIL, plan_number=1, due_on=today + timedelta(days=90), **by)
        register.add_review(session, made.COUNCIL, plan_number=1, due_text="when it suits", **by)
        held = register.add_review(session, made.COUNCIL, plan_number=1, due_on=past, **by).id
        register.correct_review(
            session, made.COUNCIL, held, held_on=past, held_note="On course", by=council.manager, now=now
        )
        given = {"now": now, "today": today, "due_soon_days": 5}
        assert service_reviews.tell_owners(session, made.COUNCIL, **given) == 2
        assert service_reviews.tell_owners(session, made.COUNCIL, **given) == 0
        # A day that was moved is told of once more; other words of the review are not.
        later = {"by": council.manager, "now": now + timedelta(minutes=1)}
        register.correct_review(session, made.COUNCIL, late, what="The first half", **later)
        given["now"] = now + timedelta(hours=1)
        assert service_reviews.tell_owners(session, made.COUNCIL, **given) == 0
        register.correct_review(session, made.COUNCIL, near, due_on=clock.add_working_days(today, 4), **later)
        assert service_reviews.tell_owners(session, made.COUNCIL, **given) == 1
        told = session.exec(select(Notice)).all()
        assert {(row.person_id, row.reference) for row in told} == {(council.manager, "PLN-0001")}
        assert sorted(row.code for row in told) == ["improvement.review_passed", *["improvement.review_soon"] * 2]
        due = queries_reviews.list_due(session, made.COUNCIL, today, 5)
        assert [(line.review.id, line.passed) for line in due] == [(late, True), (near, False)]
        (gap,) = [gap for gap in queries.list_gaps(session, made.COUNCIL, today, evidence_months=6)
                  if gap.reference == "PLN-0001"]  # fmt: skip
        assert gap.sentence.startswith("PLN-0001 was to be reviewed by ") and str(past.day) in gap.sentence
    head = signed_in_as(person_id=council.manager)
    head.get("/greenhaven/")
    assert head.text.count("Review PLN-0001") == 2 and "A plan: The first half" in head.text
    qa = signed_in_as(Role.qa_manager)
    qa.get("/greenhaven/")
    assert "Review PLN-0001" not in qa.text, "somebody answers for the plan"
    qa.get("/greenhaven/gaps?kind=plan_review_passed")
    assert "Head of Safeguarding" in qa.text
    qa.link("PLN-0001")
