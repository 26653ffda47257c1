"""Pages of the council's Word templates: their versions, what a template may print, adding one, trying it out."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, forms, headers, word_files
from audit_app.errors import Invalid, NotFound
from audit_app.form_pages import accepted, sent
from audit_app.people.access import allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment.blueprint import LIST, blueprint
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.tables_outputs import WordFor
from audit_app.self_assessment.who import MANAGERS
from audit_app.self_assessment.word import example, explained, ours, queries, service
from audit_app.self_assessment.word.forms import TemplateForm
from audit_app.self_assessment.wording import WORD_FOR
from audit_app.words import listing

TEMPLATES = f"{LIST}/word-templates"
KIND = f"{TEMPLATES}/<any(whole,summary,staff,children):word_for>"
VERSION = f"{KIND}/<int:version>"
DOCX = evidence_store.MIME_TYPES[evidence_store.FileKind.docx]


@blueprint.get(TEMPLATES)
@allow(*MANAGERS)
def word_templates() -> ResponseReturnValue:
    lines = {each: queries.list_templates(g.session, g.authority.id, each) for each in example.MAKERS}
    return render_template("self_assessment/word/list.html", lines=lines, titles=WORD_FOR)


@blueprint.get(f"{KIND}/placeholders")
@allow(*MANAGERS)
def word_placeholders(word_for: str) -> ResponseReturnValue:
    kind = WordFor(word_for)
    rows = explained.listed(example.of(kind))
    return render_template("self_assessment/word/placeholders.html", rows=rows, kind=kind, title=WORD_FOR[kind])


@blueprint.route(f"{KIND}/new", methods=["GET", "POST"])
@allow(*MANAGERS, uploads=True)
def add_word_template(word_for: str) -> ResponseReturnValue:
    kind = WordFor(word_for)
    form = forms.filled(TemplateForm)
    made: list[service.Added] = []
    if sent(form) and accepted(form, lambda: made.append(_add(kind, form))):
        say(f"Version {made[0].row.version} was tried out and is used from now on.")
        if made[0].to_look_at:
            say(
                f"Every document made with it will print these words of its own: {listing(made[0].to_look_at)}.",
                "notice",
            )
        return redirect(url_for(".word_templates"), 303)
    return show("word/new", form, kind=kind, title=WORD_FOR[kind], back=url_for(".word_templates"))


def _add(kind: WordFor, form: TemplateForm) -> service.Added:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid("file", "Choose the template")
    with given.stream:
        return service.add_template(
            g.session, current_app.config, g.authority.id, kind, stream=given.stream, filename=given.filename,
            note=form.note.data or "", council=g.council_known(), **by_whom(),
        )  # fmt: skip


@blueprint.post(f"{VERSION}/set-aside")
@allow(*MANAGERS)
def set_aside_word_template(word_for: str, version: int) -> ResponseReturnValue:
    service.set_aside(g.session, g.authority.id, WordFor(word_for), version, **by_whom())
    say(f"Version {version} is set aside. It is kept, and no more documents are made with it.")
    return redirect(url_for(".word_templates"), 303)


@blueprint.get(VERSION)
@allow(*MANAGERS)
def download_word_template(word_for: str, version: int) -> ResponseReturnValue:
    """One version as it was brought; version 0 is ours, to start from."""
    kind = WordFor(word_for)
    if version == 0:
        return headers.download(ours.template(kind), filename=f"{kind}-template.docx", content_type=DOCX)
    row = queries.get_template(g.session, g.authority.id, kind, version)
    data = evidence_store.read_file(current_app.config, row.sha256)
    return headers.download(data, filename=f"{kind}-template-{version}.docx", content_type=DOCX)


@blueprint.get(f"{VERSION}/example")
@allow(*MANAGERS)
def word_template_example(word_for: str, version: int) -> ResponseReturnValue:
    """The document a version makes of the example."""
    kind = WordFor(word_for)
    row = queries.get_template(g.session, g.authority.id, kind, version) if version else None
    data = evidence_store.read_file(current_app.config, row.sha256) if row else ours.template(kind)
    try:
        document, _own_words = word_files.try_out(data, "template.docx", example.of(kind))
    except evidence_store.Refused as refusal:
        raise NotFound(refusal.message) from None
    log_read(f"word-template/{kind}/{version}/example")
    return headers.download(document, filename=f"{kind}-example.docx", content_type=DOCX)
