"""What the settings for e-mail must say: one way for mails to go, and all that this way needs. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# A name that may hold anything, the number of the service and the secret: the last two are what is signed with.
NOTIFY_KEY = re.compile(r".*?([0-9a-f-]{36})-([0-9a-f-]{36})")
SECURE = ("https://", "http://127.0.0.1", "http://localhost")


def mail_faults(config: Mapping[str, Any]) -> Iterator[str]:
    """Every fault, each with what to do."""
    if config["NOTIFY_API_KEY"]:
        yield from _notify_faults(config)
    elif config["NOTIFY_TEMPLATE"]:
        yield "AUDIT_NOTIFY_TEMPLATE is set without AUDIT_NOTIFY_API_KEY. Set both, or neither."
    if config["BOUNCES_HOST"] and not (config["BOUNCES_USER"] and config["BOUNCES_PASSWORD"]):
        yield "AUDIT_BOUNCES_HOST needs AUDIT_BOUNCES_USER and AUDIT_BOUNCES_PASSWORD, to open the mailbox."


def _notify_faults(config: Mapping[str, Any]) -> Iterator[str]:
    if config["SMTP_HOST"]:
        yield "Set AUDIT_SMTP_HOST or AUDIT_NOTIFY_API_KEY, not both: mails go one way."
    if not NOTIFY_KEY.fullmatch(str(config["NOTIFY_API_KEY"])):
        yield "AUDIT_NOTIFY_API_KEY is no key of GOV.UK Notify. Copy it whole, with its name and both numbers."
    if not config["NOTIFY_TEMPLATE"]:
        yield "Set AUDIT_NOTIFY_TEMPLATE to the id of an e-mail template that holds ((subject)) and ((body)) alone."
    if not str(config["NOTIFY_ADDRESS"]).startswith(SECURE):
        yield "AUDIT_NOTIFY_ADDRESS must begin with https://."
