"""Plans, areas and actions: a post that has closed keeps what it owned; who may write; whom a change is told to."""

import inspect
import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from audit_app import clock
from audit_app.history import HistoryEntry
from audit_app.improvement.actions import queries, service_handover, service_progress
from audit_app.improvement.actions import service as actions
from audit_app.improvement.actions import service_reminders as reminders
from audit_app.improvement.actions.service_progress import RefusedUpdate, Update
from audit_app.improvement.areas import service as areas
from audit_app.improvement.findings import service as findings
from audit_app.improvement.inspections import service as inspections
from audit_app.improvement.inspections.pasted import PastedRow
from audit_app.improvement.plans import queries_reviews, service_reviews
from audit_app.improvement.plans import service as plans
from audit_app.improvement.plans.outline import service as outlines
from audit_app.improvement.plans.outline.labels import ACTION, MILESTONE, PLAN, THEME
from audit_app.improvement.plans.outline.nodes import Node
from audit_app.improvement.plans.outline.reading import Outline
from audit_app.notices.tables import Notice
from audit_app.people.access import Role, system_scope
from audit_app.people.access.scope import Scope
from audit_app.people.organisation import service_posts as posts
from findings import register
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale
from findings.register import NewSource
from findings.states import (
    ActionStatus,
    AreaStatus,
    Delivery,
    FindingKind,
    Impact,
    ImpactTest,
    InspectionKind,
    PlanPart,
    SourceKind,
)
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    Finding,
    FindingJudgementArea,
    Judgement,
    Milestone,
    Theme,
)
from tests import builders, builders_improvement, builders_plans

A, MOMENT = builders.AUTHORITY_ID, builders.MOMENT
TODAY, DAY = MOMENT.date(), timedelta(days=1)
OF_ALL = system_scope("a test", A)


@pytest.fixture
def staff(session):
    """A QA manager and three people who hold a post each; an area and a plan owned by the first post."""
    made = SimpleNamespace(qa=builders.make_person(session, [Role.qa_manager]).id)
    for name, title in (("lead", "Team Manager"), ("head", "Head of Service"), ("other", "Practice Lead")):
        person = builders.make_person(session, [Role.team_manager]).id
        setattr(made, name, person)
        setattr(made, f"{name}_post", builders_plans.make_post(session, title, person))
    made.by = {"by": made.qa, "now": MOMENT}
    given = {"owner_post_id": made.lead_post, **made.by}
    made.area = areas.open_area(session, A, heading="Plans are specific.", **given)
    made.plan = plans.open_plan(session, A, title="The plan", today=TODAY, **given)
    session.commit()
    return made


def told(session):
    return {(row.person_id, row.code.partition(".")[2], row.reference) for row in session.exec(select(Notice)).all()}


def noted(session, *events):
    rows = session.exec(
        select(HistoryEntry).where(HistoryEntry.event.in_(events)).order_by(HistoryEntry.sequence)
    ).all()
    return [
        (row.reference, {what: fact for what, fact in json.loads(row.facts).items() if what != "seals"}) for row in rows
    ]


def close(session, post_id):
    posts.close_post(session, post_id, last_day=TODAY - 2 * DAY, by=1, now=MOMENT)
    session.flush()


def test_a_word_is_corrected_though_the_post_that_owns_it_has_closed(session, staff):
    close(session, staff.lead_post)
    kept = {"owner_post_id": staff.lead_post, **staff.by}
    areas.correct_area(session, A, staff.area.number, revision=1, heading="Plans are measurable.", **kept)
    plans.correct_plan(session, A, staff.plan.number, revision=1, title="Our plan", today=TODAY, **kept)
    for row, words in ((staff.area, staff.area.heading), (staff.plan, staff.plan.title)):
        assert words in ("Plans are measurable.", "Our plan")
        assert (row.owner_post_id, row.owner_person_id, row.owner_post_title) == (
            staff.lead_post, staff.lead, "Team Manager",
        )  # fmt: skip
    head = {**kept, "owner_post_id": staff.head_post}
    areas.correct_area(session, A, staff.area.number, revision=2, heading="Plans are measurable.", **head)
    plans.correct_plan(session, A, staff.plan.number, revision=2, title="Our plan", today=TODAY, **head)
    for row in (staff.area, staff.plan):
        assert (row.owner_person_id, row.owner_post_title) == (staff.head, "Head of Service")
    for closed in (staff.lead_post, 12345):  # nobody is given a closed post anew
        wrong = {**kept, "owner_post_id": closed}
        with pytest.raises(Invalid) as refused:
            areas.correct_area(session, A, staff.area.number, revision=3, heading="x", **wrong)
        assert refused.value.field == "owner_post_id"
        with pytest.raises(Invalid) as refused:
            plans.correct_plan(session, A, staff.plan.number, revision=3, title="x", today=TODAY, **wrong)
        assert refused.value.field == "owner_post_id"
    nobody = {**kept, "owner_post_id": None}
    areas.correct_area(session, A, staff.area.number, revision=3, heading="Plans are measurable.", **nobody)
    assert (staff.area.owner_post_id, staff.area.owner_person_id, staff.area.owner_post_title) == (None, None, "")


def test_the_page_keeps_the_closed_post_on_offer(session, staff, signed_in_as):
    close(session, staff.lead_post)
    session.commit()
    qa = signed_in_as(Role.qa_manager)
    page = f"/greenhaven/areas-for-improvement/AFI-{staff.area.number:04d}/edit"
    qa.get(page)
    assert "Team Manager (closed)" in qa.text
    qa.submit({"heading": "Plans are measurable."})
    session.expire_all()
    assert (staff.area.heading, staff.area.owner_post_id) == ("Plans are measurable.", staff.lead_post)


def add(session, staff, **more):
    given = {"what": "Rewrite the template", "due_on": date(2027, 6, 30), "lead_post_id": staff.lead_post,
             "areas": [staff.area.number], "today": TODAY, **staff.by}  # fmt: skip
    made = actions.add_action(session, A, **{**given, **more})
    session.flush()
    return made


def correct(session, staff, action, **more):
    given = {"revision": action.revision, "what": action.what, "lead_post_id": action.lead_post_id,
             "delivery_post_ids": [], "areas": [staff.area.number], "today": TODAY, **staff.by}  # fmt: skip
    made = actions.correct_action(session, A, action.number, **{**given, **more})
    session.flush()
    return made


def test_leads_and_those_who_deliver_are_told_once_and_nobody_of_what_they_did(session, staff):
    action = add(session, staff, delivery_post_ids=[staff.head_post, staff.head_post, staff.other_post])
    name = f"ACT-{action.number:04d}"
    assert told(session) == {
        (staff.lead, "lead_named", name), (staff.head, "delivery_named", name), (staff.other, "delivery_named", name),
    }  # fmt: skip
    assert (action.lead_person_id, action.lead_post_title) == (staff.lead, "Team Manager")
    mine = add(session, staff, by=staff.lead)
    assert (staff.lead, "lead_named", f"ACT-{mine.number:04d}") not in told(session)
    for field in ("lead_post_id", "delivery_post_ids"):
        with pytest.raises(Invalid) as refused:
            add(session, staff, **{field: 12345 if field == "lead_post_id" else [12345]})
        assert refused.value.field == field


def test_a_change_of_words_moves_no_lead_and_a_new_lead_is_told(session, staff):
    action = add(session, staff, delivery_post_ids=[staff.other_post])
    close(session, staff.lead_post)
    before = told(session)
    correct(session, staff, action, what="Rewrite it twice", delivery_post_ids=[staff.other_post])
    assert (action.what, action.lead_person_id, action.lead_post_title) == (
        "Rewrite it twice", staff.lead, "Team Manager",
    )  # fmt: skip
    assert told(session) == before
    correct(session, staff, action, lead_post_id=staff.head_post, delivery_post_ids=[])
    assert action.lead_person_id == staff.head
    assert session.exec(select(ActionLead)).all() == []
    assert told(session) - before == {(staff.head, "lead_named", f"ACT-{action.number:04d}")}
    correct(session, staff, action, delivery_post_ids=[staff.other_post, staff.head_post])
    leads = session.exec(select(ActionLead.person_id)).all()
    assert set(leads) == {staff.other, staff.head}
    with pytest.raises(Stale):
        correct(session, staff, action, revision=1)


def test_areas_of_an_action_are_joined_and_left(session, staff):
    other = areas.open_area(session, A, heading="Children are seen.", **staff.by).number
    action, later = add(session, staff), add(session, staff, areas=[other])

    def joined(of=action):
        rows = select(ActionInArea.area_number).where(ActionInArea.action_number == of.number)
        return sorted(session.exec(rows).all())

    assert joined() == [staff.area.number]
    correct(session, staff, action, areas=[staff.area.number, other])
    assert joined() == sorted([staff.area.number, other])
    correct(session, staff, action, areas=[other])
    assert joined() == joined(later) == [other]


def test_an_action_opened_again_is_told_to_who_holds_the_post_now(session, staff):
    action = add(session, staff)
    actions.withdraw_action(session, A, action.number, reason="No money", revision=action.revision, **staff.by)
    posts.give_post(session, staff.lead_post, staff.other, on=TODAY - DAY, by=1, now=MOMENT)
    session.flush()
    again = {"delivery": Delivery.on_track, "reason": "Money was found", "today": TODAY, **staff.by}
    actions.reopen_action(session, A, action.number, revision=action.revision, **again)
    assert action.status is ActionStatus.open
    assert (staff.other, "reopened", f"ACT-{action.number:04d}") in told(session)
    assert (staff.lead, "reopened", f"ACT-{action.number:04d}") not in told(session)


def test_only_a_qa_manager_writes_plans(session, staff):
    for role in Role:
        session.info["scope"] = Scope(A, staff.lead, frozenset({role}))
        if role is Role.qa_manager:
            actions.require_qa(session)
        else:
            with pytest.raises(NotAllowed, match="written by a QA manager"):
                actions.require_qa(session)
    del session.info["scope"]
    with pytest.raises(NotAllowed):
        actions.require_qa(session)
    session.info["scope"] = OF_ALL


# --- progress --------------------------------------------------------------------------------------------------------


def test_an_action_is_updated_by_its_lead_who_delivers_it_and_a_qa_manager(session, staff):
    action = add(session, staff, delivery_post_ids=[staff.other_post])
    session.commit()
    for person_id, role, own_posts, allowed in (
        (staff.lead, Role.team_manager, (staff.lead_post,), True),
        (staff.other, Role.practitioner, (staff.other_post,), True),
        (staff.head, Role.leader, (staff.head_post,), False),
        (staff.head, Role.qa_manager, (), True),
    ):
        session.info["scope"] = Scope(A, person_id, frozenset({role}), own_posts=frozenset(own_posts))
        assert service_progress.may_update(session, action) is allowed, role
    session.info["scope"] = Scope(A, staff.head, frozenset({Role.leader}))
    with pytest.raises(NotAllowed, match=r"Only its lead \(Team Manager\)"):
        service_progress.require_own(session, A, action.number)
    session.info["scope"] = OF_ALL


def test_of_several_updates_the_one_that_cannot_be_kept_is_named(session, staff):
    first, second = add(session, staff), add(session, staff)
    session.commit()
    step = {"today": TODAY, **staff.by}
    with pytest.raises(RefusedUpdate) as refused:
        service_progress.save_updates(
            session, A,
            [Update(first.number, Delivery.at_risk, "Late"), Update(second.number, Delivery.at_risk, " ")], **step,
        )  # fmt: skip
    assert refused.value.number == second.number
    session.rollback()
    done = [Update(first.number, Delivery.complete, "Done"), Update(second.number, Delivery.on_track, quick=True)]
    assert service_progress.save_updates(session, A, done, **step) == 2
    session.flush()
    row = session.get(Action, (A, first.number))
    assert (row.completed_on, row.completed_note) == (TODAY, "Done")


def test_leads_are_reminded_within_the_working_days_before_and_the_week_after(session, staff):
    last = clock.add_working_days(TODAY, 5)
    due = {
        add(session, staff, due_on=day).number: day
        for day in (TODAY - 8 * DAY, TODAY - 7 * DAY, TODAY - DAY, TODAY, last, last + DAY)
    }

    def tell(day=TODAY):
        return reminders.tell_leads(session, A, now=MOMENT + (day - TODAY), today=day, due_soon_days=5)

    before = told(session)
    assert (tell(), tell()) == (4, 0)
    numbers = {int(about[4:]): code for _who, code, about in told(session) - before}
    assert {due[number]: code for number, code in numbers.items()} == {
        TODAY - 7 * DAY: "overdue", TODAY - DAY: "overdue", TODAY: "due_soon", last: "due_soon",
    }  # fmt: skip


# --- handing over ----------------------------------------------------------------------------------------------------


def test_what_a_leaver_leads_or_delivers_goes_to_the_heir_and_the_post_stays(session, staff):
    leads = add(session, staff)
    delivers = add(session, staff, lead_post_id=staff.head_post, delivery_post_ids=[staff.lead_post])
    gone = add(session, staff)
    actions.withdraw_action(session, A, gone.number, reason="No money", revision=gone.revision, **staff.by)
    theirs = add(session, staff, lead_post_id=staff.head_post)
    held = service_handover.list_open(session, A, staff.lead, TODAY)
    assert [(thing.key, thing.words.split(" ")[1]) for thing in held] == [
        (str(leads.number), "(leads"), (str(delivers.number), "(delivers"),
    ]  # fmt: skip
    keys = [str(each.number) for each in (leads, delivers, gone, theirs)]
    chosen = {"new_person_id": staff.other, "on": TODAY, **staff.by}
    service_handover.hand_over(session, A, keys, person_id=staff.lead, **chosen)
    assert [row.lead_person_id for row in (leads, delivers, gone, theirs)] == [
        staff.other, staff.head, staff.lead, staff.head,
    ]  # fmt: skip
    assert leads.lead_post_id == staff.lead_post
    assert [row.person_id for row in session.exec(select(ActionLead)).all()] == [staff.other]
    assert noted(session, "improvement.action_handed_over") == [
        (f"ACT-{each.number:04d}", {"person": staff.lead, "new": staff.other}) for each in (leads, delivers)
    ]
    assert {(code, about) for who, code, about in told(session) if who == staff.other} == {
        ("lead_named", f"ACT-{leads.number:04d}"), ("delivery_named", f"ACT-{delivers.number:04d}"),
    }  # fmt: skip
    assert queries.delivery_leads(session, delivers)[0].post_id == staff.lead_post


# --- findings and inspections ----------------------------------------------------------------------------------------


def test_judgement_areas_are_those_of_known_editions_and_said_anew_only_when_they_change(session, staff):
    row = builders_improvement.raise_finding(session)
    session.flush()

    def spoken():
        rows = select(FindingJudgementArea.edition_id, FindingJudgementArea.judgement_area_id)
        return sorted(session.exec(rows.where(FindingJudgementArea.finding_number == row.number)).all())

    with pytest.raises(Invalid, match="Choose judgement areas from the list"):
        findings.known_areas(["ilacs-2026/HP", "ilacs-1066/X"])
    assert findings.known_areas(["", ""]) == []
    for wanted in (["ilacs-2026/HP"], ["ilacs-2026/HP", "ilacs-2026/LEAD"], []):
        findings.correct_finding(session, A, row.number, revision=row.revision, judgement_areas=wanted, **staff.by)
        session.flush()
        assert spoken() == sorted(tuple(each.split("/")) for each in wanted)
    findings.correct_finding(session, A, row.number, revision=row.revision, text="Otherwise", **staff.by)
    assert spoken() == []


def test_a_source_typed_by_hand_is_one_only_when_something_was_typed():
    assert findings.document_source() == findings.document_source(document="", words="", audit_reference="") == []
    for name in ("document", "words", "audit_reference"):
        [source] = findings.document_source(**{name: "x"})
        assert (source.kind, getattr(source, name)) == (SourceKind.document, "x")
    [source] = findings.document_source(kind=SourceKind.voice, words="x")
    assert source.kind is SourceKind.voice


def test_a_pasted_list_keeps_its_places_as_printed_or_none(session, staff):
    inspection = builders_improvement.record_inspection(session)
    rows = [PastedRow(text=f"Point {number}", kind=FindingKind.area_for_improvement) for number in (1, 2)]
    for numbered in (True, False):
        inspections.raise_pasted(session, A, inspection.number, rows, verbatim=True, numbered=numbered, **staff.by)
    session.flush()
    raised = session.exec(select(Finding).order_by(Finding.number)).all()
    assert [(row.text, row.printed_number, row.printed_total) for row in raised] == [
        ("Point 1", 1, 2), ("Point 2", 2, 2), ("Point 1", None, None), ("Point 2", None, None),
    ]  # fmt: skip


def test_grades_of_an_inspection_are_those_of_its_edition(session, staff):
    inspection = builders_improvement.record_inspection(session, edition_id="ilacs-2026")
    session.flush()

    def judge(**grades):
        inspections.record_judgements(session, A, inspection.number, grades, **staff.by)
        session.flush()

    for area, grade in (("HP", "splendid"), ("XX", "good"), ("HP", "")):
        with pytest.raises(Invalid) as refused:
            judge(**{area: (grade, "")})
        assert refused.value.field == f"grade_{area}"
    judge(HP=("good", "4 to 9"))
    [kept] = session.exec(select(Judgement)).all()
    assert (kept.judgement_area_id, kept.grade_code, kept.paragraphs) == ("HP", "good", "4 to 9")
    wrong = [({"edition_id": "ilacs-1066"}, "edition_id"), ({"theme": "x"}, "theme")]
    wrong += [({"edition_id": "jtai-2022", "theme": theme}, "theme") for theme in ("x", "jtai-2016/front-door")]
    for details, field in wrong:
        with pytest.raises(Invalid) as refused:
            record(session, staff, **details)
        assert refused.value.field == field
    for theme in ("front-door", "jtai-2022/front-door"):
        assert record(session, staff, edition_id="jtai-2022", theme=theme).theme == "front-door"


def record(session, staff, **details):
    given = {"kind": InspectionKind.inspection, "title": "An inspection", "body": "Ofsted"}
    return inspections.record_inspection(session, A, **{**given, **details}, **staff.by)


def test_a_finding_leaves_only_an_area_it_is_in(session, staff):
    row = builders_improvement.raise_finding(session)
    session.flush()
    where = {"finding_number": row.number, "area_number": staff.area.number, **staff.by}
    with pytest.raises(NotFound, match="not in that area"):
        areas.leave_area(session, A, **where)
    areas.join_finding(session, A, **where)
    session.flush()
    areas.leave_area(session, A, **where)
    session.flush()
    with pytest.raises(NotFound, match="not in that area"):
        areas.leave_area(session, A, **where)


def test_an_area_is_closed_as_it_was_seen_and_once_a_difference_was_judged(session, staff):
    def close(revision):
        given = {"closed_on": TODAY, "closed_note": "Seen.", "revision": revision, **staff.by}
        return areas.close_area(session, A, staff.area.number, **given)

    with pytest.raises(Stale):
        close(staff.area.revision + 1)
    with pytest.raises(OutOfTurn, match="Judge it first"):
        close(staff.area.revision)
    seen = [NewSource(kind=SourceKind.dip_sample, words="11 of 14 plans name who does what.")]
    more = {"different_for_children": "They know.", "method": ImpactTest.dip_sample, "sample_size": 14}
    areas.judge_impact(session, A, staff.area.number, rating=Impact.clear_difference, judged_on=TODAY, sources=seen,
                       **more, **staff.by)  # fmt: skip
    closed = close(staff.area.revision)
    assert (closed.status, closed.closed_on, closed.closed_note) == (AreaStatus.closed, TODAY, "Seen.")


# --- whose, among others' --------------------------------------------------------------------------------------------

OTHERS_TOO = {
    actions.post_view, actions.note_export, actions.require_qa,
    service_progress.may_update, service_progress.may_complete, service_progress.complete_milestone,
    service_progress.require_own, service_progress.save_update, service_progress.save_updates,
    service_progress.update_measure,
}  # fmt: skip


def test_every_other_write_of_a_plan_is_refused_to_whoever_is_no_qa_manager(session, staff):
    """Before anything is looked up: what else is given does not matter."""
    session.info["scope"] = Scope(A, staff.lead, frozenset(Role) - {Role.qa_manager}, own_posts=frozenset({1}))
    refused = 0
    for module in (actions, service_progress, plans, outlines):
        for name, write in inspect.getmembers(module, inspect.isfunction):
            if write.__module__ != module.__name__ or name.startswith("_") or write in OTHERS_TOO:
                continue
            needed = [each for each in inspect.signature(write).parameters.values() if each.kind < each.VAR_KEYWORD]
            by_place = [session, *(1 for each in needed[1:] if each.kind is each.POSITIONAL_OR_KEYWORD)]
            by_name = {each.name: 1 for each in needed if each.kind is each.KEYWORD_ONLY}
            with pytest.raises(NotAllowed, match="written by a QA manager"):
                write(*by_place, **by_name)
            refused += 1
    assert refused > 20


def test_of_several_actions_only_the_one_meant_is_changed_told_of_or_given_away(session, staff):
    """Rows of an action with a smaller number stand beside it, and people with smaller numbers lead and deliver."""
    other = areas.open_area(session, A, heading="Children are seen.", **staff.by).number
    qa_post = builders_plans.make_post(session, "Head of Quality", staff.qa)
    over = add(session, staff, delivery_post_ids=[staff.lead_post])
    actions.withdraw_action(session, A, over.number, reason="No money", revision=over.revision, **staff.by)
    first = add(session, staff, areas=[other], delivery_post_ids=[staff.head_post])
    second = add(session, staff, lead_post_id=qa_post, delivery_post_ids=[staff.lead_post])
    nobodys = add(session, staff, lead_post_id=None, delivery_post_ids=[staff.lead_post])
    done = add(session, staff)
    kept = add(session, staff, lead_post_id=staff.head_post, delivery_post_ids=[staff.lead_post])
    actions.change_due_date(
        session, A, first.number, new_on=TODAY + 20 * DAY, due_text="", why="Later.", revision=first.revision,
        **{**staff.by, "now": MOMENT + DAY},
    )  # fmt: skip
    correct(session, staff, second, areas=[staff.area.number], delivery_post_ids=[staff.lead_post])
    joined = session.exec(select(ActionInArea.action_number, ActionInArea.area_number)).all()
    assert {pair for pair in joined if pair[0] in (first.number, second.number)} == {
        (first.number, other), (second.number, staff.area.number),
    }  # fmt: skip
    service_progress.save_update(
        session, A, Update(done.number, Delivery.complete, "Done."), today=TODAY, **staff.by
    )  # fmt: skip
    session.flush()
    held = {thing.key: thing.words for thing in service_handover.list_open(session, A, staff.lead, TODAY)}
    assert {key: "(leads it)" in words for key, words in held.items()} == {
        str(first.number): True, str(second.number): False, str(nobodys.number): False, str(kept.number): False,
    }  # fmt: skip
    given = [number for number in (*held, str(done.number)) if number != str(kept.number)]
    service_handover.hand_over(session, A, given, person_id=staff.lead, new_person_id=staff.other, on=TODAY, **staff.by)
    assert [row.lead_person_id for row in (first, second, nobodys, done)] == [staff.other, staff.qa, None, staff.lead]
    delivering = session.exec(select(ActionLead.action_number, ActionLead.person_id)).all()
    assert set(delivering) == {
        (over.number, staff.lead), (first.number, staff.head), (second.number, staff.other),
        (nobodys.number, staff.other), (kept.number, staff.lead),
    }  # fmt: skip


def test_a_lead_is_told_again_when_the_date_of_this_action_moved_and_of_no_other(session, staff):
    day = clock.add_working_days(TODAY, 3)
    first, second = (add(session, staff, due_on=day) for _ in range(2))

    def tell(hours):
        session.flush()
        return reminders.tell_leads(session, A, now=MOMENT + timedelta(hours=hours), today=TODAY, due_soon_days=5)

    assert tell(1) == 2
    moved = {"new_on": day + DAY, "due_text": "", "why": "Later.", **staff.by, "now": MOMENT + timedelta(hours=2)}
    for action, hour in ((first, 3), (second, 4)):
        actions.change_due_date(session, A, action.number, revision=action.revision, **moved)
        moved["now"] = MOMENT + timedelta(hours=hour, minutes=1)
        assert (tell(hour), tell(hour)) == (1, 0)


@pytest.mark.parametrize(
    ("due", "next_due"), [(date(2027, 3, 1), date(2027, 3, 2)), (date(2027, 3, 5), date(2027, 3, 8))]
)
def test_the_owner_of_a_plan_is_told_once_in_the_working_days_before_a_review_and_once_after_it(
    session, staff, due, next_due
):
    """And of the next review of that plan as well, though it was told of the last one the day before."""
    for day in (due, next_due):  # no bank holiday is near them
        register.add_review(session, A, plan_number=staff.plan.number, due_on=day, **staff.by)
    sent = []
    for days in range(-9, 6):
        for hour in (8, 16):
            moment = clock.moments(due, due)[0] + timedelta(days=days, hours=hour)
            times = service_reviews.tell_owners(session, A, now=moment, today=due + days * DAY, due_soon_days=5)
            sent += [(due + days * DAY, hour)] * times
    first = due - 7 * DAY  # five working days before: the same day of the week before
    assert sent == [(first, 8), (next_due - 7 * DAY, 8), (due + DAY, 8), (next_due + DAY, 8)]
    assert queries_reviews.list_due(session, A, first, 5) and not queries_reviews.list_due(session, A, first - DAY, 5)


def test_the_lead_of_a_step_is_whoever_holds_its_post_and_is_kept_with_it(session, staff):
    action = add(session, staff)
    given = {"today": TODAY, **staff.by}
    step = service_progress.add_milestone(session, A, action.number, lead_post_id=staff.head_post, text="One", **given)

    def led_by(post_id, **more):
        words = {"text": "One", "revision": step.revision, **given, **more}
        service_progress.correct_milestone(session, A, step, lead_post_id=post_id, **words)
        session.flush()
        return step.lead_post_id, step.lead_person_id, step.lead_post_title

    assert (step.lead_person_id, step.lead_post_title) == (staff.head, "Head of Service")
    assert led_by(staff.lead_post) == (staff.lead_post, staff.lead, "Team Manager")
    assert led_by(staff.other_post) == (staff.other_post, staff.other, "Practice Lead")
    close(session, staff.other_post)
    assert led_by(staff.other_post, text="Two") == (staff.other_post, staff.other, "Practice Lead")
    assert led_by(None) == (None, None, "")
    assert led_by(staff.lead_post) == (staff.lead_post, staff.lead, "Team Manager")
    service_progress.remove_milestone(session, A, step.id, why="Twice.", revision=step.revision, **staff.by)
    plans.restore(session, A, PlanPart.milestone, step.id, **staff.by)
    assert step.removed_at is None


def test_whoever_verifies_is_kept_with_the_post_they_hold_or_their_role(session, staff):
    for posts_held, title in (((), "QA manager"), (("Head of Quality",), "Head of Quality")):
        for post in posts_held:
            builders_plans.make_post(session, post, staff.qa)
        action = add(session, staff)
        register.complete_action(
            session, A, action.number, completed_on=TODAY, completed_note="Done.", by=staff.lead, now=MOMENT
        )
        given = {"verified_on": TODAY, "verified_note": "Read.", "today": TODAY, **staff.by}
        service_progress.verify_action(session, A, action.number, revision=action.revision, **given)
        assert action.verified_by_post_title == title


def test_what_the_register_refuses_of_a_typed_plan_is_told_at_its_line(session, staff):
    """An area that was removed since the text was checked: the line says it, not an error page."""
    node = Node(ACTION, 7, ["Do it"], values={"what": "Do it", "areas": (999,)})
    typed = Outline(Node(PLAN, 1, ["A plan"], inside=[node], values={"title": "A plan"}), ())
    with pytest.raises(outlines.RefusedLine) as refused:
        outlines.save_outline(session, A, typed, today=TODAY, **staff.by)
    assert (refused.value.line, "AFI-0999" in refused.value.message) == (7, True)
    session.rollback()
    new, stands = (Node(PLAN, 1, ["A plan"], values={"title": "A plan"}, row=row) for row in (None, staff.plan))
    for write, plan, faults in (
        (outlines.save_outline, None, ()), (outlines.save_outline, new, ("a fault",)),
        (outlines.add_outline, None, ()), (outlines.add_outline, new, ()), (outlines.add_outline, stands, ("a fault",)),
    ):  # fmt: skip
        with pytest.raises(outlines.RefusedLine, match="Mend the lines that are named first") as refused:
            write(session, A, Outline(plan, faults), today=TODAY, **staff.by)
        assert refused.value.line == 1


def test_whoever_a_typed_plan_names_is_kept_with_their_post_and_told_of_their_actions(session, staff):
    def post(name):
        return SimpleNamespace(id=getattr(staff, f"{name}_post"), title=name, holder_id=getattr(staff, name))

    def written(delivers, **lead):
        step = Node(MILESTONE, 4, ["Half"], values={"text": "Half", "lead": post("head")})
        deed = {"what": "Do it", "delivered_by": delivers, **lead}
        theme = {"title": "Practice", "owner": post("other")}
        themes = [Node(THEME, 2, ["Practice"], values=theme, inside=[Node(ACTION, 3, ["Do it"], {}, [step], deed)])]
        typed = Outline(Node(PLAN, 1, ["A plan"], inside=themes, values={"title": "A plan", "owner": post("lead")}), ())
        made = outlines.save_outline(session, A, typed, today=TODAY, by=staff.lead, now=MOMENT)
        session.flush()
        return made

    made = written((post("other"), post("lead"), "The probation service"), lead=post("head"))
    assert (made.owner_post_id, made.owner_person_id) == (staff.lead_post, staff.lead)
    theme = session.exec(select(Theme)).one()
    assert (theme.owner_post_id, theme.owner_post_title) == (staff.other_post, "other")
    action, step = session.exec(select(Action)).one(), session.exec(select(Milestone)).one()
    for row in (action, step):
        assert (row.lead_post_id, row.lead_person_id, row.lead_post_title) == (staff.head_post, staff.head, "head")
    leads = session.exec(select(ActionLead).order_by(ActionLead.id)).all()
    assert [(row.post_title, row.post_id, row.person_id) for row in leads] == [
        ("other", staff.other_post, staff.other), ("lead", staff.lead_post, staff.lead),
        ("The probation service", None, None),
    ]  # fmt: skip
    # Whoever typed it delivers too, and knows.
    assert told(session) == {(staff.head, "lead_named", "ACT-0001"), (staff.other, "delivery_named", "ACT-0001")}
    written((), lead=post("lead"))
    assert len(told(session)) == 2


def test_a_pasted_list_speaks_to_the_area_confirmed_for_each_piece(session, staff):
    inspection = builders_improvement.record_inspection(session)
    piece = {"kind": FindingKind.strength, "text": "Visits are on time."}
    rows = [PastedRow(**piece, judgement_area="ilacs-2026/HP"), PastedRow(**piece)]
    raised = inspections.raise_pasted(session, A, inspection.number, rows, verbatim=True, numbered=True, **staff.by)
    session.flush()
    spoken = session.exec(select(FindingJudgementArea.finding_number, FindingJudgementArea.judgement_area_id)).all()
    assert spoken == [(raised[0].number, "HP")]
