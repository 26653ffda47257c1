"""Answers counted: how agreed audits answered each question of a set, and the audits behind each number."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import words
from audit_app.audits import question_sets, wording
from audit_app.audits.answers_counted import queries, workbook
from audit_app.audits.answers_counted.counting import (
    ACTION_SET,
    BY_WORDS,
    SECOND_ANSWER,
    WITH_ACTION,
    By,
    CountFilter,
    CountRow,
    narrowed_to,
)
from audit_app.audits.blueprint import blueprint
from audit_app.audits.forms_details import day_or_none
from audit_app.audits.record_facts import telling
from audit_app.audits.register.forms import number_in
from audit_app.audits.routes_frame import READERS
from audit_app.audits.routes_register import XLSX
from audit_app.headers import DOWNLOAD_POLICY
from audit_app.library.set_name import SetName, parsed
from audit_app.library.terms import queries as terms
from audit_app.people import queries as people
from audit_app.people.access import Role, allow, log_read
from audit_app.people.access.outside import finish_reading
from audit_app.people.exports.routes_counting import export_stopped
from audit_app.people.organisation import queries as organisation
from findings import rules
from findings.errors import NotFound
from frameworks import Question, QuestionSet

MONTHS = 12
FILTERS = ("start", "end", "team", "cohort", "how", "fact")


@blueprint.get("/<authority:authority>/audits/answers")
@allow(*READERS)
def answers_counted() -> ResponseReturnValue:
    """How often each answer was given."""
    sets = queries.answered_sets(g.session, g.authority.id)
    name, asked = _set_asked_for(sets), _asked_for()
    earlier = question_sets.of_earlier_editions(g.session, g.authority.id, [each[0] for each in sets], g.scope.today)
    page: dict[str, Any] = {
        "sets": _counted_sets(sets),
        "earlier": earlier,
        "chosen": name,
        "asked": asked,
        "counted": None,
        "unread": _unread(asked),
    }
    if name is not None:
        page["counted"] = counted = _counted(name, asked, request.args.get("domain"))
        domains = [(domain.id, domain.title) for domain in counted.questions.domains]
        page |= {"domains": domains, "domain": _domain(counted.questions, request.args.get("domain"))}
        page["fact_choices"] = telling.choices_of(counted.questions)
        page |= {"in_words": _in_words(name, asked), "audits_behind": _ways_behind(name, asked, _by())}
    return render_template(
        "audits/answers_counted/counted.html", **page, **_offered(), by=_by(), by_words=BY_WORDS,
        ways=wording.WAYS_TO_NARROW, kept=_kept(name, asked), sees_all=g.scope.has(Role.qa_manager, Role.leader),
    )  # fmt: skip


def _counted_sets(sets: Iterable[tuple[SetName, str, int]]) -> list[tuple[SetName, str]]:
    own = terms.own_words(g.session, g.authority.id)
    return [(name, f"{title} ({own.say(words.count(number, 'audit'))})") for name, title, number in sets]


@blueprint.get("/<authority:authority>/audits/answers.xlsx")
@allow(Role.qa_manager, Role.leader)
def answers_workbook() -> ResponseReturnValue:
    """What the page shows, every domain of it, as a workbook."""
    sets = queries.answered_sets(g.session, g.authority.id)
    name, asked = _set_asked_for(sets), _asked_for()
    if name is None:
        raise NotFound("No agreed audit was answered on such a question set.")
    narrowed_to = {**_kept(name, asked), "by": _by().value}
    if (stopped := export_stopped("answers counted", "audits.answers_counted", narrowed_to)) is not None:
        return stopped
    counted = _counted(name, asked, "")
    export_id = f"EXP-{g.now:%Y%m%d%H%M%S}-{g.request_id[:6]}"
    log_read(export_id)
    own = terms.own_words(g.session, g.authority.id)
    marking = people.authority_settings(g.session).marking
    facts = {"export_id": export_id, "chosen": _in_words(name, asked, _titles(sets)[name]), "who": g.person.name}
    finish_reading()
    data = workbook.counted_workbook(counted, _by(), **facts, now=g.now, own=own, marking=marking)
    file_name = f"answers-{g.authority.key}-{g.scope.today.isoformat()}.xlsx"
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Content-Security-Policy": DOWNLOAD_POLICY,
    }
    return Response(data, mimetype=XLSX, headers=headers)


@blueprint.get("/<authority:authority>/audits/answers/<string:edition>/<string:set_id>/<string:domain>/<string:asked>")
@allow(*READERS)
def answered(edition: str, set_id: str, domain: str, asked: str) -> ResponseReturnValue:
    """The audits behind one number."""
    name, key, code = SetName(edition, set_id), f"{domain}/{asked}", request.args.get("answer", "")[:40]
    may_read = question_sets.open_to(g.session, g.authority.id, edition)
    questions = question_sets.any_length(g.session, name) if may_read else None
    question = next((each for each in questions.questions if each.key == key), None) if questions else None
    if questions is None or question is None:
        raise NotFound("No such question.")
    filters, part = _asked_for(), request.args.get("part", "")[:10]
    listed = queries.list_answered(
        g.session,
        g.authority.id,
        _filter(name, filters),
        key=key,
        code=code,
        page=number_in(request.args.get("page", "")[:6]) or 1,
    )
    return render_template(
        "audits/answers_counted/audits.html", questions=questions, question=question, listed=listed,
        answer=_named(questions, question, code, part),
        args={**_place(), **filters, "answer": code, "part": part},
        in_words=_in_words(name, filters), wording=wording, kept={"set": str(name), "domain": domain, **filters},
    )  # fmt: skip


def _named(questions: QuestionSet, question: Question, code: str, part: str) -> str:
    """An answer in words, of the second scale where it is asked for; the code itself where no scale knows it."""
    if part == WITH_ACTION:
        return ACTION_SET
    second = questions.scale(question.second.scale) if part == SECOND_ANSWER and question.second else None
    if second is not None:
        return second.name_of(code) if code in second.codes else code
    scale = questions.scale_for(question)
    known = code == question_sets.NOT_APPLICABLE or (scale is not None and code in scale.codes)
    return question_sets.answer_name(questions, question, code) if known else code


def _titles(sets: list[tuple[SetName, str, int]]) -> dict[SetName, str]:
    """The title of each set."""
    return {name: title for name, title, _ in sets}


def _set_asked_for(sets: list[tuple[SetName, str, int]]) -> SetName | None:
    """The set in this address, else the one most audits were answered on; None where none was."""
    asked = parsed(request.args.get("set", "")[:140])
    known = _titles(sets)
    if asked is not None and asked.at_any_length in known:
        return asked.at_any_length
    return next(iter(known), None)


def _asked_for() -> dict[str, str]:
    """The filters in this address, as text; a first look is at the last twelve months."""
    asked = {name: request.args.get(name, "").strip()[:60] for name in FILTERS}
    if not request.args.keys() & {"start", "end"}:
        asked["start"] = rules.months_later(g.scope.today, -MONTHS).isoformat()
    return {name: text for name, text in asked.items() if text}


def _filter(name: SetName, asked: dict[str, str]) -> CountFilter:
    return CountFilter(
        of=name,
        start=day_or_none(asked.get("start", "")),
        end=day_or_none(asked.get("end", "")),
        team_id=number_in(asked.get("team", "")),
        cohort=asked.get("cohort", ""),
        how=asked.get("how", ""),
        fact=_fact(name, asked),
    )


def _fact(name: SetName, asked: dict[str, str]) -> tuple[str, str]:
    """The choice that this address narrows to; one of another set narrows nothing, and is not said either."""
    questions = question_sets.any_length(g.session, name)
    return telling.chosen(questions, asked.get("fact", "")) if questions else ("", "")


def _unread(asked: dict[str, str]) -> list[str]:
    return [asked[name] for name in ("start", "end") if asked.get(name) and day_or_none(asked[name]) is None]


def _by() -> By:
    asked = request.args.get("by", "")
    return By(asked) if asked in By.__members__ else By.question


def _counted(name: SetName, asked: dict[str, str], domain: str | None) -> queries.Counted:
    """The figures of one domain, the first unless another or all are asked for."""
    questions = question_sets.any_length(g.session, name)
    if questions is None:
        raise NotFound("There is no such question set.")
    counted = queries.count_answers(
        g.session, g.authority.id, _filter(name, asked), _by(), domain_id=_domain(questions, domain)
    )
    if counted is None:
        raise NotFound("There is no such question set.")
    return counted


def _domain(questions: QuestionSet, asked: str | None) -> str:
    """The domain in the address, the first where there is none of that name; empty for all of them."""
    known = {"", *(domain.id for domain in questions.domains)}
    return asked if asked is not None and asked in known else questions.domains[0].id


def _kept(name: SetName | None, asked: dict[str, str]) -> dict[str, str]:
    """What a link carries on: the set and the filters in use."""
    return {"set": str(name), **asked} if name else asked


def _place() -> dict[str, str]:
    """The question in this address."""
    return {name: str(value) for name, value in (request.view_args or {}).items() if name != "authority"}


def _ways_behind(name: SetName, asked: dict[str, str], by: By) -> Callable[[bool, CountRow, str], str]:
    """Where the audits behind a number are listed: the same filters, narrowed to its row and its section."""

    def way(at_random: bool, row: CountRow, code: str) -> str:
        domain, _, question = row.key.partition("/")
        narrowed = {**asked, **narrowed_to(by, row.group), "answer": code} | ({"part": row.part} if row.part else {})
        narrowed.setdefault("how", "random" if at_random else "chosen")
        place = {"edition": name.edition_id, "set_id": name.set_id, "domain": domain, "asked": question}
        values: dict[str, Any] = {**place, **narrowed}
        return url_for("audits.answered", **values)

    return way


def _offered() -> dict[str, Any]:
    teams = organisation.teams_to_choose(g.session, g.scope.today)
    return {
        "teams": [(str(team_id), name) for team_id, name in teams],
        "cohorts": list(wording.COHORTS.items()),
    }


def _in_words(name: SetName, asked: dict[str, str], title: str = "") -> str:
    """What was counted, in words."""
    wanted = _filter(name, asked)
    teams = organisation.names_of_places(g.session, {wanted.team_id}) if wanted.team_id else {}
    parts = [
        title,
        f"submitted from {words.date_words(wanted.start)}" if wanted.start else "",
        f"submitted to {words.date_words(wanted.end)}" if wanted.end else "",
        teams.get(wanted.team_id or 0, ""),
        wording.COHORTS.get(wanted.cohort, wanted.cohort),
        dict(wording.WAYS_TO_NARROW).get(wanted.how, wanted.how),
        wanted.fact[1],
    ]
    return ", ".join(part for part in parts if part)
