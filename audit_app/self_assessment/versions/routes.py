"""Pages of versions for staff and for children: the list, one of them, its headings and texts."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import NotFound
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.people.access import signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.blueprint import LIST, PAGE, blueprint
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, VersionState
from audit_app.self_assessment.versions import queries, service, signature
from audit_app.self_assessment.versions.forms import PartForm, TitleForm
from audit_app.self_assessment.who import MANAGERS, may_retell
from findings.errors import Stale

VERSIONS = f"{PAGE}/versions"
VERSION = f"{VERSIONS}/<int:version_id>"


def retells(number: int) -> bool:
    """Whether this person writes versions of it; false where they may not even see it."""
    try:
        row = assessments.get_row(g.session, g.authority.id, number)
    except NotFound:
        return False
    holders = [section.holder_id for section in assessments.sections_of(g.session, g.authority.id, number)]
    return may_retell(g.scope, row, holders)


@blueprint.get(VERSIONS)
@signed_in
def list_versions(number: int) -> ResponseReturnValue:
    row = assessments.get_row(g.session, g.authority.id, number)
    lines = queries.list_versions(g.session, g.authority.id, number)
    return render_template(
        "self_assessment/versions/list.html", row=row, lines=lines, writes=retells(number), audiences=list(Audience)
    )


@blueprint.get(f"{LIST}/published")
@signed_in
def published_versions() -> ResponseReturnValue:
    """Every signed version of the council, for everybody who works here."""
    return render_template(
        "self_assessment/versions/published.html", lines=queries.list_signed(g.session, g.authority.id)
    )


@blueprint.post(f"{VERSIONS}/begin")
@signed_in
def begin_version(number: int) -> ResponseReturnValue:
    audience = next((each for each in Audience if each == request.form.get("audience")), None)
    if audience is None:
        raise NotFound("There is no version for such readers.")
    row = service.begin(g.session, g.authority.id, number, audience, **by_whom())
    say("Begun. Write under each heading, change it, or take it out.")
    return redirect(url_for(".show_version", number=number, version_id=row.id), 303)


@blueprint.get(VERSION)
@signed_in
def show_version(number: int, version_id: int) -> ResponseReturnValue:
    row = queries.get_version(g.session, g.authority.id, number, version_id)
    writes = retells(number)
    return render_template(
        "self_assessment/versions/show.html",
        row=row,
        version=queries.whole(g.session, row),
        lines=queries.part_lines(g.session, row) if row.state is VersionState.drafting and writes else (),
        writes=writes and row.state is VersionState.drafting,
        decides=row.state is VersionState.with_reviewer and (writes or row.reviewer_id == g.person.person_id),
        manages=g.scope.has(*MANAGERS),
        wrote=g.person.person_id in queries.writers_of(g.session, row),
        signature=signature.signature(row),
        standing=signature,
        back=url_for(".list_versions", number=number) if writes or g.scope.has(*MANAGERS) else url_for(
            ".published_versions"),
    )  # fmt: skip


@blueprint.route(f"{VERSION}/title", methods=["GET", "POST"])
@signed_in
def rename_version(number: int, version_id: int) -> ResponseReturnValue:
    row = opened(number, version_id)[1]
    form = forms.filled(TitleForm, title=row.title, revision=row.revision)
    back = url_for(".show_version", number=number, version_id=version_id)
    try:
        if sent(form) and accepted(form, lambda: _rename(number, version_id, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        return stale_page([("What it is called", row.title, form.title.data or "")], back)
    return show("small_form", form, title="What is it called?", back=back, save="Save")


def opened(number: int, version_id: int) -> tuple[Any, AudienceVersion]:
    lock = request.method == "POST"
    return service.open_version(g.session, g.authority.id, number, version_id, lock=lock)


def _rename(number: int, version_id: int, form: TitleForm) -> None:
    assessment, row = opened(number, version_id)
    service.rename(
        g.session, row, assessment, form.title.data or "", revision=form.seen_revision(), **by_whom()
    )  # fmt: skip


@blueprint.route(f"{VERSION}/parts/new", methods=["GET", "POST"])
@signed_in
def add_part(number: int, version_id: int) -> ResponseReturnValue:
    assessment, row = opened(number, version_id)
    form = forms.filled(PartForm)
    back = url_for(".show_version", number=number, version_id=version_id)
    given: dict[str, Any] = {"heading": form.heading.data or "", "text": form.text.data or ""}
    if sent(form) and accepted(
        form, lambda: service.write_part(g.session, row, assessment, None, **given, **by_whom())
    ):
        say("Added.")
        return redirect(back, 303)
    return show("versions/part", form, title="Add a heading", back=back, hint="", row=row, part=None)


@blueprint.route(f"{VERSION}/parts/<int:part_id>", methods=["GET", "POST"])
@signed_in
def write_part(number: int, version_id: int, part_id: int) -> ResponseReturnValue:
    assessment, row = opened(number, version_id)
    line = next((line for line in queries.part_lines(g.session, row) if line.row.id == part_id), None)
    if line is None:
        raise NotFound("There is no such heading in this version.")
    part = line.row
    form = forms.filled(PartForm, heading=part.heading, text=part.text, revision=part.revision)
    back = url_for(".show_version", number=number, version_id=version_id)
    given: dict[str, Any] = {
        "heading": form.heading.data or "", "text": form.text.data or "", "revision": form.seen_revision(),
    }  # fmt: skip
    try:
        if sent(form) and accepted(
            form, lambda: service.write_part(g.session, row, assessment, part_id, **given, **by_whom())
        ):
            say("Saved.")
            return redirect(f"{back}#part-{part_id}", 303)
    except Stale:
        return stale_page(
            [("Heading", part.heading, given["heading"]), ("What it says", part.text, given["text"])], back
        )
    return show("versions/part", form, title=f"Write: {part.heading}", back=back, hint=line.hint, row=row, part=part)


@blueprint.post(f"{VERSION}/parts/<int:part_id>/take-out")
@signed_in
def take_out_part(number: int, version_id: int, part_id: int) -> ResponseReturnValue:
    assessment, row = opened(number, version_id)
    service.take_out_part(g.session, row, assessment, part_id, **by_whom())
    say("Taken out.")
    return redirect(url_for(".show_version", number=number, version_id=version_id), 303)
