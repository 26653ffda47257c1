"""What hangs on an audit, a piece of evidence and so on, children first: counted, removed and checked by this.

Pure: it says which rows, and asks nobody. A house test compares it with every foreign key that leads to such a row.
"""

from sqlmodel import SQLModel

from audit_app.audits import tables as audits
from audit_app.audits.answers_counted import tables as answers_counted
from audit_app.audits.record_facts import tables as fact_tables
from audit_app.evidence import tables as evidence
from audit_app.jobs.tables import Job
from audit_app.notices.tables import Notice
from audit_app.packs.tables import PackExhibit, SuspectDecision
from audit_app.records.erasure.parts import improvement
from audit_app.records.erasure.parts.hangs import Hanging

AUDIT_NUMBER, EVIDENCE_NUMBER = "audit_number", "evidence_number"

ON_AUDITS: tuple[Hanging, ...] = (
    Hanging(
        audits.ConcernTold, "record of who was told of a concern", "concern_id",
        ((audits.Concern, "id", AUDIT_NUMBER),), "records of who was told of a concern",
    ),
    Hanging(audits.Concern, "concern", AUDIT_NUMBER),
    Hanging(
        audits.AuditActionUpdate, "word on an action", "action_number",
        ((audits.AuditAction, "number", AUDIT_NUMBER),), "words on an action",
    ),
    Hanging(audits.AuditAction, "action", AUDIT_NUMBER),
    Hanging(audits.AuditMove, "move to other questions", AUDIT_NUMBER, words_many="moves to other questions"),
    Hanging(audits.RailReason, "reason for a grade", AUDIT_NUMBER, words_many="reasons for a grade"),
    Hanging(fact_tables.AuditFact, "fact about the record", AUDIT_NUMBER, words_many="facts about the record"),
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

ON: dict[str, tuple[Hanging, ...]] = {
    audits.AUDIT: ON_AUDITS, evidence.EVIDENCE: ON_EVIDENCE, **improvement.ON,
}  # fmt: skip

# Rows that name a thing by its reference, with the words for one of them.
NAMING: tuple[tuple[type[SQLModel], str, str], ...] = (
    (SuspectDecision, "decision on words about a person", "decisions on words about a person"),
    (Notice, "notice", "notices"),
    (evidence.EvidenceUse, "use as proof", "uses as proof"),
    (Job, "job", "jobs"),
)
KEPT_TEXT = ("text typed and not saved", "texts typed and not saved")
PACK_ROW = ("contents of a pack", "contents of packs")

MANY: dict[str, str] = dict([
    KEPT_TEXT, PACK_ROW, *((single, many) for _, single, many in NAMING),
    *((each.words, each.words_many) for some in ON.values() for each in some if each.words_many),
])  # fmt: skip
