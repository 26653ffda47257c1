"""Pages of one audit before it is answered: setting it up, its first page and its details."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.audits import queries, question_sets, service, wording
from audit_app.audits.actions import routes_frame as frame
from audit_app.audits.blueprint import blueprint
from audit_app.audits.conflicts import queries as conflicts
from audit_app.audits.conflicts.nearness import doubts
from audit_app.audits.forms_details import DetailsForm, NewAuditForm
from audit_app.audits.moving import queries as moves
from audit_app.audits.on_paper import queries as papers
from audit_app.audits.queries import AuditView
from audit_app.audits.routes_frame import READERS, WRITERS, asked_again, audit_frame, document_for_reader, open_audit
from audit_app.audits.stages import ANSWERED_IN, BEFORE_SUBMISSION
from audit_app.audits.tables import CaseAudit
from audit_app.errors import NotFound, Stale
from audit_app.form_pages import accepted, blame, form_page, refused_page, sent
from audit_app.library.set_name import SetName, name_of
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.door import by_whom, say
from audit_app.people.access.scope import widened
from findings.references import number_of
from findings.rules import months_later
from frameworks import QuestionSet


@blueprint.get("/<authority:authority>/audits/new")
@allow(*WRITERS)
def create() -> ResponseReturnValue:
    """The first step: which question set, at which length."""
    sets = question_sets.offered(g.session, g.authority.id, g.scope.today)
    carried = _carried()
    sets = (*_sets_of_earlier(sets), *sets)
    offers = [(lengths[-1], {questions.length: questions for questions in lengths}) for lengths in sets]
    return render_template(
        "audits/new.html", offers=offers, medians=queries.medians(g.session), name_of=name_of, carried=carried,
        lengths=wording.LENGTHS,
    )  # fmt: skip


def _carried() -> dict[str, str]:
    """What the way here said of the audit to be, which the next page is told too."""
    return {name: request.args[name][:20] for name in ("re_audit_of", "tests_area") if request.args.get(name)}


NEW_ON = "/<authority:authority>/audits/new/<string:set_id>/<string:length>"


@blueprint.route(NEW_ON, methods=["GET", "POST"])
@blueprint.route(NEW_ON + "/<string:edition>", methods=["GET", "POST"])
@allow(*WRITERS, creates=True)
def create_on(set_id: str, length: str, edition: str = "") -> ResponseReturnValue:
    """The second step: what is audited, by whom, until when; without an edition, on today's."""
    edition = edition or question_sets.edition_for_new(g.scope.today)
    questions = _offered_set(SetName(edition, set_id, length))
    if request.method == "GET" and (other := question_sets.offered_instead(g.session, name_of(questions))):
        there: dict[str, Any] = {"set_id": set_id, "length": other, "edition": edition, **_carried()}
        return redirect(url_for("audits.create_on", **there), 303)
    form = _new_form(questions)
    asked: dict[str, list[str]] = {"earlier": [], "near": []}
    made: list[CaseAudit] = []
    if sent(form):
        asked = {"earlier": _earlier(form), "near": _near(form)}
        make = partial(_create, form, questions, made)
        if not _held_back(form, **asked) and accepted(form, make, set_id="case_reference"):
            say(f"{queries.reference_of(made[0].number)} is set up.")
            return redirect(url_for("audits.show", number=made[0].number), 303)
    return form_page("audits/create.html", form, questions=questions, wording=wording, **asked, **_offers())


def _sets_of_earlier(offered: Sequence[tuple[QuestionSet, ...]]) -> tuple[tuple[QuestionSet, ...], ...]:
    """The questions of the audit that a re-audit looks back at, where they are no longer offered for others."""
    number = number_of(request.values.get("re_audit_of", ""), "AUD")
    if number is None:
        return ()
    earlier = queries.audit_row(g.session, g.authority.id, number)
    if any(name_of(lengths[0]).at_any_length == earlier.set_name.at_any_length for lengths in offered):
        return ()
    lengths = question_sets.lengths_of(g.session, earlier.set_name.edition_id, earlier.set_name.set_id)
    return (lengths,) if lengths else ()


def _offered_set(name: SetName) -> QuestionSet:
    may = question_sets.may_be_used(g.session, g.authority.id, name.edition_id, g.scope.today)
    if not may and not any(name_of(questions) == name for lengths in _sets_of_earlier(()) for questions in lengths):
        raise NotFound("No such question set.")
    questions = question_sets.find_set(g.session, name)
    if questions is None:
        raise NotFound("No such question set.")
    return questions


def _offers() -> dict[str, Any]:
    from_settings = {name: current_app.config[name] for name in ("GRADED_WINDOW_MONTHS", "AUDIT_DUE_WORKING_DAYS")}
    due_on = clock.add_working_days(g.scope.today, from_settings["AUDIT_DUE_WORKING_DAYS"])
    return {"settings": from_settings, "council": people.authority_settings(g.session), "suggested_due_on": due_on}


def _new_form(questions: QuestionSet) -> NewAuditForm:
    today: date = g.scope.today
    form = forms.filled(NewAuditForm, **_prefilled(today))
    form.offer(questions)
    council = people.authority_settings(g.session)
    form.pattern, form.example = council.reference_pattern, council.reference_example
    teams = [(team.id, f"{team.name} ({team.service_name})") for team in people.list_teams(g.session, today)]
    form.offer_people(teams, auditors_offered(today))
    form.offer_speakers(_speakers())
    if len(form.auditor_id.choices) == 2 and not form.auditor_id.data:
        form.auditor_id.data = form.auditor_id.choices[1].value
    return form


def auditors_offered(today: date) -> list[tuple[int, str]]:
    """Whom this person may name as the auditor: themself, or for a QA manager anybody who audits."""
    everybody = people.list_people_views(g.session, today)
    if not g.scope.has(Role.qa_manager):
        everybody = [person for person in everybody if person.id == g.person.person_id]
    return [(person.id, person.name) for person in everybody if person.roles & service.AUDITING_ROLES]


def _speakers() -> list[tuple[int, str]] | None:
    """Who may speak for a practitioner without an account; None for whoever may not name one."""
    return frame.people_offered() if g.scope.has(Role.qa_manager) else None


def _prefilled(today: date) -> dict[str, Any]:
    """Dates from the council's settings; for a re-audit, what the earlier audit says of the record."""
    config = current_app.config
    values: dict[str, Any] = {
        "audit_type": "case_audit",
        "window_from": months_later(today, -config["READING_WINDOW_MONTHS"]),
        "window_to": today,
        "due_on": clock.add_working_days(today, config["AUDIT_DUE_WORKING_DAYS"]),
        "tests_area": request.args.get("tests_area", "")[:20],
    }
    number = number_of(request.args.get("re_audit_of", ""), "AUD")
    return values if number is None else {**values, **_of_earlier(number)}


def _of_earlier(number: int) -> dict[str, Any]:
    """What the earlier audit says of the record, for a re-audit to start from."""
    earlier = queries.get_audit(g.session, g.authority.id, number)
    log_read(earlier.reference)
    row, details = earlier.row, earlier.details
    same = ("practitioner_code", "manager_code", "age_band", "ethnicity", "disability")
    of_row = ("subject", "case_reference", "cohort", "team_id", "theme")
    return {
        **{name: details[name] for name in same},
        **{name: getattr(row, name) for name in of_row},
        "audit_type": "re_audit",
        "re_audit_of": row.reference,
    }


def _earlier(form: NewAuditForm) -> list[str]:
    """Lately made audits of the same record, in words: only a QA manager is told which they are."""
    if form.re_audit_of.data:
        return []
    since = months_later(g.scope.today, -current_app.config["AUDIT_AGAIN_MONTHS"])
    with widened(g.session, "whether the same record was audited lately"):
        lately = queries.recent_audits_of(g.session, g.authority.id, form.case_reference.data, since)
    return [
        f"{row.set_title}, set up on {words.date_words(row.allocated_on)}"
        + (f" ({row.reference})" if g.scope.has(Role.qa_manager) else "")
        for row in lately
    ]


def _near(form: NewAuditForm) -> list[str]:
    """What speaks against this auditor: the team, its management, an action about the record. An earlier audit of it is
    asked about by itself."""
    values = form.everything()
    pairing = (values["auditor_id"], values["team_id"], values["case_reference"])
    near = conflicts.nearness(g.session, g.authority.id, [pairing], g.scope.today)[pairing]
    names = [{choice.value: choice.label for choice in field.choices} for field in (form.auditor_id, form.team_id)]
    return list(doubts(names[0][form.auditor_id.data], names[1][form.team_id.data], replace(near, wrote_before="")))


def _held_back(form: NewAuditForm, *, earlier: list[str], near: list[str]) -> bool:
    """Whether something is asked back before the audit is set up, and no tick answers it yet."""
    if earlier and not form.again.data:
        blame(form.again, "This record was audited lately. Tick to audit it again, or choose another record")
    if near and not form.near.data:
        blame(form.near, "This auditor is near to the record. Choose another, or tick to go on all the same")
    return bool(form.again.errors or form.near.errors)


def _create(form: NewAuditForm, questions: QuestionSet, made: list[CaseAudit]) -> None:
    details = service.NewAudit(set_name=name_of(questions), **form.everything())
    made.append(service.create_audit(g.session, g.authority.id, details, **by_whom()))


@blueprint.get('/<authority:authority>/audits/<ref("AUD"):number>')
@allow(*READERS)
def show(number: int) -> ResponseReturnValue:
    """An audit's first page: the task list while it is answered, what it says once submitted."""
    view = open_audit(number)
    if view.stage in ANSWERED_IN and view.questions is not None:
        tasks = queries.task_list(g.session, g.authority.id, number)
        median = queries.median_minutes(g.session, view.row.set_name)
        return render_template("audits/show.html", tasks=tasks, median=median, **_moves(view), **audit_frame(view))
    document = document_for_reader(view)
    asked, frame = asked_again(view, document), audit_frame(view)
    look = papers.look_at(document, len(frame["open_concerns"]))
    return render_template("audits/read.html", document=document, asked=asked, look=look, **frame)


def _moves(view: AuditView) -> dict[str, Any]:
    """Newer versions of its questions that this audit may be moved to, and the move that may be undone."""
    if not view.hats:
        return {"newer": (), "moved": None}
    audit = queries.audit_row(g.session, g.authority.id, view.row.number)
    return {
        "newer": moves.targets(g.session, audit, g.scope.today),
        "moved": moves.last_move(g.session, audit),
    }


@blueprint.route('/<authority:authority>/audits/<ref("AUD"):number>/details', methods=["GET", "POST"])
@allow(*WRITERS)
def details(number: int) -> ResponseReturnValue:
    """Correct what is said of the record and how it was chosen."""
    view = open_audit(number)
    if view.stage not in BEFORE_SUBMISSION or view.questions is None:
        return redirect(url_for("audits.show", number=number), 303)
    form = _details_form(view, view.questions)
    try:
        if sent(form) and accepted(form, lambda: _change(form, number), set_id="case_reference"):
            say("The details are saved.")
            return redirect(url_for("audits.show", number=number), 303)
    except Stale:
        form.revision.data = str(view.revision)
        return refused_page("audits/details.html", 409, form=form, stale=True, **_offers(), **audit_frame(view))
    return form_page("audits/details.html", form, stale=False, **_offers(), **audit_frame(view))


def _change(form: DetailsForm, number: int) -> None:
    seen = form.seen_revision()
    service.change_details(g.session, g.authority.id, number, form.details(), seen=seen, **by_whom())


def _details_form(view: AuditView, questions: QuestionSet) -> DetailsForm:
    row = view.row
    values = {name: view.details.get(name, getattr(row, name, None)) for name in service.CHANGEABLE}
    form = forms.filled(DetailsForm, revision=str(view.revision), **values)
    form.offer(questions)
    form.offer_speakers(_speakers())
    council = people.authority_settings(g.session)
    form.pattern, form.example = council.reference_pattern, council.reference_example
    return form
