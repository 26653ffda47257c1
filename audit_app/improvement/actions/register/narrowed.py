"""What an address says the register of plan actions is narrowed to. Pure."""

from collections.abc import Mapping
from datetime import date

from findings.queries import ActionFilter
from findings.states import ActionStatus, Brag

FILTERS = ("words", "plan", "area", "lead", "colour", "status", "overdue")
EVERY = "Every action that has not been withdrawn"
LABELS = {
    "words": "Words or reference", "plan": "Plan", "area": "Area for improvement", "lead": "Lead",
    "colour": "Delivery", "status": "State", "overdue": "Only those past their due date",
}  # fmt: skip
NOBODY = -1  # what is no number of ours asks for nothing that exists, rather than for everything


def action_filter(given: Mapping[str, str], today: date) -> ActionFilter:
    """Which actions are asked for, of those that a page offered."""
    state, colour = given.get("status", "in_force"), given.get("colour", "")
    return ActionFilter(
        status=ActionStatus(state) if state in set(ActionStatus) else None,
        in_force=state not in set(ActionStatus),
        plan_number=_number(given.get("plan", "")),
        area_number=_number(given.get("area", "")),
        lead_post_id=_number(given.get("lead", "")),
        colour=Brag(colour) if colour in set(Brag) else None,
        coloured_on=today,
        overdue_on=today if given.get("overdue") else None,
        words=given.get("words", ""),
    )


def in_words(given: Mapping[str, str], offered: Mapping[str, Mapping[str, str]]) -> str:
    """The filters in use, in words; `offered` holds what each drop-down calls its values."""
    parts = []
    for name in FILTERS:
        if value := given.get(name, ""):
            word = "yes" if name == "overdue" else offered.get(name, {}).get(value, value)
            parts.append(f"{LABELS[name]}: {word}")
    return "; ".join(parts) or EVERY


def _number(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else NOBODY
