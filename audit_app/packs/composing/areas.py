"""The judgement areas of a pack: what inspectors and audits say of each, its strengths, its areas for improvement.

Pure.
"""

from audit_app.packs.composing import grades, inspectors
from audit_app.packs.composing.extract import Inspections
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.placing import Place, Places
from audit_app.packs.composing.report_parts import finding_part
from audit_app.packs.contents import AreaPart
from findings.references import AREA, reference

NOT_TIED = "The questions of the period’s audits are not tied to this framework, so no audit is counted here."
ELSEWHERE = (
    "What follows was recorded under another framework, or under none. It is printed under the names it was recorded "
    "with; nothing is translated from one framework into another."
)
SPEAK_ELSEWHERE = " The questions of the audits inform another framework than this pack’s, so their grades stand here."


def area_part(place: Place, inspections: Inspections, order: grades.PrintOrder, narrator: Narrator) -> AreaPart:
    """One judgement area with everything that is told of it."""
    return AreaPart(
        key=place.key,
        name=place.name,
        inspectors=inspectors.grades_of(inspections, place.area, narrator),
        says=(narrator.say(NOT_TIED),) if place.untied else grades.says(place.area, place.records, order, narrator),
        tables=grades.tables(place.area, place.records, order, narrator),
        strengths=tuple(finding_part(strand, narrator) for strand in place.strengths),
        threads=tuple(
            (reference(AREA, thread.area.number), narrator.tell(thread.area, "heading")) for thread in place.threads
        ),
    )


def elsewhere_note(places: Places, narrator: Narrator) -> str:
    """Why some of it stands under the names of other frameworks."""
    if not places.elsewhere:
        return ""
    return ELSEWHERE + (narrator.say(SPEAK_ELSEWHERE) if places.audits_speak_elsewhere else "")
