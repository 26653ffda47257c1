"""What the audits of a period say of each judgement area: counted grades and what follows from them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from audit_app import words
from audit_app.audits.wording import HOW_CHOSEN
from audit_app.packs import wording
from audit_app.packs.composing import small_numbers
from audit_app.packs.composing.extract import AuditRecord
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.contents import GradeRow, GradeTable, IntervalRow
from frameworks import estimates
from frameworks.crosswalk import AreaReference

REACHED = "good"
NO_AUDIT = "No agreed audit of the period speaks to this area."
Scale = tuple[tuple[str, str], ...]  # code and name of each grade


def says(records: Sequence[AuditRecord], narrator: Narrator) -> tuple[str, ...]:
    """How many audits speak to an area and how they were chosen."""
    if not records:
        return (narrator.say(NO_AUDIT),)
    leaving = narrator.leaving
    drawn = [record for record in records if record.at_random]
    chosen = [record for record in records if not record.at_random]
    sentences = []
    if drawn:
        sentences.append(f"{_counted(len(drawn), narrator)} {_were(len(drawn), leaving)} drawn at random.")
    if chosen:
        were = _were(len(chosen), leaving)
        sentences.append(f"{_counted(len(chosen), narrator)} {were} {wording.NOT_A_PICTURE}.")
        if not leaving:
            sentences.append(f"Of these, {_ways(chosen)}.")
    return tuple(sentences)


def _counted(number: int, narrator: Narrator) -> str:
    audits = narrator.at_least(number, "audit", "audits")
    return audits[:1].upper() + audits[1:]


def _were(number: int, leaving: bool) -> str:
    return "was" if number == 1 and not leaving else "were"


def _ways(records: Iterable[AuditRecord]) -> str:
    ways: Counter[str] = Counter()
    for record in records:
        again = record.is_re_audit
        ways["read again to see whether practice had changed" if again else HOW_CHOSEN[record.how_chosen]] += 1
    parts = [f"{number} {words.agree(number, 'was')} {way[:1].lower()}{way[1:]}" for way, number in ways.items()]
    return words.listing(parts)


def tables(area: AreaReference, records: Sequence[AuditRecord], narrator: Narrator) -> tuple[GradeTable, ...]:
    """The grades of an area: audits drawn at random and audits chosen are never added together."""
    made = []
    for at_random in (True, False):
        group = [record for record in records if record.at_random is at_random]
        if group and not estimates.must_suppress(len(group), narrator.leaving):
            audits = words.count(len(group), narrator.say("audit"), narrator.say("audits"))
            made += [
                _table(scale, counted, audits=audits, at_random=at_random, leaving=narrator.leaving)
                for scale, counted in _counted_by_scale(area, group).items()
            ]
    return tuple(made)


def _counted_by_scale(area: AreaReference, records: Iterable[AuditRecord]) -> Mapping[Scale, dict[str, Counter[str]]]:
    """How often each grade was given, domain by domain; grades of different scales are never added together."""
    by_scale: dict[Scale, dict[str, Counter[str]]] = {}
    for record in records:
        for graded in record.graded.get(area, ()):
            if graded.code:
                by_scale.setdefault(graded.scale, defaultdict(Counter))[graded.domain][graded.code] += 1
    return by_scale


def _table(
    scale: Scale, counted: Mapping[str, Counter[str]], *, audits: str, at_random: bool, leaving: bool
) -> GradeTable:
    best_first = scale[::-1]
    counts = {domain: [grades[code] for code, _ in best_first] for domain, grades in counted.items()}
    rows = [GradeRow(domain, *small_numbers.hide_small(row, leaving=leaving)) for domain, row in counts.items()]
    how = "drawn at random" if at_random else "chosen, not selected at random"
    intervals = _intervals(best_first, counts, leaving) if at_random else ()
    return GradeTable(
        title=f"Grades given in {audits} {how}",
        grades=tuple(name for _, name in best_first),
        rows=tuple(rows),
        alt=f"Bars of grades: {words.count(len(rows), 'domain')}, {audits} {how}. The figures are in the table below.",
        before=_before(rows, at_random, bool(intervals)),
        reached_words=_reached_words(best_first),
        intervals=intervals,
    )


def _reached(best_first: Scale) -> int:
    """How many grades, from the best down, count as good or better; 0 on a scale that has no such grade."""
    codes = [code for code, _ in best_first]
    return codes.index(REACHED) + 1 if REACHED in codes else 0


def _reached_words(best_first: Scale) -> str:
    place = _reached(best_first)
    return f"{best_first[place - 1][1]} or better" if place else ""


def _intervals(best_first: Scale, counts: Mapping[str, Sequence[int]], leaving: bool) -> tuple[IntervalRow, ...]:
    """What a random sample of ten or more says of the service; a share too small to tell says nothing."""
    place = _reached(best_first)
    rows = []
    for domain, row in counts.items():
        share = small_numbers.share(row, place, leaving=leaving) if place else None
        if share is None or not estimates.may_show_percentage(share[1]):
            continue
        rows.append(IntervalRow(domain, *share, words.percent(*share), estimates.in_words(*share) or ""))
    return tuple(rows)


def _before(rows: Sequence[GradeRow], at_random: bool, has_intervals: bool) -> tuple[str, ...]:
    sentences = []
    if any(not row.whole for row in rows):
        sentences.append("Small numbers are hidden and shown as “c”, so no chart is drawn.")
    if at_random and not has_intervals:
        sentences.append("Too few were read, or too much is hidden, to say how it is in the service as a whole.")
    return tuple(sentences)
