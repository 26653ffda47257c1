"""Which service and team a row of the workbook means: those here or further up, however the row spells them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit_app.people.organisation.names import cleaned, same_as
from audit_app.sheets import Row


@dataclass(frozen=True)
class TeamHere:
    """A team that a row may name, as it is called here."""

    id: int
    name: str
    service_name: str


@dataclass
class Names:
    """The spelling of each name that holds: the one here already, else the first one in the workbook."""

    services: dict[str, str]
    teams: dict[str, str]
    remarks: list[str] = field(default_factory=list)

    def service(self, row: Row) -> str:
        return self._held(self.services, row, "service")

    def team(self, row: Row) -> str:
        return self._held(self.teams, row, "team")

    def _held(self, held: dict[str, str], row: Row, what: str) -> str:
        typed = row[what] or ""
        name = held.setdefault(same_as(typed), cleaned(typed)) if typed else ""
        if name != typed and name:
            self.remarks.append(f"Row {row.line}: “{typed}” is taken as the {what} “{name}”.")
        return name


def resolved(
    rows: Sequence[Row], services: Mapping[str, str], teams: Mapping[str, TeamHere]
) -> tuple[list[Row], tuple[str, ...]]:
    """The rows with services and teams as they are called, and what was taken as the same; both are by `same_as`."""
    names = Names(dict(services), {key: team.name for key, team in teams.items()})
    placed = [Row(row.line, {**row.values, "service": names.service(row), "team": names.team(row)}) for row in rows]
    return placed, tuple(names.remarks)
