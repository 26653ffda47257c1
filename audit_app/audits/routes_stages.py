"""Pages that move an audit: agreed, reopened, given to somebody else, taken out; and its earlier versions."""

from collections.abc import Mapping

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.audits import contents, queries, service, stages
from audit_app.audits.blueprint import blueprint
from audit_app.audits.conflicts import queries as conflicts
from audit_app.audits.forms_details import ButtonForm, ReallocateForm, ReasonForm, TakeOutForm
from audit_app.audits.lists.chosen import all_doubts
from audit_app.audits.routes_frame import READERS, WRITERS, asked_again, audit_frame, document_for_reader, open_audit
from audit_app.audits.stages import Step
from audit_app.errors import NotFound, OutOfTurn
from audit_app.form_pages import accepted, blame, form_page, sent
from audit_app.forms import choices
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.words import Ours

AUDIT = '/<authority:authority>/audits/<ref("AUD"):number>'
TAKING_OUT = (
    (Step.exempt, Ours("Exempt it: this record will not be audited")),
    (Step.replace, Ours("Replace it: another record is audited instead")),
    (Step.withdraw, Ours("Withdraw it: the audit should not count")),
)


def _to_audit(number: int) -> ResponseReturnValue:
    return redirect(url_for("audits.show", number=number), 303)


@blueprint.route(AUDIT + "/agreement", methods=["GET", "POST"])
@allow(Role.qa_manager)
def agree(number: int) -> ResponseReturnValue:
    """Mark an audit agreed, recorded as not moderated."""
    view = open_audit(number)
    stages.next_stage(Step.agree, view.stage, view.hats)
    form = forms.filled(ButtonForm, revision=str(view.row.version))
    if sent(form):
        if form.seen_revision() != view.row.version:
            raise OutOfTurn(f"{view.reference} was corrected since you opened it. Read its new version, then agree it.")
        service.agree_audit(g.session, g.authority.id, number, **by_whom())
        say(f"{view.reference} is agreed. It is recorded as not moderated.")
        return _to_audit(number)
    asked = asked_again(view, view.document)
    return render_template("audits/agree.html", form=form, asked=asked, **audit_frame(view))


@blueprint.route(AUDIT + "/reopening", methods=["GET", "POST"])
@allow(*WRITERS)
def reopen(number: int) -> ResponseReturnValue:
    """Open a submitted audit for a correction, with the reason."""
    view = open_audit(number)
    stages.next_stage(Step.reopen, view.stage, view.hats)
    form = forms.filled(ReasonForm)
    here = (g.session, g.authority.id, number)
    if sent(form) and accepted(form, lambda: service.reopen_audit(*here, reason=form.reason.data, **by_whom())):
        say(f"{view.reference} is open for a correction. Version {view.row.version}, as submitted, stays readable.")
        return _to_audit(number)
    return form_page("audits/reopen.html", form, **audit_frame(view))


@blueprint.route(AUDIT + "/auditor", methods=["GET", "POST"])
@allow(Role.qa_manager)
def reallocate(number: int) -> ResponseReturnValue:
    """Give an audit to somebody else, or another due date."""
    view = open_audit(number)
    given = {"auditor_id": view.row.auditor_id, "due_on": view.row.due_on}
    form = forms.filled(ReallocateForm, **given, revision=str(view.revision))
    everybody = people.list_people_views(g.session, g.scope.today)
    auditors = {person.id: person.name for person in everybody if person.roles & service.AUDITING_ROLES}
    form.auditor_id.choices = choices(auditors.items())
    near: list[str] = []
    if sent(form):
        if form.seen_revision() != view.revision:
            raise OutOfTurn(f"{view.reference} was changed since you opened this page. Look at it, then try again.")
        near = _near(number, int(form.auditor_id.data), auditors)
        if near and not form.near.data:
            blame(form.near, "This auditor is near to the record. Choose another, or tick to go on all the same")
        elif accepted(form, lambda: _reallocate(number, form)):
            say(Ours(f"{view.reference} has its auditor and due date."))
            return _to_audit(number)
    return form_page("audits/reallocate.html", form, near=near, **audit_frame(view))


def _near(number: int, auditor_id: int, names: Mapping[int, str]) -> list[str]:
    """What speaks against giving this audit to this person; nothing of somebody who has it already."""
    row = queries.audit_row(g.session, g.authority.id, number)
    pairing = (auditor_id, row.team_id, row.case_reference)
    near = conflicts.nearness(g.session, g.authority.id, [pairing], g.scope.today, but=[number])
    return all_doubts([row], auditor_id, names.get(auditor_id, ""), near)


def _reallocate(number: int, form: ReallocateForm) -> None:
    auditor_id, due_on = int(form.auditor_id.data), form.due_on.entered
    service.reallocate_audit(g.session, g.authority.id, number, auditor_id=auditor_id, due_on=due_on, **by_whom())


@blueprint.route(AUDIT + "/removal", methods=["GET", "POST"])
@allow(Role.qa_manager)
def take_out(number: int) -> ResponseReturnValue:
    """Exempt, replace or withdraw an audit."""
    view = open_audit(number)
    offered = [(step, what) for step, what in TAKING_OUT if stages.may(step, view.stage, view.hats)]
    if not offered:
        stages.next_stage(Step.withdraw, view.stage, view.hats)
    form = forms.filled(TakeOutForm)
    form.step.choices = choices((step.value, what) for step, what in offered)
    everybody = people.list_people_views(g.session, g.scope.today)
    form.approved_by.choices = choices(
        ((person.id, person.name) for person in everybody if person.roles & service.MAY_APPROVE),
        first="Choose who approved this",
    )
    if sent(form) and accepted(form, lambda: _take_out(number, form)):
        say(f"{view.reference} has left the programme. Nothing it says was deleted.")
        return _to_audit(number)
    return form_page("audits/take_out.html", form, **audit_frame(view))


def _take_out(number: int, form: TakeOutForm) -> None:
    step, approver = Step(form.step.data), int(form.approved_by.data)
    here = (g.session, g.authority.id, number)
    service.take_out_audit(*here, step, reason=form.reason.data, approved_by=approver, **by_whom())


@blueprint.get(AUDIT + "/versions/<int:version>")
@allow(*READERS)
def version(number: int, version: int) -> ResponseReturnValue:
    """One submitted version, and what it says differently from the one before."""
    view = open_audit(number)
    line = next((each for each in view.versions if each.version == version), None)
    if line is None:
        raise NotFound("There is no such version.")
    document = queries.frozen_version(g.session, g.authority.id, number, version)
    changed: list[contents.Change] = []
    readable = document_for_reader(view, document)
    if version > 1 and readable is not None:
        earlier = document_for_reader(view, queries.frozen_version(g.session, g.authority.id, number, version - 1))
        changed = contents.changes(earlier or {}, readable)
    intact = queries.version_is_intact(g.session, g.authority.id, number, version)
    return render_template(
        "audits/version.html", line=line, document=readable, asked=asked_again(view, readable), changed=changed,
        intact=intact, **audit_frame(view),
    )  # fmt: skip
