"""Changing what is said of evidence, withdrawing it, keeping it out of packs."""

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import NotAllowed, OutOfTurn, Stale
from audit_app.evidence import service
from audit_app.evidence.blueprint import EVIDENCE_PAGE, blueprint
from audit_app.evidence.forms import EFFECT_HINTS, LEVEL_HINTS, KeptOutForm, ReasonForm, SaidForm, offer_posts
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.queries import get_evidence
from audit_app.evidence.routes_page import show
from audit_app.evidence.tables import EVIDENCE, Evidence
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from findings.references import reference


def _own(number: int) -> Evidence:
    """The evidence, where this person may change it and it stands."""
    row = get_evidence(g.session, g.authority.id, number)
    if not service.may_change(g.session, row):
        raise NotAllowed("You can change evidence that you added or own. This is somebody else’s.")
    if row.withdrawn_at is not None:
        raise OutOfTurn(f"{reference(EVIDENCE, number)} was withdrawn, so it cannot be changed.")
    return row


@blueprint.route(f"{EVIDENCE_PAGE}/change", methods=["GET", "POST"])
@allow(*HOLDERS)
def change_evidence(number: int) -> ResponseReturnValue:
    row = _own(number)
    names = ("title", "shows", "effect", "renewal", "revision")
    start: dict[str, Any] = {name: getattr(row, name) for name in names}
    start |= {"level": str(row.level), "owner_post_id": str(row.owner_post_id or "")}
    form = forms.filled(SaidForm, **start)
    posts = people.list_posts(g.session, g.scope.today)
    offer_posts(form, posts, kept=(row.owner_post_id, row.owner_post_title))
    back = url_for(".show_evidence", number=number)
    try:
        if sent(form) and accepted(form, lambda: _change(number, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), url_for(".change_evidence", number=number))
    return show(
        "change", form, title=f"Change {reference(EVIDENCE, number)}", back=back, level_hints=LEVEL_HINTS,
        effect_hints=EFFECT_HINTS,
    )  # fmt: skip


def _change(number: int, form: SaidForm) -> None:
    service.correct_evidence(
        g.session, g.authority.id, number, form.said(), revision=form.seen_revision(), **by_whom(today=g.scope.today)
    )


@blueprint.route(f"{EVIDENCE_PAGE}/withdraw", methods=["GET", "POST"])
@allow(*HOLDERS)
def withdraw_evidence(number: int) -> ResponseReturnValue:
    form = forms.filled(ReasonForm, revision=_own(number).revision)
    given = {"revision": form.seen_revision(), **by_whom()}
    back, write = url_for(".show_evidence", number=number), service.withdraw_evidence
    if sent(form) and accepted(
        form, lambda: write(g.session, g.authority.id, number, reason=form.reason.data or "", **given)
    ):
        say("Withdrawn. It stays readable, and everything that rests on it says so.")
        return redirect(back, 303)
    title = f"Withdraw {reference(EVIDENCE, number)}"
    hint = "Everything that rests on it goes on showing it, and says that it was withdrawn and why."
    return show("reason", form, title=title, back=back, save="Withdraw it", hint=hint)


@blueprint.route(f"{EVIDENCE_PAGE}/packs", methods=["GET", "POST"])
@allow(*HOLDERS)
def keep_out_of_packs(number: int) -> ResponseReturnValue:
    row = _own(number)
    form = forms.filled(KeptOutForm, reason=row.kept_out_reason, revision=row.revision)
    given = {"revision": form.seen_revision(), **by_whom()}
    back, write = url_for(".show_evidence", number=number), service.mark_not_for_packs
    if sent(form) and accepted(
        form, lambda: write(g.session, g.authority.id, number, reason=form.reason.data or "", **given)
    ):
        say("It is kept out of packs." if form.reason.data else "It may go into packs.")
        return redirect(back, 303)
    title = f"Whether {reference(EVIDENCE, number)} may go into packs"
    hint = "Leave this empty, and it may go into packs of its level and below."
    return show("reason", form, title=title, back=back, save="Save", hint=hint)
