"""What the audits of a period say of each judgement area: counted grades and what follows from them. Pure.

Audits drawn at random and audits that were chosen stand in sentences and tables of their own and are never added. A
grade is printed once, under the first area in print order that it speaks to; the other areas refer to it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audit_app import words
from audit_app.improvement.wording import in_the_middle
from audit_app.packs import wording
from audit_app.packs.composing import small_numbers
from audit_app.packs.composing.extract import AuditRecord, Graded
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.contents import GradeRow, GradeTable, IntervalRow
from frameworks import estimates
from frameworks.crosswalk import AreaReference

REACHED = "good"
NO_AUDIT = "No agreed audit of the period speaks to this area."
HIDDEN = "Small numbers are hidden and shown as “c”, so no chart is drawn."
NO_GOOD = (
    "This scale has no grade called good, so no percentage is made of it and nothing is said of the whole service."
)
Scale = tuple[tuple[str, str], ...]  # code and name of each grade


@dataclass(frozen=True)
class PrintOrder:
    """The judgement areas of a pack as they follow one another, and so where each grade is printed."""

    names: Mapping[AreaReference, str]

    def home_of(self, record: AuditRecord, graded: Graded) -> AreaReference:
        """The first area that a grade speaks to."""
        return next(area for area in self.names if graded in record.graded.get(area, ()))

    def spoken_to(self, record: AuditRecord, graded: Graded) -> list[AreaReference]:
        """Every area that a grade speaks to."""
        return [area for area in self.names if graded in record.graded.get(area, ())]


@dataclass
class OnScale:
    """The grades that one group of audits gave on one scale: which audits, and how often by domain."""

    audits: set[str] = field(default_factory=set)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def says(area: AreaReference, records: Sequence[AuditRecord], order: PrintOrder, narrator: Narrator) -> tuple[str, ...]:
    """How many audits speak to an area and how they were chosen, and where else their grades are counted."""
    here = [record for record in records if _printed_here(area, record, order)]
    drawn, chosen = _apart(here)
    sentences = []
    if drawn:
        exact = _tells_number_here(area, drawn, order, narrator)
        were = _were(len(drawn), narrator)
        sentences.append(f"{_counted(len(drawn), narrator, exact=exact)} {were} drawn at random.")
    if chosen:
        exact = _tells_number_here(area, chosen, order, narrator)
        were = _were(len(chosen), narrator)
        sentences.append(f"{_counted(len(chosen), narrator, exact=exact)} {were} {wording.NOT_A_PICTURE}.")
        if not narrator.leaving:
            sentences.append(f"Of these, {_ways(chosen)}." if len(chosen) > 1 else f"It was {_way(chosen[0])}.")
    sentences += _not_told(area, (drawn, chosen), order, narrator)
    sentences += _shared(area, records, order)
    return tuple(sentences) or (narrator.say(NO_AUDIT),)


def counted_apart(records: Sequence[AuditRecord], order: PrintOrder, narrator: Narrator) -> str:
    """12 agreed audits drawn at random and 5 that were chosen: one number for each group, and none for both."""
    parts = []
    for group, chosen in zip(_apart(records), (False, True), strict=True):
        if group:
            how = f"that {_were(len(group), narrator)} chosen" if chosen else "drawn at random"
            exact = tells_number(group, order, narrator)
            number = narrator.at_least(len(group), "agreed audit", "agreed audits", exact=exact)
            parts.append(f"{number} {how}")
    return words.listing(parts) or narrator.say("no agreed audits")


def tells_number(group: Sequence[AuditRecord], order: PrintOrder, narrator: Narrator) -> bool:
    """Whether the size of a group gives away no hidden number of an area: the areas could be taken from the whole."""
    return all(_tells_number_here(area, group, order, narrator) for area in order.names)


def _tells_number_here(
    area: AreaReference, group: Iterable[AuditRecord], order: PrintOrder, narrator: Narrator
) -> bool:
    """The same of a group under one area: the tables of its scales could be taken from the whole."""
    sizes = [len(on_scale.audits) for on_scale in _by_scale(area, group, order).values()]
    return small_numbers.gives_nothing_away(sizes, leaving=narrator.leaving)


def tells_whole(records: Sequence[AuditRecord], order: PrintOrder, narrator: Narrator) -> bool:
    """Whether the number of all audits may be worked out: not where a group, or an area of one, is hidden."""
    groups = _apart(records)
    sizes = [len(group) for group in groups]
    told_apart = all(tells_number(group, order, narrator) for group in groups)
    return told_apart and small_numbers.gives_nothing_away(sizes, leaving=narrator.leaving)


def _apart(records: Sequence[AuditRecord]) -> tuple[list[AuditRecord], list[AuditRecord]]:
    """Audits drawn at random, and audits that were chosen."""
    return [record for record in records if record.at_random], [record for record in records if not record.at_random]


def _printed_here(area: AreaReference, record: AuditRecord, order: PrintOrder) -> tuple[Graded, ...]:
    """The grades of an audit that are printed under an area."""
    return tuple(
        graded for graded in record.graded.get(area, ()) if graded.code and order.home_of(record, graded) == area
    )


def _counted(number: int, narrator: Narrator, *, exact: bool) -> str:
    audits = narrator.at_least(number, "audit", "audits", exact=exact)
    return audits[:1].upper() + audits[1:]


def _were(number: int, narrator: Narrator) -> str:
    return "was" if number == 1 and not narrator.leaving else "were"


def _ways(records: Iterable[AuditRecord]) -> str:
    ways = Counter(record.way_chosen for record in records)
    return words.listing(
        [f"{number} {words.agree(number, 'was')} {in_the_middle(way)}" for way, number in ways.items()]
    )


def _way(record: AuditRecord) -> str:
    return in_the_middle(record.way_chosen)


def _not_told(
    area: AreaReference, groups: Iterable[Sequence[AuditRecord]], order: PrintOrder, narrator: Narrator
) -> list[str]:
    """That a group is too small for its grades to leave the council, and why."""
    small = [
        on_scale
        for group in groups
        for on_scale in _by_scale(area, group, order).values()
        if estimates.must_suppress(len(on_scale.audits), narrator.leaving)
    ]
    if not small:
        return []
    return [narrator.say("The grades of fewer than five audits are not told: somebody could be recognised by them.")]


def _shared(area: AreaReference, records: Iterable[AuditRecord], order: PrintOrder) -> list[str]:
    """Which domains speak to several areas, said at each of them: where they are counted, and that it is once."""
    others: dict[AreaReference, dict[str, None]] = defaultdict(dict)
    homes: dict[AreaReference, dict[str, None]] = defaultdict(dict)
    for record in records:
        for graded in record.graded.get(area, ()):
            if graded.code:
                home = order.home_of(record, graded)
                for other in order.spoken_to(record, graded):
                    if home == area != other:
                        others[other][graded.domain] = None
                if home != area:
                    homes[home][graded.domain] = None
    sentences = [
        f"What is said of {_domains(domains)} speaks to this area too; it is printed once, under “{order.names[home]}”."
        for home, domains in homes.items()
    ]
    by_domains: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for other, domains in others.items():
        by_domains[tuple(domains)].append(f"“{order.names[other]}”")
    return sentences + [
        f"What is said of {_domains(domains)} speaks to {words.listing(areas)} too, and is printed here alone."
        for domains, areas in by_domains.items()
    ]


def _domains(titles: Iterable[str]) -> str:
    return words.listing([f"“{title}”" for title in titles])


# --- tables ----------------------------------------------------------------------------------------------------------


def tables(
    area: AreaReference, records: Sequence[AuditRecord], order: PrintOrder, narrator: Narrator
) -> tuple[GradeTable, ...]:
    """The grades of an area: audits drawn at random and audits chosen are never added together."""
    return tuple(
        _table(scale, on_scale, at_random=at_random, narrator=narrator)
        for at_random, group in zip((True, False), _apart(records), strict=True)
        for scale, on_scale in _by_scale(area, group, order).items()
        if not estimates.must_suppress(len(on_scale.audits), narrator.leaving)
    )


def _by_scale(area: AreaReference, records: Iterable[AuditRecord], order: PrintOrder) -> Mapping[Scale, OnScale]:
    """How often each grade was given, domain by domain; grades of different scales are never added together."""
    by_scale: dict[Scale, OnScale] = defaultdict(OnScale)
    for record in records:
        for graded in _printed_here(area, record, order):
            on_scale = by_scale[graded.scale]
            on_scale.audits.add(record.reference)
            on_scale.counts[graded.domain][graded.code] += 1
    return by_scale


def _table(scale: Scale, on_scale: OnScale, *, at_random: bool, narrator: Narrator) -> GradeTable:
    leaving, best_first = narrator.leaving, scale[::-1]
    place = _reached(best_first)
    counts = {domain: [grades[code] for code, _ in best_first] for domain, grades in on_scale.counts.items()}
    hidden = {domain: small_numbers.hide_small(row, place, leaving=leaving) for domain, row in counts.items()}
    rows = tuple(GradeRow(domain, *row) for domain, row in hidden.items())
    audits = words.count(len(on_scale.audits), narrator.say("audit"), narrator.say("audits"))
    how = "drawn at random" if at_random else "chosen, not selected at random"
    shares = _shares(counts, place, leaving)
    before = (_before_random if at_random else _before_chosen)(rows, shares, place, best_first)
    return GradeTable(
        title=f"Grades given in {audits} {how}",
        grades=tuple(name for _, name in best_first),
        rows=rows,
        alt=f"Bars of grades: {words.count(len(rows), 'domain')}, {audits} {how}. The figures are in the table below.",
        before=tuple(map(narrator.say, before)),
        reached_words=_reached_words(best_first),
        intervals=_in_service(shares) if at_random else _counts_alone(shares, rows),
        chosen=not at_random,
    )


def _reached(best_first: Scale) -> int:
    """How many grades, from the best down, count as good or better; 0 on a scale that has no such grade."""
    codes = [code for code, _ in best_first]
    return codes.index(REACHED) + 1 if REACHED in codes else 0


def _reached_words(best_first: Scale) -> str:
    place = _reached(best_first)
    return f"{best_first[place - 1][1]} or better" if place else ""


def _shares(counts: Mapping[str, Sequence[int]], place: int, leaving: bool) -> dict[str, tuple[int, int] | None]:
    """How many of each domain's grades are good or better; None where that may not be told."""
    if not place:
        return {}
    return {domain: small_numbers.share(row, place, leaving=leaving) for domain, row in counts.items()}


def _in_service(shares: Mapping[str, tuple[int, int] | None]) -> tuple[IntervalRow, ...]:
    """What a random sample of ten or more says of the service; a share too small to tell says nothing."""
    rows = []
    for domain, share in shares.items():
        if share is not None and estimates.may_show_percentage(share[1]):
            rows.append(IntervalRow(domain, *share, words.percent(*share), estimates.in_words(*share) or ""))
    return tuple(rows)


def _counts_alone(shares: Mapping[str, tuple[int, int] | None], rows: Iterable[GradeRow]) -> tuple[IntervalRow, ...]:
    """Of chosen audits whose single grades are hidden, how many were good or better: a count, never a share."""
    return tuple(
        IntervalRow(row.name, *share, "", "") for row in rows if not row.whole and (share := shares.get(row.name))
    )


# --- why something is not told ---------------------------------------------------------------------------------------


def _before_random(
    rows: Sequence[GradeRow], shares: Mapping[str, tuple[int, int] | None], place: int, best_first: Scale
) -> list[str]:
    """Why some domains have no percentage and no range, each reason true of the domains it names."""
    sentences = _what_is_hidden(rows)
    if not place:
        return [*sentences, NO_GOOD]
    few = [
        f"“{domain}” ({share[1]})"
        for domain, share in shares.items()
        if share is not None and not estimates.may_show_percentage(share[1])
    ]
    if few:
        sentences.append(
            f"A percentage and a range need at least {estimates.NUMBERS_ONLY_BELOW} audits in which a domain was "
            f"graded. There are fewer for {words.listing(few)}."
        )
    return [*sentences, *_share_not_told(shares, best_first)]


def _before_chosen(
    rows: Sequence[GradeRow], shares: Mapping[str, tuple[int, int] | None], place: int, best_first: Scale
) -> list[str]:
    return [*_what_is_hidden(rows), *_share_not_told(shares, best_first)]


def _what_is_hidden(rows: Sequence[GradeRow]) -> list[str]:
    anything = any(count is not None for row in rows for count in row.counts)
    return [HIDDEN] if anything and not all(row.whole for row in rows) else []


def _share_not_told(shares: Mapping[str, tuple[int, int] | None], best_first: Scale) -> list[str]:
    untold = [domain for domain, share in shares.items() if share is None]
    if not untold:
        return []
    reached = _reached_words(best_first)
    reached = reached[:1].lower() + reached[1:]
    why = "that number, or the rest, is below five"
    if len(untold) == len(shares):
        return [f"How many were {reached} is not told of any domain: {why}."]
    return [f"How many were {reached} is not told of {_domains(untold)}: {why}."]
