"""One thread in sentences: what was found, what was done, how it was checked, what is different. Pure.

Where the register holds nothing the sentence says so: a pack that is silent about a gap is worse than the gap.
"""

from audit_app import words
from audit_app.packs import wording
from audit_app.packs.composing import small_numbers
from audit_app.packs.composing.done_sentences import done, measure_sentence, standing
from audit_app.packs.composing.found_sentences import evidence_sentences, found
from audit_app.packs.composing.telling import Telling, sentence, the_post
from audit_app.packs.contents import Part
from findings import rules
from findings.references import ACTION, reference
from findings.states import ActionStatus, AreaStatus, Impact
from findings.tables import Action, AreaForImprovement
from findings.thread_shapes import ImpactStrand, Thread

QUESTIONS = (
    "What was found",
    "What we did",
    "How we checked",
    "What is different for children",
    "What is not yet good enough",
    "Who verified it",
    "What is next",
)
NOBODY_CHECKED = "Nobody has yet checked whether this made a difference."


def tell(thread: Thread, telling: Telling) -> tuple[Part, ...]:
    """The seven questions of an area for improvement, each answered in sentences."""
    answers = (
        found(thread, telling),
        done(thread, telling),
        checked(thread, telling),
        different(thread, telling),
        not_yet(thread, telling),
        verified(thread, telling),
        following(thread, telling),
    )
    return tuple(Part(question, tuple(answer)) for question, answer in zip(QUESTIONS, answers, strict=True))


def checked(thread: Thread, telling: Telling) -> list[str]:
    """Each judgement of impact: how many, by which method, by whom, and the evidence; or that there is none."""
    said: list[str] = []
    for strand in thread.impacts:
        if strand.impact.rating is Impact.not_yet_known and not strand.impact.method:
            continue
        said += test_sentences(strand, telling)
    if not said and not standing(thread):
        said.append("There is nothing to check yet, because no action answers this.")
    elif not said:
        said.append(NOBODY_CHECKED)
        tests = sorted({wording.TESTS[x.action.impact_test] for x in standing(thread) if x.action.impact_test})
        if tests:
            said.append(f"The plan says it will be tested by {words.listing(tests)}.")
        else:
            said.append("The plan does not say how it will be tested.")
    return [*said, *(measure_sentence(measure) for measure in thread.measures)]


def test_sentences(strand: ImpactStrand, telling: Telling) -> list[str]:
    """One test: its day, method, number and who carried it out."""
    impact, show = strand.impact, telling.show
    day = words.date_words(impact.judged_on)
    if impact.method is None:
        how = f"On {day} a judgement was made; the register does not say by which test"
    else:
        how = f"Tested by {wording.TESTS[impact.method]} and judged on {day}"
    if impact.sample_size is None:
        number = "how many were looked at is not recorded"
    else:
        one, many = wording.SAMPLE_NOUNS[impact.method] if impact.method else ("record", "records")
        number = small_numbers.at_least(impact.sample_size, one, many, leaving=show.leaving) + " looked at"
    who = show.take("impact.tested_by", impact.tested_by)
    by = f"carried out by: {who}" if who else ("" if impact.tested_by else "who carried it out is not recorded")
    said = [f"{'; '.join(part for part in (how, number, by) if part)}."]
    evidence = evidence_sentences(strand.sources, telling)
    return [*said, *(evidence or ["No evidence is attached to this judgement."])]


# --- what is different, what is not ----------------------------------------------------------------------------------


def different(thread: Thread, telling: Telling) -> list[str]:
    """The latest judgement and its words; else what the area itself says, and that it is untested."""
    latest = thread.latest_impact
    if latest is not None and latest.impact.rating is not Impact.not_yet_known:
        impact = latest.impact
        text = impact.different_for_children or thread.area.different_for_children
        day = words.date_words(impact.judged_on)
        said = [f"Judged on {day}: {wording.IMPACTS[impact.rating]} for children."]
        if text:
            return [*said, sentence(text)]
        same = impact.rating is Impact.no_difference
        return said if same else [*said, "What exactly is different has not been written down."]
    untested = "Nobody has yet judged what is different for children."
    own = thread.area.different_for_children
    return [untested, f"Those who own this area say, untested: {sentence(own)}"] if own else [untested]


def not_yet(thread: Thread, telling: Telling) -> list[str]:
    """What is said to fall short still, and what the dates show."""
    said = [sentence(text) for text in fallen_short(thread)]
    for strand in standing(thread):
        late = rules.days_overdue(strand.action, telling.today)
        if late:
            said.append(f"{reference(ACTION, strand.action.number)} is {words.count(late, 'day')} overdue.")
    if said:
        return said
    if thread.area.status is AreaStatus.closed:
        return ["Nothing was recorded as not yet good enough when this area was closed."]
    return ["Nobody has written down what is not yet good enough. That does not mean that nothing is."]


def fallen_short(thread: Thread) -> list[str]:
    """What the latest judgement and the area itself say is not yet good enough."""
    latest = thread.latest_impact
    told = [latest.impact.not_yet_good_enough] if latest else []
    return [text for text in dict.fromkeys([*told, thread.area.not_yet_good_enough]) if text.strip()]


# --- who verified it, what is next -----------------------------------------------------------------------------------


def verified(thread: Thread, telling: Telling) -> list[str]:
    """Who verified each finished action and judged the impact: posts, never names."""
    said = []
    for strand in standing(thread):
        action = strand.action
        name = reference(ACTION, action.number)
        if action.status is ActionStatus.verified:
            who = the_post(action.verified_by_post_title)
            note = telling.show.take("action.verified_note", action.verified_note)
            day = words.date_words(action.verified_on)
            said.append(
                f"{name} was verified on {day} by {who}, outside its line." + (f" {sentence(note)}" if note else "")
            )
        elif action.status is ActionStatus.completed:
            said.append(f"{name} is reported as done, but nobody outside its line has verified it yet.")
    if not said:
        said.append("No action here is finished, so there is nothing to verify yet.")
    latest = thread.latest_impact
    if latest is not None:
        who = the_post(latest.impact.judged_by_post_title)
        said.append(f"The impact was judged on {words.date_words(latest.impact.judged_on)} by {who}.")
    return said


def following(thread: Thread, telling: Telling) -> list[str]:
    """The next steps somebody wrote down, and the open actions with their dates."""
    latest, area = thread.latest_impact, thread.area
    said = [sentence(latest.impact.next_steps)] if latest and latest.impact.next_steps.strip() else []
    if area.status is AreaStatus.closed:
        said.append(_closed(area, telling))
    for strand in standing(thread):
        if strand.action.status is ActionStatus.open:
            said.append(f"{reference(ACTION, strand.action.number)} {open_words(strand.action, telling)}.")
    if thread.latest_impact is None and standing(thread):
        said.append("The impact is still to be judged.")
    return said or ["No next step has been written down."]


def open_words(action: Action, telling: Telling) -> str:
    """is due on 12 October 2026; was due then and is still open; is open without a date."""
    if action.due_on is None:
        return "is ongoing" if action.ongoing else "is open and has no due date"
    day = words.date_words(action.due_on)
    return f"was due on {day} and is still open" if rules.overdue(action, telling.today) else f"is due on {day}"


def _closed(area: AreaForImprovement, telling: Telling) -> str:
    note = telling.show.take("area.closed_note", area.closed_note)
    return f"This area was closed on {words.date_words(area.closed_on)}." + (f" {sentence(note)}" if note else "")
