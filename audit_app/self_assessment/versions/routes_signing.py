"""Pages of a version's way out: offered, signed with each suspected word looked at, given back, withdrawn; files."""

from functools import partial

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import evidence_store, forms, headers, words
from audit_app.form_pages import accepted, sent, stale_page
from audit_app.people import queries as people
from audit_app.people.access import allow, log_read, signed_in
from audit_app.people.access.door import by_whom, say
from audit_app.people.proof import needs_proof
from audit_app.self_assessment.blueprint import blueprint
from audit_app.self_assessment.routes_page import number_in, own_post, show
from audit_app.self_assessment.signing.forms import GiveBackForm, OfferForm
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, WordFor
from audit_app.self_assessment.versions import contents, leaving, pdf, queries, service, service_signing, signature
from audit_app.self_assessment.versions.contents import Version
from audit_app.self_assessment.versions.forms import SignVersionForm, WithdrawForm
from audit_app.self_assessment.versions.routes import VERSION, opened
from audit_app.self_assessment.who import MANAGERS
from audit_app.self_assessment.word import telling
from audit_app.self_assessment.word.routes_page import version_document
from findings.errors import Stale

PDF = evidence_store.MIME_TYPES[evidence_store.FileKind.pdf]


@blueprint.route(f"{VERSION}/offer", methods=["GET", "POST"])
@signed_in
def offer_version(number: int, version_id: int) -> ResponseReturnValue:
    assessment, row = opened(number, version_id)
    writers = queries.writers_of(g.session, row)
    form = forms.filled(OfferForm)
    able = [
        (person.id, person.name)
        for person in people.list_people_views(g.session, g.scope.today)
        if person.roles & set(MANAGERS) and person.id not in writers
    ]
    form.reviewer_id.choices = forms.choices(able, first="Choose who reads and signs it")
    back = url_for(".show_version", number=number, version_id=version_id)
    reviewer = number_in(form.reviewer_id.data) or 0
    if sent(form) and accepted(form, lambda: service.offer(g.session, row, assessment, reviewer, **by_whom())):
        say("Offered for signature. Nothing in it can change until it is signed or given back.")
        return redirect(back, 303)
    return show("small_form", form, title=f"Offer “{row.title}” for signature", back=back, save="Offer it")


@blueprint.route(f"{VERSION}/sign", methods=["GET", "POST"])
@allow(*MANAGERS)
def sign_version(number: int, version_id: int) -> ResponseReturnValue:
    row = queries.get_version(g.session, g.authority.id, number, version_id)
    version = queries.whole(g.session, row)
    suspects = leaving.suspected(version, g.council_known())
    fingerprint = contents.fingerprint_of(contents.canonical(version)) if request.method == "GET" else ""
    form = forms.filled(SignVersionForm, post=own_post(), seen=fingerprint)
    clearable = [each for each in suspects if each.may_be_cleared]
    form.cleared.choices = forms.choices(
        (each.mark, f"{each.where}: “{each.words}” looks like {each.looks_like}") for each in clearable
    )
    if not clearable:
        del form.cleared
    back = url_for(".show_version", number=number, version_id=version_id)
    write = partial(
        service_signing.sign, g.session, g.authority.id, number, version_id, seen=form.seen.data or "",
        post_title=form.post.data or "", cleared=tuple(form.cleared.data or ()) if clearable else (),
        council=g.council_known(), **by_whom(),
    )  # fmt: skip
    try:
        if sent(form) and accepted(form, write):
            say("Signed. It is frozen from here on, and may be published.")
            return redirect(back, 303)
    except Stale:
        return stale_page([], url_for(".sign_version", number=number, version_id=version_id), what="it again")
    stays = [each for each in suspects if not each.may_be_cleared]
    wrote = g.person.person_id in queries.writers_of(g.session, row)
    return show(
        "versions/sign", form, row=row, version=version, stays=stays, back=back, standing=signature, wrote=wrote
    )


@blueprint.route(f"{VERSION}/give-back", methods=["GET", "POST"])
@signed_in
def give_back_version(number: int, version_id: int) -> ResponseReturnValue:
    row = queries.get_version(g.session, g.authority.id, number, version_id)
    form = forms.filled(GiveBackForm)
    back = url_for(".show_version", number=number, version_id=version_id)
    given = (g.session, g.authority.id, number, version_id, form.why.data or "")
    service.require_with_reviewer(row)
    if sent(form) and accepted(form, lambda: service.give_back(*given, **by_whom())):
        say("Given back to its writers.")
        return redirect(back, 303)
    return show("small_form", form, title=f"Give “{row.title}” back to its writers", back=back, save="Give it back")


@blueprint.route(f"{VERSION}/withdraw", methods=["GET", "POST"])
@allow(*MANAGERS)
def withdraw_version(number: int, version_id: int) -> ResponseReturnValue:
    row = queries.get_version(g.session, g.authority.id, number, version_id)
    form = forms.filled(WithdrawForm)
    back = url_for(".show_version", number=number, version_id=version_id)
    given = (g.session, g.authority.id, number, version_id, form.why.data or "")
    service_signing.require_signed(row)
    if sent(form) and accepted(form, lambda: service_signing.withdraw(*given, **by_whom())):
        say("Withdrawn. It is kept, and marked.")
        return redirect(back, 303)
    return show("small_form", form, title=f"Withdraw “{row.title}”", back=back, save="Withdraw it")


def _taken(number: int, version_id: int) -> tuple[AudienceVersion, Version, str]:
    row = queries.get_version(g.session, g.authority.id, number, version_id)
    return row, queries.whole(g.session, row), words.date_words(row.signed_at or g.now)


@blueprint.get(f"{VERSION}/pdf")
@signed_in
def download_version(number: int, version_id: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for(".show_version", number=number, version_id=version_id))) is not None:
        return asked
    row, version, day = _taken(number, version_id)
    council = people.authority_settings(g.session)
    logo = evidence_store.read_file(current_app.config, council.logo_sha256) if council.logo_sha256 else None
    data = pdf.render(
        version, marking=signature.marking(row), signature=signature.signature(row), day=day, logo=logo
    )  # fmt: skip
    log_read(f"{version.of_reference}/{version.audience}/pdf")
    return headers.download(data, filename=f"{version.of_reference}-{version.audience}.pdf", content_type=PDF)


@blueprint.get(f"{VERSION}/word")
@signed_in
def download_version_word(number: int, version_id: int) -> ResponseReturnValue:
    if (asked := needs_proof(url_for(".show_version", number=number, version_id=version_id))) is not None:
        return asked
    row, version, day = _taken(number, version_id)
    to_print = telling.version(
        version, marking=signature.marking(row), signature=signature.signature(row), day=day, template=""
    )
    return version_document(WordFor(Audience(row.audience).value), version, to_print, on=row.signed_at or g.now)
