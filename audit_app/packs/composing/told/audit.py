"""The concerns of one audit: when each was raised, acknowledged and closed, and its words where that may be. Pure."""

from audit_app import words
from audit_app.audits.concerns.queries import ConcernLine
from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.parts.told import ToldPart, ToldSection, ToldTable

TITLE = "Concerns about the child"
NONE = "No concern about the child was raised in this audit."
COLUMNS = ("Raised", "What worried the auditor", "Acknowledged", "Closed, and what came of it")


def concerns(cut: Extract, narrator: Narrator) -> ToldSection:
    """Every concern of the audit, the earliest first; nobody who raised or heard of it is named."""
    lines = sorted(cut.for_kind.concerns, key=lambda line: line.raised_at)
    if not lines:
        return ToldSection("concerns", TITLE, (ToldPart(sentences=(narrator.say(NONE),)),))
    rows = tuple(_row(line, narrator) for line in lines)
    table = ToldTable("Concerns, the earliest first", tuple(map(narrator.say, COLUMNS)), rows, (1.5, 3.2, 1.7, 3.2))
    still = sum(line.is_open for line in lines)
    number, are = words.count(len(lines), "concern"), words.agree(still or 1, "is")
    counted = f"{number} {words.agree(len(lines), 'was', 'were')} raised; {still or 'none'} {are} open still."
    return ToldSection("concerns", TITLE, (ToldPart(sentences=(counted,), tables=(table,)),))


def _row(line: ConcernLine, narrator: Narrator) -> tuple[str, ...]:
    what = narrator.take("concern.text", line.concern_words)
    spoken = narrator.take("concern.text", line.spoken_to)
    outcome = narrator.take("concern.text", line.outcome_words)
    heard = [person.acknowledged_at for person in line.people_told if person.acknowledged_at]
    first = words.datetime_words(min(heard)) if heard else "By nobody yet"
    closed = words.datetime_words(line.closed_at) if line.closed_at else "Open"
    return (
        words.datetime_words(line.raised_at),
        "\n".join(filter(None, (what, f"Spoken to: {spoken}" if spoken else ""))) or "—",
        first,
        "\n".join(filter(None, (closed, outcome))),
    )
