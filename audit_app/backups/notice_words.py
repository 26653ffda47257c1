"""What administrators are told of the backups; the state page says the rest."""

from audit_app import notices

FAILED = "backups.failed"
LATE = "backups.late"

_STATE = "/{authority}/state"

notices.register_notice(
    FAILED,
    "The last backup failed",
    ("No backup could be made. The ones before are as they were, and it is tried again each hour.",
     "Why, and what to do, stands on the page on how the installation is: {link}",
     "If you do not run the server yourself, tell whoever does."),
    path=_STATE,
)  # fmt: skip
notices.register_notice(
    LATE,
    "The last good backup is too long ago",
    ("There is no good backup of the last night. If the server were lost now, what was done since would be lost too.",
     "When the last one was made stands on the page on how the installation is: {link}",
     "If you do not run the server yourself, tell whoever does."),
    path=_STATE,
)  # fmt: skip
