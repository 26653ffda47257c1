"""Bringing in a ZIP of files: uploaded, read by the worker, checked on one page, added whole or not at all."""

from dataclasses import asdict
from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, forms
from audit_app.errors import Invalid, NotFound, Stale
from audit_app.evidence.batches import queries, service
from audit_app.evidence.batches.forms import FileForm, UploadForm, offer, sheet_form, sheet_of, title_name
from audit_app.evidence.batches.queries import BatchView, FileLine
from audit_app.evidence.batches.said import Said
from audit_app.evidence.batches.tables import EvidenceBatch
from audit_app.evidence.blueprint import BATCH_PAGE, blueprint
from audit_app.evidence.forms import EFFECT_HINTS, LEVEL_HINTS
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.pieces.routes_adding import asked_for, own_post
from audit_app.evidence.routes_page import show
from audit_app.evidence.states import BatchState
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.outside import outside_transaction

OPEN_FILE = "open-"  # what the button beside a file is called, before its place


@blueprint.route("/<authority:authority>/evidence/add/zip", methods=["GET", "POST"])
@allow(*HOLDERS, uploads=True, large_uploads=True, tells_oversize=True)
def upload_batch() -> ResponseReturnValue:
    thing, form = asked_for(), forms.filled(UploadForm)
    begun: list[EvidenceBatch] = []
    named = thing.reference if thing else ""
    if sent(form) and accepted(form, lambda: begun.append(_begin(named))):
        return redirect(url_for(".show_batch", number=begun[0].number), 303)
    return show("batches/upload", form, thing=thing, back=url_for(".choose_how", proves=named or None))


def _begin(named: str) -> EvidenceBatch:
    """Put down the ZIP that was sent and have it read; the one that is open already where it is the same."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid("file", "Choose the ZIP")
    if g.oversize:
        given.close()
        raise Invalid("file", service.too_large(given.filename))
    service.check_room(g.session, g.authority.id, by=g.person.person_id)
    start = Said(owner_post_id=own_post(), renewal="never", made_on=g.scope.today, reference=named.partition("/")[0],
                 part=named.partition("/")[2])  # fmt: skip
    with outside_transaction(), given.stream:
        kept = service.put_down(current_app.config, given.stream, given.filename)
    row = None
    try:
        row = service.begin_batch(g.session, g.authority.id, kept, given.filename, start, **by_whom())
    finally:
        if row is None or row.parts.split() != list(kept.parts):
            evidence_store.remove_parts(current_app.config, kept.parts)
    if row.parts.split() != list(kept.parts):
        say("You uploaded this ZIP before, and it waits here to be checked.", "notice")
    return row


@blueprint.route(BATCH_PAGE, methods=["GET", "POST"])
@allow(*HOLDERS)
def show_batch(number: int) -> ResponseReturnValue:
    view = queries.view_of(g.session, g.authority.id, number)
    if view.row.state is not BatchState.waiting:
        return _as_it_ended(view)
    form = _sheet(view)
    button = request.form.get("do", "add")
    try:
        if _save(form, view, button):
            return _saved(view, button)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), url_for(".show_batch", number=number))
    return show("batches/check", form, view=view, title_name=title_name, **_hints())


def _as_it_ended(view: BatchView) -> ResponseReturnValue:
    """The page while it is read and after it was added, refused or thrown away; a form sent late changes nothing."""
    if request.method == "POST":
        if view.row.state is BatchState.brought_in:
            say("Its files were added already. Nothing was done twice.", "notice")
        return redirect(url_for(".show_batch", number=view.row.number), 303)
    return show("batches/state", view=view)


def _hints() -> dict[str, Any]:
    return {"effect_hints": EFFECT_HINTS, "level_hints": LEVEL_HINTS}


def _sheet(view: BatchView) -> Any:
    """The form of a ZIP. Titles that come from names are read like typed ones for what may tell of a person."""
    start: dict[str, Any] = {**asdict(view.of_all), "revision": view.row.revision}
    start["take"] = [str(line.row.place) for line in view.lines if line.chosen]
    if request.method != "POST":
        start |= {title_name(line): line.own.title for line in view.lines}
    form = forms.filled(sheet_form(view), **start)
    offer(form, people.list_posts(g.session, g.scope.today))
    return form


def _save(form: Any, view: BatchView, button: str) -> bool:
    """Keep what was typed and, where that was asked for, add the files; only then are its words read for persons."""
    if button != "add":
        return request.method == "POST" and form.validate() and accepted(form, lambda: _keep(form, view))
    return sent(form) and accepted(form, lambda: _add(form, view), title="take", file="take")


def _keep(form: Any, view: BatchView) -> None:
    service.save_sheet(
        g.session, g.authority.id, view.row.number, sheet_of(form, view), revision=form.seen_revision(), now=g.now
    )


def _add(form: Any, view: BatchView) -> None:
    _keep(form, view)
    service.bring_in(
        g.session, g.authority.id, view.row.number, config=current_app.config, **by_whom(today=g.scope.today)
    )


def _saved(view: BatchView, button: str) -> ResponseReturnValue:
    place = button.removeprefix(OPEN_FILE)
    if button.startswith(OPEN_FILE) and place.isdecimal():
        return redirect(url_for(".change_batch_file", number=view.row.number, place=int(place)), 303)
    if button != "add":
        say("Saved. Nothing is added yet.")
    return redirect(url_for(".show_batch", number=view.row.number), 303)


@blueprint.route(f"{BATCH_PAGE}/files/<int:place>", methods=["GET", "POST"])
@allow(*HOLDERS)
def change_batch_file(number: int, place: int) -> ResponseReturnValue:
    view, back = queries.view_of(g.session, g.authority.id, number), url_for(".show_batch", number=number)
    line = next((line for line in view.lines if line.row.place == place), None)
    if line is None:
        raise NotFound("There is no such file here.")
    if view.row.state is not BatchState.waiting:
        return redirect(back, 303)
    form = forms.filled(FileForm, **{**asdict(line.own), "revision": view.row.revision})
    offer(form, people.list_posts(g.session, g.scope.today), of_one=True)
    try:
        if sent(form) and accepted(form, lambda: _keep_file(form, view, line)):
            say("Saved. Nothing is added yet.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), url_for(".change_batch_file", number=number,
                                                                          place=place))  # fmt: skip
    return show("batches/file", form, view=view, line=line, back=back, **_hints())


def _keep_file(form: FileForm, view: BatchView, line: FileLine) -> None:
    service.save_file(
        g.session, g.authority.id, view.row.number, line.row.place, form.said(title=form.title.data or ""),
        revision=form.seen_revision(), now=g.now,
    )  # fmt: skip


@blueprint.post(f"{BATCH_PAGE}/throw-away")
@allow(*HOLDERS)
def throw_away_batch(number: int) -> ResponseReturnValue:
    service.throw_away(g.session, g.authority.id, number, now=g.now)
    say("Thrown away. Nothing of it was added.")
    return redirect(url_for(".list_evidence"), 303)
