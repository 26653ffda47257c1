"""A council's own set as the auditor will see it, draft or published: one domain a page, and nothing to save."""

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue

from audit_app.audits import forms_answers, question_sets, wording
from audit_app.audits.blueprint import blueprint
from audit_app.errors import NotFound, OutOfTurn
from audit_app.library.own_sets import queries as own_sets
from audit_app.library.own_sets import soundness
from audit_app.people.access import Role, allow
from frameworks import QuestionSet
from frameworks.kinds import record_facts
from frameworks.own_sets import own_set

PREVIEW = '/<authority:authority>/library/own-sets/<ref("SET"):number>/preview'


@blueprint.get(PREVIEW)
@allow(Role.qa_manager, Role.leader)
def preview_set(number: int) -> ResponseReturnValue:
    """The first domain, at full length."""
    return _shown(number, own_set.FULL, "")


@blueprint.get(f"{PREVIEW}/<string:length>/<string:domain>")
@allow(Role.qa_manager, Role.leader)
def preview_domain(number: int, length: str, domain: str) -> ResponseReturnValue:
    """One domain at one length."""
    return _shown(number, length, domain)


def _every_key(questions: QuestionSet) -> frozenset[str]:
    """A preview asks every question: nothing is answered that a condition could look at."""
    return frozenset(question.key for question in questions.questions)


def _shown(number: int, length: str, domain_id: str) -> ResponseReturnValue:
    view = own_sets.get_set(g.session, g.authority.id, number)
    line = view.open_version or view.published
    if line is None:
        raise NotFound("This set has no version.")
    own = own_sets.document_of(g.session, g.authority.id, number, line.version)
    if soundness.complaints(own):
        raise OutOfTurn("This draft has faults, so it cannot be shown as auditors will see it. They are on its page.")
    built = own_set.built(own, "own-set", own_set.NO_DAY).question_sets
    lengths = {each.length: each for each in question_sets.apart(built)}
    questions = lengths.get(length) or next((each for each in built if each.length == length), None)
    order = [domain.id for domain in questions.domains] if questions else []
    if questions is None or (domain_id and domain_id not in order):
        raise NotFound("The set has no such domain at this length.")
    place = order.index(domain_id) if domain_id else 0
    grown = forms_answers.form_for(questions, f"preview {own.fingerprint}", order[place])
    return render_template(
        "audits/preview.html", view=view, line=line, own=own, questions=questions, lengths=lengths, form=grown(),
        domain=questions.domains[place], following=questions.domains[place + 1 : place + 2], asks=forms_answers,
        prompts=length in wording.PROMPTING,
        asked=forms_answers.asked_on(questions, questions.domains[place], _every_key(questions)),
        fact_words=record_facts.in_words,
        rationale_words=current_app.config["RATIONALE_WORDS"],
    )  # fmt: skip
