"""An entry as a reader meets it: an English sentence made when it is read, or one safe line of a text log."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime

from audit_app import words
from audit_app.history import chain, events
from audit_app.history.sealing import SEALS
from audit_app.history.tables import HistoryEntry
from audit_app.history.writing import UNSAFE

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# What the log keeps as codes, and a reader is told in words: the name of a view, a word of ours.
VIEW = re.compile(r"(?P<feature>[a-z]+(?:_[a-z]+)*)\.(?P<view>[a-z]+(?:_[a-z]+)*)")
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
REASONS = {
    "form_token": "the form was not opened here, or by somebody who has signed out since",
    "another_site": "it was sent from another site",
    "not_their_role": "it is not open to their role",
}
UNTOLD = "{who} did something this version has no sentence for ({event}): {reference}"


class _Blanks(dict[str, str]):
    """A fact the entry does not carry is said to be missing; the sentence still reads."""

    def __missing__(self, name: str) -> str:
        return "(not recorded)"


def tell(
    entry: HistoryEntry,
    who: str | Callable[[int | None], str] | None = None,
    when: Callable[[datetime], str] | None = words.datetime_words,
) -> str:
    """The entry in a sentence: "Asha Khan submitted AUD-0042 on 4 March 2026 at 2:05pm."

    Args:
        who: The name to show, or a function from the person's id to it; without either the id is shown.
        when: How the moment is written; None leaves it out, for tables that have a column for it.
    """
    event = events.find_event(entry.event)
    blanks = _Blanks({name: _worded(name, value) for name, value in facts_of(entry).items()})
    blanks.update(who=_name(entry, who), reference=entry.reference or "(no reference)")
    if event is None:
        blanks["event"] = entry.event
    sentence = (event.sentence if event else UNTOLD).format_map(blanks).rstrip(".")
    moment = f" on {when(entry.at)}" if when else ""
    outcome = "" if entry.outcome == "done" else f" Outcome: {words.lower_words(entry.outcome)}."
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", f"{sentence}{moment}.{outcome}")


def facts_of(entry: HistoryEntry) -> dict[str, str | int]:
    """The facts an entry carries, by name; what it says of its seals is for the check alone."""
    facts: dict[str, str | int] = json.loads(entry.facts)
    facts.pop(SEALS, None)
    return facts


def as_line(entry: HistoryEntry) -> str:
    """The entry on one line of a text log; no character of any field can start another (LG-7)."""
    fields = {name: getattr(entry, name) for name in (*chain.SEALED, "hash")}
    return json.dumps(fields | {"at": chain.time_text(entry.at)}, ensure_ascii=True)


def fits(entry: HistoryEntry, key: bytes, *, before: str | None = None, after: str | None = None) -> bool:
    """Whether these are the very texts the entry was made about; at least one of them is given.

    Raises:
        ValueError: neither text was given.
    """
    given = {"before": (before, entry.before_hash), "after": (after, entry.after_hash)}
    pairs = [(side, text, kept) for side, (text, kept) in given.items() if text is not None]
    if not pairs:
        raise ValueError("Give the text before, the text after, or both.")
    return all(chain.same(kept or "", chain.value_hash(key, entry.sequence, side, text)) for side, text, kept in pairs)


def _name(entry: HistoryEntry, who: str | Callable[[int | None], str] | None) -> str:
    if callable(who):
        return who(entry.actor)
    if who:
        return who
    return f"Person {entry.actor}" if entry.actor is not None else "The system"


def _worded(name: str, value: str | int) -> str:
    """A fact as a reader knows it: a role by its name, a page and a reason in words, a day as a day."""
    if name == "role" and isinstance(value, str):
        return words.role_name(value)
    if name == "edition" and isinstance(value, str):
        return words.sentence_case(value)
    if isinstance(value, str) and (page := VIEW.fullmatch(value)):
        return f"“{words.lower_words(page['view'])}” of {words.lower_words(page['feature'])}"
    if isinstance(value, str) and CODE.fullmatch(value):
        return REASONS.get(value) or words.lower_words(value)
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            return words.date_words(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)
