"""Reads the grades that inspecting bodies and peers printed, under the areas of today that they are joined to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from audit_app.improvement import judgement_areas
from audit_app.improvement.wording import INSPECTION_KINDS
from audit_app.self_assessment.three_views.views import Judged
from findings import queries as thread
from findings.tables import Inspection, Judgement
from frameworks import Edition, joins
from frameworks.crosswalk import AreaReference
from frameworks.joins import Join

Printed = tuple[Inspection, Judgement]


def every_printed(session: Session, authority_id: int) -> list[Printed]:
    """Every judgement on record with its inspection, the latest first."""
    inspections = {row.number: row for row in thread.list_inspections(session, authority_id)}
    given = thread.list_judgements(session, authority_id)
    pairs = [(inspections[row.inspection_number], row) for row in given if row.inspection_number in inspections]
    return sorted(pairs, key=lambda pair: (day_of(pair[0]) or date.min, pair[0].number), reverse=True)


def day_of(inspection: Inspection) -> date | None:
    return inspection.published_on or inspection.inspected_to or inspection.inspected_from


def judged_of(printed: Sequence[Printed], joined: Sequence[Join], doubted: Mapping[str, int]) -> tuple[Judged, ...]:
    """What was printed of an area or of one joined to it, the firmest join first."""
    by_area: dict[AreaReference, list[Printed]] = defaultdict(list)
    for inspection, judgement in printed:
        by_area[AreaReference(inspection.edition_id, judgement.judgement_area_id)].append((inspection, judgement))
    lines = [
        _judgement(inspection, judgement, join, sum(doubted.get(line.line, 0) for line in join.lines))
        for join in joined
        for inspection, judgement in by_area.get(join.area, ())
    ]
    return tuple(sorted(lines, key=lambda line: joins.FIRMEST_FIRST[1:].index(_plain(line.join))))


def _plain(join: Join) -> str:
    """The tie, where the area itself and the same under another edition count alike."""
    return "same" if join.is_same else join.tie


def _judgement(inspection: Inspection, row: Judgement, join: Join, open_doubts: int = 0) -> Judged:
    edition = judgement_areas.find_edition(inspection.edition_id)
    area_id, code = row.judgement_area_id, row.grade_code
    return Judged(
        inspection_number=inspection.number,
        body=inspection.body,
        title=inspection.title,
        kind=INSPECTION_KINDS[inspection.kind],
        area_name=row.printed_name or judgement_areas.area_name(inspection.edition_id, area_id, with_edition=False),
        grade_code=code,
        grade_name=judgement_areas.grade_name(inspection.edition_id, area_id, code) if code else "",
        codes=scale_codes(edition, area_id),
        dated_on=day_of(inspection),
        join=join,
        doubts=open_doubts,
    )


def scale_codes(edition: Edition | None, area_id: str) -> tuple[str, ...]:
    """The codes an area of an edition is graded with, worst first; none where it is not graded."""
    judged = judgement_areas.judged_areas(edition) if edition else []
    return next((scale.codes for judged_id, _, scale in judged if judged_id == area_id), ())


def judged_elsewhere(
    printed: Sequence[Printed], under_areas: Iterable[tuple[int, str]]
) -> tuple[tuple[Judged, ...], tuple[Judged, ...]]:
    """Grades printed for a service as a whole, and those of areas that nothing joins to any area here."""
    already = set(under_areas)
    overall, others = [], []
    for inspection, row in printed:
        edition = judgement_areas.find_edition(inspection.edition_id)
        line = _judgement(inspection, row, Join(AreaReference(inspection.edition_id, row.judgement_area_id), "itself"))
        if edition and edition.overall and edition.overall.id == row.judgement_area_id:
            overall.append(line)
        elif (line.inspection_number, line.area_name) not in already:
            others.append(line)
    return tuple(overall), tuple(others)
