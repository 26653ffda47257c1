"""The table of this feature's pages: every address, its view and its methods. The views stand in the folders beside."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from audit_app.people.accounts import routes as accounts
from audit_app.people.accounts import your_account_routes as your_account
from audit_app.people.information import routes as information

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

for _rule, _view, _methods in PAGES:
    blueprint.add_url_rule(_rule, view_func=_view, methods=list(_methods))

NAVIGATION: tuple[Any, ...] = ()
