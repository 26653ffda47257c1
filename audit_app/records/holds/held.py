"""Which of a council's standing holds keeps a thing: one rule for pages, removals and the check. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from audit_app.records.tables import HeldKind


@dataclass(frozen=True)
class Standing:
    """A hold that stands: its own reference, and what it is on."""

    reference: str
    held: HeldKind
    target: str


@dataclass(frozen=True)
class Holdable:
    """What of a thing a hold may be on: its reference and kind, the record and the person it is about.

    A hold on what it is within keeps it too, and so does one on a part that would go with it.
    """

    reference: str
    kind: str = ""
    case_reference: str = ""
    person_id: int | None = None
    within: str = ""
    parts: tuple[str, ...] = ()


def hold_on(holds: Iterable[Standing], thing: Holdable) -> str:
    """The reference of the first hold that keeps a thing; empty when none does."""
    names = {
        HeldKind.thing: thing.reference,
        HeldKind.case: thing.case_reference.casefold(),
        HeldKind.kind: thing.kind,
        HeldKind.person: str(thing.person_id or ""),
    }
    around = {thing.within, *thing.parts}
    for hold in holds:
        target = hold.target.casefold() if hold.held is HeldKind.case else hold.target
        if target and (names[hold.held] == target or (hold.held is HeldKind.thing and target in around)):
            return hold.reference
    return ""
