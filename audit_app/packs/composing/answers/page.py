"""What a director is asked first, answered on one page: each answer leads to the chapter that has the rest. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from audit_app import words
from audit_app.packs.composing.answers import practice
from audit_app.packs.composing.extract import Extract, OfItself, Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence, the_post
from audit_app.packs.composing.plan_sheets import standing
from audit_app.packs.composing.thread_sentences import fallen_short, is_judged
from audit_app.packs.contents import AreaPart, AskedPart, ReportPart
from audit_app.packs.parts.answers import Answers, AreaGrades
from findings import rules
from findings.references import ACTION, AREA, reference
from findings.states import ActionStatus, AreaStatus, Impact
from findings.thread_shapes import ActionStrand, Thread

# So much fits on one page beside the tables; each list says how much more its chapter has.
MOST_REPORTS, MOST_DIFFERENT, MOST_NOT_ENOUGH, MOST_NEXT = 3, 3, 4, 3
LONGEST = 110
SHOWS = (Impact.clear_difference, Impact.some_difference)
FIRST_SENTENCE = re.compile(r"^.{20,}?[.!?](?=\s+[A-Z“])", re.DOTALL)
APART = "They are told apart and never added."
NO_TEST = "No difference for children has been judged yet at any area in this pack."
STATES = (
    ("unanswered", "answered by nobody yet"),
    ("late", "answered and past a date"),
    ("in_hand", "answered and in time"),
    ("closed", "closed"),
)


def answers(
    extract: Extract,
    register: Register,
    narrator: Narrator,
    *,
    areas: Sequence[AreaPart],
    reports: Sequence[ReportPart],
    counted: str,
) -> Answers:
    """The page; `areas` are those of the pack's own framework and `counted` says what the pack rests on."""
    lines = practice.practice_lines(extract.audits, narrator)
    short = _not_enough(register, narrator)
    return Answers(
        grades=tuple(_grades(area, extract.of_itself, narrator) for area in areas),
        reached_words=practice.REACHED_WORDS,
        practice=lines,
        practice_notes=practice.practice_notes(extract.audits, lines, narrator),
        different=tuple(_different(register, narrator)),
        not_enough=tuple(short[:MOST_NOT_ENOUGH]),
        not_enough_more=max(0, len(short) - MOST_NOT_ENOUGH),
        how_known=tuple(_how_known(extract, register, counted, narrator)),
        asked=tuple(_asked(reports)),
        next_steps=tuple(_next(register, narrator)),
        **_leader(extract.of_itself, narrator),
    )


def _leader(of_itself: OfItself, narrator: Narrator) -> dict[str, str]:
    """A few sentences that a leader wrote, and who signed them when."""
    spoken = of_itself.words
    text = narrator.take("self_assessment.leader", spoken.text) if spoken else ""
    if spoken is None or not text:
        return {}
    post = narrator.take("self_assessment.leader", spoken.post)
    return {
        "leader_words": text,
        "leader_signed": f"Written and signed by {the_post(post)}, {words.date_words(spoken.signed_on)}",
    }


def _grades(area: AreaPart, of_itself: OfItself, narrator: Narrator) -> AreaGrades:
    """The latest grade inspectors printed for an area, and the latest that the council signed of itself."""
    latest = area.inspectors[0] if area.inspectors else None
    own = next(
        (section for section in of_itself.sections
         if section.grade_code and area.key == f"{section.edition_id}-{section.area_id}"),
        None,
    )  # fmt: skip
    name = narrator.take("self_assessment.grade", own.grade_name) if own else ""
    return AreaGrades(
        key=area.key,
        name=area.name,
        inspectors=latest.grade if latest else "",
        inspectors_code=latest.grade_code if latest else "",
        inspected=latest.where if latest else "",
        ourselves=name,
        ourselves_code=own.grade_code if own and name else "",
        assessed=words.date_words(own.signed_on) if own and name else "",
    )


def first_sentence(text: str) -> str:
    """The first sentence of a text, so that a page of answers stays one page; the whole where it is one."""
    plain = " ".join(text.split())
    first = FIRST_SENTENCE.match(plain) if len(plain) > LONGEST else None
    return sentence(first[0] if first else plain)


# --- how good --------------------------------------------------------------------------------------------------------


def _different(register: Register, narrator: Narrator) -> list[str]:
    """What became of the areas that were closed, then the judgements that show a difference, the latest first."""
    closed = [thread for thread in register.threads if thread.area.status is AreaStatus.closed]
    judged = [thread for thread in register.threads if is_judged(thread.latest_impact)]
    sentences = []
    if closed:
        ratings = Counter(_rating(thread) for thread in closed)
        parts = [f"{number} {rating}" for rating, number in ratings.items()]
        areas = words.count(len(closed), "area for improvement")
        sentences.append(f"{areas} {words.agree(len(closed), 'was')} closed: {words.listing(parts)}.")
    if not judged:
        return [*sentences, NO_TEST]
    number, whole = len(judged), len(register.threads)
    sentences.append(f"What is different for children has been judged at {number} of {whole} areas in this pack.")
    differing = [thread for thread in judged if thread.latest_impact and thread.latest_impact.impact.rating in SHOWS]
    differing.sort(key=lambda thread: str(thread.latest_impact and thread.latest_impact.impact.judged_on), reverse=True)
    lines = [line for thread in differing if (line := _judgement(thread, narrator))]
    return [*sentences, *lines[:MOST_DIFFERENT]]


def _rating(thread: Thread) -> str:
    latest = thread.latest_impact
    if latest is None or not is_judged(latest):
        return "without a judgement of what is different"
    return f"with {latest.impact.rating.in_sentence}"


def _judgement(thread: Thread, narrator: Narrator) -> str:
    """AFI-0001, some difference: eleven of twelve children now have a plan that says what must change."""
    latest = thread.latest_impact
    text = narrator.tell(latest.impact, "different_for_children") if latest else ""
    if latest is None or not text:
        return ""
    name = reference(AREA, thread.area.number)
    return f"{name}, {latest.impact.rating.in_sentence}: {first_sentence(text)}"


def _not_enough(register: Register, narrator: Narrator) -> list[tuple[str, str]]:
    """What open areas say is not yet good enough, the first thing each of them says."""
    pairs = []
    for thread in register.threads:
        texts = fallen_short(thread, narrator) if thread.area.status is AreaStatus.open else []
        if texts:
            pairs.append((reference(AREA, thread.area.number), first_sentence(texts[0])))
    return pairs


# --- how we know -----------------------------------------------------------------------------------------------------


def _how_known(extract: Extract, register: Register, counted: str, narrator: Narrator) -> list[str]:
    """What the answers rest on: audits by how they were chosen, and the tests of what is different for children."""
    records = extract.audits.records
    groups = {record.at_random for record in records}
    sentences = [f"This rests on {counted}." + (f" {APART}" if len(groups) > 1 else "")]
    methods = Counter(
        thread.latest_impact.impact.method.in_sentence if thread.latest_impact.impact.method else "a test not named"
        for thread in register.threads
        if thread.latest_impact is not None and is_judged(thread.latest_impact)
    )
    if methods:
        parts = [f"{method} ({number})" for method, number in sorted(methods.items(), key=lambda each: -each[1])]
        sentences.append(f"What is different was last tested by {words.listing(parts)}.")
    return sentences


# --- inspectors, and what next ---------------------------------------------------------------------------------------


def _asked(reports: Sequence[ReportPart]) -> list[str]:
    """Of each report how its items stand, by their printed numbers; the latest reports first."""
    asking = [report for report in reports if report.asked]
    names = Counter(map(_short_name, asking))
    sentences = [
        f"{_short_name(report) if names[_short_name(report)] == 1 else report.title}: {_states(report.asked)}"
        for report in asking[:MOST_REPORTS]
    ]
    rest = asking[MOST_REPORTS:]
    if rest:
        items = [item for report in rest for item in report.asked]
        earlier = f"{words.count(len(rest), 'earlier report')} asked for {words.count(len(items), 'thing')}"
        sentences.append(f"{earlier}: {_how_they_stand(items, named=False)}.")
    return sentences


def _short_name(report: ReportPart) -> str:
    """A report by its name and year; its chapter says on which day it was published."""
    return report.title.partition(", published ")[0]


def _states(asked: Sequence[AskedPart]) -> str:
    """13 asked for; 2 answered by nobody yet (4, 7); 3 answered and past a date (1, 2, 9)."""
    return f"{words.count(len(asked), 'thing')} asked for; {_how_they_stand(asked, named=True)}."


def _how_they_stand(asked: Sequence[AskedPart], *, named: bool) -> str:
    """How many items stand in which way, and, of one report, the numbers of those that must not be missed."""
    parts = []
    for state, meaning in STATES:
        items = [item for item in asked if item.state_code == state]
        if items:
            numbers = [item.number or item.reference for item in items]
            which = f" ({', '.join(numbers)})" if named and state in ("unanswered", "late") else ""
            parts.append(f"{len(items)} {meaning}{which}")
    return "; ".join(parts)


def _next(register: Register, narrator: Narrator) -> list[str]:
    """The open actions whose day comes next, with who leads them and how they will be tested."""
    waiting: list[tuple[str, ActionStrand]] = []
    for strand in {strand.action.number: strand for thread in register.threads for strand in standing(thread)}.values():
        day = rules.due_day(strand.action)
        if strand.action.status is ActionStatus.open and day is not None and day >= narrator.today:
            waiting.append((str(day), strand))
    waiting.sort(key=lambda each: (each[0], each[1].action.number))
    lines = [_next_line(strand, narrator) for _, strand in waiting[:MOST_NEXT]]
    if len(waiting) > MOST_NEXT:
        lines.append(f"{len(waiting) - MOST_NEXT} more open actions have a date ahead of them; the plan has each.")
    return lines or ["No open action has a date ahead of it."]


def _next_line(strand: ActionStrand, narrator: Narrator) -> str:
    """By 31 January 2027, Principal Social Worker: what will be done (ACT-0011; to be tested by re-audit)."""
    action = strand.action
    lead = narrator.tell(action, "lead_post_title") or "no lead"
    test = f"; to be tested by {action.impact_test.in_sentence}" if action.impact_test else ""
    what = first_sentence(narrator.tell(action, "what")).rstrip(".")
    day = words.date_words(rules.due_day(action))
    return f"By {day}, {lead}: {what} ({reference(ACTION, action.number)}{test})."
