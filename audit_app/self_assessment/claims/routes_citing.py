"""Pages that cite something for a claim: a figure of audits, a thing of the register, or what is held elsewhere."""

from collections.abc import Sequence
from typing import Any

from flask import g, redirect, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from audit_app import forms
from audit_app.audits import question_sets
from audit_app.errors import Invalid
from audit_app.form_pages import accepted, sent
from audit_app.library import set_name
from audit_app.people.access import signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment import wording
from audit_app.self_assessment.blueprint import blueprint
from audit_app.self_assessment.claims import queries_cited, queries_figures, queries_offer, service
from audit_app.self_assessment.claims.forms import FigureForm, OutsideForm, RegisterForm
from audit_app.self_assessment.claims.given import Cited
from audit_app.self_assessment.claims.routes import CLAIM, claim_page, line_of, page_of, place
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.tables import Cites
from audit_app.self_assessment.who import may_assemble
from frameworks import QuestionSet

ASSEMBLERS = "Evidence is attached by the writers of the section, and by business support."


@blueprint.route(f"{CLAIM}/cite-register", methods=["GET", "POST"])
@signed_in
def cite_register(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    """Search the register and the evidence; each thing found is cited by its button, any other by its reference."""
    page = page_of(number, section_id)
    require(may_assemble(g.scope, page.row, page.section), ASSEMBLERS)
    line = line_of(page, claim_id)
    form = forms.filled(RegisterForm)
    wanted = " ".join(request.args.get("words", "").split())[:200]
    offers = queries_offer.search(g.session, g.authority.id, wanted, page.row.edition_id, page.section.area_id)
    back = claim_page(number, section_id, claim_id)

    def write() -> None:
        name, _, part = (form.reference.data or "").strip().partition("/")
        kind = Cites.measure if part and name[:3] in ("ACT", "AFI") else queries_cited.kind_of(name)
        if kind is None:
            raise Invalid("reference", "Enter a reference such as FND-0007, AFI-0003, ACT-0011, INS-0001 or EVD-0001.")
        cited = Cited(kind, reference=name, part=part, shows=form.shows.data or "")
        service.cite(g.session, place(number, section_id), claim_id, cited, **by_whom())

    if sent(form) and accepted(form, write):
        say("Cited.")
        return redirect(back, 303)
    return show("claims/register", form, page=page, line=line, offers=offers, wanted=wanted, back=back)


@blueprint.route(f"{CLAIM}/cite-figure", methods=["GET", "POST"])
@signed_in
def cite_figure(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    """Choose a question set, then what of it is counted; the figure stays live until the signature."""
    page = page_of(number, section_id)
    require(
        queries_figures.sees_figures(g.scope),
        "Only somebody who sees all audits of the council can cite a figure of them.",
    )
    line = line_of(page, claim_id)
    sets = queries_offer.audited_sets(g.session, g.authority.id)
    back = claim_page(number, section_id, claim_id)
    chosen = request.args.get("set", "")
    questions = next((each for each in sets if str(set_name.name_of(each).at_any_length) == chosen), None)
    if questions is None:
        return show("claims/sets", None, page=page, line=line, back=back, **_offered_sets(sets))
    form = forms.filled(FigureForm, group="random", span="12")
    form.counts.choices = forms.choices(queries_offer.countable(questions), first="Choose what is counted")
    if sent(form) and accepted(form, lambda: _cite_figure(number, section_id, claim_id, form, questions)):
        say("Cited. The figure is counted anew until the self-assessment is signed.")
        return redirect(back, 303)
    return show("claims/figure", form, page=page, line=line, questions=questions, back=back)


def _offered_sets(sets: Sequence[QuestionSet]) -> dict[str, Any]:
    """Each set by its title, and those apart whose edition has a newer one."""
    titles = question_sets.titles_apart(sets)
    earlier = question_sets.of_earlier_editions(g.session, g.authority.id, titles, g.scope.today)
    return {
        "offered_sets": [(title, str(name)) for name, title in titles.items() if name not in earlier],
        "earlier_sets": [(title, str(name)) for name, title in titles.items() if name in earlier],
    }


def _cite_figure(number: int, section_id: int, claim_id: int, form: FigureForm, questions: Any) -> None:
    between = form.span.data == "days"
    columns = queries_offer.counted(questions, form.counts.data or "")
    cited = Cited(
        **columns,
        at_random=form.group.data == "random",
        months=None if between else int(form.span.data or 12),
        period_from=form.period_from.data if between else None,
        period_to=form.period_to.data if between else None,
        shows=form.shows.data or "",
    )
    service.cite(g.session, place(number, section_id), claim_id, cited, **by_whom())


@blueprint.route(f"{CLAIM}/cite-outside", methods=["GET", "POST"])
@signed_in
def cite_outside(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    """Cite what is held elsewhere: a voice, data, a policy, by a link or by where it is."""
    page = page_of(number, section_id)
    require(may_assemble(g.scope, page.row, page.section), ASSEMBLERS)
    line = line_of(page, claim_id)
    form = forms.filled(OutsideForm)
    form.kind.choices = [SelectChoice(value=each.value, label=wording.CITES[each]) for each in queries_cited.OUTSIDE]
    back = claim_page(number, section_id, claim_id)

    def write() -> None:
        cited = Cited(
            Cites(form.kind.data), title=form.title.data or "", place=form.place.data or "",
            dated_on=form.dated_on.data, shows=form.shows.data or "",
        )  # fmt: skip
        service.cite(g.session, place(number, section_id), claim_id, cited, **by_whom())

    if sent(form) and accepted(form, write):
        say("Cited.")
        return redirect(back, 303)
    return show("claims/outside", form, page=page, line=line, back=back)
