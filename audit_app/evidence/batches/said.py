"""What is said of all files of a ZIP and of one where it differs, kept as text until they are evidence. Pure."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from audit_app.errors import Invalid
from audit_app.evidence.given import NewEvidence, NewVersion
from audit_app.evidence.states import Effect, Renewal

DAYS = ("speaks_from", "speaks_to", "made_on")
NOTHING = "nothing"  # of one file, where the others prove something


@dataclass(frozen=True)
class Said:
    """What was typed; empty is nothing said, and of one file that it is as for all."""

    title: str = ""
    shows: str = ""
    effect: str = ""
    level: str = ""
    renewal: str = ""
    owner_post_id: str = ""
    speaks_from: date | None = None
    speaks_to: date | None = None
    made_on: date | None = None
    reference: str = ""  # of what they prove
    part: str = ""
    proves: str = ""

    @property
    def thing(self) -> str:
        """The reference of what it proves, with the part after a stroke; nothing where it proves nothing yet."""
        named = "" if self.reference.casefold() == NOTHING else self.reference.strip().upper()
        return "/".join(filter(None, (named, self.part))) if named else ""


NAMES = tuple(field.name for field in fields(Said))
# What a file may say of itself beside its title and its days, in words.
CALLED = {
    "shows": "sentence",
    "effect": "effect",
    "level": "level",
    "renewal": "renewal",
    "owner_post_id": "owner",
    "reference": "proof",
}
OF_PERIOD = ("speaks_from", "speaks_to")
OF_USE = ("reference", "part", "proves")


def written(said: Said) -> str:
    """As text that `read` reads; only what was said."""
    values = {name: str(value) for name, value in asdict(said).items() if value}
    return json.dumps(values, ensure_ascii=False) if values else ""


def read(text: str) -> Said:
    """What was written."""
    values: dict[str, Any] = json.loads(text) if text else {}
    for name in DAYS:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    return Said(**{name: value for name, value in values.items() if name in NAMES})


def together(of_all: Said, of_one: Said) -> Said:
    """What holds of one file: what is said of it alone, and of everything else what is said of all.

    A period goes as a whole, and so does what is proved: the first day of one and the last of another make no sense.
    """
    whole: dict[str, Any] = {name: getattr(of_one, name) or getattr(of_all, name) for name in NAMES}
    for group, leading in ((OF_PERIOD, "speaks_to"), (OF_USE, "reference")):
        source = of_one if getattr(of_one, leading) else of_all
        whole |= {name: getattr(source, name) for name in group}
    return Said(**whole)


# What evidence cannot be without, and what to do where it is missing; in the order of the page.
NEEDED = {
    "title": "Enter a title",
    "shows": "Say in a sentence what it shows",
    "effect": "Choose whether it shows output or impact",
    "level": "Choose who may see it",
    "speaks_to": "Enter the last day it speaks of",
    "made_on": "Enter the day it was made",
}


def lacking(said: Said) -> list[str]:
    """What is still to be said before this can be evidence, by field."""
    return [name for name in NEEDED if not getattr(said, name)]


def as_evidence(said: Said, file: Any) -> tuple[NewEvidence, NewVersion]:
    """What is added to the register.

    Raises:
        Invalid: something is missing.
    """
    for name in lacking(said):
        raise Invalid(name, f"{NEEDED[name]}.")
    last = said.speaks_to
    new = NewEvidence(
        title=said.title, shows=said.shows, effect=Effect(said.effect), level=int(said.level),
        renewal=Renewal(said.renewal or "never"), owner_post_id=int(said.owner_post_id) if said.owner_post_id else None,
    )  # fmt: skip
    days: dict[str, Any] = {"speaks_from": said.speaks_from or last, "speaks_to": last, "made_on": said.made_on}
    return new, NewVersion(file=file, **days)
