"""Whether the paper in somebody's hand is the current version: what a pack's row, releases and successors say. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app import words
from audit_app.packs.endings.standing import ended_words
from audit_app.packs.release.steps import Step
from audit_app.packs.tables import PACK, EvidencePackRow, PackRelease
from findings.references import reference

SHORTEST, LONGEST = 8, 64


@dataclass(frozen=True)
class Answer:
    """What is to be said of one pack: whether it may be used, a sentence, and the pack to use in its place."""

    number: int
    reference: str
    title: str
    current: bool
    sentence: str
    instead: int | None = None


def typed_fingerprint(text: str) -> str:
    """The beginning of a fingerprint as it was typed from paper, in groups or not; nothing where it is none."""
    plain = re.sub(r"[\s-]", "", text).lower()
    return plain if SHORTEST <= len(plain) <= LONGEST and re.fullmatch(r"[0-9a-f]+", plain) else ""


def answer(
    row: EvidencePackRow,
    step: Step,
    releases: Sequence[PackRelease],
    successor: EvidencePackRow | None,
    draft: EvidencePackRow | None,
) -> Answer:
    """Whether a pack is the current version.

    Args:
        row: The pack.
        step: How far it is on its way out.
        releases: Who has it, the first first.
        successor: The last of its later versions that was released and stands.
        draft: A later version that is not released yet.
    """
    name = reference(PACK, row.number)
    instead = f" Use {reference(PACK, successor.number)} in its place." if successor else ""
    if step in (Step.withdrawn, Step.destroyed):
        sentence, current = f"{ended_words(row)}{instead}", False
    elif successor is not None:
        sentence, current = f"{name} is no longer the current version: it was superseded.{instead}", False
    elif step is not Step.released:
        sentence, current = f"{name} is a draft: it has not been released, and must not be relied on.", False
    else:
        since = words.date_words(max(release.released_on for release in releases))
        sentence, current = f"{name} is the current version, last released on {since}.", True
        if draft is not None:
            sentence += f" A new version, {reference(PACK, draft.number)}, is being prepared."
    return Answer(row.number, name, row.title, current, sentence, successor.number if successor else None)
