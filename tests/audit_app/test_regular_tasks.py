"""Which work comes round by itself, and after how many minutes: what people are promised of it hangs on these."""

from sqlmodel import select

from audit_app.jobs import kinds, periodic
from audit_app.jobs.tables import PeriodicRun

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
