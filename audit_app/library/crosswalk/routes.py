"""Pages of the crosswalk: its lines, the doubts about them, and the lines as a workbook."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import frameworks
from audit_app import forms
from audit_app.form_pages import sent
from audit_app.headers import download
from audit_app.library import product_editions, queries
from audit_app.library.blueprint import blueprint
from audit_app.library.crosswalk import queries as doubts_queries
from audit_app.library.crosswalk import service
from audit_app.library.crosswalk.forms import AnswerForm, DoubtForm
from audit_app.library.editions import workbook as edition_workbook
from audit_app.library.routes_exports import XLSX, export_id
from audit_app.library.routes_showing import READERS, show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import NotFound
from frameworks import reader
from frameworks.crosswalk_file import Crossing


def _chosen() -> tuple[str, list[Crossing]]:
    edition_id = request.args.get("edition", "")[:80]
    known = {edition.id for edition in frameworks.editions()}
    if edition_id in known:
        return edition_id, queries.crossings_of(edition_id)
    return "", list(reader.crosswalk_file().lines)


@blueprint.get("/<authority:authority>/library/crosswalk")
@allow(*READERS)
def crosswalk_page() -> ResponseReturnValue:
    """The lines of the crosswalk, of one edition or all."""
    chosen, lines = _chosen()
    of_today, earlier = product_editions.apart(frameworks.editions(), g.scope.today)
    return render_template(
        "library/crosswalk/show.html", chosen=chosen, lines=lines, names=_names(lines),
        editions=[(edition.id, edition.title) for edition in (*of_today, *earlier)],
        earlier={edition.id for edition in earlier},
        doubts=doubts_queries.open_doubts(g.session, g.authority.id),
    )  # fmt: skip


def _names(lines: list[Crossing]) -> dict[str, str]:
    """The printed name of each area, and the title of each domain, that the lines name."""
    names: dict[str, str] = {}
    for edition_id in {place.partition("/")[0] for line in lines for place in (line.from_, line.to)}:
        edition = frameworks.edition(edition_id)
        names |= {f"{edition_id}/{area.id}": area.name for area in edition.areas}
        for questions in frameworks.question_sets(edition_id):
            names |= {f"{edition_id}/{domain.id}": domain.title for domain in questions.domains}
    return names


@blueprint.get("/<authority:authority>/library/crosswalk/lines.xlsx")
@allow(*READERS)
def export_crosswalk() -> ResponseReturnValue:
    """The same lines as a workbook."""
    chosen, lines = _chosen()
    chosen_in_words = f"Lines of {chosen}" if chosen else "All lines"
    data = edition_workbook.crosswalk(lines, chosen_in_words, export_id=export_id(), who=g.person.name, when=g.now)
    return download(data, filename="crosswalk.xlsx", content_type=XLSX)


@blueprint.route("/<authority:authority>/library/crosswalk/doubts", methods=["GET", "POST"])
@allow(*READERS)
def doubts() -> ResponseReturnValue:
    """One line with its doubts; any reader may raise another."""
    named = request.args.get("line", "")[:330]
    line = next((crossing for crossing in reader.crosswalk_file().lines if crossing.line == named), None)
    if line is None:
        raise NotFound("There is no such line.")
    form = forms.filled(DoubtForm)
    if sent(form):
        service.raise_doubt(g.session, g.authority.id, line.line, form.doubt.data, **by_whom())
        say("Your doubt stands beside the line. A QA manager answers it.")
        return redirect(url_for(".doubts", line=line.line), 303)
    return show(
        "crosswalk/doubts", form, line=line, doubts=doubts_queries.doubts_of(g.session, g.authority.id, line.line),
        may_answer=g.scope.has(Role.qa_manager), answer=form, names=_names([line]),
    )  # fmt: skip


@blueprint.route("/<authority:authority>/library/crosswalk/doubts/<int:number>", methods=["GET", "POST"])
@allow(Role.qa_manager)
def answer_doubt(number: int) -> ResponseReturnValue:
    """Answer one doubt."""
    doubt = doubts_queries.get_doubt(g.session, g.authority.id, number)
    form = forms.filled(AnswerForm)
    if sent(form):
        service.answer_doubt(g.session, g.authority.id, number, form.answer.data, **by_whom())
        say("The doubt is answered.")
        return redirect(url_for(".doubts", line=doubt.line), 303)
    return show("crosswalk/doubt_answer", form, doubt=doubt)
