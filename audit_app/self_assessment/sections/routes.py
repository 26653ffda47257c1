"""Pages of one section: read it, write it, say it is ready, comment, suggest other words."""

from collections.abc import Sequence
from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from audit_app import drafts, forms
from audit_app.errors import NotFound, OutOfTurn
from audit_app.form_pages import accepted, sent
from audit_app.forms import AppForm
from audit_app.people.access import signed_in
from audit_app.people.access.door import by_whom, kept_bytes, say
from audit_app.self_assessment.blueprint import LIST, SECTION, blueprint
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.prompts import Prompt
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.sections import queries, service
from audit_app.self_assessment.sections.forms import SEEN, TEXT, CommentForm, SuggestForm, name_of, section_form
from audit_app.self_assessment.sections.queries import SectionPage
from audit_app.self_assessment.sections.service import Typed, TypedGrade
from audit_app.self_assessment.tables import AssessmentState
from audit_app.self_assessment.who import may_assemble, may_write
from findings.errors import Stale

NOT_TYPED = {"csrf_token", "once", "warned", "path"}


def page_of(number: int, section_id: int, *, whole: bool = True) -> SectionPage:
    """The section as its page shows it today; what is sent to be saved needs no more than its texts."""
    months = current_app.config["CLAIM_EVIDENCE_MONTHS"]
    of_today = {"today": g.scope.today, "months": months}
    return queries.get_page(g.session, g.authority.id, number, section_id, **of_today, whole=whole)


def place(number: int, section_id: int) -> Place:
    """The section of the address."""
    return Place(g.authority.id, number, section_id)


@blueprint.get(SECTION)
@signed_in
def show_section(number: int, section_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    drafting = page.row.state is AssessmentState.drafting
    return render_template(
        "self_assessment/sections/show.html",
        page=page,
        drafting=drafting,
        writes=drafting and may_write(g.scope, page.row, page.section),
        assembles=drafting and may_assemble(g.scope, page.row, page.section),
        me=g.person.person_id,
        today=g.scope.today,
    )


def _form(page: SectionPage) -> AppForm:
    """The form with what is saved now, and the mark of it that tells later whether somebody changed it meanwhile."""
    values: dict[str, Any] = {}
    for each in page.questions:
        values[name_of(TEXT, each.prompt.key)] = each.text
    section = page.section
    values |= {"grade_code": section.grade_code, "grade_reason": section.grade_reason}
    if request.method == "GET":  # what was sent brings its own marks, and without them it counts as stale
        marks = {name_of(SEEN, each.prompt.key): str(forms.mark_of(each.text)) for each in page.questions}
        values |= marks | {"seen_grade": str(service.mark_of_grade(section))}
    made = forms.filled(section_form([each.prompt for each in page.questions], graded=page.scale is not None), **values)
    if page.scale is not None:
        points = [SelectChoice(value=point.code, label=point.name) for point in reversed(page.scale.points)]
        made["grade_code"].choices = [*points, SelectChoice(value="", label="No grade yet")]
    return made


def _marks(form: AppForm) -> list[tuple[str, str]]:
    """The marks the form carries unseen."""
    return [(field.name, str(field.data or "")) for field in form if field.name.startswith(SEEN)]


def _typed(form: AppForm, asked: list[Prompt]) -> list[Typed]:
    return [
        Typed(each.key, form[name_of(TEXT, each.key)].data or "", _mark(form[name_of(SEEN, each.key)].data))
        for each in asked
    ]


def _typed_grade(form: AppForm) -> TypedGrade:
    seen = _mark(form["seen_grade"].data)
    return TypedGrade(form["grade_code"].data or "", form["grade_reason"].data or "", seen)


def _mark(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 12 else -1


@blueprint.route(f"{SECTION}/write", methods=["GET", "POST"])
@signed_in
def write_section(number: int, section_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id, whole=request.method == "GET")
    asked = [each.prompt for each in page.questions]
    form = _form(page)
    back = url_for(".show_section", number=number, section_id=section_id)
    grade = (
        TypedGrade(form["grade_code"].data or "", form["grade_reason"].data or "", _mark(form["seen_grade"].data))
        if page.scale
        else None
    )
    typed = _typed(form, asked)
    try:
        if sent(form) and accepted(
            form, lambda: service.save_section(g.session, place(number, section_id), typed, grade, **by_whom())
        ):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        return _stale(number, section_id, form)
    refuse_reading(page)
    return _write_page(page if request.method == "GET" else page_of(number, section_id), form)


def _write_page(page: SectionPage, form: AppForm, conflicts: Sequence[tuple[str, str, str]] = ()) -> Any:
    return show(
        "sections/write",
        form,
        page=page,
        back=url_for(".show_section", number=page.row.number, section_id=page.section.id),
        autosave_seconds=current_app.config["AUTOSAVE_SECONDS"],
        fields=[(each, form[name_of(TEXT, each.prompt.key)]) for each in page.questions],
        marks=_marks(form),
        conflicts=conflicts,
    )


def refuse_reading(page: SectionPage) -> None:
    """A page that writes is not shown to somebody who may only read, nor while nothing may be written."""
    if page.row.state is not AssessmentState.drafting:
        raise OutOfTurn("This self-assessment is not being written now. Read it on its page.")
    if not may_write(g.scope, page.row, page.section):
        raise NotFound("This section is somebody else’s to write.")


def _stale(number: int, section_id: int, form: AppForm) -> ResponseReturnValue:
    """FO-1: the form again with what was typed, and what somebody else has saved meanwhile beside it.

    What this person left as it was is shown as it is saved now. The marks are those of now: whoever saves again has
    read what the other wrote.
    """
    g.session.rollback()
    page = page_of(number, section_id)
    conflicts = []
    for each in page.questions:
        text, seen = form[name_of(TEXT, each.prompt.key)], form[name_of(SEEN, each.prompt.key)]
        if forms.mark_of(text.data or "") == _mark(seen.data):
            text.data = each.text
        elif each.text != text.data:
            conflicts.append((each.prompt.words, each.text, text.data or ""))
        seen.data = str(forms.mark_of(each.text))
    if page.scale is not None:
        conflicts += _graded_meanwhile(page, form)
        form["seen_grade"].data = str(service.mark_of_grade(page.section))
    body, _status = _write_page(page, form, conflicts)
    return body, 409


def _graded_meanwhile(page: SectionPage, form: AppForm) -> list[tuple[str, str, str]]:
    section, typed = page.section, _typed_grade(form)
    if forms.mark_of(typed.code, typed.reason) == typed.seen:
        form["grade_code"].data, form["grade_reason"].data = section.grade_code, section.grade_reason
        return []
    names = {point.code: point.name for point in page.scale.points} if page.scale else {}
    return [
        ("Self-assessed grade", page.grade or "none", names.get(typed.code, "none")),
        ("Why this grade", section.grade_reason, typed.reason),
    ]


@blueprint.post(f"{SECTION}/ready")
@signed_in
def call_ready(number: int, section_id: int) -> ResponseReturnValue:
    ready = request.form.get("ready") == "yes"
    service.call_ready(g.session, place(number, section_id), ready=ready, **by_whom())
    say("Ready to be read." if ready else "It is being written again.")
    return redirect(url_for(".show_section", number=number, section_id=section_id), 303)


@blueprint.route(f"{SECTION}/comments/new", methods=["GET", "POST"])
@signed_in
def comment(number: int, section_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    form = forms.filled(CommentForm)
    back = url_for(".show_section", number=number, section_id=section_id)
    if sent(form) and accepted(
        form, lambda: service.comment(g.session, place(number, section_id), form.comment.data or "", **by_whom())
    ):
        say("Comment added.")
        return redirect(f"{back}#remarks", 303)
    return show("small_form", form, title=f"Comment on “{page.title}”", back=back, save="Add the comment")


@blueprint.post(f"{SECTION}/comments/<int:comment_id>/settle")
@signed_in
def settle_comment(number: int, section_id: int, comment_id: int) -> ResponseReturnValue:
    service.settle_comment(g.session, place(number, section_id), comment_id, **by_whom())
    say("Settled.")
    return redirect(f"{url_for('.show_section', number=number, section_id=section_id)}#remarks", 303)


@blueprint.route(f"{SECTION}/suggestions/new", methods=["GET", "POST"])
@signed_in
def suggest(number: int, section_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    form = forms.filled(SuggestForm, question=request.args.get("question", ""))
    pairs = [(each.prompt.key, each.prompt.words) for each in page.questions]
    form.question.choices = forms.choices(pairs, first="Choose the text")
    back = url_for(".show_section", number=number, section_id=section_id)
    given: dict[str, Any] = {name: form[name].data or "" for name in ("question", "old_words", "new_words", "why")}
    if sent(form) and accepted(
        form, lambda: service.suggest(g.session, place(number, section_id), **given, **by_whom())
    ):
        say("Suggested. Its writers take these words in or decline them.")
        return redirect(f"{back}#remarks", 303)
    return show("sections/suggest", form, page=page, back=back)


@blueprint.post(f"{SECTION}/suggestions/<int:suggestion_id>/decide")
@signed_in
def decide_suggestion(number: int, section_id: int, suggestion_id: int) -> ResponseReturnValue:
    accept = request.form.get("decision") == "accept"
    service.decide_suggestion(g.session, place(number, section_id), suggestion_id, accept=accept, **by_whom())
    say("Taken into the text." if accept else "Declined.")
    return redirect(f"{url_for('.show_section', number=number, section_id=section_id)}#remarks", 303)


def autosaving(view: Any) -> Any:
    """Mark a view that keeps typed text: it does not count as activity of its session."""
    view.autosave = True
    return view


@blueprint.post(f"{LIST}/drafts")
@autosaving
@signed_in
def keep_draft() -> ResponseReturnValue:
    """Keep what is being typed on a page of this feature, for its author alone (FO-2)."""
    path = request.form.get("path", "")
    if not path.startswith(f"/{g.authority.key}/self-assessments/") or len(path) > 300 or "\x00" in path:
        abort(400, "This is not a page of self-assessments.")
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    whose: dict[str, Any] = {"authority_id": g.authority.id, "person_id": g.person.person_id, "path": path}
    try:
        drafts.keep(g.session, fields=fields, reason="typing", now=g.now, most_bytes=kept_bytes(typing=True), **whose)
    except drafts.NoRoom:
        raise OutOfTurn(drafts.NO_ROOM) from None
    return "", 204
