"""Subject access: ask for everything on somebody, agree as a second person, take the copy out, end it."""

from flask import abort, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, forms, headers, jobs
from audit_app.form_pages import accepted, form_page, sent
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.exports.routes_counting import export_stopped
from audit_app.people.proof import needs_proof
from audit_app.records.blueprint import RECORDS_PAGE, blueprint
from audit_app.records.subject_access import queries, service, service_making
from audit_app.records.subject_access.forms import RefuseForm, RequestForm
from audit_app.records.subject_access.tables import SubjectKind
from audit_app.words import Ours

PAGE = f"{RECORDS_PAGE}/subject-access"
ONE = f'{PAGE}/<ref("SAR"):number>'


@blueprint.get(PAGE)
@allow(Role.qa_manager, Role.leader)
def subject_requests() -> ResponseReturnValue:
    listed = queries.list_requests(g.session, g.authority.id)
    return render_template("records/subject_access/index.html", listed=listed, may_ask=g.scope.has(Role.qa_manager))


@blueprint.route(f"{PAGE}/new", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def ask_for_everything() -> ResponseReturnValue:
    if (asked := needs_proof()) is not None:
        return asked
    form = forms.filled(RequestForm)
    form.offer(queries.accounts(g.session, g.scope.today))
    if sent(form):
        given = {
            "subject": SubjectKind(form.subject.data), "sought": form.sought.data or "",
            "person_id": int(form.person.data) if form.person.data else None, "reason": form.reason.data or "",
            "today": g.scope.today,
        }  # fmt: skip
        made = []
        if accepted(form, lambda: made.append(service.ask(g.session, g.authority.id, **given, **by_whom()))):
            say(Ours("Asked. Somebody else must agree before anything is gathered."))
            return redirect(url_for(".subject_request", number=made[0].number), 303)
    return form_page("records/subject_access/new.html", form)


@blueprint.get(ONE)
@allow(Role.qa_manager, Role.leader)
def subject_request(number: int) -> ResponseReturnValue:
    row = queries.get_request(g.session, g.authority.id, number)
    view = queries.views(g.session, [row])[0]
    mine = row.asked_by == g.person.person_id
    more = {"mine": mine, "takes_out": g.scope.has(Role.qa_manager), "days": current_app.config["SUBJECT_COPY_DAYS"]}
    return render_template("records/subject_access/request.html", view=view, row=row, **more)


@blueprint.post(f"{ONE}/agree")
@allow(Role.qa_manager, Role.leader)
def agree_to_copy(number: int) -> ResponseReturnValue:
    here = url_for(".subject_request", number=number)
    if (asked := needs_proof(here)) is not None:
        return asked
    service.agree(g.session, g.authority.id, number, **by_whom())
    say(Ours("Agreed. The copy is being gathered; this page says how far it is."))
    return redirect(here, 303)


@blueprint.post(f"{ONE}/again")
@allow(Role.qa_manager)
def make_copy_again(number: int) -> ResponseReturnValue:
    service.make_again(g.session, g.authority.id, number, **by_whom())
    return redirect(url_for(".subject_request", number=number), 303)


@blueprint.route(f"{ONE}/refuse", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def refuse_copy(number: int) -> ResponseReturnValue:
    row = queries.get_request(g.session, g.authority.id, number)
    form = forms.filled(RefuseForm)
    given = {"reason": form.reason.data or "", **by_whom()}
    if sent(form) and accepted(form, lambda: service.refuse(g.session, g.authority.id, number, **given)):
        say(Ours("Refused. Nothing was gathered."))
        return redirect(url_for(".subject_request", number=number), 303)
    return form_page("records/subject_access/refuse.html", form, view=queries.views(g.session, [row])[0])


@blueprint.post(f"{ONE}/copy")
@allow(Role.qa_manager)
def take_copy(number: int) -> ResponseReturnValue:
    counted = export_stopped("a copy for subject access", ".subject_request", {"number": number})
    if counted is not None:
        return counted
    row = queries.get_request(g.session, g.authority.id, number)
    if not row.sha256 or row.removed_at is not None or (row.expires_at and row.expires_at <= g.now):
        abort(410, "This copy has ended. Ask for a new one.")
    service.note_read(g.session, row, **by_whom())
    parts = evidence_store.stream(current_app.config, row.sha256)
    name = f"{queries.views(g.session, [row])[0].reference}-{g.authority.key}.zip"
    return headers.download(parts, filename=name, content_type="application/zip", size=row.size)


@blueprint.post(f"{ONE}/remove")
@allow(Role.qa_manager)
def remove_copy(number: int) -> ResponseReturnValue:
    service.remove(g.session, g.authority.id, number, **by_whom())
    jobs.soon(g.session, service_making.TASK)
    say(Ours("Removed. The file goes within the minute."))
    return redirect(url_for(".subject_request", number=number), 303)
