"""The pack in short, for whoever reads one page, and which audits it counts. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from audit_app import words
from audit_app.packs.composing import grades
from audit_app.packs.composing.extract import AboutPack, Audits, Register
from audit_app.packs.composing.grades import PrintOrder
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.plan_sheets import standing
from audit_app.packs.composing.small_numbers import gives_nothing_away
from audit_app.packs.composing.thread_sentences import is_judged
from audit_app.packs.contents import InspectorsGrade
from findings import rules
from findings.references import AREA, reference
from findings.states import ActionStatus, AreaStatus

COUNTED = "Counted are audits submitted in the period whose grades the council has agreed, each as last submitted."

SEVERAL_AREAS = "An audit may speak to several judgement areas, so the numbers of areas must not be added."


def summary(about: AboutPack, counted: str, register: Register, narrator: Narrator) -> list[str]:
    """The pack in a few sentences; `counted` says how many audits it rests on, each way of choosing by itself."""
    threads, actions = register.threads, register.actions
    period = words.date_range(about.period_from, about.period_to)
    states = Counter(thread.area.status for thread in threads)
    areas = words.count(len(threads), "area for improvement")
    how_many = f", {states[AreaStatus.open]} open and {states[AreaStatus.closed]} closed" if threads else ""
    sentences = [f"This pack covers {period}. It rests on {counted} and tells of {areas}{how_many}."]
    if threads:
        judged = sum(is_judged(thread.latest_impact) for thread in threads)
        sentences.append(f"For {judged} of {len(threads)} it has been judged what is different for children.")
    if actions:
        statuses = Counter(strand.action.status for strand in actions)
        parts = [f"{statuses[status]} {status.in_sentence}" for status in ActionStatus if statuses[status]]
        number = words.count(len(actions), "plan action")
        sentences.append(f"There {words.agree(len(actions), 'is')} {number}: {words.listing(parts)}.")
    return [*sentences, *falling_short(register, narrator)]


def falling_short(register: Register, narrator: Narrator) -> list[str]:
    """What a reader of one page must not miss: areas without an action, and actions past their day."""
    bare = [thread for thread in register.threads if thread.area.status is AreaStatus.open and not standing(thread)]
    late = [strand for strand in register.actions if rules.overdue(strand.action, narrator.today)]
    sentences = []
    if bare:
        names = words.listing([reference(AREA, thread.area.number) for thread in bare])
        sentences.append(f"{words.count(len(bare), 'open area')} {words.agree(len(bare), 'has')} no action: {names}.")
    if late:
        are, whose = words.agree(len(late), "is"), words.agree(len(late), "its", "their")
        sentences.append(f"{words.count(len(late), 'action')} {are} past {whose} due date.")
    return sentences


def latest_grades(named: Iterable[tuple[str, Sequence[InspectorsGrade]]]) -> list[str]:
    """The latest grade inspectors printed for each judgement, in their own words."""
    latest = [f"{name}: {grades[0].grade}" for name, grades in named if grades]
    return [f"The latest grades by inspectors. {'. '.join(latest)}."] if latest else []


def audits_note(audits: Audits, order: PrintOrder, narrator: Narrator) -> tuple[str, ...]:
    """Which audits are counted and which are not."""
    sentences = [narrator.say(COUNTED)]
    if audits.records:
        sentences.append(narrator.say(SEVERAL_AREAS))
    if audits.waiting:
        waiting = narrator.at_least(audits.waiting, "audit", "audits")
        sentences.append(f"Not counted: {waiting} submitted in the period and not yet agreed.")
    plain = [record for record in audits.records if not record.moderated]
    if plain:
        parts = (len(plain), len(audits.records) - len(plain))
        exact = grades.tells_whole(audits.records, order, narrator) and gives_nothing_away(
            parts, leaving=narrator.leaving
        )
        number = narrator.at_least(len(plain), "audit", "audits", exact=exact)
        sentences.append(f"Agreed without a second, blind grade (not moderated): {number}.")
    return tuple(sentences)
