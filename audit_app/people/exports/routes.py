"""Pages of long exports: ask for one, see how far it is, stop it, take it out, remove it. Each is its maker's alone."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, headers
from audit_app.errors import NotAllowed, OutOfTurn
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.outside import outside_transaction
from audit_app.people.blueprint import blueprint
from audit_app.people.exports import kinds, queries, rights, service_asking
from audit_app.people.exports.routes_counting import export_stopped, reading
from audit_app.people.proof import needs_proof
from audit_app.words import Ours

READERS = (Role.qa_manager, Role.auditor, Role.moderator, Role.team_manager, Role.leader)
PAGE = "/<authority:authority>/exports"
ONE = f'{PAGE}/<ref("EXP"):number>'
CHANGED = (
    "What you may see has changed since this workbook was made, so it cannot be taken out. Go back to the register and "
    "ask for a new one."
)


@blueprint.get(PAGE)
@allow(*READERS)
def list_exports() -> ResponseReturnValue:
    listed = queries.list_exports(g.session, g.authority.id, g.now)
    return render_template("people/exports/list.html", listed=listed)


@blueprint.route(f"{PAGE}/new", methods=["GET", "POST"])
@allow(*READERS, creates=True)
def ask_for_export() -> ResponseReturnValue:
    """Say how long the register is and what will happen; on the button it is counted and asked for."""
    register = _register(request.values)
    given = register.narrowed(request.values)
    if request.method == "POST":
        return _asked(register, given)
    read, asked = reading(register, given)
    return render_template(
        "people/exports/new.html", register=register, given=given, rows=register.count(read, asked),
        chosen=register.chosen(read, asked), days=current_app.config["EXPORT_DAYS"],
    )  # fmt: skip


def _register(values: Mapping[str, Any]) -> kinds.Register:
    """The register that was named, for those who may take it out."""
    register = kinds.register_of(str(values.get("register", "")))
    if not g.scope.has(*register.roles):
        raise NotAllowed("Your role does not take this register out.")
    return register


def _asked(register: kinds.Register, given: Mapping[str, str]) -> ResponseReturnValue:
    again = {"register": register.key, **given}
    narrowing = queries.narrowing(given, register)
    with outside_transaction():
        stopped = export_stopped(register.what, "people.ask_for_export", again, is_whole=not narrowing)
    if stopped is not None:
        return stopped
    rows = register.count(*reading(register, given))
    row = service_asking.ask(g.session, g.authority.id, register, given, rows, **by_whom())
    say(Ours("Asked for. This page says how far it is, and you are told when it is ready."))
    return redirect(url_for(".show_export", number=row.number), 303)


@blueprint.get(ONE)
@allow(*READERS)
def show_export(number: int) -> ResponseReturnValue:
    view = _view(number)
    chosen = ""
    if view.row.narrowed_to:
        chosen = view.register.chosen(*reading(view.register, queries.given_in(view.row)))
    return render_template("people/exports/export.html", view=view, row=view.row, chosen=chosen)


def _view(number: int) -> queries.ExportView:
    return queries.view_of(g.session, queries.get_export(g.session, g.authority.id, number), g.now)


@blueprint.post(f"{ONE}/stop")
@allow(*READERS)
def stop_export(number: int) -> ResponseReturnValue:
    service_asking.stop(g.session, queries.get_export(g.session, g.authority.id, number), **by_whom())
    say(Ours("Stopped, or about to be: load the page again in a moment."))
    return redirect(url_for(".show_export", number=number), 303)


@blueprint.post(f"{ONE}/again")
@allow(*READERS)
def make_export_again(number: int) -> ResponseReturnValue:
    service_asking.make_again(g.session, queries.get_export(g.session, g.authority.id, number), **by_whom())
    return redirect(url_for(".show_export", number=number), 303)


@blueprint.post(f"{ONE}/workbook.xlsx")
@allow(*READERS)
def take_export(number: int) -> ResponseReturnValue:
    """The file, for whoever asked for it, while they may see what they saw then; after the password (AU-13)."""
    if (asked := needs_proof(url_for(".show_export", number=number))) is not None:
        return asked
    view = _view(number)
    if not view.is_there:
        raise OutOfTurn("This workbook has ended. Go back to the register and ask for a new one.")
    if view.row.rights != rights.mark_of(g.scope) or not g.scope.has(*view.register.roles):
        raise NotAllowed(CHANGED)
    service_asking.note_taken(g.session, view.row, **by_whom())
    log_read(view.reference)
    parts = evidence_store.stream(current_app.config, view.row.sha256)
    return headers.download(
        parts, filename=f"{view.reference}-{view.register.filename}", size=view.row.size,
        content_type=evidence_store.MIME_TYPES[evidence_store.FileKind.xlsx],
    )  # fmt: skip


@blueprint.post(f"{ONE}/remove")
@allow(*READERS)
def remove_export(number: int) -> ResponseReturnValue:
    service_asking.remove(g.session, queries.get_export(g.session, g.authority.id, number), **by_whom())
    say(Ours("Removed. The file goes within the minute."))
    return redirect(url_for(".show_export", number=number), 303)
