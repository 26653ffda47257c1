"""Pages of question sets: one set read through, one question and where it is used, the blank form, the search."""

from collections.abc import Iterable
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

import frameworks
from audit_app.headers import download
from audit_app.library import queries, queries_sets
from audit_app.library.blueprint import blueprint
from audit_app.library.own_sets import copying, short_names
from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import workbook as own_set_workbook
from audit_app.library.routes_exports import PDF, XLSX, YAML, export_id
from audit_app.library.routes_showing import READERS
from audit_app.library.sets import pdf, search, workbook
from audit_app.library.terms.routes_words import own_words
from audit_app.people.access import Role, allow
from audit_app.words import datetime_words
from findings.errors import NotFound
from frameworks import QuestionSet, crosswalk, reader
from frameworks.own_sets import yaml_file as own_yaml

SET = "/<authority:authority>/library/sets/<string:edition>/<string:set_id>/<string:length>"


def opened(edition: str, set_id: str, length: str) -> QuestionSet:
    """The set of an address: the product's, or one the council published; NotFound for any other council's."""
    if not queries_sets.open_to(g.session, g.authority.id, edition):
        raise NotFound("There is no such question set.")
    questions = queries_sets.find_set(g.session, edition, set_id, length)
    if questions is None:
        raise NotFound("There is no such question set.")
    return questions


@blueprint.get(SET)
@allow(*READERS)
def show_set(edition: str, set_id: str, length: str) -> ResponseReturnValue:
    """A question set read through."""
    questions = opened(edition, set_id, length)
    areas = {
        domain.id: [str(area) for area in crosswalk.areas_of_domain(questions, domain.id)]
        for domain in questions.domains
    }
    fingerprint = queries_sets.fingerprint_of(g.session, edition, set_id, length)
    lengths = queries_sets.lengths_of(g.session, edition, set_id)
    others = [each.length for each in lengths if len(each.questions) != len(questions.questions)]
    return render_template(
        "library/sets/show.html", questions=questions, areas=areas, fingerprint=fingerprint,
        may_copy=g.scope.has(Role.qa_manager), may_audit=g.scope.has(Role.qa_manager, Role.auditor),
        offered=queries_sets.may_be_used(g.session, g.authority.id, edition, g.scope.today), others=others,
    )  # fmt: skip


@blueprint.get(f"{SET}/questions/<string:domain>/<string:question>")
@allow(*READERS)
def show_question(edition: str, set_id: str, length: str, domain: str, question: str) -> ResponseReturnValue:
    """One question: where it is asked, and which areas of which editions its answers inform."""
    questions = opened(edition, set_id, length)
    key = f"{domain}/{question}"
    asked = next((asked for asked in questions.questions if asked.key == key), None)
    if asked is None:
        raise NotFound("There is no such question.")
    names = crosswalk.areas_of_question(questions, key)
    lines = reader.crosswalk_file().lines
    reached = {
        other.id: crosswalk.reached_from(f"{edition}/{domain}", names, other.id, lines)
        for other in frameworks.editions()
    }
    return render_template(
        "library/sets/question.html", questions=questions, question=asked, names=names,
        reached={edition_id: _area_names(edition_id, areas) for edition_id, areas in reached.items() if areas},
        places=queries.asking(g.session, g.authority.id, key, asked.text),
        sources=queries.count_sources(g.session, g.authority.id, f"{edition}/{key}"),
    )  # fmt: skip


def _area_names(edition_id: str, reached: Iterable[crosswalk.AreaReference]) -> list[str]:
    names = {area.id: area.name for area in frameworks.edition(edition_id).areas}
    return [names.get(each.area, each.area) for each in reached]


def _note(questions: QuestionSet) -> str:
    return f"{questions.edition_id}, {questions.length}, fingerprint {questions.fingerprint[:12]}"


@blueprint.get(f"{SET}/form.pdf")
@allow(*READERS)
def set_form(edition: str, set_id: str, length: str) -> ResponseReturnValue:
    """A blank form to fill in by hand."""
    questions = opened(edition, set_id, length)
    data = pdf.blank_form(questions, pdf.Note(g.authority.name, _note(questions), own_words()))
    return download(data, filename=f"{set_id}-{length}-form.pdf", content_type=PDF)


@blueprint.get(f"{SET}/form.xlsx")
@allow(*READERS)
def set_offline(edition: str, set_id: str, length: str) -> ResponseReturnValue:
    """A workbook to answer away from the network."""
    questions = opened(edition, set_id, length)
    data = workbook.blank_workbook(questions, _note(questions), own_words())
    return download(data, filename=f"{set_id}-{length}-form.xlsx", content_type=XLSX)


def _as_document(edition: str, set_id: str, length: str) -> Any:
    full = opened(edition, set_id, length)
    core = queries_sets.find_set(g.session, edition, set_id, "core")
    if edition.startswith(queries_sets.OWN):
        return own_sets.published_document(g.session, g.authority.id, edition)
    key = short_names.own_key(set_id.replace("-", " "))
    return copying.copied(full, core, key=key, title=full.title, purpose=full.purpose, publisher="This project")


@blueprint.get(f"{SET}/set.xlsx")
@allow(*READERS)
def set_workbook(edition: str, set_id: str, length: str) -> ResponseReturnValue:
    """The set as a workbook that can be changed and brought in as the council's own."""
    own = _as_document(edition, set_id, length)
    note = own_set_workbook.Note(export_id(), g.person.name, datetime_words(g.now))
    return download(own_set_workbook.exported(own, note), filename=f"{set_id}-{length}.xlsx", content_type=XLSX)


@blueprint.get(f"{SET}/set.yaml")
@allow(*READERS)
def set_yaml(edition: str, set_id: str, length: str) -> ResponseReturnValue:
    """The set as one YAML file."""
    own = _as_document(edition, set_id, length)
    export_id()
    return download(own_yaml.to_yaml(own).encode(), filename=f"{set_id}-{length}.yaml", content_type=YAML)


_entries: list[search.Entry] = []


def _shipped_entries() -> list[search.Entry]:
    """Everything of the product that can be found; worked out once, because it never changes."""
    if not _entries:
        made: list[search.Entry] = []
        for edition in frameworks.editions():
            made += search.entries_of(edition)
            for questions in frameworks.question_sets(edition.id):
                made += search.entries_of_set(questions) if questions.length == "full" else []
        # A question that several sets ask is found once: its own page says where else it is asked.
        once = {(entry.kind, entry.title, entry.text, entry.edition_id): entry for entry in reversed(made)}
        _entries.extend(once.values())
        _entries.reverse()
    return _entries


@blueprint.get("/<authority:authority>/library/search")
@allow(*READERS)
def find() -> ResponseReturnValue:
    """Words looked for in the whole library."""
    query = " ".join(request.args.get("q", "").split())[: search.MOST_WORDS]
    own: list[search.Entry] = []
    own_editions = queries_sets.own_editions(g.session, g.authority.id)
    queries_sets.fetch(g.session, own_editions)
    for edition_id in own_editions:
        for questions in queries_sets.sets_of(g.session, edition_id):
            own += search.entries_of_set(questions) if questions.length == "full" else []
    hits, total = search.hits_among([*own, *_shipped_entries()], query)
    groups: dict[str, list[search.Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.entry.kind, []).append(hit)
    return render_template("library/sets/search.html", query=query, groups=groups, total=total, shown=len(hits))
