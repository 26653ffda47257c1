"""What a pack rests on: the framework, documents, audits by question set, the crosswalk. Pure."""

from collections import Counter
from collections.abc import Sequence

from audit_app import words
from audit_app.packs.composing import grades
from audit_app.packs.composing.extract import AuditRecord, Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.small_numbers import gives_nothing_away
from audit_app.packs.contents import SourcePart
from findings.tables import Inspection
from findings.thread_shapes import FindingStrand
from frameworks import Edition

CROSSED = (
    "Some grades of audits are told under areas of this framework that their questions do not name, because the "
    "crosswalk says that they speak to them. It is no inspectorate’s."
)


def edition_note(edition: Edition) -> str:
    """Where the edition was read, and what of it was not verified."""
    note = f"{edition.title}, as read in: {edition.source.document}, {edition.source.date}."
    return f"{note} Not verified: {edition.not_verified}" if edition.not_verified else note


def sources(
    edition: Edition, records: Sequence[AuditRecord], register: Register, order: grades.PrintOrder, narrator: Narrator
) -> tuple[SourcePart, ...]:
    """Everything a pack rests on; the findings of its threads, in print order, say which documents those are."""
    strands = [strand for thread in register.threads for strand in thread.findings if strand.stands]
    made = [SourcePart(edition.title, f"Framework. Publisher: {edition.publisher}.")]
    made += _documents([*strands, *register.strengths], known={edition.title})
    made += _question_sets(records, order, narrator)
    if any(record.crossed for record in records):
        made.append(SourcePart("Crosswalk between frameworks, ours", narrator.say(CROSSED)))
    return tuple(made)


def _documents(strands: Sequence[FindingStrand], known: set[str]) -> list[SourcePart]:
    """The reports of inspections findings come from, then what else is named as a source, by title."""
    inspections = {strand.inspection.number: strand.inspection for strand in strands if strand.inspection is not None}
    reports = [_report(inspection) for inspection in inspections.values()]
    documents = {source.document for strand in strands for source in strand.sources if source.document}
    others = documents - known - {report.what for report in reports}
    return [*reports, *(SourcePart(document, "Named as a source of a finding.") for document in sorted(others))]


def _report(inspection: Inspection) -> SourcePart:
    day = f"Published {words.date_words(inspection.published_on)}." if inspection.published_on else "No date given."
    return SourcePart(
        inspection.document_title or inspection.title, f"{inspection.kind.title} by {inspection.body}. {day}"
    )


def _question_sets(records: Sequence[AuditRecord], order: grades.PrintOrder, narrator: Narrator) -> list[SourcePart]:
    """How many audits each set was answered in; their sum must not give away what is hidden elsewhere."""
    number_of = Counter(record.set_title for record in records)
    exact = grades.tells_whole(records, order, narrator) and gives_nothing_away(
        number_of.values(), leaving=narrator.leaving
    )
    audits = narrator.say("Audits with the question set")
    parts = []
    for title in sorted(number_of):
        number = narrator.at_least(number_of[title], "agreed audit", "agreed audits", exact=exact)
        parts.append(SourcePart(f"{audits} “{title}”", number[:1].upper() + number[1:] + "."))
    return parts
