"""Evidence files by content hash, in a folder or an object store, and what may become one: the door of this package.

Checking comes first, keeping second: `look_into` (for a logo `clean_logo`), then `put`. The row that names the file
commits after `put` has returned.
"""

from audit_app.evidence_store.answers import Contents
from audit_app.evidence_store.images import clean_image, clean_logo
from audit_app.evidence_store.keeping.place import Damaged, Kept, Lying, Missing, TooLarge, Trouble, Unavailable
from audit_app.evidence_store.keeping.settings import StoreSettings, UnusableStore, read_settings
from audit_app.evidence_store.kinds import ALLOWED_WORDS, MIME_TYPES, FileKind, check_kind, clean_name
from audit_app.evidence_store.looking import look_into
from audit_app.evidence_store.parts import InParts, fetch_parts, put_in_parts, remove_parts
from audit_app.evidence_store.refusal import Refused
from audit_app.evidence_store.store import (
    FILE_LIMIT,
    ask,
    ask_lately,
    clear_unfinished,
    exists,
    list_everything,
    list_hashes,
    mark_of,
    put,
    read_file,
    remove,
    stream,
    verify,
)

__all__ = [
    "ALLOWED_WORDS",
    "FILE_LIMIT",
    "MIME_TYPES",
    "Contents",
    "Damaged",
    "FileKind",
    "InParts",
    "Kept",
    "Lying",
    "Missing",
    "Refused",
    "StoreSettings",
    "TooLarge",
    "Trouble",
    "Unavailable",
    "UnusableStore",
    "ask",
    "ask_lately",
    "check_kind",
    "clean_image",
    "clean_logo",
    "clean_name",
    "clear_unfinished",
    "exists",
    "fetch_parts",
    "list_everything",
    "list_hashes",
    "look_into",
    "mark_of",
    "put",
    "put_in_parts",
    "read_file",
    "read_settings",
    "remove",
    "remove_parts",
    "stream",
    "verify",
]
