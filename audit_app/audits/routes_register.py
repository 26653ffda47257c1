"""The register of audits, and its export."""

from typing import Any

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.audits import queries, question_sets, service, wording, workbook
from audit_app.audits.blueprint import blueprint
from audit_app.audits.forms_details import day_or_none
from audit_app.audits.routes_frame import READERS, WRITERS
from audit_app.audits.tables import HowChosen, Stage
from audit_app.headers import DOWNLOAD_POLICY
from audit_app.library.set_name import SetName, name_of, parsed
from audit_app.library.terms import queries as terms
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.routes_counting import export_stopped
from audit_app.people.organisation import queries as organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXTS = ("stage", "grade", "how_chosen", "counted")


def asked_for() -> queries.AuditFilter:
    """The filter in this address; what makes no sense is left out."""
    args = request.args
    ids = {name: _number(args.get(name, "")) for name in ("team_id", "auditor_id")}
    texts = {name: args.get(name, "")[:60] for name in TEXTS}
    sort = args.get("sort", "")
    return queries.AuditFilter(
        **texts,
        set_name=_set_name(args.get("set", "")[:140]),
        team_id=ids["team_id"],
        auditor_id=ids["auditor_id"],
        start=day_or_none(args.get("start", "")),
        end=day_or_none(args.get("end", "")),
        overdue=args.get("overdue") == "yes",
        search=" ".join(args.get("search", "").replace("\x00", "").split())[: queries.MOST_SEARCH],
        sort=sort if sort in queries.SORTS else "newest",
    )


def _set_name(text: str) -> SetName | None:
    """The set an address names; what names none is a set nobody has, so that nothing is listed."""
    return parsed(text) or SetName(text, "") if text else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@blueprint.get("/<authority:authority>/audits")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """The register."""
    chosen = asked_for()
    page = _number(request.args.get("page", "")[:6]) or 1
    listed = queries.list_audits(g.session, g.authority.id, chosen, page, today=g.scope.today)
    args = {name: value for name, value in request.args.items() if value and name != "page"}
    filtered = bool(args.keys() - {"sort"})
    return render_template(
        "audits/index.html",
        listed=listed,
        chosen=chosen,
        args=args,
        filtered=filtered,
        may_create=g.scope.has(*WRITERS),
        stage_words=wording.STAGE_WORDS,
        wording=wording,
        **_offered(),
    )


def _offered() -> dict[str, Any]:
    """What the filter offers."""
    grades: dict[str, str] = {}
    sets = question_sets.ever_offered(g.session, g.authority.id, g.scope.today)
    for questions in sets:
        grades.update(question_sets.grade_names(g.session, name_of(questions)))
    everybody = people.list_people_views(g.session, g.scope.today)
    auditors = [(person.id, person.name) for person in everybody if person.roles & service.AUDITING_ROLES]
    return {
        "teams": organisation.teams_to_choose(g.session, g.scope.today),
        "auditors": auditors if g.scope.has(Role.qa_manager, Role.leader) else [],
        "sets": list(question_sets.titles_apart(sets).items()),
        "stages": [(stage.value, wording.stage_title(stage)) for stage in Stage],
        "grades": list(grades.items()),
        "ways": [(way.value, wording.HOW_CHOSEN[way]) for way in HowChosen],
        "groups": list(queries.COUNTED.items()),
        "sorts": [(key, sort[0]) for key, sort in queries.SORTS.items()],
    }


@blueprint.get("/<authority:authority>/audits/register.xlsx")
@allow(Role.qa_manager, Role.leader)
def export() -> ResponseReturnValue:
    """The filtered register as a workbook; its id stands in the read log and in the workbook itself (EX-4)."""
    narrowed_to = {name: value for name, value in request.args.items() if value and name not in ("page", "sort")}
    if (stopped := export_stopped("records read", "audits.index", narrowed_to)) is not None:
        return stopped
    chosen = asked_for()
    rows = queries.all_audits(g.session, g.authority.id, chosen, today=g.scope.today, pause=finish_reading)
    export_id = f"EXP-{g.now:%Y%m%d%H%M%S}-{g.request_id[:6]}"
    log_read(export_id)
    own = terms.own_words(g.session, g.authority.id)
    in_words = workbook.filter_in_words(chosen, {name: dict(pairs) for name, pairs in _offered().items()}, own)
    finish_reading()
    facts = {"export_id": export_id, "chosen": in_words, "who": g.person.name}
    data = workbook.register_workbook(rows, **facts, now=g.now, today=g.scope.today, own=own)
    name = f"audits-{g.authority.key}-{g.scope.today.isoformat()}.xlsx"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": DOWNLOAD_POLICY,
    }
    return Response(data, mimetype=XLSX, headers=headers)
