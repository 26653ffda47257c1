"""Attaching evidence to what it proves: from the evidence, and from the thing; taking it away; moving to the newest."""

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import Invalid, NotAllowed
from audit_app.evidence import queries, uses
from audit_app.evidence.blueprint import EVIDENCE_PAGE, blueprint
from audit_app.evidence.forms import AttachForm, ChooseForm, ReasonForm
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.hooks import Thing
from audit_app.evidence.pieces.routes_adding import asked_for, offer_parts, part_chosen
from audit_app.evidence.proving import queries as things
from audit_app.evidence.proving import service as proving
from audit_app.evidence.register import queries as register
from audit_app.evidence.register.queries import EvidenceFilter
from audit_app.evidence.routes_page import address_of, of_today, show
from audit_app.evidence.tables import EVIDENCE, EvidenceUse
from audit_app.form_pages import accepted, sent
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from audit_app.words import Ours
from findings.references import number_of, reference

OFFERED = 20  # to choose among; whoever wants another searches


@blueprint.route(f"{EVIDENCE_PAGE}/attach", methods=["GET", "POST"])
@allow(*HOLDERS)
def attach(number: int) -> ResponseReturnValue:
    row = queries.get_evidence(g.session, g.authority.id, number)
    form = forms.filled(AttachForm, reference=request.args.get("proves", "")[:100], part="")
    form.part.choices = forms.choices((part, title.capitalize()) for part, title in uses.PARTS.items())
    back = url_for(".show_evidence", number=number)
    if sent(form) and accepted(form, lambda: _attach(number, form)):
        say(f"{reference(EVIDENCE, number)} attached to {form.reference.data}.")
        return redirect(back, 303)
    return show("attach", form, title=f"Attach {reference(EVIDENCE, number)}", back=back, row=row)


def _attach(number: int, form: AttachForm) -> EvidenceUse:
    named = (form.reference.data or "").strip().upper()
    part = form.part.data or ""
    if part and part not in uses.PARTS_OF.get(uses.prefix_of(named), ()):
        raise Invalid("part", f"Of {named} this cannot be proved apart. Choose the thing as a whole")
    whole = "/".join(filter(None, (named, part)))
    thing = things.thing_to_attach_to(g.session, g.authority.id, whole)
    given = {"proves": form.proves.data or "", **by_whom()}
    return proving.attach(g.session, g.authority.id, number, thing.reference, **given)


@blueprint.route("/<authority:authority>/evidence/choose", methods=["GET", "POST"])
@allow(*HOLDERS)
def choose_evidence() -> ResponseReturnValue:
    thing = asked_for()
    if thing is None:
        return redirect(url_for(".list_evidence"), 303)
    words = request.args.get("words", "").strip()[:200]
    listed = register.list_evidence(g.session, g.authority.id, EvidenceFilter(words=words), size=OFFERED, **of_today())
    form = forms.filled(ChooseForm, part=uses.part_of(thing.reference))
    form.evidence.choices = forms.choices(
        (row.line.reference, f"{row.line.reference}: {row.line.title}") for row in listed.rows
    )
    offer_parts(form, thing.reference)
    back = address_of(thing.reference) or url_for(".list_evidence")
    if sent(form) and accepted(form, lambda: _choose(form, thing), reference="evidence"):
        say(f"{form.evidence.data} attached to {uses.thing_of(thing.reference)}.")
        return redirect(back, 303)
    return show("choose", form, thing=thing, listed=listed, search=words, back=back)


def _choose(form: ChooseForm, thing: Thing) -> EvidenceUse:
    number = number_of(form.evidence.data or "", EVIDENCE) or 0
    given: dict[str, Any] = {"proves": form.proves.data or "", **by_whom()}
    return proving.attach(g.session, g.authority.id, number, part_chosen(form, thing.reference), **given)


USE = f"{EVIDENCE_PAGE}/uses/<int:use_id>"


def _use(number: int, use_id: int) -> EvidenceUse:
    """The use, where this person may add to the thing or attached it themself."""
    use = proving.get_use(g.session, g.authority.id, use_id, number)
    own = use.attached_by == g.person.person_id
    if not own and not things.may_attach_to(g.session, g.authority.id, use.reference):
        raise NotAllowed(things.NOT_YOURS)
    return use


@blueprint.route(f"{USE}/detach", methods=["GET", "POST"])
@allow(*HOLDERS)
def detach(number: int, use_id: int) -> ResponseReturnValue:
    use, form = _use(number, use_id), forms.filled(ReasonForm)
    back, write = url_for(".show_evidence", number=number), proving.detach
    given = {"reason": form.reason.data or "", **by_whom()}
    if sent(form) and accepted(form, lambda: write(g.session, g.authority.id, use_id, **given)):
        say("Taken away. That it was attached stays on record.")
        return redirect(back, 303)
    title = f"Take {reference(EVIDENCE, number)} away from {uses.thing_of(use.reference)}"
    hint = "What was signed or frozen with it keeps it."
    return show("reason", form, title=title, back=back, save="Take it away", hint=hint)


@blueprint.post(f"{USE}/newest")
@allow(*HOLDERS)
def use_newest(number: int, use_id: int) -> ResponseReturnValue:
    use = _use(number, use_id)
    proving.use_newest(g.session, g.authority.id, use.id, **by_whom())
    say(Ours("It is now attached in its newest version. The one before stays on record."))
    return redirect(url_for(".show_evidence", number=number), 303)
