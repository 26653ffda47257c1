"""What stands at each door: every view says who may enter, and a view that says nothing is shut (PE-1)."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, database, drafts, history
from audit_app.disclosure import Council
from audit_app.errors import NotAllowed, NotFound, OutOfTurn
from audit_app.people.access import council_known, web_session
from audit_app.people.access.opening import opened_to
from audit_app.people.access.room import refuse_without_room
from audit_app.people.access.scope import Scope, council_at, scope_of, system_scope
from audit_app.people.access.web_session import SignedIn
from audit_app.words import Ours

log = logging.getLogger("audit_app")

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OURS = "ours"  # beside the kind of a waiting message: it is a text of ours
SHORT_PATIENCE = 1.0  # seconds to wait for what a request can do without, where others are saving
ONE_TIME_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

history.declare_event("read", "{who} read {reference}", kind="reading")


def engine() -> sa.Engine:
    """The application's engine."""
    return current_app.extensions["engine"]  # type: ignore[no-any-return]


@contextmanager
def plumbing(reason: str, *, reading: bool = False, patience: float | None = None) -> Iterator[database.AuditSession]:
    """A small transaction of its own for what plumbing writes: sessions, throttle counters, kept text, the read log.

    Never while the request's own session holds a transaction: on SQLite the two would wait for each other.
    """
    with database.session_for(engine(), system_scope(reason), reading=reading, patience=patience) as session:
        session.info["log_key"] = current_app.extensions["log_key"]
        session.info["actor"] = g.get("actor") or history.SYSTEM
        yield session


def person() -> SignedIn:
    """The signed-in person; only for views that are not open to all."""
    if g.person is None:
        raise NotAllowed("Sign in first.")
    return g.person  # type: ignore[no-any-return]


def log_read(reference: str) -> None:
    """Note that this page shows a case, file or export: written to the read log once the page has gone out (OB-10)."""
    g.reads.append(reference)


def take_authority_key(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views need not name the authority of their address; the door reads it."""
    g.authority_key = values.pop("authority", None) if values else None


def give_authority_key(endpoint: str, values: dict[str, Any]) -> None:
    """Links inside an authority stay inside it."""
    if (
        "authority" not in values
        and g.get("authority_key")
        and current_app.url_map.is_endpoint_expecting(endpoint, "authority")
    ):
        values["authority"] = g.authority_key


def begin_request() -> None:
    """Who is asking, before anything else; nothing is decided yet."""
    g.person, g.half, g.ran_out, g.authority, g.scope, g.session = None, None, None, None, None, None
    g.reads, g.kept, g.messages, g.once, g.waiting, g.actor = [], None, [], [], [], None
    g.council_known = _council_known
    g.oversize = False  # a form that is only read to say which of its files is too large
    g.passed = False  # a POST that the door turned round is not committed
    g.why_refused = ""  # for the security log, where the page itself does not tell
    g.now = clock.now()
    g.authority_key = g.get("authority_key")
    g.request_id = web_session.new_token()[:16]
    g.token = request.cookies.get(current_app.config["SESSION_COOKIE"], "")
    g.new_token = ""
    if _says("uploads"):
        config, large = current_app.config, _says("large_uploads")
        request.max_content_length = config["ZIP_CONTENT_LENGTH" if large else "UPLOAD_CONTENT_LENGTH"]
        g.oversize = _says("tells_oversize") and (request.content_length or 0) > request.max_content_length
        if g.oversize:
            request.max_content_length += config["OVERSIZE_CONTENT_LENGTH"] - config["UPLOAD_CONTENT_LENGTH"]
    if g.token:
        with engine().connect().execution_options(reading=True) as connection:
            visitor = web_session.find(connection, g.token, now=g.now, config=current_app.config)
        g.person, g.half, g.ran_out = visitor.person, visitor.half, visitor.ran_out
        try:
            _write_session(visitor)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            # A full disk must not shut out who only reads: the idle limit is not moved, messages wait.
            log.error("the session row could not be written: %s", type(error).__name__)


def _council_known() -> Council:
    """What typed text is read against on this page; asked for only when something was sent."""
    return council_known.council_known(g.session, g.authority.id if g.authority else None, clock.today())


def _write_session(visitor: web_session.Visitor) -> None:
    """Move the idle limit at most once a minute, take the waiting messages, end what has run out."""
    seen = visitor.person is not None and g.now - visitor.person.seen_at > web_session.SEEN_EVERY and not is_autosave()
    takes = (
        visitor.person is not None and visitor.has_messages and request.method == "GET" and request.endpoint != "static"
    )
    if not (seen or takes or visitor.just_ran_out):
        return
    with plumbing("the session row", patience=SHORT_PATIENCE) as session:
        if visitor.just_ran_out:
            web_session.end(session, visitor.id_hash, now=g.now, reason="ran_out")
        if seen:
            web_session.mark_seen(session, visitor.id_hash, g.now)
        if takes:
            g.waiting = web_session.take_messages(session, visitor.id_hash)


def is_autosave() -> bool:
    return _says("autosave")


def _says(mark: str) -> bool:
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), mark, False))


FORWARDED = re.compile("forwarded|x-forwarded-.*", re.IGNORECASE)


def _is_forwarded() -> bool:
    """Whether another server says that it stands between us and the browser (AU-15)."""
    return any(FORWARDED.fullmatch(name) for name, _value in request.headers)


def check_door() -> ResponseReturnValue | None:
    """Decide whether this request may go on; any exception in here means it may not (ER-3)."""
    if "\x00" in request.path or any("\x00" in text for text in request.args.values()):
        abort(400)  # IN-4: PostgreSQL keeps no such text, so no database here is asked for it
    if not current_app.config["TRUSTED_PROXIES"] and _is_forwarded():
        abort(400, "This service is not set up to stand behind another server.")
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    rule = opened_to(view)
    if rule is None:
        abort(403)
    if rule != "all" and g.person is None and not (rule == "second step" and g.half):
        return _to_sign_in()
    if _says("large_uploads") and request.method == "POST":
        _ = request.form  # read to its end before the database is held: it may take seconds
    _open_session(g.authority_key)
    if isinstance(rule, frozenset) and not g.scope.has(*rule):
        _keep_turned_away(g.authority.id if g.authority else None)
        raise NotAllowed("Your role does not open this page.")
    if request.method not in SAFE_METHODS:
        refuse_without_room(view)
        return _check_post()
    _find_kept()
    return None


def _to_sign_in() -> ResponseReturnValue:
    """Keep what was typed for the person whose session ran out, then ask them to sign in (FO-3)."""
    if g.ran_out is not None and request.method == "POST":
        _keep_or_show(g.ran_out, None)
    return redirect(url_for("people.second_step" if g.half else "people.sign_in", next=back_path()), 303)


def back_path() -> str:
    """The page to come back to: the one that shows the form, which by our habit has the same address."""
    return request.full_path.rstrip("?") if request.method in SAFE_METHODS else request.path


def _open_session(authority_key: str | None) -> None:
    """One database session for the request, with the person's scope in it."""
    reading = request.method in SAFE_METHODS
    bind = engine().execution_options(reading=True) if reading else engine()
    session = database.AuditSession(bind, expire_on_commit=False, info={"log_key": current_app.extensions["log_key"]})
    g.session = session
    session.info["scope"] = system_scope("finding out whose scope this is")
    g.scope = _scope(session, authority_key)
    session.info["scope"] = g.scope
    g.actor = _actor()
    session.info["actor"] = g.actor


def _scope(session: database.AuditSession, authority_key: str | None) -> Scope:
    person_id = g.person.person_id if g.person else None
    if authority_key is None:
        return Scope(person_id=person_id, today=clock.today())
    council = council_at(session, authority_key)
    if council is None or person_id is None:
        raise NotFound("No such page.")
    scope = scope_of(session, person_id, council.id, clock.today())
    if not scope.roles:
        _keep_turned_away(council.id)
        raise NotFound("No such page.")
    # Taken out of the session: read again after a GET's rollback, it would open a transaction the read log waits for.
    session.expunge(council)
    g.authority = council
    return scope


def _actor() -> history.Actor:
    roles = ",".join(sorted(g.scope.roles)) if g.scope else ""
    return history.Actor(
        person_id=g.person.person_id if g.person else None,
        role=roles,
        session_hash=g.person.id_hash[:16] if g.person else "",
        address=request.remote_addr or "",
        request_id=g.request_id,
    )


def _check_post() -> ResponseReturnValue | None:
    """The form must have come from our page in this session, and a create form only once."""
    if _says("from_machines"):
        return None  # not committed here: the view has small transactions of its own
    origin = request.headers.get("Origin")
    if origin and origin != request.host_url.rstrip("/"):
        g.why_refused = "another_site"
        abort(403)
    if not _is_our_form():
        g.why_refused = "form_token"
        return _form_from_another_session()
    key = request.form.get("once", "")
    if ONE_TIME_KEY.fullmatch(key) and g.person and not is_autosave():
        location = drafts.use_key(g.session, key, g.person.person_id, g.now)
        if location is not None:
            say("You had already submitted this. Nothing was done twice.", "notice")
            return redirect(location or url_for("people.start"), 303)
        g.once.append(key)
    if _says("creates") and g.person and not is_autosave():
        return _check_twin(g.person.person_id)
    g.passed = True
    return None


def _check_twin(person_id: int) -> ResponseReturnValue | None:
    """What was saved a moment ago is not made a second time by "back" and "save"."""
    key = drafts.twin_key(person_id, request.path, request.form.items(multi=True))
    again_after = timedelta(minutes=current_app.config["TWIN_FORM_MINUTES"])
    location = drafts.use_key(g.session, key, person_id, g.now, again_after=again_after)
    if location is not None:
        say("You saved exactly this a moment ago, so it was not added again. To add another, change a word.", "notice")
        return redirect(location or url_for("people.start"), 303)
    g.once.append(key)
    g.passed = True
    return None


def _is_our_form() -> bool:
    """Whether the form carries the token of this very session."""
    keys = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    return bool(g.token) and web_session.csrf_holds(keys, g.token, request.form.get("csrf_token", ""))


def _keep_turned_away(authority_id: int | None) -> None:
    """What was typed on a page whose author may no longer use it is kept for them; the refusal stands (PE-7)."""
    if request.method == "POST" and g.person is not None and not is_autosave() and _is_our_form():
        _keep(g.person.person_id, authority_id, "failed")


def _form_from_another_session() -> ResponseReturnValue:
    """The form was opened before this sign-in: keep the text, show the form again with it."""
    if g.half is not None:
        return redirect(url_for("people.second_step", next=request.values.get("next")), 303)
    if g.person is None:
        abort(400, "This form was open for too long. Go back, load the page again and retry.")
    if opened_to(current_app.view_functions.get(request.endpoint or "")) == "all":
        say("You are signed in already, in another tab. To sign in as somebody else, sign out first.", "notice")
        return redirect(url_for("people.start") if request.endpoint == "people.sign_in" else back_path(), 303)
    _keep_or_show(g.person.person_id, g.authority.id if g.authority else None)
    say(drafts.OLD_FORM_KEPT if g.get("kept_now") else drafts.OLD_FORM, "notice")
    return redirect(back_path(), 303)


def _keep(person_id: int, authority_id: int | None, reason: str) -> bool:
    """Keep what was typed; False when there is no room for it, not even the half that autosave leaves free.

    Nothing of a page before somebody is signed in: it holds a password, and the address of a one-time link is a secret.
    """
    if opened_to(current_app.view_functions.get(request.endpoint or "")) in ("all", "second step"):
        return True
    try:
        _keep_in_room(person_id, authority_id, reason)
    except drafts.NoRoom:
        return False
    return True


def _keep_or_show(person_id: int, authority_id: int | None) -> None:
    """Keep what was typed for after the sign-in; where there is no room, the page shows it back instead."""
    if not _keep(person_id, authority_id, "session"):
        raise OutOfTurn(drafts.NO_ROOM)


def kept_bytes(*, typing: bool = False) -> int:
    """How much unsaved text one person may have: half of it for autosave, the rest for when a page could not save."""
    return int(current_app.config["KEPT_FORMS_MB"]) * 1024 * 1024 // (2 if typing else 1)


def _keep_in_room(person_id: int, authority_id: int | None, reason: str) -> None:
    if g.session is not None:
        g.session.rollback()
    with plumbing("keeping typed text", patience=SHORT_PATIENCE if reason == "failed" else None) as session:
        if authority_id is None and g.authority_key:
            council = council_at(session, g.authority_key)
            authority_id = council.id if council else None
        g.kept_now = drafts.keep(
            session,
            authority_id=authority_id,
            person_id=person_id,
            path=request.path,
            fields=request.form.items(multi=True),
            reason=reason,
            now=g.now,
            most_bytes=kept_bytes(),
        )


def keep_failed_form() -> None:
    """After a failure, keep what was typed so that its page can show it again (ER-1).

    What failed may be the disk, and then this fails too: the error page itself holds the text, so that it must stand.
    """
    if request.method != "POST" or not g.get("person") or not request.form or not _is_our_form():
        return
    try:
        _keep(g.person.person_id, g.authority.id if g.get("authority") else None, "failed")
    except (sa.exc.SQLAlchemyError, OSError) as error:
        log.error("typed text could not be kept: %s", type(error).__name__)


def _find_kept() -> None:
    """Typed text this person has not saved on this page, for the form to start from."""
    if g.person is None:
        return
    g.kept = drafts.find(
        g.session,
        authority_id=g.authority.id if g.authority else None,
        person_id=g.person.person_id,
        path=request.path,
        now=g.now,
        hours=current_app.config["KEPT_FORM_HOURS"],
    )


def by_whom(**more: Any) -> dict[str, Any]:
    """By whom and when, as every write takes it: `submit_audit(session, …, **by_whom())`."""
    return {"by": g.person.person_id, "now": g.now, **more}


def say(text: str, kind: str = "success") -> None:
    """Leave a sentence for the person's next page; as `words.Ours` it reads in the council's words there."""
    g.messages.append((f"{kind} {OURS}" if isinstance(text, Ours) else kind, text))


def waiting_messages() -> list[tuple[str, str]]:
    """The sentences for this page, each with its kind; those of ours as such, though they were kept as plain text."""
    messages = []
    for kind, text in (*g.get("waiting", []), *g.get("messages", [])):
        plain, _, ours = kind.partition(" ")
        messages.append((plain, Ours(text) if ours == OURS else text))
    return messages


def write_reads(references: Iterable[str]) -> None:
    """The read log: one line for each case, file or export shown, in a transaction of its own."""
    with plumbing("the read log") as session:
        for reference in dict.fromkeys(references):
            history.note(
                session,
                "read",
                reference,
                by=g.person.person_id if g.person else None,
                authority_id=g.authority.id if g.authority else None,
                now=g.now,
            )


def add_door(app: Flask) -> None:
    """Put the door before every view, and the authority's key into every address below it."""
    app.url_value_preprocessor(take_authority_key)
    app.url_defaults(give_authority_key)
    app.before_request(begin_request)
    app.before_request(check_door)
