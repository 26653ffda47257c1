"""What inspecting bodies printed of each judgement area, and what the latest of it means by the framework's type. Pure.

What follows an outcome, how many points the standards make: each sentence names its source.
"""

from collections.abc import Mapping
from datetime import date

from audit_app import words
from audit_app.improvement import judgement_areas
from audit_app.improvement.inspections import outcomes
from audit_app.improvement.inspections.outcomes import Follow, Points
from audit_app.packs.composing.extract import Inspections
from audit_app.packs.composing.found_sentences import document_of
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.contents import InspectorsGrade
from findings.tables import Inspection, Judgement
from frameworks import Edition
from frameworks.crosswalk import AreaReference


def grades_of(inspections: Inspections, area: AreaReference, narrator: Narrator) -> tuple[InspectorsGrade, ...]:
    """The grades inspecting bodies printed for an area, the latest first."""
    dated = []
    for judgement in inspections.judgements:
        inspection = inspections.by_number.get(judgement.inspection_number)
        if inspection is None or inspection.edition_id != area.edition_id or judgement.judgement_area_id != area.area:
            continue
        printed = InspectorsGrade(
            f"{_document(inspection, narrator)}{_paragraphs(judgement, narrator)}",
            narrator.tell(judgement, "printed_name"),
            _grade_name(area.edition_id, narrator.tell(judgement, "grade_code")),
            judgement.grade_code,
        )
        dated.append((str(inspection.published_on or ""), printed))
    return tuple(printed for _, printed in sorted(dated, key=lambda pair: pair[0], reverse=True))


def latest_alone(inspections: Inspections) -> Inspections:
    """The same with no more than the latest judgement of each area, for pages that print no earlier one."""
    latest: dict[tuple[str, str], Judgement] = {}
    days: dict[tuple[str, str], str] = {}
    for judgement in inspections.judgements:
        inspection = inspections.by_number.get(judgement.inspection_number)
        if inspection is not None:
            key, day = (inspection.edition_id, judgement.judgement_area_id), str(inspection.published_on or "")
            if key not in latest or day > days[key]:
                latest[key], days[key] = judgement, day
    return Inspections(inspections.by_number, tuple(latest.values()))


def printed_grades(inspections: Inspections, inspection: Inspection, narrator: Narrator) -> list[str]:
    """Every grade of one report in a few words: Help and protection: Good (paragraph 12)."""
    grades = []
    for judgement in inspections.judgements:
        if judgement.inspection_number == inspection.number:
            named = narrator.tell(judgement, "printed_name")
            named = named or judgement_areas.area_name(
                inspection.edition_id, judgement.judgement_area_id, with_edition=False
            )
            grade = _grade_name(inspection.edition_id, narrator.tell(judgement, "grade_code"))
            grades.append(f"{named}: {grade}{_paragraphs(judgement, narrator)}")
    return grades


def _paragraphs(judgement: Judgement, narrator: Narrator) -> str:
    given = narrator.tell(judgement, "paragraphs")
    return f", paragraph{'' if given.isdigit() else 's'} {given}" if given else ""


def _document(inspection: Inspection, narrator: Narrator) -> str:
    """Ofsted: Report on Greenhaven, published 15 January 2013."""
    body = narrator.tell(inspection, "body")
    return f"{body}: {document_of(inspection, narrator)}" if body else document_of(inspection, narrator)


def _grade_name(edition_id: str, code: str) -> str:
    edition = judgement_areas.find_edition(edition_id)
    for scale in edition.scales if edition else ():
        if code in scale.codes:
            return scale.name_of(code)
    return words.sentence_case(code)


def overall_grades(inspections: Inspections, edition: Edition, narrator: Narrator) -> tuple[InspectorsGrade, ...]:
    """The grades printed for the service as a whole, where the framework gives one."""
    if edition.overall is None:
        return ()
    return grades_of(inspections, AreaReference(edition.id, edition.overall.id), narrator)


def what_latest_means(inspections: Inspections, edition: Edition) -> tuple[str, ...]:
    """What the latest judged inspection under an edition means by its framework's type, sentence by sentence."""
    judged = {judgement.inspection_number for judgement in inspections.judgements}
    under = [
        inspection
        for inspection in inspections.by_number.values()
        if inspection.edition_id == edition.id and inspection.number in judged
    ]
    if not under:
        return ()
    latest = max(under, key=lambda inspection: (str(inspection.published_on or ""), inspection.number))
    given = {
        judgement.judgement_area_id: judgement.grade_code
        for judgement in inspections.judgements
        if judgement.inspection_number == latest.number and judgement.judgement_area_id and judgement.grade_code
    }
    return what_grades_mean(edition, given, latest.published_on)


def what_grades_mean(edition: Edition, given: Mapping[str, str], published_on: date | None) -> tuple[str, ...]:
    """The sentences of one inspection, each with its source; none for a framework that only grades.

    Args:
        edition: The edition the inspection was carried out under.
        given: Area or overall id to the code people entered from the report.
        published_on: The day from which dates are counted; None when it is not known.
    """
    judged = outcomes.of_judgements(edition, given, published_on)
    sentences = [_follow(follow) for follow in judged.follows]
    return (*sentences, _points(judged.points)) if judged.points else tuple(sentences)


def _follow(follow: Follow) -> str:
    when = f" That is {follow.when}." if follow.when else ""
    return f"What follows: {follow.says}{when} Source: {follow.source.rstrip('.')}."


def _points(points: Points) -> str:
    percent = f" ({points.percent})" if points.percent else ""
    total = points.total
    counted = words.count(total.counted, "standard")
    sentences = [f"{total.points} of {total.out_of} points over {counted}{percent}."]
    if points.missing:
        sentences.append(f"Not entered, so the table is not asked: {words.listing(points.missing)}.")
    elif points.not_rated:
        left_out = words.listing(points.not_rated)
        sentences.append(
            f"Not rated, so left out of both numbers; the table, which is of all, is not asked: {left_out}."
        )
    elif points.band:
        sentences.append(f"By the table that total stands beside {points.band}.")
    if points.not_counted:
        sentences.append(f"Not counted: {words.listing(points.not_counted)}.")
    sentences += [points.firm] if points.firm else []
    return " ".join([*sentences, f"Source: {points.source.rstrip('.')}."])
