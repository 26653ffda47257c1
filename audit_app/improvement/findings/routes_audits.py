"""A finding from several audits: see how each question was answered, choose one, then the audits that show it."""

from secrets import token_urlsafe
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import forms, words
from audit_app.audits import question_sets
from audit_app.audits.answers_counted.spread import AnswerFilter, Spread
from audit_app.audits.forms_details import day_or_none
from audit_app.audits.register.forms import number_in
from audit_app.audits.wording import WAYS_TO_NARROW
from audit_app.form_pages import accepted, form_page, sent
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.findings import audit_answers, queries_answers, queries_audits, service, suggest
from audit_app.improvement.findings.audit_answers import AskedQuestion, AuditAnswer
from audit_app.improvement.findings.forms import ChosenAnswersForm, finding_choices
from audit_app.improvement.queries import editions_in_use
from audit_app.improvement.routes_page import may_write
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from findings.errors import NotFound
from findings.references import FINDING, reference
from findings.register import NewFinding
from findings.states import FindingKind, Level, Origin

FILTERS = ("start", "end", "team", "how", "asked_in", "answer")


def _asked_for() -> dict[str, str]:
    """The filters in this address, as text."""
    return {name: text[:140] for name in FILTERS if (text := request.args.get(name, "").strip())}


def _filter(asked: dict[str, str]) -> AnswerFilter:
    """The same as a filter; what is not a day or a number narrows nothing, and the page says so."""
    return AnswerFilter(
        start=day_or_none(asked.get("start", "")),
        end=day_or_none(asked.get("end", "")),
        team_id=number_in(asked.get("team", "")),
        **{name: asked.get(name, "") for name in ("how", "asked_in", "answer")},
    )


def _offered(asked: dict[str, str]) -> dict[str, Any]:
    """What the filters of both pages offer, and the days that could not be read."""
    unread = [asked[name] for name in ("start", "end") if asked.get(name) and day_or_none(asked[name]) is None]
    return {"teams": queries_answers.team_choices(g.session, g.scope.today), "ways": WAYS_TO_NARROW, "unread": unread}


@blueprint.get("/<authority:authority>/findings/choose-question")
@allow(Role.qa_manager)
def choose_question() -> ResponseReturnValue:
    """How agreed audits of a set answered each of its questions."""
    offered, earlier = queries_audits.question_sets(g.session, g.authority.id)
    sets = {**offered, **earlier}
    asked, chosen = _asked_for(), request.args.get("set", "")
    page: dict[str, Any] = {
        "sets": list(sets.items()),
        "earlier": earlier,
        "chosen": chosen,
        "asked": asked,
        "domains": [],
        "lines": [],
    }
    if chosen in sets:
        edition, _, set_id = chosen.partition("/")
        questions = queries_audits.questions_of(g.session, edition, set_id)
        domains = [(domain.id, domain.title) for domain in questions.domains]
        domain = request.args.get("domain", domains[0][0])
        asked |= {"asked_in": set_id}
        lines = queries_answers.domain_lines(g.session, g.authority.id, questions, _filter(asked), domain)
        page |= {"edition": edition, "set_id": set_id, "domains": domains, "domain": domain, "lines": lines}
    return render_template("improvement/findings/question.html", **page, **_offered(asked))


FROM_AUDITS = (
    "/<authority:authority>/findings/from-audits/<string:edition>/<string:set_id>/<string:domain>/<string:asked>"
)


@blueprint.route(FROM_AUDITS, methods=["GET", "POST"])
@allow(Role.qa_manager, creates=True)
def raise_from_audits(edition: str, set_id: str, domain: str, asked: str) -> ResponseReturnValue:
    question = _question(edition, set_id, f"{domain}/{asked}")
    wanted = _filter(_asked_for())
    of_question = (g.session, g.authority.id, edition)
    spreads = queries_answers.spreads_by_question(*of_question, [question.key], wanted).get(question.key, ())
    form = _form(question, spreads)
    made: list[Any] = []
    turned = request.form.get("to_page", "")
    if not turned and sent(form) and accepted(form, lambda: made.append(_raise(form, edition, question, wanted))):
        finding, number = made[0]
        say(words.Ours(f"{reference(FINDING, finding.number)} raised from {words.count(number, 'audit')}."))
        return redirect(url_for(".show_finding", number=finding.number), 303)
    listed = queries_answers.list_answers(*of_question, question.key, wanted, page=_number_of_page(turned))
    return _page(form, question, spreads, listed, set_id=set_id, turned=bool(turned))


def _question(edition: str, set_id: str, key: str) -> AskedQuestion:
    may_read = question_sets.open_to(g.session, g.authority.id, edition)
    question = queries_audits.question_of(g.session, edition, set_id, key) if may_read else None
    if question is None:
        raise NotFound("No such question.")
    return question


def _form(question: AskedQuestion, spreads: tuple[Spread, ...]) -> ChosenAnswersForm:
    form = forms.filled(ChosenAnswersForm, judgement_areas=list(question.informs), kind="area_for_improvement")
    finding_choices(form, editions_in_use(g.session, g.authority.id, g.scope.today))
    numbers: dict[str, tuple[str, list[str]]] = {}
    for spread in spreads:
        away = ((question_sets.NOT_APPLICABLE, "Does not apply", spread.not_applicable),)
        for code, name, count in (*spread.answers, *away):
            if count:
                numbers.setdefault(code, (name, []))[1].append(f"{count:,} {spread.who}")
    form.whole.choices = forms.choices(
        (code, f"All that answered “{name}”: {words.listing(groups)}") for code, (name, groups) in numbers.items()
    )
    return form


def _page(form: Any, question: AskedQuestion, spreads: Any, listed: Any, **more: Any) -> ResponseReturnValue:
    """The page with its numbers, its list and its form; turning a page of the list keeps what is ticked and typed."""
    asked = _asked_for()
    narrowed: dict[str, Any] = _place() | {name: text for name, text in asked.items() if name != "answer"}
    given = {
        "question": question, "spreads": spreads, "listed": listed, "asked": asked, "may_write": may_write(),
        "proposals": suggest.proposals(spreads), "address": url_for(".raise_from_audits", **narrowed),
        "elsewhere": sorted(set(form.answers.data or ()) - {answer.reference for answer in listed.rows}),
        "sets": queries_answers.sets_asking(g.session, g.authority.id, _place()["edition"], question.key),
        **_offered(asked), **more,
    }  # fmt: skip
    if given.pop("turned"):
        form.once.data = token_urlsafe(24)  # nothing was done yet, so what is sent next is not the same again
        return render_template("improvement/findings/from_audits.html", form=form, **given)
    return form_page("improvement/findings/from_audits.html", form, **given)


def _number_of_page(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 1


def _place() -> dict[str, str]:
    """The question in this address."""
    return {name: str(value) for name, value in (request.view_args or {}).items() if name != "authority"}


def _raise(form: ChosenAnswersForm, edition: str, question: AskedQuestion, wanted: AnswerFilter) -> tuple[Any, int]:
    """The finding, and how many audits it rests on."""
    answers: list[AuditAnswer] = queries_answers.chosen_answers(
        g.session, g.authority.id, edition, question.key, wanted,
        whole=form.whole.data or [], references=form.answers.data or [],
    )  # fmt: skip
    new = NewFinding(
        kind=FindingKind(form.kind.data), origin=Origin.case_audit, text=form.text.data,
        judgement_areas=service.known_areas(form.judgement_areas.data or []),
        sources=[audit_answers.source_of(answer) for answer in answers],
        more={"level": Level(form.level.data or "service")},
    )  # fmt: skip
    return service.raise_finding(g.session, g.authority.id, new, **by_whom()), len(answers)
