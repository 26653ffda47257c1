"""The dashboard's figures, counted in the database within the session's scope: audits, grades, the thread."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

import frameworks
from audit_app import words
from audit_app.audits import queries as audits
from audit_app.audits import question_sets
from audit_app.audits.queries_figures import GradeCount
from audit_app.audits.tables import Stage
from audit_app.audits.wording import STAGE_WORDS
from audit_app.improvement import colour_words
from audit_app.improvement.colour_words import Colour
from audit_app.people import queries as people
from findings import queries as thread
from findings import rules
from findings.queries import ActionTotals, AreaFilter
from findings.states import ActionStatus, AreaStatus
from frameworks import estimates

MONTHS_OFFERED = (3, 6, 12)


@dataclass(frozen=True)
class Column:
    """A grade as a column: its code and its printed name."""

    code: str
    name: str


@dataclass(frozen=True)
class GradeShare:
    """How many audits ended in one grade; of a random sample that is large enough, what it says of the service."""

    name: str
    count: int
    share: str = ""
    in_service: str = ""


@dataclass(frozen=True)
class AreaGrades:
    """The grades given to the domains which speak to these judgement areas: one row counts each grade once."""

    names: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many domain grades there are."""
        return sum(self.counts)


@dataclass(frozen=True)
class GroupFigures:
    """What one group of agreed audits says: those drawn at random, or those that were chosen; never both together."""

    n: int
    overall: tuple[GradeShare, ...]
    areas: tuple[AreaGrades, ...]

    @property
    def graded(self) -> int:
        """How many of them have an overall grade on the scale of the table."""
        return sum(grade.count for grade in self.overall)

    @property
    def tells_shares(self) -> bool:
        """Whether they speak for the service, and are enough for a percentage."""
        return any(grade.share for grade in self.overall)


@dataclass(frozen=True)
class AuditFigures:
    """What the audits say of a period, each group by itself."""

    start: date
    end: date
    random: GroupFigures
    chosen: GroupFigures
    ways: tuple[tuple[str, int], ...]  # how the chosen ones were chosen
    stages: tuple[tuple[Stage, str, int], ...]
    grades: tuple[Column, ...]
    edition: str
    fewest: int = estimates.NUMBERS_ONLY_BELOW


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
    return AuditFigures(
        start=start,
        end=today,
        random=_group(session, authority_id, start, today, at_random=True),
        chosen=_group(session, authority_id, start, today, at_random=False),
        ways=tuple(audits.ways_chosen(session, authority_id, start, today).items()),
        stages=_stages(session, authority_id),
        grades=_columns(today),
        edition=informed(today).title,
    )


def _columns(today: date) -> tuple[Column, ...]:
    return tuple(Column(point.code, point.name) for point in reversed(scale(today).points))


def _group(session: Session, authority_id: int, start: date, today: date, *, at_random: bool) -> GroupFigures:
    columns, codes = _columns(today), scale(today).codes
    overall = audits.overall_grades(session, authority_id, start, today, at_random=at_random, scale=codes)
    by_domain = audits.grades_by_domain(session, authority_id, start, today, at_random=at_random)
    return GroupFigures(
        n=audits.count_agreed(session, authority_id, start, today, at_random=at_random),
        overall=grade_shares(overall, columns, at_random=at_random),
        areas=area_grades([row for row in by_domain if row.scale == codes], columns, informed(today)),
    )


def grade_shares(overall: Mapping[str, int], grades: Sequence[Column], *, at_random: bool) -> tuple[GradeShare, ...]:
    """Each grade with its number; with its share and its range only for a random sample of ten or more."""
    counts = {grade: overall.get(grade.code, 0) for grade in grades}
    n = sum(counts.values())
    if not (at_random and estimates.may_show_percentage(n)):
        return tuple(GradeShare(grade.name, count) for grade, count in counts.items())
    made = []
    for grade, count in counts.items():
        made.append(GradeShare(grade.name, count, words.percent(count, n), estimates.in_words(count, n) or ""))
    return tuple(made)


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
    """Counts by the judgement areas a domain speaks to, in the order the edition prints them.

    A grade of a domain that speaks to several areas is counted once, in a row that names them all; a domain that
    speaks to none of them is left out.
    """
    printed = [area.id for area in edition.areas]
    counts: dict[tuple[int, ...], Counter[str]] = defaultdict(Counter)
    for row in rows:
        named = {area.area for area in row.areas if area.edition_id == edition.id}
        places = tuple(place for place, area in enumerate(printed) if area in named)
        counts[places][row.grade] += row.count
    return tuple(
        AreaGrades(
            tuple(edition.areas[place].name for place in places),
            tuple(counts[places][grade.code] for grade in grades),
        )
        for places in sorted(counts)
        if places
    )


def thread_figures(session: Session, authority_id: int, actions: ActionTotals) -> ThreadFigures:
    """Findings, areas and plan actions as they stand today."""
    findings = thread.total_findings(session, authority_id)

    def areas(status: AreaStatus) -> int:
        return thread.count_areas(session, authority_id, AreaFilter(status=status))

    return ThreadFigures(
        findings=findings.standing,
        strengths=findings.strengths,
        loose_findings=findings.loose,
        open_areas=areas(AreaStatus.open),
        closed_areas=areas(AreaStatus.closed),
        open_actions=actions.of(ActionStatus.open),
        overdue_actions=actions.overdue,
        to_verify=actions.of(ActionStatus.completed),
        delivery=colour_words.counted(colour_words.standings(people.brag_words(session)), dict(actions.standings)),
    )
