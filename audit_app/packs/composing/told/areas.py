"""Each judgement area in short: what inspectors, the council itself and audits say of it, beside each other. Pure."""

from collections import Counter
from collections.abc import Sequence

from audit_app import words
from audit_app.packs.composing import grades, inspectors, placing
from audit_app.packs.composing.extract import Extract, Inspections
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.placing import Place
from audit_app.packs.composing.plan_sheets import standing
from audit_app.packs.composing.told.evidence import lines_for, may_be_named
from audit_app.packs.parts.told import Cell, Marked, ToldPart, ToldSection, ToldTable
from findings import rules
from findings.references import ACTION, AREA, FINDING, reference
from findings.states import AreaStatus

TITLE = "Each area in short"
NO_GRADE = "No grade"
NOT_MADE = "No grade is made of audits; what they were graded stands under the area"
COLUMNS = ("Who says it", "Grade", "When, and where it stands")


def in_short(cut: Extract, narrator: Narrator) -> ToldSection:
    """A part for each judgement area of the pack."""
    edition = cut.about.edition
    every = placing.places_of(edition, cut.audits.records, cut.register).own
    places = [place for place in every if not cut.chosen.areas or place.area.area in cut.chosen.areas]
    order = grades.PrintOrder({place.area: place.name for place in places})
    return ToldSection("area-in-short", TITLE, tuple(_part(place, places, order, cut, narrator) for place in places))


def _part(
    place: Place, places: Sequence[Place], order: grades.PrintOrder, cut: Extract, narrator: Narrator
) -> ToldPart:
    audits = " ".join(grades.says(place.area, place.records, order, narrator))
    rows = (_inspectors(place, cut.inspections, narrator), _ourselves(place, cut, narrator),
            ("Audits of the period", NOT_MADE, audits))  # fmt: skip
    return ToldPart(
        heading=place.name,
        large=len(places) > 1,
        tables=(ToldTable("Three views, beside each other", COLUMNS, rows, (2, 2.6, 5)),),
        entries=tuple(_counted(place, cut, narrator)),
    )


def _inspectors(place: Place, inspections: Inspections, narrator: Narrator) -> tuple[Cell, ...]:
    """The latest grade printed for the area."""
    given = inspectors.grades_of(inspectors.latest_alone(inspections), place.area, narrator)
    if not given:
        return "Inspectors", NO_GRADE, "None is recorded under this framework"
    return "Inspectors", Marked(given[0].grade, given[0].grade_code), given[0].where


def _ourselves(place: Place, cut: Extract, narrator: Narrator) -> tuple[Cell, ...]:
    own = next((x for x in cut.of_itself.sections if x.area_id == place.area.area and x.grade_code), None)
    name = narrator.take("self_assessment.grade", own.grade_name) if own else ""
    if own is None or not name:
        nothing = "Not told to this audience" if own else "No signed self-assessment gives one"
        return "We ourselves", NO_GRADE, nothing
    signed = f"{own.reference}, signed on {words.date_words(own.signed_on)}"
    return "We ourselves", Marked(name, own.grade_code), signed


def _counted(place: Place, cut: Extract, narrator: Narrator) -> list[str]:
    """How much stands under an area: strengths, areas for improvement, actions and what is late, evidence."""
    states = Counter(thread.area.status for thread in place.threads)
    actions = {strand.action.number: strand for thread in place.threads for strand in standing(thread)}
    late = sum(rules.overdue(strand.action, narrator.today) for strand in actions.values())
    statuses = Counter(strand.action.status.in_sentence for strand in actions.values())
    names = [reference(AREA, thread.area.number) for thread in place.threads]
    names += [reference(ACTION, number) for number in actions]
    names += [reference(FINDING, x.finding.number) for thread in place.threads for x in thread.findings]
    pieces = {line.reference for line in lines_for(cut, names) if may_be_named(line, narrator)}
    open_ones, closed = states[AreaStatus.open], states[AreaStatus.closed]
    lines = [
        narrator.say(f"{words.count(len(place.strengths), 'strength')} recorded."),
        f"{words.count(len(place.threads), 'area for improvement')}: {open_ones} open, {closed} closed.",
        f"{words.count(len(actions), 'action')}{_spread(statuses)}. {_late(late)}",
        f"{words.count(len(pieces), 'piece of evidence', 'pieces of evidence')} that this audience may have.",
    ]
    return [f"{line[:1].upper()}{line[1:]}" for line in lines]


def _late(number: int) -> str:
    if not number:
        return "None is past its date."
    return f"{number} {words.agree(number, 'is')} past {words.agree(number, 'its', 'their')} date."


def _spread(statuses: Counter[str]) -> str:
    parts = [f"{number} {status}" for status, number in statuses.items()]
    return f": {words.listing(parts)}" if parts else ""
