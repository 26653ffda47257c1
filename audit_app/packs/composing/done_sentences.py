"""What was done, in sentences: each action, who leads it, by when, and how far it has come. Pure."""

from audit_app import words
from audit_app.improvement import wording
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence, the_post
from findings import rules
from findings.references import ACTION, reference
from findings.states import ActionStatus, Delivery
from findings.tables import Measure
from findings.thread_shapes import ActionStrand, Thread

NOT_SAID = "Nobody has said that it has started"


def standing(thread: Thread) -> list[ActionStrand]:
    """The actions that were not withdrawn."""
    return [strand for strand in thread.actions if strand.action.status is not ActionStatus.withdrawn]


def what_was_done(thread: Thread, narrator: Narrator) -> list[str]:
    """Each action: what, who leads it, by when, and how far it has come."""
    actions = [" ".join(action_sentences(strand, narrator)) for strand in thread.actions]
    return actions if standing(thread) else [*actions, "No action answers this yet."]


def action_sentences(strand: ActionStrand, narrator: Narrator) -> list[str]:
    """One action in sentences."""
    action = strand.action
    name = reference(ACTION, action.number)
    if action.status is ActionStatus.withdrawn:
        why = narrator.take("action.withdrawn_reason", action.withdrawn_reason)
        return [f"{name} was withdrawn: {sentence(action.what)}" + (f" The reason: {sentence(why)}" if why else "")]
    sentences = [f"{name}: {sentence(action.what)} {led(strand)} {progress(strand, narrator)}"]
    if action.success_measure:
        sentences.append(f"{name} will have worked when: {sentence(action.success_measure)}")
    sentences += [measure_sentence(measure) for measure in strand.measures]
    steps = [step for step in strand.milestones if step.completed_on]
    if steps and narrator.may("milestone.text"):
        completed = "; ".join(f"{step.text.rstrip('.')} ({words.date_words(step.completed_on)})" for step in steps)
        sentences.append(f"Milestones completed: {completed}.")
    else:
        narrator.leave_out("milestone.text", len(steps))
    for change in strand.due_date_changes:
        old, new = words.date_words(change.old_on), words.date_words(change.new_on)
        why = narrator.take("action.date_change", change.why)
        sentences.append(f"Its due date was moved from {old} to {new}" + (f": {sentence(why)}" if why else "."))
    return sentences


def led(strand: ActionStrand) -> str:
    """Led by the Head of Safeguarding, due on 31 March 2026."""
    action = strand.action
    who = f"Led by {the_post(action.lead_post_title)}" if action.lead_post_title else "No post is named as its lead"
    return f"{who}, {wording.due_phrase(action)}."


def progress(strand: ActionStrand, narrator: Narrator) -> str:
    """How far it has come: its colour is in the action table, here it is words."""
    action = strand.action
    if action.completed_on:
        note = narrator.take("action.completed_note", action.completed_note)
        return f"It was completed on {words.date_words(action.completed_on)}." + (f" {sentence(note)}" if note else "")
    late = rules.late_words(action, narrator.today)
    reported = NOT_SAID if action.delivery is Delivery.not_started else f"It is {action.delivery.in_sentence}"
    state = f"It is {late} overdue" if late else reported
    if not strand.progress:
        return f"{state}. No progress has been reported on it."
    latest = strand.progress[0]
    note = narrator.take("action.progress_note", latest.note)
    last = f"its lead last reported on {words.date_words(latest.dated_on)}"
    return f"{state}; {last}" + (f": {sentence(note)}" if note else ".")


def measure_sentence(measure: Measure) -> str:
    """Where a measure began, where it should go, and where it stood last."""
    unit = measure.unit if measure.unit in ("", "%") else f" {measure.unit}"
    steps = [
        f"{label} {value:g}{unit}"
        for label, value in (("began at", measure.baseline), ("should reach", measure.target))
        if value is not None
    ]
    if measure.latest is not None:
        day = f" on {words.date_words(measure.latest_on)}" if measure.latest_on else ""
        steps.append(f"stood at {measure.latest:g}{unit}{day}")
    else:
        steps.append("has not been measured since")
    return f"Measure: {measure.name} {words.listing(steps)}."
