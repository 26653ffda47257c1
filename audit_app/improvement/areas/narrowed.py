"""What an address says the register of areas for improvement is narrowed to. Pure."""

from collections.abc import Collection, Mapping

from audit_app.improvement.findings.narrowed import chosen_one
from findings.queries import AreaFilter
from findings.states import AreaStatus


def area_filter(given: Mapping[str, str], own_posts: Collection[int]) -> AreaFilter:
    """Which areas are asked for; “of my post” means the posts this person holds."""
    edition, _, area = given.get("area", "").partition("/")
    return AreaFilter(
        status=chosen_one(AreaStatus, given.get("status", "")),
        edition_id=edition,
        judgement_area_id=area,
        owner_post_ids=tuple(sorted(own_posts)) if given.get("mine") == "yes" else None,
        without_action=given.get("bare") == "yes",
        words=given.get("words", ""),
    )
