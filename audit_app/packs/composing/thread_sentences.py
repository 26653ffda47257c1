"""One thread in sentences: what was found, what was done, how it was checked, what is different. Pure.

Where the register holds nothing the sentence says so: a pack that is silent about a gap is worse than the gap.
"""

from collections.abc import Sequence

from audit_app import words
from audit_app.improvement import wording as improvement_wording
from audit_app.packs import wording
from audit_app.packs.composing.found_sentences import evidence_sentences, what_was_found
from audit_app.packs.composing.measures import measure_sentence
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence, the_post
from audit_app.packs.composing.plan_sheets import standing
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
NO_ACTION = "No action answers this yet."
NOBODY_CHECKED = "Nobody has yet checked whether this made a difference."
NOBODY_JUDGED = "Nobody has yet judged what is different for children."
NOTHING_TO_CHECK = "There is nothing to check yet, because no action answers this."
NOTHING_SHORT = "Nobody has written down what is not yet good enough. That does not mean that nothing is."
NOTHING_DONE = "No action here is finished, so there is nothing to verify yet."
NO_NEXT_STEP = "No next step has been written down."
STILL_TO_JUDGE = "The impact is still to be judged."
# What may stand beside a sentence of NOT_ANSWERED and answers nothing itself.
MEANT = "This area is meant to change: "
TO_BE_TESTED, UNTESTED = "The plan says it will be tested by ", "The plan does not say how it will be tested."
NOT_ANSWERED = (NO_ACTION, NOBODY_CHECKED, NOTHING_TO_CHECK, NOBODY_JUDGED, NOTHING_SHORT, NOTHING_DONE, NO_NEXT_STEP)
NO_WORDS = "No words about what is different were recorded with that judgement."


def tell(thread: Thread, narrator: Narrator) -> tuple[Part, ...]:
    """The seven questions of an area for improvement, each answered in sentences."""
    answers = (
        what_was_found(thread, narrator),
        what_was_done(thread),
        how_we_checked(thread, narrator),
        what_is_different(thread, narrator),
        what_falls_short(thread, narrator),
        who_verified(thread, narrator),
        what_is_next(thread, narrator),
    )
    return tuple(Part(question, tuple(answer)) for question, answer in zip(QUESTIONS, answers, strict=True))


def what_was_done(thread: Thread) -> list[str]:
    """That nothing answers it; what does, stands beside this in a table of its own, and in full on the plan sheet."""
    return [] if standing(thread) else [NO_ACTION]


def how_we_checked(thread: Thread, narrator: Narrator) -> list[str]:
    """Each judgement of impact: how many, by which method, by whom, and the evidence; or that there is none."""
    sentences: list[str] = []
    for strand in thread.impacts:
        if not (is_judged(strand) or strand.impact.method or strand.impact.tested_by or strand.sources):
            continue
        sentences += judgement_sentences(strand, narrator)
    if not sentences and not standing(thread):
        sentences.append(NOTHING_TO_CHECK)
    elif not sentences:
        sentences.append(NOBODY_CHECKED)
        tests = sorted({test.in_sentence for strand in standing(thread) if (test := strand.action.impact_test)})
        if tests:
            sentences.append(f"{TO_BE_TESTED}{words.listing(tests)}.")
        else:
            sentences.append(UNTESTED)
    return [*sentences, *(measure_sentence(measure, narrator) for measure in thread.measures)]


def judgement_sentences(strand: ImpactStrand, narrator: Narrator) -> list[str]:
    """One test: its day, method, number and who carried it out."""
    impact = strand.impact
    day = words.date_words(impact.judged_on)
    if impact.method is None:
        how = f"On {day} a judgement was made; the register does not say by which test"
    else:
        how = f"Tested by {impact.method.in_sentence} and judged on {day}"
        how += "" if is_judged(strand) else ": not yet known"
    if impact.sample_size is None:
        number = "how many were looked at is not recorded"
    else:
        noun, nouns = wording.SAMPLE_NOUNS[impact.method] if impact.method else ("record", "records")
        number = f"{narrator.at_least(impact.sample_size, noun, nouns)} looked at"
    who = narrator.tell(impact, "tested_by")
    by = f"carried out by: {who}" if who else ("" if impact.tested_by else "who carried it out is not recorded")
    sentences = [f"{'; '.join(part for part in (how, number, by) if part)}."]
    evidence = evidence_sentences(strand.sources, narrator)
    return [*sentences, *(evidence or ["No evidence is named for this judgement."])]


# --- what is different, what is not ----------------------------------------------------------------------------------


def is_judged(strand: ImpactStrand | None) -> bool:
    """Whether somebody judged the difference: one who noted that it is not yet known has not."""
    return strand is not None and strand.impact.rating is not Impact.not_yet_known


def what_is_different(thread: Thread, narrator: Narrator) -> list[str]:
    """Each judgement in its own words, the latest first; then, apart, what the area is meant to change.

    A hope never stands in for a judgement: where a judgement has no words, the sentence says that it has none.
    """
    judged = [strand for strand in thread.impacts if is_judged(strand)]
    sentences: list[str] = []
    for strand in judged:
        impact = strand.impact
        day, text = words.date_words(impact.judged_on), narrator.tell(impact, "different_for_children")
        begins = "Judged" if strand is judged[0] else "Before that, judged"
        sentences.append(f"{begins} on {day}: {impact.rating.in_sentence} for children.")
        sentences += [sentence(text)] if text else [] if impact.rating is Impact.no_difference else [NO_WORDS]
    for strand in thread.impacts:
        text = "" if is_judged(strand) else narrator.tell(strand.impact, "different_for_children")
        if text:
            day = words.date_words(strand.impact.judged_on)
            sentences.append(f"Noted on {day}, when the difference was not yet known: {sentence(text)}")
    hope = narrator.tell(thread.area, "different_for_children")
    meant = [f"{MEANT}{sentence(hope)}"] if hope else []
    return [*(sentences if judged else [NOBODY_JUDGED, *sentences]), *meant]


def what_falls_short(thread: Thread, narrator: Narrator) -> list[str]:
    """What is said to fall short still, what earlier judgements said of it, and which dates have passed."""
    sentences = [sentence(text) for text in fallen_short(thread, narrator)]
    for strand in thread.impacts[1:]:
        text = narrator.tell(strand.impact, "not_yet_good_enough")
        if text:
            sentences.append(f"On {words.date_words(strand.impact.judged_on)} it was said: {sentence(text)}")
    for action in standing(thread):
        if late := rules.late_words(action.action, narrator.today):
            sentences.append(f"{reference(ACTION, action.action.number)} is {late} overdue.")
    if sentences:
        return sentences
    if thread.area.status is AreaStatus.closed:
        return ["Nothing was recorded as not yet good enough when this area was closed."]
    return [NOTHING_SHORT]


def fallen_short(thread: Thread, narrator: Narrator) -> list[str]:
    """What the latest judgement and the area itself say is not yet good enough."""
    latest = thread.latest_impact
    judged = [narrator.tell(latest.impact, "not_yet_good_enough")] if latest else []
    own = narrator.tell(thread.area, "not_yet_good_enough")
    return [text for text in dict.fromkeys([*judged, own]) if text]


def answers_nothing(sentences: Sequence[str]) -> bool:
    """Whether what stands under a question says that nobody can answer it yet, and nothing that answers part of it."""
    open_yet = (*NOT_ANSWERED, STILL_TO_JUDGE)
    return bool(sentences) and all(
        text in open_yet or text.startswith((MEANT, TO_BE_TESTED, UNTESTED)) for text in sentences
    )


# --- who verified it, what is next -----------------------------------------------------------------------------------


def who_verified(thread: Thread, narrator: Narrator) -> list[str]:
    """Who verified each finished action and judged the impact: posts, never names."""
    sentences = []
    for strand in standing(thread):
        action = strand.action
        name = reference(ACTION, action.number)
        if action.status is ActionStatus.verified:
            who = the_post(narrator.tell(action, "verified_by_post_title"))
            note = narrator.tell(action, "verified_note")
            day = words.date_words(action.verified_on)
            sentences.append(
                f"{name} was verified on {day} by {who}, outside its line." + (f" {sentence(note)}" if note else "")
            )
        elif action.status is ActionStatus.completed:
            sentences.append(f"{name} is reported as done, but nobody outside its line has verified it yet.")
    if not sentences:
        sentences.append(NOTHING_DONE)
    for judgement in thread.impacts:
        by = the_post(narrator.tell(judgement.impact, "judged_by_post_title"))
        judged = "The impact was judged" if is_judged(judgement) else "That the impact is not yet known was noted"
        sentences.append(f"{judged} on {words.date_words(judgement.impact.judged_on)} by {by}.")
    return sentences


def what_is_next(thread: Thread, narrator: Narrator) -> list[str]:
    """The next steps somebody wrote down, and the open actions with their dates."""
    area = thread.area
    sentences = []
    for strand in thread.impacts:
        text, day = narrator.tell(strand.impact, "next_steps"), words.date_words(strand.impact.judged_on)
        if text:
            latest = strand is thread.latest_impact
            sentences.append(sentence(text) if latest else f"On {day} it was to be: {sentence(text)}")
    if area.status is AreaStatus.closed:
        sentences.append(_closed(area, narrator))
    for action in standing(thread):
        if action.action.status is ActionStatus.open:
            sentences.append(f"{reference(ACTION, action.action.number)} {open_words(action.action, narrator)}.")
    if not is_judged(thread.latest_impact) and standing(thread):
        sentences.append(STILL_TO_JUDGE)
    return sentences or [NO_NEXT_STEP]


def open_words(action: Action, narrator: Narrator) -> str:
    """is due on 12 October 2026; was due then and is still open; is open without a date."""
    return improvement_wording.open_phrase(action, narrator.today)


def _closed(area: AreaForImprovement, narrator: Narrator) -> str:
    note = narrator.tell(area, "closed_note")
    return f"This area was closed on {words.date_words(area.closed_on)}." + (f" {sentence(note)}" if note else "")
