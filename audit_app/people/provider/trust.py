"""Why what the provider sends is not believed, or a person is not let in: a word each, and its sentences. Pure."""

from collections.abc import Mapping
from enum import StrEnum, auto


class Reason(StrEnum):
    """Stands in the security log; the page says it in sentences."""

    unreachable = auto()
    misdescribed = auto()
    not_begun = auto()
    turned_away = auto()
    cancelled = auto()
    code = auto()
    signature = auto()
    issuer = auto()
    audience = auto()
    nonce = auto()
    clock = auto()
    token = auto()
    groups = auto()
    unknown = auto()
    closed = auto()
    somebody_else = auto()
    not_fresh = auto()
    linked_already = auto()
    dead_link = auto()


class NotAccepted(Exception):
    """The sign-in does not go on. `detail` is for the log of the process: nothing a person typed or is called."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Keep the word for the log and the page."""
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


# {again} and {tell} stand in more than one; a line without words begins a new paragraph.
AGAIN = "Begin again from the sign-in page."
TELL = "If it goes on, tell whoever runs this service."
NOT_BELIEVED = "What {name} sent could not be believed, so nobody was signed in. {again} {tell}"

HEADINGS: Mapping[Reason, str] = {
    Reason.unreachable: "{name} cannot be reached",
    Reason.unknown: "Your sign-in at {name} is not linked to an account here",
    Reason.closed: "Your account here is closed",
    Reason.cancelled: "You were not signed in",
    Reason.not_begun: "Begin again",
    Reason.groups: "{name} did not send your groups",
    Reason.clock: "The clocks do not agree",
    Reason.somebody_else: "That was somebody else",
    Reason.not_fresh: "{name} did not ask you again",
    Reason.linked_already: "This sign-in at {name} belongs to another account here",
    Reason.dead_link: "The link no longer works",
}
SENTENCES: Mapping[Reason, str] = {
    Reason.unreachable: """
    {name} did not answer, or not in time. Nothing is wrong with your account here.

    Try again in a few minutes, or sign in here with a password where your account has one.
    """,
    Reason.misdescribed: """
    {name} does not describe itself as this service is set up to expect. Tell whoever runs this service: its log says
    what differs.
    """,
    Reason.not_begun: """
    This sign-in was not begun in this browser, was begun more than 10 minutes ago, or has been finished already.
    {again}
    """,
    Reason.turned_away: "{name} did not sign you in. {again} {tell}",
    Reason.cancelled: "The sign-in at {name} was cancelled, or {name} does not open this service to you. {again}",
    Reason.code: """
    {name} did not accept what it had given your browser: it had run out, or was used before. {again}
    """,
    Reason.clock: """
    The clock of this service and that of {name} differ by some minutes, so it cannot be told whether this is a fresh
    sign-in. Tell whoever runs this service.

    Who has a password here can sign in with it meanwhile.
    """,
    Reason.groups: """
    You are in more groups at {name} than it sends, so your roles here cannot be told.

    Tell whoever looks after {name}: it is to send this service only the groups assigned to it, or roles of the
    application instead of groups.
    """,
    Reason.unknown: """
    If you have an account here with a password, sign in with it once, open “Your account” and link it to {name}.

    If you were sent a one-time link, open it and choose {name} there.

    Otherwise ask whoever looks after accounts in your council for an account.
    """,
    Reason.closed: """
    It was closed by an administrator, so it opens nothing, whatever {name} says. If it should be open, ask whoever
    looks after accounts in your council.
    """,
    Reason.somebody_else: """
    {name} named another person than the one who is signed in here, so nothing was done.

    Sign out at {name} first, then try again; or prove here in another way that it is you.
    """,
    Reason.not_fresh: """
    {name} was to ask you to sign in afresh and did not say that it had, so the step you wanted was not opened.

    Prove here in another way that it is you. {tell}
    """,
    Reason.linked_already: """
    Nothing was changed. If both accounts are yours, ask whoever looks after accounts in your council to close one of
    them.
    """,
    Reason.dead_link: """
    The one-time link you began with was used or replaced meanwhile, or has run out, or opens an account that has a
    password. Ask whoever sent it for a new one.
    """,
}


def heading(reason: Reason, name: str) -> str:
    """The heading of the page that says why."""
    return HEADINGS.get(reason, "You were not signed in").format(name=name)


def sentences(reason: Reason, name: str) -> list[str]:
    """What happened and what to do, a paragraph each."""
    text = SENTENCES.get(reason, NOT_BELIEVED).format(name=name, again=AGAIN, tell=TELL)
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def status(reason: Reason) -> int:
    """503 where trying later helps, 409 where it is about the person, 400 otherwise."""
    if reason == Reason.unreachable:
        return 503
    about_person = (Reason.unknown, Reason.closed, Reason.somebody_else, Reason.groups, Reason.linked_already)
    return 409 if reason in about_person else 400
