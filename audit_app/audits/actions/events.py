"""What can happen to an audit's actions, as the log tells it; and what people are told of them."""

from audit_app import notices
from audit_app.history import declare_event

for _code, _sentence in {
    "audit_action.set": "{who} set action {action} ({level}) on {reference}, due {due}",
    "audit_action.edited": "{who} changed {what} of action {action} of {reference}",
    "audit_action.given": "{who} gave action {action} of {reference} to person {owner}",
    "audit_action.given_spoken_for": (
        "{who} gave action {action} of {reference} to somebody without an account, for whom person {owner} speaks"
    ),
    "audit_action.given_named": (
        "{who} gave action {action} of {reference} to somebody without an account, for whom the team’s manager speaks"
    ),
    "audit_action.updated": "{who} said of action {action} of {reference}: {news}, due {due}",
    "audit_action.done": "{who} said that action {action} of {reference} is done",
    "audit_action.confirmed": "{who} confirmed action {action} of {reference}",
    "audit_action.reopened": "{who} reopened action {action} of {reference}",
    "audit_action.withdrawn": "{who} withdrew action {action} of {reference}",
    "audit_action.became_finding": "{who} turned action {action} of {reference} into the finding {finding}",
    "audit_action.note_copied": "{who} opened the note for the child’s own record from {reference}",
}.items():
    declare_event(_code, _sentence)

ACTION_PATH = "/{authority}/audit-actions/{reference}"

notices.register_notice(
    "audit_action.given",
    "You have an action from a case audit: {reference}",
    (
        "An action from a case audit in {council} was given to you.",
        "Sign in to read it and to say how it goes:",
        "{link}",
    ),
    path=ACTION_PATH,
)
notices.register_notice(
    "audit_action.spoken_for",
    "You speak for somebody who has an action from a case audit: {reference}",
    (
        "An action from a case audit in {council} was given to somebody who has no account here. It waits for you.",
        "Sign in to read it and to say how it goes:",
        "{link}",
    ),
    path=ACTION_PATH,
)
notices.register_notice(
    "audit_action.done",
    "An action from a case audit waits for you to confirm it: {reference}",
    (
        "Somebody has said that an action from a case audit is done.",
        "Sign in to confirm it or to send it back:",
        "{link}",
    ),
    path=ACTION_PATH,
    by_mail=False,
)
notices.register_notice(
    "audit_action.sent_back",
    "An action from a case audit was sent back to you: {reference}",
    ("An action that was done is open again.", "Sign in to read why:", "{link}"),
    path=ACTION_PATH,
)
