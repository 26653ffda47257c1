"""Who did what and when: append-only, chained by HMAC-SHA256, told as English sentences. This is its front door."""

from audit_app.history.events import UnknownEvent, all_events, codes_of, known, register
from audit_app.history.tables import HistoryEntry, HistoryHead
from audit_app.history.writing import SYSTEM, Actor, BadEntry, Head, LogNotReady, key_from, note, note_apart

__all__ = [
    "SYSTEM",
    "Actor",
    "BadEntry",
    "Head",
    "HistoryEntry",
    "HistoryHead",
    "LogNotReady",
    "UnknownEvent",
    "all_events",
    "codes_of",
    "key_from",
    "known",
    "note",
    "note_apart",
    "register",
]
