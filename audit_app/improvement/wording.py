"""How the thread is put into words for people who work in children's services, on page and paper alike. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from audit_app import words
from audit_app.words import ours
from findings import rules, worded_dates
from findings.rules import Judged
from findings.states import (
    ActionStatus,
    Delivery,
    FindingKind,
    Impact,
    ImpactTest,
    InspectionKind,
    Level,
    Origin,
    SourceKind,
    Timescale,
    Titled,
)
from findings.tables import Action, Finding, Inspection, Milestone, Plan, Source
from findings.worded_dates import Sort

Word = TypeVar("Word", bound=Titled)


def _titles(words_of: type[Word]) -> dict[Word, str]:
    """Each word of a closed list with how it reads: the list itself knows (`findings.states`)."""
    return {word: word.title for word in words_of}


KINDS = ours(_titles(FindingKind))
ORIGINS = ours(_titles(Origin))
TIMESCALES = _titles(Timescale)
TESTS = _titles(ImpactTest)
SOURCES = ours(_titles(SourceKind))
IMPACTS = _titles(Impact)
LEVELS = _titles(Level)
INSPECTION_KINDS = _titles(InspectionKind)
DELIVERIES = _titles(Delivery)
ACTION_STATUSES = _titles(ActionStatus)
NO_NAMES = (
    "In words that stand on their own. No names, initials, dates of birth or anything else about one child or family."
)
NOT_A_PICTURE = "not selected at random: not a picture of the service"
ORIGIN_OF_INSPECTION = {
    InspectionKind.peer_review: Origin.peer_review,
    InspectionKind.internal_review: Origin.self_identified,
}


def kind_words(kind: FindingKind) -> str:
    """Area for priority action, Strength."""
    return KINDS[kind]


def origin_words(origin: Origin) -> str:
    """Case audit, Children and young people."""
    return ORIGINS[origin]


def pairs(names: Mapping[Word, str]) -> list[tuple[str, str]]:
    """Codes and their words, for the choices of a form."""
    return [(code.value, title) for code, title in names.items()]


def kind_pairs(kinds: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The kinds of finding to choose from: those an edition uses, or all."""
    chosen = [FindingKind(kind) for kind in kinds] or list(FindingKind)
    return [(kind.value, kind_words(kind)) for kind in chosen]


def printed_as(finding: Finding, inspection: Inspection | None) -> str:
    """Ofsted’s area for improvement 4 of 13; nothing when no number was printed."""
    if finding.printed_number is None:
        return ""
    body = (inspection.body or inspection.title) if inspection else ""
    of_all = f" of {finding.printed_total}" if finding.printed_total else ""
    place = f"{finding.kind.in_sentence} {finding.printed_number}{of_all}"
    return f"{words.possessive(body)} {place}" if body else words.sentence_case(place)


def in_the_middle(text: str) -> str:
    """Typed words in the middle of a sentence: with a small first letter, but for capitals that go on (SMART, AFI)."""
    plain = text.strip()
    return plain if plain[1:2].isupper() else plain[:1].lower() + plain[1:]


def report_words(inspection: Inspection | None) -> str:
    """Report on Greenhaven, published 15 January 2013: which of several reports it was; nothing for no report."""
    if inspection is None:
        return ""
    day = f", published {words.date_words(inspection.published_on)}" if inspection.published_on else ""
    return f"{inspection.document_title or inspection.title}{day}"


def time_given(finding: Finding) -> str:
    """How soon a finding's own report asks for it, and the day that makes: within three months, by 25 April 2013."""
    limit = in_the_middle(finding.timescale_text) or (finding.timescale.in_sentence if finding.timescale else "")
    day = f"by {words.date_words(finding.due_on)}" if finding.due_on else ""
    return ", ".join(filter(None, (limit, day)))


def whose_words(finding: Finding, inspection: Inspection | None) -> str:
    """In Ofsted’s own words, unchanged."""
    body = inspection.body if inspection and inspection.body else "the inspectorate"
    return f"In {words.possessive(body)} own words, which cannot be changed here"


def source_about(source: Source) -> str:
    """What a source is, but for its audit's reference: a document and its paragraph, a dip sample, the day."""
    kind = "" if source.kind in (SourceKind.audit, SourceKind.audit_answer) else SOURCES[source.kind]
    parts = [
        source.document or ("" if source.audit_reference and source.kind == SourceKind.other else kind),
        f"paragraph {source.paragraph}" if source.paragraph else "",
        words.date_words(source.dated_on) if source.dated_on else "",
    ]
    return ", ".join(part for part in parts if part)


def is_an_answer(source: Source) -> bool:
    """Whether the words kept of a source are the question an audit answered, not what somebody saw or said."""
    return source.kind is SourceKind.audit_answer and bool(source.question_reference)


def source_said(source: Source) -> str:
    """What a source said, in sentences: the words kept from it, or what was asked and what was answered."""
    grade = source.grade_words or words.sentence_case(source.grade_code.replace("_", " "))
    text = source.words.strip()
    if is_an_answer(source) and text:
        answered = f"Answered: {grade[:1].lower()}{grade[1:]}" if grade else "The answer is not recorded"
        return f"Asked: {_stopped(f'“{text}”')} {_stopped(answered)}"
    return " ".join(_stopped(part) for part in (text, grade) if part)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…", ".”", "?”", "!”", '."')) else f"{text}."


def source_words(source: Source) -> str:
    """One source in a line: AUD-0048, 8 August 2025. Asked: “How well was drift stopped?” Answered: inadequate."""
    head = ", ".join(part for part in (source.audit_reference, source_about(source)) if part) or SOURCES[source.kind]
    what_it_said = source_said(source)
    if is_an_answer(source) and source.words.strip():
        return f"{_stopped(head)} {what_it_said}"
    return f"{head}: {what_it_said}" if what_it_said else _stopped(head)


def chosen_words(how_chosen: str) -> str:
    """How a set of records was chosen, with what that allows us to say."""
    by_whom = {"inspectors": "chosen by inspectors", "directors": "chosen by the director"}.get(how_chosen, "chosen")
    return "chosen at random" if how_chosen == "random" else f"{by_whom}, {NOT_A_PICTURE}"


def impact_words(judged: Judged | None) -> str:
    """A judgement of impact in words, with its day."""
    if judged is None:
        return "Not yet judged"
    return f"{judged.rating.title}, judged on {words.date_words(judged.judged_on)}"


def due_words(action: Action, today: date) -> str:
    """When an action is due, with what its words are read as where it has no day; only an open one can be late."""
    if not (action.due_on or action.due_text):
        parts = []
    elif action.due_on is None:
        parts = [with_notes(action.due_text, [read_as(action.due_text), _late(action, today)])]
    else:
        parts = [with_notes(words.date_words(action.due_on), [_late(action, today)])]
        if action.due_text and action.due_text != words.date_words(action.due_on):
            parts.append(f"“{action.due_text}”")
    if action.ongoing:
        parts.append("ongoing")
    if action.repeats:
        parts.append(f"repeats: {action.repeats}")
    return ", ".join(parts) or "no due date"


def position_words(action: Action) -> str:
    """Where an action stands or stood, with the time its plan prints for that: Strategy is in place (Q1 2018-19)."""
    return with_notes(action.starting_position, [action.starting_as_at]) if action.starting_position else ""


def period_words(plan: Plan) -> str:
    """1 April 2026 to 31 March 2027, or what is known of it."""
    if plan.period_from and plan.period_to:
        return words.date_range(plan.period_from, plan.period_to)
    if plan.period_from:
        return f"from {words.date_words(plan.period_from)}"
    return f"until {words.date_words(plan.period_to)}" if plan.period_to else "no period set"


def _late(action: Action, today: date) -> str:
    return words.due(rules.due_day(action), today) if rules.overdue(action, today) else ""


def with_notes(text: str, notes: Iterable[str]) -> str:
    """A text with what is to be said of it in brackets after it; only the text where there is nothing to say."""
    kept = "; ".join(note for note in notes if note)
    return f"{text} ({kept})" if kept else text


def read_as(text: str) -> str:
    """What words about a date are reckoned with: read as 31 March 2017; nothing for “ongoing”, which needs no day."""
    reading = worded_dates.read(text)
    if reading.last is not None:
        how = "read to the latest day it can mean," if reading.supposed else "read as"
        return f"{how} {words.date_words(reading.last)}"
    no_day = {Sort.start_only: "a start, and no due date", Sort.unreadable: "not a date that can be reckoned with"}
    return no_day.get(reading.sort, "")


def due_phrase(dated: Action | Milestone) -> str:
    """Within a sentence: due on 31 March 2026; due “March 2017” (read as 31 March 2017); with no due date."""
    if dated.due_on is not None:
        return f"due on {words.date_words(dated.due_on)}"
    if dated.due_text and worded_dates.read(dated.due_text).sort is not Sort.ongoing:
        return "due " + with_notes(f"“{dated.due_text}”", [read_as(dated.due_text)])
    return "ongoing" if dated.due_text or getattr(dated, "ongoing", False) else "with no due date"


def due_sentence(action: Action) -> str:
    """Due on 31 March 2026; With no due date."""
    due = due_phrase(action)
    return due[:1].upper() + due[1:]


def due_shortly(action: Action) -> str:
    """For narrow columns: 31 Mar 2026; March 2017, read as 31 Mar 2017; Ongoing; No date."""
    if action.due_on is not None:
        return words.short_date(action.due_on)
    day = worded_dates.last_day(action.due_text)
    if day is not None:
        return f"{action.due_text}, read as {words.short_date(day)}"
    return with_notes(action.due_text, [read_as(action.due_text)]) or ("Ongoing" if action.ongoing else "No date")


def open_phrase(action: Action, today: date) -> str:
    """Of an open action: is due on 12 October 2026; was due then and is still open; is ongoing."""
    due = due_phrase(action)
    if due.startswith("due "):
        return f"was {due} and is still open" if rules.overdue(action, today) else f"is {due}"
    return "is ongoing" if due == "ongoing" else "is open and has no due date"


def who_and_when(moment: datetime, names: Mapping[int, str], person: int | None) -> str:
    """By Asha Khan on 4 March 2026 at 2:05pm."""
    who = names.get(person or 0, "somebody no longer here")
    return f"by {who} on {words.datetime_words(moment)}"
