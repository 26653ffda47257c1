"""Evidence beside what it proves: files, links and what is held elsewhere, each with its versions; the door for others.

A higher feature reads with `evidence_of` and `get_evidence`, writes with `attach` and `detach`, and asks a line how it
stands on a day (`EvidenceLine.stands`, `freshness`). Things are named by public references, never by keys.
"""

from audit_app.evidence import freshness
from audit_app.evidence.given import NewEvidence, NewVersion, TakenFile
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.proving.service import attach, detach
from audit_app.evidence.queries import evidence_of, get_evidence
from audit_app.evidence.reading import Read
from audit_app.evidence.service import add_evidence
from audit_app.evidence.states import Effect, Freshness, Held, Renewal

__all__ = [
    "Effect",
    "EvidenceLine",
    "Freshness",
    "Held",
    "NewEvidence",
    "NewVersion",
    "Read",
    "Renewal",
    "TakenFile",
    "add_evidence",
    "attach",
    "detach",
    "evidence_of",
    "freshness",
    "get_evidence",
]
