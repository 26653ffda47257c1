"""What an address says the register of areas for improvement is narrowed to. Pure."""

from collections.abc import Collection, Mapping
from datetime import date

from audit_app.improvement import wording
from audit_app.improvement.findings.narrowed import chosen_one
from findings.queries import AreaFilter, AreaSort
from findings.states import AreaStatus, Impact

NEVER_JUDGED = "not_judged"
IMPACT_CHOICES = [*((impact.value, title) for impact, title in wording.IMPACTS.items()), (NEVER_JUDGED, "Not judged")]
SORT_CHOICES = [
    (AreaSort.late.value, "The longest overdue action first"),
    (AreaSort.impact.value, "The least difference for children first"),
]


def area_filter(given: Mapping[str, str], own_posts: Collection[int], today: date) -> AreaFilter:
    """Which areas are asked for, and in which order; “of my post” means the posts this person holds."""
    edition, _, area = given.get("area", "").partition("/")
    return AreaFilter(
        status=chosen_one(AreaStatus, given.get("status", "")),
        edition_id=edition,
        judgement_area_id=area,
        owner_post_ids=tuple(sorted(own_posts)) if given.get("mine") == "yes" else None,
        without_action=given.get("bare") == "yes",
        impact=chosen_one(Impact, given.get("impact", "")),
        never_judged=given.get("impact") == NEVER_JUDGED,
        sort=chosen_one(AreaSort, given.get("sort", "")) or AreaSort.opened,
        sorted_on=today,
        words=given.get("words", ""),
    )
