"""What makes an auditor too near to a record, in words that say what to do. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Nearness:
    """What one person is to one team and one record."""

    manages_team: bool = False
    in_team: bool = False
    owns_action: str = ""  # an action of theirs about this record
    wrote_before: str = ""  # an audit of theirs of this record


def doubts(auditor: str, team: str, near: Nearness) -> tuple[str, ...]:
    """Why somebody else would be the better auditor; empty when nothing speaks against this one."""
    lines = []
    if near.manages_team:
        lines.append(f"{auditor} manages {team}. Choose somebody from outside the team")
    elif near.in_team:
        lines.append(f"{auditor} belongs to {team}. Choose somebody from outside the team")
    if near.owns_action:
        lines.append(f"{auditor} knows this record: {near.owns_action} about it is theirs")
    if near.wrote_before:
        lines.append(f"{auditor} has audited this record before, in {near.wrote_before}")
    return tuple(lines)
