"""Pages of legal holds: the list, placing one, its page, changing it and lifting it."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.errors import Stale
from audit_app.form_pages import accepted, form_page, saved_beside_typed, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.records.blueprint import RECORDS_PAGE, blueprint
from audit_app.records.holds import queries, service
from audit_app.records.holds.forms import ChangeForm, LiftForm, PlaceForm
from audit_app.records.holds.wording import what_is_held
from audit_app.records.kinds import KINDS
from audit_app.records.tables import HOLD, HeldKind, LegalHold
from audit_app.records.things import months_after
from audit_app.words import Ours
from findings.references import reference

HOLD_PAGE = f'{RECORDS_PAGE}/holds/<ref("HLD"):number>'
REVIEW_MONTHS = 6
CHOOSE = "Choose"


@blueprint.get(f"{RECORDS_PAGE}/holds")
@allow(Role.qa_manager, Role.leader)
def holds() -> ResponseReturnValue:
    rows = queries.list_holds(g.session, g.authority.id)
    names = _names(rows)
    lines = [(row, reference(HOLD, row.number), what_is_held(row, names)) for row in rows]
    return render_template("records/holds/list.html", lines=lines, today=clock.today())


@blueprint.route(f"{RECORDS_PAGE}/holds/new", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader, creates=True)
def place_hold() -> ResponseReturnValue:
    today = clock.today()
    form = forms.filled(PlaceForm, **_asked(), held_from=today, review_on=months_after(today, REVIEW_MONTHS))
    form.kind.choices = forms.choices(((kind.code, kind.name) for kind in KINDS), first=CHOOSE)
    staff = people.list_people_views(g.session, today)
    form.person.choices = forms.choices(((person.id, person.name) for person in staff), first=CHOOSE)
    made: list[LegalHold] = []
    if sent(form) and accepted(form, lambda: made.append(_place(form))):
        name = reference(HOLD, made[0].number)
        say(Ours(f"{name} is placed. Nothing it is on can be removed until it is lifted."))
        return redirect(url_for(".show_hold", number=made[0].number), 303)
    return form_page("records/holds/place.html", form)


def _asked() -> dict[str, Any]:
    """What the page one came from was about."""
    name = request.args.get("on", "")
    return {"held": HeldKind.thing.value, "target": name} if name else {}


def _place(form: PlaceForm) -> LegalHold:
    held = HeldKind(form.held.data)
    fields = {HeldKind.kind: form.kind, HeldKind.person: form.person}
    target = (fields.get(held) or form.target).data or ""
    return service.place(
        g.session, g.authority.id, held=held, target=target, reason=form.reason.data or "",
        held_from=form.held_from.data or clock.today(), review_on=form.review_on.data or clock.today(), **by_whom(),
    )  # fmt: skip


@blueprint.get(HOLD_PAGE)
@allow(Role.qa_manager, Role.leader)
def show_hold(number: int) -> ResponseReturnValue:
    row = queries.get_hold(g.session, g.authority.id, number)
    names = _names([row])
    return render_template(
        "records/holds/show.html", row=row, reference=reference(HOLD, number), what=what_is_held(row, names),
        names=names, today=clock.today(),
    )  # fmt: skip


@blueprint.route(f"{HOLD_PAGE}/change", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def change_hold(number: int) -> ResponseReturnValue:
    row = queries.get_hold(g.session, g.authority.id, number)
    form = forms.filled(ChangeForm, reason=row.reason, review_on=row.review_on, revision=str(row.revision))
    given = {"seen": form.seen_revision(), **by_whom()}
    try:
        if sent(form) and accepted(form, lambda: service.change(
            g.session, g.authority.id, number, reason=form.reason.data or "",
            review_on=form.review_on.data or row.review_on, **given,
        )):  # fmt: skip
            say(Ours("Saved."))
            return redirect(url_for(".show_hold", number=number), 303)
    except Stale:
        return stale_page(saved_beside_typed(row, form), url_for(".show_hold", number=number))
    return form_page("records/holds/change.html", form, row=row, reference=reference(HOLD, number))


@blueprint.route(f"{HOLD_PAGE}/lift", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def lift_hold(number: int) -> ResponseReturnValue:
    row = queries.get_hold(g.session, g.authority.id, number)
    form = forms.filled(LiftForm)
    given = {"reason": form.reason.data or "", **by_whom()}
    if sent(form) and accepted(form, lambda: service.lift(g.session, g.authority.id, number, **given)):
        say(Ours(f"{reference(HOLD, number)} is lifted."))
        return redirect(url_for(".show_hold", number=number), 303)
    return form_page("records/holds/lift.html", form, row=row, reference=reference(HOLD, number))


def _names(rows: Any) -> dict[int, str]:
    ids = {row.placed_by for row in rows} | {row.lifted_by for row in rows}
    ids |= {int(row.target) for row in rows if row.held is HeldKind.person and row.target}
    return people.names_of(g.session, ids - {None})
