"""Files of released copies; whether paper is the current version; the register of what went to whom as a workbook."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, headers
from audit_app.errors import NotFound
from audit_app.packs import queries
from audit_app.packs.blueprint import PACK_PAGE, blueprint
from audit_app.packs.endings.routes import refuse_ended
from audit_app.packs.release import queries as releases
from audit_app.packs.release import queries_current, service_copies, workbook
from audit_app.packs.release.workbook_export import READERS, REGISTER
from audit_app.packs.tables import PACK
from audit_app.people import queries as people
from audit_app.people.access import allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.outside import outside_transaction, read_apart
from audit_app.people.defaults import ROLE_NAMES
from audit_app.people.exports.routes_counting import export_stopped, made_later
from findings.references import new_id, reference

COPY = f"{PACK_PAGE}/copies/<int:copy_number>"
FILES = {
    "pdf": ("pdf_sha256", evidence_store.MIME_TYPES[evidence_store.FileKind.pdf]),
    "zip": ("archive_sha256", "application/zip"),
}


@blueprint.get(f"{COPY}/<any(pdf,zip):file_kind>")
@allow(*READERS)
def download_copy(number: int, copy_number: int, file_kind: str) -> ResponseReturnValue:
    row = queries.get_pack(g.session, g.authority.id, number)
    refuse_ended(row)
    release = releases.get_release(g.session, row, copy_number)
    column, content_type = FILES[file_kind]
    if not getattr(release, column):
        raise NotFound("The files of this copy are not ready yet.")
    data = evidence_store.read_file(current_app.config, getattr(release, column))
    name = reference(PACK, number)
    log_read(name)
    log_read(f"{name}/copy-{copy_number}/{file_kind}")
    return headers.download(data, filename=f"{name}-copy-{copy_number}.{file_kind}", content_type=content_type)


@blueprint.post(f"{COPY}/make")
@allow(*READERS)
def make_copy(number: int, copy_number: int) -> ResponseReturnValue:
    row = queries.hold_pack(g.session, g.authority.id, number)
    release = releases.get_release(g.session, row, copy_number)
    service_copies.ask_for_files(g.session, row, release, **by_whom())
    say("The files of this copy are being made. Load the page again in a moment.")
    return redirect(url_for(".show_pack", number=number), 303)


@blueprint.get("/<authority:authority>/packs/current")
@allow(*READERS)
def is_current() -> ResponseReturnValue:
    """Whether a pack on paper is the current version, by its reference or the beginning of its fingerprint."""
    typed = request.args.get("pack", "").strip()[:200]
    answers = queries_current.answers_to(g.session, g.authority.id, typed) if typed else []
    return render_template("packs/current.html", typed=typed, answers=answers)


@blueprint.post("/<authority:authority>/packs/released.xlsx")
@allow(*READERS)
def export_released() -> ResponseReturnValue:
    if (later := made_later(REGISTER, {})) is not None:
        return later
    if (stopped := export_stopped(REGISTER.what, "packs.list_released", {})) is not None:
        return stopped
    most = current_app.config["EXPORT_ROWS_AT_ONCE"]
    export_id, council = f"export-{new_id()}", g.authority.id
    who = ", ".join(sorted(ROLE_NAMES[role] for role in g.scope.roles))
    with outside_transaction():
        lines = read_apart(lambda session: releases.list_released(session, council, limit=most))
        names = read_apart(lambda session: people.names_of(session, [line.released_by for line in lines]))
        marking = read_apart(lambda session: people.authority_settings(session).marking)
        data = workbook.released_workbook(lines, names, export_id=export_id, who=who, when=g.now, marking=marking)
    log_read(export_id)
    return headers.download(
        data, filename="what-went-to-whom.xlsx",
        content_type=evidence_store.MIME_TYPES[evidence_store.FileKind.xlsx],
    )  # fmt: skip
