"""The edge on the way out: commit once if all went well, otherwise leave nothing behind."""

import logging

from flask import Flask, Request, Response, current_app, g, make_response, request
from flask.sessions import NullSession, SessionInterface, SessionMixin
from sqlalchemy.exc import SQLAlchemyError

from audit_app import disk, drafts, errors
from audit_app.people.access import door, refusals, web_session

log = logging.getLogger("audit_app")

CLEAR_SITE_DATA = '"cache", "cookies", "storage"'


def settle(response: Response) -> Response:
    """Commit or roll back, then plumbing's own lines: the read log, waiting messages, the cookie."""
    if g.get("session") is not None:
        response = _commit(response) if _should_commit(response) else _roll_back(response)
    refusals.note_refusal(response)
    if g.get("reads") and response.status_code == 200:
        response = _log_reads(response)
    if 300 <= response.status_code < 400:
        _leave_messages([*g.get("waiting", []), *g.get("messages", [])])
    _set_cookie(response)
    return response


def _leave_messages(messages: list[tuple[str, str]]) -> None:
    """Sentences said before a redirect wait for the page it leads to."""
    if not messages or g.get("person") is None:
        return
    try:
        with door.plumbing("a message for the next page") as session:
            for kind, text in messages:
                web_session.leave_message(session, g.person.id_hash, kind, text)
    except (SQLAlchemyError, OSError) as error:
        # What was done is committed: a page that says it failed would be untrue.
        log.error("a message for the next page could not be kept: %s", type(error).__name__)


def _should_commit(response: Response) -> bool:
    return bool(g.passed) and request.method not in door.SAFE_METHODS and response.status_code < 400


def _roll_back(response: Response) -> Response:
    g.session.rollback()
    if response.status_code >= 500 and not g.get("database_away"):  # it would be waited for again
        door.keep_failed_form()
    return response


def _commit(response: Response) -> Response:
    """DU-3: "saved" is shown only after commit returned; after a failed one the connection is thrown away."""
    try:
        if not response.location:
            drafts.forget_twins(g.session, g.once)  # a page shown again made nothing
        for key in g.once:
            drafts.remember_location(g.session, key, response.location or "")
        if g.person is not None and not door.is_autosave():
            drafts.discard(
                g.session,
                authority_id=g.authority.id if g.authority else None,
                person_id=g.person.person_id,
                path=request.path,
            )
        g.session.commit()
    except (SQLAlchemyError, OSError) as error:
        g.session.invalidate()
        g.messages.clear()
        door.keep_failed_form()
        return make_response(errors.unexpected(error))
    return response


def _log_reads(response: Response) -> Response:
    """What cannot be logged is not shown; and where it soon cannot be, it is not begun (DU-10)."""
    if disk.room_left(current_app.config) == disk.Room.none:
        return make_response(errors.low_disk(disk.LowDisk(disk.Room.none)))
    try:
        door.write_reads(g.reads)
    except (SQLAlchemyError, OSError) as error:
        return make_response(errors.unexpected(error))
    return response


def _set_cookie(response: Response) -> None:
    if g.get("new_token"):
        response.set_cookie(
            current_app.config["SESSION_COOKIE"], g.new_token, secure=True, httponly=True, samesite="Lax", path="/"
        )


def close(_error: BaseException | None) -> None:
    """Give the connection back, whatever happened."""
    session = g.pop("session", None)
    if session is not None:
        session.close()


class NothingInCookies(SessionInterface):
    """Flask's own session, a cookie that holds its contents, is shut: ours are kept on the server (AU-7)."""

    def open_session(self, app: Flask, _request: Request) -> NullSession:
        """A session that may be read as empty and refuses to be written."""
        return self.make_null_session(app)

    def save_session(self, _app: Flask, _session: SessionMixin, _response: Response) -> None:
        """Nothing is ever in it."""


def settle_every_request(app: Flask) -> None:
    """Settle every request and close its session."""
    app.session_interface = NothingInCookies()
    app.after_request(settle)
    app.teardown_request(close)
