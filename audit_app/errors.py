"""Error pages, and what each named error means to a reader. Only this module turns errors into pages."""

import logging
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from audit_app import database, disk, evidence_store, installation
from findings.errors import Invalid, NotAllowed, NotFound, OutOfTurn, Stale

__all__ = ["Invalid", "NotAllowed", "NotFound", "OutOfTurn", "Stale", "add_error_pages"]

log = logging.getLogger("audit_app")
UNSEEN = {"csrf_token", "once", "revision", "warned"}

TITLES = {
    400: "We could not read that request",
    403: "You cannot open this page",
    404: "Page not found",
    405: "Page not found",
    409: "This cannot be done now",
    410: "This link no longer works",
    413: "That is too large",
    415: "We cannot read that kind of file",
    429: "Wait a little and try again",
    500: "Sorry, something went wrong",
    503: "Sorry, the service is not ready",
    507: "The disk is full, so nothing could be saved",
}

WORDS = {
    400: "Go back, load the page again and retry.",
    403: "Your role does not open this page. If you think it should, ask whoever looks after accounts in your council.",
    404: "If you typed the address, check it. If you followed a link, the page may have moved or not be yours to see.",
    405: "If you typed the address, check it.",
    409: "Somebody may have changed this while you were working. Go back and load the page again.",
    500: "Try again in a minute.",
    507: "There is no room left where this service keeps its data. Ring or write to whoever looks after it (your "
    "council’s IT service desk, or the administrator of this service) and tell them that its disk is full. They have "
    "to make room.",
}
LOW = {
    "title": "This service is read-only at present",
    "sent": "Little room is left where this service keeps its data, so nothing can be changed until there is more.",
    "read": "Hardly any room is left where this service keeps its data. Pages about children are shown only when it "
    "can be noted who read them, so they are closed until there is more.",
    "whom": "Ring or write to whoever looks after it (your council’s IT service desk, or the administrator of this "
    "service) and tell them that its disk is nearly full.",
}
BUSY = "Sorry, the service is busy"
BUSY_SECONDS = 20
BUSY_SENT = (
    "Others are saving at this moment, and your turn did not come. Nothing is broken: wait half a minute, then send it "
    "again."
)
BUSY_ASKED = "Others are saving at this moment. Nothing is broken: wait half a minute, then load the page again."
AWAY = "Sorry, the records cannot be reached just now"
AWAY_SENT = (
    "The database of this service does not answer, so nobody can tell whether what you sent was saved. It usually "
    "comes back by itself: wait half a minute, then send it again. What was saved already is not saved twice."
)
AWAY_ASKED = (
    "The database of this service does not answer. It usually comes back by itself: wait half a minute, then load the "
    "page again. If it goes on, tell whoever looks after this service."
)
READING = (
    "Pages about children are shown only when it can be noted who read them, and that cannot be written now either."
)


def page(status: int, words: str = "", **more: Any) -> tuple[str, int]:
    """An error page that needs no session, no person and no database."""
    title = more.pop("title", TITLES.get(status, TITLES[500]))
    return render_template(
        "errors/error.html", title=title, words=words or WORDS.get(status, ""), status=status, **more
    ), status


def not_found(error: NotFound) -> tuple[str, int]:
    return page(404, typed=_typed())


def not_allowed(error: NotAllowed) -> tuple[str, int]:
    return page(403, str(error), typed=_typed())


def out_of_turn(error: OutOfTurn) -> tuple[str, int]:
    return page(409, str(error), typed=_typed())


def stale(error: Stale) -> tuple[str, int]:
    """Somebody saved this first: show what was typed (FO-1). Forms that can show both texts catch Stale themselves."""
    return page(409, str(error), typed=_typed())


def invalid(error: Invalid) -> tuple[str, int]:
    """A value no form should have let through (an id of another authority, say)."""
    return page(422, str(error), typed=_typed())


def _typed() -> list[tuple[str, str]]:
    """What was posted, to be shown back: nothing somebody typed is lost to a refusal. Never a password."""
    try:
        posted = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [(name, value) for name, value in posted if name not in UNSEEN and "password" not in name]


def _again() -> dict[str, Any] | None:
    """What was sent, ready to be sent once more: the page itself holds it, for nothing else may be able to keep it.

    Not where a password was typed or a file sent along: those a page cannot hold.
    """
    try:
        posted = list(request.form.items(multi=True)) if request.method == "POST" else []
    except HTTPException:
        return None
    if not posted or request.files or any("password" in name for name, _value in posted):
        return None
    return {"action": request.full_path.rstrip("?"), "fields": posted}


def store_unavailable(error: evidence_store.Unavailable) -> tuple[str, int]:
    """The place of the files cannot be asked: which, why, and whom to tell; nothing was changed."""
    again = "Nothing was changed. Try again in a few minutes; if it goes on, tell whoever looks after this service."
    return page(503, f"{error} {again}", typed=_typed())


def file_lost(error: evidence_store.Missing | evidence_store.Damaged) -> tuple[str, int]:
    """A file that a row names is gone or changed: `check` names it, a backup has it."""
    log.error("request %s met a lost file: %s", g.get("request_id", "unknown"), error)
    words = (
        f"{error} Tell whoever looks after this service: it must be restored from a backup (audit-app check names it)."
    )
    return page(500, words)


def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:
    """IN-1: the page names the limit that holds on this very page."""
    most = (request.max_content_length or 0) // (1024 * 1024)
    fields = request.max_form_parts or 0
    sentence = f"This page takes up to {most} MB and {fields:,} fields at a time. Make the file or the text smaller."
    return page(413, sentence)


def http_error(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    described = error.description if error.description != type(error).description else ""
    body, _ = page(status, described or "")
    headers = [(name, value) for name, value in error.get_headers() if name.lower() == "retry-after"]
    return body, status, headers


def low_disk(error: disk.LowDisk) -> tuple[str, int]:
    """DU-10: read-only before saving fails; what was typed stays on the page, ready to be sent again."""
    sent = request.method == "POST"
    more = {"had_file": bool(sent and request.files), "again": _again()}
    words = f"{LOW['sent' if sent else 'read']} {LOW['whom']}"
    return page(503, words, title=LOW["title"], typed=_typed(), **more)


def busy() -> tuple[str, int, dict[str, str]]:
    """Others use the database just now, and the turn of this request did not come: nothing is wrong with it."""
    sent = request.method == "POST"
    g.database_busy = True  # this page asks for nothing more: it would wait as long again
    words = BUSY_SENT if sent else BUSY_ASKED
    words += " Nothing was saved." if sent and not _typed() else ""  # else it stands above what was typed
    more = {"had_file": bool(sent and request.files), "again": _again(), "title": BUSY}
    body, status = page(503, words, typed=_typed(), **more)
    return body, status, {"Retry-After": str(BUSY_SECONDS)}


def away() -> tuple[str, int, dict[str, str]]:
    """The database cannot be reached: the page asks it for nothing, and holds what was sent."""
    sent = request.method == "POST"
    g.database_busy = g.database_away = True
    more = {"had_file": bool(sent and request.files), "again": _again(), "title": AWAY, "unsure": True}
    body, status = page(503, AWAY_SENT if sent else AWAY_ASKED, typed=_typed(), **more)
    return body, status, {"Retry-After": str(BUSY_SECONDS)}


def unexpected(error: Exception) -> Any:
    """ER-1: a reference and no internals; what was typed is on the page, ready to be sent again."""
    if database.is_busy(error):
        log.warning("request %s did not get its turn", g.get("request_id", "unknown"))
        return busy()
    if database.is_away(error):
        log.warning("request %s could not reach the database", g.get("request_id", "unknown"))
        return away()
    reference = g.get("request_id", "unknown")
    full = installation.is_disk_full(error, Path(current_app.config["DATA_FOLDER"]))
    log.error("request %s failed%s: %s", reference, " (disk full)" * full, type(error).__name__, exc_info=error)
    reading = full and request.method != "POST"
    words = f"{WORDS[507]} {READING}" if reading else ""
    more = {"had_file": bool(request.method == "POST" and request.files), "again": _again()}
    return page(507 if full else 500, words, reference=reference, typed=_typed(), **more)


def add_error_pages(app: Flask) -> None:
    """Say once which page each error becomes."""
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(NotAllowed, not_allowed)
    app.register_error_handler(OutOfTurn, out_of_turn)
    app.register_error_handler(Stale, stale)
    app.register_error_handler(Invalid, invalid)
    app.register_error_handler(evidence_store.Unavailable, store_unavailable)
    app.register_error_handler(evidence_store.Missing, file_lost)
    app.register_error_handler(evidence_store.Damaged, file_lost)
    app.register_error_handler(disk.LowDisk, low_disk)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, unexpected)
