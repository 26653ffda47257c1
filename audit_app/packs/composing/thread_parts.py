"""Each area for improvement on its page, and each plan action in the table. Pure."""

from collections.abc import Mapping

from audit_app import words
from audit_app.improvement import wording
from audit_app.improvement.colour_words import Colour
from audit_app.packs.composing import placing, plan_sheets, thread_sentences
from audit_app.packs.composing.found_sentences import document_of, numbered, time_limit
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import ActionPart, ThreadPart
from findings.references import ACTION, AREA, FINDING, reference
from findings.states import ActionStatus, AreaStatus, Standing
from findings.tables import Action
from findings.thread_shapes import ActionStrand, FindingStrand, Thread
from frameworks import Edition

NO_PLACE = "Not tied to a judgement area"


def thread_part(thread: Thread, edition: Edition, narrator: Narrator) -> ThreadPart:
    """One area for improvement on its page."""
    area, places = thread.area, placing.names_of(thread, edition)
    facts = [
        ("Judgement areas" if len(places) > 1 else "Judgement area", words.listing(places) or NO_PLACE),
        ("Owned by", narrator.tell(area, "owner_post_title") or "No post is named"),
        *deadlines(thread, narrator),
        ("Status", status_words(thread)),
    ]
    return ThreadPart(
        reference=reference(AREA, area.number),
        heading=narrator.tell(area, "heading"),
        printed_as=printed_as(thread, narrator),
        facts=tuple(facts),
        parts=thread_sentences.tell(thread, narrator),
        timescale=times_given(thread, narrator),
        stands=stands(thread),
        did=plan_sheets.did_lines(thread, narrator),
    )


def _timed(thread: Thread, narrator: Narrator) -> list[tuple[FindingStrand, str]]:
    """The findings that stand and were given a time, each with its own."""
    limits = [(strand, time_limit(strand.finding, narrator)) for strand in thread.findings if strand.stands]
    return [(strand, limit) for strand, limit in limits if limit]


def deadlines(thread: Thread, narrator: Narrator) -> list[tuple[str, str]]:
    """Each report that gave a time, by its name and day, with its items and how soon it asked for each.

    A time belongs to the report that gave it: what a report of 2012 asked for by October 2012 says nothing of an item
    of 2026 in the same area.
    """
    by_report: dict[str, list[str]] = {}
    for strand, limit in _timed(thread, narrator):
        inspection = strand.inspection
        report = " in ".join(filter(None, (inspection.body, document_of(inspection, narrator)))) if inspection else ""
        item = numbered(strand.finding) if inspection else reference(FINDING, strand.finding.number)
        by_report.setdefault(report, []).append(f"{item}, {limit}")
    return [
        (f"Time given by {report}" if report else "Time given", "; ".join(items)) for report, items in by_report.items()
    ]


def times_given(thread: Thread, narrator: Narrator) -> str:
    """The times of an area in a few words; beside each whose it is, unless every finding here is of one report."""
    times: dict[str, list[str]] = {}
    for strand, limit in _timed(thread, narrator):
        inspection = strand.inspection
        day = inspection.published_on if inspection else None
        giver = " ".join(filter(None, (inspection.body if inspection else "", str(day.year) if day else "")))
        times.setdefault(limit, []).append(giver or reference(FINDING, strand.finding.number))
    origins = {strand.finding.inspection_number for strand in thread.findings if strand.stands}
    if len(times) == 1 and len(origins) == 1:
        return next(iter(times))
    return "; ".join(f"{words.listing(list(dict.fromkeys(givers)))}: {limit}" for limit, givers in times.items())


def status_words(thread: Thread) -> str:
    """Open since 4 March 2026; or closed on a day."""
    area = thread.area
    opened = words.date_words(area.opened_at)
    if area.status is AreaStatus.closed:
        return f"Opened on {opened}, closed on {words.date_words(area.closed_on)}"
    return f"Open since {opened}"


def stands(thread: Thread) -> str:
    """Open or closed, and what was last judged of the difference it made."""
    latest = thread.latest_impact
    judged = latest if thread_sentences.is_judged(latest) else None
    difference = judged.impact.rating.in_sentence if judged else "impact not yet judged"
    return f"{thread.area.status.title}; {difference}"


def printed_as(thread: Thread, narrator: Narrator) -> str:
    """Ofsted’s area for improvement 4 of 13, printed here word for word."""
    of_heading = thread.area.heading_from
    strand = next((strand for strand in thread.findings if strand.finding.number == of_heading), None)
    if strand is None or strand.inspection is None:
        return ""
    inspection = strand.inspection
    verbatim = ", word for word" if thread.area.heading_verbatim else ""
    who = words.possessive(inspection.body or inspection.title)
    return f"{who} {numbered(strand.finding)}{verbatim} ({document_of(inspection, narrator)})"


def not_yet_good_enough(thread: Thread, narrator: Narrator) -> list[tuple[str, str]]:
    """What is not yet good enough, each sentence with the reference of its area."""
    name = reference(AREA, thread.area.number)
    return [(name, sentence(text)) for text in thread_sentences.fallen_short(thread, narrator)]


def action_part(strand: ActionStrand, words_of: Mapping[Standing, Colour], narrator: Narrator) -> ActionPart:
    """One action in the table, with the colour its delivery has earned in the council's word for it."""
    action = strand.action
    colour = words_of[strand.standing(narrator.today)]
    return ActionPart(
        reference=reference(ACTION, action.number),
        what=narrator.tell(action, "what"),
        areas=tuple(reference(AREA, number) for number in strand.area_numbers),
        lead=narrator.tell(action, "lead_post_title"),
        due_on=action.due_on,
        due=_due(action, narrator),
        status=action.status.title,
        colour=colour.code,
        word=colour.word,
    )


def _due(action: Action, narrator: Narrator) -> str:
    """The due date as narrow columns have it; words of the plan only where this audience is told them."""
    if action.status is ActionStatus.withdrawn:
        return words.short_date(action.due_on, "")  # of what was withdrawn no words are told
    may = narrator.tell(action, "due_text") or action.due_on or not action.due_text
    return wording.due_shortly(action) if may else "In words, not told here"
