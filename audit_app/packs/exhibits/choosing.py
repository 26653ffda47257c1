"""The page on which exhibits are chosen: every piece, what stands against it, what is ticked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_app.evidence import EvidenceLine
from audit_app.packs.exhibits.chosen import MOST, Candidate, in_order, key_of, notes, place_name, why_not

__all__ = ["MOST", "Candidate", "ChoiceLine", "first_values", "in_order", "key_of", "lines"]


@dataclass(frozen=True)
class ChoiceLine:
    """One piece of evidence on the page."""

    line: EvidenceLine
    key: str
    used_by: str
    why_not: str
    notes: tuple[str, ...]

    @property
    def place(self) -> str:
        """The name of the field of its place."""
        return place_name(self.key)


def lines(
    candidates: Mapping[str, Candidate], already: Sequence[EvidenceLine], level: int, config: Mapping[str, Any]
) -> list[ChoiceLine]:
    """What was chosen before in its order, then everything else that may be; last what may not, with the reason."""
    every = {key_of(line): Candidate(line, ()) for line in already} | dict(candidates)
    first = [key_of(line) for line in already]
    made = [_line(every[key], level, config) for key in dict.fromkeys([*first, *every])]
    return [line for line in made if not line.why_not] + [line for line in made if line.why_not]


def _line(candidate: Candidate, level: int, config: Mapping[str, Any]) -> ChoiceLine:
    line = candidate.line
    against = why_not(line, level)
    return ChoiceLine(
        line, candidate.key, candidate.used_by, against, tuple(notes(line, config["EVIDENCE_SCANNER"]))
    )  # fmt: skip


def first_values(listed: Sequence[ChoiceLine], already: Sequence[str]) -> dict[str, Any]:
    """What is ticked, and the place of each: as saved; where nothing is, everything that may be, in print order."""
    keys = list(already) or [line.key for line in listed if not line.why_not][:MOST]
    return {"chosen": keys, **{place_name(key): at for at, key in enumerate(keys, start=1)}}
