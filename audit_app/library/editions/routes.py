"""Pages of the frameworks: all of them, one edition, its print and exports, and what a newer edition changed."""

from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

import frameworks
from audit_app import alphabet
from audit_app.headers import download
from audit_app.library import queries, queries_sets
from audit_app.library.blueprint import blueprint
from audit_app.library.editions import contents, pdf, workbook
from audit_app.library.own_sets import queries as own_sets
from audit_app.library.product_editions import edition_for_new, is_earlier
from audit_app.library.routes_exports import PDF, XLSX, YAML, export_id
from audit_app.library.routes_showing import READERS
from audit_app.people.access import Role, allow
from findings.errors import NotFound
from frameworks import Edition, QuestionSet, changes, edition_changes, reader

EDITION = "/<authority:authority>/library/editions/<string:edition>"


@blueprint.get("/<authority:authority>/library")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """Every framework with its editions, the question sets, and the ways on from here."""
    editions = [(family, edition) for family in queries.list_families() for edition in family.editions]
    earlier = [pair for pair in editions if is_earlier(pair[1], g.scope.today)]
    in_use = edition_for_new(g.scope.today)
    shipped = _shipped_sets()
    return render_template(
        "library/index.html", of_today=[pair for pair in editions if pair not in earlier], earlier=earlier,
        today=g.scope.today,
        own=own_sets.list_sets(g.session, g.authority.id),
        sets=[lengths for lengths in shipped if lengths[0].edition_id == in_use],
        other_sets=[lengths for lengths in shipped if lengths[0].edition_id != in_use],
        may_write=g.scope.has(Role.qa_manager), may_name=g.scope.has(Role.qa_manager, Role.admin),
    )  # fmt: skip


def _shipped_sets() -> list[Any]:
    """The product's sets, each as its lengths."""
    lengths_by_set: dict[tuple[str, str], list[Any]] = {}
    for edition in frameworks.editions():
        for questions in frameworks.question_sets(edition.id):
            lengths_by_set.setdefault((questions.edition_id, questions.id), []).append(questions)
    apart = [queries_sets.apart(lengths) for lengths in lengths_by_set.values()]
    return alphabet.in_order(apart, lambda lengths: lengths[0].title)


def sets_by_title(edition_id: str) -> list[QuestionSet]:
    """The sets of an edition at each of their lengths, by title."""
    return alphabet.in_order(frameworks.question_sets(edition_id), lambda questions: questions.title)


def opened(edition: str) -> Edition:
    """The edition of an address, or the version of it that `ilacs-2018@1` names; NotFound when there is none."""
    try:
        return frameworks.edition_named(edition)
    except frameworks.UnknownEdition as unknown:
        raise NotFound("There is no such edition.") from unknown


@blueprint.get(EDITION)
@allow(*READERS)
def show_edition(edition: str) -> ResponseReturnValue:
    """One edition, whole: every statement with its source."""
    opened_edition = opened(edition)
    return render_template(
        "library/editions/show.html", edition=opened_edition, about=contents.about(opened_edition),
        parts=contents.parts(opened_edition),
        used=queries.used(g.session, g.authority.id, opened_edition.id), earlier=queries.before(opened_edition.id),
        crossings=len(queries.crossings_of(opened_edition.id)), sets=sets_by_title(opened_edition.id),
        versions=queries.version_lines(opened_edition), address=edition, today=g.scope.today,
        newer=queries.used_instead(opened_edition, g.scope.today),
    )  # fmt: skip


@blueprint.get(f"{EDITION}/edition.pdf")
@allow(*READERS)
def print_edition(edition: str) -> ResponseReturnValue:
    """The same as paper."""
    opened_edition = opened(edition)
    return download(pdf.printed(opened_edition, g.authority.name), filename=f"{edition}.pdf", content_type=PDF)


@blueprint.get(f"{EDITION}/edition.xlsx")
@allow(*READERS)
def export_edition(edition: str) -> ResponseReturnValue:
    """The same as a workbook."""
    opened_edition = opened(edition)
    data = workbook.exported(opened_edition, export_id=export_id(), who=g.person.name, when=g.now)
    return download(data, filename=f"{edition}.xlsx", content_type=XLSX)


@blueprint.get(f"{EDITION}/edition.yaml")
@allow(*READERS)
def edition_file(edition: str) -> ResponseReturnValue:
    """The file of the edition as first published, or the correction that made a version of it."""
    opened_edition = opened(edition)
    version = opened_edition.version if "@" in edition else 1
    data = reader.edition_bytes(opened_edition.id, version)
    return download(data, filename=f"{edition}.yaml", content_type=YAML)


@blueprint.get("/<authority:authority>/library/changes")
@allow(*READERS)
def changed_edition() -> ResponseReturnValue:
    """What a newer edition of a framework changed, and what that means."""
    older, newer = (opened(request.args.get(name, "")[:80]) for name in ("older", "newer"))
    what_changed = edition_changes.edition_changes(older, newer, reader.crosswalk_file().lines)
    corrected = contents.corrections(what_changed.corrections)
    return render_template(
        "library/editions/changes.html", older=older, newer=newer, what_changed=what_changed, kinds=changes.KINDS,
        areas=changes.counted(what_changed.areas), statements=changes.counted(what_changed.statements),
        used=queries.used(g.session, g.authority.id, older.id), corrected=corrected,
    )  # fmt: skip
