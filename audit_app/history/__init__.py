"""Who did what and when: append-only, chained by HMAC-SHA256, told as English sentences. This is its front door."""

from audit_app.history.anchors import Anchor, anchor_if_due, last_anchor, path_in, write_anchor
from audit_app.history.beginning import begin_sealing
from audit_app.history.chain import decoded as decoded_key
from audit_app.history.checking import verify
from audit_app.history.checking_seals import RowFault, SealReport, verify_seals
from audit_app.history.events import UnknownEvent, all_events, codes_of, declare_event, known
from audit_app.history.faults import Fault, Report
from audit_app.history.reading import (
    Reader,
    by_actor,
    case_events,
    entries_about,
    head_of,
    key_fits,
    newest_at,
    readers_of,
    security_events,
)
from audit_app.history.sealing import sealed_tables, written_past_session
from audit_app.history.tables import HistoryEntry, HistoryHead
from audit_app.history.telling import as_line, facts_of, fits, tell
from audit_app.history.writing import SYSTEM, Actor, BadEntry, Head, LogNotReady, key_from, note, note_apart

__all__ = [
    "SYSTEM",
    "Actor",
    "Anchor",
    "BadEntry",
    "Fault",
    "Head",
    "HistoryEntry",
    "HistoryHead",
    "LogNotReady",
    "Reader",
    "Report",
    "RowFault",
    "SealReport",
    "UnknownEvent",
    "all_events",
    "anchor_if_due",
    "as_line",
    "begin_sealing",
    "by_actor",
    "case_events",
    "codes_of",
    "declare_event",
    "decoded_key",
    "entries_about",
    "facts_of",
    "fits",
    "head_of",
    "key_fits",
    "key_from",
    "known",
    "last_anchor",
    "newest_at",
    "note",
    "note_apart",
    "path_in",
    "readers_of",
    "sealed_tables",
    "security_events",
    "tell",
    "verify",
    "verify_seals",
    "write_anchor",
    "written_past_session",
]
