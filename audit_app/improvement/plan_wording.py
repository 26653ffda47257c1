"""The parts of a plan in words: milestones and reviews with their dates, measures with their bands. Pure."""

from datetime import date

from audit_app import words
from audit_app.improvement.actions import measuring
from audit_app.improvement.wording import read_as, with_notes
from findings import rules
from findings.bands import Printed
from findings.plan_shapes import PlannedMeasure, PlannedMilestone
from findings.tables import Measure, PlanReview


def step_due(step: PlannedMilestone, today: date) -> str:
    """When a milestone is due, as printed and as understood: March 2017 (read as 31 March 2017; 9 days late)."""
    row, day = step.row, step.due_day
    late = words.due(day, today) if rules.milestone_overdue(row, step.action, today) else ""
    if row.due_on is None:
        return with_notes(row.due_text, [read_as(row.due_text), late]) if row.due_text else "No date"
    printed = f"printed as “{row.due_text}”" if row.due_text not in ("", words.date_words(row.due_on)) else ""
    return with_notes(words.date_words(row.due_on), [printed, late])


def review_due(review: PlanReview, today: date) -> str:
    """When a plan is reviewed, as printed and as understood, and how late it is where it was not held."""
    day = rules.due_day(review)
    late = words.due(day, today) if review.held_on is None and rules.date_passed(day, today) else ""
    if review.due_on is None:
        return with_notes(review.due_text, [read_as(review.due_text), late])
    printed = f"printed as “{review.due_text}”" if review.due_text else ""
    return with_notes(words.date_words(review.due_on), [printed, late])


def measure_line(row: Measure) -> str:
    """A measure in one line, as `measuring` says it; only its name where it has no figures."""
    if row.baseline is None and row.target is None and row.latest is None:
        return row.name
    return measuring.in_one_line(row)


def band_words(measure: PlannedMeasure, today: date) -> list[tuple[str, str]]:
    """Each band of a measure by its name, as printed and as understood, and which one it stands in."""
    reached = measure.reached(today)
    return [
        (band.band.title, with_notes(band.text, [_as_day(band), "it stands here" if band.band is reached else ""]))
        for band in measure.bands
    ]


def _as_day(band: Printed) -> str:
    """What the words of a band are read as, where that says more than they do."""
    return "" if band.day is None or words.date_words(band.day) == band.text else read_as(band.text)
