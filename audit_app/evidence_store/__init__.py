"""Evidence files by content hash, in the data folder, and what may become one: the door of this package.

Checking comes first, keeping second: `look_into` (for a logo `clean_logo`), then `put`. The row that names the file
commits after `put` has returned.
"""

from audit_app.evidence_store.answers import Contents
from audit_app.evidence_store.images import clean_image, clean_logo
from audit_app.evidence_store.kinds import ALLOWED_WORDS, MIME_TYPES, FileKind, check_kind, clean_name
from audit_app.evidence_store.looking import look_into
from audit_app.evidence_store.refusal import Refused
from audit_app.evidence_store.store import (
    FILE_LIMIT,
    Damaged,
    Kept,
    Missing,
    TooLarge,
    all_paths,
    clear_unfinished,
    exists,
    is_place_of,
    list_hashes,
    open_file,
    put,
    read_file,
    remove,
    verify,
)

__all__ = [
    "ALLOWED_WORDS",
    "FILE_LIMIT",
    "MIME_TYPES",
    "Contents",
    "Damaged",
    "FileKind",
    "Kept",
    "Missing",
    "Refused",
    "TooLarge",
    "all_paths",
    "check_kind",
    "clean_image",
    "clean_logo",
    "clean_name",
    "clear_unfinished",
    "exists",
    "is_place_of",
    "list_hashes",
    "look_into",
    "open_file",
    "put",
    "read_file",
    "remove",
    "verify",
]
