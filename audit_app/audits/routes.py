"""The pages of audits: importing this module puts every view of the feature on its blueprint."""

from audit_app.audits import (
    routes_answers,
    routes_details,
    routes_preview,
    routes_register,
    routes_stages,
)
from audit_app.audits.actions import routes as actions
from audit_app.audits.actions import routes_steps as action_steps
from audit_app.audits.actions import routes_updates as action_updates
from audit_app.audits.answers_counted import routes as answers_counted
from audit_app.audits.blueprint import blueprint
from audit_app.audits.concerns import routes as concerns
from audit_app.audits.lists import routes as lists
from audit_app.audits.lists import routes_several as several
from audit_app.audits.moving import routes as moving
from audit_app.audits.offline import routes as offline
from audit_app.audits.on_paper import routes as on_paper
from audit_app.audits.rails import routes as rails
from audit_app.audits.record_facts import routes as record_facts
from audit_app.audits.routes_frame import READERS
from audit_app.people.access import Role

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (
    routes_register,
    routes_details,
    routes_answers,
    routes_preview,
    routes_stages,
    answers_counted,
    actions,
    action_steps,
    action_updates,
    concerns,
    moving,
    rails,
    record_facts,
    on_paper,
    offline,
    lists,
    several,
)

DOERS = frozenset({Role.qa_manager, Role.team_manager, Role.practitioner, Role.business_support})
NAVIGATION = (
    ("Audits", "audits.index", frozenset(READERS), 20, "Audits"),
    ("Answers counted", "audits.answers_counted", frozenset(READERS), 22, "Audits"),
    ("Actions from audits", "audits.update_actions", DOERS, 30, "Audits"),
    ("Concerns about safety", "audits.concerns", frozenset({Role.qa_manager, Role.leader}), 32, "Audits"),
)
