"""Answering an audit: one domain a page, the last page, check your answers, submit; what is typed is kept meanwhile."""

from typing import Any

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import drafts, errors, forms, words
from audit_app.audits import completeness, contents, forms_answers, queries, service, wording
from audit_app.audits.blueprint import blueprint
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.forms_answers import ClosingForm, DomainForm, form_for, saved_values
from audit_app.audits.forms_details import ButtonForm
from audit_app.audits.rails import asking
from audit_app.audits.rails.forms import field_name
from audit_app.audits.record_facts import forms as facts_forms
from audit_app.audits.record_facts import queries as facts
from audit_app.audits.record_facts import telling
from audit_app.audits.routes_frame import WRITERS, audit_frame, just_saved
from audit_app.audits.service import AlreadySubmitted, NotComplete
from audit_app.audits.stages import ANSWERED_IN
from audit_app.audits.tables import CaseAudit
from audit_app.errors import NotAllowed, NotFound, OutOfTurn, Stale
from audit_app.form_pages import form_page, refused_page, sent
from audit_app.library import asking as library_asking
from audit_app.people.access import allow, log_read
from audit_app.people.access.door import by_whom, keep_failed_form, kept_bytes, say
from frameworks import Domain, QuestionSet, conditions
from frameworks.kinds import answered as kinds

NOT_SHOWN = {"csrf_token", "once", "revision", "then", "questions"}
NOT_OPEN = words.Ours("This audit is not open for answers, so it is shown as it stands. To correct it, reopen it.")
MOVED = (
    "This audit was moved to other questions since you opened the page, so nothing was saved. "
    "What you typed is kept: open the page again, check it and save."
)
NOT_TYPED = {"path", "then"}
AUDIT = '/<authority:authority>/audits/<ref("AUD"):number>'


def answering(number: int) -> tuple[CaseAudit, QuestionSet] | None:
    """The audit and its questions for its auditor; None when it is not to be answered now."""
    audit = queries.audit_row(g.session, g.authority.id, number, locking=request.method == "POST")
    if audit.auditor_id != g.person.person_id:
        raise NotAllowed("Only the auditor of an audit answers it.")
    log_read(queries.reference_of(number))
    questions = queries.questions_of(g.session, audit)
    return None if audit.stage not in ANSWERED_IN or questions is None else (audit, questions)


def not_now(number: int) -> ResponseReturnValue:
    """The audit is submitted or has left the programme: show it; a form that came too late is shown back."""
    if request.method == "POST":
        return shown_back("This audit is not open for answers any more, so nothing was saved.")
    say(NOT_OPEN, "notice")
    return redirect(url_for("audits.show", number=number), 303)


def shown_back(why: str) -> ResponseReturnValue:
    """A form that cannot be saved: why, and what was typed."""
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in NOT_SHOWN]
    return errors.page(409, why, typed=typed)


@blueprint.route(AUDIT + "/domains/<string:domain_id>", methods=["GET", "POST"])
@allow(*WRITERS)
def answer(number: int, domain_id: str) -> ResponseReturnValue:
    """One domain of the audit."""
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    for domain in open_now[1].domains:
        if domain.id == domain_id:
            return _domain_page(*open_now, domain)
    raise NotFound("This audit has no such domain.")


def _domain_page(audit: CaseAudit, questions: QuestionSet, domain: Domain) -> ResponseReturnValue:
    grown = form_for(questions, audit.fingerprint, domain.id)
    if request.method == "POST":
        if request.form.get("questions", audit.fingerprint) != audit.fingerprint:
            keep_failed_form()
            return shown_back(MOVED)
        # Nothing is read before the save that the save does not need: this is the page people press most.
        form = forms.filled(grown)
        try:
            if form.validate():
                return _saved(audit, questions, domain, form)
        except Stale:
            now_saved = grown(**_saved_values(audit, domain))
            form.revision.data = now_saved.revision.data
            given = _domain_given(audit, questions, domain, form)
            return refused_page("audits/answer.html", 409, form=form, now_saved=now_saved, **given)
    else:
        form = forms.filled(grown, **_saved_values(audit, domain))
    return form_page("audits/answer.html", form, now_saved=None, **_domain_given(audit, questions, domain, form))


def _not_asked_any_more(form: Any) -> list[str]:
    """Notes typed and never saved, for questions that the audit's newer set does not ask on this page."""
    pairs = g.kept[0] if form.kept_at else []
    return [text for name, text in pairs if name.startswith(forms_answers.NOTE) and name not in form and text.strip()]


def _saved_values(audit: CaseAudit, domain: Domain) -> dict[str, Any]:
    keys = [question.key for question in domain.questions]
    return saved_values(domain, *queries.domain_rows(g.session, g.authority.id, audit.number, domain.id, keys))


def _domain_given(audit: CaseAudit, questions: QuestionSet, domain: Domain, form: DomainForm) -> dict[str, Any]:
    """What the page of one domain shows besides its form."""
    return {
        **_around(audit, questions, domain),
        "asks": forms_answers,
        "asked": forms_answers.asked_on(questions, domain, _shown_keys(audit, questions, domain)),
        "not_asked": _not_asked_any_more(form),
        "waits_for": library_asking.waiting_words(questions, (domain.show_if,)),
    }


def _shown_keys(audit: CaseAudit, questions: QuestionSet, domain: Domain) -> frozenset[str]:
    """The questions that are asked; the answers are read for it only where the domain has conditions."""
    if not conditions.are_there([domain]):
        return frozenset()
    return completeness.asked(questions, *queries.all_rows(g.session, g.authority.id, audit.number))


def _saved(audit: CaseAudit, questions: QuestionSet, domain: Domain, form: Any) -> ResponseReturnValue:
    seen, by = form.seen_revision(), g.person.person_id
    saved = service.save_domain(
        g.session, g.authority.id, audit.number, domain.id, form.entry(), seen=seen, by=by, now=g.now, held=audit
    )
    number = audit.number
    if saved.raised_a_concern:
        say("A concern about safety is raised. Speak to somebody now: a message is not enough.", "notice")
        return redirect(url_for("audits.concerns_of", number=number), 303)
    then = request.form.get("then", "")
    if then in {f"action:{question.key}" for question in domain.questions}:
        return redirect(url_for("audits.add_action", number=number, question=then.removeprefix("action:")), 303)
    if then == "back":
        return redirect(url_for("audits.show", number=number, saved=domain.id), 303)
    return _next_page(number, questions, domain)


def _next_page(number: int, questions: QuestionSet, domain: Domain) -> ResponseReturnValue:
    """The next domain, or the last page."""
    place = questions.domains.index(domain) + 1
    if place < len(questions.domains):
        following = questions.domains[place].id
        return redirect(url_for("audits.answer", number=number, domain_id=following, saved=domain.id), 303)
    return redirect(url_for("audits.closing", number=number, saved=domain.id), 303)


def _around(audit: CaseAudit, questions: QuestionSet, domain: Domain | None = None) -> dict[str, Any]:
    """What a page of answering shows around its questions: where it is, and how to raise a concern."""
    place = questions.domains.index(domain) + 1 if domain else len(questions.domains) + 1
    return {
        "audit": audit,
        "just_saved": just_saved(questions),
        "reference": queries.reference_of(audit.number),
        "in_words": forms_answers.value_in_words,
        "questions": questions,
        "domain": domain,
        "place": place,
        "places": len(questions.domains) + 1,
        "prompts": audit.length in wording.PROMPTING,
        "rationale_words": current_app.config["RATIONALE_WORDS"],
        "autosave_seconds": current_app.config["AUTOSAVE_SECONDS"],
        "graded_months": current_app.config["GRADED_WINDOW_MONTHS"],
        "number": audit.number,
        "open_concerns": concerns.open_concerns(g.session, g.authority.id, audit.number),
    }


@blueprint.route(AUDIT + "/last-page", methods=["GET", "POST"])
@allow(*WRITERS)
def closing(number: int) -> ResponseReturnValue:
    """The overall grade, what stood out, and how the audit was done."""
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    audit, questions = open_now
    form = forms.filled(ClosingForm, **forms_answers.closing_values(audit))
    form.offer(questions)
    try:
        if sent(form):
            return _closing_saved(audit, questions, form)
    except Stale:
        now_saved = ClosingForm(**forms_answers.closing_values(audit))
        now_saved.offer(questions)
        form.revision.data = str(audit.closing_revision)
        given = _closing_given(audit, questions)
        return refused_page("audits/closing.html", 409, form=form, now_saved=now_saved, **given)
    return form_page("audits/closing.html", form, now_saved=None, **_closing_given(audit, questions))


def _closing_given(audit: CaseAudit, questions: QuestionSet) -> dict[str, Any]:
    """What the last page shows besides its form."""
    return {**_rails(audit, questions), **_around(audit, questions)}


def _closing_saved(audit: CaseAudit, questions: QuestionSet, form: ClosingForm) -> ResponseReturnValue:
    seen, by = form.seen_revision(), g.person.person_id
    service.save_closing(g.session, g.authority.id, audit.number, form.entry(), seen=seen, by=by, now=g.now)
    endpoint = "audits.check"
    if request.form.get("then") == "back":
        endpoint = "audits.show"
    elif any(line.is_open for line in queries.rails_of(g.session, audit, questions)):
        endpoint = "audits.rails"
    return redirect(url_for(endpoint, number=audit.number, saved="last-page"), 303)


def _rails(audit: CaseAudit, questions: QuestionSet) -> dict[str, Any]:
    """The questions the grades raise, and each domain's grade to look back on."""
    rows = queries.all_rows(g.session, g.authority.id, audit.number)
    reasons = queries.reason_rows(g.session, g.authority.id, audit.number)
    domains, _ = rows
    grades = {} if questions.domain_scale is None else {
        domain.title: questions.scale(questions.domain_scale).name_of(domains[domain.id].grade)
        for domain in questions.domains
        if domain.id in domains and domains[domain.id].grade
    }  # fmt: skip
    return {"rails": asking.rail_lines(audit, questions, *rows, reasons), "domain_grades": grades}


@blueprint.route(AUDIT + "/check", methods=["GET", "POST"])
@allow(*WRITERS)
def check(number: int) -> ResponseReturnValue:
    """Check your answers, then submit."""
    missing: Any = ()
    if request.method == "POST":
        try:
            service.submit_audit(g.session, g.authority.id, number, **by_whom())
            say(f"{queries.reference_of(number)} is submitted.")
            return redirect(url_for("audits.show", number=number), 303)
        except AlreadySubmitted as already:
            say(words.Ours(already), "notice")
            return redirect(url_for("audits.show", number=number), 303)
        except NotComplete as refused:
            missing = refused.missing
    open_now = answering(number)
    if open_now is None:
        return not_now(number)
    return form_page("audits/check.html", ButtonForm(), tried=bool(missing), **_checked(*open_now))


def _checked(audit: CaseAudit, questions: QuestionSet) -> dict[str, Any]:
    rows = queries.all_rows(g.session, g.authority.id, audit.number)
    rails = _rails(audit, questions)
    given = facts.given_facts(g.session, g.authority.id, audit.number)
    missing = telling.missing(questions, given) + completeness.missing(audit, questions, *rows)
    missing += asking.missing_reasons(rails["rails"])
    prompts = completeness.prompts(audit, rows[0], current_app.config["RATIONALE_WORDS"])
    return {
        "document": contents.compose(audit, questions, *rows, given_facts=given),
        "missing": [(want.message, place_of(audit.number, want, questions)) for want in missing],
        "prompts": [
            (want.message, place_of(audit.number, want, questions), _title(want, questions)) for want in prompts
        ],
        **rails,
        **audit_frame(queries.get_audit(g.session, g.authority.id, audit.number)),
    }


def _title(want: Any, questions: QuestionSet) -> str:
    return questions.domain(want.key).title if want.part == "domain" else "Overall grade"


def place_of(number: int, want: Any, questions: QuestionSet) -> str:
    """The address of the input that mends what is missing."""
    if want.part == "details":
        return url_for("audits.details", number=number) + f"#{want.key}-0"
    if want.part == "fact":
        fact = next(each for each in questions.facts if each.id == want.key)
        return url_for("audits.facts_of", number=number) + f"#{facts_forms.first_input(fact)}"
    if want.part == "rail":
        return url_for("audits.rails", number=number) + f"#{field_name(want.key)}"
    if want.part == "overall":
        anchor = "overall_grade-0" if want.code == "grade" else "overall_rationale"
        return url_for("audits.closing", number=number) + f"#{anchor}"
    if want.part == "domain":
        anchor = {"grade": "grade-0", "reason": "not_applicable_reason"}.get(want.code, "rationale")
        return url_for("audits.answer", number=number, domain_id=want.key) + f"#{anchor}"
    question = questions.question(want.key)
    domain_id = want.key.partition("/")[0]
    with_what = kinds.answered_with(question)
    anchor = forms_answers.answer_name(question) + {"date": "-day", "number": ""}.get(with_what, "-0")
    if want.code in ("action", "action_due"):
        what, _, by = forms_answers.action_names(question)
        anchor = f"{by}-day" if want.code == "action_due" else what
    elif with_what == "words" or want.code in ("reason", "words"):
        anchor = forms_answers.words_name(question)
    return url_for("audits.answer", number=number, domain_id=domain_id) + f"#{anchor}"


@blueprint.post("/<authority:authority>/drafts")
@allow(*WRITERS, autosave=True)
def keep_draft() -> ResponseReturnValue:
    """Keep what is being typed on a page, every half minute and on leaving it, for its author alone (FO-2)."""
    path = request.form.get("path", "")
    if not path.startswith(f"/{g.authority.key}/") or len(path) > 300 or "\x00" in path:
        abort(400, "This is not a page of this council.")
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    whose: dict[str, Any] = {"authority_id": g.authority.id, "person_id": g.person.person_id, "path": path}
    try:
        drafts.keep(g.session, fields=fields, reason="typing", now=g.now, most_bytes=kept_bytes(typing=True), **whose)
    except drafts.NoRoom:
        raise OutOfTurn(drafts.NO_ROOM) from None
    return "", 204
