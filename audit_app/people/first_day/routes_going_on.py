"""Where a page of the set-up leads once it is saved. For routes only."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app.people.access.door import say


def go_on(sentence: str) -> ResponseReturnValue:
    """Back to the list of steps, which says what comes next."""
    say(sentence)
    return redirect(url_for("people.council"), 303)
