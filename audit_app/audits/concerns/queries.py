"""What is asked of concerns: those of one audit, those open in the council, who is told, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto

from sqlmodel import Session, col, select

from audit_app import alphabet
from audit_app.audits import queries_case
from audit_app.audits.queries_case import CaseView
from audit_app.audits.tables import AUDIT, Concern, ConcernTold
from audit_app.people import queries as people
from audit_app.people.access.scope import Scope
from audit_app.people.queries import ContactView
from audit_app.people.tables import Role
from findings.errors import NotFound
from findings.references import reference

SOMEBODY = "Somebody who has left"
MOST = 200
COPIED = (
    "id", "audit_number", "raised_by", "raised_at", "from_answer", "concern_words", "spoken_to", "closed_at",
    "outcome_words",
)  # fmt: skip


@dataclass(frozen=True)
class ToldLine:
    """Somebody who was told, and when they acknowledged it."""

    person_id: int
    name: str
    told_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class ConcernLine:
    """One concern as a page shows it, with the record and the team it is about."""

    id: int
    audit_number: int
    case_reference: str
    team_id: int
    team_name: str
    raised_by: int
    raised_by_name: str
    raised_at: datetime
    from_answer: bool
    concern_words: str
    spoken_to: str
    people_told: tuple[ToldLine, ...]
    closed_by_name: str
    closed_at: datetime | None
    outcome_words: str

    @property
    def audit_reference(self) -> str:
        """AUD-0042."""
        return reference(AUDIT, self.audit_number)

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None

    @property
    def acknowledged(self) -> tuple[ToldLine, ...]:
        """Those who have acknowledged it."""
        return tuple(person for person in self.people_told if person.acknowledged_at)

    def waits_for(self, person_id: int | None) -> bool:
        """Whether this person was told and has not acknowledged it."""
        silent = {person.person_id for person in self.people_told if not person.acknowledged_at}
        return self.is_open and person_id in silent


class WaitsTo(StrEnum):
    """What a concern waits for a person to do."""

    acknowledge = auto()
    close = auto()


@dataclass(frozen=True)
class ConcernWaiting:
    """A concern that waits for somebody, and for what."""

    concern: ConcernLine
    to: WaitsTo


def open_concerns(session: Session, authority_id: int, number: int) -> list[ConcernLine]:
    """The concerns of one audit that nobody has closed: every page of the audit says so."""
    return [line for line in concerns_of(session, authority_id, number) if line.is_open]


def concerns_of(session: Session, authority_id: int, number: int) -> list[ConcernLine]:
    """The concerns of one audit that the person sees: open ones first, the newest of each first."""
    rows = session.exec(
        select(Concern).where(Concern.authority_id == authority_id, Concern.audit_number == number)
    ).all()
    newest = sorted(_lines(session, authority_id, rows), key=lambda line: -line.id)
    return sorted(newest, key=lambda line: not line.is_open)


def get_concern(session: Session, authority_id: int, number: int, concern_id: int) -> ConcernLine:
    """One concern, reached through its audit (OB-4).

    Raises:
        NotFound: the audit has no such concern, or it is not this person's to see.
    """
    for line in concerns_of(session, authority_id, number):
        if line.id == concern_id:
            return line
    raise NotFound("No such concern.")


def list_concerns(session: Session, authority_id: int, *, closed: bool = False) -> list[ConcernLine]:
    """The open concerns the person sees, the oldest first; or the last closed ones, the newest first."""
    statement = select(Concern).where(Concern.authority_id == authority_id)
    if closed:
        statement = statement.where(col(Concern.closed_at).is_not(None)).order_by(col(Concern.closed_at).desc())
    else:
        statement = statement.where(col(Concern.closed_at).is_(None)).order_by(col(Concern.raised_at))
    return _lines(session, authority_id, session.exec(statement.limit(MOST)).all())


def concerns_waiting(session: Session, scope: Scope) -> list[ConcernWaiting]:
    """Open concerns that wait for a person: to acknowledge, or, for leaders and QA managers, to close; oldest first."""
    waiting = []
    for line in list_concerns(session, scope.authority_id or 0):
        if line.waits_for(scope.person_id):
            waiting.append(ConcernWaiting(line, WaitsTo.acknowledge))
        elif scope.has(Role.qa_manager, Role.leader) and _another_s(line, scope):
            waiting.append(ConcernWaiting(line, WaitsTo.close))
    return waiting


def _another_s(line: ConcernLine, scope: Scope) -> bool:
    return line.raised_by != scope.person_id and line.team_id not in scope.managed_teams


def contacts_for(session: Session, case: CaseView, on: date) -> list[ContactView]:
    """The escalation contacts of the service that holds a case, in the order they are to be tried."""
    team_id = people.answering_team(session, people.authority_of(session), case.team_id, on)
    team = people.team_as_of(session, team_id, on)
    return people.escalation_contacts(session, team.service_id if team else None)


def who_is_told(session: Session, authority_id: int, case: CaseView, *, by: int, on: date) -> list[int]:
    """The contacts, then the team's managers; where that leaves nobody, the QA managers. Never who raises it."""
    contacts = [contact.person_id for contact in contacts_for(session, case, on)]
    managers = queries_case.team_managers(session, authority_id, case.team_id, on)
    to_tell = [person_id for person_id in dict.fromkeys([*contacts, *managers]) if person_id != by]
    outside_the_team = set(to_tell) - set(managers)
    if outside_the_team:
        return to_tell
    qa = queries_case.people_with_role(session, authority_id, Role.qa_manager, on)
    return list(dict.fromkeys([*to_tell, *(person_id for person_id in qa if person_id != by)]))


def _lines(session: Session, authority_id: int, rows: Sequence[Concern]) -> list[ConcernLine]:
    cases = queries_case.cases_of(session, authority_id, [row.audit_number for row in rows])
    told_by_concern = _told_of(session, authority_id, [row.id for row in rows])
    known = {row_told.person_id for some in told_by_concern.values() for row_told in some}
    names = people.names_of(session, {*known, *(row.raised_by for row in rows), *(row.closed_by for row in rows)})
    return [_line(row, cases[row.audit_number], told_by_concern.get(row.id, []), names) for row in rows]


def _line(row: Concern, case: CaseView, told_rows: Sequence[ConcernTold], names: dict[int, str]) -> ConcernLine:
    def name(person_id: int | None) -> str:
        return names.get(person_id, SOMEBODY) if person_id is not None else ""

    lines = [ToldLine(each.person_id, name(each.person_id), each.told_at, each.acknowledged_at) for each in told_rows]
    return ConcernLine(
        **{field: getattr(row, field) for field in COPIED},
        case_reference=case.case_reference,
        team_id=case.team_id,
        team_name=case.team_name,
        raised_by_name=name(row.raised_by),
        people_told=tuple(sorted(lines, key=lambda each: (alphabet.place_of(each.name), each.person_id))),
        closed_by_name=name(row.closed_by),
    )


def _told_of(session: Session, authority_id: int, ids: Sequence[int]) -> dict[int, list[ConcernTold]]:
    by_concern: dict[int, list[ConcernTold]] = {}
    for start in range(0, len(ids), 500):
        statement = select(ConcernTold).where(
            ConcernTold.authority_id == authority_id, col(ConcernTold.concern_id).in_(ids[start : start + 500])
        )
        for row in session.exec(statement.order_by(col(ConcernTold.told_at), col(ConcernTold.person_id))).all():
            by_concern.setdefault(row.concern_id, []).append(row)
    return by_concern
