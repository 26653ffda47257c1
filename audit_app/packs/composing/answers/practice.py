"""How good practice is by the overall grades of records drawn at random, now and in the period before. Pure.

One line for each kind of record, by the question set it was read by. The overall grade is the auditor's own of the
record; grades of domains are never averaged into one. Records that were chosen are in no line.
"""

from collections import Counter
from collections.abc import Sequence

from audit_app import words
from audit_app.packs.composing import small_numbers
from audit_app.packs.composing.extract import Audits, OverallGrade
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.parts.answers import PracticeLine
from frameworks import comparisons, estimates

# Of scales with other grades nothing is said here: none of theirs is called good.
REACHED = ("outstanding", "good")
OTHER = ("requires_improvement", "inadequate")
REACHED_WORDS = "Good or better"
FEW = "Too few to say anything of the whole service"
NOBODY_BEFORE = "No record was drawn at random then"
FEW_TO_COMPARE = "Too few to compare"
NO_CHANGE = "Cannot be said to have changed"
MORE, FEWER = "More than before, beyond what chance would give", "Fewer than before, beyond what chance would give"
NO_RANDOM = "No agreed audit of the period was drawn at random, so nothing is said here of the whole service."
NOT_TOLD = "How records drawn at random were graded is not told by kind of record: some of the numbers are below five."


def practice_lines(audits: Audits, narrator: Narrator) -> tuple[PracticeLine, ...]:
    """Each kind of record drawn at random, by its question set, the most read first."""
    now = _by_set([OverallGrade(record.set_title, record.grade_code) for record in audits.records if record.at_random])
    before = _by_set(audits.before)
    if not _may_be_told(now, narrator):
        return ()
    lines = [_line(title, now[title], before.get(title, Counter()), narrator) for title in now]
    kept = sorted((line for line in lines if line is not None), key=lambda line: (-line.of, line.records))
    return tuple(kept)


def practice_notes(audits: Audits, lines: Sequence[PracticeLine], narrator: Narrator) -> tuple[str, ...]:
    """Why there is no line, or what the columns mean; nothing is said of records that were chosen."""
    drawn = [record for record in audits.records if record.at_random]
    if not drawn:
        return (narrator.say(NO_RANDOM),)
    if not lines:
        return (narrator.say(NOT_TOLD),) if narrator.leaving else ()
    if audits.before_period is None:
        return ()
    period = words.date_range(*audits.before_period)
    return (f"Drawn at random only. The period before: {period}.",)


def _by_set(grades: Sequence[OverallGrade]) -> dict[str, Counter[str]]:
    by_set: dict[str, Counter[str]] = {}
    for grade in grades:
        if grade.code in (*REACHED, *OTHER):
            by_set.setdefault(grade.set_title, Counter())[grade.code] += 1
    return by_set


def _may_be_told(now: dict[str, Counter[str]], narrator: Narrator) -> bool:
    """Whether no kind is so small that the others and their sum would give it away."""
    return small_numbers.gives_nothing_away((grades.total() for grades in now.values()), leaving=narrator.leaving)


def _counts(grades: Counter[str]) -> list[int]:
    return [grades[code] for code in (*REACHED, *OTHER)]


def _line(title: str, now: Counter[str], before: Counter[str], narrator: Narrator) -> PracticeLine | None:
    """One kind of record; None where its share may not leave the council."""
    share = small_numbers.share(_counts(now), len(REACHED), leaving=narrator.leaving)
    if share is None:
        return None
    reached, of = share
    enough = estimates.may_show_percentage(of)
    was = small_numbers.share(_counts(before), len(REACHED), leaving=narrator.leaving) if before.total() else None
    return PracticeLine(
        records=title,
        reached=reached,
        of=of,
        share=words.percent(reached, of) if enough else "",
        in_service=(estimates.in_words(reached, of) or "") if enough else FEW,
        before=_before(was, before),
        change=_change((reached, of), was),
    )


def _before(was: tuple[int, int] | None, before: Counter[str]) -> str:
    if not before.total():
        return NOBODY_BEFORE
    if was is None:
        return "Not told: below five"
    return f"{was[0]} of {was[1]}" + (f" ({words.percent(*was)})" if estimates.may_show_percentage(was[1]) else "")


def _change(now: tuple[int, int], was: tuple[int, int] | None) -> str:
    """In words whether the share can be said to have changed: only where both samples are ten or more."""
    if was is None or not (estimates.may_show_percentage(now[1]) and estimates.may_show_percentage(was[1])):
        return FEW_TO_COMPARE
    between = comparisons.difference(*now, *was)
    if between is None or between.low <= 0 <= between.high:
        return NO_CHANGE
    return MORE if between.low > 0 else FEWER
