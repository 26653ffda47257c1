"""Texts of exhibits by their places, and files that nobody can read but a person. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit_app.evidence.reading import Read
from audit_app.packs.exhibits.chosen import Exhibit
from audit_app.packs.tables import SuspectDecision

PAGE_END = "\f"
COLUMN, KIND = "evidence_version.sha256", "unread_file"
MARK = hashlib.sha256(KIND.encode()).hexdigest()
# What an index of exhibits prints of each.
TYPED = (
    ("evidence", "title", "title"), ("evidence", "shows", "shows"), ("evidence", "owner_post_title", "owner"),
    ("evidence_version", "address", "address"), ("evidence_version", "held_where", "held_where"),
    ("evidence_version", "held_by", "held_by"),
)  # fmt: skip
WHY = {
    Read.no_words: "it holds no words that a machine can read, such as a picture or a scan",
    Read.part: "not all of it could be read: it is long, or some of its pages are pictures or drawn over",
}


@dataclass(frozen=True)
class Look:
    """A file whose words could not all be read, and what a person who looked at it decided."""

    number: str
    reference: str
    version: int
    title: str
    sha256: str
    why: str
    decision: SuspectDecision | None

    @property
    def key(self) -> str:
        """A name for this very file."""
        return hashlib.sha256(f"{self.reference}|{self.sha256}|{KIND}".encode()).hexdigest()[:24]


def texts_of(exhibits: Iterable[Exhibit]) -> Iterator[tuple[str, str, str, str]]:
    """Every text of each exhibit that a pack gives on: reference, column, text, and where it stands."""
    for exhibit in exhibits:
        for table, column, name in TYPED:
            yield exhibit.line.reference, f"{table}.{column}", getattr(exhibit.line, name), exhibit.number
        for at, text in enumerate(exhibit.pages, start=1):
            yield exhibit.line.reference, "evidence_text.text", text, place_of(exhibit, at)


def place_of(exhibit: Exhibit, at: int) -> str:
    """E7, page 3; or what the file says of itself, which stands behind its last page."""
    pages = exhibit.line.pages
    if len(exhibit.pages) < 2 or not pages:
        return exhibit.number
    return f"{exhibit.number}, page {at}" if at <= pages else f"{exhibit.number}, what the file says of itself"


def looks_at(exhibits: Iterable[Exhibit], decisions: Sequence[SuspectDecision], level: int) -> tuple[Look, ...]:
    """The files that somebody must look at, each beside the latest decision that holds for a pack of this level."""
    latest = {
        (row.reference, row.text_sha256): row
        for row in sorted(decisions, key=lambda row: (row.decided_at, row.id))
        if row.text_column == COLUMN and row.level >= level
    }
    return tuple(
        Look(
            exhibit.number, exhibit.line.reference, exhibit.line.version, exhibit.line.title, exhibit.line.sha256,
            WHY[exhibit.read], latest.get((exhibit.line.reference, exhibit.line.sha256)),
        )
        for exhibit in exhibits
        if exhibit.read in WHY
    )  # fmt: skip
