"""Withdrawing and destroying a pack: one person withdraws; one asks for its end and another agrees."""

from flask import abort, g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.form_pages import accepted, form_page, sent
from audit_app.packs import queries
from audit_app.packs.blueprint import PACK_PAGE, blueprint
from audit_app.packs.endings import service
from audit_app.packs.endings.forms import DestroyForm, WithdrawForm
from audit_app.packs.endings.standing import ended_words
from audit_app.packs.release import queries as releases
from audit_app.packs.tables import PACK, EvidencePackRow
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.proof import needs_proof
from findings.references import reference


def refuse_ended(row: EvidencePackRow) -> None:
    """Answer 410 with the reason where a pack was withdrawn or destroyed."""
    if ended := ended_words(row):
        abort(410, ended)


@blueprint.route(f"{PACK_PAGE}/withdraw", methods=["GET", "POST"])
@allow(Role.qa_manager)
def withdraw(number: int) -> ResponseReturnValue:
    row = queries.get_pack(g.session, g.authority.id, number)
    refuse_ended(row)
    form = forms.filled(WithdrawForm)
    given = {"reason": form.reason.data or "", **by_whom()}
    if sent(form) and accepted(form, lambda: service.withdraw(g.session, g.authority.id, number, **given)):
        say(f"{reference(PACK, number)} withdrawn. Whoever opens it is told so.")
        return redirect(url_for(".show_pack", number=number), 303)
    have_it = releases.standing_of(g.session, row).releases
    return form_page("packs/withdraw.html", form, pack=row, reference=reference(PACK, number), releases=have_it)


@blueprint.route(f"{PACK_PAGE}/destroy", methods=["GET", "POST"])
@allow(Role.qa_manager)
def ask_to_destroy(number: int) -> ResponseReturnValue:
    if (asked := needs_proof()) is not None:
        return asked
    row = queries.get_pack(g.session, g.authority.id, number)
    form = forms.filled(DestroyForm)
    given = {"reason": form.reason.data or "", **by_whom()}
    if sent(form) and accepted(form, lambda: service.ask_to_destroy(g.session, g.authority.id, number, **given)):
        say("Asked. Somebody else must agree before anything is destroyed.")
        return redirect(url_for(".show_pack", number=number), 303)
    return form_page("packs/destroy.html", form, pack=row, reference=reference(PACK, number))


@blueprint.post(f"{PACK_PAGE}/destroy/agree")
@allow(Role.qa_manager, Role.leader)
def agree_to_destroy(number: int) -> ResponseReturnValue:
    here = url_for(".show_pack", number=number)
    if (asked := needs_proof(here)) is not None:
        return asked
    service.destroy(g.session, g.authority.id, number, **by_whom())
    say(f"{reference(PACK, number)} destroyed. The register keeps its line, and the history log who agreed.")
    return redirect(here, 303)


@blueprint.post(f"{PACK_PAGE}/destroy/keep")
@allow(Role.qa_manager, Role.leader)
def keep_after_all(number: int) -> ResponseReturnValue:
    service.keep_after_all(g.session, g.authority.id, number, **by_whom())
    say(f"{reference(PACK, number)} stays.")
    return redirect(url_for(".show_pack", number=number), 303)
