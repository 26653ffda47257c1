"""The dashboard's figures, counted in the database within the session's scope: audits, grades, the thread."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

import frameworks
from audit_app.audits import queries as audits
from audit_app.audits import question_sets
from audit_app.audits.queries_figures import GradeCount
from audit_app.audits.queries_lists import agreed_in
from audit_app.audits.tables import CaseAudit, HowChosen, Stage
from audit_app.audits.wording import STAGE_WORDS
from audit_app.improvement import colour_words
from audit_app.improvement.colour_words import Colour
from audit_app.people import queries as people
from findings import queries as thread
from findings import rules
from findings.queries import ActionFilter, AreaFilter, FindingFilter
from findings.states import ActionStatus, AreaStatus, FindingKind

MONTHS_OFFERED = (3, 6, 12)


@dataclass(frozen=True)
class Column:
    """A grade as a column: its code and its printed name."""

    code: str
    name: str


@dataclass(frozen=True)
class AreaGrades:
    """The grades that agreed audits gave to the domains which speak to one judgement area."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many domain grades there are."""
        return sum(self.counts)


@dataclass(frozen=True)
class AuditFigures:
    """What the audits say of a period: n, how chosen, grades."""

    start: date
    end: date
    n: int
    random: int
    stages: tuple[tuple[Stage, str, int], ...]
    grades: tuple[Column, ...]
    overall: dict[str, int]
    areas: tuple[AreaGrades, ...]
    edition: str


@dataclass(frozen=True)
class ThreadFigures:
    """How much hangs on the thread today."""

    findings: int
    strengths: int
    loose_findings: int
    open_areas: int
    closed_areas: int
    open_actions: int
    overdue_actions: int
    to_verify: int
    delivery: tuple[tuple[Colour, int], ...]  # how many actions read in which way, blue first


def audit_figures(session: Session, authority_id: int, today: date, months: int) -> AuditFigures:
    """The figures of agreed audits submitted in the last so many months."""
    start = rules.months_later(today, -months)
    conditions = agreed_in(authority_id, start, today)
    chosen = dict(
        session.exec(
            select(CaseAudit.how_chosen, func.count(col(CaseAudit.number)))
            .where(*conditions)
            .group_by(col(CaseAudit.how_chosen))
        ).all()
    )
    grades = tuple(Column(point.code, point.name) for point in reversed(scale(today).points))
    return AuditFigures(
        start=start,
        end=today,
        n=sum(chosen.values()),
        random=chosen.get(HowChosen.random, 0),
        stages=_stages(session, authority_id),
        grades=grades,
        overall=audits.overall_grades(session, authority_id, start, today),
        areas=area_grades(audits.grades_by_domain(session, authority_id, start, today), grades, informed(today)),
        edition=informed(today).title,
    )


def scale(today: date) -> frameworks.Scale:
    """The scale of the product's sets today; a set of the council's own with another scale stands on its own page."""
    questions = frameworks.question_sets(question_sets.edition_for_new(today))[0]
    return questions.scale(questions.domain_scale or "")


def informed(today: date) -> frameworks.Edition:
    """The edition whose judgement areas the audits of today speak to."""
    edition = frameworks.edition(question_sets.edition_for_new(today))
    return frameworks.edition(edition.informs_edition or edition.id)


def _stages(session: Session, authority_id: int) -> tuple[tuple[Stage, str, int], ...]:
    counts = audits.stage_counts(session, authority_id)
    return tuple((stage, STAGE_WORDS[stage], counts[stage]) for stage in Stage if counts.get(stage))


def area_grades(
    rows: Iterable[GradeCount], grades: Sequence[Column], edition: frameworks.Edition
) -> tuple[AreaGrades, ...]:
    """Counts by judgement area, in the order the edition prints them; areas nothing was said of are left out."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for named in row.areas:
            if named.edition_id == edition.id:
                counts[named.area][row.grade] += row.count
    return tuple(
        AreaGrades(area.name, tuple(counts[area.id][grade.code] for grade in grades))
        for area in edition.areas
        if area.id in counts
    )


def thread_figures(session: Session, authority_id: int, today: date) -> ThreadFigures:
    """Findings, areas and plan actions as they stand today."""

    def findings(wanted: FindingFilter) -> int:
        return thread.count_findings(session, authority_id, wanted)

    def areas(status: AreaStatus) -> int:
        return thread.count_areas(session, authority_id, AreaFilter(status=status))

    def actions(status: ActionStatus) -> int:
        return thread.count_actions(session, authority_id, ActionFilter(status=status))

    return ThreadFigures(
        findings=findings(FindingFilter()),
        strengths=findings(FindingFilter(kind=FindingKind.strength)),
        loose_findings=findings(FindingFilter(in_no_area=True)),
        open_areas=areas(AreaStatus.open),
        closed_areas=areas(AreaStatus.closed),
        open_actions=actions(ActionStatus.open),
        overdue_actions=thread.count_actions(session, authority_id, ActionFilter(overdue_on=today)),
        to_verify=actions(ActionStatus.completed),
        delivery=colour_words.counted(
            colour_words.standings(people.brag_words(session)), thread.count_standings(session, authority_id, today)
        ),
    )
