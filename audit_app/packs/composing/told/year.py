"""A year of audits: how many by team and cohort, how good beside the year before, moderation, what was closed. Pure.

Audits drawn at random and audits that were chosen are never added, nor is a range given to what was chosen.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from audit_app import words
from audit_app.audits.wording import COHORTS
from audit_app.clock import london_day
from audit_app.packs.composing import small_numbers
from audit_app.packs.composing.answers import practice
from audit_app.packs.composing.extract import AuditRecord, Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.composing.thread_sentences import is_judged
from audit_app.packs.parts.told import Cell, ToldPart, ToldSection, ToldTable
from audit_app.packs.wording import NOT_A_PICTURE
from findings.references import AREA, FINDING, reference
from findings.states import AreaStatus, FindingKind
from findings.thread_shapes import FindingStrand, Thread
from frameworks import estimates

NO_AUDIT = "No agreed audit was submitted in this period."
NO_COHORT = "No group recorded"
NOT_TOLD = "c"
NEVER_ADDED = "Audits drawn at random and audits that were chosen are told apart and never added."
TEAMS_NOT_TOLD = "How many audits each team had is not told to this audience: a small team could be recognised."
NO_OVERALL_GRADE = "Audits that have no overall grade on this scale are in neither table"
NO_MODERATION = (
    "No audit of this period had a second, blind grade. Nothing can be said of how far two auditors would agree, and "
    "no agreed grade here rests on more than one reading."
)
NO_AGREEMENT = "The register holds no second grades beside the first, so no figure of agreement is given."
NOTHING_CLOSED = "No area for improvement was closed in this period."
NOBODY_JUDGED = "Nobody judged the impact at any area in this year."


# --- how many --------------------------------------------------------------------------------------------------------


def numbers(cut: Extract, narrator: Narrator) -> ToldSection:
    """Audits by team and by cohort, each way of choosing in a column of its own, with the year before beside it."""
    now, before = cut.audits.records, cut.audits.year_before
    title = "The year in numbers"
    if not now and not before:
        return ToldSection("year-in-numbers", title, (ToldPart(sentences=(narrator.say(NO_AUDIT),)),))
    first = ToldPart(sentences=(narrator.say(NEVER_ADDED), _before_words(cut)))
    parts = [
        first,
        *_by("cohort", lambda record: COHORTS.get(record.cohort, record.cohort) or NO_COHORT, cut, narrator),
    ]
    if narrator.may("audit.team"):
        parts += _by("team", lambda record: record.team, cut, narrator)
    else:
        narrator.leave_out("audit.team", len(now))
        parts.append(ToldPart(sentences=(TEAMS_NOT_TOLD,)))
    parts += _by("question set", lambda record: record.set_title, cut, narrator)
    return ToldSection("year-in-numbers", title, tuple(parts))


def _before_words(cut: Extract) -> str:
    period = cut.audits.before_period
    return f"The year before is {words.date_range(*period)}." if period else ""


def _by(what: str, of: Callable[[AuditRecord], str], cut: Extract, narrator: Narrator) -> list[ToldPart]:
    """One table: how many were drawn and how many chosen, now and before."""
    groups = [
        Counter(of(record) for record in records if record.at_random is at_random)
        for at_random in (True, False)
        for records in (cut.audits.records, cut.audits.year_before)
    ]
    names = sorted({name for group in groups for name in group})
    columns = [_column(group, names, narrator) for group in groups]
    rows = [(name, *(column[at] for column in columns)) for at, name in enumerate((*names, "All"))]
    heads = (what.capitalize(), "Drawn at random", "The year before", "Chosen", "The year before")
    table = ToldTable(f"Agreed audits by {what}", tuple(map(narrator.say, heads)), tuple(rows), (4, 1.6, 1.6, 1.2, 1.6))
    return [ToldPart(narrator.say(f"By {what}"), tables=(table,))]


def _column(group: Counter[str], names: Sequence[str], narrator: Narrator) -> list[str]:
    """The numbers of one column and their sum; where one is small and leaves the council, none of them is told."""
    counts = [group[name] for name in names]
    hides = not small_numbers.gives_nothing_away(counts, leaving=narrator.leaving)
    total = sum(counts)
    whole = NOT_TOLD if total and estimates.must_suppress(total, narrator.leaving) else f"{total:,}"
    return [*(NOT_TOLD if hides and count else f"{count:,}" for count in counts), whole]


# --- how good --------------------------------------------------------------------------------------------------------


def grades(cut: Extract, narrator: Narrator) -> ToldSection:
    """Overall grades by question set: drawn at random with range and change, then what was chosen as counts alone."""
    lines = practice.practice_lines(cut.audits, narrator)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (line.records, f"{line.reached} of {line.of}" + (f" ({line.share})" if line.share else ""), line.in_service,
         line.before, line.change)
        for line in lines
    )  # fmt: skip
    columns = ("Question set", practice.REACHED_WORDS, "In the service, likely", "The year before", "Has it changed?")
    notes = practice.practice_notes(cut.audits, lines, narrator)
    drawn = ToldPart(
        narrator.say("Audits drawn at random"),
        sentences=notes,
        tables=(
            ToldTable(
                narrator.say("Overall grades of audits drawn at random"), columns, rows, (1.9, 1.6, 2.6, 1.6, 2.4)
            ),
        )
        if rows
        else (),
        quiet=_without_overall_grade(cut, narrator),
    )
    return ToldSection("year-in-grades", "Grades, and the year before", (drawn, *_chosen(cut, narrator)))


def _without_overall_grade(cut: Extract, narrator: Narrator) -> tuple[str, ...]:
    """Which audits of the year are in neither table; for everybody nothing, as small numbers could be worked out."""
    graded = (*practice.REACHED, *practice.OTHER)
    others = [record for record in cut.audits.records if record.grade_code not in graded]
    if narrator.leaving or not others:
        return ()
    drawn = Counter(record.set_title for record in others if record.at_random)
    chosen = Counter(record.set_title for record in others if not record.at_random)
    each = [f"{title} ({drawn[title]} drawn at random; {chosen[title]} chosen)" for title in sorted({*drawn, *chosen})]
    return (narrator.say(f"{NO_OVERALL_GRADE}: {words.listing(each)}."),)


def _chosen(cut: Extract, narrator: Narrator) -> list[ToldPart]:
    """The overall grades of what was chosen: good for learning, and no picture of the service."""
    by_set: dict[str, Counter[str]] = {}
    for record in cut.audits.records:
        if not record.at_random and record.grade_code in (*practice.REACHED, *practice.OTHER):
            by_set.setdefault(record.set_title, Counter())[record.grade_code] += 1
    if not by_set:
        return []
    columns = ("Question set", "Outstanding", "Good", "Requires improvement", "Inadequate", "All")
    rows = []
    for title, counts in sorted(by_set.items()):
        given = [counts[code] for code in (*practice.REACHED, *practice.OTHER)]
        counts_told, total = small_numbers.hide_small(given, len(practice.REACHED), leaving=narrator.leaving)
        rows.append((title, *(NOT_TOLD if x is None else str(x) for x in (*counts_told, total))))
    caption = narrator.say("Overall grades of audits that were chosen")
    table = ToldTable(caption, columns, tuple(rows), (3, 1.2, 1, 1.8, 1.2, 1))
    why = (narrator.say(f"These audits were {NOT_A_PICTURE}, so no share and no range are made of them."),)
    return [ToldPart(narrator.say("Audits that were chosen"), sentences=why, tables=(table,))]


# --- moderation ------------------------------------------------------------------------------------------------------


def moderation(cut: Extract, narrator: Narrator) -> ToldSection:
    """How many agreed audits had a second grade; where there is none, that nothing can be said."""
    records, before = cut.audits.records, cut.audits.year_before
    second = sum(record.moderated for record in records)
    if not second:
        sentences = [narrator.say(NO_MODERATION if records else NO_AUDIT)]
    else:
        rest = len(records) - second
        exact = small_numbers.gives_nothing_away((second, rest), leaving=narrator.leaving)
        had = narrator.at_least(second, "audit", "audits", exact=exact)
        not_had = narrator.at_least(rest, "audit", "audits", exact=exact)
        sentences = [
            f"{had[:1].upper()}{had[1:]} had a second, blind grade before the grade was agreed; {not_had} had none.",
            NO_AGREEMENT,
        ]
    if before:
        earlier = sum(record.moderated for record in before)
        exact = small_numbers.gives_nothing_away((earlier, len(before) - earlier), leaving=narrator.leaving)
        number = narrator.at_least(earlier, "audit", "audits", exact=exact) if earlier else narrator.say("no audit")
        sentences.append(f"In the year before {number} had one.")
    return ToldSection("moderation", "Moderation", (ToldPart(sentences=tuple(sentences)),))


# --- what was closed -------------------------------------------------------------------------------------------------


def closed(cut: Extract, narrator: Narrator) -> ToldSection:
    """The areas closed in the year with what is different, and the findings that were closed with them."""
    first, last = cut.about.period_from, cut.about.period_to
    threads = [x for x in cut.register.threads if _closed_between(x, first, last)]
    period = cut.audits.before_period
    earlier = sum(_closed_between(x, *period) for x in cut.every_thread) if period else 0
    findings = {y.finding.number for x in threads for y in x.findings if y.stands and _asks(y)}
    raised = [y for y in _every_finding(cut) if first <= london_day(y.finding.raised_at) <= last]
    counted = (
        f"{words.count(len(raised), 'finding')} {words.agree(len(raised), 'was', 'were')} raised in the year that "
        f"{words.agree(len(raised), 'asks', 'ask')} for something. {words.count(len(threads), 'area for improvement')} "
        f"{words.agree(len(threads), 'was', 'were')} closed, and with {words.agree(len(threads), 'it', 'them')} "
        f"{words.count(len(findings), 'finding')}. In the year before {words.count(earlier, 'area')} "
        f"{words.agree(earlier, 'was', 'were')} closed."
    )
    rows = tuple(_closed_row(thread, narrator) for thread in threads)
    columns = ("Area for improvement", "Closed on", "Findings closed with it", "What is different for children")
    table = ToldTable("Areas closed in the year", columns, rows, (3, 1.3, 1.8, 3.8))
    parts = [ToldPart(sentences=(counted,) if rows else (counted, NOTHING_CLOSED), tables=(table,) if rows else ())]
    parts.append(ToldPart("Impact judged in the year", sentences=tuple(_judged(cut, narrator))))
    return ToldSection("closed-and-different", "What was closed, and what is different", tuple(parts))


def _closed_between(thread: Thread, first: object, last: object) -> bool:
    day = thread.area.closed_on
    return thread.area.status is AreaStatus.closed and day is not None and first <= day <= last  # type: ignore[operator]


def _asks(strand: FindingStrand) -> bool:
    return strand.finding.kind is not FindingKind.strength


def _every_finding(cut: Extract) -> list[FindingStrand]:
    """Every standing finding of the register that asks for something, each once."""
    register = cut.register
    strands = [strand for thread in register.threads for strand in thread.findings]
    strands += [*register.loose_findings, *(strand for asked in register.asked for strand in asked.findings)]
    by_number: Mapping[int, FindingStrand] = {strand.finding.number: strand for strand in strands}
    return [strand for strand in by_number.values() if strand.stands and _asks(strand)]


def _closed_row(thread: Thread, narrator: Narrator) -> tuple[Cell, ...]:
    numbers_of = [reference(FINDING, y.finding.number) for y in thread.findings if y.stands and _asks(y)]
    latest = thread.latest_impact
    different = "No judgement of what is different is recorded."
    if latest is not None and is_judged(latest):
        text = narrator.tell(latest.impact, "different_for_children")
        rating = f"{latest.impact.rating.title}, judged on {words.short_date(latest.impact.judged_on)}."
        different = f"{rating} {sentence(text)}" if text else rating
    name = f"{reference(AREA, thread.area.number)}: {narrator.tell(thread.area, 'heading')}"
    return name, words.short_date(thread.area.closed_on), words.listing(numbers_of) or "None", different


def _judged(cut: Extract, narrator: Narrator) -> list[str]:
    """How often impact was judged in the year, by what was seen, and how often nothing was."""
    first, last = cut.about.period_from, cut.about.period_to
    ratings = Counter(
        strand.impact.rating.in_sentence
        for thread in cut.register.threads
        for strand in thread.impacts
        if is_judged(strand) and first <= strand.impact.judged_on <= last
    )
    open_threads = [x for x in cut.register.threads if x.area.status is AreaStatus.open]
    bare = sum(not is_judged(thread.latest_impact) for thread in open_threads)
    parts = [f"{number} {rating}" for rating, number in ratings.items()]
    number = words.count(ratings.total(), "judgement")
    judged = f"{number} of impact: {words.listing(parts)}." if parts else NOBODY_JUDGED
    have = words.agree(bare or 1, "has", "have")
    return [judged, f"Of {words.count(len(open_threads), 'open area')} {bare or 'none'} {have} never been judged."]
