"""The kinds of record a council sets a period for: what each is, from which day it counts, and what is law. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import AUDIT, Stage
from audit_app.evidence.tables import EVIDENCE
from audit_app.packs.tables import PACK
from audit_app.self_assessment.tables import SELF_ASSESSMENT
from audit_app.words import Ours
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN

NO_STATUTE = Ours("No statute says how long: the council decides. Data protection law asks for no longer than needed.")
CASE_RECORD = Ours(
    "No statute speaks of audits. The child’s own record, which has periods of its own in law, is not kept here."
)
INQUIRY = Ours(
    "The inquiry into child sexual abuse recommended 75 years for records about it (2022). Not checked here: ask your "
    "legal team."
)
IMPROVEMENT = Ours(
    "No statute says how long. Many councils keep what shows how a decision was made for six years, the time in which "
    "a claim can be brought. Unverified: it was not checked here. Ask your records manager."
)
OFFERED_MONTHS = 72  # six years: the product's own proposal, shown with the sentence above and never set by itself


def by_itself(name: Ours) -> Ours:
    """A name that begins a line."""
    return Ours(name[:1].upper() + name[1:])


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its public name, a sentence on it, the days it can count from, and where that comes from."""

    code: str
    prefix: str
    name: Ours
    what: Ours
    days: Mapping[str, Ours]
    source: Ours
    stages: tuple[Stage, ...] = ()
    offered: int | None = None  # months the form is filled with before anything is set

    @property
    def title(self) -> Ours:
        """Its name where it stands by itself."""
        return by_itself(self.name)

    @property
    def first_day(self) -> str:
        """The day offered first."""
        return next(iter(self.days))


KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        "audits_open", AUDIT, Ours("audits never submitted"),
        Ours("Audits that were set up or begun and never submitted, with everything typed on them."),
        {"due_on": Ours("the day it was due"), "allocated_on": Ours("the day it was set up")},
        CASE_RECORD, (Stage.drawn, Stage.allocated, Stage.in_progress),
    ),
    RecordKind(
        "audits_submitted", AUDIT, Ours("audits submitted but not agreed"),
        Ours("Audits that were submitted and that nobody marked as agreed."),
        {"submitted_at": Ours("the day it was submitted")},
        CASE_RECORD, (Stage.submitted, Stage.in_moderation),
    ),
    RecordKind(
        "audits_agreed", AUDIT, Ours("agreed audits"),
        Ours("Agreed audits with their answers, every frozen version, concerns, actions and what was said of them. "
             "What findings say of them stays, without the record."),
        {"agreed_at": Ours("the day it was agreed"), "submitted_at": Ours("the day it was submitted")},
        Ours(f"{CASE_RECORD} {INQUIRY}"), AFTER_AGREEMENT,
    ),
    RecordKind(
        "audits_cancelled", AUDIT, Ours("audits taken out"),
        Ours("Audits that were exempted, replaced or withdrawn."),
        {"due_on": Ours("the day it was due"), "allocated_on": Ours("the day it was set up")},
        CASE_RECORD, (Stage.exempted, Stage.replaced, Stage.withdrawn),
    ),
    RecordKind(
        "evidence_withdrawn", EVIDENCE, Ours("withdrawn evidence"),
        Ours("Evidence that was withdrawn, with every version, its files and the words read from them."),
        {"withdrawn_at": Ours("the day it was withdrawn")}, NO_STATUTE,
    ),
    RecordKind(
        "evidence", EVIDENCE, Ours("evidence"),
        Ours("Evidence that stands, with every version, its files and the words read from them."),
        {"speaks_to": Ours("the last day its newest version speaks of"), "added_at": Ours("the day it was added")},
        NO_STATUTE,
    ),
    RecordKind(
        "packs", PACK, Ours("packs never released"),
        Ours("Contents and files of evidence packs that were given to nobody; the register keeps their line. A pack’s "
             "own day of destruction stands beside this."),
        {"asked_at": Ours("the day it was asked for"), "period_to": Ours("the last day of its period")}, NO_STATUTE,
    ),
    RecordKind(
        "packs_released", PACK, Ours("released packs"),
        Ours("Contents and files of evidence packs that were given to somebody, and of each copy; the register keeps "
             "who had them."),
        {"asked_at": Ours("the day it was asked for"), "period_to": Ours("the last day of its period")}, NO_STATUTE,
    ),
    RecordKind(
        "self_assessments", SELF_ASSESSMENT, Ours("signed self-assessments"),
        Ours("Signed self-assessments with their sections, claims and versions for other readers. One stays while a "
             "newer one that is not signed looks back on it."),
        {"signed_at": Ours("the day it was signed"), "period_to": Ours("the last day of its period")},
        IMPROVEMENT, offered=OFFERED_MONTHS,
    ),
    RecordKind(
        "self_assessments_unsigned", SELF_ASSESSMENT, Ours("self-assessments never signed"),
        Ours("Drafts of self-assessments that nobody signed, with everything typed on them."),
        {"period_to": Ours("the last day of its period"), "made_at": Ours("the day it was begun")},
        NO_STATUTE, offered=OFFERED_MONTHS,
    ),
    RecordKind(
        "inspections", INSPECTION, Ours("inspections"),
        Ours("Inspections with their judgements and every finding that came from them. One stays while a finding of "
             "it is in an open area for improvement; one without the chosen day stays too."),
        {"inspected_to": Ours("the last day of the inspection"), "published_on": Ours("the day it was published"),
         "recorded_at": Ours("the day it was recorded here")},
        IMPROVEMENT, offered=OFFERED_MONTHS,
    ),
    RecordKind(
        "findings", FINDING, Ours("findings of no inspection"),
        Ours("Findings that came from audits and other sources, with what those said. A finding stays while it is in "
             "an open area for improvement."),
        {"raised_at": Ours("the day it was raised")}, IMPROVEMENT, offered=OFFERED_MONTHS,
    ),
    RecordKind(
        "areas", AREA, Ours("closed areas for improvement"),
        Ours("Closed areas for improvement with the judgements of impact. One stays while an open action answers it."),
        {"closed_on": Ours("the day it was closed")}, IMPROVEMENT, offered=OFFERED_MONTHS,
    ),
    RecordKind(
        "plans", PLAN, Ours("plans"),
        Ours("Plans with their themes, actions, progress, risks and reviews. A plan stays while one of its actions is "
             "open, or answers an open area for improvement."),
        {"period_to": Ours("the last day of its period"), "opened_at": Ours("the day it was opened")},
        IMPROVEMENT, offered=OFFERED_MONTHS,
    ),
    RecordKind(
        "actions", ACTION, Ours("actions in no plan"),
        Ours("Actions that stand in no plan and were verified or withdrawn. An action stays while it answers an open "
             "area for improvement."),
        {"added_at": Ours("the day it was added"), "completed_on": Ours("the day it was completed")},
        IMPROVEMENT, offered=OFFERED_MONTHS,
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}


@dataclass(frozen=True)
class NeverHere:
    """Something that has no period of the council's own here, and why."""

    name: Ours
    why: Ours

    @property
    def title(self) -> Ours:
        """Its name where it stands by itself."""
        return by_itself(self.name)


WITHOUT_PERIOD = (
    NeverHere(
        Ours("the history log"),
        Ours("It is never shortened: it holds references, codes and keyed hashes, and no words anybody typed."),
    ),
    NeverHere(
        Ours("registers and workbooks taken out"),
        Ours("They are made anew each time and not kept here; the log tells who took which."),
    ),
)
