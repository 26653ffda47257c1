"""What the pages of audits' actions share: who is asking, what they may do now, and the page for a stale form."""

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import ways, words
from audit_app.audits import queries_case, question_sets
from audit_app.audits.actions import queries, queries_owners, rules, service, service_rows
from audit_app.audits.actions.forms import LEFT_TO_MANAGER, LEVEL_HINTS, ActionForm, OwnerFields
from audit_app.audits.actions.owners import Owner
from audit_app.audits.actions.queries_lines import ActionLine
from audit_app.audits.actions.rules import Standing
from audit_app.audits.queries_case import CaseView
from audit_app.audits.tables import ActionLevel, AuditActionState
from audit_app.form_pages import form_page, stale_page
from audit_app.forms import AppForm
from audit_app.people import queries as people
from audit_app.people.access import Role, log_read
from audit_app.people.access.door import say

ONE = "/<authority:authority>/audit-actions/<ref('AAC'):number>"
OF_AUDIT = "/<authority:authority>/audits/<ref('AUD'):number>"
NEVER_OWNERS = {Role.inspector, Role.elected_member, Role.guest}


def case_of(number: int) -> CaseView:
    """The audit's codes, its reading noted in the read log."""
    case = queries_case.case_of(g.session, g.authority.id, number)
    log_read(case.reference)
    return case


def action_of(number: int) -> ActionLine:
    """The action of this address, its reading noted in the read log."""
    action = queries.get_action(g.session, g.authority.id, number)
    log_read(action.audit_reference)
    return action


def standing_in(case: CaseView) -> Standing:
    """What this person is to the audit."""
    return service_rows.standing_in(g.session, g.authority.id, case, g.person.person_id, g.now)


def may_now(action: ActionLine) -> dict[str, bool]:
    """Which of an action's steps this person may take now: for showing or leaving out their links."""
    standing, facts = standing_in(case_of(action.audit_number)), action.facts
    is_open = action.state == AuditActionState.open and not action.became_finding
    return {
        "may_edit": is_open and rules.may_set(standing) and g.scope.has(Role.auditor, Role.qa_manager),
        "may_give": is_open and rules.may_give(standing),
        "may_update": is_open and rules.may_update(standing, facts),
        "may_confirm": action.state == AuditActionState.done and not rules.why_not_confirm(standing, facts),
        "may_reopen": rules.may_reopen(standing, facts) and action.state != AuditActionState.done,
    }


def shown_around() -> dict[str, Any]:
    """The page of findings to lead to, once there is one, and what the words need."""
    can_raise = ways.is_open("raise_finding") and g.scope.has(Role.qa_manager)
    return {"today": g.scope.today, "can_raise": can_raise, "level_words": rules.LEVEL_WORDS}


def people_offered(keep: int | None = None) -> list[tuple[int, str]]:
    """Everybody of the council who may own an action, and whoever owns it now."""
    everybody = people.list_people_views(g.session, g.scope.today)
    named = [
        (person.id, f"{person.name} ({', '.join(person.team_names)})" if person.team_names else person.name)
        for person in everybody
        if person.roles - NEVER_OWNERS or person.id == keep
    ]
    if keep is not None and keep not in {person for person, _ in named}:
        named += people.names_of(g.session, [keep]).items()
    return named


def offer_owners(
    form: OwnerFields, audit_number: int, action: ActionLine | None = None, *, first: str = LEFT_TO_MANAGER
) -> None:
    """Put into a form whom an action may be given to; only a QA manager writes another name."""
    people_named = people_offered(action.owner_id if action else None)
    unnamed = _without_account(audit_number, action)
    names = people.names_of(g.session, [owner.account_id for owner in unnamed.values()])
    form.offer_owners(people_named, unnamed, names, first=first, may_name=g.scope.has(Role.qa_manager))


def _without_account(audit_number: int, action: ActionLine | None) -> dict[str, Owner]:
    """Who is named without an account: on the audit, and on the action where that is somebody else."""
    of_audit = queries_owners.practitioner_of(g.session, g.authority.id, audit_number)
    if of_audit.account_id not in {person for person, _ in people_offered()}:
        of_audit = Owner(None, of_audit.named)  # who spoke for them has left, so the team's manager does
    offered = {"practitioner": of_audit} if of_audit.named else {}
    of_action = Owner(action.owner_id, action.owner_named) if action else Owner()
    return offered if not of_action.named or of_action == of_audit else {**offered, "as-now": of_action}


def owner_given(action: ActionLine) -> dict[str, Any]:
    """Whose an action is, as the fields of a form have it."""
    if not action.owner_named:
        return {"owner_id": action.owner_id}
    now = Owner(action.owner_id, action.owner_named)
    offered = _without_account(action.audit_number, action)
    return {"owner_id": next(code for code, each in offered.items() if each == now)}


def typed_action(form: ActionForm, case: CaseView) -> service.NewAction:
    """What the form says, as the service takes it."""
    owner = form.owner()
    key = form.question_key.data if question_of(case, form) else ""
    level, due_on = ActionLevel(form.level.data), form.due_on.data
    return service.NewAction(level, form.what.data, owner.account_id, due_on, key, owner.named)


def question_of(case: CaseView, form: ActionForm) -> str:
    """The words of the question the form names."""
    return question_text(case, form.question_key.data or "")


def question_text(case: CaseView, key: str) -> str:
    """The words of the question an action comes from; nothing for a key the audit's set does not have."""
    questions = question_sets.find_set(g.session, case.set_name)
    texts = [question.text for question in questions.questions if question.key == key] if questions and key else []
    return texts[0] if texts else ""


def page_of(form: AppForm, template: str, **more: Any) -> ResponseReturnValue:
    """A page about an action, with its form."""
    given = {"action": None, "refusal": "", "level_hints": LEVEL_HINTS, **more}
    return form_page(template, form, **shown_around(), **given)


def stale_action(form: AppForm, action: ActionLine) -> ResponseReturnValue:
    """Somebody changed the action first: what it says now beside what was typed."""
    g.session.rollback()
    now_saved = queries.get_action(g.session, g.authority.id, action.number)
    shared = {"what", "what_was_done", "what_changed"}
    rows = [
        (field.label.text, getattr(now_saved, field.name) if field.name in shared else "", str(field.data))
        for field in form
        if field.type != "HiddenField" and field.data
    ]
    more = [
        ("What is to be done?", now_saved.what),
        ("Who does it?", now_saved.doer),
        ("Due date", words.date_words(now_saved.due_on)),
        ("State", words.sentence_case(rules.STATE_WORDS[now_saved.state])),
    ]
    again = url_for("audits.show_action", number=action.number)
    return stale_page(rows, again, what=action.reference, more=more)


def back_to_action(number: int, more: str = "") -> ResponseReturnValue:
    """Back to the action."""
    say(f"Saved. {more}".strip())
    return redirect(url_for("audits.show_action", number=number), 303)
