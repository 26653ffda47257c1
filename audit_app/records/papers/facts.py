"""What the papers are made of: the council, its answers, its periods, and what this installation is set to. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit_app import words
from audit_app.records.fields import written
from audit_app.records.fields.described import StoredTable
from audit_app.records.papers import kept
from audit_app.records.papers.blanks import BLANKS, Kind, of_paper
from audit_app.records.papers.paper import Statement
from audit_app.words import Ours


@dataclass(frozen=True)
class Answer:
    """What the council says to one question, who wrote it and when."""

    text: str
    who: str
    on: date
    revision: int


@dataclass(frozen=True)
class Setting:
    """What of the installation's settings the papers tell."""

    idle_minutes: int
    session_hours: int
    kept_form_hours: int
    kept_on_device: bool
    notice_days: int
    session_kept_days: int
    leaver_months: int
    backup_days: int
    backup_weeks: int
    exports_per_hour: int
    proof_minutes: int
    own_scanner: bool
    elsewhere: bool  # evidence files in an object store
    postgresql: bool
    server: bool  # serves others than its own machine
    accessibility_contact: str = ""
    protection_contact: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything a paper may say."""

    council: str
    today: date
    setting: Setting
    answers: Mapping[str, Answer] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_at(self) -> str:
        """The day of the paper in words."""
        return words.date_words(self.today)

    def statement(self, key: str) -> Statement:
        """A question with the council's answer, or its blank."""
        blank, answer = BLANKS[key], self.answers.get(key)
        if answer is None or not answer.text:
            return Statement(blank)
        return Statement(blank, answer.text, answer.who, words.date_words(answer.on))

    def unanswered(self, kind: Kind) -> int:
        """How many questions of a paper the council has not answered."""
        return sum(not self.statement(blank.key).text for blank in of_paper(kind))

    def kept(self, table: StoredTable) -> str:
        """How long rows of a table are kept."""
        return kept.in_words(table.kept, self.periods)


def tables_for(purpose: str) -> tuple[StoredTable, ...]:
    """The tables that are kept for one purpose."""
    return tuple(table for table in written.stored_tables() if table.purpose == purpose)


def setting_of(config: Mapping[str, Any]) -> Setting:
    """What this installation is set to, as the papers tell it."""
    number: Callable[[str], int] = lambda name: int(config[name])  # noqa: E731
    return Setting(
        idle_minutes=number("SESSION_IDLE_MINUTES"),
        session_hours=number("SESSION_HOURS"),
        kept_form_hours=number("KEPT_FORM_HOURS"),
        kept_on_device=bool(config["KEPT_ON_DEVICE"]),
        notice_days=number("NOTICE_DAYS"),
        session_kept_days=number("SESSION_KEPT_DAYS"),
        leaver_months=number("LEAVER_MONTHS"),
        backup_days=number("BACKUP_DAYS"),
        backup_weeks=number("BACKUP_WEEKS"),
        exports_per_hour=number("EXPORTS_PER_HOUR"),
        proof_minutes=number("PROOF_MINUTES"),
        own_scanner=bool(config["EVIDENCE_SCANNER"]),
        elsewhere=bool(config["EVIDENCE_STORE_URL"]),
        postgresql=str(config["DATABASE_URL"]).startswith("postgresql"),
        server=bool(config["SERVER_MODE"]),
        accessibility_contact=str(config["ACCESSIBILITY_CONTACT"]),
        protection_contact=str(config["DATA_PROTECTION_CONTACT"]),
    )


ANNEX = Ours("Annex: every stored field")
