"""Evidence as it may become an exhibit of a pack: in which version, for what, and what stands against it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit_app import words
from audit_app.evidence import EvidenceLine, Held, uses
from audit_app.evidence.reading import Read
from audit_app.evidence.states import Scan
from audit_app.packs.disclosure.levels import NAMES
from audit_app.packs.parts.exhibits import Given

MOST = 200  # exhibits of one pack
NOT_SCANNED = "It was not scanned for viruses yet."


@dataclass(frozen=True)
class Candidate:
    """A piece of evidence in one version, with each thing it proves and what of it."""

    line: EvidenceLine
    proves: tuple[tuple[str, str], ...]  # reference with its part, and what of it in a sentence

    @property
    def key(self) -> str:
        """EVD-0003/2: which piece in which version."""
        return key_of(self.line)

    @property
    def used_by(self) -> str:
        """What it proves, in words."""
        return words.listing([uses.called(reference) for reference, _ in self.proves])


@dataclass(frozen=True)
class Exhibit:
    """One exhibit of a pack, with the words of its file by pages as they were read when it came in."""

    number: str  # E7
    line: EvidenceLine
    proves: tuple[tuple[str, str], ...] = ()
    read: Read = Read.no_file
    pages: tuple[str, ...] = ()
    given: Given = Given.beside
    count: int = 0  # pages as they stand in the pack
    why: str = ""

    @property
    def here(self) -> bool:
        """Whether its file is kept here."""
        return self.line.held is Held.here

    @property
    def called(self) -> str:
        """E7 (EVD-0003): what it is called where no word of it may be told."""
        return f"{self.number} ({self.line.reference})"


def key_of(line: EvidenceLine) -> str:
    """EVD-0003/2."""
    return f"{line.reference}/{line.version}"


def numbered(lines: Iterable[tuple[EvidenceLine, tuple[tuple[str, str], ...]]]) -> list[Exhibit]:
    """Exhibits in their order, E1 first."""
    return [Exhibit(f"E{at}", line, proves) for at, (line, proves) in enumerate(lines, start=1)]


def why_not(line: EvidenceLine, level: int) -> str:
    """Why a piece may not be an exhibit of a pack of this level; nothing where it may."""
    if line.withdrawn_at is not None or line.kept_out_reason:
        return line.kept_out
    if line.held is Held.here and line.scan is Scan.refused:
        return line.kept_out
    if line.level < level:
        return f"It is for fewer people than this pack: {NAMES[line.level]}. This pack is for: {NAMES[level]}."
    return ""


def unscanned(line: EvidenceLine, scanner: str) -> bool:
    """Whether a file waits for the virus scanner that is set: it stays out until that has seen it (UP-10)."""
    waits = (Scan.waiting, Scan.not_asked) if scanner else (Scan.waiting,)
    return line.held is Held.here and line.scan in waits


def notes(line: EvidenceLine, scanner: str) -> list[str]:
    """What whoever chooses should know of a piece, in sentences."""
    made = []
    if line.renewed_since:
        made.append(f"Version {line.version} was used; there is a version {line.newest}.")
    if unscanned(line, scanner):
        made.append(f"{NOT_SCANNED} It stays out of the pack until it was.")
    return made


def joined(lines: Iterable[EvidenceLine], into: dict[str, Candidate]) -> None:
    """Put lines to the candidates they belong to, each piece and version once, in the order they are met."""
    for line in lines:
        use = (line.proves_reference, line.proves)
        known = into.get(key_of(line))
        before = known.proves if known else ()
        into[key_of(line)] = Candidate(known.line if known else line, before if use in before else (*before, use))


def in_order(keys: Iterable[str], places: Mapping[str, int | None]) -> list[str]:
    """Keys by the place somebody gave each; those without one stay behind them, in the order they were in.

    Two with one place keep the order they were in.
    """
    kept = list(keys)
    return sorted(kept, key=lambda key: (places.get(key) is None, places.get(key) or 0, kept.index(key)))


def place_name(key: str) -> str:
    """The field of the place of a piece: place_EVD_0003_2."""
    return "place_" + key.replace("-", "_").replace("/", "_")
