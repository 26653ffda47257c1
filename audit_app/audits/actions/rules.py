"""What may be done with an audit's action, by whom and from which state: pure, and the only place that decides it."""

from dataclasses import dataclass

from audit_app.audits.tables import ActionLevel, ActionNews, AuditActionState
from audit_app.words import ours
from findings.errors import NotAllowed, OutOfTurn

# These two stay on the audit; the levels above are offered as findings.
STAYS_ON_THE_AUDIT = (ActionLevel.child, ActionLevel.practitioner)
LEVEL_WORDS = ours(
    {
        ActionLevel.child: "For the child",
        ActionLevel.practitioner: "For the practitioner",
        ActionLevel.team: "For the team",
        ActionLevel.service: "For the service",
        ActionLevel.partnership: "For the partnership",
    }
)
STATE_WORDS = {
    AuditActionState.open: "open",
    AuditActionState.done: "done, waiting for the manager to confirm",
    AuditActionState.confirmed: "done and confirmed",
    AuditActionState.withdrawn: "withdrawn",
}
NEWS_WORDS = {
    ActionNews.given: "Given to an owner",
    ActionNews.on_track: "Still on track",
    ActionNews.at_risk: "At risk",
    ActionNews.changed: "Changed",
    ActionNews.done: "Done",
    ActionNews.confirmed: "Confirmed",
    ActionNews.sent_back: "Opened again",
    ActionNews.withdrawn: "Withdrawn",
    ActionNews.became_finding: "Raised as a finding",
}


@dataclass(frozen=True)
class Standing:
    """What a person is to one audit."""

    person_id: int
    is_auditor: bool = False
    manages_team: bool = False
    is_qa: bool = False


@dataclass(frozen=True)
class ActionFacts:
    """What the rules need to know of an action."""

    state: AuditActionState
    owner_id: int | None
    done_by: int | None
    finding: str = ""
    named: str = ""  # who does it, where they have no account: then the owner speaks for them


def may_set(standing: Standing) -> bool:
    """The auditor of the audit and a QA manager say what is to be done."""
    return standing.is_auditor or standing.is_qa


def may_give(standing: Standing) -> bool:
    """Whoever sets actions, and the team's manager, name an owner."""
    return may_set(standing) or standing.manages_team


def may_update(standing: Standing, facts: ActionFacts) -> bool:
    """The owner, the team's manager and a QA manager say how it goes."""
    return facts.owner_id == standing.person_id or standing.manages_team or standing.is_qa


def why_not_confirm(standing: Standing, facts: ActionFacts) -> str:
    """Why this person may not confirm the action; empty when they may (PE-3: nobody confirms their own)."""
    if not (standing.manages_team or standing.is_qa):
        return "An action is confirmed by the manager of the audit's team, or by a QA manager."
    if facts.owner_id == standing.person_id and facts.named:
        return "You speak for whoever does this action, so somebody else has to confirm it."
    if facts.owner_id == standing.person_id:
        return "This action is yours, so somebody else has to confirm it."
    if facts.done_by == standing.person_id:
        return "You said that this action is done, so somebody else has to confirm it."
    return ""


def may_reopen(standing: Standing, facts: ActionFacts) -> bool:
    """What was withdrawn comes back through whoever sets actions; what was confirmed, through a QA manager."""
    if facts.state == AuditActionState.done:
        return not why_not_confirm(standing, facts)
    if facts.state == AuditActionState.withdrawn:
        return may_set(standing)
    return facts.state == AuditActionState.confirmed and standing.is_qa


def check(allowed: bool, sentence: str) -> None:
    """Refuse with the sentence unless allowed.

    Raises:
        NotAllowed: it is not.
    """
    if not allowed:
        raise NotAllowed(sentence)


def check_state(facts: ActionFacts, *wanted: AuditActionState) -> None:
    """Refuse what does not follow the action's state.

    Raises:
        OutOfTurn: the action is in another state, or lives on as a finding.
    """
    if facts.finding:
        raise OutOfTurn(f"This action became the finding {facts.finding}. Go on there.")
    if facts.state not in wanted:
        raise OutOfTurn(f"This action is {STATE_WORDS[facts.state]}, so this cannot be done now.")
