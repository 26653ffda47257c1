"""What hangs on an audit or a piece of evidence, table by table, children first: counted, removed and checked by this.

Pure: it says which rows, and asks nobody. A house test compares it with every foreign key that leads to such a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from audit_app.audits import tables as audits
from audit_app.audits.answers_counted import tables as answers_counted
from audit_app.evidence import tables as evidence
from audit_app.jobs.tables import Job
from audit_app.notices.tables import Notice
from audit_app.packs.tables import PackExhibit, SuspectDecision


@dataclass(frozen=True)
class Hanging:
    """The rows of one table that go with a thing: by the column that names it, or by way of their parent's."""

    table: type[SQLModel]
    words: str  # one of them, as a certificate counts it; more than one by adding an s, or as `words_many`
    column: str
    parent: type[SQLModel] | None = None
    parent_key: str = ""
    parent_column: str = ""
    words_many: str = ""

    @property
    def number(self) -> Any:
        """The column that holds the number of the thing they hang on."""
        return columns_of(self.parent)[self.parent_column] if self.parent else columns_of(self.table)[self.column]

    def counted(self, authority_id: int, numbers: Iterable[int]) -> Any:
        """How many there are of each thing: rows of number and count."""
        own = columns_of(self.table)
        statement = sa.select(self.number, sa.func.count()).select_from(self._joined())
        within = sa.and_(own.authority_id == authority_id, self.number.in_(list(numbers)))
        return statement.where(within).group_by(self.number)

    def of(self, authority_id: int, number: int) -> Any:
        """The condition that finds those of one thing."""
        own = columns_of(self.table)
        if self.parent is None:
            return sa.and_(own.authority_id == authority_id, self.number == number)
        parent = columns_of(self.parent)
        theirs = sa.select(parent[self.parent_key]).where(parent.authority_id == authority_id, self.number == number)
        return sa.and_(own.authority_id == authority_id, own[self.column].in_(theirs))

    def _joined(self) -> Any:
        table: Any = self.table.__table__  # type: ignore[attr-defined]
        if self.parent is None:
            return table
        parent = columns_of(self.parent)
        same = sa.and_(parent.authority_id == table.c.authority_id, parent[self.parent_key] == table.c[self.column])
        return sa.join(table, self.parent.__table__, same)  # type: ignore[attr-defined]


def columns_of(table: Any) -> Any:
    """A table's columns."""
    return table.__table__.c


AUDIT_NUMBER, EVIDENCE_NUMBER = "audit_number", "evidence_number"

ON_AUDITS: tuple[Hanging, ...] = (
    Hanging(
        audits.ConcernTold, "record of who was told of a concern", "concern_id",
        audits.Concern, "id", AUDIT_NUMBER, "records of who was told of a concern",
    ),
    Hanging(audits.Concern, "concern", AUDIT_NUMBER),
    Hanging(
        audits.AuditActionUpdate, "word on an action", "action_number",
        audits.AuditAction, "number", AUDIT_NUMBER, "words on an action",
    ),
    Hanging(audits.AuditAction, "action", AUDIT_NUMBER),
    Hanging(audits.AuditMove, "move to other questions", AUDIT_NUMBER, words_many="moves to other questions"),
    Hanging(audits.RailReason, "reason for a grade", AUDIT_NUMBER, words_many="reasons for a grade"),
    Hanging(audits.AuditVersion, "frozen version", AUDIT_NUMBER),
    Hanging(answers_counted.AnswerSheet, "answer sheet", AUDIT_NUMBER),
    Hanging(audits.Answer, "answer", AUDIT_NUMBER),
    Hanging(audits.DomainAnswer, "answer on a domain", AUDIT_NUMBER, words_many="answers on a domain"),
    Hanging(audits.CaseAudit, "audit", "number"),
)  # fmt: skip

ON_EVIDENCE: tuple[Hanging, ...] = (
    Hanging(evidence.EvidenceText, "text read from a file", EVIDENCE_NUMBER, words_many="texts read from a file"),
    Hanging(evidence.EvidenceUse, "use as proof", EVIDENCE_NUMBER, words_many="uses as proof"),
    Hanging(PackExhibit, "choice as an exhibit", EVIDENCE_NUMBER, words_many="choices as an exhibit"),
    Hanging(evidence.EvidenceVersion, "version", EVIDENCE_NUMBER),
    Hanging(evidence.Evidence, "piece of evidence", "number", words_many="pieces of evidence"),
)

ON: dict[str, tuple[Hanging, ...]] = {audits.AUDIT: ON_AUDITS, evidence.EVIDENCE: ON_EVIDENCE}

# Rows that name a thing by its reference, with the words for one of them.
NAMING: tuple[tuple[type[SQLModel], str, str], ...] = (
    (SuspectDecision, "decision on words about a person", "decisions on words about a person"),
    (Notice, "notice", "notices"),
    (Job, "job", "jobs"),
)
KEPT_TEXT = ("text typed and not saved", "texts typed and not saved")
PACK_ROW = ("contents of a pack", "contents of packs")

MANY: dict[str, str] = dict([
    KEPT_TEXT, PACK_ROW, *((single, many) for _, single, many in NAMING),
    *((each.words, each.words_many) for some in ON.values() for each in some if each.words_many),
])  # fmt: skip
