"""Pages of the evidence folder: its index, one entry, and the forms that change it."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import NotAllowed, Stale
from audit_app.evidence.blueprint import ENTRY_PAGE, blueprint
from audit_app.evidence.folder import queries, service
from audit_app.evidence.folder.forms import EntryForm
from audit_app.evidence.folder.starter import STARTER
from audit_app.evidence.forms import ReasonForm, offer_posts
from audit_app.evidence.guards import READERS
from audit_app.evidence.pieces import queries as pieces
from audit_app.evidence.proving import queries as things
from audit_app.evidence.routes_page import of_today, show
from audit_app.evidence.tables import FOLDER, FolderEntry
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import allow
from audit_app.people.access.door import by_whom, say
from findings.references import reference


@blueprint.get("/<authority:authority>/evidence-folder")
@allow(*READERS)
def show_folder() -> ResponseReturnValue:
    entries = queries.folder_of(g.session, g.authority.id, **of_today())
    return render_template(
        "evidence/folder/index.html", entries=entries, starter=STARTER, may_write=g.scope.has(*service.WRITERS),
        missing=sum(1 for entry in entries if entry.missing), pages=sum(entry.pages for entry in entries),
    )  # fmt: skip


@blueprint.post("/<authority:authority>/evidence-folder/begin")
@allow(*service.WRITERS)
def begin_folder() -> ResponseReturnValue:
    made = service.begin_folder(g.session, g.authority.id, **by_whom())
    say(f"The folder has been begun with {len(made)} entries. Name their owners next.")
    return redirect(url_for(".show_folder"), 303)


@blueprint.get(ENTRY_PAGE)
@allow(*READERS)
def show_entry(number: int) -> ResponseReturnValue:
    row = queries.get_entry(g.session, g.authority.id, number)
    name = reference(FOLDER, number)
    return render_template(
        "evidence/folder/entry.html",
        view=queries.views_of(g.session, g.authority.id, [row], **of_today())[0],
        may_change=service.may_change(g.session, row) and row.removed_at is None,
        may_remove=g.scope.has(*service.WRITERS),
        may_attach=things.may_attach_to(g.session, g.authority.id, name),
        history=pieces.history_of(g.session, g.authority.id, name),
        **of_today(),
    )  # fmt: skip


def _offer(form: EntryForm, kept: tuple[int | None, str] = (None, "")) -> EntryForm:
    offer_posts(form, people.list_posts(g.session, g.scope.today), kept)
    return form


@blueprint.route("/<authority:authority>/evidence-folder/new", methods=["GET", "POST"])
@allow(*service.WRITERS, creates=True)
def new_entry() -> ResponseReturnValue:
    form = _offer(forms.filled(EntryForm, renewal="yearly", status="to_collect", level="2"))
    made: list[FolderEntry] = []
    if sent(form) and accepted(
        form,
        lambda: made.append(
            service.add_entry(g.session, g.authority.id, **form.given(), **by_whom(today=g.scope.today))
        ),
    ):
        say(f"{reference(FOLDER, made[0].number)} added.")
        return redirect(url_for(".show_entry", number=made[0].number), 303)
    return show("folder/form", form, title="Add an entry to the evidence folder", back=url_for(".show_folder"))


def _own(number: int) -> FolderEntry:
    row = queries.get_entry(g.session, g.authority.id, number)
    if not service.may_change(g.session, row):
        raise NotAllowed("You can change entries that your post owns. This is somebody else’s.")
    return row


@blueprint.route(f"{ENTRY_PAGE}/change", methods=["GET", "POST"])
@allow(*READERS)
def change_entry(number: int) -> ResponseReturnValue:
    row = _own(number)
    names = ("title", "position", "source", "renewal", "refresh_on", "status", "pages_said", "note", "revision")
    start: dict[str, Any] = {name: getattr(row, name) for name in names}
    start |= {"level": str(row.level), "owner_post_id": str(row.owner_post_id or "")}
    form = _offer(forms.filled(EntryForm, **start), (row.owner_post_id, row.owner_post_title))
    back = url_for(".show_entry", number=number)
    try:
        if sent(form) and accepted(form, lambda: _change(number, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale as stale:
        return stale_page(saved_beside_typed(stale.current, form), url_for(".change_entry", number=number))
    return show("folder/form", form, title=f"Change {reference(FOLDER, number)}", back=back)


def _change(number: int, form: EntryForm) -> None:
    given = {**form.given(), "revision": form.seen_revision(), **by_whom(today=g.scope.today)}
    service.correct_entry(g.session, g.authority.id, number, **given)


@blueprint.post(f"{ENTRY_PAGE}/refreshed")
@allow(*READERS)
def refresh_entry(number: int) -> ResponseReturnValue:
    given = {"revision": _own(number).revision, **by_whom(today=g.scope.today)}
    service.refresh_entry(g.session, g.authority.id, number, **given)
    say("Marked as ready and looked through today.")
    return redirect(url_for(".show_entry", number=number), 303)


@blueprint.route(f"{ENTRY_PAGE}/take-out", methods=["GET", "POST"])
@allow(*service.WRITERS)
def remove_entry(number: int) -> ResponseReturnValue:
    form = forms.filled(ReasonForm, revision=_own(number).revision)
    given = {"reason": form.reason.data or "", "revision": form.seen_revision(), **by_whom()}
    write = service.remove_entry
    if sent(form) and accepted(form, lambda: write(g.session, g.authority.id, number, **given)):
        say("Taken out of the folder. The evidence that was under it stays.")
        return redirect(url_for(".show_folder"), 303)
    title = f"Take {reference(FOLDER, number)} out of the folder"
    hint = "The entry stays on record, and so does the evidence under it."
    back = url_for(".show_entry", number=number)
    return show("reason", form, title=title, back=back, save="Take it out", hint=hint)
