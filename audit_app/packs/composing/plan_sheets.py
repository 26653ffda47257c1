"""Each improvement plan as a sheet: theme by theme its actions and milestones, by whom and by when. Pure.

The date stands as the plan prints it and as it was understood; delivery and impact stand side by side and never in one
word. What an action is meant to change is told as that, never as what it changed.
"""

from collections.abc import Iterable, Mapping, Sequence

from audit_app import words
from audit_app.improvement import colour_words, wording
from audit_app.improvement.colour_words import Colour
from audit_app.improvement.wording import period_words
from audit_app.packs.composing.extract import Register
from audit_app.packs.composing.measures import measure_sentence
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import quoted, sentence
from audit_app.packs.contents import DidLine
from audit_app.packs.parts.plans import PlannedPart, PlanPart, ReviewPart, RiskPart, StepPart, ThemePart
from findings import plan_shapes, plan_words, rules, worded_dates
from findings.references import ACTION, AREA, PLAN, reference
from findings.states import ActionStatus, Delivery, Impact, Standing
from findings.tables import Milestone, Plan, PlanReview, PlanRisk, Theme
from findings.thread_shapes import ActionStrand, Thread

COLOURS = ("blue", "green", "amber", "red", "grey")
NOT_SAID = "Nobody has said that it has started"
NO_THEME = "In no theme"
NO_PLAN = "Actions in no plan"
WordsOf = Mapping[Standing, Colour]


def standing(thread: Thread) -> list[ActionStrand]:
    """The actions that were not withdrawn."""
    return [strand for strand in thread.actions if strand.action.status is not ActionStatus.withdrawn]


def did_lines(thread: Thread, narrator: Narrator) -> tuple[DidLine, ...]:
    """Each action of an area in a line: what, who leads it, how far it has come; the sheet tells the rest."""
    return tuple(
        DidLine(
            reference(ACTION, strand.action.number),
            narrator.tell(strand.action, "what"),
            narrator.tell(strand.action, "lead_post_title") or "No lead",
            _state(strand, narrator),
        )
        for strand in thread.actions
    )


def _state(strand: ActionStrand, narrator: Narrator) -> str:
    """Verified on 6 November 2026; Due on 13 January 2027; 31 days overdue."""
    action = strand.action
    if action.status is ActionStatus.verified:
        return f"Verified on {words.date_words(action.verified_on)}"
    if action.status is ActionStatus.completed:
        return f"Completed on {words.date_words(action.completed_on)}, not yet verified"
    if action.status is ActionStatus.withdrawn:
        return "Withdrawn"
    if late := rules.late_words(action, narrator.today):
        return f"{late} overdue"
    due = _due(strand, narrator)
    return due[:1].upper() + due[1:]


# --- the sheet -------------------------------------------------------------------------------------------------------


def sheets(register: Register, words_of: WordsOf, narrator: Narrator) -> tuple[PlanPart, ...]:
    """Every plan that an action of the pack stands in, then the actions that stand in none."""
    made = [_sheet(plan, register, words_of, narrator) for plan in register.plans]
    planned = {plan.number for plan in register.plans}
    loose = [strand for strand in register.actions if strand.action.plan_number not in planned]
    if loose:
        theme = ThemePart("", actions=tuple(_planned(strand, register, words_of, narrator) for strand in loose))
        made.append(PlanPart("", NO_PLAN, themes=(theme,)))
    return tuple(made)


def _sheet(plan: Plan, register: Register, words_of: WordsOf, narrator: Narrator) -> PlanPart:
    strands = [strand for strand in register.actions if strand.action.plan_number == plan.number]
    themes = plan_shapes.at_two_levels(theme for theme in register.themes if theme.plan_number == plan.number)
    parts = [_theme(theme, _under(theme, strands), register, words_of, narrator) for theme in themes]
    known = {theme.id for theme in themes}
    bare = _in_their_places(strand for strand in strands if strand.action.theme_id not in known)
    if bare:
        title = NO_THEME if themes else ""
        parts.append(ThemePart(title, actions=tuple(_planned(strand, register, words_of, narrator) for strand in bare)))
    owner, board = narrator.tell(plan, "owner_post_title"), narrator.tell(plan, "board")
    period = period_words(plan)
    facts = (
        ("Owned by", owner or "No post is named"),
        ("Board", board or "No board is recorded"),
        ("Period", period[:1].upper() + period[1:]),
        ("What it is about", narrator.tell(plan, "description")),
        ("Monitored by", several(narrator.tell(plan, "monitoring"))),
    )
    own = tuple(
        (colour, meaning) for colour in COLOURS if (meaning := narrator.tell(plan, f"brag_{colour}").rstrip(". "))
    )
    return PlanPart(
        reference=reference(PLAN, plan.number),
        title=narrator.tell(plan, "title"),
        facts=tuple(fact for fact in facts if fact[1]),
        own_colours=own,
        themes=tuple(parts),
        risks=tuple(_risk(risk, themes, narrator) for risk in register.risks_of(plan)) if may_risk(narrator) else (),
        reviews=tuple(_review(review, narrator) for review in register.reviews_of(plan)),
        measures=tuple(measure_sentence(measure, narrator) for measure in register.measures_of(plan)),
    )


def may_risk(narrator: Narrator) -> bool:
    """Whether this audience is told what could stop a plan."""
    return narrator.may("action.risk")


def _risk(risk: PlanRisk, themes: Sequence[Theme], narrator: Narrator) -> RiskPart:
    theme = next((theme for theme in themes if theme.id == risk.theme_id), None)
    return RiskPart(
        narrator.tell(risk, "risk"),
        narrator.tell(risk, "before_controls"),
        narrator.tell(risk, "controls"),
        narrator.tell(risk, "after_controls"),
        narrator.tell(theme, "title") if theme else "",
    )


def _review(review: PlanReview, narrator: Narrator) -> ReviewPart:
    due, in_words = words.date_words(review.due_on) if review.due_on else "", narrator.tell(review, "due_text")
    when = " ".join(part for part in (due, _date_in_words(in_words, due)) if part) or "No date"
    note = narrator.tell(review, "held_note")
    held = f"Held on {words.date_words(review.held_on)}" if review.held_on else _not_held(review, narrator)
    return ReviewPart(narrator.tell(review, "what"), when, f"{held}: {sentence(note)}" if note else held)


def _not_held(review: PlanReview, narrator: Narrator) -> str:
    """As of a milestone: how long a review is overdue that nobody has held, by its day or the day its words mean."""
    passed = plan_shapes.review_passed(review, narrator.today)
    return f"Not held, {worded_dates.time_late(passed, narrator.today)} overdue" if passed else "Not yet held"


def several(text: str) -> str:
    """Several of a thing, kept one a line, in one line."""
    return "; ".join(plan_words.lines(text))


def _under(theme: Theme, strands: Sequence[ActionStrand]) -> list[ActionStrand]:
    return _in_their_places(strand for strand in strands if strand.action.theme_id == theme.id)


def _in_their_places(strands: Iterable[ActionStrand]) -> list[ActionStrand]:
    """In the order people gave the actions, as the plan's page has them."""
    by_number = {strand.action.number: strand for strand in strands}
    return [by_number[x.number] for x in plan_shapes.in_their_places(y.action for y in by_number.values())]


def _theme(
    theme: Theme, strands: Sequence[ActionStrand], register: Register, words_of: WordsOf, narrator: Narrator
) -> ThemePart:
    owner, printed = narrator.tell(theme, "owner_post_title"), narrator.tell(theme, "owner_printed")
    aims = plan_words.aims(narrator.tell(theme, "aims"))
    facts = (
        ("Led by", _beside(owner, printed)),
        ("What it is about", narrator.tell(theme, "description")),
        ("Aims", "; ".join(aim.text + (f" ({aim.provenance})" if aim.provenance else "") for aim in aims)),
        ("What staff said", several(narrator.tell(theme, "staff_said"))),
        ("Serves the priority", several(narrator.tell(theme, "corporate_priority"))),
        ("Monitored by", several(narrator.tell(theme, "monitoring"))),
    )
    above = next((other for other in register.themes if other.id == theme.parent_id), None)
    return ThemePart(
        title=_titled(theme, narrator),
        facts=tuple(fact for fact in facts if fact[1]),
        under=_titled(above, narrator) if above else "",
        actions=tuple(_planned(strand, register, words_of, narrator) for strand in strands),
        holds=tuple(filter(None, (narrator.tell(x, "title") for x in register.themes if x.parent_id == theme.id))),
    )


def _titled(theme: Theme, narrator: Narrator) -> str:
    """Theme 1: Help and protection; the title alone where the plan gives no label."""
    label, title = narrator.tell(theme, "label"), narrator.tell(theme, "title")
    return f"{label}: {title}" if label else title


def _beside(post: str, printed: str) -> str:
    """The post that answers, with collective leads as the plan prints them beside it."""
    return f"{post} (in the plan: {quoted(printed)})" if post and printed else post or printed


def _planned(strand: ActionStrand, register: Register, words_of: WordsOf, narrator: Narrator) -> PlannedPart:
    """One action with everything that is told of it; of one that was withdrawn only what it was, and why."""
    action = strand.action
    colour = words_of[strand.standing(narrator.today)]
    name, what = reference(ACTION, action.number), narrator.tell(action, "what")
    answers = tuple(reference(AREA, number) for number in strand.area_numbers)
    if action.status is ActionStatus.withdrawn:
        why = narrator.tell(action, "withdrawn_reason")
        reported = f"The reason: {sentence(why)}" if why else ""
        return PlannedPart(name, "", what, answers, "", (), "", (), colour.code, colour.in_words, reported, ())
    return PlannedPart(
        reference=name,
        label=narrator.tell(action, "local_label"),
        what=what,
        answers=answers,
        lead=led(strand, narrator),
        by=_by(strand, narrator),
        monitored=several(narrator.tell(action, "monitoring")),
        known_by=_known_by(strand, narrator),
        colour=colour.code,
        delivery=colour.in_words,
        reported=progress(strand, narrator),
        impact=_impact(strand, register),
        own_rating=colour_words.own_rating(action.own_colour, register.plan_of(strand)) if action.own_colour else "",
        steps=tuple(_step(step, narrator) for step in strand.milestones) if narrator.may("milestone.text") else (),
        more=_more(strand, narrator),
    )


def led(strand: ActionStrand, narrator: Narrator) -> str:
    """Head of Safeguarding, delivered by Team Manager East."""
    action = strand.action
    lead = _beside(narrator.tell(action, "lead_post_title"), narrator.tell(action, "lead_printed"))
    lead = lead or "No post is named as its lead"
    delivering = [title for row in strand.leads if (title := narrator.tell(row, "post_title"))]
    return lead + (f"; delivered by: {words.listing(delivering)}" if delivering else "")


def _by(strand: ActionStrand, narrator: Narrator) -> tuple[str, ...]:
    """The date as printed and as understood, how often it repeats, and each move of it with the reason."""
    due = _due(strand, narrator)
    due = due.removeprefix("due on ").removeprefix("due ")
    parts = [due[:1].upper() + due[1:]]
    repeats = narrator.tell(strand.action, "repeats")
    parts += [f"Repeated: {repeats}"] if repeats else []
    for change in strand.due_date_changes:
        old, new = words.short_date(change.old_on), words.short_date(change.new_on)
        why = narrator.tell(change, "why")
        parts.append(f"Moved from {old} to {new}" + (f": {sentence(why)}" if why else "."))
    return tuple(parts)


def _due(strand: ActionStrand, narrator: Narrator) -> str:
    """due on 31 March 2026 (in the plan: “end of Q4”), ongoing."""
    action, in_words = strand.action, narrator.tell(strand.action, "due_text")
    if action.due_on is None and action.due_text and not in_words:
        return "a date in words that is not told here"
    due = wording.due_phrase(action)
    if action.due_on is not None:
        due += "" if in_words in ("", words.date_words(action.due_on)) else f" (in the plan: {quoted(in_words)})"
        due += ", ongoing" if action.ongoing else ""
    return due


def _known_by(strand: ActionStrand, narrator: Narrator) -> tuple[str, ...]:
    """How anybody will know: the success measure, its figures with the distance to the target, and the test."""
    action = strand.action
    success, note = narrator.tell(action, "success_measure"), narrator.tell(action, "impact_test_note")
    test = action.impact_test
    tested = f"To be tested by {test.in_sentence}" if test else ("How it is to be tested" if note else "")
    parts = [sentence(success)] if success else []
    parts += [measure_sentence(measure, narrator) for measure in strand.measures]
    parts += [f"{tested}: {sentence(note)}" if note else f"{tested}."] if tested else []
    return tuple(parts)


def _impact(strand: ActionStrand, register: Register) -> tuple[str, ...]:
    """What was last judged at each area it answers; impact is judged there, not at the action."""
    threads = {thread.area.number: thread for thread in register.threads}
    parts = []
    for number in strand.area_numbers:
        latest = threads[number].latest_impact if number in threads else None
        name = reference(AREA, number)
        if number not in threads:
            parts.append(f"{name}: not in this pack")
        elif latest is None or latest.impact.rating is Impact.not_yet_known:
            parts.append(f"{name}: not yet judged")
        else:
            day = words.short_date(latest.impact.judged_on)
            parts.append(f"{name}: {latest.impact.rating.in_sentence}, judged on {day}")
    return tuple(parts) or ("It answers no area, so no impact is judged",)


def _more(strand: ActionStrand, narrator: Narrator) -> tuple[tuple[str, str], ...]:
    """What it is meant to change and from where, what could stop it and what is done about that: plans, no results."""
    action = strand.action
    as_at = narrator.tell(action, "starting_as_at")
    names = {
        "description": "What it is",
        "provenance": "Where the idea came from",
        "intended_impact": "Meant to change",
        "indication_of_impact": "How impact would show",
        "starting_position": f"Started from ({as_at})" if as_at else "Started from",
        "risk": "What could stop it",
        "risk_before": "How high that is before controls",
        "mitigation": "What is done about that",
        "risk_after": "How high it is then",
    }
    texts = [(name, narrator.tell(action, column)) for column, name in names.items()]
    return tuple((name, sentence(text)) for name, text in texts if text)


def _step(step: Milestone, narrator: Narrator) -> StepPart:
    in_words, due = narrator.tell(step, "due_text"), words.date_words(step.due_on) if step.due_on else ""
    by = " ".join(part for part in (due, _date_in_words(in_words, due)) if part) or "No date"
    if step.completed_on:
        state = f"Reached on {words.date_words(step.completed_on)}"
    else:
        day = rules.due_day(step)
        late = rules.date_passed(day, narrator.today)
        past = worded_dates.time_late(day, narrator.today) if late and day else ""
        state = f"Not reached, {past} overdue" if past else "Not yet reached"
    return StepPart(
        text=narrator.tell(step, "text").rstrip(". "),
        reached=step.completed_on is not None,
        state=state,
        lead=_beside(narrator.tell(step, "lead_post_title"), narrator.tell(step, "lead_printed")),
        by=by,
        monitored=several(narrator.tell(step, "monitoring")),
        note=narrator.tell(step, "completed_note"),
    )


def _date_in_words(in_words: str, due: str) -> str:
    """A date as the plan words it, where it says something else than the day it was read as."""
    if in_words in ("", due):
        return ""
    return f"(in the plan: {quoted(in_words)})" if due else in_words


# --- what its lead said --------------------------------------------------------------------------------


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
