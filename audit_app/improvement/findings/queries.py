"""Reads of findings: one with all its page says, and lists of them with the areas each sits in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from audit_app.improvement import judgement_areas, wording
from audit_app.improvement.queries import Listed, history_of
from audit_app.people import queries as people
from findings import queries as thread_queries
from findings.queries import FindingFilter
from findings.references import FINDING, reference
from findings.tables import AreaForImprovement, Finding, FindingInArea, Inspection
from findings.thread_shapes import FindingStrand


@dataclass(frozen=True)
class FindingView:
    """A finding with everything its page says."""

    finding: Finding
    inspection: Inspection | None
    strand: FindingStrand
    areas: tuple[AreaForImprovement, ...]
    judgement_areas: tuple[tuple[str, str, str], ...]
    raised_by: str
    printed: str
    history: tuple[str, ...]

    @property
    def reference(self) -> str:
        return reference(FINDING, self.finding.number)

    @property
    def edition_id(self) -> str:
        """The edition of the inspection it comes from; empty for one that comes from no inspection."""
        return self.inspection.edition_id if self.inspection else ""

    @property
    def agencies(self) -> list[str]:
        """Who must act, by name."""
        return judgement_areas.agency_names(self.edition_id, self.finding.agencies)


@dataclass(frozen=True)
class FindingRow:
    """A finding in a list, with the areas it sits in."""

    finding: Finding
    areas: tuple[int, ...]

    @property
    def reference(self) -> str:
        return reference(FINDING, self.finding.number)


def get_finding(session: Session, authority_id: int, number: int) -> FindingView:
    """One finding, or NotFound."""
    finding = thread_queries.get_finding(session, authority_id, number)
    woven = thread_queries.weave_areas(session, authority_id, findings=[number])
    strands = [strand for thread in woven.threads for strand in thread.findings] + list(woven.loose_findings)
    strand = next(strand for strand in strands if strand.finding.number == number)
    threads = woven.of_finding(number)
    return FindingView(
        finding=finding,
        inspection=strand.inspection,
        strand=strand,
        areas=tuple(thread.area for thread in threads),
        judgement_areas=tuple(
            (tie.edition_id, tie.judgement_area_id, judgement_areas.area_name(tie.edition_id, tie.judgement_area_id))
            for tie in strand.judgement_areas
        ),
        raised_by=people.names_of(session, [finding.raised_by]).get(finding.raised_by, "somebody no longer here"),
        printed=wording.printed_as(finding, strand.inspection),
        history=history_of(session, authority_id, reference(FINDING, number)),
    )


def list_findings(
    session: Session, authority_id: int, wanted: FindingFilter, *, page: int = 1, size: int = 50
) -> Listed[FindingRow]:
    """A page of findings, newest first, with the areas each sits in."""
    listed = thread_queries.list_findings(session, authority_id, wanted, page=page, size=size)
    rows = tuple(_with_areas(session, authority_id, listed.rows))
    return Listed(rows, listed.total, listed.page, listed.pages)


def _with_areas(session: Session, authority_id: int, findings: Sequence[Finding]) -> list[FindingRow]:
    areas = _areas_of(session, authority_id, [row.number for row in findings])
    return [FindingRow(row, tuple(areas.get(row.number, ()))) for row in findings]


def some_findings(session: Session, authority_id: int, numbers: Sequence[int]) -> list[FindingRow]:
    """The findings of these numbers, for a part of an export."""
    return _with_areas(session, authority_id, thread_queries.those_numbered(session, Finding, authority_id, numbers))


def _areas_of(session: Session, authority_id: int, numbers: Collection[int]) -> dict[int, list[int]]:
    areas: dict[int, list[int]] = {}
    query = select(FindingInArea.finding_number, FindingInArea.area_number).where(
        FindingInArea.authority_id == authority_id, col(FindingInArea.finding_number).in_(list(numbers))
    )
    for finding, area in session.exec(query.order_by(col(FindingInArea.area_number))):
        areas.setdefault(finding, []).append(area)
    return areas


def every_finding(session: Session, authority_id: int, wanted: FindingFilter) -> list[FindingRow]:
    """All findings of a sort, for an export that is made at once."""
    return some_findings(session, authority_id, thread_queries.finding_numbers(session, authority_id, wanted))


def is_finding(session: Session, authority_id: int, number: int) -> bool:
    """Whether there is such a finding."""
    wanted = select(Finding.number).where(Finding.authority_id == authority_id, Finding.number == number)
    return session.exec(wanted).first() is not None


def report_names(session: Session, authority_id: int) -> dict[int, str]:
    """Every report by the number of its inspection: its title and the day it was published."""
    inspections = thread_queries.list_inspections(session, authority_id)
    return {row.number: wording.report_words(row) for row in inspections}
