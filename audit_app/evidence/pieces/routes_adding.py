"""Adding evidence: a file, a link, or where it is held; attached at once to what it proves where that is said."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import Invalid, NotAllowed, Stale
from audit_app.evidence import service, service_files, uses
from audit_app.evidence.blueprint import EVIDENCE_PAGE, blueprint
from audit_app.evidence.forms import EFFECT_HINTS, LEVEL_HINTS, NewEvidenceForm, VersionForm, offer_posts
from audit_app.evidence.given import TakenFile
from audit_app.evidence.guards import HOLDERS
from audit_app.evidence.hooks import Thing
from audit_app.evidence.proving import queries as things
from audit_app.evidence.proving import service as proving
from audit_app.evidence.queries import get_evidence
from audit_app.evidence.routes_page import HOW, address_of, show
from audit_app.evidence.states import Held
from audit_app.evidence.tables import EVIDENCE, Evidence
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.outside import outside_transaction
from audit_app.words import Ours
from findings.references import reference

TITLES = {
    Held.here: "Add a file as evidence",
    Held.link: "Add a link as evidence",
    Held.elsewhere: "Say where evidence is held",
}


@blueprint.get("/<authority:authority>/evidence/add")
@allow(*HOLDERS)
def choose_how() -> ResponseReturnValue:
    return render_template("evidence/choose_how.html", thing=asked_for(), proves=request.args.get("proves", ""))


def asked_for() -> Thing | None:
    """The thing it is to prove, where the address names one this person may add to."""
    named = request.args.get("proves", "")[:100]
    return things.thing_to_attach_to(g.session, g.authority.id, named) if named else None


@blueprint.route("/<authority:authority>/evidence/add/<any(file,link,elsewhere):how>", methods=["GET", "POST"])
@allow(*HOLDERS, uploads=True, tells_oversize=True)
def add_evidence(how: str) -> ResponseReturnValue:
    held, thing = HOW[how], asked_for()
    form = _new_form(held, thing)
    made: list[Evidence] = []
    if sent(form) and accepted(form, lambda: made.append(_add(form, held, thing))):
        say(f"{reference(EVIDENCE, made[0].number)} added.")
        back = address_of(thing.reference) if thing else ""
        return redirect(back or url_for(".show_evidence", number=made[0].number), 303)
    return show(
        "form", form, title=TITLES[held], held=held, thing=thing, level_hints=LEVEL_HINTS, effect_hints=EFFECT_HINTS,
        back=url_for(".choose_how", proves=thing.reference if thing else None),
    )  # fmt: skip


def _new_form(held: Held, thing: Thing | None) -> NewEvidenceForm:
    start: dict[str, Any] = {"made_on": g.scope.today, "renewal": "never", "part": "", "owner_post_id": own_post()}
    if thing is not None:
        start["part"] = uses.part_of(thing.reference)
    form = forms.filled(NewEvidenceForm, **start)
    form.only(held)
    del form.why
    offer_posts(form, people.list_posts(g.session, g.scope.today))
    offer_parts(form, thing.reference if thing else "")
    return form


def own_post() -> str:
    return str(min(g.scope.own_posts)) if g.scope.own_posts else ""


def offer_parts(form: Any, named: str) -> None:
    """What of a thing can be proved apart; without a choice the field goes."""
    parts = uses.PARTS_OF.get(uses.prefix_of(named), ())
    if not named:
        del form.proves
    if not parts:
        del form.part
        return
    form.part.choices = forms.choices((part, uses.PARTS[part].capitalize()) for part in ("", *parts))


def _add(form: NewEvidenceForm, held: Held, thing: Thing | None) -> Evidence:
    row = service.add_evidence(
        g.session, g.authority.id, form.said(), form.given(held, _file(held)), config=current_app.config,
        **by_whom(today=g.scope.today),
    )  # fmt: skip
    if thing is not None:
        proves = {"proves": form.proves.data or "", **by_whom()}
        proving.attach(g.session, g.authority.id, row.number, part_chosen(form, thing.reference), **proves)
    return row


def part_chosen(form: Any, named: str) -> str:
    """The reference with the part that was chosen; as it was where there was nothing to choose."""
    if "part" not in form:
        return named
    return "/".join(filter(None, (uses.thing_of(named), form.part.data)))


def _file(held: Held) -> TakenFile | None:
    """The file that was sent, looked into; what was left out of it is told on the next page."""
    if held is not Held.here:
        return None
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid("file", "Choose the file")
    if g.oversize:
        given.close()
        raise Invalid("file", service_files.too_large(given.filename))
    with outside_transaction(), given.stream:
        file = service_files.put_ahead(current_app.config, service_files.take_file(given.stream, given.filename))
    if file.left_out:
        say(file.left_out, "notice")
    return file


@blueprint.route(f"{EVIDENCE_PAGE}/new-version/<any(file,link,elsewhere):how>", methods=["GET", "POST"])
@allow(*HOLDERS, uploads=True, tells_oversize=True)
def renew_evidence(number: int, how: str) -> ResponseReturnValue:
    row, held = get_evidence(g.session, g.authority.id, number), HOW[how]
    if not service.may_change(g.session, row):
        raise NotAllowed("You can renew evidence that you added or own. This is somebody else’s.")
    form = forms.filled(VersionForm, made_on=g.scope.today, revision=row.revision)
    form.only(held)
    back = url_for(".show_evidence", number=number)
    try:
        if sent(form) and accepted(form, lambda: _renew(number, form, held)):
            say(Ours("New version added. What was signed on the old one stays on the old one."))
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), back, more=_newer(stale.current))
    title = f"A new version of {reference(EVIDENCE, number)}"
    return show("version", form, title=title, held=held, row=row, back=back, number=number)


def _newer(row: Any) -> list[tuple[str, str]]:
    return [("Newest version", str(row.current_version)), ("Title", row.title)]


def _renew(number: int, form: VersionForm, held: Held) -> None:
    service.renew_evidence(
        g.session, g.authority.id, number, form.given(held, _file(held)), revision=form.seen_revision(),
        config=current_app.config, **by_whom(today=g.scope.today),
    )  # fmt: skip
