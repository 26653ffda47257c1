"""Pages of self-assessments as a whole: the list, beginning one, its sections, who has them, the leader's words."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

import frameworks
from audit_app import forms, words
from audit_app.errors import NotFound
from audit_app.form_pages import accepted, saved_beside_typed, sent, stale_page
from audit_app.improvement import judgement_areas
from audit_app.people.access import Role, allow, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment.assessments import layout, queries, service
from audit_app.self_assessment.assessments.forms import (
    AgainstForm,
    BeginForm,
    DetailsForm,
    GiveForm,
    HeadingForm,
    LeadersWordsForm,
    PostForm,
    ReasonForm,
)
from audit_app.self_assessment.assessments.layout import Layout
from audit_app.self_assessment.blueprint import LIST, PAGE, SECTION, blueprint
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.routes_page import is_manager, number_in, own_post, person_choices, show
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.shapes import queries as shapes
from audit_app.self_assessment.shapes import service as shapes_service
from audit_app.self_assessment.tables import AssessmentState, SelfAssessment
from audit_app.self_assessment.who import MANAGERS, may_manage
from findings.errors import Stale

OWN = "own"
SHAPE = "shape-"


@blueprint.get(LIST)
@signed_in
def list_assessments() -> ResponseReturnValue:
    rows = queries.list_assessments(g.session, g.authority.id)
    if not rows and not g.scope.has(*MANAGERS, Role.business_support):
        raise NotFound("No self-assessment is yours to see.")
    return render_template(
        "self_assessment/assessments/list.html",
        rows=rows,
        may_begin=is_manager(),
        views=g.scope.has(Role.qa_manager, Role.leader, Role.team_manager),
    )


@blueprint.route(f"{LIST}/new", methods=["GET", "POST"])
@allow(*MANAGERS)
def choose_against() -> ResponseReturnValue:
    form = forms.filled(AgainstForm)
    kept = [(f"{SHAPE}{shape.id}", shapes.called(shape)) for shape in shapes.offered(g.session, g.authority.id)]
    own = SelectChoice(value=OWN, label=words.Ours("A shape of our own: you type the headings"))
    offered, earlier = judgement_areas.edition_choices(g.scope.today), judgement_areas.earlier_ids(g.scope.today)
    of_today = forms.choices(pair for pair in offered if pair[0] not in earlier)
    ended = forms.choices((), earlier=[pair for pair in offered if pair[0] in earlier])
    form.against.choices = [*of_today, *forms.choices(kept), own, *ended]
    if sent(form):
        return redirect(url_for(".begin", against=form.against.data), 303)
    return show("assessments/against", form)


def _chosen() -> tuple[frameworks.Edition | None, str, str]:
    """What the address says it is written against: the edition, and the headings and questions of a kept shape."""
    against = request.args.get("against", OWN)
    if against.startswith(SHAPE):
        kept = {f"{SHAPE}{shape.id}": shape for shape in shapes.offered(g.session, g.authority.id)}
        if against not in kept:
            raise NotFound("There is no such shape.")
        return None, kept[against].headings, kept[against].prompts
    edition = judgement_areas.find_edition(against)
    offered = {key for key, _ in judgement_areas.edition_choices(g.scope.today)}
    if against != OWN and (edition is None or edition.id not in offered):
        raise NotFound("There is no such framework.")
    return edition, "", ""


def _shape_chosen() -> int | None:
    """The shape of the council's own that the address names."""
    against = request.args.get("against", OWN)
    return number_in(against.removeprefix(SHAPE)) if against.startswith(SHAPE) else None


def _offer(form: BeginForm, edition: frameworks.Edition | None) -> BeginForm:
    """Put in what may be chosen, and take out what this edition has no use for."""
    before = queries.signed_before(g.session, g.authority.id, edition.id if edition else "")
    form.previous_number.choices = forms.choices(before, first="There is none: this is the first")
    form.lead_id.choices = person_choices("Nobody yet")
    if edition:
        form.areas.choices = forms.choices(layout.assessable(edition))
        form.agencies.choices = forms.choices(layout.agencies_of(edition))
        themes = [(theme.id, f"{theme.name} ({theme.period})") for theme in edition.themes]
        form.theme_id.choices = forms.choices(themes, first="Not for one theme")
    unused = [
        *(["previous_number", "carry"] if not before else []),
        *(["areas"] if edition is None else ["shape_title"]),
        *(["theme_id"] if edition is None or not edition.themes else []),
        *(["agencies"] if edition is None or not edition.agencies else []),
    ]
    for name in unused:
        del form[name]
    return form


def _wanted(form: BeginForm, edition: frameworks.Edition | None) -> Layout:
    def data(name: str) -> Any:
        return form[name].data if name in form else None

    return Layout(
        title=form.title.data or "",
        edition_id=edition.id if edition else "",
        period_from=form.period_from.entered,
        period_to=form.period_to.entered,
        theme_id=data("theme_id") or "",
        areas=tuple(data("areas") or ()),
        agencies=tuple(data("agencies") or ()),
        headings=layout.lines_of(form.headings.data or ""),
        prompts=form.prompts.data or "",
        lead_id=number_in(form.lead_id.data),
        due_on=form.due_on.data,
        previous_number=number_in(data("previous_number")),
        shape_id=_shape_chosen(),
        carry=bool(data("carry")),
    )


@blueprint.route(f"{LIST}/begin", methods=["GET", "POST"])
@allow(*MANAGERS, creates=True)
def begin() -> ResponseReturnValue:
    edition, headings, own_questions = _chosen()
    every = [area_id for area_id, _ in layout.assessable(edition)] if edition else []
    given = {"areas": every, "headings": headings, "prompts": own_questions, "lead_id": str(g.person.person_id)}
    form = _offer(forms.filled(BeginForm, **given), edition)
    made: list[SelfAssessment] = []
    if sent(form) and accepted(form, lambda: made.append(_begin(form, edition))):
        say("Begun. Say who writes each section and by when.")
        return redirect(url_for(".show_assessment", number=made[0].number), 303)
    return show("assessments/begin", form, edition=edition, against=request.args.get("against", OWN))


def _begin(form: BeginForm, edition: frameworks.Edition | None) -> SelfAssessment:
    row = service.begin(g.session, g.authority.id, _wanted(form, edition), **by_whom())
    if "shape_title" in form and form.shape_title.data:
        shape = (form.shape_title.data, form.headings.data or "", form.prompts.data or "")
        shapes_service.keep_shape(g.session, g.authority.id, *shape, **by_whom())
    return row


@blueprint.get(PAGE)
@signed_in
def show_assessment(number: int) -> ResponseReturnValue:
    view = queries.get_page(g.session, g.authority.id, number, g.scope.today)
    manages = may_manage(g.scope, view.row)
    return render_template(
        "self_assessment/assessments/show.html",
        view=view,
        manages=manages,
        assembles=manages or g.scope.has(Role.business_support),
        leads=g.scope.has(Role.leader),
        drafting=view.row.state is AssessmentState.drafting,
        me=g.person.person_id,
    )


def _managed(number: int) -> SelfAssessment:
    """A self-assessment this person may lay out; refused before a form is shown that they could not send."""
    row = queries.get_row(g.session, g.authority.id, number)
    require(may_manage(g.scope, row), service.WHOSE)
    return row


@blueprint.route(f"{PAGE}/change", methods=["GET", "POST"])
@signed_in
def change(number: int) -> ResponseReturnValue:
    row = _managed(number)
    saved = {name: getattr(row, name) for name in ("title", "period_from", "period_to", "due_on", "revision")}
    form = forms.filled(DetailsForm, **saved, lead_id=str(row.lead_id or ""))
    form.lead_id.choices = person_choices("Nobody yet")
    back = url_for(".show_assessment", number=number)
    try:
        if sent(form) and accepted(form, lambda: _change(number, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        return stale_page(saved_beside_typed(row, form), back)
    return show("small_form", form, title=f"Change {row.title}", back=back, save="Save")


def _change(number: int, form: DetailsForm) -> None:
    details = service.Details(
        title=form.title.data or "",
        period_from=form.period_from.entered,
        period_to=form.period_to.entered,
        lead_id=number_in(form.lead_id.data),
        due_on=form.due_on.data,
    )
    service.change_details(g.session, g.authority.id, number, details, revision=form.seen_revision(), **by_whom())


@blueprint.route(f"{SECTION}/give", methods=["GET", "POST"])
@signed_in
def give_section(number: int, section_id: int) -> ResponseReturnValue:
    page = queries.get_page(g.session, g.authority.id, number, g.scope.today)
    line = next((line for line in page.lines if line.section.id == section_id), None)
    if line is None:
        raise NotFound("There is no such section.")
    section = line.section
    holder = str(section.holder_id or "")
    form = forms.filled(GiveForm, holder_id=holder, due_on=section.due_on, revision=section.revision)
    form.holder_id.choices = person_choices("Nobody yet")
    back = url_for(".show_assessment", number=number)
    given: dict[str, Any] = {
        "holder_id": number_in(form.holder_id.data), "due_on": form.due_on.data, "revision": form.seen_revision(),
    }  # fmt: skip
    try:
        if sent(form) and accepted(
            form,
            lambda: service.give_section(g.session, Place(g.authority.id, number, section_id), **given, **by_whom()),
        ):
            say("Saved.")
            return redirect(back, 303)
    except Stale:
        rows = [("By when", words.date_words(section.due_on, ""), words.date_words(form.due_on.data, ""))]
        return stale_page(rows, back, more=[("Who writes it", line.holder or "Nobody yet")])
    return show("small_form", form, title=f"Who writes “{line.title}”?", back=back, save="Save")


@blueprint.route(f"{PAGE}/headings/new", methods=["GET", "POST"])
@signed_in
def add_heading(number: int) -> ResponseReturnValue:
    row = _managed(number)
    edition = judgement_areas.find_edition(row.edition_id)
    form = forms.filled(HeadingForm)
    form.area_id.choices = forms.choices(
        layout.assessable(edition) if edition else [], first="It belongs to none of them"
    )
    back = url_for(".show_assessment", number=number)
    if sent(form) and accepted(
        form,
        lambda: service.add_heading(
            g.session, g.authority.id, number, form.heading.data or "", area_id=form.area_id.data or "", **by_whom()
        ),
    ):
        say("Section added.")
        return redirect(back, 303)
    return show(
        "small_form", form, title="Add a section under a heading of your own", back=back, save="Add the section"
    )


@blueprint.route(f"{PAGE}/give-up", methods=["GET", "POST"])
@signed_in
def abandon(number: int) -> ResponseReturnValue:
    row = _managed(number)
    form = forms.filled(ReasonForm)
    back = url_for(".show_assessment", number=number)
    if sent(form) and accepted(
        form, lambda: service.abandon(g.session, g.authority.id, number, form.why.data or "", **by_whom())
    ):
        say("Given up. It can still be read.")
        return redirect(back, 303)
    return show("small_form", form, title=f"Give up the draft {row.title}", back=back, save="Give it up")


@blueprint.route(f"{PAGE}/leaders-words", methods=["GET", "POST"])
@signed_in
def leaders_words(number: int) -> ResponseReturnValue:
    row = _managed(number)
    form = forms.filled(LeadersWordsForm, leaders_words=row.leaders_words, revision=row.revision)
    back = url_for(".show_assessment", number=number)
    given: dict[str, Any] = {"text": form.leaders_words.data or "", "revision": form.seen_revision()}
    try:
        if sent(form) and accepted(
            form, lambda: service.write_leaders_words(g.session, g.authority.id, number, **given, **by_whom())
        ):
            say("Saved. A leader signs these words on the page of the self-assessment.")
            return redirect(back, 303)
    except Stale:
        return stale_page(saved_beside_typed(row, form), back)
    return show("assessments/leaders_words", form, title="The leader’s own words", back=back)


@blueprint.route(f"{PAGE}/leaders-words/sign", methods=["GET", "POST"])
@allow(Role.leader)
def sign_leaders_words(number: int) -> ResponseReturnValue:
    row = queries.get_row(g.session, g.authority.id, number)
    form = forms.filled(PostForm, post=own_post(), revision=row.revision)
    back = url_for(".show_assessment", number=number)
    try:
        if sent(form) and accepted(
            form,
            lambda: service.sign_leaders_words(
                g.session, g.authority.id, number, form.post.data or "", revision=form.seen_revision(), **by_whom()
            ),
        ):
            say("Signed. Packs can print these words with your post and today’s date.")
            return redirect(back, 303)
    except Stale:
        return stale_page([], back, more=[("The words as they are now", row.leaders_words)])
    return show(
        "small_form", form, title="Sign these words", back=back, save="Sign these words", inset=row.leaders_words
    )
