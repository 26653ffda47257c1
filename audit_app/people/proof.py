"""Sensitive steps ask for the password again when the last proof is some minutes old (AU-13). For routes only."""

from datetime import timedelta

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.people.access import door, web_session


def needs_proof(back: str | None = None) -> ResponseReturnValue | None:
    """The redirect to the page that asks for the password, or None when it was given a moment ago.

    Call it first in a view, on GET as well as POST, so that nobody types into a form they then have to leave:

        if (asked := needs_proof()) is not None:
            return asked

    `back` is the page to come back to where the address itself cannot be opened (a form that is only a button).
    """
    limit = timedelta(minutes=current_app.config["PROOF_MINUTES"])
    if g.person is not None and -web_session.AHEAD <= g.now - g.person.proved_at <= limit:
        return None
    if request.method == "POST":
        # Typed for longer than a proof lasts: not saved now, but on the page again afterwards.
        g.passed = False
        if back is None:
            door.keep_failed_form()
    back = back or (request.full_path.rstrip("?") if request.method == "GET" else request.path)
    return redirect(url_for("people.prove", next=back), 303)
