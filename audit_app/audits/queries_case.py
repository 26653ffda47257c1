"""The few codes of an audit that somebody needs who may see its concern or action but not the audit itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from audit_app.audits.tables import AUDIT, CaseAudit, Stage
from audit_app.errors import NotFound
from audit_app.library.set_name import SetName
from audit_app.people import queries as people
from audit_app.people.access.scope import held_on, widened
from audit_app.people.tables import AccountState, Membership, Person, Role, TeamMember
from findings.references import reference


@dataclass(frozen=True)
class CaseView:
    """Whose record an audit is about and who is responsible for it: no answer, grade or note."""

    number: int
    case_reference: str
    team_id: int
    team_name: str
    auditor_id: int
    stage: Stage
    edition_id: str
    set_id: str
    length: str
    submitted_at: datetime | None

    @property
    def reference(self) -> str:
        """AUD-0042."""
        return reference(AUDIT, self.number)

    @property
    def set_name(self) -> SetName:
        """The question set it is answered on."""
        return SetName(self.edition_id, self.set_id, self.length)


def cases_of(session: Session, authority_id: int, numbers: Collection[int]) -> dict[int, CaseView]:
    """These audits by number. Ask only for audits whose concern or action was just read through the person's scope."""
    wanted = sorted(set(numbers))
    columns = (
        CaseAudit.number, CaseAudit.case_reference, CaseAudit.team_id, CaseAudit.team_name, CaseAudit.auditor_id,
        CaseAudit.stage, CaseAudit.edition_id, CaseAudit.set_id, CaseAudit.length, CaseAudit.submitted_at,
    )  # fmt: skip
    cases: dict[int, CaseView] = {}
    with widened(session, "which record a concern or action is about"):
        for start in range(0, len(wanted), 500):
            statement = select(
                *columns
            ).where(  # type: ignore[call-overload]
                CaseAudit.authority_id == authority_id, col(CaseAudit.number).in_(wanted[start : start + 500])
            )
            cases.update({row[0]: CaseView(*row) for row in session.exec(statement).all()})
    return cases


def case_of(session: Session, authority_id: int, number: int) -> CaseView:
    """One audit's codes, under the same condition as `cases_of`.

    Raises:
        NotFound: there is no such audit.
    """
    cases = cases_of(session, authority_id, [number])
    if number not in cases:
        raise NotFound("No such audit.")
    return cases[number]


def sees_audit(session: Session, authority_id: int, number: int) -> bool:
    """Whether the session's own scope shows this audit."""
    statement = select(CaseAudit.number).where(CaseAudit.authority_id == authority_id, CaseAudit.number == number)
    return session.exec(statement).first() is not None


def team_managers(session: Session, authority_id: int, team_id: int, on: date) -> list[int]:
    """Who answers for a team on a day, as its manager or that of the team it became; no disabled accounts."""
    team_id = people.answering_team(session, authority_id, team_id, on)
    statement = (
        select(TeamMember.person_id)
        .join(Person, col(Person.id) == TeamMember.person_id)
        .where(TeamMember.authority_id == authority_id, TeamMember.team_id == team_id, col(TeamMember.manages))
        .where(held_on(TeamMember, on), Person.state != AccountState.disabled)
        .order_by(col(TeamMember.from_on), col(TeamMember.person_id))
    )
    return list(dict.fromkeys(session.exec(statement).all()))


def people_with_role(session: Session, authority_id: int, role: Role, on: date) -> list[int]:
    """Who holds a role on a day; people whose account is disabled are left out."""
    statement = (
        select(Membership.person_id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Membership.authority_id == authority_id, Membership.role == role)
        .where(held_on(Membership, on), Person.state != AccountState.disabled)
    )
    return list(dict.fromkeys(session.exec(statement).all()))
