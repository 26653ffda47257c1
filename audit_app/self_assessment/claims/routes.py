"""Pages of a claim: what it says, how firm it is, and taking it out; facts of the register put in as claims."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.errors import NotFound
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.people.access import signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment import ladder_words, wording
from audit_app.self_assessment.blueprint import SECTION, blueprint
from audit_app.self_assessment.claims import proposed, queries_offer, service
from audit_app.self_assessment.claims.forms import ClaimForm, FillForm, RungForm
from audit_app.self_assessment.claims.given import Said
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.routes_page import show
from audit_app.self_assessment.rungs import Proposal, ages_of
from audit_app.self_assessment.sections import queries as sections
from audit_app.self_assessment.sections.queries import ClaimLine, SectionPage
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.tables import AssessmentState, Claim, Stance
from audit_app.self_assessment.who import may_assemble, may_write
from findings.errors import Stale

CLAIM = f"{SECTION}/claims/<int:claim_id>"
WRITERS = "Claims are written by whoever has the section, and by those who lead the self-assessment."


def page_of(number: int, section_id: int) -> SectionPage:
    """The section as it stands today."""
    months = current_app.config["CLAIM_EVIDENCE_MONTHS"]
    return sections.get_page(g.session, g.authority.id, number, section_id, today=g.scope.today, months=months)


def line_of(page: SectionPage, claim_id: int) -> ClaimLine:
    """One claim of the section, or NotFound."""
    for question in page.questions:
        for line in question.claims:
            if line.claim.id == claim_id:
                return line
    raise NotFound("There is no such claim in this section. Somebody may have taken it out.")


def place(number: int, section_id: int) -> Place:
    """The section of the address."""
    return Place(g.authority.id, number, section_id)


def claim_page(number: int, section_id: int, claim_id: int) -> str:
    """The address of a claim's page."""
    return url_for(".show_claim", number=number, section_id=section_id, claim_id=claim_id)


def _claim_form(page: SectionPage, **saved: Any) -> ClaimForm:
    form = forms.filled(ClaimForm, **saved)
    pairs = [(each.prompt.key, each.prompt.words) for each in page.questions]
    form.question.choices = forms.choices(pairs, first="Choose the question")
    return form


def _said(form: ClaimForm) -> Said:
    return Said(form.question.data or "", form.text.data or "", Stance(form.stance.data or Stance.neither.value))


@blueprint.route(f"{SECTION}/claims/new", methods=["GET", "POST"])
@signed_in
def add_claim(number: int, section_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    require(may_write(g.scope, page.row, page.section), WRITERS)
    form = _claim_form(page, question=request.args.get("question", ""))
    made: list[Claim] = []
    if sent(form) and accepted(
        form, lambda: made.append(service.add_claim(g.session, place(number, section_id), _said(form), **by_whom()))
    ):
        say("Claim added. Now cite what shows it.")
        return redirect(claim_page(number, section_id, made[0].id), 303)
    back = url_for(".show_section", number=number, section_id=section_id)
    return show("claims/form", form, title="Add a claim", back=back, save="Add the claim")


@blueprint.get(CLAIM)
@signed_in
def show_claim(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    drafting = page.row.state is AssessmentState.drafting
    return render_template(
        "self_assessment/claims/show.html",
        page=page,
        line=line_of(page, claim_id),
        drafting=drafting,
        writes=drafting and may_write(g.scope, page.row, page.section),
        assembles=drafting and may_assemble(g.scope, page.row, page.section),
    )


@blueprint.route(f"{CLAIM}/change", methods=["GET", "POST"])
@signed_in
def change_claim(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    require(may_write(g.scope, page.row, page.section), WRITERS)
    claim = line_of(page, claim_id).claim
    saved = {"text": claim.text, "question": claim.question, "stance": claim.stance.value, "revision": claim.revision}
    form = _claim_form(page, **saved)
    back = claim_page(number, section_id, claim_id)
    try:
        if sent(form) and accepted(form, lambda: _change(place(number, section_id), claim_id, form)):
            say("Saved.")
            return redirect(back, 303)
    except Stale as stale:
        current: Any = stale.current
        typed_stance = wording.STANCES.get(Stance(form.stance.data), "") if form.stance.data else ""
        rows = [
            ("The claim", current.text, form.text.data or ""),
            ("What it says", wording.STANCES[current.stance], typed_stance),
        ]
        return stale_page(rows, back, what="the claim")
    return show("claims/form", form, title="Change the claim", back=back, save="Save the claim")


def _change(at: Place, claim_id: int, form: ClaimForm) -> None:
    service.change_claim(g.session, at, claim_id, _said(form), revision=form.seen_revision(), **by_whom())


@blueprint.route(f"{CLAIM}/firmness", methods=["GET", "POST"])
@signed_in
def decide_rung(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    page = page_of(number, section_id)
    require(may_write(g.scope, page.row, page.section), WRITERS)
    line = line_of(page, claim_id)
    claim = line.claim
    rung = "" if claim.rung is None else str(claim.rung)
    form = forms.filled(RungForm, rung=rung, rung_reason=claim.rung_reason, revision=claim.revision)
    form.rung.choices = forms.choices([(each, f"{each}: {claimed}") for each, claimed in ladder_words.rungs().items()])
    back = claim_page(number, section_id, claim_id)
    given: dict[str, Any] = {
        "rung": int(form.rung.data) if str(form.rung.data or "").isdigit() else -1,
        "reason": form.rung_reason.data or "", "revision": form.seen_revision(),
    }  # fmt: skip
    try:
        if sent(form) and accepted(
            form, lambda: service.decide_rung(g.session, place(number, section_id), claim_id, **given, **by_whom())
        ):
            say("Saved.")
            return redirect(back, 303)
    except Stale as stale:
        current: Any = stale.current
        rows = [("Why", current.rung_reason, given["reason"])]
        return stale_page(rows, back, what="the claim", more=[("How firm", ladder_words.rung_words(current.rung))])
    return show("claims/firmness", form, line=line, back=back, proposal=_proposal(line))


def _proposal(line: ClaimLine) -> Proposal:
    """The rung that what a claim cites would carry today."""
    stands = [cited.stands for cited in line.cited]
    return proposed.proposed(line.claim.stance, stands, g.scope.today, ages_of(current_app.config))


@blueprint.post(f"{CLAIM}/take-out")
@signed_in
def take_out_claim(number: int, section_id: int, claim_id: int) -> ResponseReturnValue:
    service.take_out_claim(g.session, place(number, section_id), claim_id, **by_whom())
    say("The claim was taken out.")
    return redirect(url_for(".show_section", number=number, section_id=section_id), 303)


@blueprint.post(f"{CLAIM}/cited/<int:citation_id>/take-away")
@signed_in
def uncite(number: int, section_id: int, claim_id: int, citation_id: int) -> ResponseReturnValue:
    service.uncite(g.session, place(number, section_id), claim_id, citation_id, **by_whom())
    say("Taken away.")
    return redirect(claim_page(number, section_id, claim_id), 303)


@blueprint.route(f"{SECTION}/fill", methods=["GET", "POST"])
@signed_in
def fill(number: int, section_id: int) -> ResponseReturnValue:
    """Facts of the register as they are today, each to be ticked; every tick becomes a claim that cites it."""
    page = page_of(number, section_id)
    require(may_write(g.scope, page.row, page.section), WRITERS)
    facts = queries_offer.facts(g.session, g.authority.id, page.row.edition_id, page.section.area_id, g.scope.today)
    form = forms.filled(FillForm, question=page.questions[0].prompt.key)
    form.facts.choices = forms.choices([(fact.key, fact.words) for fact in facts])
    form.question.choices = forms.choices([(each.prompt.key, each.prompt.words) for each in page.questions])
    back = url_for(".show_section", number=number, section_id=section_id)
    chosen = [fact for fact in facts if fact.key in (form.facts.data or [])]

    def put_in() -> None:
        for fact in chosen:
            claimed = Said(form.question.data or "", fact.claim, fact.stance)
            service.add_claim(g.session, place(number, section_id), claimed, [fact.cited], **by_whom())

    if sent(form) and accepted(form, put_in):
        say(f"{words.count(len(chosen), 'claim')} put in. Say in your own words what each shows.")
        return redirect(back, 303)
    return show("claims/fill", form, page=page, facts=facts, back=back)
