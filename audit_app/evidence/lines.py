"""Evidence as others read it: one line for each use, frozen, with its version as it was when it was used. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from audit_app import words
from audit_app.evidence import freshness, uses
from audit_app.evidence.states import Effect, Freshness, Held, Renewal, Scan


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence in one version, beside what it proves.

    `version` is the one that stood when it was attached; `newest` is the latest there is. Hash, dates and pages are
    those of `version`. Withdrawn evidence stays a line: what was signed on it must go on saying so.
    """

    reference: str  # EVD-0001
    title: str
    shows: str
    version: int
    newest: int
    effect: Effect
    level: int
    renewal: Renewal
    speaks_from: date
    speaks_to: date
    made_on: date
    held: Held
    sha256: str
    picture_sha256: str
    kind: str
    given_name: str
    size: int
    pages: int | None
    address: str
    held_where: str
    held_by: str
    owner: str
    scan: Scan
    kept_out_reason: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    proves_reference: str = ""  # FND-0007, ACT-0011/completion
    proves: str = ""
    use_id: int = 0
    attached_at: datetime | None = None

    @property
    def renew_by(self) -> date | None:
        """The day newer evidence is wanted of what this version speaks of."""
        return freshness.renew_by(self.renewal, self.speaks_to)

    def stands(self, today: date, grace_days: int) -> Freshness:
        """How this version stands on a day."""
        return freshness.stands(self.renew_by, today, grace_days, withdrawn=self.withdrawn_at is not None)

    @property
    def speaks_of(self) -> str:
        """The day or period it speaks of, in words."""
        if self.speaks_from == self.speaks_to:
            return words.date_words(self.speaks_to)
        return words.date_range(self.speaks_from, self.speaks_to)

    @property
    def renewed_since(self) -> bool:
        """Whether there is a newer version than the one that was used."""
        return self.newest > self.version

    @property
    def kept_out(self) -> str:
        """Why its file does not go into packs, as a sentence; nothing where it may."""
        if self.withdrawn_at is not None:
            return f"It was withdrawn: {self.withdrawn_reason}"
        if self.kept_out_reason:
            return f"It is marked as not for packs: {self.kept_out_reason}"
        if self.held is Held.here and self.scan in (Scan.waiting, Scan.refused):
            return f"{self.scan.title}."
        return ""

    @property
    def part(self) -> str:
        """What of the thing it proves, in words: that it was completed; nothing for the thing as a whole."""
        part = uses.part_of(self.proves_reference)
        return uses.PARTS.get(part, part.replace("-", " ").replace("/", ", ")) if part else ""

    @property
    def where(self) -> str:
        """Where it is held, in words."""
        if self.held is Held.here:
            pages = f", {words.count(self.pages, 'page')}" if self.pages else ""
            return f"{self.given_name} ({words.file_size(self.size)}{pages})"
        if self.held is Held.link:
            return self.address
        return f"{self.held_where}, held by {self.held_by}" if self.held_by else self.held_where
