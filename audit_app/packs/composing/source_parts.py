"""What a pack rests on: the framework, documents, how audits were chosen, question sets, the register's day. Pure.

What the makers of the product read or did not read of a framework stands in the library, not here.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from audit_app import words
from audit_app.improvement.wording import in_the_middle
from audit_app.packs.composing import grades
from audit_app.packs.composing.extract import AuditRecord, Extract, Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.small_numbers import gives_nothing_away
from audit_app.packs.contents import SourcePart
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.sections import Asks
from findings.tables import Inspection
from findings.thread_shapes import FindingStrand
from frameworks import Edition

CROSSED_TITLE = "Crosswalk between frameworks"
CROSSED = (
    "Some grades of audits are told under areas of this framework that their questions do not name, because the "
    "crosswalk says that they speak to them. It is the toolkit’s own and no inspectorate’s."
)
LIBRARY = (
    "The pack prints the names of the framework’s judgement areas and of its grades, and none of its criteria. How far "
    "the edition was checked against the published text is told in the library, on the edition’s own page."
)
ALL_AGREED = "Every agreed audit of the period{} is counted; the pack leaves none out by its grade."
THIS_ALONE = "The pack is of the audit that was asked for; it counts no other audit."
NONE_COUNTED = "The pack counts no audit itself; those that a claim cites stand beside it."

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def edition_note(edition: Edition) -> str:
    """Which framework it is, and what the pack prints of it."""
    return f"{edition.title}. {LIBRARY}"


def sources(cut: Extract, order: grades.PrintOrder, narrator: Narrator) -> tuple[SourcePart, ...]:
    """Everything a pack rests on; the findings of its threads, in print order, say which documents those are."""
    about, records, register = cut.about, cut.audits.records, cut.register
    edition = about.edition
    strands = [strand for thread in register.threads for strand in thread.findings if strand.stands]
    strands += [*register.strengths, *register.loose_findings]
    strands += [strand for asked in register.asked for strand in asked.findings]
    made = [SourcePart(edition.title, _framework(edition))]
    made += _documents(strands, register, known={edition.title}, narrator=narrator)
    made += _question_sets(records, order, narrator)
    chosen = _chosen(records, cut.chosen, order, narrator)
    made += [SourcePart(narrator.say("How the audits were chosen"), narrator.say(chosen))]
    if any(record.crossed for record in records):
        made.append(SourcePart(CROSSED_TITLE, narrator.say(CROSSED)))
    who = about.control.author_post or "a post that is not recorded"
    register_words = f"As they stood on {words.datetime_words(about.as_at)}. Made by: {who}."
    return (*made, SourcePart(narrator.say("The council’s register of findings, plans and audits"), register_words))


def _framework(edition: Edition) -> str:
    ends = f" to {words.date_words(edition.valid_to)}" if edition.valid_to else ""
    begins = words.date_words(edition.valid_from)
    read = edition.source
    return (
        f"Framework. Publisher: {edition.publisher}. Inspections from {begins}{ends}. "
        f"Read in: {read.document}, {_written_date(read.date)}."
    )


def _written_date(text: str) -> str:
    """5 April 2024 for 2024-04-05; words such as “2014 to 2018” as they are."""
    return words.date_words(date.fromisoformat(text)) if ISO_DATE.fullmatch(text) else text


def _documents(
    strands: Sequence[FindingStrand], register: Register, *, known: set[str], narrator: Narrator
) -> list[SourcePart]:
    """The reports of inspections, then what else is named as a source, by title."""
    inspections = {strand.inspection.number: strand.inspection for strand in strands if strand.inspection is not None}
    inspections |= {asked.inspection.number: asked.inspection for asked in register.asked}
    reports = [_report(inspection) for inspection in inspections.values()]
    sources = [source for strand in strands for source in strand.sources]
    sources += [source for thread in register.threads for strand in thread.impacts for source in strand.sources]
    documents = {source.document for source in sources if source.document} if narrator.may("source.document") else set()
    others = documents - known - {report.what for report in reports}
    return [*reports, *(SourcePart(document, "Named in the register as a source.") for document in sorted(others))]


def _report(inspection: Inspection) -> SourcePart:
    day = f"Published {words.date_words(inspection.published_on)}." if inspection.published_on else "No date given."
    who = f" Carried out by: {inspection.body}." if inspection.body else ""
    return SourcePart(inspection.document_title or inspection.title, f"{inspection.kind.title}.{who} {day}")


def _question_sets(records: Sequence[AuditRecord], order: grades.PrintOrder, narrator: Narrator) -> list[SourcePart]:
    """Each question set by its version and length; their sum must not give away what is hidden elsewhere."""
    number_of = Counter((record.set_title, _version(record)) for record in records)
    exact = grades.tells_whole(records, order, narrator) and gives_nothing_away(
        number_of.values(), leaving=narrator.leaving
    )
    audits = narrator.say("Audits with the question set")
    parts = []
    for title, version in sorted(number_of):
        number = narrator.at_least(number_of[title, version], "agreed audit", "agreed audits", exact=exact)
        of_version = f"Version: {version}. " if version else ""
        parts.append(SourcePart(f"{audits} “{title}”", f"{of_version}{number[:1].upper()}{number[1:]}."))
    return parts


def _version(record: AuditRecord) -> str:
    """case-audit-1, short."""
    facts = record.document.get("audit", {})
    return ", ".join(filter(None, (facts.get("edition_id", ""), facts.get("length", ""))))


def _counted(chosen: Choices) -> str:
    """Which audits are counted: all of the period, or all of those that what was chosen leaves in the pack."""
    if Asks.audit in chosen.asks:
        return THIS_ALONE
    with_set = " with this question set" if chosen.theme else ""
    speaking = " that speaks to the judgement areas of this pack" if chosen.areas else ""
    return ALL_AGREED.format(f"{with_set}{speaking}")


def _chosen(records: Sequence[AuditRecord], choices: Choices, order: grades.PrintOrder, narrator: Narrator) -> str:
    """How many were drawn at random, how many were chosen and in which ways; never added together."""
    if Asks.self_assessment in choices.asks:
        return NONE_COUNTED
    if not records:
        return "No agreed audit of the period is counted."
    counted = words.sentence_case(grades.counted_apart(records, order, narrator))
    ways = Counter(record.way_chosen for record in records if not record.at_random)
    if narrator.leaving or not ways:
        return f"{counted}. {_counted(choices)}"
    how = words.listing([f"{number} {in_the_middle(way)}" for way, number in sorted(ways.items())])
    return f"{counted} ({how}). {_counted(choices)}"
