"""Setting up many audits from a list: pasted or a workbook, looked at first, then all or nothing."""

from datetime import date
from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, drafts, forms, headers, sheets, words
from audit_app.audits import question_sets, service
from audit_app.audits.blueprint import blueprint
from audit_app.audits.lists import pasted, queries
from audit_app.audits.lists.columns import COLUMNS, GUIDANCE
from audit_app.audits.lists.forms import ListForm
from audit_app.audits.lists.planning import Plan
from audit_app.audits.setting_up.subject_words import TO_ASK
from audit_app.audits.tables import Subject
from audit_app.errors import NotFound
from audit_app.form_pages import accepted, blame, form_page, sent
from audit_app.forms import mark_of
from audit_app.library.set_name import SetName, name_of
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.words import Ours
from findings.rules import months_later
from frameworks import QuestionSet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST = "/<authority:authority>/audits/new/<string:set_id>/<string:length>/<string:edition>/list"


@blueprint.route(LIST, methods=["GET", "POST"])
@allow(Role.qa_manager, uploads=True)
def create_many(set_id: str, length: str, edition: str) -> ResponseReturnValue:
    """Paste the list or choose a workbook; without a fault it is shown on the next page, and nothing is set up yet."""
    name = SetName(edition, set_id, length)
    questions = _offered_set(name)
    if request.method == "GET" and (other := question_sets.offered_instead(g.session, name)):
        return redirect(url_for("audits.create_many", **_address(name.at(other))), 303)
    form = _form(questions)
    if sent(form) and _take_file(form) and _planned(form) is not None:
        there = url_for("audits.check_many", **_address(name))
        fields = [*((key, value) for key, value in request.form.items(multi=True) if key != "lines")]
        drafts.keep(g.session, authority_id=g.authority.id, person_id=g.person.person_id, path=there,
                    fields=[*fields, ("lines", form.lines.data or "")], reason="typing", now=g.now)  # fmt: skip
        return redirect(there, 303)
    return _page(form, questions, None)


@blueprint.route(f"{LIST}/check", methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def check_many(set_id: str, length: str, edition: str) -> ResponseReturnValue:
    """Look at how every line is understood, and set up all of them or none."""
    name = SetName(edition, set_id, length)
    questions = _offered_set(name)
    form = _form(questions)
    if not form.lines.data:
        return _page(form, questions, None)
    plan = _planned(form) if form.validate() else None
    if request.method == "POST" and plan is not None:
        if form.revision.data != _mark(plan):
            blame(form.lines, "Something has changed since this was looked at. Look at it again, then set it up")
        elif accepted(form, lambda: _set_up(form, questions, plan), set_id="lines", case_reference="lines"):
            say(Ours(f"{words.count(len(plan.lines), 'audit').capitalize()} set up."))
            return redirect(url_for("audits.index"), 303)
    form.revision.data = _mark(plan) if plan else ""
    return _page(form, questions, plan)


@blueprint.get("/<authority:authority>/audits/new/list-template.xlsx")
@allow(Role.qa_manager)
def list_template() -> ResponseReturnValue:
    """An empty workbook for the list."""
    data = sheets.template_xlsx(COLUMNS, "Audits to set up", GUIDANCE)
    return headers.download(data, filename="audits-to-set-up.xlsx", content_type=XLSX)


def _address(name: SetName) -> dict[str, Any]:
    return {"set_id": name.set_id, "length": name.length, "edition": name.edition_id}


def _offered_set(name: SetName) -> QuestionSet:
    may = question_sets.may_be_used(g.session, g.authority.id, name.edition_id, g.scope.today)
    questions = question_sets.find_set(g.session, name) if may else None
    if questions is None:
        raise NotFound("No such question set.")
    return questions


def _form(questions: QuestionSet) -> ListForm:
    today, config = g.scope.today, current_app.config
    form = forms.filled(
        ListForm,
        audit_type="case_audit",
        window_from=months_later(today, -config["READING_WINDOW_MONTHS"]),
        window_to=today,
        due_on=clock.add_working_days(today, config["AUDIT_DUE_WORKING_DAYS"]),
    )
    form.offer(questions)
    return form


def _page(form: ListForm, questions: QuestionSet, plan: Plan | None) -> ResponseReturnValue:
    return form_page(
        "audits/lists/new.html", form, questions=questions, plan=plan, most=pasted.MOST_LINES,
        address=_address(name_of(questions)),
    )  # fmt: skip


def _planned(form: ListForm) -> Plan | None:
    """The list as it would be set up; None when it has faults, which stand at the list then, all of them."""
    plan = _plan(form)
    for fault in plan.faults:
        blame(form.lines, fault)
    return None if plan.faults else plan


def _take_file(form: ListForm) -> bool:
    """Put the lines of a chosen workbook into the list, where they can be looked at; False when it cannot be read."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return True
    with upload.stream:
        sheet = sheets.read_sheet(upload.read(), upload.filename, COLUMNS)
    for fault in sheet.faults:
        blame(form.file, str(fault))
    if sheet.ok:
        keys = [column.key for column in COLUMNS]
        form.lines.data = pasted.written([[_as_typed(row.values.get(key)) for key in keys] for row in sheet.rows])
    return bool(sheet.ok)


def _as_typed(value: Any) -> str:
    """A cell as somebody would have pasted it."""
    return words.numeric_date(value) if isinstance(value, date) else str(value or "")


def _plan(form: ListForm) -> Plan:
    since = months_later(g.scope.today, -current_app.config["AUDIT_AGAIN_MONTHS"])
    return queries.plan_list(
        g.session, pasted.read_list(form.lines.data or ""), Subject(form.subject.data), today=g.scope.today,
        due_on=form.due_on.entered, since=since,
    )  # fmt: skip


def _mark(plan: Plan) -> str:
    """What was seen, so that nothing else is set up than what was looked at."""
    return str(mark_of(plan))


def _set_up(form: ListForm, questions: QuestionSet, plan: Plan) -> None:
    common: dict[str, Any] = {"set_name": name_of(questions), **form.chosen()}
    if common["subject"] is Subject.observed_visit:
        common["family_consent"] = TO_ASK
    many = [
        service.NewAudit(
            case_reference=line.reference,
            team_id=line.team_id,
            auditor_id=line.auditor_id,
            due_on=line.due_on,
            **common,
        )
        for line in plan.lines
    ]
    service.create_audits(g.session, g.authority.id, many, **by_whom())
