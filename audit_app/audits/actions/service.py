"""The writes of an audit's actions: set, give, say how it goes, done, confirmed; each check is in `action_rules`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from audit_app import clock, notices
from audit_app.audits import queries_case
from audit_app.audits.actions import rules
from audit_app.audits.actions import service_rows as rows
from audit_app.audits.actions.owners import Owner
from audit_app.audits.stages import EXITS
from audit_app.audits.tables import AUDIT_ACTION, ActionLevel, ActionNews, AuditAction, AuditActionState
from findings.errors import Invalid, NotFound, OutOfTurn
from findings.numbering import next_number
from findings.references import FINDING, number_of, reference

OPEN, DONE = AuditActionState.open, AuditActionState.done
CONFIRMED, WITHDRAWN = AuditActionState.confirmed, AuditActionState.withdrawn
SETTERS = "An audit's actions are set by its auditor or a QA manager."
UPDATERS = "Only the owner, the team's manager or a QA manager says how this action goes."
SAID_OF_OPEN = (ActionNews.on_track, ActionNews.at_risk, ActionNews.changed)


@dataclass(frozen=True)
class NewAction:
    """What is to be done, for whom, by whom and by when; no owner leaves it to the team's manager."""

    level: ActionLevel
    what: str
    owner_id: int | None = None
    due_on: date | None = None
    question_key: str = ""
    owner_named: str = ""  # who does it without an account; then `owner_id` speaks for them


def add_action(
    session: Session, authority_id: int, audit_number: int, new: NewAction, *, by: int, now: datetime
) -> AuditAction:
    """Set an action on an audit that the person sees, while it is answered or after; its owner is told.

    Raises:
        NotFound, NotAllowed, OutOfTurn, Invalid: no such audit, not this person's, it left the programme, a bad value.
    """
    if not queries_case.sees_audit(session, authority_id, audit_number):
        raise NotFound("No such audit.")
    case = queries_case.case_of(session, authority_id, audit_number)
    standing = rows.standing_in(session, authority_id, case, by, now)
    rules.check(rules.may_set(standing), SETTERS)
    if case.stage in EXITS:
        raise OutOfTurn("This audit has left the programme, so no action can be added to it.")
    _check(session, new, now)
    rows.check_name(session, authority_id, audit_number, new.owner_named, standing)
    number = next_number(session, authority_id, AUDIT_ACTION)
    values = {name: getattr(new, name) for name in NewAction.__dataclass_fields__}
    action = AuditAction(
        authority_id=authority_id, number=number, audit_number=audit_number, set_by=by, set_at=now, **values
    )
    session.add(action)
    session.flush()
    rows.note_in_log(session, action, "audit_action.set", by, now, level=new.level.value, due=rows.day_text(new.due_on))
    rows.tell_owner(session, action, by, now)
    return action


def edit_action(
    session: Session,
    authority_id: int,
    number: int,
    new: NewAction,
    *,
    seen_revision: int | None,
    by: int,
    now: datetime,
) -> AuditAction:
    """Change what an open action says.

    Raises:
        Stale: somebody changed it since; NotFound, NotAllowed, OutOfTurn, Invalid as for `add_action`.
    """
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    rules.check(rules.may_set(held.standing), SETTERS)
    rules.check_state(held.facts, OPEN)
    _check(session, new, now)
    action = held.action
    about = (session, authority_id, action.audit_number, new.owner_named, held.standing)
    rows.check_name(*about, stands=action.owner_named)
    before = {name: getattr(action, name) for name in CHANGED_WORDS}
    changed = [name for name, value in before.items() if value != getattr(new, name)]
    if not changed:
        return action
    for name in changed:
        setattr(action, name, getattr(new, name))
    rows.say(session, action, ActionNews.changed, by, now, due_from=before["due_on"])
    what = ", ".join(dict.fromkeys(CHANGED_WORDS[name] for name in changed))
    rows.note_in_log(session, action, "audit_action.edited", by, now, what=what)
    if "owner_id" in changed or "owner_named" in changed:
        rows.tell_owner(session, action, by, now)
    return action


CHANGED_WORDS = {
    "level": "level", "what": "words", "owner_id": "owner", "owner_named": "owner", "due_on": "due date",
}  # fmt: skip


def give_action(
    session: Session,
    authority_id: int,
    number: int,
    owner: Owner | int,
    *,
    seen_revision: int | None,
    by: int,
    now: datetime,
) -> AuditAction:
    """Name who does it: for the team's manager too, to whom actions without an owner are left."""
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    allowed = rules.may_give(held.standing)
    rules.check(allowed, "The owner is named by the auditor, a QA manager or the team's manager.")
    rules.check_state(held.facts, OPEN)
    owner = owner if isinstance(owner, Owner) else Owner(owner)
    if owner.account_id is not None:
        rows.check_owner(session, owner.account_id, now)
    elif not owner.named:
        raise Invalid("owner_id", "Choose who does it")
    action = held.action
    about = (session, authority_id, action.audit_number, owner.named, held.standing)
    rows.check_name(*about, stands=action.owner_named)
    action.owner_id, action.owner_named = owner.account_id, owner.named
    rows.say(session, action, ActionNews.given, by, now)
    rows.note_given(session, action, by, now)
    rows.tell_owner(session, held.action, by, now)
    return held.action


def update_action(
    session: Session,
    authority_id: int,
    number: int,
    news: ActionNews,
    *,
    note: str = "",
    due_on: date | None = None,
    seen_revision: int | None,
    by: int,
    now: datetime,
) -> AuditAction:
    """Say how an open action goes; a new due date needs its reason in the note.

    Raises:
        Invalid: nothing is said, or the due date moves without a reason or into the past.
    """
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    rules.check(rules.may_update(held.standing, held.facts), UPDATERS)
    rules.check_state(held.facts, OPEN)
    action, due_from = held.action, held.action.due_on
    moves = due_on is not None and due_on != due_from
    _check_update(news, note, due_on if moves else None, now)
    if moves:
        action.due_on = due_on
    rows.say(session, action, news, by, now, note=note, due_from=due_from)
    words = news.value.replace("_", " ")
    rows.note_in_log(session, action, "audit_action.updated", by, now, news=words, due=rows.day_text(action.due_on))
    return action


def mark_done(
    session: Session,
    authority_id: int,
    number: int,
    what_was_done: str,
    what_changed: str,
    *,
    seen_revision: int | None = None,
    by: int,
    now: datetime,
) -> AuditAction:
    """Say that an action is done, with what was done and what it changed for the child; then the manager confirms.

    Raises:
        Invalid: what was done is missing, or, for a child's action, what changed.
    """
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    rules.check(rules.may_update(held.standing, held.facts), UPDATERS)
    rules.check_state(held.facts, OPEN)
    action = held.action
    rows.check_text("what_was_done", what_was_done, "Say what was done")
    changed_missing = "Say what changed for the child, even if it is too early to tell"
    rows.check_text("what_changed", what_changed, changed_missing if action.level == ActionLevel.child else "")
    action.state, action.done_on, action.done_by = DONE, clock.london_day(now), by
    action.what_was_done, action.what_changed = what_was_done, what_changed
    rows.say(session, action, ActionNews.done, by, now, note=what_was_done)
    rows.note_in_log(session, action, "audit_action.done", by, now)
    for manager in queries_case.team_managers(session, authority_id, held.case.team_id, clock.london_day(now)):
        if manager not in (by, action.owner_id):
            notices.tell(session, authority_id, manager, "audit_action.done", reference(AUDIT_ACTION, number), now)
    return action


def confirm_action(
    session: Session, authority_id: int, number: int, *, seen_revision: int | None = None, by: int, now: datetime
) -> AuditAction:
    """Confirm that an action is done: the team's manager or a QA manager, never its owner or whoever said so (PE-3)."""
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    rules.check_state(held.facts, DONE)
    refusal = rules.why_not_confirm(held.standing, held.facts)
    rules.check(not refusal, refusal)
    held.action.state, held.action.confirmed_by, held.action.confirmed_at = CONFIRMED, by, now
    rows.say(session, held.action, ActionNews.confirmed, by, now)
    rows.note_in_log(session, held.action, "audit_action.confirmed", by, now)
    return held.action


def reopen_action(
    session: Session,
    authority_id: int,
    number: int,
    reason: str,
    *,
    seen_revision: int | None = None,
    by: int,
    now: datetime,
) -> AuditAction:
    """Open an action again with the reason: sent back by who would confirm it, or taken up again later."""
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    rules.check_state(held.facts, DONE, CONFIRMED, WITHDRAWN)
    rules.check(rules.may_reopen(held.standing, held.facts), "You cannot open this action again.")
    rows.check_text("reason", reason, "Say why it is open again")
    action = held.action
    action.state, action.done_on, action.done_by = OPEN, None, None
    action.confirmed_by, action.confirmed_at = None, None
    rows.say(session, action, ActionNews.sent_back, by, now, note=reason)
    rows.note_in_log(session, action, "audit_action.reopened", by, now)
    if action.owner_id not in (None, by):
        ref = reference(AUDIT_ACTION, number)
        notices.tell(session, authority_id, action.owner_id, "audit_action.sent_back", ref, now)
    return action


def withdraw_action(
    session: Session,
    authority_id: int,
    number: int,
    reason: str,
    *,
    seen_revision: int | None = None,
    by: int,
    now: datetime,
) -> AuditAction:
    """Withdraw an open action, with the reason; nothing it said is deleted."""
    held = rows.hold(session, authority_id, number, by, now, seen=seen_revision)
    rules.check(rules.may_set(held.standing), SETTERS)
    rules.check_state(held.facts, OPEN)
    rows.check_text("reason", reason, "Say why it is withdrawn")
    held.action.state = WITHDRAWN
    rows.say(session, held.action, ActionNews.withdrawn, by, now, note=reason)
    rows.note_in_log(session, held.action, "audit_action.withdrawn", by, now)
    return held.action


def became_finding(
    session: Session, authority_id: int, number: int, finding: str, *, by: int, now: datetime
) -> AuditAction:
    """Note that an action for the team or above was raised as a finding, such as FND-0007; it goes on there.

    Raises:
        Invalid: it stays on the audit by its level, or the text is no finding's reference.
    """
    held = rows.hold(session, authority_id, number, by, now, seen=None)
    rules.check_state(held.facts, OPEN, DONE)
    if held.action.level in rules.STAYS_ON_THE_AUDIT:
        raise Invalid("action", "Actions for the child and the practitioner stay on the audit and need no finding.")
    if number_of(finding, FINDING) is None:
        raise Invalid("finding", "This is not the reference of a finding, such as FND-0007.")
    held.action.became_finding = finding
    rows.say(session, held.action, ActionNews.became_finding, by, now)
    rows.note_in_log(session, held.action, "audit_action.became_finding", by, now, finding=finding)
    return held.action


def _check(session: Session, new: NewAction, now: datetime) -> None:
    rows.check_text("what", new.what, "Say what is to be done")
    if new.due_on is None and new.level in rules.STAYS_ON_THE_AUDIT:
        raise Invalid("due_on", "Enter a due date")
    if new.owner_id is not None:
        rows.check_owner(session, new.owner_id, now)


def _check_update(news: ActionNews, note: str, moved_to: date | None, now: datetime) -> None:
    if news not in SAID_OF_OPEN:
        raise Invalid("news", "Say whether the action is on track or at risk")
    if moved_to is not None:
        rows.check_text("note", note, "Say why the due date changes")
        if moved_to < clock.london_day(now):
            raise Invalid("due_on", "The new due date must be today or later")
    elif news == ActionNews.changed:
        rows.check_text("note", note, "Write a note, or say how the action goes")
    rows.check_text("note", note, "")
