"""The papers for those who answer for data protection: each as page and as Word file, and what the council says."""

from collections.abc import Callable

from flask import abort, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, forms, headers, history
from audit_app.errors import Stale
from audit_app.form_pages import accepted, form_page, sent, stale_page
from audit_app.library.terms import queries as terms
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, plumbing, say
from audit_app.people.access.outside import finish_reading
from audit_app.records.blueprint import RECORDS_PAGE, blueprint
from audit_app.records.papers import accessibility, dpia, events, notice, queries, record, service, word
from audit_app.records.papers.blanks import BLANKS, TITLES, Kind
from audit_app.records.papers.facts import Facts
from audit_app.records.papers.forms import AnswerForm
from audit_app.records.papers.paper import Paper
from audit_app.words import Ours

PAPERS_PAGE = f"{RECORDS_PAGE}/papers"
PAPERS: dict[Kind, Callable[[Facts], Paper]] = {
    Kind.dpia: dpia.paper,
    Kind.record: record.paper,
    Kind.notice: notice.paper,
    Kind.accessibility: accessibility.paper,
}
DOCX = evidence_store.MIME_TYPES[evidence_store.FileKind.docx]
READERS = (Role.qa_manager, Role.leader)


def _facts() -> Facts:
    return queries.facts_of(g.session, g.authority, current_app.config, g.scope.today)


def _kind(name: str) -> Kind:
    if name not in set(Kind):
        abort(404)
    return Kind(name)


@blueprint.get(PAPERS_PAGE)
@allow(*READERS)
def papers() -> ResponseReturnValue:
    facts = _facts()
    listed = [(kind, TITLES[kind], facts.unanswered(kind)) for kind in Kind]
    answers = [facts.statement(key) for key in BLANKS]
    writes = g.scope.has(Role.qa_manager)
    return render_template("records/papers/index.html", papers=listed, answers=answers, writes=writes)


@blueprint.get(f"{PAPERS_PAGE}/<string:paper_kind>")
@allow(*READERS)
def paper(paper_kind: str) -> ResponseReturnValue:
    kind = _kind(paper_kind)
    made = PAPERS[kind](_facts())
    return render_template("records/papers/paper.html", paper=made, writes=g.scope.has(Role.qa_manager))


@blueprint.get(f"{PAPERS_PAGE}/<string:paper_kind>/word")
@allow(*READERS)
def paper_file(paper_kind: str) -> ResponseReturnValue:
    kind = _kind(paper_kind)
    facts, own = _facts(), terms.own_words(g.session, g.authority.id)
    finish_reading()
    data = word.document(
        PAPERS[kind](facts), lambda text: own.say(text) if isinstance(text, Ours) else text, facts.today.isoformat()
    )
    with plumbing("a paper is taken out") as session:
        history.note(session, events.TAKEN_OUT, authority_id=g.authority.id, facts={"paper": kind.value}, **by_whom())
    return headers.download(data, filename=f"{kind}-{g.authority.key}-{facts.today}.docx", content_type=DOCX)


@blueprint.route(f"{PAPERS_PAGE}/answers/<string:blank_key>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def answer(blank_key: str) -> ResponseReturnValue:
    if blank_key not in BLANKS:
        abort(404)
    blank, given = BLANKS[blank_key], queries.answers_of(g.session, g.authority.id).get(blank_key)
    form = forms.filled(AnswerForm, text=given.text if given else "", revision=str(given.revision if given else 0))
    form.text.label.text = blank.question
    typed = form.text.data or ""
    try:
        if sent(form) and accepted(
            form,
            lambda: service.answer(g.session, g.authority.id, blank_key, typed, seen=form.seen_revision(), **by_whom()),
        ):
            say(Ours("Answer saved. The papers print it from now on."))
            return redirect(url_for(".papers"), 303)
    except Stale:
        return stale_page(
            [(str(blank.question), given.text if given else "", typed)], url_for(".answer", blank_key=blank_key)
        )
    return form_page("records/papers/answer.html", form, blank=blank, titles=TITLES)
