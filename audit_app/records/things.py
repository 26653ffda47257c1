"""A thing a hold may keep and a removal may take, and how months are counted back from a day. Pure."""

from dataclasses import dataclass
from datetime import date

from audit_app.audits.tables import Stage
from audit_app.records.holds.held import Holdable
from audit_app.records.kinds import KINDS
from findings import rules
from findings.references import reference

REMOVABLE = tuple(dict.fromkeys(kind.prefix for kind in KINDS))


@dataclass(frozen=True)
class Thing:
    """An audit, a piece of evidence, a plan and so on, with what decides how long it is kept and what keeps it."""

    prefix: str
    number: int
    kind: str
    counted_on: date | None = None
    case_reference: str = ""
    person_id: int | None = None
    figures_on: date | None = None
    within: str = ""  # the inspection or plan it belongs to, whose hold keeps it too

    @property
    def reference(self) -> str:
        """AUD-0042."""
        return reference(self.prefix, self.number)

    @property
    def holdable(self) -> Holdable:
        """What of it a hold may be on."""
        return Holdable(self.reference, self.kind, self.case_reference, self.person_id, self.within)


def kind_of_stage(stage: Stage) -> str:
    """The kind of record an audit in a stage is."""
    return next(kind.code for kind in KINDS if stage in kind.stages)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where that month is shorter."""
    return rules.months_later(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later."""
    return rules.months_later(day, months)
