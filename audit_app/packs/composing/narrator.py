"""Who tells a pack: knows the day, what its audience may get, what audits are called, and the council's words. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing import small_numbers
from audit_app.packs.contents import WithheldPart
from audit_app.packs.disclosure.levels import FIELDS, PUBLISHABLE


@dataclass(frozen=True)
class Narrator:
    """What every sentence needs beside the rows. It remembers what it left out, so each pack has one of its own."""

    level: int
    today: date
    names: Mapping[str, str]
    own: OwnWords = NONE
    left_out: Counter[str] = field(default_factory=Counter)

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

    def leave_out(self, name: str, times: int = 1) -> None:
        """Remember that something was left out which was never read."""
        self.left_out[name] += times

    def withheld(self) -> tuple[WithheldPart, ...]:
        """What was left out, in the order of the table: known only once everything else has been told."""
        parts = []
        for name, (_, what, why) in FIELDS.items():
            if self.left_out[name]:
                # How often would itself be a small number in a pack for everybody.
                times = 0 if self.leaving else self.left_out[name]
                parts.append(WithheldPart(self.say(what), times, self.say(why)))
        return tuple(parts)

    def say(self, text: str) -> str:
        """A text of ours in the council's words."""
        return self.own.say(text)

    def audit(self, audit_reference: str) -> str:
        """What this pack calls an audit."""
        return self.names.get(audit_reference, self.say("a case audit"))

    def at_least(self, count: int, noun: str, nouns: str, *, exact: bool = True) -> str:
        """A number of things in the council's words, and no figure where it is too small for this audience."""
        return small_numbers.at_least(count, self.say(noun), self.say(nouns), leaving=self.leaving, exact=exact)
