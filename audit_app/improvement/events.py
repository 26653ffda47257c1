"""What can happen on the thread, each as the sentence the log tells, and its facts as the log keeps them. Pure."""

import re
from collections.abc import Mapping

from audit_app import history

FACT_LENGTH = 80
CODE = re.compile(r"[a-z_]+")
COLUMN_ENDS = re.compile(r"(?:_post|_person)?_(?:id|title)$")

# The codes are the library's own, "improvement." before them. Facts after the sentence are kept, not told.
_EVENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "inspection_recorded": ("{who} recorded {reference}: {kind}", ()),
    "inspection_corrected": ("{who} corrected {reference}: {fields}", ()),
    "judgement_recorded": ("{who} recorded the judgement {after} for {area} in {reference}", ("before",)),
    "finding_raised": ("{who} raised {reference}: {kind}", ("origin", "sources")),
    "finding_corrected": ("{who} corrected {reference}: {fields}", ("revision",)),
    "judgement_areas_named": ("{who} changed the judgement areas {reference} speaks to: {areas}", ()),
    "finding_withdrawn": ("{who} withdrew {reference}", ("before", "after")),
    "source_added": ("{who} added a source to {reference}: {kind}", ()),
    "area_opened": ("{who} opened {reference}", ("area", "from")),
    "finding_joined_area": ("{who} joined {reference} to {area}", ()),
    "finding_left_area": ("{who} took {reference} out of {area}", ()),
    "area_corrected": ("{who} changed {reference}: {fields}", ("revision",)),
    "impact_judged": ("{who} judged the impact of {reference}: {after}", ("before", "sources")),
    "area_closed": ("{who} closed {reference}", ("before", "after")),
    "area_reopened": ("{who} opened {reference} again", ("before", "after")),
    "plan_opened": ("{who} opened the plan {reference}", ()),
    "plan_corrected": ("{who} changed the plan {reference}: {fields}", ("revision",)),
    "theme_added": ("{who} added a theme to the plan {reference}", ("position",)),
    "theme_changed": ("{who} changed a theme of the plan {reference}: {fields}", ()),
    "theme_moved": ("{who} moved a theme of the plan {reference}", ("position",)),
    "theme_removed": ("{who} took a theme out of the plan {reference}", ("actions",)),
    "theme_restored": ("{who} put a theme back into the plan {reference}", ()),
    "plan_review_added": ("{who} added a review date to the plan {reference}", ()),
    "plan_review_changed": ("{who} changed a review date of the plan {reference}: {fields}", ()),
    "plan_review_removed": ("{who} took a review date out of the plan {reference}", ()),
    "plan_risk_added": ("{who} added a risk to the plan {reference}", ()),
    "plan_risk_changed": ("{who} changed a risk of the plan {reference}: {fields}", ()),
    "plan_risk_removed": ("{who} took a risk out of the plan {reference}", ()),
    "action_added": ("{who} added {reference}", ("due_on",)),
    "action_moved": ("{who} moved {reference} within its plan", ("position",)),
    "action_corrected": ("{who} changed {reference}: {fields}", ("revision",)),
    "delivery_leads_named": ("{who} named who delivers {reference}", ("count",)),
    "action_linked": ("{who} linked {reference} to {area}", ()),
    "action_unlinked": ("{who} took {reference} away from {area}", ()),
    "due_date_changed": ("{who} changed the due date of {reference} from {before} to {after}", ()),
    "milestone_added": ("{who} added a milestone to {reference}", ("position",)),
    "milestone_completed": ("{who} completed a milestone of {reference}", ("position",)),
    "milestone_changed": ("{who} changed a milestone of {reference}: {fields}", ()),
    "milestone_moved": ("{who} moved a milestone to {reference}", ("position",)),
    "milestone_removed": ("{who} took a milestone out of {reference}", ("position",)),
    "milestone_restored": ("{who} put a milestone back into {reference}", ("position",)),
    "measure_added": ("{who} added a measure to {reference}", ()),
    "measure_changed": ("{who} changed a measure of {reference} and said why: {fields}", ()),
    "measure_updated": ("{who} updated a measure of {reference}: now {after}", ("before",)),
    "progress_reported": ("{who} reported progress on {reference}: {after}", ("before",)),
    "still_on_track_reported": ("{who} said that {reference} is still on track", ("before", "after")),
    "action_completed": ("{who} completed {reference}", ("before", "after")),
    "action_verified": ("{who} verified {reference}", ("before", "after")),
    "action_reopened": ("{who} opened {reference} again", ("before", "after")),
    "action_withdrawn": ("{who} withdrew {reference}", ("before", "after")),
}
PREFIX = "improvement."
CODES = tuple(PREFIX + code for code in _EVENTS)

for _code, (_sentence, _facts) in _EVENTS.items():
    history.declare_event(PREFIX + _code, _sentence, facts=_facts)


def kept_facts(facts: Mapping[str, object]) -> dict[str, str | int]:
    """The facts of an event as the log keeps them; what is empty is left out."""
    return {name: _fact(value) for name, value in facts.items() if value not in (None, "")}


def _fact(value: object) -> str | int:
    """A fact as the log keeps it: a number, a reference, or a code in plain words; never a text somebody typed."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    parts = [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]
    listed = ", ".join(dict.fromkeys(_plain(part) for part in parts))
    return listed if len(listed) <= FACT_LENGTH else f"{len(parts)} details"


def _plain(part: str) -> str:
    """A code in plain words; the columns that together name a post and its holder are one thing to a reader."""
    return COLUMN_ENDS.sub("", part).replace("_", " ") if CODE.fullmatch(part) else part
