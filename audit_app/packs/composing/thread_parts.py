"""Each area for improvement on its page, and each plan action in the table. Pure."""

from collections.abc import Mapping

from audit_app import words
from audit_app.improvement import wording
from audit_app.improvement.colour_words import Colour
from audit_app.packs.composing import placing, thread_sentences
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.contents import ActionPart, ThreadPart
from findings.references import ACTION, AREA, reference
from findings.states import AreaStatus, Standing
from findings.thread_shapes import ActionStrand, Thread
from frameworks import Edition

NO_PLACE = "Not tied to a judgement area"


def thread_part(thread: Thread, edition: Edition, narrator: Narrator) -> ThreadPart:
    """One area for improvement on its page."""
    area = thread.area
    limit, day = time_given(thread)
    facts = [
        ("Judgement area", words.listing(placing.names_of(thread, edition)) or NO_PLACE),
        ("Owned by", area.owner_post_title or "No post is named"),
        *((("To be met", ", by ".join(filter(None, (limit, day)))),) if limit else ()),
        ("Status", status_words(thread)),
    ]
    return ThreadPart(
        reference=reference(AREA, area.number),
        heading=area.heading,
        printed_as=printed_as(thread),
        facts=tuple(facts),
        parts=thread_sentences.tell(thread, narrator),
        timescale=limit,
        stands=stands(thread),
    )


def time_given(thread: Thread) -> tuple[str, str]:
    """How soon a report asks for it, and the day that makes: within three months, 25 April 2013."""
    for strand in thread.findings:
        finding = strand.finding
        if strand.stands and finding.timescale:
            return finding.timescale.in_sentence, words.date_words(finding.due_on, "")
    return "", ""


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
    difference = latest.impact.rating.in_sentence if latest else "impact not yet judged"
    return f"{thread.area.status.title}; {difference}"


def printed_as(thread: Thread) -> str:
    """Ofsted’s area for improvement 4 of 13, printed here word for word."""
    of_heading = thread.area.heading_from
    strand = next((strand for strand in thread.findings if strand.finding.number == of_heading), None)
    if strand is None or strand.inspection is None:
        return ""
    finding, inspection = strand.finding, strand.inspection
    number = f" {finding.printed_number}" if finding.printed_number else ""
    total = f" of {finding.printed_total}" if number and finding.printed_total else ""
    verbatim = ", word for word" if thread.area.heading_verbatim else ""
    who = words.possessive(inspection.body or inspection.title)
    return f"{who} {finding.kind.in_sentence}{number}{total}{verbatim}"


def not_yet_good_enough(thread: Thread) -> list[tuple[str, str]]:
    """What is not yet good enough, each sentence with the reference of its area."""
    name = reference(AREA, thread.area.number)
    return [(name, sentence(text)) for text in thread_sentences.fallen_short(thread)]


def action_part(strand: ActionStrand, words_of: Mapping[Standing, Colour], narrator: Narrator) -> ActionPart:
    """One action in the table, with the colour its delivery has earned in the council's word for it."""
    action = strand.action
    colour = words_of[strand.standing(narrator.today)]
    return ActionPart(
        reference=reference(ACTION, action.number),
        what=action.what,
        areas=tuple(reference(AREA, number) for number in strand.area_numbers),
        lead=action.lead_post_title,
        due_on=action.due_on,
        due=wording.due_shortly(action),
        status=action.status.title,
        colour=colour.code,
        word=colour.word,
    )
