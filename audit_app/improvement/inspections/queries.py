"""Reads of inspections and reviews: the list, and one with its judgements, what follows from them and its findings."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from audit_app.improvement import judgement_areas
from audit_app.improvement.findings import queries as findings_queries
from audit_app.improvement.findings.queries import FindingRow
from audit_app.improvement.inspections import outcomes
from findings import queries as thread_queries
from findings.gaps import Gap, answer_gaps
from findings.queries import FindingFilter
from findings.tables import Finding, Inspection, Judgement


@dataclass(frozen=True)
class JudgementView:
    """A grade an inspection gave, in words."""

    area_id: str
    name: str
    grade: str
    paragraphs: str


@dataclass(frozen=True)
class InspectionView:
    """An inspection with its judgements and findings."""

    inspection: Inspection
    edition: str
    kind: str
    theme: str
    judged: outcomes.Judged
    judgements: tuple[JudgementView, ...]
    findings: tuple[FindingRow, ...]
    without_area: int
    judges: bool = True  # whether its framework gives judgements at all
    passed: tuple[Gap, ...] = ()  # what it asked for by a day that has passed, with nothing finished that answers it


def list_inspections(session: Session, authority_id: int) -> list[tuple[Inspection, int]]:
    """All inspections and reviews, the latest first, each with how many findings came from it."""
    query = (
        select(Finding.inspection_number, func.count())
        .where(Finding.authority_id == authority_id, col(Finding.inspection_number).is_not(None))
        .group_by(col(Finding.inspection_number))
    )
    counts = dict(session.exec(query).all())
    return [(row, counts.get(row.number, 0)) for row in thread_queries.list_inspections(session, authority_id)]


def get_inspection(session: Session, authority_id: int, number: int, today: date) -> InspectionView:
    """One inspection with its judgements and its findings as printed, or NotFound."""
    inspection = thread_queries.get_inspection(session, authority_id, number)
    given = thread_queries.list_judgements(session, authority_id, number)
    rows = findings_queries.every_finding(session, authority_id, FindingFilter(inspection_number=number, status=None))
    rows.sort(key=lambda row: (row.finding.printed_number or 10**6, row.finding.number))
    edition = judgement_areas.find_edition(inspection.edition_id)
    loose = FindingFilter(inspection_number=number, in_no_area=True)
    known = outcomes.belonging(edition, [row.judgement_area_id for row in given])
    grades = {row.judgement_area_id: row.grade_code for row in given}
    return InspectionView(
        inspection=inspection,
        edition=edition.title if edition else "",
        kind=edition.type if edition else "",
        theme=judgement_areas.theme_name(inspection.edition_id, inspection.theme) if inspection.theme else "",
        judged=outcomes.of_judgements(edition, grades, inspection.published_on) if edition else outcomes.Judged(),
        judgements=tuple(
            judgement_view(inspection, row) for row in given if edition is None or row.judgement_area_id in known
        ),
        findings=tuple(rows),
        without_area=thread_queries.count_findings(session, authority_id, loose),
        judges=bool(edition and judgement_areas.judged_areas(edition)),
        passed=_passed(session, authority_id, [row.finding.number for row in rows], today),
    )


def _passed(session: Session, authority_id: int, findings: list[int], today: date) -> tuple[Gap, ...]:
    """The gaps of its findings whose date for an answer has passed, by reference."""
    woven = thread_queries.weave_areas(session, authority_id, findings=findings)
    strands = {x.finding.number: x for thread in woven.threads for x in thread.findings}
    strands |= {x.finding.number: x for x in woven.loose_findings}
    return tuple(gap for number in sorted(set(findings)) for gap in answer_gaps(strands[number], today))


def judgement_view(inspection: Inspection, row: Judgement) -> JudgementView:
    """A judgement under the name it was printed with."""
    name = row.printed_name or judgement_areas.area_name(
        inspection.edition_id, row.judgement_area_id, with_edition=False
    )
    grade = judgement_areas.grade_name(inspection.edition_id, row.judgement_area_id, row.grade_code)
    return JudgementView(row.judgement_area_id, name, grade, row.paragraphs)
