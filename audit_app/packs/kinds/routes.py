"""Pages of kinds: those there are, what goes into a pack, and the council's own."""

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import frameworks
from audit_app import clock, forms, words
from audit_app.errors import Invalid, NotFound, Stale
from audit_app.form_pages import accepted, form_page, saved_beside_typed, sent, stale_page
from audit_app.library import product_editions
from audit_app.packs import editions
from audit_app.packs.blueprint import blueprint
from audit_app.packs.disclosure import levels
from audit_app.packs.kinds import queries, queries_gathering, refusals, service, shipped
from audit_app.packs.kinds.asked import chosen_in, in_address
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.forms import ChooseForm, OwnKindForm, name_of, own_kind_form
from audit_app.packs.kinds.kind import Kind, could_have, may_tick, with_fixed
from audit_app.packs.kinds.sections import SECTIONS, Asks
from audit_app.packs.kinds.typed_references import audits_in
from audit_app.packs.tables import KIND, PackKind
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.references import reference

KINDS = "/<authority:authority>/packs/kinds"
KIND_PAGE = KINDS + '/<ref("KND"):number>'


@blueprint.get(KINDS)
@allow(Role.qa_manager)
def list_kinds() -> ResponseReturnValue:
    authority_id = g.authority.id
    return render_template(
        "packs/kinds/list.html",
        shipped=shipped.shipped(),
        own=[(row, queries.kind_of(row)) for row in queries.list_own(g.session, authority_id)],
        retired=queries.list_own(g.session, authority_id, retired=True),
        names=levels.NAMES,
        reference=lambda row: reference(KIND, row.number),
    )


@blueprint.route(KINDS + "/choose", methods=["GET", "POST"])
@allow(Role.qa_manager)
def choose() -> ResponseReturnValue:
    """What goes into a pack of a kind; where it is not chosen yet, its standard."""
    kind = queries.get_kind(g.session, g.authority.id, request.args.get("kind", shipped.whole().key))
    edition = edition_asked()
    given = chosen_in(request.args.to_dict(flat=False), kind)
    form = choose_form(kind, given, edition)
    asked: list[Choices] = []
    if sent(form) and accepted(form, lambda: asked.append(checked(form, kind, edition))):
        more: dict[str, Any] = {"edition": edition.id, "version-of": request.args.get("version-of") or None}
        return redirect(url_for(".new_pack", **{**in_address(asked[0]), **more}), 303)
    return form_page(
        "packs/kinds/choose.html", form, kind=kind, Asks=Asks, edition=edition, editions=other_editions(edition)
    )


def edition_asked() -> frameworks.Edition:
    """The framework whose areas are offered."""
    wanted = request.args.get("edition", "")
    known = {edition.id: edition for edition in editions.printable()}
    return known.get(wanted) or frameworks.edition(editions.offered_first(clock.today()))


def other_editions(edition: frameworks.Edition) -> list[tuple[str, str]]:
    """The other frameworks, each with the address of this page for it."""
    kept: dict[str, Any] = {
        name: request.args.getlist(name) for name in request.args if name not in ("edition", "area")
    }
    return [
        (each.title, url_for(".choose", **{**kept, "edition": each.id}))
        for each in (each for part in product_editions.apart(editions.printable(), clock.today()) for each in part)
        if each.id != edition.id
    ]


def choose_form(kind: Kind, given: Choices, edition: frameworks.Edition) -> ChooseForm:
    """The form with what may be chosen; no field stands for what the kind does not ask."""
    offered = queries.list_offered_audits(g.session, g.authority.id)
    listed = {number for number, _ in offered}
    form = forms.filled(
        ChooseForm,
        sections=[key for key in given.sections if may_tick(key)],
        areas=list(given.areas),
        audits=[str(number) for number in given.audits if number in listed],
        typed_audits=", ".join(reference("AUD", number) for number in given.audits if number not in listed),
        unanswered=given.unanswered,
        theme=given.theme,
        self_assessment=str(given.self_assessment or ""),
        since=given.since,
    )
    form.sections.choices = forms.choices((section.key, section.name) for section in kind.offered)
    form.areas.choices = forms.choices((area.id, area.name) for area in edition.areas)
    form.audits.choices = forms.choices(offered)
    form.theme.choices = forms.choices(queries.list_themes(g.session, g.authority.id))
    form.self_assessment.choices = forms.choices(queries_gathering.list_signed(g.session, g.authority.id))
    return form


def checked(form: ChooseForm, kind: Kind, edition: frameworks.Edition) -> Choices:
    """What the form chooses, refused where it cannot be whatever the audience."""
    typed, _ = audits_in(form.typed_audits.data or "")
    numbers = [int(number) for number in form.audits.data or ()]
    chosen = replace(
        chosen_in(request.args.to_dict(flat=False), kind),
        sections=with_fixed(kind, form.sections.data or ()),
        areas=tuple(form.areas.data or ()),
        audits=tuple(dict.fromkeys([*numbers, *typed])),
        unanswered=bool(form.unanswered.data),
        theme=form.theme.data or "",
        self_assessment=int(form.self_assessment.data) if (form.self_assessment.data or "").isdecimal() else None,
        since=form.since.data,
    )
    if not any(may_tick(key) for key in chosen.sections) and not kind.two_pages:
        raise Invalid("sections", "Choose one chapter at least.")
    refusals.refuse(chosen, levels.INTERNAL, edition)
    unknown = queries.unknown_audits(g.session, g.authority.id, typed)
    if unknown:
        raise Invalid("typed_audits", queries.unknown_words(unknown))
    queries.refuse_unknown(g.session, g.authority.id, chosen)
    return chosen


# --- the council's own -----------------------------------------------------------------------------------------------


@blueprint.route(KINDS + "/new", methods=["GET", "POST"])
@allow(Role.qa_manager)
def new_kind() -> ResponseReturnValue:
    base = shipped.find(request.args.get("from", shipped.whole().key))
    if base is None or base.two_pages:
        raise NotFound("There is no such kind to begin with. Choose one from the list.")
    form = kind_form(base, standard=base.standard, name="", what_for=base.what_for, level=str(base.level))
    made: list[PackKind] = []

    def write() -> None:
        made.append(service.make(g.session, g.authority.id, base.key, own_of(form), **by_whom()))

    if sent(form) and accepted_with_places(form, write):
        say(f"{made[0].name} is among the kinds of pack now.")
        return redirect(url_for(".list_kinds"), 303)
    return form_page("packs/kinds/kind.html", form, base=base, row=None, tells=tells())


@blueprint.route(KIND_PAGE, methods=["GET", "POST"])
@allow(Role.qa_manager)
def change_kind(number: int) -> ResponseReturnValue:
    row = queries.get_own(g.session, g.authority.id, number)
    base = shipped.find(row.made_from) or shipped.whole()
    standard = tuple(row.sections.split(","))
    form = kind_form(base, standard=standard, name=row.name, what_for=row.what_for, level=str(row.level),
                     revision=row.revision)  # fmt: skip
    more = {"revision": form.seen_revision(), **by_whom()}
    try:
        if sent(form) and accepted_with_places(
            form, lambda: service.change(g.session, g.authority.id, number, own_of(form), **more)
        ):
            say("Saved. Packs made before keep the kind as it was.")
            return redirect(url_for(".list_kinds"), 303)
    except Stale:
        g.session.rollback()
        saved = queries.get_own(g.session, g.authority.id, number)
        return stale_page(saved_beside_typed(saved, form), url_for(".change_kind", number=number))
    return form_page(
        "packs/kinds/kind.html", form, base=base, row=row, reference=reference(KIND, number), tells=tells()
    )


@blueprint.post(KIND_PAGE + "/retire")
@allow(Role.qa_manager)
def retire_kind(number: int) -> ResponseReturnValue:
    service.retire(g.session, g.authority.id, number, **by_whom())
    say("Retired: it is no longer offered. Packs made as it stay as they are.")
    return redirect(url_for(".list_kinds"), 303)


@blueprint.post(KIND_PAGE + "/restore")
@allow(Role.qa_manager)
def restore_kind(number: int) -> ResponseReturnValue:
    service.restore(g.session, g.authority.id, number, **by_whom())
    say("It is offered again.")
    return redirect(url_for(".list_kinds"), 303)


def kind_form(base: Kind, *, standard: tuple[str, ...], **given: Any) -> OwnKindForm:
    """The form of a kind made from one of ours, each section it has with its place."""
    possible = [section for section in could_have(base.asks) if not section.fixed]
    at = {key: place for place, key in enumerate((key for key in standard), start=1)}
    possible.sort(key=lambda section: at.get(section.key, 99))
    places = {name_of(section): at.get(section.key) for section in possible}
    return forms.filled(own_kind_form(possible), **given, **places)


def tells() -> dict[str, str]:
    """What each section tells, by the name of its field."""
    return words.ours({name_of(section): section.tells for section in SECTIONS.values()})


def own_of(form: OwnKindForm) -> service.OwnKind:
    """What the form says of the kind."""
    return service.OwnKind(form.name.data or "", form.what_for.data or "", int(form.level.data or 3), form.in_order)


def accepted_with_places(form: OwnKindForm, write: Any) -> bool:
    """The same as `accepted`, with what is refused of the sections under the first of their places."""
    return accepted(form, write, sections=form.places[0].name)
