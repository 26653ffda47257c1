"""Which frameworks a pack may follow, and the one that is offered first. Pure."""

from datetime import date

import frameworks

# The family of frameworks by which a council's children's services as a whole are inspected.
OFFERED_FIRST = "ilacs"


def printable() -> list[frameworks.Edition]:
    """The editions with judgement areas: not the question banks, whose areas are those of others."""
    return [edition for edition in frameworks.editions() if edition.areas and edition.type != "case_audit"]


def offered_first(today: date) -> str:
    """The edition in force today of the framework most packs follow; nothing on a day when none is."""
    try:
        return frameworks.in_force(OFFERED_FIRST, today).id
    except frameworks.NoneInForce:
        return ""
