"""What a slip says, on the page and on paper alike. Pure."""

from dataclasses import dataclass
from datetime import datetime

from audit_app import words

TITLE = "One-time links to hand out"
HANDLING = (
    "Cut the slips apart and hand each to its person, to nobody else: whoever has the link becomes that person here. "
    "These links are new; earlier slips and links of the same people no longer work."
)


@dataclass(frozen=True)
class Slip:
    """One person's link."""

    name: str
    user_name: str
    joins: bool
    address: str
    until: datetime

    @property
    def what_to_do(self) -> str:
        """What the person does with it."""
        if self.joins:
            return "Open this address, sign in with the password you have already, and press Join."
        return f"Open this address and choose a password. From then on you sign in as {self.user_name}."

    @property
    def how_long(self) -> str:
        """Until when."""
        return f"The link works once, until {words.datetime_words(self.until)}."


@dataclass(frozen=True)
class Slips:
    """The slips made together for one council."""

    council: str
    slips: tuple[Slip, ...]
    made_at: datetime
