"""The register of plan actions, narrowed as people ask, and the same as a workbook."""

from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app import headers
from audit_app.improvement import colour_words
from audit_app.improvement.actions import queries_choices, queries_rows, service, workbook
from audit_app.improvement.actions.forms import ActionFilterForm
from audit_app.improvement.actions.register.narrowed import FILTERS, action_filter, in_words
from audit_app.improvement.actions.register.workbook_export import REGISTER
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.routes_page import may_write, page_number
from audit_app.improvement.who import ACTION_EXPORTERS, READERS
from audit_app.people import queries as people
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, log_read
from audit_app.people.access.outside import outside_transaction, read_apart
from audit_app.people.defaults import ROLE_NAMES
from audit_app.people.exports.routes_counting import export_stopped, made_later
from findings.queries import ActionFilter
from findings.references import new_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _filter_form(values: Any) -> ActionFilterForm:
    form = ActionFilterForm(values)
    form.fill(
        queries_choices.plan_choices(g.session, g.authority.id),
        queries_choices.filter_areas(g.session, g.authority.id, values.get("area", "")),
        queries_choices.lead_choices(g.session, g.authority.id),
        colour_words.choices(colour_words.standings(people.brag_words(g.session))),
    )
    return form


def _wanted(form: ActionFilterForm) -> ActionFilter:
    """What was asked for; a choice that is not on offer asks for nothing."""
    return action_filter(_asked(form) if form.validate() else {}, g.scope.today)


def _asked(form: ActionFilterForm) -> dict[str, str]:
    """The filters in use, as an address carries them."""
    given = {name: str(form[name].data) for name in FILTERS if form[name].data}
    return given | ({"overdue": "yes"} if form.overdue.data else {})


def _asked_in_words(form: ActionFilterForm) -> str:
    """The filters in use, in words."""
    drop_downs = [form[name] for name in FILTERS if hasattr(form[name], "choices")]
    offered = {
        field.name: {str(choice.value): str(choice.label) for choice in field.iter_choices()} for field in drop_downs
    }
    return in_words(_asked(form), offered)


@blueprint.get("/<authority:authority>/plan-actions")
@allow(*READERS)
def list_actions() -> ResponseReturnValue:
    form = _filter_form(request.args)
    wanted = _wanted(form)
    listed = queries_rows.list_actions(g.session, g.authority.id, wanted, g.scope.today, page=page_number())
    return render_template(
        "improvement/actions/list.html",
        form=form,
        listed=listed,
        asked=_asked(form),
        asked_in_words=_asked_in_words(form),
        colours=colour_words.legend(colour_words.standings(people.brag_words(g.session))),
        may_write=may_write(),
        most_areas=queries_choices.MOST_AREAS if len(form.area.choices) > queries_choices.MOST_AREAS else 0,
    )


@blueprint.post("/<authority:authority>/plan-actions/register.xlsx")
@allow(*ACTION_EXPORTERS)
def export_actions() -> ResponseReturnValue:
    form = _filter_form(request.form)
    if (later := made_later(REGISTER, _asked(form) if form.validate() else {})) is not None:
        return later
    if (stopped := export_stopped("actions", "improvement.list_actions", _asked(form))) is not None:
        return stopped
    wanted, council = _wanted(form), g.authority.id
    export_id = f"export-{new_id()}"
    chosen = ", ".join(sorted(_asked(form)))
    who = ", ".join(sorted(ROLE_NAMES[role] for role in g.scope.roles))
    with outside_transaction():
        rows = read_apart(lambda session: queries_rows.every_action(session, council, wanted, g.scope.today))
        marking = read_apart(lambda session: people.authority_settings(session).marking)
        facts = {"export_id": export_id, "chosen": _asked_in_words(form), "who": who, "when": g.now}
        data = workbook.register_workbook(rows, **facts, marking=marking)
    service.note_export(g.session, council, export_id, count=len(rows), chosen=chosen, **by_whom())
    log_read(export_id)
    return headers.download(data, filename="plan-actions.xlsx", content_type=XLSX)
