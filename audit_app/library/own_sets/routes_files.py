"""Question sets in and out as files: the template, the upload with every fault, the confirmation, the exports."""

from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import drafts, forms, words
from audit_app.form_pages import blame, put_under, sent
from audit_app.headers import download
from audit_app.library import queries_sets
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets import files, queries, service, short_names, soundness, workbook
from audit_app.library.own_sets.editing import renamed
from audit_app.library.own_sets.files import SetFile
from audit_app.library.own_sets.forms import NEW, BringInForm, UploadForm, bring_in_form
from audit_app.library.routes_exports import PDF, XLSX, YAML, export_id
from audit_app.library.routes_showing import OWN, READERS, at_full_length, changed, may_read, show
from audit_app.library.sets import pdf as blank_form
from audit_app.library.sets import workbook as blank_workbook
from audit_app.library.terms.routes_words import own_words
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import Invalid, NotFound, OutOfTurn, Stale
from frameworks.own_sets import yaml_file as own_yaml
from frameworks.own_sets.shape import OwnSet

PREVIEW = "/<authority:authority>/library/own-sets/uploads/<string:file_hash>"
VERSION = f"{OWN}/versions/<int:version>"


@blueprint.get("/<authority:authority>/library/own-sets/template.xlsx")
@allow(Role.qa_manager)
def own_template() -> ResponseReturnValue:
    """The workbook to fill in."""
    return download(workbook.template(), filename="question-set-template.xlsx", content_type=XLSX)


@blueprint.route("/<authority:authority>/library/own-sets/uploads", methods=["GET", "POST"])
@allow(Role.qa_manager, uploads=True)
def upload_own_set() -> ResponseReturnValue:
    """Choose a file; every fault is listed, and a sound one is shown before anything is kept."""
    form = forms.filled(UploadForm)
    if request.method == "GET":
        return show("own_sets/upload", form, file=None)
    given = request.files.get("file")
    if given is None or not given.filename:
        blame(form.file, "Choose a workbook (.xlsx or .ods) or YAML (.yaml) file")
        return show("own_sets/upload", form, file=None)
    file = files.read_set_file(given.read(), given.filename)
    if file.faults:
        blame(form.file, "Nothing was brought in. Mend what is listed below and choose the file again")
        return show("own_sets/upload", form, file=file, most=files.MOST_SHOWN)
    there = url_for(".preview_own_upload", file_hash=file.sha256)
    drafts.keep(g.session, path=there, reason=drafts.FILE, now=g.now, **_mine(),
                fields=[("document", files.packed(file))])  # fmt: skip
    return redirect(there, 303)


def _mine() -> dict[str, Any]:
    return {"authority_id": g.authority.id, "person_id": g.person.person_id}


def _waiting(file_hash: str) -> SetFile:
    hours = current_app.config["KEPT_FORM_HOURS"]
    kept = drafts.find(g.session, path=request.path, now=g.now, hours=hours, **_mine())
    text = dict(kept[0]).get("document", "") if kept and kept[1].reason == drafts.FILE else ""
    file = files.unpacked(text) if text else None
    if file is None or file.sha256 != file_hash:
        raise OutOfTurn("This file is not waiting to be confirmed any more. Choose it again.")
    return file


@blueprint.route(PREVIEW, methods=["GET", "POST"])
@allow(Role.qa_manager)
def preview_own_upload(file_hash: str) -> ResponseReturnValue:
    """What the file would make: a new set, or the next words of a set somebody chose; kept on the button."""
    file = _waiting(file_hash)
    own: Any = file.own
    view = _of_that_name(own.id)
    last = view.published if view else None
    before = queries.document_of(g.session, g.authority.id, view.number, last.version) if view and last else None
    same = any(known and known.fingerprint == own.fingerprint for known in (view and view.open_version, before))
    form = _bringing_in(file, view, same=same)
    if sent(form):
        try:
            return _kept(file, view, form)
        except (Stale, OutOfTurn) as refused:
            blame(form.once, str(refused))
        except Invalid as refused:
            put_under(form, refused, id="short_name")
    return show(
        "own_sets/upload_preview", form, file=file, own=own, view=view, line=view.open_version if view else None,
        same=same, told=changed(before, own) if before else None,
    )  # fmt: skip


def _of_that_name(key: str) -> queries.SetView | None:
    row = service.find_by_key(g.session, g.authority.id, key)
    return queries.get_set(g.session, g.authority.id, row.number) if row else None


def _bringing_in(file: SetFile, view: queries.SetView | None, *, same: bool) -> BringInForm:
    """Nothing is chosen beforehand where a set has that short name already, unless the two say the same."""
    own: Any = file.own
    taken = {known.key for known in queries.list_sets(g.session, g.authority.id)}
    line = view.open_version if view else None
    form = bring_in_form(
        own, file.asked
    )(  # the file itself waits at this address, so nothing typed before is asked for here
        request.form if request.method == "POST" else None,
        revision=str(line.revision if line else 0),
        becomes=(view.key if same else "") if view else NEW,
        short_name=short_names.own_key(own.title, taken) if view else own.id,
        **{f"best_{place}": "" if scale_id in file.unsure else "last" for place, scale_id in enumerate(file.asked)},
    )
    offered = [(view.key, f"The next words of “{view.title}”, short name {view.key}")] if view else []
    form.becomes.choices = forms.choices([*offered, (NEW, "A new question set of its own")])
    return form


def _kept(file: SetFile, view: queries.SetView | None, form: BringInForm) -> ResponseReturnValue:
    """A new set; or the draft of the set that was chosen, begun now where there is none."""
    assert file.own is not None
    by, own, seen = by_whom(), form.ended(file.own), form.seen_revision()
    if form.is_new or view is None:
        named = renamed(own, form.short_name.data or "")
        made = service.start_set(g.session, g.authority.id, named, came_from=f"the {file.kind} brought in", **by)
        number = made.set_number
    else:
        number = view.number
        if view.open_version is None:
            seen = service.start_version(g.session, g.authority.id, number, **by).revision
        service.save_draft(g.session, g.authority.id, number, own, seen=seen, what=f"a {file.kind}", **by)
    drafts.discard(g.session, path=request.path, **_mine())
    kind = words.sentence_case(file.kind)
    say(words.Ours(f"{kind} brought in as a draft. Nobody can audit with it until it is published."))
    return redirect(url_for(".own_draft", number=number), 303)


def _document(number: int, version: int) -> OwnSet:
    view = queries.get_set(g.session, g.authority.id, number)
    line = next((line for line in view.versions if line.version == version), None)
    if line is None or not may_read(line):
        raise NotFound("There is no such version.")
    return queries.document_of(g.session, g.authority.id, number, version)


@blueprint.get(f"{VERSION}/set.xlsx")
@allow(*READERS)
def own_workbook(number: int, version: int) -> ResponseReturnValue:
    """A version as a workbook that can be changed and brought back."""
    own = _document(number, version)
    note = workbook.Note(export_id(), g.person.name, words.datetime_words(g.now))
    return download(workbook.exported(own, note), filename=f"{own.id}-{version}.xlsx", content_type=XLSX)


@blueprint.get(f"{VERSION}/set.yaml")
@allow(*READERS)
def own_yaml_text(number: int, version: int) -> ResponseReturnValue:
    """A version as one YAML file."""
    own = _document(number, version)
    export_id()
    return download(own_yaml.to_yaml(own).encode(), filename=f"{own.id}-{version}.yaml", content_type=YAML)


@blueprint.get(f"{VERSION}/form.pdf")
@allow(*READERS)
def own_form(number: int, version: int) -> ResponseReturnValue:
    """A version as a blank form to fill in by hand."""
    own = _document(number, version)
    _sound(own)
    questions = at_full_length(own)
    note = blank_form.Note(g.authority.name, _version_words(own, version), own_words())
    return download(blank_form.blank_form(questions, note), filename=f"{own.id}-{version}.pdf", content_type=PDF)


@blueprint.get(f"{VERSION}/form.xlsx")
@allow(*READERS)
def own_offline(number: int, version: int) -> ResponseReturnValue:
    """A version as a workbook to answer away from the network."""
    own = _document(number, version)
    _sound(own)
    # An audit takes back the form of the very questions it asks: those of the published version.
    line = next(line for line in queries.get_set(g.session, g.authority.id, number).versions if line.version == version)
    questions = queries_sets.find_set(g.session, line.edition_id, own.id, "full") or at_full_length(own)
    data = blank_workbook.blank_workbook(questions, _version_words(own, version), own_words())
    return download(data, filename=f"{own.id}-{version}-form.xlsx", content_type=XLSX)


def _version_words(own: OwnSet, version: int) -> str:
    return f"Version {version}, fingerprint {own.fingerprint[:12]}"


def _sound(own: OwnSet) -> None:
    if soundness.complaints(own):
        raise OutOfTurn("This draft has faults, so no form can be printed of it yet. They are listed on its page.")
