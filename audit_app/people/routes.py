"""The table of this feature's pages: every address, its view and its methods. The views stand in the folders beside."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from audit_app.people.access import Role
from audit_app.people.accounts import routes as accounts
from audit_app.people.accounts import routes_your_account as your_account
from audit_app.people.arrivals import routes as arrivals
from audit_app.people.directory import routes as directory
from audit_app.people.directory import routes_handover
from audit_app.people.first_day import routes as first_day
from audit_app.people.information import routes as information
from audit_app.people.organisation import routes as organisation
from audit_app.people.organisation import routes_posts

blueprint = Blueprint("people", __name__)

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

PAGES: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    ("/", information.start, GET),
    ("/sign-in", accounts.sign_in, BOTH),
    ("/sign-out", accounts.sign_out, POST),
    ("/stay-signed-in", accounts.stay, POST),
    ("/forgotten-password", accounts.forgotten, BOTH),
    ("/one-time-links/<token>", accounts.set_password, BOTH),
    ("/your-account", your_account.your_account, GET),
    ("/your-account/password", your_account.change_password, BOTH),
    ("/your-account/sessions", your_account.end_sessions, POST),
    ("/prove", your_account.prove, BOTH),
    ("/accessibility", information.accessibility, GET),
    ("/privacy", information.privacy, GET),
)

COUNCIL_PAGES: tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...] = (
    ("/council", first_day.council, GET),
    ("/council/settings", first_day.set_up, BOTH),
    ("/council/logo", first_day.logo_picture, GET),
    ("/council/contacts/<int:contact_id>/removal", first_day.remove_contact, POST),
    ("/people", directory.people, GET),
    ("/people/new", directory.new_person, BOTH),
    ("/people/invitations", directory.links, GET),
    ("/people/workbook", arrivals.arrivals, BOTH),
    ("/people/workbook/confirmation", arrivals.arrivals_confirm, BOTH),
    ("/people/workbook/template", arrivals.arrivals_template, GET),
    ("/people/<int:person_id>", directory.person, GET),
    ("/people/<int:person_id>/name", directory.name, BOTH),
    ("/people/<int:person_id>/roles", directory.roles, BOTH),
    ("/people/<int:person_id>/team", directory.team_place, BOTH),
    ("/people/<int:person_id>/manager", directory.manager, BOTH),
    ("/people/<int:person_id>/account", directory.account, POST),
    ("/people/<int:person_id>/hand-over", routes_handover.hand_over, BOTH),
    ("/teams", organisation.teams, GET),
    ("/teams/new", organisation.new_team, BOTH),
    ("/teams/<int:team_id>", organisation.team, GET),
    ("/teams/<int:team_id>/name", organisation.rename_team, BOTH),
    ("/teams/<int:team_id>/service", organisation.move_team, BOTH),
    ("/teams/<int:team_id>/split", organisation.split_team, BOTH),
    ("/teams/<int:team_id>/merger", organisation.merge_team, BOTH),
    ("/teams/<int:team_id>/closure", organisation.close_team, BOTH),
    ("/services/new", organisation.new_service, BOTH),
    ("/services/<int:service_id>/name", organisation.rename_service, BOTH),
    ("/posts", routes_posts.posts, GET),
    ("/posts/new", routes_posts.new_post, BOTH),
    ("/posts/<int:post_id>", routes_posts.post, BOTH),
)

for _rule, _view, _methods in PAGES:
    blueprint.add_url_rule(_rule, view_func=_view, methods=list(_methods))
for _rule, _view, _methods in COUNCIL_PAGES:
    blueprint.add_url_rule(f"/<authority:authority>{_rule}", view_func=_view, methods=list(_methods))

NAVIGATION = (("Council set-up", "people.council", frozenset({Role.admin}), 90),)
