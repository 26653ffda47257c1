"""A finding from several audits: choose the question, see what agreed audits answered, tick those that show it."""

from collections import Counter
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.audits import question_sets
from audit_app.form_pages import accepted, sent
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import audit_answers, queries_audits, service, suggest
from audit_app.improvement.findings.audit_answers import AuditAnswer
from audit_app.improvement.findings.forms import ChosenAnswersForm, finding_choices
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import show
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import NotFound
from findings.references import FINDING, reference
from findings.register import NewFinding
from findings.states import FindingKind, Level, Origin


@blueprint.get("/<authority:authority>/findings/choose-question")
@allow(Role.qa_manager)
def choose_question() -> ResponseReturnValue:
    sets = queries_audits.question_sets(g.session, g.authority.id)
    chosen = request.args.get("set", "")
    if chosen not in dict(sets):
        return render_template("improvement/findings/question.html", sets=sets, chosen="", questions=[])
    edition, _, set_id = chosen.partition("/")
    questions = queries_audits.questions_of(g.session, edition, set_id)
    if request.args.get("question", "") in dict(questions):
        domain, _, asked = request.args["question"].partition("/")
        return redirect(url_for(".raise_from_audits", edition=edition, set_id=set_id, domain=domain, asked=asked), 303)
    return render_template("improvement/findings/question.html", sets=sets, chosen=chosen, questions=questions)


FROM_AUDITS = (
    "/<authority:authority>/findings/from-audits/<string:edition>/<string:set_id>/<string:domain>/<string:asked>"
)


@blueprint.route(FROM_AUDITS, methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def raise_from_audits(edition: str, set_id: str, domain: str, asked: str) -> ResponseReturnValue:
    may_read = question_sets.open_to(g.session, g.authority.id, edition)
    question = queries_audits.question_of(g.session, edition, set_id, f"{domain}/{asked}") if may_read else None
    if question is None:
        raise NotFound("No such question.")
    answers = queries_audits.agreed_answers(g.session, g.authority.id, edition, question.key)
    form = finding_choices(
        forms.filled(ChosenAnswersForm, judgement_areas=list(question.informs), kind="area_for_improvement"),
        editions_in_use(g.session, g.authority.id, g.scope.today),
    )
    form.answers.choices = forms.choices([(answer.reference, _line(answer)) for answer in answers])
    made: list[Any] = []
    if sent(form) and accepted(form, lambda: made.append(_raise(form, answers))):
        audits = words.count(len(form.answers.data), "audit")
        say(words.Ours(f"{reference(FINDING, made[0].number)} raised from {audits}."))
        return redirect(url_for(".show_finding", number=made[0].number), 303)
    how = Counter(answer.how_chosen for answer in answers)
    proposals = suggest.proposals(question.points, answers)
    return show("findings/from_audits", form, question=question, answers=answers, how=how, proposals=proposals)


def _line(answer: AuditAnswer) -> str:
    return f"{answer.reference}, {answer.team}, {words.date_words(answer.dated_on)}: {answer.grade}"


def _raise(form: ChosenAnswersForm, answers: list[AuditAnswer]) -> Any:
    ticked = audit_answers.those_ticked(answers, form.answers.data)
    new = NewFinding(
        kind=FindingKind(form.kind.data), origin=Origin.case_audit, text=form.text.data,
        judgement_areas=service.known_areas(form.judgement_areas.data or []),
        sources=[audit_answers.source_of(answer) for answer in ticked],
        more={"level": Level(form.level.data or "service")},
    )  # fmt: skip
    return service.raise_finding(g.session, g.authority.id, new, **by_whom())
