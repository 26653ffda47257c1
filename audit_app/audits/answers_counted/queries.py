"""Reads of how agreed audits answered, out of their answer sheets and within the session's scope."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import alphabet, clock, words
from audit_app.audits import question_sets, wording
from audit_app.audits.answer_counts import queries as kept
from audit_app.audits.answer_counts.tables import AnswerCount
from audit_app.audits.answers_counted.counting import (
    SECOND_ANSWER,
    SEVERAL,
    WITH_ACTION,
    By,
    CountFilter,
    CountSection,
    Gathered,
    Group,
    sections,
)
from audit_app.audits.answers_counted.sheet import THE_SHEETS, Tally, tally_of
from audit_app.audits.answers_counted.tables import AnswerSheet
from audit_app.audits.counts import queries as agreed
from audit_app.audits.counts.groups import of_group
from audit_app.audits.counts.tables import AgreedCount
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.queries_lists import COLUMNS, AuditRow, Paged, period, rows_of
from audit_app.audits.record_facts.tables import AuditFact
from audit_app.audits.tables import Answer, CaseAudit, HowChosen
from audit_app.library.set_name import SetName
from audit_app.people.access.scope import Scope
from audit_app.people.organisation import queries as organisation
from frameworks import QuestionSet

PAGE_SIZE = 50
COUNTED_BY, COUNTED_HOW = (By.question, By.month), ("", "random", "chosen")  # what counted answers keep apart


@dataclass(frozen=True)
class Counted:
    """How the audits of one set answered, as a page shows it; `audits` counts all of them, each once."""

    questions: QuestionSet
    audits: int
    sections: tuple[CountSection, ...]


def answered_sets(session: Session, authority_id: int) -> list[tuple[SetName, str, int]]:
    """The question sets that agreed audits were answered on, with how many: the most answered first."""
    rows = _answered_on(session, authority_id)
    counts = {SetName(edition_id, set_id): int(count) for edition_id, set_id, count in rows}
    known = [questions for name in counts if (questions := question_sets.any_length(session, name)) is not None]
    titles = question_sets.titles_apart(known)
    ordered = sorted(titles, key=lambda name: (-counts[name], alphabet.place_of(titles[name]), name))
    return [(name, titles[name], counts[name]) for name in ordered]


def _answered_on(session: Session, authority_id: int) -> Any:
    """How many agreed audits there are of each set: of the whole council out of the counts that are kept."""
    if agreed.may_add_up(session.info["scope"]):
        columns = (AgreedCount.edition_id, AgreedCount.set_id)
        return agreed.added_up(
            session, authority_id, agreed.ALWAYS, agreed.FOR_EVER, *columns, where=(agreed.OF_AUDITS,)
        )
    number: Any = sa.func.count(col(CaseAudit.number))
    statement: Any = (
        select(CaseAudit.edition_id, CaseAudit.set_id, number)
        .where(CaseAudit.authority_id == authority_id, col(CaseAudit.stage).in_(AFTER_AGREEMENT))
        .group_by(col(CaseAudit.edition_id), col(CaseAudit.set_id))
    )
    return session.exec(statement).all()


def count_answers(
    session: Session, authority_id: int, wanted: CountFilter, by: By, *, domain_id: str = ""
) -> Counted | None:
    """How often each answer was given in the agreed audits of a set, at any length; None when the set is nowhere."""
    questions = question_sets.any_length(session, wanted.of)
    if questions is None:
        return None
    gather = _added_up if _is_counted(session.info["scope"], wanted, by) else _gathered
    gathered = gather(session, authority_id, wanted, by)
    labels = _labels(session, by, {group for _, group in gathered})
    made = sections(
        questions, gathered, labels, by, not_applicable=question_sets.NOT_APPLICABLE, domain_id=domain_id
    )  # fmt: skip
    return Counted(questions, sum(their.audits for their in gathered.values()), made)


def _is_counted(scope: Scope, wanted: CountFilter, by: By) -> bool:
    """Whether the answers kept by day and month can tell: of a whole council, and nothing they do not keep apart."""
    narrowed = wanted.team_id is not None or wanted.cohort or wanted.fact[0]
    return agreed.may_add_up(scope) and not narrowed and by in COUNTED_BY and wanted.how in COUNTED_HOW


def _added_up(session: Session, authority_id: int, wanted: CountFilter, by: By) -> dict[Group, Gathered]:
    """What `_gathered` gives, out of the answers that are kept counted."""
    month: Any = AnswerCount.begins if by is By.month else sa.literal("")
    where = [col(AnswerCount.edition_id) == wanted.of.edition_id, col(AnswerCount.set_id) == wanted.of.set_id]
    where += [col(AnswerCount.at_random).is_(wanted.how == "random")] if wanted.how else []
    columns = (AnswerCount.at_random, month, AnswerCount.question_key, AnswerCount.code)
    tallies: dict[Group, Tally] = defaultdict(Counter)
    rows = kept.added_up(session, authority_id, wanted.start, wanted.end, *columns, where=tuple(where))
    for at_random, begins, key, code, count in rows:
        tallies[at_random, begins.replace(day=1).isoformat() if begins else ""][key, code] += int(count)
    return {group: Gathered(tally.pop(THE_SHEETS), tally) for group, tally in tallies.items()}


def _gathered(session: Session, authority_id: int, wanted: CountFilter, by: By) -> dict[Group, Gathered]:
    columns: dict[By, Any] = {
        By.question: sa.literal(""), By.team: CaseAudit.team_id, By.cohort: CaseAudit.cohort,
        By.month: CaseAudit.submitted_at,
    }  # fmt: skip
    statement: Any = (
        select(sa.case((of_group(at_random=True), 1), else_=0), columns[by], AnswerSheet.answers)
        .join(AnswerSheet, _same_audit(AnswerSheet))
        .where(*_conditions(authority_id, wanted))
    )
    sheets: dict[Group, list[str]] = defaultdict(list)
    for at_random, value, answers in session.exec(statement).all():
        sheets[bool(at_random), _group(value)].append(answers)
    return {group: Gathered(len(some), tally_of(some)) for group, some in sheets.items()}


def _group(value: Any) -> str:
    """What one audit is put with: a team by its number, children by their code, a London month by its first day."""
    return _month(value.replace(minute=0, second=0, microsecond=0)) if isinstance(value, datetime) else str(value)


@lru_cache(maxsize=20_000)
def _month(hour: datetime) -> str:
    """The first day of the London month of an hour; asked once for each hour, as working out the zone is slow."""
    return clock.london_day(hour).replace(day=1).isoformat()


def _labels(session: Session, by: By, groups: set[str]) -> Mapping[str, str]:
    """What each group is called, in the order of the rows."""
    if by is By.team:
        names = organisation.names_of_places(session, {int(group) for group in groups})
        named = {group: names.get(int(group), f"Team {group}") for group in groups}
        return dict(alphabet.in_order(sorted(named.items()), lambda pair: pair[1]))
    if by is By.cohort:
        order = {code: place for place, code in enumerate(wording.COHORTS)}
        ordered = sorted(groups, key=lambda code: (order.get(code, len(order)), code))
        return {code: wording.COHORTS.get(code, code) or "No group given" for code in ordered}
    if by is By.month:
        return {first: words.month_words(date.fromisoformat(first)) for first in sorted(groups)}
    return {"": ""}


def _same_audit(table: Any) -> Any:
    return sa.and_(col(table.authority_id) == CaseAudit.authority_id, col(table.audit_number) == CaseAudit.number)


def _conditions(authority_id: int, wanted: CountFilter) -> list[Any]:
    conditions: list[Any] = [
        CaseAudit.authority_id == authority_id,
        CaseAudit.edition_id == wanted.of.edition_id,
        CaseAudit.set_id == wanted.of.set_id,
        col(CaseAudit.stage).in_(AFTER_AGREEMENT),
        *period(CaseAudit.submitted_at, wanted.start, wanted.end),
        *chosen_in(wanted.how),
    ]
    if wanted.team_id is not None:
        conditions.append(CaseAudit.team_id == wanted.team_id)
    if wanted.fact[0]:
        conditions.append(_gave_fact(*wanted.fact))
    return conditions + ([CaseAudit.cohort == wanted.cohort] if wanted.cohort else [])


def _gave_fact(fact_id: str, choice: str) -> Any:
    """The audits whose record is of one kind, as a fact about it says."""
    given = sa.exists().where(_same_audit(AuditFact), col(AuditFact.fact_id) == fact_id, col(AuditFact.given) == choice)
    return given.correlate(CaseAudit)


def chosen_in(how: str) -> list[Any]:
    """How the audits came to be read; a word that is not on the list matches nothing rather than everything."""
    if how in ("", "random", "chosen"):
        return [of_group(at_random=how == "random")] if how else []
    if how not in HowChosen.__members__:
        return [sa.false()]
    return [of_group(at_random=False), CaseAudit.how_chosen == HowChosen(how)]


def list_answered(
    session: Session, authority_id: int, wanted: CountFilter, *, key: str, code: str, part: str = "", page: int = 1
) -> Paged[AuditRow]:
    """The agreed audits that gave a question this answer, the latest submitted first."""
    conditions = [*_conditions(authority_id, wanted), Answer.question_key == key, _gave(code, part)]
    number: Any = sa.select(sa.func.count()).select_from(CaseAudit).join(Answer, _same_audit(Answer))
    total = int(session.exec(number.where(*conditions)).scalar_one())
    page = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    statement: Any = select(*COLUMNS).join(Answer, _same_audit(Answer)).where(*conditions)
    ordered = statement.order_by(col(CaseAudit.submitted_at).desc(), col(CaseAudit.number).desc())
    rows = rows_of(session, ordered.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE))
    return Paged(tuple(rows), total, page, PAGE_SIZE)


def _gave(code: str, part: str) -> Any:
    """The condition that an answer holds a code: as its point, among several, or as the second answer."""
    if part == SECOND_ANSWER:
        return col(Answer.second) == code
    if part == WITH_ACTION:
        return col(Answer.action) != ""
    if part == SEVERAL and code != question_sets.NOT_APPLICABLE:
        among = sa.literal(",").concat(col(Answer.given)).concat(",")
        return among.contains(f",{code},", autoescape=True)
    return col(Answer.code) == code
