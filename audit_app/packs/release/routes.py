"""Proof-reading and releasing a pack, the register of what went to whom, and the pages to swap."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.form_pages import accepted, form_page, sent
from audit_app.packs import queries
from audit_app.packs.blueprint import PACK_PAGE, blueprint
from audit_app.packs.endings.routes import refuse_ended
from audit_app.packs.release import queries as releases
from audit_app.packs.release import service, steps, swaps
from audit_app.packs.release.forms import ProofForm, ReleaseForm
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.proof import needs_proof
from findings.references import reference


def _ready(number: int) -> EvidencePackRow:
    row = queries.get_pack(g.session, g.authority.id, number)
    refuse_ended(row)
    return row


@blueprint.route(f"{PACK_PAGE}/proof-reading", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def proof_read(number: int) -> ResponseReturnValue:
    row = _ready(number)
    form = forms.filled(ProofForm)
    given = {"note": form.note.data or "", **by_whom()}
    if sent(form) and accepted(form, lambda: service.proof_read(g.session, g.authority.id, number, **given)):
        say(f"{reference(PACK, number)} proof-read. Somebody else must release it.")
        return redirect(url_for(".show_pack", number=number), 303)
    left = service.faults_of(row, clock.today()) if row.may_be_read else ()
    log_read(f"{reference(PACK, number)}/proof-reading")
    return form_page("packs/proof_read.html", form, pack=row, reference=reference(PACK, number), faults=left)


@blueprint.route(f"{PACK_PAGE}/release", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def release(number: int) -> ResponseReturnValue:
    row = _ready(number)
    if (asked := needs_proof()) is not None:
        return asked
    form = forms.filled(ReleaseForm, released_on=clock.today())
    given: dict[str, Any] = {name: form[name].data or "" for name in ("recipient", "purpose")}
    given |= {"released_on": form.released_on.data, **by_whom()}
    if sent(form) and accepted(form, lambda: service.release(g.session, g.authority.id, number, **given)):
        say(f"{reference(PACK, number)} released.")
        return redirect(url_for(".show_pack", number=number), 303)
    standing = releases.standing_of(g.session, row)
    why_not = steps.why_not_released_by(row, standing.proofs, g.person.person_id)
    return form_page("packs/release.html", form, pack=row, reference=reference(PACK, number), why_not=why_not)


@blueprint.get(f"{PACK_PAGE}/pages-to-swap")
@allow(Role.qa_manager, Role.leader)
def pages_to_swap(number: int) -> ResponseReturnValue:
    row = _ready(number)
    swap_list = releases.swap_list(g.session, row)
    return render_template(
        "packs/swaps.html", pack=row, reference=reference(PACK, number), swap_list=swap_list, in_words=swaps.in_words
    )


@blueprint.get("/<authority:authority>/packs/released")
@allow(Role.qa_manager, Role.leader)
def list_released() -> ResponseReturnValue:
    lines = releases.list_released(g.session, g.authority.id)
    names = people.names_of(g.session, [line.released_by for line in lines])
    return render_template("packs/released.html", lines=lines, names=names)
