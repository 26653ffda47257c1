"""Plans since the last board: what moved, what is late, and what was lost again. Pure.

Moved is what the register says happened after that day: a report of progress, a milestone, a step, a date that changed.
"""

from datetime import date, datetime

from audit_app import words
from audit_app.clock import london_day
from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.parts.told import Cell, Marked, ToldPart, ToldSection, ToldTable
from findings import rules
from findings.colours import DONE
from findings.references import ACTION, AREA, reference
from findings.states import ActionStatus, Impact
from findings.thread_shapes import ActionStrand, Thread

TITLE = "Since the last board"
NOTHING_MOVED = "The register says of no action that anything happened since that day."
NOT_LATE = "No open action is past its date."
NOTHING_LOST = "No action that was done was opened again, and at none was a difference judged lost."
LOST_HEADING = "What was lost: opened again, or a difference that did not last"
LOST = (Impact.no_difference, Impact.not_sustained)
SHOWS = (Impact.some_difference, Impact.clear_difference)
MILESTONES_NOT_TOLD = "what it was is not told to this audience"


def since(cut: Extract, narrator: Narrator) -> ToldSection | None:
    """What a board asks first of its plans."""
    day = cut.chosen.since
    if day is None:
        return None
    strands = [x for x in cut.register.actions if x.action.status is not ActionStatus.withdrawn]
    moved = [(strand, news) for strand in cut.register.actions if (news := news_of(strand, day, narrator))]
    still = len(strands) - sum(strand.action.status is not ActionStatus.withdrawn for strand, _ in moved)
    first = ToldPart(sentences=(_in_short(len(moved), still, day),))
    return ToldSection(
        "since-last-board", TITLE, (first, _moved(moved, narrator), _late(strands, narrator), _lost(cut, day, narrator))
    )


def _in_short(moved: int, still: int, day: date) -> str:
    """How many actions anything happened at, and how many stand as they did."""
    others = "No other stands as it did." if not still else (
        "1 other stands as it did." if still == 1 else f"{still} others stand as they did.")  # fmt: skip
    return (
        f"The last board was on {words.date_words(day)}. Since then something happened at "
        f"{words.count(moved, 'action')}. {others}"
    )


def news_of(strand: ActionStrand, day: date, narrator: Narrator) -> list[str]:
    """What happened at an action after a day, in the order in which it is told: steps, milestones, reports, dates."""
    action, news = strand.action, []
    if action.status is ActionStatus.verified and action.verified_on and action.verified_on > day:
        news.append(f"Verified on {words.short_date(action.verified_on)}.")
    if action.completed_on and action.completed_on > day and action.status is not ActionStatus.open:
        news.append(f"Completed on {words.short_date(action.completed_on)}.")
    if london_day(action.added_at) > day:
        news.append(f"New: added on {words.short_date(london_day(action.added_at))}.")
    for milestone in strand.milestones:
        if milestone.completed_on and milestone.completed_on > day:
            what = narrator.tell(milestone, "text") or MILESTONES_NOT_TOLD
            news.append(f"Milestone reached on {words.short_date(milestone.completed_on)}: {sentence(what)}")
    reports = [report for report in strand.progress if london_day(report.reported_at) > day]
    if reports:
        news.append(_reported(strand, day, narrator))
    for change in strand.due_date_changes:
        if london_day(change.changed_at) > day:
            why = narrator.tell(change, "why")
            moved = f"Date moved from {words.short_date(change.old_on)} to {words.short_date(change.new_on)}"
            news.append(sentence(f"{moved}: {why}" if why else moved))
    return news


def _reported(strand: ActionStrand, day: date, narrator: Narrator) -> str:
    """What its lead said last, and what was said at the time of the board."""
    latest = strand.progress[0]
    earlier = next((report for report in strand.progress if london_day(report.reported_at) <= day), None)
    before = earlier.delivery.in_sentence if earlier else "nothing reported"
    note = narrator.tell(latest, "note")
    report = f"Reported {latest.delivery.in_sentence} on {words.short_date(latest.dated_on)}; before: {before}."
    return f"{report} {sentence(note)}" if note else report


def _moved(moved: list[tuple[ActionStrand, list[str]]], narrator: Narrator) -> ToldPart:
    rows = tuple((*_named(strand, narrator), "\n".join(news)) for strand, news in moved)
    table = ToldTable("What happened at each action", ("Action", "Led by", "What happened"), rows, (3.4, 1.8, 4.4))
    return ToldPart(
        "What moved", tables=(table,) if rows else (), sentences=() if rows else (NOTHING_MOVED,), large=True
    )


def _late(strands: list[ActionStrand], narrator: Narrator) -> ToldPart:
    late = sorted(
        (strand for strand in strands if rules.overdue(strand.action, narrator.today)),
        key=lambda strand: (-rules.days_overdue(strand.action, narrator.today), strand.action.number),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *_named(strand, narrator),
            words.short_date(rules.due_day(strand.action)),
            Marked(rules.late_words(strand.action, narrator.today), colour="red"),
            strand.action.delivery.title,
        )
        for strand in late
    )
    columns = ("Action", "Led by", "Was due", "Late by", "Its lead says")
    table = ToldTable("Open actions past their date, the latest first", columns, rows, (3.6, 1.9, 1.2, 1.2, 1.3))
    return ToldPart("What is late", tables=(table,) if rows else (), sentences=() if rows else (NOT_LATE,), large=True)


def _lost(cut: Extract, day: date, narrator: Narrator) -> ToldPart:
    """Actions that were done and were opened again since, and those whose difference was judged lost since."""
    by_number = {reference(ACTION, strand.action.number): strand for strand in cut.register.actions}
    rows: list[tuple[Cell, ...]] = []
    for name, moment in cut.for_kind.reopened:
        if name in by_number and london_day(moment) > day:
            rows.append((*_named(by_number[name], narrator), f"Opened again on {words.short_date(_day(moment))}."))
    for strand in cut.register.actions:
        if strand.action.status in DONE:
            rows += [
                (*_named(strand, narrator), doubt)
                for thread in cut.register.threads
                if thread.area.number in strand.area_numbers and (doubt := _doubt(thread, day))
            ]
    columns = ("Action", "Led by", "What happened")
    table = ToldTable("What was done and is in doubt", columns, tuple(rows), (3.4, 1.8, 4.4))
    if not rows:
        return ToldPart(LOST_HEADING, sentences=(NOTHING_LOST,), large=True)
    return ToldPart(LOST_HEADING, tables=(table,), large=True)


def _day(moment: datetime) -> date:
    return london_day(moment)


def _doubt(thread: Thread, day: date) -> str:
    """That the difference at an area was judged lost after a day."""
    latest = thread.latest_impact
    if latest is None or latest.impact.judged_on <= day or latest.impact.rating not in LOST:
        return ""
    had_one = any(strand.impact.rating in SHOWS for strand in thread.impacts[1:])
    if not had_one and latest.impact.rating is not Impact.not_sustained:
        return ""  # a difference that nobody ever saw cannot be lost
    judged = words.short_date(latest.impact.judged_on)
    return f"{reference(AREA, thread.area.number)} judged on {judged}: {latest.impact.rating.in_sentence}."


def _named(strand: ActionStrand, narrator: Narrator) -> tuple[str, str]:
    action = strand.action
    what = narrator.tell(action, "what")
    return f"{reference(ACTION, action.number)}: {what}", narrator.tell(action, "lead_post_title") or "No lead"
