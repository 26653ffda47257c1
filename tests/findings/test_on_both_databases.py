"""Writers at the same time, on whichever database the run is made: no number twice, no change lost unseen."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

from sqlmodel import Session

from findings import errors, numbering, queries, register, thread
from findings.queries import ActionFilter, AreaFilter, FindingFilter
from findings.register import Lead, NewSource, SpeaksTo
from findings.states import Delivery, FindingKind, Impact, ImpactTest, Origin, SourceKind
from findings.thread_shapes import audits_of
from tests.findings.conftest import COUNCIL, NOW, TODAY


def take(engine, count):
    taken = []
    for _ in range(count):
        with Session(engine) as session:
            taken.append(numbering.next_number(session, COUNCIL, "FND"))
            session.commit()
    return taken


def test_writers_at_the_same_time_never_get_the_same_number(engine):
    with ThreadPoolExecutor(4) as pool:
        taken = [number for part in pool.map(lambda _: take(engine, 10), range(4)) for number in part]
    assert sorted(taken) == list(range(1, 41))


def test_a_number_rolled_back_leaves_no_trace_of_a_second_owner(engine):
    with Session(engine) as session:
        numbering.next_number(session, COUNCIL, "FND")
        session.rollback()
    assert take(engine, 2) == [1, 2]


def begin(session, day):
    finding = register.raise_finding(
        session,
        COUNCIL,
        kind=FindingKind.area_for_improvement,
        origin=Origin.case_audit,
        text="Plans are not specific: 9 of 14.",
        sources=[NewSource(SourceKind.audit_answer, audit_reference="AUD-0042")],
        judgement_areas=[SpeaksTo("ilacs-2026", "HP")],
        **day,
    )
    return finding, register.make_area_from_finding(session, COUNCIL, finding.number, **day)


def save_title(engine, title, day):
    with Session(engine) as session:
        try:
            register.correct_finding(session, COUNCIL, 1, revision=1, title=title, **day)
            session.commit()
        except errors.Stale as stale:
            return stale.current.title
    return None


def test_of_two_people_who_save_the_same_form_the_second_is_told(engine, day):
    with Session(engine) as session:
        begin(session, day)
        session.commit()
    with ThreadPoolExecutor(1) as pool, Session(engine) as first:
        register.correct_finding(first, COUNCIL, 1, revision=1, title="First", **day)
        second = pool.submit(save_title, engine, "Second", day)
        wait([second], timeout=0.3)  # long enough for the second to read, if nothing held it back
        first.commit()
        assert second.result() == "First"


def test_the_whole_thread_runs_on_this_database(engine, day):
    with Session(engine) as session:
        _finding, area = begin(session, day)
        plan = register.open_plan(session, COUNCIL, title="Improvement plan", **day)
        theme = register.add_theme(session, COUNCIL, plan_number=plan.number, title="Practice", **day)
        action = register.add_action(
            session,
            COUNCIL,
            what="Train every team.",
            areas=[area.number],
            delivery_leads=[Lead("Practice lead", person_id=602)],
            plan_number=plan.number,
            theme_id=theme.id,
            due_on=TODAY,
            impact_test=ImpactTest.re_audit,
            success_measure="9 in 10 plans are specific",
            **day,
        )
        step = {"dated_on": TODAY - timedelta(days=1), **day}
        register.report_progress(session, COUNCIL, action.number, delivery=Delivery.on_track, **step)
        register.report_still_on_track(session, COUNCIL, numbers=[action.number], **step)
        done = {"completed_on": TODAY - timedelta(days=1), "completed_note": "Trained.", **day}
        register.complete_action(session, COUNCIL, action.number, **done)
        seen = {"verified_on": TODAY, "verified_note": "Seen.", "line": (), "by": 900, "now": NOW}
        register.verify_action(session, COUNCIL, action.number, **seen)
        register.judge_impact(
            session,
            COUNCIL,
            area.number,
            rating=Impact.clear_difference,
            judged_on=TODAY,
            different_for_children="They know their plan.",
            sources=[NewSource(SourceKind.re_audit, audit_reference="AUD-0050", dated_on=TODAY)],
            **day,
        )
        register.close_area(session, COUNCIL, area.number, closed_on=TODAY, **day)
        session.commit()
        read_back(session)


def read_back(session):
    """Every kind of reading once, because the two databases forgive different mistakes."""
    assert queries.list_gaps(session, COUNCIL, TODAY, evidence_months=12) == ()
    woven = thread.weave(queries.load_everything(session, COUNCIL))
    assert queries.weave_areas(session, COUNCIL, areas=[1]) == woven
    (only,) = woven.threads
    assert audits_of(only) == {"AUD-0042", "AUD-0050"}
    assert [said.still_on_track for said in only.actions[0].progress] == [False, True, False]
    assert only.area.closed_on == TODAY
    assert only.impacts[0].impact.judged_at == NOW
    narrow = FindingFilter(words="9 of", edition_id="ilacs-2026", area_number=1, raised_from=TODAY, raised_to=TODAY)
    assert queries.list_findings(session, COUNCIL, narrow).total == 1
    assert queries.count_findings(session, COUNCIL, FindingFilter(in_no_area=True)) == 0
    mine = ActionFilter(person_id=602, post_ids=(1, 2), area_number=1, plan_number=1, words="train")
    assert queries.list_actions(session, COUNCIL, mine).total == 1
    alive = AreaFilter(alive_from=TODAY, alive_to=TODAY, without_action=False, words="plans")
    assert queries.list_areas(session, COUNCIL, alive).total == 1
