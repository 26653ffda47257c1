"""From the rows of the register to the contents of a pack. Pure: each field is asked of the pack's level."""

from collections import Counter

from audit_app import words
from audit_app.packs import wording
from audit_app.packs.composing import areas as composing_areas
from audit_app.packs.composing import audit_parts, small_numbers, thread_sentences
from audit_app.packs.composing.done_sentences import standing
from audit_app.packs.composing.material import Material
from audit_app.packs.composing.telling import Telling
from audit_app.packs.contents import (
    ActionPart,
    AuditLine,
    AuditPart,
    Colour,
    Control,
    EvidencePack,
    GapPart,
    LogHead,
    SourcePart,
    ThreadPart,
    WithheldPart,
)
from audit_app.packs.levels import NAMES
from findings import rules
from findings.references import ACTION, AREA, FINDING, reference
from findings.states import ActionStatus, AreaStatus
from findings.thread_shapes import ActionStrand, Thread

CROSSED = (
    "Some grades of audits are told under areas of this framework that their questions do not name, because the "
    "crosswalk says that they speak to them. It is no inspectorate’s."
)
COUNTED = "Counted are audits submitted in the period whose grades the council has agreed, each as last submitted."
NO_PLACE = "Not tied to a judgement area"


def compose(material: Material) -> EvidencePack:
    """The contents of a pack."""
    telling = Telling(material.today, material.show, material.names, material.own)
    areas = composing_areas.compose(material, telling)
    order = {name: place for place, name in enumerate(areas.order)}
    alive = sorted(material.threads, key=lambda one: order[reference(AREA, one.area.number)])
    strands = action_strands(material)
    row, settings = material.row, material.settings
    audits = audit_lines(material)
    return EvidencePack(
        reference=material.reference,
        title=row.title,
        council=settings.name,
        logo_sha256=settings.logo_sha256,
        marking=row.marking,
        level=row.level,
        audience=NAMES[row.level],
        edition_id=row.edition_id,
        edition_title=material.edition.title,
        edition_note=edition_note(material),
        period_from=row.period_from,
        period_to=row.period_to,
        as_at=material.now,
        control=control_of(material),
        log_head=LogHead(material.head.sequence, material.head.count, material.head.hash),
        summary=(*summary(material, strands), *graded(areas)),
        audits_note=audits_note(material),
        overall=areas.overall,
        overall_name=areas.overall_name,
        overall_says=areas.overall_says,
        areas=areas.own,
        elsewhere_note=areas.elsewhere_note,
        elsewhere=areas.elsewhere,
        threads=tuple(thread_part(thread, material, telling) for thread in alive),
        actions=tuple(action_part(strand, material) for strand in strands),
        colours=tuple(Colour(colour, *told) for colour, told in material.brag.items()),
        audits=audits,
        details=audit_details(material),
        gaps=gap_parts(material, strands),
        not_yet=not_yet(alive),
        sources=sources(material, alive),
        withheld=left_out(material),
        fictional=settings.fictional,
        terms=material.own.written(),
    )


def not_yet(alive: list[Thread]) -> tuple[tuple[str, str], ...]:
    """What is not yet good enough, by area for improvement."""
    return tuple(
        (reference(AREA, thread.area.number), thread_sentences.sentence(text))
        for thread in alive
        for text in thread_sentences.fallen_short(thread)
    )


def left_out(material: Material) -> tuple[WithheldPart, ...]:
    """The fields this audience does not get."""
    say = material.own.say
    return tuple(WithheldPart(say(one.what), one.times, say(one.why)) for one in material.show.withheld())


def control_of(material: Material) -> Control:
    """The document control as it was filled in."""
    row = material.row
    return Control(
        row.author_post,
        row.owner_post,
        row.approvals,
        row.circulation,
        row.review_on,
        row.destroy_on,
        row.purpose,
    )


def edition_note(material: Material) -> str:
    """Where the edition was read, and what of it was not verified."""
    edition = material.edition
    note = f"{edition.title}, as read in: {edition.source.document}, {edition.source.date}."
    return f"{note} Not verified: {edition.not_verified}" if edition.not_verified else note


# --- in short --------------------------------------------------------------------------------------------------------


def summary(material: Material, strands: list[ActionStrand]) -> tuple[str, ...]:
    """The pack in a few sentences, for whoever reads one page."""
    period = words.date_range(material.row.period_from, material.row.period_to)
    number, leaving = len(material.records), material.show.leaving
    say = material.own.say
    audits = small_numbers.at_least(number, say("agreed audit"), say("agreed audits"), leaving=leaving)
    states = Counter(thread.area.status for thread in material.threads)
    areas = words.count(len(material.threads), "area for improvement")
    said = [f"This pack covers {period}. It rests on {audits} and tells of {areas}"]
    said[0] += f", {states[AreaStatus.open]} open and {states[AreaStatus.closed]} closed." if material.threads else "."
    judged = sum(thread.latest_impact is not None for thread in material.threads)
    if material.threads:
        said.append(f"For {judged} of {len(material.threads)} it has been judged what is different for children.")
    statuses = Counter(strand.action.status for strand in strands)
    told = [f"{statuses[status]} {name.lower()}" for status, name in wording.STATUSES.items() if statuses[status]]
    if told:
        actions = words.count(len(strands), "plan action")
        said.append(f"There {words.agree(len(strands), 'is')} {actions}: {words.listing(told)}.")
    return (*said, *falling_short(material, strands))


def graded(areas: composing_areas.Areas) -> list[str]:
    """The latest grade inspectors printed for each judgement, in their own words."""
    named = [(areas.overall_name, areas.overall), *((area.name, area.inspectors) for area in areas.own)]
    told = [f"{name}: {latest[0].grade}" for name, latest in named if latest]
    return [f"The latest grades by inspectors. {'. '.join(told)}."] if told else []


def falling_short(material: Material, strands: list[ActionStrand]) -> list[str]:
    """What a reader of one page must not miss: areas without an action, and actions past their day."""
    bare = [one for one in material.threads if one.area.status is AreaStatus.open and not standing(one)]
    late = [strand for strand in strands if rules.days_overdue(strand.action, material.today)]
    said = []
    if bare:
        names = words.listing([reference(AREA, one.area.number) for one in bare])
        said.append(f"{words.count(len(bare), 'open area')} {words.agree(len(bare), 'has')} no action: {names}.")
    if late:
        are, whose = words.agree(len(late), "is"), words.agree(len(late), "its", "their")
        said.append(f"{words.count(len(late), 'action')} {are} past {whose} due date.")
    return said


def audits_note(material: Material) -> tuple[str, ...]:
    """Which audits are counted and which are not."""
    say, leaving = material.own.say, material.show.leaving
    said = [say(COUNTED)]
    if material.waiting:
        waiting = small_numbers.at_least(material.waiting, say("audit"), say("audits"), leaving=leaving)
        said.append(f"Not counted: {waiting} submitted in the period and not yet agreed.")
    plain = [record for record in material.records if not record.moderated]
    if plain:
        number = small_numbers.at_least(len(plain), say("audit"), say("audits"), leaving=leaving)
        said.append(f"Agreed without a second, blind grade (not moderated): {number}.")
    return tuple(said)


# --- areas for improvement and actions -------------------------------------------------------------------------------


def thread_part(thread: Thread, material: Material, telling: Telling) -> ThreadPart:
    """One area for improvement on its page."""
    area = thread.area
    places = composing_areas.names_of_places(thread, material)
    limit, day = time_given(thread)
    facts = [
        ("Judgement area", words.listing(places) or NO_PLACE),
        ("Owned by", area.owner_post_title or "No post is named"),
        *((("To be met", ", by ".join(filter(None, (limit, day)))),) if limit else ()),
        ("Status", status_words(thread)),
    ]
    return ThreadPart(
        reference=reference(AREA, area.number),
        heading=area.heading,
        printed_as=printed_as(thread),
        facts=tuple(facts),
        parts=thread_sentences.tell(thread, telling),
        timescale=limit,
        stands=stands(thread),
    )


def time_given(thread: Thread) -> tuple[str, str]:
    """How soon a report asks for it, and the day that makes: within three months, 25 April 2013."""
    for strand in thread.findings:
        finding = strand.finding
        if strand.stands and finding.timescale:
            return wording.TIMESCALES[finding.timescale], words.date_words(finding.due_on, "")
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
    told = wording.IMPACTS[latest.impact.rating] if latest else "impact not yet judged"
    return f"{wording.AREA_STATUSES[thread.area.status]}; {told}"


def printed_as(thread: Thread) -> str:
    """Ofsted’s area for improvement 4 of 13, printed here word for word."""
    heads = [one for one in thread.findings if one.finding.number == thread.area.heading_from]
    if not heads or heads[0].inspection is None:
        return ""
    strand = heads[0]
    who = strand.inspection.body or strand.inspection.title
    finding = strand.finding
    number = f" {finding.printed_number}" if finding.printed_number else ""
    total = f" of {finding.printed_total}" if number and finding.printed_total else ""
    verbatim = ", word for word" if thread.area.heading_verbatim else ""
    return f"{words.possessive(who)} {wording.KINDS[finding.kind]}{number}{total}{verbatim}"


def action_strands(material: Material) -> list[ActionStrand]:
    """The actions of the pack's areas, and those that answer no area, each once, by reference."""
    strands = {strand.action.number: strand for thread in material.threads for strand in thread.actions}
    strands |= {strand.action.number: strand for strand in material.woven.loose_actions}
    return [strands[number] for number in sorted(strands)]


def action_part(strand: ActionStrand, material: Material) -> ActionPart:
    """One action in the table, with the colour its delivery has earned."""
    action = strand.action
    withdrawn = action.status is ActionStatus.withdrawn
    colour = "" if withdrawn else strand.colour(material.today).value
    due = words.short_date(action.due_on) if action.due_on else action.due_text or ("Ongoing" if action.ongoing else "")
    return ActionPart(
        reference=reference(ACTION, action.number),
        what=action.what,
        areas=tuple(reference(AREA, number) for number in strand.area_numbers),
        lead=action.lead_post_title,
        due_on=action.due_on,
        due=due or "No date",
        status=wording.STATUSES[action.status],
        colour=colour,
        word=material.brag[colour][0] if colour else "Withdrawn",
    )


# --- audits ----------------------------------------------------------------------------------------------------------


def audit_lines(material: Material) -> tuple[AuditLine, ...]:
    """The list of audits; by the pack's own names where these stand, so that the order tells nothing."""
    show = material.show
    for record in material.records:
        audit_parts.note_left_out(record, show)
    if not show.may("audit.line"):
        show.leave_out("audit.line", len(material.records))
        return ()
    lines = [audit_parts.line(record, material.names[record.reference], show) for record in material.records]
    return tuple(sorted(lines, key=lambda one: one.name))


def audit_details(material: Material) -> tuple[AuditPart, ...]:
    """Each audit in full, where that was asked for and the level allows it."""
    show = material.show
    if not (material.row.each_audit and show.may("audit.answers")):
        return ()
    named = [(record, material.names[record.reference]) for record in material.records]
    parts = [audit_parts.detail(record, name, show, material.own) for record, name in named]
    return tuple(sorted(parts, key=lambda one: one.name))


# --- gaps and sources ------------------------------------------------------------------------------------------------


def gap_parts(material: Material, strands: list[ActionStrand]) -> tuple[GapPart, ...]:
    """The gaps of what the pack tells of, in the order the thread runs."""
    known = {reference(AREA, thread.area.number) for thread in material.threads}
    known |= {reference(ACTION, strand.action.number) for strand in strands}
    known |= {reference(FINDING, strand.finding.number) for strand in material.woven.loose_findings}
    return tuple(GapPart(gap.reference, gap.sentence, gap.next_step) for gap in material.gaps if gap.reference in known)


def sources(material: Material, alive: list[Thread]) -> tuple[SourcePart, ...]:
    """What the pack rests on: documents, audits by question set, the framework, the history log."""
    say, leaving = material.own.say, material.show.leaving
    made = [SourcePart(material.edition.title, f"Framework. Publisher: {material.edition.publisher}.")]
    strands = [strand for thread in alive for strand in thread.findings if strand.stands] + list(material.strengths)
    inspections = {one.inspection.number: one.inspection for one in strands if one.inspection is not None}
    for inspection in inspections.values():
        day = f"Published {words.date_words(inspection.published_on)}." if inspection.published_on else "No date given."
        kind = words.sentence_case(wording.INSPECTIONS[inspection.kind])
        made.append(SourcePart(inspection.document_title or inspection.title, f"{kind} by {inspection.body}. {day}"))
    documents = {source.document for strand in strands for source in strand.sources if source.document}
    known = {part.what for part in made}
    made += [SourcePart(document, "Named as a source of a finding.") for document in sorted(documents - known)]
    sets = Counter(record.set_title for record in material.records)
    for title in sorted(sets):
        number = small_numbers.at_least(sets[title], say("agreed audit"), say("agreed audits"), leaving=leaving)
        audits = say("Audits with the question set")
        made.append(SourcePart(f"{audits} “{title}”", number[:1].upper() + number[1:] + "."))
    if any(record.crossed for record in material.records):
        made.append(SourcePart("Crosswalk between frameworks, ours", say(CROSSED)))
    return tuple(made)
