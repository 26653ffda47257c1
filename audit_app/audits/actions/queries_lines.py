"""One action of an audit as pages, packs and first pages show it: its row, its names and the record it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from audit_app.audits import queries_case
from audit_app.audits.actions.owners import owner_words
from audit_app.audits.actions.rules import STAYS_ON_THE_AUDIT, ActionFacts
from audit_app.audits.tables import AUDIT, AUDIT_ACTION, ActionLevel, AuditAction, AuditActionState
from audit_app.people import queries as people
from findings import rules
from findings.references import reference

SOMEBODY = "Somebody who has left"


@dataclass(frozen=True)
class ActionLine:
    """One action of an audit, as a page or a pack shows it."""

    number: int
    audit_number: int
    case_reference: str
    team_name: str
    level: ActionLevel
    question_key: str
    what: str
    owner_id: int | None
    owner_name: str
    owner_named: str
    due_on: date | None
    state: AuditActionState
    done_on: date | None
    done_by: int | None
    done_by_name: str
    what_was_done: str
    what_changed: str
    confirmed_by_name: str
    confirmed_at: datetime | None
    became_finding: str
    set_by_name: str
    set_at: datetime
    revision: int

    @property
    def reference(self) -> str:
        """AAC-0003."""
        return reference(AUDIT_ACTION, self.number)

    @property
    def audit_reference(self) -> str:
        """AUD-0042."""
        return reference(AUDIT, self.audit_number)

    @property
    def facts(self) -> ActionFacts:
        """What the rules ask of it."""
        return ActionFacts(self.state, self.owner_id, self.done_by, self.became_finding, self.owner_named)

    @property
    def doer(self) -> str:
        """Who does it, and who speaks for them where they have no account."""
        return owner_words(self.owner_named, self.owner_name)

    @property
    def stays_on_the_audit(self) -> bool:
        """Whether it is for the child or the practitioner, and so needs no finding."""
        return self.level in STAYS_ON_THE_AUDIT

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed and nobody has said that it is done."""
        return self.state == AuditActionState.open and rules.date_passed(self.due_on, today)


COPIED = (
    "number", "audit_number", "level", "question_key", "what", "owner_id", "owner_named", "due_on", "state",
    "done_on", "done_by", "what_was_done", "what_changed", "confirmed_at", "became_finding", "set_at", "revision",
)  # fmt: skip


def lines_of(session: Session, authority_id: int, rows: Sequence[AuditAction]) -> list[ActionLine]:
    """Rows that were read through the session's scope, with the names and the record that go with them."""
    cases = queries_case.cases_of(session, authority_id, [row.audit_number for row in rows])
    names = people.names_of(session, _people_in(rows))
    return [
        ActionLine(
            **{name: getattr(row, name) for name in COPIED},
            case_reference=cases[row.audit_number].case_reference,
            team_name=cases[row.audit_number].team_name,
            owner_name=_name(names, row.owner_id),
            done_by_name=_name(names, row.done_by),
            confirmed_by_name=_name(names, row.confirmed_by),
            set_by_name=_name(names, row.set_by),
        )
        for row in rows
    ]


def _people_in(rows: Iterable[AuditAction]) -> set[int | None]:
    return {person_id for row in rows for person_id in (row.owner_id, row.done_by, row.confirmed_by, row.set_by)}


def _name(names: dict[int, str], person_id: int | None) -> str:
    return names.get(person_id, SOMEBODY) if person_id is not None else ""
