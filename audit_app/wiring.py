"""Which features there are, in their order: their pages, commands, guards and links at the top."""

from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from audit_app import backups, checking, clock, database, drafts, guards, jobs, layout, notices, ways
from audit_app.audits import cli as audits_cli
from audit_app.audits import routes as audits_routes
from audit_app.audits import service_handover as audit_handover
from audit_app.audits.actions import service_handover as audit_action_handover
from audit_app.audits.register import workbook_answers as answers_export
from audit_app.audits.register import workbook_export as audits_export
from audit_app.checking.evidence import named_files
from audit_app.demo import cli as demo_cli
from audit_app.evidence import hooks as evidence_hooks
from audit_app.evidence import routes as evidence_routes
from audit_app.evidence.attention import service as evidence_tasks
from audit_app.evidence.batches import service_clearing as evidence_clearing
from audit_app.evidence.batches import service_reading as evidence_zips
from audit_app.home import routes as home_routes
from audit_app.home.morning import service as morning_mail
from audit_app.home.state import service as state_watch
from audit_app.improvement import queries_proved as improvement_proved
from audit_app.improvement import routes as improvement_routes
from audit_app.improvement.actions import service_handover as plan_action_handover
from audit_app.improvement.actions import service_reminders
from audit_app.improvement.actions.register import workbook_export as actions_export
from audit_app.improvement.areas import workbook_export as areas_export
from audit_app.improvement.findings import workbook_export as findings_export
from audit_app.improvement.plans import service_reviews
from audit_app.library import routes as library_routes
from audit_app.library.terms import queries as terms
from audit_app.packs import cli as packs_cli
from audit_app.packs import hooks as pack_hooks
from audit_app.packs import routes as packs_routes
from audit_app.packs.endings import service as pack_endings
from audit_app.packs.release import workbook_export as released_export
from audit_app.people import cli as people_cli
from audit_app.people import cli_provider as people_cli_provider
from audit_app.people import hooks as people_hooks
from audit_app.people import routes as people_routes
from audit_app.people.access.scope import Scope, system_scope
from audit_app.people.exports import kinds as export_kinds
from audit_app.people.exports import service_making as exports
from audit_app.people.tables import AccountState, Authority, Person
from audit_app.records import routes as records_routes
from audit_app.records.by_itself import service as past_their_time
from audit_app.records.erasure import cli as records_cli
from audit_app.records.erasure import service_removing as removals
from audit_app.records.erasure.parts import queries as removed_things
from audit_app.records.holds import queries as legal_holds
from audit_app.records.subject_access import service_making as subject_copies
from audit_app.records.subject_access import workbook as subject_workbook
from audit_app.self_assessment import queries_proved as self_assessment_proved
from audit_app.self_assessment import routes as self_assessment_routes
from audit_app.self_assessment import service_handover as self_assessment_handover

FEATURES = (
    people_routes, library_routes, audits_routes, evidence_routes, improvement_routes, self_assessment_routes,
    home_routes, packs_routes, records_routes,
)  # fmt: skip
WAYS = {
    "see_what_needs_you": "home.index",
    "set_up_audit": "audits.create_on",
    "preview_set": "audits.preview_set",
    "see_audits_in_progress": "audits.changed_questions",
    "read_privacy_notice": "records.privacy",
    "read_accessibility_statement": "records.accessibility",
    "place_hold": "records.place_hold",
    "ask_for_removal": "records.ask_for_removal",
    "raise_finding": "improvement.raise_finding",
    "update_your_plan_actions": "improvement.your_actions",
}
TEAM_USERS = (
    people_hooks.TeamUser("case_audit", "audit", "audits", "audits.index"),
    people_hooks.TeamUser("finding", "finding", "findings", "improvement.list_findings"),
)
BACKUP_ROOMS = backups.Rooms(named_files, checking.check)
EXPORTS = (audits_export, answers_export, findings_export, areas_export, actions_export, released_export)
COMMANDS = (people_cli, people_cli_provider, audits_cli, packs_cli, records_cli, demo_cli)


def add_features(app: Flask) -> None:
    """Put every feature into the application."""
    guards.guard_tables()
    jobs.use_scopes(scope_of_job)
    notices.use_directory(recipient)
    notices.register_tasks()
    jobs.register_periodic("clear-kept-text", 60, clear_kept_text)
    checking.register_tasks()
    backups.use_rooms(BACKUP_ROOMS)
    backups.register_tasks()
    packs_cli.register_jobs()
    subject_copies.register(subject_workbook.book)
    service_reminders.register_tasks()
    morning_mail.register_tasks()
    state_watch.register_tasks()
    service_reviews.register_tasks()
    removals.register_tasks()
    past_their_time.register_tasks()
    exports.register_tasks()
    for export in EXPORTS:
        fill(export_kinds.registers, export.REGISTER)
    evidence_tasks.register_tasks()
    evidence_zips.register_jobs()
    evidence_clearing.register_tasks(pack_endings.hashes_named)
    fill(people_hooks.handover_parts, audit_handover.PART)
    fill(people_hooks.handover_parts, audit_action_handover.PART)
    fill(people_hooks.handover_parts, plan_action_handover.PART)
    for finder in (*improvement_proved.FINDERS, self_assessment_proved.FINDER):
        fill(evidence_hooks.thing_finders, finder)
    fill(people_hooks.handover_parts, self_assessment_handover.PART)
    for user in TEAM_USERS:
        fill(people_hooks.team_users, user)
    fill(pack_hooks.keepers, legal_holds.first_on)
    fill(layout.notes_on_things, legal_holds.note_on)
    fill(layout.notes_on_things, removed_things.note_on)
    for routes in FEATURES:
        app.register_blueprint(routes.blueprint)
        for link in getattr(routes, "NAVIGATION", ()):
            layout.add_navigation(app, layout.NavigationLink(*link))
    ways.offer(app, WAYS)
    for commands in COMMANDS:
        for group in commands.GROUPS:
            app.cli.add_command(group)


def fill(upward: list[Any], given: Any) -> None:
    """Put a feature's function into a lower feature's list, once, however often the application is made."""
    if given not in upward:
        upward.append(given)


def scope_of_job(engine: sa.Engine, authority_id: int | None, asked_by: int | None, name: str) -> Scope:
    """A job sees one council, a task of the installation's own everything; its name is the reason."""
    return system_scope(f"the task {name}", authority_id)


def recipient(session: Session, authority_id: int, person_id: int) -> notices.Recipient | None:
    """Where a person's e-mails go; nowhere once the account is disabled."""
    council, person = session.get(Authority, authority_id), session.get(Person, person_id)
    if council is None or person is None or person.state != AccountState.active:
        return None
    own = terms.own_words(session, authority_id)
    return notices.Recipient(person.user_name, council.name, council.key, own.say)


def clear_kept_text(context: jobs.PeriodicContext) -> None:
    """Unsaved text and used one-time keys past their time are forgotten, not merely no longer shown (FO-3)."""
    with database.session_for(context.engine, context.scope) as session:
        drafts.clear_old(session, clock.now(), context.config["KEPT_FORM_HOURS"])
