"""What was done, in sentences: each action, who leads it, by when, what it is meant to change, how far it is. Pure."""

from collections.abc import Sequence

from audit_app import words
from audit_app.improvement import wording
from audit_app.improvement.wording import in_the_middle, period_words
from audit_app.packs.composing.extract import Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import quoted, sentence, the_post
from audit_app.packs.contents import Part
from findings import rules
from findings.references import ACTION, PLAN, reference
from findings.states import ActionStatus, Delivery
from findings.tables import Measure, Milestone, Plan, Theme
from findings.thread_shapes import ActionStrand, Thread

COLOURS = ("blue", "green", "amber", "red", "grey")
NOT_SAID = "Nobody has said that it has started"


def standing(thread: Thread) -> list[ActionStrand]:
    """The actions that were not withdrawn."""
    return [strand for strand in thread.actions if strand.action.status is not ActionStatus.withdrawn]


def what_was_done(thread: Thread, register: Register, narrator: Narrator) -> list[str]:
    """Each action: what, who leads it, by when, and how far it has come."""
    actions = [" ".join(action_sentences(strand, register, narrator)) for strand in thread.actions]
    return actions if standing(thread) else [*actions, "No action answers this yet."]


def action_sentences(strand: ActionStrand, register: Register, narrator: Narrator) -> list[str]:
    """One action in sentences."""
    action = strand.action
    name, what = reference(ACTION, action.number), narrator.tell(action, "what")
    if action.status is ActionStatus.withdrawn:
        why = narrator.tell(action, "withdrawn_reason")
        return [f"{name} was withdrawn: {sentence(what)}" + (f" The reason: {sentence(why)}" if why else "")]
    place = place_in_plan(strand, register, narrator)
    begins = f"{name} ({place})" if place else name
    sentences = [f"{begins}: {sentence(what)} {led(strand, narrator)} {progress(strand, narrator)}"]
    sentences += _hopes(strand, narrator)
    sentences += [measure_sentence(measure, narrator) for measure in strand.measures]
    sentences += milestone_sentences(strand, narrator)
    risk, against = narrator.tell(action, "risk"), narrator.tell(action, "mitigation")
    sentences += [f"What could stop it: {sentence(risk)}"] if risk else []
    sentences += [f"What is done about that: {sentence(against)}"] if against else []
    for change in strand.due_date_changes:
        old, new = words.date_words(change.old_on), words.date_words(change.new_on)
        why = narrator.tell(change, "why")
        sentences.append(f"Its due date was moved from {old} to {new}" + (f": {sentence(why)}" if why else "."))
    return sentences


def _hopes(strand: ActionStrand, narrator: Narrator) -> list[str]:
    """What an action is meant to change, from where, and how anybody will know: plans, never results."""
    action = strand.action
    test, note = action.impact_test, narrator.tell(action, "impact_test_note")
    tested = f"It is to be tested by {test.in_sentence}" if test else ("How it is to be tested" if note else "")
    hopes = [
        ("It is meant to change: ", narrator.tell(action, "intended_impact")),
        ("Where it started from: ", narrator.tell(action, "starting_position")),
        (f"{reference(ACTION, action.number)} will have worked when: ", narrator.tell(action, "success_measure")),
        (f"{tested}: ", note),
    ]
    return [f"{begins}{sentence(text)}" for begins, text in hopes if text]


def place_in_plan(strand: ActionStrand, register: Register, narrator: Narrator) -> str:
    """own number 2.3, “Improvement plan 2026”, Plans that change lives."""
    plan, theme = register.plan_of(strand), register.theme_of(strand)
    label = narrator.tell(strand.action, "local_label")
    parts = [f"own number {label}" if label else ""]
    parts.append(quoted(narrator.tell(plan, "title")) if plan else "")
    parts.append(narrator.tell(theme, "title") if theme else "")
    return ", ".join(filter(None, parts))


def _due(strand: ActionStrand, narrator: Narrator) -> str:
    """due on 31 March 2026 (in the plan: “end of Q4”), ongoing."""
    action, in_words = strand.action, narrator.tell(strand.action, "due_text")
    if action.due_on is None and action.due_text and not in_words:
        return "with a due date in words that is not told here"
    due = wording.due_phrase(action)
    if action.due_on is not None:
        due += "" if in_words in ("", words.date_words(action.due_on)) else f" (in the plan: {quoted(in_words)})"
        due += ", ongoing" if action.ongoing else ""
    return due


def led(strand: ActionStrand, narrator: Narrator) -> str:
    """Led by the Head of Safeguarding, delivered by the Team Manager East, due on 31 March 2026."""
    action = strand.action
    lead = narrator.tell(action, "lead_post_title")
    parts = [f"Led by {the_post(lead)}" if lead else "No post is named as its lead"]
    delivering = [the_post(title) for row in strand.leads if (title := narrator.tell(row, "post_title"))]
    parts += [f"delivered by {words.listing(delivering)}"] if delivering else []
    parts.append(_due(strand, narrator))
    repeats = narrator.tell(action, "repeats")
    return ", ".join([*parts, f"repeated: {repeats}"] if repeats else parts) + "."


def progress(strand: ActionStrand, narrator: Narrator) -> str:
    """How far it has come: its colour is in the action table, here it is words."""
    action = strand.action
    if action.completed_on:
        note = narrator.tell(action, "completed_note")
        for report in strand.progress:
            if report.note.strip() == action.completed_note.strip():
                narrator.tell(report, "note")  # the lead's last report is the note on completing, word for word
        return f"It was completed on {words.date_words(action.completed_on)}." + (f" {sentence(note)}" if note else "")
    late = rules.late_words(action, narrator.today)
    reported = NOT_SAID if action.delivery is Delivery.not_started else f"It is {action.delivery.in_sentence}"
    state = f"It is {late} overdue" if late else reported
    if not strand.progress:
        return f"{state}. No progress has been reported on it."
    latest = strand.progress[0]
    note = narrator.tell(latest, "note")
    reported = f"its lead last reported on {words.date_words(latest.dated_on)}"
    return f"{state}; {reported}" + (f": {sentence(note)}" if note else ".")


def milestone_sentences(strand: ActionStrand, narrator: Narrator) -> list[str]:
    """The steps of an action: those reached with their day, then those not reached with theirs."""
    if not narrator.may("milestone.text"):
        return []
    reached = [_milestone(step, narrator) for step in strand.milestones if step.completed_on]
    waiting = [_milestone(step, narrator) for step in strand.milestones if not step.completed_on]
    sentences = [f"Milestones reached: {'; '.join(reached)}."] if reached else []
    return [*sentences, f"Milestones not reached: {'; '.join(waiting)}."] if waiting else sentences


def _milestone(step: Milestone, narrator: Narrator) -> str:
    """Half the plans rewritten (30 September 2026, led by the Service Manager, monitored by the board)."""
    in_words = narrator.tell(step, "due_text")
    due = words.date_words(step.due_on) if step.due_on else ""
    lead, monitoring = narrator.tell(step, "lead_post_title"), narrator.tell(step, "monitoring")
    note = narrator.tell(step, "completed_note")
    more = [
        f"reached on {words.date_words(step.completed_on)}" if step.completed_on else "",
        f"due {due}" if due else "",
        _date_in_words(in_words, due),
        f"led by {the_post(lead)}" if lead else "",
        f"monitored by {the_post(monitoring)}" if monitoring else "",
        f"noted then: {quoted(note.rstrip('. '))}" if note else "",
    ]
    text = narrator.tell(step, "text").rstrip(". ")
    listed = ", ".join(part for part in more if part)
    return f"{text} ({listed})" if listed else text


def _date_in_words(in_words: str, due: str) -> str:
    """A date as the plan words it, where it says something else than the day it was read as."""
    if in_words in ("", due):
        return ""
    return f"in the plan: {quoted(in_words)}" if due else f"due {in_the_middle(in_words)}"


def measure_sentence(measure: Measure, narrator: Narrator) -> str:
    """Where a measure began, where it should go, and where it stood last."""
    name, given = narrator.tell(measure, "name"), narrator.tell(measure, "unit")
    unit = given if given in ("", "%") else f" {given}"
    steps = [
        f"{label} {value:g}{unit}"
        for label, value in (("began at", measure.baseline), ("should reach", measure.target))
        if value is not None
    ]
    if measure.latest is not None:
        day = f" on {words.date_words(measure.latest_on)}" if measure.latest_on else ""
        steps.append(f"stood at {measure.latest:g}{unit}{day}")
    else:
        steps.append("has not been measured since" if steps else f"has no figure yet{f' ({given})' if given else ''}")
    return f"Measure: {name} {words.listing(steps)}."


# --- plans, and actions that answer no area --------------------------------------------------------------------------


def plan_parts(register: Register, narrator: Narrator) -> tuple[Part, ...]:
    """Each plan the actions stand in: its period, owner, board and themes, and its own words for the colours."""
    return tuple(_plan_part(plan, register.themes, narrator) for plan in register.plans)


def _plan_part(plan: Plan, themes: Sequence[Theme], narrator: Narrator) -> Part:
    owner, board = narrator.tell(plan, "owner_post_title"), narrator.tell(plan, "board")
    who = f"owned by {the_post(owner)}" if owner else "no post is named as its owner"
    sentences = [
        f"Period: {period_words(plan)}; {who}; {f'board: {board}' if board else 'no board is recorded'}.",
        *([f"Themes: {'; '.join(listed)}."] if (listed := _themes(plan, themes, narrator)) else []),
    ]
    meanings = [
        f"{colour}: {meaning}" for colour in COLOURS if (meaning := narrator.tell(plan, f"brag_{colour}").rstrip(". "))
    ]
    if meanings:
        sentences.append(f"What the plan itself says that its colours mean: {'; '.join(meanings)}.")
    return Part(f"{reference(PLAN, plan.number)}: {narrator.tell(plan, 'title')}", tuple(sentences))


def _themes(plan: Plan, themes: Sequence[Theme], narrator: Narrator) -> list[str]:
    listed = []
    for theme in themes:
        if theme.plan_number == plan.number:
            owner = narrator.tell(theme, "owner_post_title")
            listed.append(narrator.tell(theme, "title") + (f" (led by {the_post(owner)})" if owner else ""))
    return listed


def loose_parts(register: Register, narrator: Narrator) -> tuple[Part, ...]:
    """The actions that answer no area, each told as an area's page would tell it."""
    return tuple(
        Part(reference(ACTION, strand.action.number), (" ".join(action_sentences(strand, register, narrator)),))
        for strand in register.loose_actions
    )
