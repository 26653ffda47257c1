"""What the audits of a period say of each judgement area: counted grades and what follows from them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from audit_app import words
from audit_app.library.terms.own_words import NONE, OwnWords
from audit_app.packs import wording
from audit_app.packs.composing import small_numbers
from audit_app.packs.contents import GradeRow, GradeTable, IntervalRow
from frameworks import estimates
from frameworks.crosswalk import AreaReference

REACHED = "good"
NO_AUDIT = "No agreed audit of the period speaks to this area."


@dataclass(frozen=True)
class Graded:
    """One domain grade of one audit, with the scale it was given on (worst first, code and name)."""

    domain: str
    code: str
    scale: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AuditRecord:
    """One agreed audit of the period as the pack reads it: its last submitted version and its own actions."""

    reference: str
    case_reference: str
    edition_id: str
    set_id: str
    set_title: str
    audit_type: str
    how_chosen: str
    is_re_audit: bool
    team: str
    practitioner_code: str
    manager_code: str
    characteristics: tuple[str, str, str]
    submitted_at: datetime
    window: tuple[date, date]
    minutes: int | None
    moderated: bool
    grade: str
    grade_code: str
    document: Mapping[str, Any]
    graded: Mapping[AreaReference, tuple[Graded, ...]]
    actions: Sequence[Any] = field(default=())
    crossed: bool = False  # whether the crosswalk led any of its domains to the pack's framework

    @property
    def at_random(self) -> bool:
        """Whether it may speak for the service: a record read again because it was read before was not drawn."""
        return self.how_chosen == "random" and not self.is_re_audit


def areas_with_audits(records: Iterable[AuditRecord]) -> list[AreaReference]:
    """The judgement areas some audit speaks to, in order of edition and then as first met."""
    met: dict[AreaReference, None] = {}
    for record in records:
        met.update(dict.fromkeys(record.graded))
    return sorted(met, key=lambda area: area.edition_id)


def says(records: Sequence[AuditRecord], *, leaving: bool, own: OwnWords = NONE) -> tuple[str, ...]:
    """How many audits speak to an area and how they were chosen."""
    if not records:
        return (own.say(NO_AUDIT),)
    drawn = [record for record in records if record.at_random]
    chosen = [record for record in records if not record.at_random]
    said = []
    if drawn:
        said.append(f"{_counted(len(drawn), leaving, own)} {_were(len(drawn), leaving)} drawn at random.")
    if chosen:
        were = _were(len(chosen), leaving)
        said.append(f"{_counted(len(chosen), leaving, own)} {were} {wording.NOT_A_PICTURE}.")
        if not leaving:
            said.append(f"Of these, {_ways(chosen)}.")
    return tuple(said)


def _counted(number: int, leaving: bool, own: OwnWords) -> str:
    told = small_numbers.at_least(number, own.say("audit"), own.say("audits"), leaving=leaving)
    return told[:1].upper() + told[1:]


def _were(number: int, leaving: bool) -> str:
    return "was" if number == 1 and not leaving else "were"


def _ways(records: Iterable[AuditRecord]) -> str:
    ways: Counter[str] = Counter()
    for record in records:
        again = record.is_re_audit
        ways["read again to see whether practice had changed" if again else wording.HOW_CHOSEN[record.how_chosen]] += 1
    parts = [f"{number} {words.agree(number, 'was')} {way[:1].lower()}{way[1:]}" for way, number in ways.items()]
    return words.listing(parts)


def tables(
    area: AreaReference, records: Sequence[AuditRecord], *, leaving: bool, own: OwnWords = NONE
) -> tuple[GradeTable, ...]:
    """The grades of an area: audits drawn at random and audits chosen are never added together."""
    made = []
    for at_random in (True, False):
        group = [record for record in records if record.at_random is at_random]
        if group and not estimates.must_suppress(len(group), leaving):
            made += _tables_of_group(area, group, at_random=at_random, leaving=leaving, own=own)
    return tuple(made)


def _tables_of_group(
    area: AreaReference, records: Sequence[AuditRecord], *, at_random: bool, leaving: bool, own: OwnWords
) -> list[GradeTable]:
    by_scale: dict[tuple[tuple[str, str], ...], dict[str, Counter[str]]] = {}
    for record in records:
        for graded in record.graded.get(area, ()):
            if graded.code:
                by_scale.setdefault(graded.scale, defaultdict(Counter))[graded.domain][graded.code] += 1
    return [
        _table(scale, counted, audits=_audits(len(records), own), at_random=at_random, leaving=leaving)
        for scale, counted in by_scale.items()
    ]


def _audits(number: int, own: OwnWords) -> str:
    return words.count(number, own.say("audit"), own.say("audits"))


def _table(
    scale: tuple[tuple[str, str], ...],
    counted: Mapping[str, Counter[str]],
    *,
    audits: str,
    at_random: bool,
    leaving: bool,
) -> GradeTable:
    best_first = scale[::-1]
    counts = {name: [grades[code] for code, _ in best_first] for name, grades in counted.items()}
    rows = [GradeRow(name, *small_numbers.hide_small(each, leaving=leaving)) for name, each in counts.items()]
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


def _reached(best_first: Sequence[tuple[str, str]]) -> int:
    """How many grades, from the best down, count as good or better; 0 on a scale that has no such grade."""
    codes = [code for code, _ in best_first]
    return codes.index(REACHED) + 1 if REACHED in codes else 0


def _reached_words(best_first: Sequence[tuple[str, str]]) -> str:
    place = _reached(best_first)
    return f"{best_first[place - 1][1]} or better" if place else ""


def _intervals(
    best_first: Sequence[tuple[str, str]], counts: Mapping[str, Sequence[int]], leaving: bool
) -> tuple[IntervalRow, ...]:
    """What a random sample of ten or more says of the service; a share too small to tell says nothing."""
    place, told = _reached(best_first), []
    for name, each in counts.items():
        found = small_numbers.share(each, place, leaving=leaving) if place else None
        if found is None or not estimates.may_show_percentage(found[1]):
            continue
        interval = estimates.wilson(*found)
        in_service = estimates.in_words(interval) if interval else ""
        told.append(IntervalRow(name, *found, words.percent(*found), in_service))
    return tuple(told)


def _before(rows: Sequence[GradeRow], at_random: bool, has_intervals: bool) -> tuple[str, ...]:
    said = []
    if any(not row.whole for row in rows):
        said.append("Small numbers are hidden and shown as “c”, so no chart is drawn.")
    if at_random and not has_intervals:
        said.append("Too few were read, or too much is hidden, to say how it is in the service as a whole.")
    return tuple(said)
