"""What can happen, as each feature declares it: a code, its sentence, its kind and the facts it may carry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

KINDS = ("business", "security", "reading")
CODE = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
GIVEN = frozenset({"who", "reference"})


class UnknownEvent(Exception):
    """Something was logged under a code no feature has declared."""


@dataclass(frozen=True)
class Event:
    """One declared event."""

    code: str
    sentence: str
    kind: str
    facts: frozenset[str]


_events: dict[str, Event] = {}


def declare_event(event_code: str, sentence: str, kind: str = "business", facts: Iterable[str] = ()) -> str:
    """Make an event known, once, when its feature is imported; gives the code back.

    Each `{name}` in the sentence but `{who}` and `{reference}` is a fact the event may carry; `facts` names further
    ones that are kept but not told.

    Raises:
        ValueError: the code, kind or sentence is not of the right form, or the code is taken by another sentence.
    """
    if not CODE.fullmatch(event_code):
        raise ValueError(f"{event_code!r} is not an event code: small letters, digits, dot, dash and underscore only.")
    if kind not in KINDS:
        raise ValueError(f"{event_code}: the kind is {kind!r}, but must be one of {', '.join(KINDS)}.")
    blanks = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    if not all(name.isidentifier() for name in blanks):
        raise ValueError(f"{event_code}: {sentence!r} has a blank without a plain name.")
    event = Event(event_code, sentence, kind, frozenset(blanks | set(facts)) - GIVEN)
    if _events.setdefault(event_code, event) != event:
        raise ValueError(f"{event_code} is already declared with another sentence, kind or facts.")
    return event_code


def known(event_code: str) -> Event:
    """The declared event.

    Raises:
        UnknownEvent: no feature declared it.
    """
    try:
        return _events[event_code]
    except KeyError:
        raise UnknownEvent(
            f"{event_code!r} is not a declared event. Declare it where the feature is imported."
        ) from None


def find_event(event_code: str) -> Event | None:
    """The declared event, or None: an old log may hold codes this version no longer makes."""
    return _events.get(event_code)


def codes_of(kind: str) -> list[str]:
    """The codes of all events of one kind, in order."""
    return sorted(code for code, event in _events.items() if event.kind == kind)


def all_events() -> list[Event]:
    """Every declared event by code: a test compares this list with what must be logged."""
    return [_events[code] for code in sorted(_events)]
