"""Reads the three views of every judgement area of an edition: self-assessments, audits of a period, inspectors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

import frameworks
from audit_app.improvement import judgement_areas
from audit_app.library.crosswalk import queries as doubts
from audit_app.self_assessment.queries_standing import StandingSection, standing
from audit_app.self_assessment.three_views import queries_audits, queries_printed
from audit_app.self_assessment.three_views.differences import Difference, differences, in_short
from audit_app.self_assessment.three_views.views import Graded, Judged, OwnView
from findings.tables import Inspection
from frameworks import Edition, JudgementArea, joins, reader
from frameworks.crosswalk import AreaReference
from frameworks.joins import Join


@dataclass(frozen=True)
class AreaViews:
    """One judgement area seen three ways, and what does not fit."""

    area: JudgementArea
    reference: AreaReference
    own: tuple[OwnView, ...]  # the newest first: the draft, and the one signed last
    random: tuple[Graded, ...]
    chosen: tuple[Graded, ...]
    waiting: int  # submitted in the period and not agreed yet: not counted
    judged: tuple[Judged, ...]  # the firmest join first, then the latest
    joined: tuple[Join, ...]

    @property
    def speaking(self) -> OwnView | None:
        """What the other views are held against: the newest that gives a grade, else the newest there is."""
        return next((view for view in self.own if view.grade_code), self.own[0] if self.own else None)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What does not fit, what cannot be said, what fits."""
        return differences(self.speaking, self.random, self.judged, draft=self.own[0] if self.own else None)

    @property
    def in_short(self) -> str:
        """The three views in one sentence."""
        return in_short(self.speaking, self.random, self.judged)

    def out_of(self, population: int | None) -> "AreaViews":
        """The same where so many records are all there are: what a sample says of them narrows."""
        return replace(self, random=tuple(replace(graded, population=population) for graded in self.random))


@dataclass(frozen=True)
class ThreeViews:
    """Every area of an edition, and what inspectors printed that no line of the crosswalk leads to."""

    edition: Edition
    start: date
    end: date
    whose: str  # whose audits are counted, where they are not the whole council's
    areas: tuple[AreaViews, ...]
    elsewhere: tuple[Judged, ...]
    overall: tuple[Judged, ...]  # historic grades for a whole service; none is ever worked out


def three_views(session: Session, authority_id: int, edition: Edition, start: date, end: date) -> ThreeViews:
    """The three views of each area of an edition, from audits submitted on these days.

    Whoever sees only some audits is told so: a manager's figures are of the teams they answer for.
    """
    crossings = reader.crosswalk_file().lines
    doubted = doubts.open_doubts(session, authority_id)
    printed = queries_printed.every_printed(session, authority_id)
    own = standing(session, authority_id)
    tallied, waiting = queries_audits.tally(session, authority_id, edition.id, start, end)
    areas = []
    for area in edition.areas:
        reference = AreaReference(edition.id, area.id)
        joined = joins.joined(reference, crossings)
        areas.append(
            AreaViews(
                area=area,
                reference=reference,
                own=_own_views(own, joined),
                random=queries_audits.graded_records(tallied, reference, at_random=True),
                chosen=queries_audits.graded_records(tallied, reference, at_random=False),
                waiting=waiting.get(reference, 0),
                judged=queries_printed.judged_of(printed, joined, doubted),
                joined=joined,
            )
        )
    shown_under = {(judged.inspection_number, judged.area_name) for area in areas for judged in area.judged}
    overall, others = queries_printed.judged_elsewhere(printed, shown_under)
    return ThreeViews(
        edition, start, end, queries_audits.whose_audits(session.info["scope"]), tuple(areas), others, overall
    )


def _own_views(sections: Sequence[StandingSection], joined: Sequence[Join]) -> tuple[OwnView, ...]:
    """The newest draft and the one signed last, the newer first; of the very area, or of one joined to it."""
    ties = {join.area: join for join in joined if join.is_same}
    lines = [
        (section, ties[reference])
        for section in sections
        if (reference := AreaReference(section.edition_id, section.area_id)) in ties
    ]
    newest: dict[bool, OwnView] = {}
    for section, join in lines:
        newest.setdefault(section.is_signed, _own_view(section, join))
    order = [section.is_signed for section, _ in lines]
    return tuple(newest[is_signed] for is_signed in dict.fromkeys(order))


def _own_view(section: StandingSection, join: Join) -> OwnView:
    edition = judgement_areas.find_edition(section.edition_id)
    return OwnView(
        reference=section.reference,
        area=join.area,
        area_name=section.area_name,
        grade_code=section.grade_code,
        grade_name=section.grade_name,
        codes=queries_printed.scale_codes(edition, section.area_id),
        is_signed=section.is_signed,
        dated_on=section.signed_on or section.written_on,
        claims=section.claims,
        without_evidence=section.without_evidence,
        join=join,
    )


def find_area(edition: Edition, area_id: str) -> JudgementArea | None:
    """The area of an edition, or None."""
    return next((area for area in edition.areas if area.id == area_id), None)


def editions_to_view(session: Session, authority_id: int, today: date) -> list[Edition]:
    """The editions whose areas can be viewed: those self-assessed or inspected under here, and those of today."""
    named = {section.edition_id for section in standing(session, authority_id) if section.edition_id}
    statement = select(Inspection.edition_id).where(Inspection.authority_id == authority_id).distinct()
    named |= {edition_id for edition_id in session.exec(statement).all() if edition_id}
    in_force = {edition_id for edition_id in judgement_areas.usual_editions(today)}
    known = [edition for edition in judgement_areas.inspection_editions(today) if edition.id in named | in_force]
    return known or [frameworks.in_force("ilacs", today)]
