"""Reads of who stands in the line of actions, for one of them or for many at once, and who could verify them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from audit_app.improvement.actions import reporting_line
from audit_app.improvement.actions.reporting_line import Line
from audit_app.people import queries as people
from audit_app.people.access.scope import held_on
from audit_app.people.tables import Role, TeamMember
from findings.references import ACTION, reference
from findings.tables import Action, ActionLead


def line_of_action(session: Session, action: Action, today: date) -> Line:
    """Everybody in an action's line on a day, each with the reason."""
    return lines_of_actions(session, [action], today)[action.number]


def lines_of_actions(session: Session, actions: Sequence[Action], today: date) -> dict[int, Line]:
    """The line of each action, read in a small number of statements."""
    leads = _leads(session, actions)
    posts = {action.lead_post_id for action in actions} | {lead.post_id for some in leads.values() for lead in some}
    holders = people.holders_of(session, [post for post in posts if post is not None], today)
    mates = _Teams(session, today)
    recorded = {action.lead_person_id for action in actions}
    recorded |= {lead.person_id for some in leads.values() for lead in some}
    answering = {person for person in recorded | set(holders.values()) if person is not None}
    managers = people.managers_upward_of(session, answering, today)
    lines = {}
    for action in actions:
        owners = [holders.get(action.lead_post_id or 0), action.lead_person_id]
        delivering = [(holders.get(lead.post_id or 0), lead.person_id) for lead in leads[action.number]]
        lines[action.number] = reporting_line.line_of(
            owners=owners,
            delivering=[person for pair in delivering for person in pair],
            completed_by=action.completed_by,
            managers_of=lambda person: managers[person],
            owners_team=mates.of(owners),
        )
    return lines


def _leads(session: Session, actions: Sequence[Action]) -> dict[int, list[ActionLead]]:
    query = select(ActionLead).where(
        ActionLead.authority_id == people.authority_of(session),
        col(ActionLead.action_number).in_([action.number for action in actions]),
    )
    grouped: dict[int, list[ActionLead]] = defaultdict(list)
    for lead in session.exec(query):
        grouped[lead.action_number].append(lead)
    return grouped


class _Teams:
    """Who is in a team with whom on a day."""

    def __init__(self, session: Session, today: date) -> None:
        query = select(TeamMember.team_id, TeamMember.person_id).where(
            col(TeamMember.authority_id) == people.authority_of(session), held_on(TeamMember, today)
        )
        self.members: dict[int, set[int]] = defaultdict(set)
        self.teams: dict[int, set[int]] = defaultdict(set)
        for team, person in session.exec(query):
            self.members[team].add(person)
            self.teams[person].add(team)

    def of(self, owners: Iterable[int | None]) -> set[int]:
        """Everybody in a team that one of these people belongs to or manages."""
        teams = {team for owner in owners if owner is not None for team in self.teams.get(owner, ())}
        return {person for team in teams for person in self.members[team]}


def who_could_verify(session: Session, in_line: Line, today: date) -> list[str]:
    """Names of the QA managers outside the line."""
    able = people.list_people_with_role(session, Role.qa_manager, today)
    return [person.name for person in able if not in_line.holds(person.id)]


def refusal(session: Session, action: Action, in_line: Line, person_id: int, today: date) -> str:
    """Why a person may not verify an action, and who could; nothing when they may."""
    if not in_line.holds(person_id):
        return ""
    others = who_could_verify(session, in_line, today)
    return reporting_line.refusal(in_line, person_id, reference(ACTION, action.number), others)
