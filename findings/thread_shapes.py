"""The shapes of a woven thread: strands of findings, actions and impact, and the walks along them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from findings import colours
from findings.states import Brag, FindingStatus, Standing
from findings.tables import (
    Action,
    ActionInArea,
    ActionLead,
    AreaForImprovement,
    DueDateChange,
    Finding,
    FindingInArea,
    FindingJudgementArea,
    ImpactJudgement,
    Inspection,
    Measure,
    Milestone,
    Progress,
    Source,
)


@dataclass(frozen=True)
class Rows:
    """Everything to be woven; whoever has only part of it leaves the rest empty."""

    inspections: Sequence[Inspection] = ()
    findings: Sequence[Finding] = ()
    judgement_areas: Sequence[FindingJudgementArea] = ()
    sources: Sequence[Source] = ()
    areas: Sequence[AreaForImprovement] = ()
    findings_in_areas: Sequence[FindingInArea] = ()
    actions: Sequence[Action] = ()
    actions_in_areas: Sequence[ActionInArea] = ()
    leads: Sequence[ActionLead] = ()
    due_date_changes: Sequence[DueDateChange] = ()
    milestones: Sequence[Milestone] = ()
    progress: Sequence[Progress] = ()
    measures: Sequence[Measure] = ()
    impacts: Sequence[ImpactJudgement] = ()
    further_areas: Sequence[AreaForImprovement] = ()  # areas not woven, in which findings of the threads sit as well


@dataclass(frozen=True)
class FindingStrand:
    """A finding with where it came from, what it speaks to, and the areas it sits in."""

    finding: Finding
    inspection: Inspection | None
    judgement_areas: tuple[FindingJudgementArea, ...]
    sources: tuple[Source, ...]
    area_numbers: tuple[int, ...]
    answered: bool = False  # an action in one of its areas is done, or the area is closed

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.finding.status is not FindingStatus.withdrawn


@dataclass(frozen=True)
class ActionStrand:
    """An action with all that was planned and said of it; progress is newest first, the rest in order."""

    action: Action
    leads: tuple[ActionLead, ...]
    milestones: tuple[Milestone, ...]
    progress: tuple[Progress, ...]
    due_date_changes: tuple[DueDateChange, ...]
    measures: tuple[Measure, ...]
    area_numbers: tuple[int, ...]
    judged: tuple[colours.JudgedArea, ...] = ()

    def standing(self, today: date) -> Standing:
        """How it stands."""
        return colours.standing(self.action, self.judged, today)

    def colour(self, today: date) -> Brag | None:
        """The colour its delivery has earned."""
        return colours.COLOUR_OF[self.standing(today)]


@dataclass(frozen=True)
class ImpactStrand:
    """A judgement of impact with its evidence."""

    impact: ImpactJudgement
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Thread:
    """One area for improvement with everything before and after it; impacts are newest first."""

    area: AreaForImprovement
    findings: tuple[FindingStrand, ...]
    actions: tuple[ActionStrand, ...]
    impacts: tuple[ImpactStrand, ...]
    measures: tuple[Measure, ...]

    @property
    def latest_impact(self) -> ImpactStrand | None:
        """The judgement that counts."""
        return self.impacts[0] if self.impacts else None


@dataclass(frozen=True)
class Woven:
    """All threads, and the findings and actions that hang on none."""

    threads: tuple[Thread, ...]
    loose_findings: tuple[FindingStrand, ...] = ()
    loose_actions: tuple[ActionStrand, ...] = ()

    def of_area(self, number: int) -> Thread | None:
        """The thread of one area for improvement."""
        return next((thread for thread in self.threads if thread.area.number == number), None)

    def of_finding(self, number: int) -> tuple[Thread, ...]:
        """The threads a finding runs through."""
        return tuple(x for x in self.threads if any(y.finding.number == number for y in x.findings))


def judgement_areas_of(thread: Thread) -> frozenset[tuple[str, str]]:
    """The judgement areas a thread hangs on, each as edition and area."""
    own = {(thread.area.edition_id, thread.area.judgement_area_id)} if thread.area.judgement_area_id else set()
    tied = {(x.edition_id, x.judgement_area_id) for strand in thread.findings for x in strand.judgement_areas}
    return frozenset(own | tied)


def audits_of(thread: Thread) -> frozenset[str]:
    """The references of the audits that stand at the beginning or the end of a thread."""
    sources = [source for strand in thread.findings for source in strand.sources]
    sources += [source for judged in thread.impacts for source in judged.sources]
    return frozenset(source.audit_reference for source in sources if source.audit_reference)
