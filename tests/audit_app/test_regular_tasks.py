"""Which work comes round by itself, and after how many minutes: what people are promised of it hangs on these."""

from audit_app.jobs import kinds

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
