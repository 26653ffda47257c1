"""Pages on which people are brought in from a workbook."""

import wtforms
from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, headers, sheets, words
from audit_app.errors import OutOfTurn
from audit_app.form_pages import blame, form_page
from audit_app.people import defaults
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.arrivals import queries, service
from audit_app.people.arrivals.columns import COLUMNS, GUIDANCE
from audit_app.people.blueprint import blueprint
from audit_app.people.proof import needs_proof

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.AppForm):
    """One workbook."""

    file = wtforms.FileField("Workbook or CSV file", description=sheets.ACCEPTED)


@blueprint.route("/<authority:authority>/people/workbook", methods=["GET", "POST"])
@allow(Role.admin, uploads=True)
def arrivals() -> ResponseReturnValue:
    """Giving roles is a sensitive step, by a workbook too (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    form = UploadForm()
    faults: tuple[sheets.Fault, ...] = ()
    if request.method == "POST":
        faults = _faults_of_upload(form)
        if not faults and not form.file.errors:
            return redirect(url_for("people.arrivals_confirm"), 303)
    return form_page("people/arrivals.html", form, faults=faults, columns=COLUMNS)


def _faults_of_upload(form: UploadForm) -> tuple[sheets.Fault, ...]:
    """Read the file and keep its rows for the confirming page; every fault when there is one."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        blame(form.file, f"Choose a file: {sheets.ACCEPTED}")
        return ()
    with upload.stream:
        data = upload.read()
    sheet = sheets.read_sheet(data, upload.filename, COLUMNS, door="people")
    if not sheet.ok:
        faults = sheet.faults
    else:
        faults = queries.plan_arrivals(g.session, sheet.rows, by=g.person.person_id, on=clock.today()).faults
    if faults:
        blame(form.file, f"{words.count(len(faults), 'thing')} to put right in {sheet.facts.filename}")
        return faults
    waiting = service.Waiting(sheet.facts.sha256, sheet.facts.filename, sheet.rows, sheet.facts.remarks)
    service.keep(g.session, url_for("people.arrivals_confirm"), waiting, **by_whom())
    return ()


@blueprint.route("/<authority:authority>/people/workbook/confirmation", methods=["GET", "POST"])
@allow(Role.admin)
def arrivals_confirm() -> ResponseReturnValue:
    if (asked := needs_proof()) is not None:
        return asked
    waiting = service.find(g.session, request.path, **by_whom())
    if waiting is None:
        say("Choose the workbook again: there is none waiting.", "notice")
        return redirect(url_for("people.arrivals"), 303)
    if request.method == "POST":
        return _bring_in(waiting)
    plan = queries.plan_arrivals(g.session, waiting.rows, by=g.person.person_id, on=clock.today())
    return render_template("people/arrivals_confirm.html", waiting=waiting, plan=plan, roles=defaults.ROLE_NAMES)


def _bring_in(waiting: service.Waiting) -> ResponseReturnValue:
    if request.form.get("sha256") != waiting.sha256:
        raise OutOfTurn("Another workbook was uploaded after this page was opened. Look at that one and confirm it.")
    config, by, now = current_app.config, g.person.person_id, g.now
    changed, invited = service.bring_in(g.session, waiting, config=config, on=clock.today(), by=by, now=now)
    if not changed:
        say("The workbook changes nothing: everybody in it is here already, just so.", "notice")
        return redirect(url_for("people.people"), 303)
    say(f"{words.count(changed, 'person', 'people')} added or changed, {invited} invited.")
    return redirect(url_for("people.links" if invited else "people.people"), 303)


@blueprint.get("/<authority:authority>/people/workbook/template")
@allow(Role.admin)
def arrivals_template() -> ResponseReturnValue:
    data = sheets.template_xlsx(COLUMNS, "People", GUIDANCE)
    return headers.download(data, filename="people.xlsx", content_type=XLSX)
