"""Pages of a council's own question sets: the list, one set, begun, offered, published, retired."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.form_pages import blame, sent
from audit_app.library import queries_sets
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets import copying, editing, queries, service, short_names, soundness
from audit_app.library.own_sets.forms import ConfirmForm, NoteForm, ReasonForm, StartForm
from audit_app.library.own_sets.service import NotSound
from audit_app.library.product_editions import edition_named
from audit_app.library.routes_showing import OWN, READERS, changed, may_read, show
from audit_app.library.tables import VersionState
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import Invalid, NotFound, Stale

NOTHING = "nothing"


@blueprint.get("/<authority:authority>/library/own-sets")
@allow(*READERS)
def own_sets() -> ResponseReturnValue:
    """Every set of the council's own."""
    sets = queries.list_sets(g.session, g.authority.id)
    return show("own_sets/list", sets=sets, may_write=g.scope.has(Role.qa_manager))


@blueprint.route("/<authority:authority>/library/own-sets/new", methods=["GET", "POST"])
@allow(Role.qa_manager)
def start_own_set() -> ResponseReturnValue:
    """Begin a set: from nothing, or as a copy of one that exists."""
    form = forms.filled(StartForm, begin_as=request.args.get("from", ""))
    begins = _beginnings()
    form.begin_as.choices = forms.choices([(key, words) for key, words, *_ in begins], first="Nothing: an empty set")
    if sent(form):
        try:
            return _started(form, begins)
        except Invalid as fault:
            blame(form.title, fault.message)
    return show("own_sets/start", form)


def _beginnings() -> list[tuple[str, str, Any, Any]]:
    """Every set a new one may begin as: key, words, its longest length, its core."""
    beginnings = []
    for lengths in queries_sets.offered(g.session, g.authority.id, g.scope.today):
        by_length = {questions.length: questions for questions in lengths}
        full = by_length.get("full") or lengths[-1]
        # Where core and full are one, full is offered alone; what is copied still says what is in the core.
        core = queries_sets.find_set(g.session, full.edition_id, full.id, "core")
        words = f"{full.title} ({edition_named(full.edition_id)}, {len(full.questions)} questions)"
        beginnings.append((f"{full.edition_id}/{full.id}", words, full, core))
    return beginnings


def _started(form: StartForm, begins: list[tuple[str, str, Any, Any]]) -> ResponseReturnValue:
    key = short_names.own_key(form.title.data, _taken())
    about = {"title": form.title.data, "purpose": form.purpose.data, "key": key, "publisher": g.authority.name[:300]}
    chosen = next((beginning for beginning in begins if beginning[0] == form.begin_as.data), None)
    own = copying.copied(chosen[2], chosen[3], **about) if chosen else editing.empty(**about)
    made = service.start_set(g.session, g.authority.id, own, came_from=chosen[0] if chosen else NOTHING, **by_whom())
    say(words.Ours("Your question set is begun as a draft. Nobody can audit with it until it is published."))
    return redirect(url_for(".own_draft", number=made.set_number), 303)


def _taken() -> set[str]:
    return {view.key for view in queries.list_sets(g.session, g.authority.id)}


@blueprint.get(OWN)
@allow(*READERS)
def own_set(number: int) -> ResponseReturnValue:
    """One set: its versions, and what can be done with it."""
    view = queries.get_set(g.session, g.authority.id, number)
    versions = [line for line in view.versions if may_read(line)]
    return show(
        "own_sets/show", view=view, versions=versions, may_write=g.scope.has(Role.qa_manager),
        may_publish=_may_publish(view), printable=_printable(view),
    )  # fmt: skip


def _printable(view: queries.SetView) -> set[int]:
    """The versions a blank form can be printed of: what is published is sound, a draft may have faults yet."""
    printable = {line.version for line in view.versions if line.state is VersionState.published}
    if view.open_version is not None:
        own = queries.document_of(g.session, g.authority.id, view.number, view.open_version.version)
        printable |= set() if soundness.complaints(own) else {view.open_version.version}
    return printable


def _may_publish(view: queries.SetView) -> bool:
    """A second person: whoever wrote in the draft or offered it may not."""
    line = view.open_version
    if line is None or line.state is not VersionState.offered or not g.scope.has(Role.qa_manager, Role.leader):
        return False
    wrote = queries.writers_of_draft(g.session, g.authority.id, view.number)
    return g.person.person_id not in {line.saved_by, line.offered_by, *wrote}


@blueprint.post(f"{OWN}/new-version")
@allow(Role.qa_manager)
def start_own_version(number: int) -> ResponseReturnValue:
    """Begin the next version."""
    made = service.start_version(g.session, g.authority.id, number, **by_whom())
    say(words.Ours(f"Version {made.version} is begun as a draft. Audits in progress go on with the version they have."))
    return redirect(url_for(".own_draft", number=number), 303)


@blueprint.route(f"{OWN}/offering", methods=["GET", "POST"])
@allow(Role.qa_manager)
def offer_own_set(number: int) -> ResponseReturnValue:
    """Ask a second person to publish the draft."""
    view, own = _open(number)
    form = forms.filled(NoteForm)
    if sent(form):
        try:
            service.offer(g.session, g.authority.id, number, form.note.data, **by_whom())
        except NotSound:
            return redirect(url_for(".own_draft", number=number), 303)
        say("The draft now waits for a second person to publish it: another QA manager, or a leader.")
        return redirect(url_for(".own_set", number=number), 303)
    return show("own_sets/offer", form, view=view, own=own, faults=soundness.hindrances(own))


@blueprint.route(f"{OWN}/publishing", methods=["GET", "POST"])
@allow(Role.qa_manager, Role.leader)
def publish_own_set(number: int) -> ResponseReturnValue:
    """Read what is offered, then publish it: frozen from then on."""
    view, own = _open(number)
    line = view.open_version
    form = forms.filled(ConfirmForm, revision=str(line.revision if line else 0))
    refusal = ""
    if request.method == "POST":
        try:
            made = service.publish(g.session, g.authority.id, number, seen=form.seen_revision(), **by_whom())
            say(words.Ours(f"Version {made.version} is published and frozen. New audits can be made from it."))
            return redirect(url_for(".own_set", number=number), 303)
        except Stale:
            refusal = "Somebody changed this draft since you opened the page. Read it again before you publish it."
            form.revision.data = str(line.revision if line else 0)
        except NotSound:
            refusal = "This draft has faults, so it was not published. They are listed on the page of the draft."
    before = view.published
    earlier = queries.document_of(g.session, g.authority.id, number, before.version) if before else None
    return show(
        "own_sets/publish", form, view=view, own=own, line=line, refusal=refusal, may=_may_publish(view),
        told=changed(earlier, own) if earlier else None,
    )  # fmt: skip


def _open(number: int) -> tuple[queries.SetView, Any]:
    view = queries.get_set(g.session, g.authority.id, number)
    if view.open_version is None:
        raise NotFound("This set has no draft.")
    return view, queries.document_of(g.session, g.authority.id, number, view.open_version.version)


@blueprint.post(f"{OWN}/withdrawal")
@allow(Role.qa_manager)
def withdraw_own_draft(number: int) -> ResponseReturnValue:
    """Give the draft up."""
    made = service.withdraw_draft(g.session, g.authority.id, number, **by_whom())
    say(f"The draft of version {made.version} is withdrawn. It stays readable in the list of versions.")
    return redirect(url_for(".own_set", number=number), 303)


@blueprint.route(f"{OWN}/retirement", methods=["GET", "POST"])
@allow(Role.qa_manager)
def retire_own_set(number: int) -> ResponseReturnValue:
    """No new audits are made from the set."""
    view = queries.get_set(g.session, g.authority.id, number)
    form = forms.filled(ReasonForm)
    if sent(form):
        service.retire(g.session, g.authority.id, number, form.reason.data, **by_whom())
        say(words.Ours("The set is retired. Audits made from it go on and read as they did."))
        return redirect(url_for(".own_set", number=number), 303)
    return show("own_sets/retire", form, view=view)


@blueprint.post(f"{OWN}/return")
@allow(Role.qa_manager)
def bring_back_own_set(number: int) -> ResponseReturnValue:
    """Offer a retired set for new audits again."""
    service.bring_back(g.session, g.authority.id, number, **by_whom())
    say(words.Ours("The set is offered for new audits again."))
    return redirect(url_for(".own_set", number=number), 303)


@blueprint.get(f"{OWN}/versions/<int:version>")
@allow(*READERS)
def own_version(number: int, version: int) -> ResponseReturnValue:
    """One version as it reads, published or not."""
    view = queries.get_set(g.session, g.authority.id, number)
    own = queries.document_of(g.session, g.authority.id, number, version)
    line = next(line for line in view.versions if line.version == version)
    if not may_read(line):
        raise NotFound("There is no such version.")
    return render_template("library/own_sets/version.html", view=view, own=own, line=line)
