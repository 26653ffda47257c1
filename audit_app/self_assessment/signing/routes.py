"""Pages of review and signature: read it whole, offer it, sign it or give it back, compare it, look back."""

from functools import partial
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms
from audit_app.errors import NotFound
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import allow, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.self_assessment.assessments import queries as assessments
from audit_app.self_assessment.blueprint import PAGE, blueprint
from audit_app.self_assessment.routes_page import number_in, own_post, show
from audit_app.self_assessment.service_draft import require
from audit_app.self_assessment.signing import changes, queries, queries_since, service
from audit_app.self_assessment.signing.forms import BecameForm, GiveBackForm, OfferForm, SignForm
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentState, Became
from audit_app.self_assessment.who import MANAGERS, may_manage
from findings.errors import Stale
from findings.references import number_of


def _months() -> int:
    return int(current_app.config["CLAIM_EVIDENCE_MONTHS"])


@blueprint.get(f"{PAGE}/read")
@signed_in
def read(number: int) -> ResponseReturnValue:
    row = assessments.get_row(g.session, g.authority.id, number)
    document = queries.document(g.session, g.authority.id, number, g.scope.today, _months())
    since = queries_since.since_signature(g.session, g.authority.id, document, g.scope.today) if row.contents else {}
    signer = people.names_of(g.session, [row.signed_by]).get(row.signed_by or 0, "")
    return render_template(
        "self_assessment/signing/read.html", document=document, row=row, since=since, signer=signer, number=number
    )


@blueprint.route(f"{PAGE}/offer", methods=["GET", "POST"])
@signed_in
def offer(number: int) -> ResponseReturnValue:
    page = assessments.get_page(g.session, g.authority.id, number, g.scope.today)
    require(may_manage(g.scope, page.row), service.WHOSE)
    form = forms.filled(OfferForm, revision=page.row.revision)
    able = [
        (person.id, person.name)
        for person in people.list_people_views(g.session, g.scope.today)
        if person.roles & set(MANAGERS) and person.id not in page.writers
    ]
    form.reviewer_id.choices = forms.choices(able, first="Choose who reads and signs it")
    back = url_for(".show_assessment", number=number)
    given: dict[str, Any] = {
        "reviewer_id": number_in(form.reviewer_id.data) or 0, "revision": form.seen_revision(),
    }  # fmt: skip
    try:
        if sent(form) and accepted(
            form, lambda: service.offer(g.session, g.authority.id, number, **given, **by_whom())
        ):
            say("Offered for signature. Nothing in it can change until it is signed or given back.")
            return redirect(back, 303)
    except Stale:
        return stale_page([], back, what="the self-assessment")
    return show("signing/offer", form, page=page, back=back)


@blueprint.route(f"{PAGE}/sign", methods=["GET", "POST"])
@allow(*MANAGERS)
def sign(number: int) -> ResponseReturnValue:
    row = assessments.get_row(g.session, g.authority.id, number)
    back, today, months = url_for(".show_assessment", number=number), g.scope.today, _months()
    fingerprint = ""
    if row.state is AssessmentState.with_reviewer and request.method == "GET":
        _whole, fingerprint = service.as_it_would_be_frozen(g.session, g.authority.id, number, today, months)
    form = forms.filled(SignForm, post=own_post(), seen=fingerprint)
    given: dict[str, Any] = {
        "seen": form.seen.data or "", "post_title": form.post.data or "", "remark": form.remark.data or "",
    }  # fmt: skip
    write = partial(service.sign, g.session, g.authority.id, number, months=months, today=today, **given, **by_whom())
    try:
        if sent(form) and accepted(form, write, post_title="post"):
            say("Signed. It is frozen from here on, and its figures with it.")
            return redirect(url_for(".read", number=number), 303)
    except Stale:
        why = "Something it says, or a figure it cites, has changed since you opened this page."
        again = url_for(".sign", number=number)
        return stale_page([], again, what="the self-assessment, read it again", more=[("Why", why)])
    document = queries.document(g.session, g.authority.id, number, today, months)
    page = assessments.get_page(g.session, g.authority.id, number, today)
    wrote = g.person.person_id in page.writers
    return show("signing/sign", form, document=document, page=page, back=back, wrote=wrote, row=row, since={})


@blueprint.route(f"{PAGE}/give-back", methods=["GET", "POST"])
@signed_in
def give_back(number: int) -> ResponseReturnValue:
    row = assessments.get_row(g.session, g.authority.id, number)
    form = forms.filled(GiveBackForm)
    back = url_for(".show_assessment", number=number)
    if sent(form) and accepted(
        form, lambda: service.give_back(g.session, g.authority.id, number, form.why.data or "", **by_whom())
    ):
        say("Given back to its writers.")
        return redirect(back, 303)
    return show("small_form", form, title=f"Give {row.title} back to its writers", back=back, save="Give it back")


@blueprint.get(f"{PAGE}/compare")
@signed_in
def compare(number: int) -> ResponseReturnValue:
    """What changed since the one before, or since another that was signed (?with=SAS-0001)."""
    row = assessments.get_row(g.session, g.authority.id, number)
    other = number_of(request.args.get("with", ""), SELF_ASSESSMENT) or row.previous_number
    if other is None or other == number:
        raise NotFound("There is no self-assessment to compare this one with.")
    today, months = g.scope.today, _months()
    before = queries.document(g.session, g.authority.id, other, today, months)
    now = queries.document(g.session, g.authority.id, number, today, months)
    rows = changes.changes(before, now)
    return render_template(
        "self_assessment/signing/compare.html", earlier=before, now=now, rows=rows, counted=changes.counted(rows),
        number=number, drafting=row.state is AssessmentState.drafting, manages=may_manage(g.scope, row),
    )  # fmt: skip


@blueprint.route(f"{PAGE}/look-back/<int:about_id>", methods=["GET", "POST"])
@signed_in
def look_back(number: int, about_id: int) -> ResponseReturnValue:
    row = assessments.get_row(g.session, g.authority.id, number)
    lines = {each.about_id: each for each in queries.look_back(g.session, row)}
    if about_id not in lines:
        raise NotFound("The self-assessment before has no such claim or plan.")
    line = lines[about_id]
    saved = {"became": line.became, "words": line.words, "shown_by": line.reference}
    form = forms.filled(BecameForm, **saved, revision=queries.look_back_revision(g.session, row, about_id))
    back = url_for(".compare", number=number)

    def write() -> None:
        service.say_what_became(
            g.session, g.authority.id, number, about_id, became=Became(form.became.data), words=form.words.data or "",
            shown_by=(form.shown_by.data or "").strip().upper(), revision=form.seen_revision(), **by_whom(),
        )  # fmt: skip

    try:
        if sent(form) and accepted(form, write):
            say("Saved.")
            return redirect(f"{back}#look-back", 303)
    except Stale:
        rows = [("How far it came", line.words, form.words.data or "")]
        return stale_page(rows, back, what="the comparison", more=[("What became of it", line.became_words)])
    return show("small_form", form, title="What became of it?", back=back, save="Save", inset=line.about)
