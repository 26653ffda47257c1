"""Pages of exhibits: choosing them, leaving one out, and looking at a file that no machine can read."""

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.errors import OutOfTurn
from audit_app.form_pages import accepted, form_page, sent
from audit_app.packs import queries, queries_gathering
from audit_app.packs import service as packs
from audit_app.packs.blueprint import PACK_PAGE, blueprint
from audit_app.packs.clearing import queries as clearing
from audit_app.packs.disclosure import levels
from audit_app.packs.exhibits import choosing, service
from audit_app.packs.exhibits import queries as exhibits
from audit_app.packs.exhibits.forms import ExhibitsForm, LookForm, exhibits_form
from audit_app.packs.tables import PACK, Decision, EvidencePackRow
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from findings.references import reference


@blueprint.route(f"{PACK_PAGE}/exhibits", methods=["GET", "POST"])
@allow(Role.qa_manager)
def choose_exhibits(number: int) -> ResponseReturnValue:
    row = _not_built(number)
    candidates = _candidates(row)
    already = [choosing.key_of(line) for line in exhibits.lines_of(g.session, row)]
    lines = choosing.lines(candidates, exhibits.lines_of(g.session, row), row.level, current_app.config)
    form = forms.filled(exhibits_form(line.key for line in lines), **choosing.first_values(lines, already))
    form.chosen.choices = [(line.key, line.key) for line in lines]
    if sent(form) and accepted(form, lambda: _choose(row, form, candidates)):
        return redirect(url_for(_next(row, form), number=number), 303)
    return form_page(
        "packs/exhibits/choose.html", form, pack=row, reference=reference(PACK, number), lines=lines,
        level=levels.NAMES[row.level], most=choosing.MOST,
    )  # fmt: skip


def _not_built(number: int) -> EvidencePackRow:
    row = queries.get_pack(g.session, g.authority.id, number)
    if row.contents or row.destroyed_at:
        raise OutOfTurn(service.BUILT)
    return row


def _candidates(row: EvidencePackRow) -> dict[str, choosing.Candidate]:
    """What proves the things this pack tells of, and what is in the evidence folder."""
    months = current_app.config["IMPACT_EVIDENCE_MONTHS"]
    extract = queries_gathering.gather_texts(g.session, row, now=g.now, evidence_months=months)
    grace = current_app.config["EVIDENCE_GRACE_DAYS"]
    return exhibits.candidates(g.session, row, extract.register, today=clock.today(), grace_days=grace)


def _choose(row: EvidencePackRow, form: ExhibitsForm, candidates: dict[str, choosing.Candidate]) -> None:
    keys = list(form.chosen.data or [])
    in_order = choosing.in_order(keys, form.places(keys))
    service.choose(g.session, row, candidates.values(), in_order, **by_whom())


def _next(row: EvidencePackRow, form: ExhibitsForm) -> str:
    """The page after saving: the pack, where it is to be built at once; else the same page once more."""
    if not request.form.get("build"):
        say("Exhibits saved.")
        return ".choose_exhibits"
    packs.ask_again(g.session, g.authority.id, row.number, **by_whom())
    return ".show_pack"


@blueprint.post(f"{PACK_PAGE}/exhibits/<string:exhibit>/leave-out")
@allow(Role.qa_manager)
def leave_out_exhibit(number: int, exhibit: str) -> ResponseReturnValue:
    service.leave_out(g.session, _not_built(number), exhibit, **by_whom())
    say("Left out of the pack. The exhibits behind it have moved up.")
    return redirect(url_for(".show_clearing", number=number), 303)


@blueprint.route(f"{PACK_PAGE}/looks/<string:key>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def look_at_exhibit(number: int, key: str) -> ResponseReturnValue:
    row = _not_built(number)
    months = current_app.config["IMPACT_EVIDENCE_MONTHS"]
    listed = clearing.clearing_of(g.session, row, now=g.now, evidence_months=months).looks
    look = next((each for each in listed if each.key == key), None)
    if look is None:
        raise OutOfTurn("This file is no longer among the exhibits. Load the list again.")
    form = forms.filled(LookForm)
    given = {"reason": form.reason.data or "", **by_whom()}
    if sent(form) and accepted(
        form, lambda: service.look_at(g.session, row, look, decision=Decision(form.decision.data), **given)
    ):
        say(f"{look.number} looked at.")
        return redirect(url_for(".show_clearing", number=number), 303)
    log_read(f"{reference(PACK, number)}/looks")
    return form_page("packs/exhibits/look.html", form, pack=row, look=look)
