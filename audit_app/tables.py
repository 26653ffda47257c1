"""Every table there is, so that the shared metadata is complete before a database is made or compared.

Each table is either sealed in the log, row by row as it is written, or named here with what keeps it honest instead.
"""

import findings.tables
from audit_app import drafts
from audit_app.alike import tables as alike_tables
from audit_app.audits import tables as audit_tables
from audit_app.audits.answer_counts import tables as answer_counts
from audit_app.audits.answers_counted import tables as answers_counted
from audit_app.audits.counts import tables as count_tables
from audit_app.audits.record_facts import tables as fact_tables
from audit_app.evidence import tables as evidence_tables
from audit_app.evidence.batches import tables as evidence_batches
from audit_app.history import sealing
from audit_app.history import tables as history_tables
from audit_app.home.morning import tables as morning_tables
from audit_app.jobs import tables as jobs_tables
from audit_app.library import tables as library_tables
from audit_app.notices import tables as notices_tables
from audit_app.packs import tables as packs_tables
from audit_app.people import tables as people_tables
from audit_app.people.exports import tables as export_tables
from audit_app.people.factors import tables as factor_tables
from audit_app.people.provider import tables as provider_tables
from audit_app.records import tables as records_tables
from audit_app.records.papers import tables as paper_tables
from audit_app.records.subject_access import tables as subject_tables
from audit_app.self_assessment import tables as self_assessment_tables
from audit_app.self_assessment import tables_outputs as self_assessment_outputs
from findings import tables as thread

MODULES = (
    findings.tables,
    drafts,
    alike_tables,
    history_tables,
    jobs_tables,
    notices_tables,
    people_tables,
    export_tables,
    factor_tables,
    provider_tables,
    library_tables,
    audit_tables,
    fact_tables,
    count_tables,
    self_assessment_tables,
    self_assessment_outputs,
    evidence_tables,
    evidence_batches,
    packs_tables,
    morning_tables,
    records_tables,
    paper_tables,
    subject_tables,
)

# What an auditor may still change on an audit is frozen when it is submitted, and compared with what was frozen.
ANSWERED = (
    "overall_grade", "overall_rationale", "strengths", "worries", "difference", "private_notes", "minutes_taken",
    "sources", "closing_revision",
)  # fmt: skip

SEALED = (
    (audit_tables.CaseAudit, "audit", ANSWERED),
    (audit_tables.AuditVersion, "submitted version of an audit", ()),
    (audit_tables.Concern, "concern about a child", ()),
    (audit_tables.ConcernTold, "record of who was told of a concern", ()),
    (audit_tables.AuditAction, "action of an audit", ()),
    (audit_tables.AuditActionUpdate, "update on an action of an audit", ()),
    (audit_tables.RailReason, "reason for a grade that was asked about", ()),
    (fact_tables.AuditFact, "fact about the record of an audit", ()),
    (audit_tables.AuditMove, "move of an audit to another set", ()),
    (thread.Inspection, "inspection", ()),
    (thread.Judgement, "judgement of an inspection", ()),
    (thread.Finding, "finding", ()),
    (thread.FindingJudgementArea, "judgement area of a finding", ()),
    (thread.FindingInArea, "link between a finding and an area", ()),
    (thread.Source, "source of a finding or judgement", ()),
    (thread.AreaForImprovement, "area for improvement", ()),
    (thread.ImpactJudgement, "judgement of impact", ()),
    (thread.Plan, "plan", ()),
    (thread.Theme, "theme of a plan", ()),
    (thread.PlanReview, "review date of a plan", ()),
    (thread.PlanRisk, "risk of a plan", ()),
    (thread.PlanChange, "earlier state of a part of a plan", ()),
    (thread.Action, "action of a plan", ()),
    (thread.ActionLead, "delivery post of an action", ()),
    (thread.ActionInArea, "link between an action and an area", ()),
    (thread.DueDateChange, "change of a due date", ()),
    (thread.Milestone, "milestone", ()),
    (thread.Progress, "report of progress", ()),
    (thread.Measure, "measure", ()),
    (evidence_tables.Evidence, "piece of evidence", ()),
    (evidence_tables.EvidenceVersion, "version of evidence", ("scan", "scanned_at")),
    (evidence_tables.EvidenceUse, "what evidence proves", ()),
    (evidence_tables.FolderEntry, "entry of the evidence folder", ()),
    (packs_tables.EvidencePackRow, "evidence pack", ("job_id",)),
    (packs_tables.SuspectDecision, "decision on words about a person", ()),
    (packs_tables.PackProof, "proof-reading of a pack", ()),
    (packs_tables.PackRelease, "release of a pack", ()),
    (packs_tables.PackKind, "kind of pack", ()),
    (packs_tables.PackRelease, "release of a pack", ("job_id",)),
    (self_assessment_tables.SelfAssessment, "self-assessment", ()),
    (self_assessment_outputs.AudienceVersion, "version of a self-assessment", ()),
    (self_assessment_outputs.WordTemplate, "Word template", ()),
    (library_tables.OwnSetVersion, "version of a question set", ()),
    (paper_tables.CouncilStatement, "answer in the papers of data protection", ()),
    (subject_tables.SubjectRequest, "request for a copy of data", ("job_id",)),
    (people_tables.Joining, "invitation to join a council", ()),
    (people_tables.Membership, "role of a person", ()),
    (people_tables.TeamMember, "membership of a team", ()),
    (people_tables.ManagerSpell, "record of who managed whom", ()),
    (people_tables.PostHolding, "record of who held a post", ()),
    (records_tables.RetentionPeriod, "period for which something is kept", ()),
    (records_tables.LegalHold, "legal hold", ()),
    (records_tables.Removal, "removal", ()),
    (records_tables.RemovalLine, "line of a removal", ()),
)

ACCOUNTS = "accounts, second factors, invitations and sessions"
STRUCTURE = "names of councils, services, teams and posts"
WORDING = "the council's own words, and doubts about the crosswalk"
DRAFTS = "drafts of self-assessments, which are frozen whole when they are signed"
UNCONFIRMED = "files of a ZIP that nobody has confirmed yet; each is sealed when it becomes evidence"
HOUSEKEEPING = "notices, jobs and text that is not saved yet"
NOT_SEALED = {
    answers_counted.AnswerSheet: "answers of sealed audits once more, to be counted; `check` compares them",
    answer_counts.AnswerCount: "counts that repeat what sealed audits answer; `check` compares them",
    count_tables.AgreedCount: "counts that repeat what sealed audits say; `check` compares them",
    audit_tables.Answer: "answers of audits that are not submitted yet",
    audit_tables.DomainAnswer: "answers of audits that are not submitted yet",
    people_tables.Person: ACCOUNTS,
    people_tables.Invitation: ACCOUNTS,
    people_tables.WebSession: ACCOUNTS,
    people_tables.WrongTry: ACCOUNTS,
    factor_tables.AuthenticatorApp: ACCOUNTS,
    factor_tables.Passkey: ACCOUNTS,
    factor_tables.RecoveryCode: ACCOUNTS,
    provider_tables.ProviderIdentity: ACCOUNTS,
    provider_tables.ProviderSignIn: ACCOUNTS,
    provider_tables.ProviderRole: "which roles came from groups at the provider; the roles themselves are sealed",
    people_tables.Authority: STRUCTURE,
    people_tables.Service: STRUCTURE,
    people_tables.Team: STRUCTURE,
    people_tables.TeamSpell: STRUCTURE,
    people_tables.TeamChange: STRUCTURE,
    people_tables.Post: STRUCTURE,
    people_tables.EscalationContact: STRUCTURE,
    people_tables.BragMeaning: WORDING,
    library_tables.OwnSet: WORDING,
    library_tables.OwnTerm: WORDING,
    library_tables.MapDoubt: WORDING,
    self_assessment_tables.AssessmentWriter: DRAFTS,
    self_assessment_tables.AssessmentSection: DRAFTS,
    self_assessment_tables.Passage: DRAFTS,
    self_assessment_tables.Claim: DRAFTS,
    self_assessment_tables.Citation: DRAFTS,
    self_assessment_tables.AssessmentComment: DRAFTS,
    self_assessment_tables.Suggestion: DRAFTS,
    self_assessment_tables.PlanLine: DRAFTS,
    self_assessment_tables.LookBack: DRAFTS,
    self_assessment_tables.OwnShape: WORDING,
    self_assessment_outputs.SummaryText: DRAFTS,
    self_assessment_outputs.VersionPart: DRAFTS,
    self_assessment_outputs.VersionWriter: DRAFTS,
    evidence_tables.EvidenceText: "the words of evidence files, which can be read from the files again",
    evidence_batches.EvidenceBatch: UNCONFIRMED,
    evidence_batches.EvidenceBatchFile: UNCONFIRMED,
    packs_tables.PackExhibit: "which exhibits a pack is to have; what it has stands in its contents, which are sealed",
    thread.ReferenceCount: HOUSEKEEPING,
    drafts.KeptForm: HOUSEKEEPING,
    drafts.UsedKey: HOUSEKEEPING,
    export_tables.LongExport: "workbooks kept for some days; what is asked for, made and taken stands in the log",
    people_tables.RegisterExport: "how many registers somebody took out; each stands in the log by itself",
    morning_tables.MorningMail: HOUSEKEEPING,
    jobs_tables.Job: HOUSEKEEPING,
    jobs_tables.PeriodicRun: HOUSEKEEPING,
    alike_tables.ServerNote: HOUSEKEEPING,
    notices_tables.Notice: HOUSEKEEPING,
    notices_tables.OutgoingMail: HOUSEKEEPING,
    history_tables.HistoryEntry: "",  # sealed by itself
    history_tables.HistoryHead: "",
    history_tables.Seal: "",
}


def load() -> None:
    """Importing this module has loaded them; from now on rows of the sealed tables are sealed when they are written."""
    for table, words, without in SEALED:
        sealing.seal_table(table, words, without)


def words_not_sealed() -> list[str]:
    """What no seal speaks of, in words, each once."""
    return list(dict.fromkeys(reason for reason in NOT_SEALED.values() if reason))
