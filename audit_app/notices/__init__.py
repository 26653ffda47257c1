"""What people are told: shown in the app always, by e-mail when a mail server is set, never with details of a case.

Features call `register_notice` and `register_post` when the app is made; `tell`, `tell_once`, `post`, `list_notices`,
`mark_read` and `trouble` take a session. `people` says with `use_directory` where a person's address is.
`register_tasks` gives the sending to the worker.
"""

from audit_app import jobs
from audit_app.notices import coming_back
from audit_app.notices.sending import Recipient, send_waiting, use_directory
from audit_app.notices.service import (
    MAIL_TASK,
    NoticeLine,
    count_unread,
    figures,
    list_notices,
    mark_read,
    post,
    tell,
    tell_once,
    trouble,
)
from audit_app.notices.smtp import NotSent, mail, mail_is_set
from audit_app.notices.telling import Telling, telling
from audit_app.notices.wording import public_link, register_notice, register_post

__all__ = [
    "NotSent",
    "NoticeLine",
    "Recipient",
    "Telling",
    "count_unread",
    "figures",
    "list_notices",
    "mail",
    "mail_is_set",
    "mark_read",
    "post",
    "public_link",
    "register_notice",
    "register_post",
    "register_tasks",
    "send_waiting",
    "tell",
    "tell_once",
    "telling",
    "trouble",
    "use_directory",
]


def register_tasks() -> None:
    """Have the worker send what waits, each minute and at once after a notice; and look for what came back."""
    jobs.register_periodic(MAIL_TASK, 1, send_waiting)
    jobs.register_periodic(coming_back.TASK, coming_back.MINUTES, coming_back.look)
