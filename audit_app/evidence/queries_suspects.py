"""What in evidence looks as if it told of a person, before any of it leaves: its words, and those of its file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import disclosure
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.states import Held
from audit_app.evidence.tables import EVIDENCE, EvidenceText
from findings.references import number_of

AT_ONCE = 200
# What a pack may print of a piece beside its file.
TYPED = ("title", "shows", "proves", "given_name", "address", "held_where", "held_by")


class Read(StrEnum):
    """How much of a file was read. Only what was read whole and holds nothing may leave without a person's look."""

    whole = auto()
    part = auto()  # it is longer than what is kept of its words
    no_words = auto()  # a picture or a scan: somebody must look at it
    no_file = auto()


@dataclass(frozen=True)
class SuspectPlace:
    """Words that look as if they told of a person: in which text they stand, and what stands around them."""

    text_column: str  # evidence.title, evidence_text.text, …
    suspect: disclosure.Suspect
    around: tuple[str, str, str]


@dataclass(frozen=True)
class EvidenceReading:
    """One piece of evidence in one version, with what was found in it and how much of its file was read."""

    line: EvidenceLine
    read: Read
    places: tuple[SuspectPlace, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether a person must look at the file itself, because its words could not all be read."""
        return self.read in (Read.part, Read.no_words)


def suspects_in_evidence(
    session: Session, authority_id: int, lines: Iterable[EvidenceLine], council: disclosure.Council
) -> tuple[EvidenceReading, ...]:
    """Read pieces of evidence, each in the version of its line, with every recogniser.

    Nothing is judged: a person clears, rewords or accepts what is found. A file without words, a picture or a scan, is
    told to be one; it is never taken for clean.

    Args:
        session: Must see the evidence.
        authority_id: The council.
        lines: What a pack would carry, as `evidence_of` gives it.
        council: Its staff, its pattern of references and the day (`people.access.council_known`).

    Returns:
        A reading for each line, in their order.
    """
    wanted = list(lines)
    texts = _texts(session, authority_id, wanted)
    keys = [(number_of(line.reference, EVIDENCE), line.version) for line in wanted]
    return tuple(_reading(line, texts.get(key), council) for line, key in zip(wanted, keys, strict=True))


def _texts(
    session: Session, authority_id: int, lines: Sequence[EvidenceLine]
) -> dict[tuple[int | None, int], EvidenceText]:
    keys = sorted({(number_of(line.reference, EVIDENCE) or 0, line.version) for line in lines})
    texts: dict[tuple[int | None, int], EvidenceText] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        statement = select(EvidenceText).where(
            EvidenceText.authority_id == authority_id,
            sa.tuple_(col(EvidenceText.evidence_number), col(EvidenceText.version)).in_(some),
        )
        texts |= {(row.evidence_number, row.version): row for row in session.exec(statement).all()}
    return texts


def _reading(line: EvidenceLine, text: EvidenceText | None, council: disclosure.Council) -> EvidenceReading:
    typed = [(_column(name), getattr(line, name)) for name in TYPED if getattr(line, name)]
    if text is not None:
        typed.append(("evidence_text.text", text.text))
    places = tuple(
        SuspectPlace(column, suspect, disclosure.around(words, suspect))
        for column, words in typed
        for suspect in disclosure.suspects(words, council)
    )
    if line.held is not Held.here:
        return EvidenceReading(line, Read.no_file, places)
    if text is None:
        return EvidenceReading(line, Read.no_words, places)
    return EvidenceReading(line, Read.whole if text.whole else Read.part, places)


def _column(name: str) -> str:
    if name in ("title", "shows"):
        return f"evidence.{name}"
    return f"evidence_use.{name}" if name == "proves" else f"evidence_version.{name}"
