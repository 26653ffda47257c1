"""Pages of removals: the list, asking with all that would go in view, the second person’s page, the certificate."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from audit_app import clock, forms, headers
from audit_app.errors import Invalid, NotFound
from audit_app.form_pages import accepted, form_page, put_under, refused_page, sent
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.proof import needs_proof
from audit_app.records.blueprint import RECORDS_PAGE, blueprint
from audit_app.records.erasure import pdf, queries, queries_listing, service, wording
from audit_app.records.erasure.certificate import Certificate, certificate, may_be_printed
from audit_app.records.erasure.forms import ReasonForm, WhatForm
from audit_app.records.erasure.listing import RemovalList, read_counts, read_stays
from audit_app.records.erasure.queries_listing import Wish
from audit_app.records.erasure.service_sweeping import plain_copies
from audit_app.records.tables import REMOVAL, PackChoice, Removal, RemovalKind, RemovalState
from audit_app.words import Ours
from findings.references import reference

REMOVALS = f"{RECORDS_PAGE}/removals"
REMOVAL_PAGE = f'{REMOVALS}/<ref("RMV"):number>'


@blueprint.get(REMOVALS)
@allow(Role.qa_manager, Role.leader)
def removals() -> ResponseReturnValue:
    rows = queries.list_removals(g.session, g.authority.id)
    names = people.names_of(g.session, {row.asked_by for row in rows})
    return render_template(
        "records/erasure/list.html", rows=rows, names=names, states=wording.STATE_WORDS, name_of=_name,
        may_ask=g.scope.has(Role.qa_manager),
    )  # fmt: skip


def _name(number: int) -> str:
    return reference(REMOVAL, number)


@blueprint.route(f"{REMOVALS}/new", methods=["GET", "POST"])
@allow(Role.qa_manager)
def ask_for_removal() -> ResponseReturnValue:
    if (asked := needs_proof()) is not None:
        return asked
    what = (
        WhatForm(MultiDict(request.args)) if "target" in request.args else WhatForm(packs=PackChoice.unreleased.value)
    )
    if "target" not in request.args or not what.validate():
        return _what_page(what)
    wish = Wish(RemovalKind.request, what.target.data or "", PackChoice(what.packs.data or PackChoice.unreleased.value))
    try:
        worked_out = queries_listing.work_out(g.session, g.authority.id, wish, clock.today())
    except Invalid as refusal:
        put_under(what, refusal)
        return _what_page(what)
    return _asking(wish, worked_out, "records/erasure/ask.html", what=what)


def _what_page(what: WhatForm) -> ResponseReturnValue:
    """The page that asks what is to be removed, before there is a list."""
    page: dict[str, Any] = {"what": what, "form": None, "worked_out": None}
    if what.errors:
        return refused_page("records/erasure/ask.html", **page)
    return render_template("records/erasure/ask.html", **page)


@blueprint.route(f"{REMOVALS}/run", methods=["GET", "POST"])
@allow(Role.qa_manager)
def run() -> ResponseReturnValue:
    if (asked := needs_proof()) is not None:
        return asked
    wish = Wish(RemovalKind.retention)
    worked_out = queries_listing.work_out(g.session, g.authority.id, wish, clock.today())
    return _asking(wish, worked_out, "records/erasure/run.html")


def _asking(wish: Wish, worked_out: RemovalList, template: str, **more: Any) -> ResponseReturnValue:
    """The list that would be asked for, with the form that asks."""
    form = forms.filled(ReasonForm)
    made: list[Removal] = []
    seen = request.form.get("seen", "")
    given = {"reason": form.reason.data or "", "seen": seen, "today": clock.today(), **by_whom()}
    if sent(form) and accepted(form, lambda: made.append(service.ask(g.session, g.authority.id, wish, **given))):
        say(Ours(f"{_name(made[0].number)} is asked for. Nothing goes before somebody else has agreed."))
        return redirect(url_for(".show_removal", number=made[0].number), 303)
    return form_page(template, form, worked_out=worked_out, **_list_words(worked_out), **more)


def _list_words(worked_out: RemovalList) -> dict[str, Any]:
    """What the page of a list says of it."""
    copies = [path.name for path in plain_copies(current_app.config)]
    return {
        "kinds": wording.kinds_words(worked_out.by_kind),
        "totals": wording.counts_words(worked_out.totals),
        "lines": [
            (item.reference, wording.kinds_words({item.kind: 1})[0][0], wording.counts_words(dict(item.counts)),
             item.files)
            for item in worked_out.items
        ],
        "stays": [wording.stay_words(stay) for stay in worked_out.stays],
        "not_reached": wording.not_reached(_backups_by(g.now), copies),
    }  # fmt: skip


def _backups_by(moment: Any) -> Any:
    config = current_app.config
    return wording.backups_go_by(moment, int(config["BACKUP_DAYS"]), int(config["BACKUP_WEEKS"]))


@blueprint.get(REMOVAL_PAGE)
@allow(Role.qa_manager, Role.leader)
def show_removal(number: int) -> ResponseReturnValue:
    row = queries.get_removal(g.session, g.authority.id, number)
    facts: dict[str, Any] = {"row": row, "reference": _name(number), "state_words": wording.STATE_WORDS[row.state]}
    names = people.names_of(g.session, {row.asked_by, row.agreed_by, row.kept_by} - {None})
    if row.state is RemovalState.asked:
        worked_out = service.list_now(g.session, row, clock.today())
        facts |= {
            "worked_out": worked_out, "changed": worked_out.fingerprint != row.fingerprint,
            "me": g.person.person_id, "may_ask": g.scope.has(Role.qa_manager), **_list_words(worked_out),
        }  # fmt: skip
        return render_template("records/erasure/asked.html", names=names, **facts)
    lines = queries.lines_of(g.session, row)
    if may_be_printed(row):
        return render_template("records/erasure/done.html", told=_certificate(row, names), **facts)
    things = [
        (line.reference, wording.kinds_words({line.kind: 1})[0][0], wording.counts_words(read_counts(line.counts)),
         wording.LINE_WORDS[line.state])
        for line in lines
    ]  # fmt: skip
    stays = [wording.stay_words(stay) for stay in read_stays(row.stays)]
    return render_template("records/erasure/in_hand.html", things=things, stays=stays, names=names, **facts)


def _certificate(row: Removal, names: dict[int, str]) -> Certificate:
    lines = queries.lines_of(g.session, row)
    return certificate(
        row, lines, council=g.authority.name, names=names, backups_by=_backups_by(row.finished_at or row.asked_at)
    )


@blueprint.get(f"{REMOVAL_PAGE}/certificate.pdf")
@allow(Role.qa_manager, Role.leader)
def removal_certificate(number: int) -> ResponseReturnValue:
    row = queries.get_removal(g.session, g.authority.id, number)
    if not may_be_printed(row):
        raise NotFound("This removal is not done, so there is no certificate yet.")
    names = people.names_of(g.session, {row.asked_by, row.agreed_by} - {None})
    marking = people.authority_settings(g.session).marking
    log_read(_name(number))
    data = pdf.certificate_file(_certificate(row, names), marking)
    return headers.download(data, filename=f"{_name(number)}.pdf", content_type="application/pdf")


@blueprint.post(f"{REMOVAL_PAGE}/agree")
@allow(Role.qa_manager, Role.leader)
def agree_to_removal(number: int) -> ResponseReturnValue:
    here = url_for(".show_removal", number=number)
    if (asked := needs_proof(here)) is not None:
        return asked
    seen = request.form.get("seen", "")
    service.agree(g.session, g.authority.id, number, seen=seen, today=clock.today(), **by_whom())
    say(Ours(f"{_name(number)} is agreed to. It is being removed."))
    return redirect(here, 303)


@blueprint.post(f"{REMOVAL_PAGE}/ask-anew")
@allow(Role.qa_manager)
def ask_anew(number: int) -> ResponseReturnValue:
    here = url_for(".show_removal", number=number)
    if (asked := needs_proof(here)) is not None:
        return asked
    seen = request.form.get("seen", "")
    service.ask_anew(g.session, g.authority.id, number, seen=seen, today=clock.today(), **by_whom())
    say(Ours("Asked for anew, as the list is now. Somebody else must agree."))
    return redirect(here, 303)


@blueprint.post(f"{REMOVAL_PAGE}/keep")
@allow(Role.qa_manager, Role.leader)
def keep_after_all(number: int) -> ResponseReturnValue:
    service.keep(g.session, g.authority.id, number, **by_whom())
    say(Ours("Everything stays."))
    return redirect(url_for(".show_removal", number=number), 303)
