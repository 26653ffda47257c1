"""What a page may promise when it says that somebody is told: by e-mail only where e-mail leaves this service. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_app.notices.smtp import mail_is_set
from audit_app.words import Ours


@dataclass(frozen=True)
class Telling:
    """How people learn of what they are told, in the words every page uses.

    `by_mail` is whether a mail server is named; `held_up` whether its e-mails are not getting through now.
    """

    by_mail: bool
    held_up: bool = False

    @property
    def alerts(self) -> bool:
        """Whether anything reaches a person who is not signed in."""
        return self.by_mail and not self.held_up

    @property
    def when(self) -> Ours:
        """The end of a sentence such as “They are told …”."""
        if self.alerts:
            return Ours("by e-mail, and here when they next sign in")
        return Ours(f"here, when they next sign in: {self._why}")

    @property
    def warning(self) -> Ours:
        """That nobody is alerted, where that is so; nothing where an e-mail goes out."""
        return Ours("") if self.alerts else Ours(f"Nobody is alerted until they sign in: {self._why}.")

    @property
    def _why(self) -> str:
        if not self.by_mail:
            return "this service sends no e-mail"
        return "e-mails are not getting through at the moment"


def telling(config: Mapping[str, Any], trouble: Sequence[str] = ()) -> Telling:
    """How people are told things, given the settings and what `notices.trouble` says of the council's e-mails."""
    return Telling(mail_is_set(config), bool(trouble))
