"""What can happen to a concern, as the log tells it; and what people are told, never with details of the case."""

from audit_app import notices
from audit_app.history import declare_event

for _code, _sentence in {
    "concern.raised": "{who} raised a concern in {reference}; people told: {told}",
    "concern.added_to": "{who} added to the concern in {reference}; it stays open",
    "concern.spoken": "{who} recorded whom they had spoken to about the concern in {reference}",
    "concern.reminded": "{who} sent a reminder of the concern in {reference}; people reminded: {told}",
    "concern.acknowledged": "{who} acknowledged the concern in {reference}",
    "concern.closed": "{who} closed the concern in {reference}, confirming that the child is safe",
}.items():
    declare_event(_code, _sentence, facts=("concern",))

CONCERNS_PATH = "/{authority}/audits/{reference}/concerns"

notices.register_notice(
    "concern.raised",
    "A concern about safety needs you today: {reference}",
    (
        "An auditor in {council} thinks that something needs doing today. You are one of the people who are told.",
        "Sign in to read it, acknowledge it and see who else was told:",
        "{link}",
    ),
    path=CONCERNS_PATH,
)
notices.register_notice(
    "concern.added_to",
    "Something was added to a concern about safety: {reference}",
    ("More was written about a concern that is still open.", "Sign in to read it:", "{link}"),
    path=CONCERNS_PATH,
)
notices.register_notice(
    "concern.reminder",
    "A concern about safety still waits for your acknowledgement: {reference}",
    (
        "You were told of this concern and have not acknowledged it yet.",
        "Sign in to acknowledge it:",
        "{link}",
    ),
    path=CONCERNS_PATH,
)
notices.register_notice(
    "concern.closed",
    "A concern about safety was closed: {reference}",
    ("The concern you raised or were told of has been closed.", "Sign in to read what was done:", "{link}"),
    path=CONCERNS_PATH,
    by_mail=False,
)
