"""What each sentence of a pack needs beside the rows: the day, what may be printed, what audits are called. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.levels import Disclosure


@dataclass(frozen=True)
class Telling:
    """What every sentence needs beside the rows: the day, what may be printed, and what audits are called here."""

    today: date
    show: Disclosure
    names: Mapping[str, str]
    own: OwnWords = NONE

    def audit(self, audit_reference: str) -> str:
        """What this pack calls an audit."""
        return self.names.get(audit_reference, self.own.say("a case audit"))


def sentence(text: str) -> str:
    """Typed words as a sentence: with a full stop where they have no mark at the end."""
    plain = text.strip()
    return plain if not plain or plain.rstrip("”\"'’)")[-1:] in tuple(".!?:;…") else f"{plain}."


def quoted(text: str) -> str:
    """Somebody's own words between quotation marks."""
    return f"“{text.strip()}”"


def the_post(title: str) -> str:
    """the Head of Safeguarding; or that nobody recorded whose post it was."""
    plain = title.strip()
    if not plain:
        return "somebody whose post is not recorded"
    return plain if plain.casefold().startswith("the ") else f"the {plain}"
