"""Findings from a file: the template, the upload, the preview with every fault, and the confirmation."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import drafts, forms, sheets, typed_suspects, words
from audit_app.form_pages import blame
from audit_app.headers import download
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import file_rows, service_file
from audit_app.improvement.findings.file_rows import WaitingFile
from audit_app.improvement.findings.forms import FileForm
from audit_app.improvement.findings.routes_register import XLSX
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.sheets import Sheet
from findings.errors import OutOfTurn

PREVIEW = "/<authority:authority>/findings/imports/<string:file_hash>"


@blueprint.get("/<authority:authority>/findings/imports/template.xlsx")
@allow(Role.qa_manager)
def import_template() -> ResponseReturnValue:
    return download(file_rows.template(), filename="findings-template.xlsx", content_type=XLSX)


@blueprint.route("/<authority:authority>/findings/imports", methods=["GET", "POST"])
@allow(Role.qa_manager, uploads=True)
def import_findings() -> ResponseReturnValue:
    form = forms.filled(FileForm)
    if request.method == "GET":
        return show("findings/file", form, sheet=None, faults=[])
    sheet = _read(form)
    faults = file_rows.faults_of(sheet) if sheet else []
    if sheet is None or faults:
        if sheet is not None:
            blame(form.file, file_rows.summary(faults))
        listed = [] if file_rows.of_the_whole(faults) else faults
        return show("findings/file", form, sheet=sheet, faults=listed)
    before = service_file.brought_in_before(g.session, g.authority.id, sheet.facts.sha256)
    if before:
        say(f"This file was brought in on {words.date_words(before)}. Nothing has changed.", "notice")
        return redirect(url_for(".list_findings"), 303)
    there = url_for(".preview_import", file_hash=sheet.facts.sha256)
    drafts.keep(g.session, path=there, reason=drafts.FILE, now=g.now, **_mine(),
                fields=[("rows", file_rows.packed(file_rows.waiting_file(sheet, g.council_known())))])  # fmt: skip
    return redirect(there, 303)


def _mine() -> dict[str, Any]:
    return {"authority_id": g.authority.id, "person_id": g.person.person_id}


def _read(form: FileForm) -> Sheet | None:
    """The file as read in a confined child, or a fault under the field."""
    given = request.files.get("file")
    name = (given.filename or "") if given else ""
    if given is None or not name:
        blame(form.file, f"Choose a file: {sheets.ACCEPTED}")
    else:
        return sheets.read_sheet(given.read(), name, file_rows.columns(), door="findings")
    return None


def _waiting_file() -> WaitingFile | None:
    hours = current_app.config["KEPT_FORM_HOURS"]
    kept = drafts.find(g.session, path=request.path, now=g.now, hours=hours, **_mine())
    text = dict(kept[0]).get("rows", "") if kept and kept[1].reason == drafts.FILE else ""
    return file_rows.unpacked(text) if text else None


@blueprint.route(PREVIEW, methods=["GET", "POST"])
@allow(Role.qa_manager)
def preview_import(file_hash: str) -> ResponseReturnValue:
    waiting = _waiting_file()
    if waiting is None or waiting.sha256 != file_hash:
        raise OutOfTurn("This file is not waiting to be confirmed any more. Choose it again.")
    if request.method == "POST":
        outcome = service_file.import_findings(g.session, g.authority.id, waiting, **by_whom())
        typed_suspects.note_choice(len(waiting.suspects))
        say(_what_came_of(outcome))
        return redirect(url_for(".list_findings"), 303)
    new, known = service_file.split_known(g.session, g.authority.id, waiting.rows)
    return render_template(
        "improvement/findings/file_preview.html", waiting=waiting, new=file_rows.rows_in_words(new), known=len(known)
    )


def _what_came_of(outcome: service_file.Outcome) -> str:
    here = (
        f" {words.count(outcome.already_here, 'row')} said what is already here and changed nothing."
        if outcome.already_here
        else ""
    )
    return (
        f"{words.count(outcome.raised, 'finding')} brought in.{here}"
        if outcome.raised
        else f"Nothing has changed.{here}"
    )
