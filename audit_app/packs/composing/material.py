"""What a pack is composed of, as rows read at one moment; nothing of it leaves this feature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import frameworks
from audit_app import history
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.composing.grades import AuditRecord
from audit_app.packs.levels import Disclosure
from audit_app.packs.tables import EvidencePackRow
from findings.gaps import Gap
from findings.tables import Judgement
from findings.thread_shapes import FindingStrand, Thread, Woven


@dataclass(frozen=True)
class Material:
    """Everything one pack is composed of."""

    row: EvidencePackRow
    reference: str
    now: datetime
    today: date
    settings: Any
    edition: frameworks.Edition
    records: Sequence[AuditRecord]
    waiting: int
    woven: Woven
    threads: Sequence[Thread]
    strengths: Sequence[FindingStrand]
    judgements: Sequence[Judgement]
    inspections: Mapping[int, Any]
    gaps: Sequence[Gap]
    brag: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]
    head: history.Head
    show: Disclosure
    own: OwnWords = NONE
