"""Taking a register out as a workbook: the password again (AU-13), a limit by the hour, and who is told (EX-6).

For routes only.
"""

from collections.abc import Mapping
from typing import Any

from flask import current_app, g, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from audit_app import words
from audit_app.people.access import door
from audit_app.people.exports import service
from audit_app.people.proof import needs_proof


def export_stopped(what: str, endpoint: str, narrowed_to: Mapping[str, Any]) -> ResponseReturnValue | None:
    """The redirect to the page that asks for the password; None when the register may be taken out, which is counted.

        if (stopped := export_stopped("findings", page, given)) is not None:
            return stopped

    `endpoint` is the page with the button, `narrowed_to` its filters in use: without any, the whole register leaves.
    Raises 429 with the seconds to wait when the person has taken out as many as an hour allows. Call it before reading:
    counting is a transaction of its own, and the request's is ended for it.
    """
    if (asked := needs_proof(url_for(endpoint, **dict(narrowed_to)))) is not None:
        return asked
    count_or_refuse(what, is_whole=not narrowed_to)
    return None


def count_or_refuse(what: str, *, is_whole: bool = False, export_id: str = "") -> None:
    """Count one thing taken out, a register or with its id something on paper; call it before reading.

    Raises 429 as `export_stopped` does. It asks for no password: call it by itself for what is not a whole register.
    """
    g.session.rollback()
    with door.plumbing("counting exports") as session:
        session.info["scope"] = g.scope
        wait = service.count_export(
            session, what, is_whole=is_whole, config=current_app.config, export_id=export_id, **door.by_whom()
        )
    if wait:
        most, minutes = current_app.config["EXPORTS_PER_HOUR"], -(-wait // 60)
        noun = "files" if export_id else "workbooks"
        sentence = (
            f"You have taken out {most} {noun} within an hour, the most one person may. "
            f"Wait {words.count(minutes, 'minute')}, then press the button again."
        )
        raise TooManyRequests(sentence, retry_after=wait)
