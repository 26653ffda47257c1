"""One page of an authority's gaps: where they are is asked of the database, what is said of them is `gaps`' own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select
from sqlmodel import Session, col

from findings.gaps import Gap, GapCode, gaps, review_gaps
from findings.queries.gap_counts import Tally, late_findings, plan_owners, tally
from findings.queries.gap_places import Places, tied_to
from findings.queries.gaps import (
    ACTION_COLUMNS,
    AREA_COLUMNS,
    FINDING_COLUMNS,
    IMPACT_COLUMNS,
    INSPECTION_COLUMNS,
    SOURCE_COLUMNS,
    tuples,
)
from findings.queries.plans import list_reviews_to_hold
from findings.references import ACTION, AREA, FINDING, reference
from findings.states import ImpactTest
from findings.tables import Action, ActionInArea, AreaForImprovement, Finding, ImpactJudgement, Inspection, Source
from findings.thread import Rows, weave

OWNER_LETTERS = 40  # so many of an owner's title are compared, as many as an address carries


@dataclass(frozen=True)
class GapFilter:
    """Which gaps are wanted; what is left empty does not narrow."""

    code: GapCode | None = None
    owner: str = ""
    edition_id: str = ""
    judgement_area_id: str = ""

    @property
    def judgement_area(self) -> tuple[str, str] | None:
        """The judgement area that is wanted, if one is."""
        return (self.edition_id, self.judgement_area_id) if self.judgement_area_id else None


@dataclass(frozen=True)
class OwnedGap:
    """A gap with whose it is: the owner of the area or plan, or the lead of the action, by title."""

    gap: Gap
    owner: str


@dataclass(frozen=True)
class GapPage:
    """One page of the gaps that are wanted, how many of these there are, and how many there are of all."""

    rows: tuple[OwnedGap, ...]
    total: int
    page: int
    pages: int
    every: Tally


@dataclass(frozen=True)
class _Spot:
    """One gap before anything is read of it: its kind and number, and of impact the test that is missing."""

    code: GapCode
    number: int
    test: str = ""


def page_of_gaps(
    session: Session, authority_id: int, today: date, wanted: GapFilter, *, evidence_months: int, page: int, size: int
) -> GapPage:
    """One page of the gaps of an authority, in the order the thread runs and then by number.

    Returns:
        The page asked for, or the last there is; whose they are; and how many there are of each kind and owner.

    Source:
        `gaps.gaps`; a test holds every page against it.
    """
    places = Places(session, authority_id, today, evidence_months)
    every = tally(places)
    narrowed = wanted.judgement_area
    numbers = _numbers(tally(places, judgement_area=narrowed) if narrowed else every, wanted)
    total = sum(numbers.values())
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    spots: list[_Spot] = []
    reviews: list[OwnedGap] = []
    for code, first, last in _slices(numbers, (page - 1) * size, page * size):
        if code is GapCode.plan_review_passed:
            reviews = _reviews(places, wanted)[first:last]
        else:
            spots.extend(_spots(places, code, wanted, first, last))
    return GapPage((*_told(places, spots), *reviews), total, page, pages, every)


def _numbers(tallied: Tally, wanted: GapFilter) -> dict[GapCode, int]:
    """How many gaps of each kind are wanted."""
    return {
        code: sum(number for title, number in owners.items() if not wanted.owner or _cut(title) == wanted.owner)
        for code, owners in tallied.items()
        if wanted.code in (None, code)
    }


def _cut(title: str) -> str:
    return title[:OWNER_LETTERS]


def _slices(numbers: Mapping[GapCode, int], first: int, last: int) -> Iterator[tuple[GapCode, int, int]]:
    """Which gaps of each kind stand between two places of the whole list."""
    before = 0
    for code, number in numbers.items():
        start, end = max(first - before, 0), min(last - before, number)
        if start < end:
            yield code, start, end
        before += number


def _spots(places: Places, code: GapCode, wanted: GapFilter, first: int, last: int) -> list[_Spot]:
    """The gaps of one kind from one place to another, in order."""
    if code is GapCode.answer_overdue:
        return [_Spot(code, number) for number in late_findings(places, wanted.judgement_area)[first:last]]
    if code is GapCode.impact_without_evidence:
        pairs = places.untested().subquery()
        query: Any = select(pairs.c.number, pairs.c.test).join(
            AreaForImprovement, col(AreaForImprovement.number) == pairs.c.number
        )
        table: Any = AreaForImprovement
        ordered: tuple[Any, ...] = (pairs.c.number, pairs.c.test)
    else:
        table, condition = _condition(places, code)
        query = select(col(table.number), literal("")).where(condition)
        query = places.with_judgements(query) if table is AreaForImprovement else query
        ordered = (col(table.number),)
    query = query.where(col(table.authority_id) == places.authority_id, *_narrowing(table, wanted))
    rows = places.session.execute(query.order_by(*ordered).offset(first).limit(last - first))
    return [_Spot(code, number, str(getattr(test, "value", test))) for number, test in rows]


def _condition(places: Places, code: GapCode) -> tuple[Any, Any]:
    """The table a kind of gap is found in, and the condition on it."""
    if code is GapCode.finding_in_no_area:
        return Finding, places.of_findings()[code]
    if code.value.startswith("action_"):
        return Action, {**places.of_actions(), **places.of_measures()}[code]
    return AreaForImprovement, places.of_areas()[code]


def _narrowing(table: Any, wanted: GapFilter) -> list[Any]:
    conditions = [] if wanted.judgement_area is None else [tied_to(table, *wanted.judgement_area)]
    if wanted.owner and table is not Finding:
        title = table.owner_post_title if table is AreaForImprovement else table.lead_post_title
        conditions.append(func.substr(col(title), 1, OWNER_LETTERS) == wanted.owner)
    return conditions


def _reviews(places: Places, wanted: GapFilter) -> list[OwnedGap]:
    """The reviews of plans that were not held: few, and read from words where there is no day."""
    owners = plan_owners(places.session, places.authority_id)
    passed = review_gaps(list_reviews_to_hold(places.session, places.authority_id), places.today)
    owned = [OwnedGap(gap, owners.get(gap.reference, "")) for gap in passed]
    return [row for row in owned if not wanted.owner or _cut(row.owner) == wanted.owner]


PREFIXES = {"finding": FINDING, "answer": FINDING, "area": AREA, "impact": AREA, "action": ACTION}


def _named(spot: _Spot) -> str:
    return reference(PREFIXES[spot.code.value.partition("_")[0]], spot.number)


def _told(places: Places, spots: Sequence[_Spot]) -> list[OwnedGap]:
    """What is said of each, by the rule itself over the few rows that it looks at."""
    named = {prefix: {spot.number for spot in spots if _named(spot).startswith(prefix)} for prefix in (FINDING, AREA)}
    actions = {spot.number for spot in spots if _named(spot).startswith(ACTION)}
    rows = _rows(places, named[FINDING], named[AREA], actions)
    by_place: dict[tuple[GapCode, str], list[Gap]] = {}
    for gap in gaps(weave(rows), places.today, evidence_months=places.evidence_months):
        by_place.setdefault((gap.code, gap.reference), []).append(gap)
    owners = {reference(AREA, row.number): row.owner_post_title for row in rows.areas}
    owners |= {reference(ACTION, row.number): row.lead_post_title for row in rows.actions}
    return [
        OwnedGap(gap, owners.get(gap.reference, ""))
        for spot in spots
        for gap in by_place.get((spot.code, _named(spot)), ())
        if not spot.test or f" tested by {ImpactTest(spot.test).in_sentence}," in gap.sentence
    ]


def _rows(places: Places, findings: set[int], areas: set[int], actions: set[int]) -> Rows:
    """The rows of some findings, areas and actions. A finding or an action stands here by itself: no link is read that
    would hide it, and gaps that only this partial view has are nobody's spot."""

    def read(table: Any, names: tuple[str, ...], column: Any, numbers: set[int]) -> list[Any]:
        if not numbers:
            return []
        return tuples(places.session, table, names, places.authority_id, col(column).in_(sorted(numbers)))

    links = read(ActionInArea, ("action_number", "area_number"), ActionInArea.area_number, areas)
    judged = read(ImpactJudgement, IMPACT_COLUMNS, ImpactJudgement.area_number, areas)
    asked = read(Finding, FINDING_COLUMNS, Finding.number, findings)
    inspections = {row.inspection_number for row in asked} - {None}
    both = actions | {link.action_number for link in links}
    return Rows(
        inspections=read(Inspection, INSPECTION_COLUMNS, Inspection.number, inspections),
        findings=asked,
        areas=read(AreaForImprovement, AREA_COLUMNS, AreaForImprovement.number, areas),
        actions=read(Action, ACTION_COLUMNS, Action.number, both),
        actions_in_areas=links,
        impacts=judged,
        sources=read(Source, SOURCE_COLUMNS, Source.impact_id, {row.id for row in judged}),
    )
