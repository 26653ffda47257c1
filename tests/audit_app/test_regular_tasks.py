"""Which work comes round by itself, and after how many minutes: what people are promised of it hangs on these."""

from datetime import timedelta

from sqlmodel import select

from audit_app import clock, database
from audit_app.evidence import service as evidence
from audit_app.evidence.given import NewEvidence
from audit_app.jobs import kinds, periodic
from audit_app.jobs.tables import PeriodicRun
from audit_app.notices.tables import Notice
from audit_app.packs.tables import EvidencePackRow
from audit_app.people.access import system_scope
from findings import register
from tests import builders, builders_evidence, builders_packs

HOUR, DAY = 60, 24 * 60
MINUTES = {
    "send-mail": 1, "scan-evidence": 1,
    "anchor-log": 5, "remove-records": 5,
    "back-up": 10, "watch-state": 10,
    "morning-mail": 15, "returned-mail": 15,
    "clear-evidence-zips": HOUR, "clear-kept-text": HOUR, "clear-unfinished-files": HOUR, "destroy-packs": HOUR,
    "end-exports": HOUR, "end-subject-copies": HOUR,
    "plan-reminders": 3 * HOUR, "evidence-reminders": 3 * HOUR, "plan-reviews": 3 * HOUR,
    "check-log": DAY, "clear-what-is-past": DAY,
}  # fmt: skip


def test_each_regular_task_comes_round_after_its_minutes(app):
    assert {name: task.minutes for name, task in kinds.periodics.items()} == MINUTES


def test_each_runs_to_its_end_where_a_council_has_nothing_yet(app, session):
    """What goes wrong in one is written down and not raised: it would come round again, and fail again."""
    session.commit()
    for name in MINUTES:
        periodic.run_task(app.extensions["jobs"], name)
    session.expire_all()
    runs = session.exec(select(PeriodicRun).where(PeriodicRun.name.in_(MINUTES))).all()
    assert {run.name: (run.message, run.failing_since) for run in runs} == dict.fromkeys(MINUTES, ("", None))
    assert all(run.finished_at is not None for run in runs)


def make_council_with_things_due(engine, authority_id):
    """A council where one person is to be told of an action, a review and a piece of evidence, and a pack is to end."""
    today, by = clock.today(), {"by": 1, "now": builders.MOMENT}
    with database.session_for(engine, system_scope("a test")) as session:
        if session.get(builders.Authority, authority_id) is None:
            session.add(builders.make_authority(id=authority_id, key=f"council-{authority_id}", name="Another"))
    with database.session_for(engine, system_scope("a test", authority_id)) as session:
        session.info["log_key"] = b"k" * 32
        person = builders.make_person(session, authority_id=authority_id).id
        late = {"due_on": today - timedelta(days=2)}
        register.add_action(session, authority_id, what="Coach", lead_person_id=person, **late, **by)
        plan = register.open_plan(session, authority_id, title="A plan", owner_person_id=person, **by)
        register.add_review(session, authority_id, plan_number=plan.number, **late, **by)
        said = NewEvidence(title="Scorecard", shows="Nine in ten were on time.")
        given = {"by": person, "now": builders.MOMENT, "today": today, "config": builders_evidence.SETTINGS}
        piece = evidence.add_evidence(session, authority_id, said, builders_evidence.a_version(), **given)
        piece.renew_by = today - timedelta(days=2)
        pack = builders_packs.make_row(level=3, destroy_on=today)
        session.add(EvidencePackRow(**{**pack.model_dump(), "authority_id": authority_id}))
    return person


def test_what_comes_round_is_done_for_every_council(app, engine, session):
    session.commit()
    people = {authority_id: make_council_with_things_due(engine, authority_id) for authority_id in (1, 2)}
    for name in ("plan-reminders", "plan-reviews", "evidence-reminders", "destroy-packs"):
        periodic.run_task(app.extensions["jobs"], name)
    with database.session_for(engine, system_scope("a test"), reading=True) as looking:
        sent = {(row.authority_id, row.person_id, row.reference) for row in looking.exec(select(Notice)).all()}
        ended = {row.authority_id for row in looking.exec(select(EvidencePackRow)).all() if row.destroyed_at}
    assert sent == {
        (council, people[council], name) for council in (1, 2) for name in ("ACT-0001", "PLN-0001", "EVD-0001")
    }
    assert ended == {1, 2}
