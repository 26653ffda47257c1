"""How a legal hold reads. Pure."""

from collections.abc import Mapping

from audit_app.records.kinds import BY_CODE
from audit_app.records.tables import HeldKind, LegalHold
from audit_app.words import Ours

HELD_WORDS: dict[str, Ours] = {
    HeldKind.thing.value: Ours("One thing: an audit, evidence, a pack or an inspection"),
    HeldKind.case.value: Ours("A record, by its case reference, with every audit of it"),
    HeldKind.kind.value: Ours("Everything of one kind"),
    HeldKind.person.value: Ours("A member of staff: every audit they did"),
}


def what_is_held(hold: LegalHold, names: Mapping[int, str]) -> str:
    """What a hold is on, as its page and the list say it."""
    if not hold.target:
        return "A record that was removed after the hold was lifted"
    if hold.held is HeldKind.kind:
        return f"Everything of one kind: {BY_CODE[hold.target].name}" if hold.target in BY_CODE else hold.target
    if hold.held is HeldKind.person:
        return f"Every audit of {names.get(int(hold.target), 'somebody who has left')}"
    return hold.target if hold.held is HeldKind.thing else f"Every audit of {hold.target}"
