"""Which team answers today for one that was merged into another: audits keep the team they were made in for ever.

A team that moved, was renamed or lost people to a split is still itself. A merged team is not: the work of its audits
goes on in the team it was merged into, and in whatever that became later. Merges on a day to come do not count yet.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import select

from audit_app.people.tables import Team, TeamChange, TeamChangeKind

CHANGE = TeamChange.__table__  # type: ignore[attr-defined]
TEAM = Team.__table__  # type: ignore[attr-defined]


def merges(authority_id: Any, today: Any) -> Any:
    """The conditions of the merges of a council that have taken effect on a day."""
    return (
        CHANGE.c.authority_id == authority_id,
        CHANGE.c.kind == TeamChangeKind.merged,
        CHANGE.c.on_date <= today,
        CHANGE.c.other_team_id.is_not(None),
    )


def with_merged_in(own: Any, authority_id: Any, today: Any) -> Any:
    """The ids that `own` selects, and those of every team that has been merged into one of them, step by step.

    `own` is a select of one column of team ids; so is what comes back. A circle of merges ends by itself: each team is
    taken once.
    """
    answered = own.cte("answered_for", recursive=True)
    (team_id,) = answered.c
    further = select(CHANGE.c.team_id).join(answered, team_id == CHANGE.c.other_team_id)
    return select(*answered.union(further.where(*merges(authority_id, today))).c)


def answering_teams(today: date) -> Any:
    """Pairs of every council: `team_id`, and `by_team_id` for itself and for each team that it became by merging."""
    itself = select(TEAM.c.authority_id, TEAM.c.id.label("team_id"), TEAM.c.id.label("by_team_id"))
    answering = itself.cte("answering_teams", recursive=True)
    became = select(answering.c.authority_id, answering.c.team_id, CHANGE.c.other_team_id).join(
        CHANGE, CHANGE.c.team_id == answering.c.by_team_id
    )
    return answering.union(became.where(*merges(answering.c.authority_id, today)))


def last_heir(team_id: int, merged_into: Mapping[int, int]) -> int:
    """The team that answers for `team_id` in the end, given which team each merged team went into.

    A circle, which no page can make, ends where it would begin again.
    """
    passed = {team_id}
    while (heir := merged_into.get(team_id)) is not None and heir not in passed:
        passed.add(heir)
        team_id = heir
    return team_id
