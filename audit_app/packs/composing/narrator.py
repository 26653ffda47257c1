"""Who tells a pack: knows the day, what its audience may get, what audits are called, and the council's words. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing import small_numbers
from audit_app.packs.disclosure.levels import FIELDS, PUBLISHABLE
from audit_app.packs.disclosure.text_columns import FIELD_OF

Place = tuple[str, int, str]  # table, number or id of the row, column


@dataclass(frozen=True)
class Narrator:
    """What every sentence needs beside the rows. It remembers what it left out, so each pack has one of its own."""

    level: int
    today: date
    names: Mapping[str, str]
    own: OwnWords = NONE
    left_out: Counter[str] = field(default_factory=Counter)
    printed: set[Place] = field(default_factory=set)

    @property
    def leaving(self) -> bool:
        """Whether the pack leaves the council, so that small numbers are hidden (EX-5)."""
        return self.level == PUBLISHABLE

    def may(self, name: str) -> bool:
        """Whether a field may be printed at this level; a field the table does not know stops the pack."""
        return self.level <= FIELDS[name][0]

    def take(self, name: str, value: str) -> str:
        """The value where it may be printed, and nothing where it may not."""
        if self.may(name):
            return value
        self.leave_out(name, int(bool(value)))
        return ""

    def tell(self, row: Any, column: str) -> str:
        """What a row of the register says in one of its texts, where this audience may have it; it then counts as told.

        What nobody asked for is found at the end (`disclosure.accounts`) and named among what was left out, so a text
        that is told by any other way than this counts as missing.
        """
        text: str = getattr(row, column).strip()
        if not self.may(FIELD_OF[f"{row.__tablename__}.{column}"]):
            return ""
        self.printed.add(place_of(row, column))
        return text

    def leave_out(self, name: str, times: int = 1) -> None:
        """Remember that something was left out which was never read."""
        self.left_out[name] += times

    def say(self, text: str) -> str:
        """A text of ours in the council's words."""
        return self.own.say(text)

    def audit(self, audit_reference: str) -> str:
        """What this pack calls an audit."""
        return self.names.get(audit_reference, self.say("a case audit"))

    def at_least(self, count: int, noun: str, nouns: str, *, exact: bool = True) -> str:
        """A number of things in the council's words, and no figure where it is too small for this audience."""
        return small_numbers.at_least(count, self.say(noun), self.say(nouns), leaving=self.leaving, exact=exact)


def place_of(row: Any, column: str) -> Place:
    """Where a text of the register stands: its table, the number or id of its row, its column."""
    return row.__tablename__, getattr(row, "number", None) or row.id, column
