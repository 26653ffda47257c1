"""Pages of evidence packs: the list, asking for one, how far it is, reading it, its files and its key list."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import frameworks
from audit_app import clock, evidence_store, forms, headers, jobs, words
from audit_app.errors import NotFound
from audit_app.form_pages import accepted, form_page, sent
from audit_app.improvement.areas import queries as areas
from audit_app.library import product_editions
from audit_app.packs import contents, editions, pdf, queries, service, workbook
from audit_app.packs.blueprint import PACK_PAGE, blueprint
from audit_app.packs.clearing import routes as clearing
from audit_app.packs.disclosure import levels, pseudonyms
from audit_app.packs.endings import routes as endings
from audit_app.packs.endings.routes import refuse_ended
from audit_app.packs.endings.standing import by_whom_ended, ended_words
from audit_app.packs.exhibits import queries as exhibits
from audit_app.packs.exhibits import routes as exhibit_routes
from audit_app.packs.forms import PackForm
from audit_app.packs.kinds import choices, shipped
from audit_app.packs.kinds import queries as kind_queries
from audit_app.packs.kinds import routes as kinds
from audit_app.packs.kinds.asked import chosen_in, in_address
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.kind import OWN
from audit_app.packs.kinds.sections import SECTIONS
from audit_app.packs.release import queries as releases
from audit_app.packs.release import routes as release
from audit_app.packs.release import routes_copies as released_copies
from audit_app.packs.release import steps
from audit_app.packs.story import layout as story
from audit_app.packs.tables import PACK, EvidencePackRow, PackState
from audit_app.paper import charts
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.proof import needs_proof
from findings.references import number_of, reference

READERS = frozenset({Role.qa_manager, Role.leader})
NAVIGATION = (("Packs", "packs.list_packs", READERS, 60, "Evidence and packs"),)
PAGES = (clearing, endings, exhibit_routes, kinds, release, released_copies)
FILES = {
    "pdf": ("pdf_sha256", evidence_store.MIME_TYPES[evidence_store.FileKind.pdf]),
    "xlsx": ("workbook_sha256", evidence_store.MIME_TYPES[evidence_store.FileKind.xlsx]),
    "zip": ("archive_sha256", "application/zip"),
}


@blueprint.get("/<authority:authority>/packs")
@allow(*READERS)
def list_packs() -> ResponseReturnValue:
    packs = queries.list_packs(g.session, g.authority.id)
    return render_template("packs/list.html", packs=packs, names=levels.NAMES, may_build=may_build())


def may_build() -> bool:
    """Whether this person asks for packs, or only reads them."""
    return bool(g.scope.has(Role.qa_manager))


@blueprint.route("/<authority:authority>/packs/new", methods=["GET", "POST"])
@allow(Role.qa_manager)
def new_pack() -> ResponseReturnValue:
    last = version_of()
    chosen = chosen_now(last)
    form = pack_form(chosen, last)
    form.councils_marking = people.authority_settings(g.session).marking
    asked: list[EvidencePackRow] = []
    if sent(form) and accepted(form, lambda: asked.append(ask_for(form, chosen, last))):
        page = ".choose_exhibits" if form.exhibits_first.data else ".show_pack"
        return redirect(url_for(page, number=asked[0].number), 303)
    hints = words.ours({str(level): meaning for level, meaning in levels.MEANINGS.items()})
    return form_page(
        "packs/new.html", form, hints=hints, last=reference(PACK, last.number) if last else "",
        **what_goes_in(chosen, form.edition_id.data or ""),
        choose=url_for(".choose", **in_address(chosen), **version_in_address()),
    )  # fmt: skip


def version_in_address() -> dict[str, Any]:
    """Which pack the one asked for is a new version of, to be handed on in addresses."""
    return {"version-of": request.args.get("version-of") or None}


def what_goes_in(chosen: Choices, edition_id: str) -> dict[str, Any]:
    """What was chosen for a pack, in words."""
    written = str if chosen.kind.startswith(OWN) else words.Ours
    return {
        "chosen": chosen,
        "kind_name": written(chosen.name),
        "kind_what_for": written(chosen.what_for),
        "section_names": [SECTIONS[key].name for key in chosen.sections],
        "not_in": [SECTIONS[key].name for key in chosen.not_chosen],
        "chosen_pairs": choices.in_words(chosen, edition_id),
    }


def chosen_now(last: EvidencePackRow | None) -> Choices:
    """What goes in: as the address says; else as in the version before; else a whole inspection pack."""
    if "kind" in request.args:
        return chosen_in(
            request.args.to_dict(flat=False), kind_queries.get_kind(g.session, g.authority.id, request.args["kind"])
        )
    return choices.read(last.choices) if last else choices.of_kind(shipped.whole())


def ask_for(form: PackForm, chosen: Choices, last: EvidencePackRow | None) -> EvidencePackRow:
    """Ask for the pack that the form describes."""
    wish = replace(wish_of(form), replaces=last.number if last else None, chosen=chosen)
    return service.ask_for_pack(
        g.session, g.authority.id, wish, exhibits_first=bool(form.exhibits_first.data), **by_whom()
    )


def version_of() -> EvidencePackRow | None:
    """The pack that the address says a new version is made of; nothing where it says none."""
    number = number_of(request.args.get("version-of", ""), PACK)
    return queries.get_pack(g.session, g.authority.id, number) if number else None


def pack_form(chosen: Choices, last: EvidencePackRow | None) -> PackForm:
    """The form with its choices, and at first what most packs of the kind are: of the last twelve months."""
    today = clock.today()
    called = "Evidence pack" if chosen.kind == shipped.whole().key else chosen.name
    first = {
        "title": f"{called}, {words.month_words(today)}",
        "edition_id": request.args.get("edition") or editions.offered_first(today),
        "period_from": today - timedelta(days=365),
        "period_to": today,
        "level": str(kind_queries.level_of(g.session, g.authority.id, chosen.kind)),
        "destroy_on": today + timedelta(days=current_app.config["PACK_KEEP_DAYS"]),
        "author_post": areas.post_title_of(g.session, g.scope, today),
        **queries.last_control(g.session, g.authority.id),
        **last_version(last),
    }
    form = forms.filled(PackForm, **first)
    of_today, earlier = product_editions.apart(editions.printable(), today)
    form.edition_id.choices = forms.choices(
        ((edition.id, edition.title) for edition in of_today),
        earlier=[(edition.id, edition.title) for edition in earlier],
    )
    return form


def last_version(last: EvidencePackRow | None) -> dict[str, Any]:
    """What a new version begins with: everything the last one was asked with, but its approval and its days."""
    if last is None:
        return {}
    kept = ("title", "edition_id", "period_from", "purpose", "each_audit", "marking", "author_post", "owner_post",
            "circulation", "for_inspection")  # fmt: skip
    had_exhibits = bool(exhibits.rows_of(g.session, last))
    return {name: getattr(last, name) for name in kept} | {"level": str(last.level), "exhibits_first": had_exhibits}


def wish_of(form: PackForm) -> service.Wish:
    """What the form asks for."""
    given: dict[str, Any] = {name: form[name].data for name in service.Wish.__dataclass_fields__ if name in form}
    level = int(given["level"])
    marking = given["marking"] or levels.marking_of(level, form.councils_marking)
    return service.Wish(**{**given, "level": level, "marking": marking, "each_audit": bool(given["each_audit"])})


@blueprint.get(PACK_PAGE)
@allow(*READERS)
def show_pack(number: int) -> ResponseReturnValue:
    row = queries.get_pack(g.session, g.authority.id, number)
    job = jobs.find(g.session, g.authority.id, row.job_id) if row.job_id else None
    standing = releases.standing_of(g.session, row)
    names = people.names_of(g.session, standing.people_of(row))
    return render_template(
        "packs/pack.html",
        pack=row,
        reference=reference(PACK, number),
        job=job,
        running=job is not None and job.state in (jobs.JobState.waiting, jobs.JobState.running),
        edition=frameworks.edition(row.edition_id),
        level=levels.NAMES[row.level],
        meaning=words.Ours(levels.MEANINGS[row.level]),
        pseudonymous=row.level == levels.INSPECTOR,
        may_build=may_build(),
        names=names,
        me=g.person.person_id,
        standing=standing, **what_goes_in(choices.read(row.choices), row.edition_id),
        step_words=steps.WORDS[standing.step],
        replaces=reference(PACK, row.replaces) if row.replaces else "",
        ended=ended_words(row),
        by_whom_ended=by_whom_ended(row, names),
        exhibits=exhibits.standing_of(g.session, row),
    )  # fmt: skip


@blueprint.get(f"{PACK_PAGE}/read")
@allow(*READERS)
def read_pack(number: int) -> ResponseReturnValue:
    row = queries.get_pack(g.session, g.authority.id, number)
    pack = contents_of(row)
    log_read(pack.reference)
    return render_template(
        "packs/read.html", pack=pack, story=story.lay_out(pack), number=number,
        step_words=steps.WORDS[releases.standing_of(g.session, row).step],
        corrected_since=frameworks.edition(pack.edition_id).version > pack.edition_version,
    )  # fmt: skip


def contents_of(row: EvidencePackRow) -> contents.EvidencePack:
    """The frozen contents, 410 once the pack was withdrawn or destroyed, or 404 while there are none."""
    refuse_ended(row)
    if not row.contents:
        raise NotFound("This pack has no contents yet.")
    return contents.read_pack(row.contents)


@blueprint.get(f"{PACK_PAGE}/charts/<int:place>")
@allow(*READERS)
def chart(number: int, place: int) -> ResponseReturnValue:
    drawn = story.lay_out(contents_of(queries.get_pack(g.session, g.authority.id, number))).charts
    if not 1 <= place <= len(drawn):
        abort(404)
    picture = Response(charts.svg(pdf.counts_of(drawn[place - 1].counts)), content_type="image/svg+xml")
    picture.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return picture


@blueprint.get(f"{PACK_PAGE}/files/<any(pdf,xlsx,zip):kind>")
@allow(*READERS)
def download(number: int, kind: str) -> ResponseReturnValue:
    row = queries.get_pack(g.session, g.authority.id, number)
    refuse_ended(row)
    if row.state is not PackState.ready:
        raise NotFound("This pack is not ready yet.")
    column, content_type = FILES[kind]
    data = evidence_store.stream(current_app.config, getattr(row, column))
    name = reference(PACK, number)
    log_read(name)
    log_read(f"{name}/{kind}")
    return headers.download(data, filename=f"{name}.{kind}", content_type=content_type)


@blueprint.get(f"{PACK_PAGE}/key-list")
@allow(Role.qa_manager)
def key_list(number: int) -> ResponseReturnValue:
    row = queries.get_pack(g.session, g.authority.id, number)
    refuse_ended(row)
    if not row.key_list or row.level != levels.INSPECTOR:
        raise NotFound("This pack has no key list.")
    if (asked := needs_proof(url_for(".show_pack", number=number))) is not None:
        return asked
    name = reference(PACK, number)
    keys = pseudonyms.read_key_list(row.key_list)
    cases = queries.cases_of(g.session, g.authority.id, keys.values())
    data = workbook.key_list(name, keys, cases, now=g.now, marking=row.marking)
    log_read(f"{name}/key-list")
    return headers.download(data, filename=f"{name}-key-list.xlsx", content_type=FILES["xlsx"][1])


@blueprint.post(f"{PACK_PAGE}/stop")
@allow(Role.qa_manager)
def stop(number: int) -> ResponseReturnValue:
    service.stop(g.session, g.authority.id, number, **by_whom())
    say("The pack will stop at the next page.")
    return redirect(url_for(".show_pack", number=number), 303)


@blueprint.post(f"{PACK_PAGE}/build")
@allow(Role.qa_manager)
def build_again(number: int) -> ResponseReturnValue:
    service.ask_again(g.session, g.authority.id, number, **by_whom())
    return redirect(url_for(".show_pack", number=number), 303)
