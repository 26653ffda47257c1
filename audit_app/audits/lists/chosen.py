"""Audits that were ticked on a list: which of them can be given to others, and what speaks against it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_app.audits import stages, wording
from audit_app.audits.conflicts.nearness import Nearness, doubts
from audit_app.audits.tables import CaseAudit
from audit_app.forms import mark_of
from findings.references import number_of, reference

MOST_CHOSEN = 200
MOST_ON_PAPER = 20


@dataclass(frozen=True)
class Chosen:
    """The ticked audits that can be given to others, and a sentence for each that cannot."""

    rows: tuple[CaseAudit, ...]
    refused: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What they said when the page was opened."""
        return str(mark_of(*((row.number, row.revision, row.stage) for row in self.rows)))

    @property
    def pairings(self) -> list[tuple[int, str]]:
        """Team and record of each."""
        return [(row.team_id, row.case_reference) for row in self.rows]


def numbers_of(ticked: Sequence[str]) -> list[int]:
    """The numbers of references in an address, each once, in the order they came; what is none is left out."""
    numbers = (number_of(text, "AUD") for text in ticked[: MOST_CHOSEN + 1])
    return list(dict.fromkeys(number for number in numbers if number is not None))


def sorted_out(rows: Sequence[CaseAudit]) -> Chosen:
    """Which can be given to others: those not submitted and still meant to be."""
    can = tuple(row for row in rows if row.stage in stages.BEFORE_SUBMISSION)
    refused = tuple(
        f"{reference('AUD', row.number)} is {wording.STAGE_WORDS[row.stage]}, so it stays as it is"
        for row in rows
        if row.stage not in stages.BEFORE_SUBMISSION
    )
    return Chosen(can, refused)


def all_doubts(
    rows: Sequence[CaseAudit], auditor_id: int, auditor: str, near: Mapping[tuple[int, int, str], Nearness]
) -> list[str]:
    """What speaks against giving each of them to this auditor, each named."""
    lines = []
    for row in rows:
        if row.auditor_id == auditor_id:
            continue
        nearness = near.get((auditor_id, row.team_id, row.case_reference), Nearness())
        lines += [f"{reference('AUD', row.number)}: {doubt}" for doubt in doubts(auditor, row.team_name, nearness)]
    return lines
