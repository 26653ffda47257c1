"""Backups and restores: one archive of everything, enciphered, verified, kept by age; and back into an empty place.

Commands call `make_backup`, `restore` and `try_out`; the worker's task makes one each night; the state page reads the
journal through `sentences`. `wiring` fills in what the rooms above know, with `use_rooms`.
"""

from audit_app.backups.container.enciphering import (
    identity_from,
    is_enciphered,
    make_pair,
    own_identity,
    recipient_path,
)
from audit_app.backups.fetching import fetch
from audit_app.backups.queries import NOTE, last_made_at, sentences
from audit_app.backups.refusals import NoKey, NotBackedUp, NotFetched, NotRestored
from audit_app.backups.rooms import Rooms, use_rooms
from audit_app.backups.service import Made, make_backup, try_backup
from audit_app.backups.service_before_upgrade import dump_before_upgrade
from audit_app.backups.service_nightly import register_tasks
from audit_app.backups.service_restoring import Restored, refuse_occupied, restore

__all__ = [
    "NOTE",
    "Made",
    "NoKey",
    "NotBackedUp",
    "NotFetched",
    "NotRestored",
    "Restored",
    "Rooms",
    "dump_before_upgrade",
    "fetch",
    "identity_from",
    "is_enciphered",
    "last_made_at",
    "make_backup",
    "make_pair",
    "own_identity",
    "recipient_path",
    "refuse_occupied",
    "register_tasks",
    "restore",
    "sentences",
    "try_backup",
    "use_rooms",
]
