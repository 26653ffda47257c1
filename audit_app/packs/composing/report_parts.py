"""What inspectorates and reviewers asked for, report by report, and what became of each item. Pure.

An item is answered by an action that was not withdrawn, in any area it is joined to, or by an area that was closed.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from audit_app import words
from audit_app.improvement import judgement_areas
from audit_app.packs.composing import inspectors
from audit_app.packs.composing.extract import Asked, Inspections, Register
from audit_app.packs.composing.found_sentences import (
    also_printed,
    evidence_sentences,
    further_sources,
    paragraph_words,
    time_limit,
    where_found,
    words_of,
)
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.composing.plan_sheets import standing
from audit_app.packs.composing.thread_sentences import is_judged
from audit_app.packs.contents import AskedPart, ReportPart, Strength
from audit_app.packs.wording import SAMPLE_NOUNS
from findings import rules, worded_dates
from findings.references import AREA, FINDING, INSPECTION, reference
from findings.states import ActionStatus, AreaStatus
from findings.tables import Inspection
from findings.thread_shapes import FindingStrand, Thread

NOBODY = "Nobody yet"
NO_TIME = "None given"
NO_TEST = "No area to test"


def report_parts(register: Register, inspections: Inspections, narrator: Narrator) -> tuple[ReportPart, ...]:
    """Every report known by the end of the period, the latest first, each with all it asked for."""
    return tuple(_report(asked, inspections, narrator) for asked in register.asked)


def _report(asked: Asked, inspections: Inspections, narrator: Narrator) -> ReportPart:
    inspection = asked.inspection
    name = narrator.tell(inspection, "title")
    document = narrator.tell(inspection, "document_title")
    theme = narrator.tell(inspection, "theme")
    body = narrator.tell(inspection, "body")
    facts = [
        ("Carried out by", body or "Not recorded"),
        ("Kind", inspection.kind.title),
        ("Report or letter", "" if document in ("", name) else document),
        ("Published", words.date_words(inspection.published_on, "No date given")),
        ("On site", _on_site(inspection)),
        ("Theme", judgement_areas.theme_name(inspection.edition_id, theme) if theme else ""),
        ("Grades it printed", "; ".join(inspectors.printed_grades(inspections, inspection, narrator))),
        ("Notes", narrator.tell(inspection, "notes")),
    ]
    return ReportPart(
        key=reference(INSPECTION, inspection.number),
        name=name,
        facts=tuple((what, value) for what, value in facts if value),
        asked=tuple(_item(strand, asked, narrator) for strand in asked.findings),
        title=_title(name, inspection),
        not_entered=not_entered(asked),
    )


def _title(name: str, inspection: Inspection) -> str:
    """Of its chapter: Inspection of children’s services, published 20 September 2024."""
    return f"{name}, published {words.date_words(inspection.published_on)}" if inspection.published_on else name


def not_entered(asked: Asked) -> int:
    """How many of the items that a report numbers are not in the register.

    Returns:
        A whole number: for each kind of item the total its report prints, less the numbers that were entered. 0 where
        no item says of how many it is one; a report then may hold more than anybody can tell from the register.

    Source:
        The number and total printed beside each item, as entered (`Finding.printed_number`, `printed_total`).
    """
    numbered = [strand.finding for strand in asked.findings if strand.finding.printed_number]
    # Of several totals of one kind the largest is the last, and stays.
    totals = dict(sorted((finding.kind, finding.printed_total) for finding in numbered if finding.printed_total))
    numbers = {(finding.kind, finding.printed_number) for finding in numbered}
    entered = Counter(kind for kind, _ in numbers)
    return sum(max(0, total - entered[kind]) for kind, total in totals.items())


def _on_site(inspection: Inspection) -> str:
    if inspection.inspected_from and inspection.inspected_to:
        return words.date_range(inspection.inspected_from, inspection.inspected_to)
    return words.date_words(inspection.inspected_from, "")


def _item(strand: FindingStrand, asked: Asked, narrator: Narrator) -> AskedPart:
    finding = strand.finding
    due = rules.answer_day(finding, asked.inspection.published_on)
    areas = _areas_of(strand, asked)
    place = [reference(FINDING, finding.number)]
    place += [paragraph_words(finding, narrator)] if finding.paragraphs.strip() else []
    place += also_printed(strand, narrator)
    team = narrator.tell(finding, "team_name")
    place += [f"about {team}"] if team else []
    text = f"{sentence(words_of(finding, narrator))} ({'; '.join(place)})"
    return AskedPart(
        reference=reference(FINDING, finding.number),
        number=str(finding.printed_number or ""),
        text=" ".join([text, *evidence_sentences(further_sources(strand, narrator), narrator)]),
        when=time_limit(finding, narrator) or NO_TIME,
        answered_by="; ".join(_answer(thread, narrator) for thread in areas) or f"{NOBODY}: in no area for improvement",
        stands="; ".join(_difference(thread) for thread in areas) or "—",
        unanswered=not any(_answers(thread) for thread in areas),
        state_code=_state(areas, due, narrator),
        against_date=_against(areas, due, narrator),
        evidence="; ".join(_evidence(thread, narrator) for thread in areas) or NO_TEST,
    )


def _areas_of(strand: FindingStrand, asked: Asked) -> list[Thread]:
    return [asked.answering[number] for number in strand.area_numbers if number in asked.answering]


def state_of(strand: FindingStrand, asked: Asked, narrator: Narrator) -> str:
    """unanswered, closed, late or in_hand: late where the item’s own day has passed, or that of an open action."""
    areas = _areas_of(strand, asked)
    return _state(areas, rules.answer_day(strand.finding, asked.inspection.published_on), narrator)


def _state(areas: Sequence[Thread], due: date | None, narrator: Narrator) -> str:
    if not any(_answers(thread) for thread in areas):
        return "unanswered"
    if all(thread.area.status is AreaStatus.closed for thread in areas):
        return "closed"
    still = [thread for thread in areas if thread.area.status is not AreaStatus.closed]
    late = any(rules.overdue(strand.action, narrator.today) for thread in still for strand in standing(thread))
    return "late" if late or rules.date_passed(due, narrator.today) else "in_hand"


def _against(areas: Sequence[Thread], due: date | None, narrator: Narrator) -> str:
    """How an item stands against the day its report gives, from the day its last area was closed or until today."""
    if due is None:
        return ""
    closed = [thread.area.closed_on for thread in areas if thread.area.status is AreaStatus.closed]
    if areas and len(closed) == len(areas):
        last = max(day for day in closed if day)
        late = (last - due).days
        done = f"closed on {words.short_date(last)}"
        return f"In time: {done}" if late <= 0 else f"{worded_dates.time_late(due, last)} late: {done}"
    late = (narrator.today - due).days
    return f"{worded_dates.time_late(due, narrator.today)} past {words.short_date(due)}" if late > 0 else "Not yet due"


def _evidence(thread: Thread, narrator: Narrator) -> str:
    """AFI-0009: re-audit, 12 records, judged on 20 Oct 2026; or that no test has been judged."""
    name, latest = reference(AREA, thread.area.number), thread.latest_impact
    if latest is None or not is_judged(latest):
        return f"{name}: no test judged yet"
    impact = latest.impact
    noun, nouns = SAMPLE_NOUNS[impact.method] if impact.method else ("record", "records")
    sample = narrator.at_least(impact.sample_size, noun, nouns) if impact.sample_size else ""
    test = impact.method.in_sentence if impact.method else "the register does not say by which test"
    return f"{name}: {', '.join(filter(None, (test, sample)))}, judged on {words.short_date(impact.judged_on)}"


def _answers(thread: Thread) -> bool:
    return thread.area.status is AreaStatus.closed or bool(standing(thread))


def _answer(thread: Thread, narrator: Narrator) -> str:
    """AFI-0009: 2 actions, 1 open and 1 verified, 1 past its date; or that nobody answers it."""
    name, actions = reference(AREA, thread.area.number), standing(thread)
    if thread.area.status is AreaStatus.closed:
        return f"{name}, closed on {words.date_words(thread.area.closed_on)}"
    if not actions:
        return f"{NOBODY}: {name} has no action"
    each = [(status, sum(strand.action.status is status for strand in actions)) for status in ActionStatus]
    parts = [f"{number} {status.in_sentence}" for status, number in each if number]
    late = sum(rules.overdue(strand.action, narrator.today) for strand in actions)
    past = f"; {late} past {words.agree(late, 'its', 'their')} due date" if late else ""
    return f"{name}: {words.count(len(actions), 'action')}, {words.listing(parts)}{past}"


def _difference(thread: Thread) -> str:
    latest = thread.latest_impact
    if latest is None or not is_judged(latest):
        return "Not yet judged"
    return f"{latest.impact.rating.title}, judged on {words.short_date(latest.impact.judged_on)}"


def in_short(reports: Sequence[ReportPart]) -> list[str]:
    """What a reader of one page must not miss: how much of what was asked for nobody has answered, and where it is."""
    asked = sum(len(report.asked) for report in reports)
    if not asked:
        return []
    begins = f"The register holds {words.count(asked, 'thing')} that inspectorates and reviewers asked for"
    waiting = [(report, len(report.unanswered)) for report in reports if report.unanswered]
    number = sum(count for _, count in waiting)
    missing = [(report, report.not_entered) for report in reports if report.not_entered]
    more = [f"Numbered in reports and not entered in the register: {_each(missing)}."] if missing else []
    if not number:
        return [f"{begins}; each has an action that answers it, or stands in an area that was closed.", *more]
    return [f"{begins}. Nobody has answered {number} of them yet: {_each(waiting)}.", *more]


def _each(counted: Sequence[tuple[ReportPart, int]]) -> str:
    return words.listing([f"{report.name} ({count})" for report, count in counted])


def loose_findings(register: Register, narrator: Narrator) -> tuple[Strength, ...]:
    """What others than inspectorates found and nobody has joined to an area: its words, and where it was found."""
    return tuple(finding_part(strand, narrator) for strand in register.loose_findings)


def finding_part(strand: FindingStrand, narrator: Narrator) -> Strength:
    """A finding on its own: its words with what it rests on, and where it was found."""
    text = sentence(words_of(strand.finding, narrator))
    rests_on = evidence_sentences(further_sources(strand, narrator), narrator)
    name = reference(FINDING, strand.finding.number)
    return Strength(name, " ".join([text, *rests_on]), where_found(strand, narrator))
