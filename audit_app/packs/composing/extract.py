"""What a pack is composed of, read at one moment and sorted by what it is about. Nothing of it leaves this feature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import frameworks
from audit_app.audits.concerns.queries import ConcernLine
from audit_app.audits.tables import HowChosen
from audit_app.evidence.lines import EvidenceLine
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs.contents import Colour, Control, LogHead
from audit_app.packs.exhibits.chosen import Exhibit
from audit_app.packs.kinds import choices
from audit_app.packs.kinds.choices import Choices
from audit_app.self_assessment.queries_standing import LeadersWords, StandingSection
from audit_app.self_assessment.signing.contents import Assessment
from findings.gaps import Gap
from findings.tables import Inspection, Judgement, Measure, Plan, PlanReview, PlanRisk, Theme
from findings.thread_shapes import ActionStrand, FindingStrand, Thread
from frameworks.crosswalk import AreaReference


@dataclass(frozen=True)
class AboutPack:
    """What was asked for, and the moment it was read."""

    reference: str
    title: str
    marking: str
    level: int
    each_audit: bool
    edition: frameworks.Edition
    period_from: date
    period_to: date
    control: Control
    as_at: datetime
    today: date
    log_head: LogHead


@dataclass(frozen=True)
class Council:
    """Whose pack it is, what its colours mean there, and its own words for things."""

    name: str
    logo_sha256: str
    fictional: bool
    colours: tuple[Colour, ...]
    own: OwnWords = NONE


@dataclass(frozen=True)
class Graded:
    """One domain grade of one audit, with the scale it was given on (worst first, code and name)."""

    domain: str
    code: str
    scale: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AuditRecord:
    """One agreed audit of the period as the pack reads it: its last submitted version and its own actions."""

    reference: str
    case_reference: str
    set_title: str
    how_chosen: HowChosen
    is_re_audit: bool
    team: str
    practitioner_code: str
    manager_code: str
    characteristics: tuple[str, str, str]
    submitted_at: datetime
    window: tuple[date, date]
    moderated: bool
    grade: str
    grade_code: str
    document: Mapping[str, Any]
    graded: Mapping[AreaReference, tuple[Graded, ...]]
    actions: Sequence[Any] = ()
    crossed: bool = False  # whether the crosswalk led any of its domains to the pack's framework
    at_random: bool = False  # whether it was drawn at random and may speak for the service
    way_chosen: str = ""  # how it came to be read, in words
    cohort: str = ""  # the group of children its record belongs to, by code
    set_key: str = ""  # its question set, whatever its length: case-audit-1/core


@dataclass(frozen=True)
class OverallGrade:
    """The overall grade of one record, with the question set it was read by."""

    set_title: str
    code: str


@dataclass(frozen=True)
class Audits:
    """The agreed audits of the period, how many are not agreed yet, and what the pack calls each audit it names."""

    records: Sequence[AuditRecord]
    waiting: int
    names: Mapping[str, str]
    before: Sequence[OverallGrade] = ()  # of the period before, as long as this one, drawn at random
    before_period: tuple[date, date] | None = None
    in_full: Sequence[AuditRecord] | None = None  # those asked for one by one, of whatever period; None for no choice
    year_before: Sequence[AuditRecord] = ()  # the agreed audits of the period before, where the kind compares


@dataclass(frozen=True)
class Asked:
    """What one report or review asked for, in its printed order; every area that answers any of it stands beside it."""

    inspection: Inspection
    findings: Sequence[FindingStrand]
    answering: Mapping[int, Thread]


@dataclass(frozen=True)
class Register:
    """What the pack tells of the register of findings: threads, strengths, actions each once, and gaps.

    Beside it: what reports asked for, answered or not; findings in no area; the plans of its actions; and how many
    areas and findings the pack says nothing of, because of its period or because they were withdrawn.
    """

    threads: Sequence[Thread]
    strengths: Sequence[FindingStrand]
    actions: Sequence[ActionStrand]
    gaps: Sequence[Gap]
    asked: Sequence[Asked] = ()
    loose_findings: Sequence[FindingStrand] = ()
    plans: Sequence[Plan] = ()
    themes: Sequence[Theme] = ()
    reviews: Sequence[PlanReview] = ()
    risks: Sequence[PlanRisk] = ()
    measures: Sequence[Measure] = ()  # of the plans themselves; those of areas and actions hang on their strands
    areas_of_other_times: int = 0
    findings_of_later: int = 0
    findings_withdrawn: int = 0

    @property
    def loose_actions(self) -> list[ActionStrand]:
        """The actions that answer no area."""
        return [strand for strand in self.actions if not strand.area_numbers]

    def plan_of(self, strand: ActionStrand) -> Plan | None:
        """The plan an action stands in."""
        return next((plan for plan in self.plans if plan.number == strand.action.plan_number), None)

    def reviews_of(self, plan: Plan) -> list[PlanReview]:
        """When a plan is looked at again, in order."""
        return [review for review in self.reviews if review.plan_number == plan.number]

    def risks_of(self, plan: Plan) -> list[PlanRisk]:
        """What could stop a plan or one of its themes, in order."""
        return [risk for risk in self.risks if risk.plan_number == plan.number]

    def measures_of(self, plan: Plan) -> list[Measure]:
        """What shows whether a plan as a whole moves, in order."""
        return [measure for measure in self.measures if measure.plan_number == plan.number]

    def theme_of(self, strand: ActionStrand) -> Theme | None:
        """The theme an action stands under."""
        return next((theme for theme in self.themes if theme.id == strand.action.theme_id), None)


@dataclass(frozen=True)
class Inspections:
    """Every inspection by its number, and the judgements their reports print."""

    by_number: Mapping[int, Inspection]
    judgements: Sequence[Judgement]


@dataclass(frozen=True)
class OfItself:
    """What the council says of its own practice: signed grades by judgement area, and a leader's signed words."""

    sections: Sequence[StandingSection] = ()
    words: LeadersWords | None = None


@dataclass(frozen=True)
class ForKind:
    """What only some kinds tell: evidence, a signed self-assessment, concerns of an audit, what was opened again."""

    evidence: Mapping[str, tuple[EvidenceLine, ...]] = field(default_factory=dict)  # by what it proves
    assessment: Assessment | None = None
    concerns: Sequence[ConcernLine] = ()
    scales: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # by question: worst answer first
    unordered: frozenset[str] = frozenset()  # questions of which no answer is better than another
    reopened: Sequence[tuple[str, datetime]] = ()  # actions opened again after they were done, and when


@dataclass(frozen=True)
class Extract:
    """Everything one pack is composed of."""

    about: AboutPack
    council: Council
    audits: Audits
    register: Register
    inspections: Inspections
    of_itself: OfItself = OfItself()
    exhibits: Sequence[Exhibit] = ()
    chosen: Choices = field(default_factory=lambda: choices.read(""))
    for_kind: ForKind = ForKind()
    every_thread: Sequence[Thread] = ()  # those of other times too: last year's are compared with this year's
