"""Who may close a concern: pure, and the only place that decides it."""

from dataclasses import dataclass

from audit_app.people.tables import Role

MAY_CLOSE = (Role.qa_manager, Role.leader)


@dataclass(frozen=True)
class Standing:
    """What a person is to the concerns of one audit today."""

    person_id: int
    may_close: bool = False
    manages_team: bool = False


def why_not_close(standing: Standing, raised_by: int) -> str:
    """Why this person may not close a concern; empty when they may (PE-3: never the team's own manager)."""
    if not standing.may_close:
        return "A concern is closed by the head of service, another senior leader or a QA manager."
    if standing.manages_team:
        return "You manage the team that holds this case, so somebody else has to close the concern."
    if standing.person_id == raised_by:
        return "You raised this concern, so somebody else has to close it."
    return ""
