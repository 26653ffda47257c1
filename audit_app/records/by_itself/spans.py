"""After how long the service removes what by itself, as the settings say, and how that reads. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from audit_app import words
from audit_app.records.things import months_before
from audit_app.words import Ours

OWN_CHOICE = Ours("The product’s own choice, from no statute. Unverified: ask your records manager")
NEVER = Ours("Never: no period is set")
# Code: what it is, and where its time comes from.
LINES: dict[str, tuple[Ours, Ours]] = {
    "unsaved": (Ours("Text typed and not saved"), OWN_CHOICE),
    "batches": (Ours("Files of a ZIP that nobody confirmed"), OWN_CHOICE),
    "copies": (Ours("Copies for subject access"), Ours("Shorter than the month in which the law wants an answer. "
                                                       "Unverified")),
    "mail": (Ours("E-mails that were sent, and those that failed"), OWN_CHOICE),
    "notices": (Ours("Notices of what people were told"), OWN_CHOICE),
    "exports": (Ours("Sessions, used links and counts of exports"), OWN_CHOICE),
    "accounts": (Ours("What leavers signed in with"), Ours("No statute says how long: the council decides")),
    "backups": (Ours("Backups"), OWN_CHOICE),
}  # fmt: skip
SETTINGS = {
    "unsaved": "KEPT_FORM_HOURS", "batches": "EVIDENCE_ZIP_DAYS", "copies": "SUBJECT_COPY_DAYS",
    "notices": "NOTICE_DAYS", "exports": "SESSION_KEPT_DAYS", "accounts": "LEAVER_MONTHS",
    "backups": "BACKUP_DAYS and BACKUP_WEEKS",
}  # fmt: skip


@dataclass(frozen=True)
class Spans:
    """How long each is kept."""

    unsaved: timedelta
    batches: timedelta
    notices: timedelta
    sessions: timedelta
    leaver_months: int

    def last_leaving_day(self, today: date) -> date:
        """Who left on this day or before is past the time."""
        return months_before(today, self.leaver_months)


def spans_of(config: Mapping[str, Any]) -> Spans:
    """As the settings say."""
    return Spans(
        timedelta(hours=int(config["KEPT_FORM_HOURS"])),
        timedelta(days=int(config["EVIDENCE_ZIP_DAYS"])),
        timedelta(days=int(config["NOTICE_DAYS"])),
        timedelta(days=int(config["SESSION_KEPT_DAYS"])),
        int(config["LEAVER_MONTHS"]),
    )


@dataclass(frozen=True)
class Line:
    """One line of the page: what, after how long, how much goes next, and where that comes from."""

    title: Ours
    after: str
    next_to_go: str
    source: Ours


def lines(config: Mapping[str, Any], counts: Mapping[str, int], accounts_held: int) -> list[Line]:
    """Every sort of thing the service removes by itself."""
    made = []
    for code, (title, source) in LINES.items():
        number = f"{counts[code]:,}" if code in counts else "–"
        if code == "accounts" and accounts_held:
            number = f"{number}, and {accounts_held} held"
        made.append(Line(title, _after(code, config), number, source))
    return made


def _after(code: str, config: Mapping[str, Any]) -> str:
    after = {
        "unsaved": lambda: words.count(int(config["KEPT_FORM_HOURS"]), "hour"),
        "batches": lambda: words.count(int(config["EVIDENCE_ZIP_DAYS"]), "day"),
        "copies": lambda: words.count(int(config["SUBJECT_COPY_DAYS"]), "day"),
        "mail": lambda: "24 hours; failed ones 7 days, without their link",
        "notices": lambda: words.count(int(config["NOTICE_DAYS"]), "day"),
        "exports": lambda: words.count(int(config["SESSION_KEPT_DAYS"]), "day"),
        "accounts": lambda: _leavers(int(config["LEAVER_MONTHS"])),
        "backups": lambda: (
            f"{words.count(int(config['BACKUP_DAYS']), 'day')}, then one a week for "
            f"{words.count(int(config['BACKUP_WEEKS']), 'week')}"
        ),
    }[code]()
    return f"{after} ({SETTINGS[code]})" if code in SETTINGS else after


def _leavers(months: int) -> str:
    return f"{words.count(months, 'month')} after they have left" if months else str(NEVER)
