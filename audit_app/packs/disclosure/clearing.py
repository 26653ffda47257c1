"""Which words of a pack's texts may tell of a person, what was decided about each, and what still stands. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app import disclosure
from audit_app.packs.disclosure.levels import INSPECTOR, PUBLISHABLE
from audit_app.packs.disclosure.register_texts import TypedText
from audit_app.packs.exhibits.looks import Look
from audit_app.packs.tables import Decision, SuspectDecision


@dataclass(frozen=True)
class Place:
    """Words that may tell of a person, in their text, with what was decided about them."""

    text: TypedText
    suspect: disclosure.Suspect
    decision: SuspectDecision | None

    @property
    def key(self) -> str:
        """A name for the words in their text: another as soon as either changes."""
        parts = (self.text.reference, self.text.column, text_sha256(self.text), words_sha256(self.suspect))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]

    @property
    def around(self) -> tuple[str, str, str]:
        """The words before, the words themselves, and those after."""
        return disclosure.around(self.text.text, self.suspect)


@dataclass(frozen=True)
class Clearing:
    """Everything in the texts of one pack that may tell of a person."""

    level: int
    places: tuple[Place, ...]
    looks: tuple[Look, ...] = ()  # files of exhibits that only a person can read

    @property
    def standing(self) -> tuple[Place, ...]:
        """What nobody has decided about."""
        return tuple(place for place in self.places if place.decision is None)

    @property
    def decided(self) -> tuple[Place, ...]:
        """What somebody has cleared or accepted."""
        return tuple(place for place in self.places if place.decision is not None)

    @property
    def stops(self) -> bool:
        """Whether the pack may not be built yet: only packs that leave the council wait for decisions."""
        return leaves(self.level) and bool(self.standing or self.not_looked_at)

    @property
    def not_looked_at(self) -> tuple[Look, ...]:
        """The files that nobody has looked at."""
        return tuple(look for look in self.looks if look.decision is None)

    @property
    def decided_by(self) -> tuple[int, ...]:
        """Everybody who decided about a place or looked at a file."""
        decisions = [place.decision for place in self.places] + [look.decision for look in self.looks]
        return tuple(decision.decided_by for decision in decisions if decision is not None)

    @property
    def references(self) -> tuple[str, ...]:
        """Where something stands, each place once."""
        return tuple(dict.fromkeys(place.text.reference or place.text.called for place in self.standing))

    def count(self, decision: Decision) -> int:
        """How many places were decided so."""
        return sum(1 for place in self.decided if place.decision and place.decision.decision is decision)

    def find(self, key: str) -> Place | None:
        """The place of this key, while it is there."""
        return next((place for place in self.places if place.key == key), None)


def leaves(level: int) -> bool:
    """Whether a pack of this level goes to people outside the council."""
    return level >= INSPECTOR


def text_sha256(text: TypedText) -> str:
    """A mark of the whole text: a decision holds only for the very text it was made about."""
    return hashlib.sha256(text.text.encode("utf-8", "replace")).hexdigest()


def words_sha256(suspect: disclosure.Suspect) -> str:
    """A mark of the words and of what they look like; the words themselves are kept nowhere twice."""
    return hashlib.sha256(f"{suspect.kind}|{suspect.words.casefold()}".encode("utf-8", "replace")).hexdigest()


def clear(
    texts: Iterable[TypedText], council: disclosure.Council, decisions: Sequence[SuspectDecision], level: int
) -> Clearing:
    """Read the texts and lay each suspect beside the latest decision that holds for a pack of this level."""
    latest = {
        (row.reference, row.text_column, row.text_sha256, row.words_sha256): row
        for row in sorted(decisions, key=lambda row: (row.decided_at, row.id))
        if row.level >= level
    }
    places = []
    texts = tuple(texts)
    of_one: dict[str, list[TypedText]] = defaultdict(list)
    for text in texts:
        of_one[text.reference].append(text)
    for text in texts:
        seen = _of_a_text_it_begins(text, of_one[text.reference], council)
        for suspect in disclosure.suspects(text.text, council):
            # The same words twice in one text are one thing to decide.
            words = words_sha256(suspect)
            if words in seen or not _matters(suspect, level):
                continue
            seen.add(words)
            key = (text.reference, text.column, text_sha256(text), words)
            places.append(Place(text, suspect, latest.get(key)))
    return Clearing(level, tuple(places))


def _of_a_text_it_begins(text: TypedText, texts: Iterable[TypedText], council: disclosure.Council) -> set[str]:
    """Marks of suspects that are decided about elsewhere: a title made of the first words of a text goes with them."""
    start = text.text.removesuffix("…")
    longer = (
        other for other in texts
        if other.reference == text.reference and other.column != text.column
        # Of two that say the same, one is asked about: which of them does not matter, so the first by name.
        and (-len(other.text), other.column) < (-len(text.text), text.column)
        and " ".join(other.text.split()).startswith(start)
    )  # fmt: skip
    return {words_sha256(suspect) for other in longer for suspect in disclosure.suspects(other.text, council)}


def _matters(suspect: disclosure.Suspect, level: int) -> bool:
    """Small counts are hidden only where everybody may read (EX-5); inside it records have their references."""
    if suspect.kind is disclosure.Kind.small_number:
        return level == PUBLISHABLE
    return suspect.kind is not disclosure.Kind.case_reference or leaves(level)
