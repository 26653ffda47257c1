"""What a file of a pack says of its own standing: a draft, or the copy that somebody was given. Pure."""

from dataclasses import dataclass
from datetime import date

from audit_app import words
from audit_app.packs.tables import PackRelease

DRAFT = "Draft: not released"
GROUP = 4


@dataclass(frozen=True)
class Copy:
    """One copy of a released pack: which, who has it, what for, since when, and what its contents must be."""

    number: int
    recipient: str
    purpose: str
    released_on: date
    fingerprint: str

    @property
    def control(self) -> tuple[tuple[str, str], ...]:
        """What its page of document control says beside what every copy says."""
        return (
            ("Copy", str(self.number)),
            ("Released to", self.recipient),
            ("What for", self.purpose),
            ("Released on", words.date_words(self.released_on)),
            ("Fingerprint of the contents", grouped(self.fingerprint)),
        )

    @property
    def on_the_cover(self) -> tuple[str, str]:
        """Which copy it is, in one line."""
        return "Copy", f"{self.number}, for {self.recipient}"


def copy_of(release: PackRelease) -> Copy:
    """The copy that one release was."""
    return Copy(
        release.copy_number, release.recipient, release.purpose, release.released_on, release.fingerprint
    )  # fmt: skip


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be read aloud and typed from paper."""
    return " ".join(fingerprint[at : at + GROUP] for at in range(0, len(fingerprint), GROUP))


def standing_words(copy: Copy | None) -> str:
    """What every page says at its foot: a draft that it is one; a released copy nothing."""
    return DRAFT if copy is None else ""
