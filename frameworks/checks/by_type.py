"""What must hold of an edition by its type: graded, narrative, outcome, scored or expectations."""

from collections.abc import Iterator, Mapping

from frameworks.by_type import Pattern, Scoring
from frameworks.files.faults import Path
from frameworks.schema import Edition

Complaint = tuple[Path, str]


def type_complaints(edition: Edition) -> Iterator[Complaint]:
    """What is wrong with the parts only some types have, each with its place and remedy."""
    yield from _overall_complaints(edition)
    yield from _outcome_complaints(edition)
    yield from _scored_complaints(edition)
    yield from _named_complaints(edition)
    for place, check in enumerate(edition.checks):
        if check.pattern:
            yield from _pattern_complaints(edition, check.pattern, ("checks", place, "pattern"))
    if edition.tags_edition == edition.id:
        yield ("tags_edition",), "An edition's tags are those of another edition. Name that one."


def _overall_complaints(edition: Edition) -> Iterator[Complaint]:
    if edition.overall and edition.type in ("narrative", "expectations", "case_audit"):
        yield ("overall",), f"A framework of type “{edition.type}” has no overall judgement. Take it out."
    if edition.type == "outcome" and not edition.overall:
        yield ("overall",), "An outcome framework needs “overall”: the one statement an inspection ends in. Add it."


def _outcome_complaints(edition: Edition) -> Iterator[Complaint]:
    if edition.type != "outcome":
        if edition.consequences:
            yield ("consequences",), "Only an outcome framework has consequences. Take them out."
        return
    if edition.overall is None:
        return
    codes = _codes(edition, edition.overall.scale)
    for place, consequence in enumerate(edition.consequences):
        if consequence.code not in codes:
            outcomes = ", ".join(codes)
            yield ("consequences", place, "code"), f"“{consequence.code}” is not an outcome. Outcomes: {outcomes}."
    followed = {consequence.code for consequence in edition.consequences}
    for code in codes:
        if code not in followed:
            yield ("consequences",), f"Nothing says what follows “{code}”. Add a consequence for it."


def _scored_complaints(edition: Edition) -> Iterator[Complaint]:
    if edition.type != "scored":
        if edition.scoring:
            yield ("scoring",), "Only a scored framework has “scoring”. Take it out."
        for place, area in enumerate(edition.areas):
            if area.weight is not None:
                yield ("areas", place, "weight"), "Only a scored framework has weights. Take it out."
        return
    if edition.scoring is None:
        yield ("scoring",), "A scored framework needs “scoring”: its points and bands. Add it."
        return
    yield from _weight_complaints(edition)
    codes = _codes(edition, edition.scoring.scale)
    if not codes:
        yield ("scoring", "scale"), f"There is no scale “{edition.scoring.scale}” in this edition. Check its name."
        return
    yield from _point_complaints(edition.scoring, codes)
    yield from _band_complaints(edition, edition.scoring, codes)


def _weight_complaints(edition: Edition) -> Iterator[Complaint]:
    weights = [area.weight for area in edition.areas if area.counts]
    given = [weight for weight in weights if weight is not None]
    if not given:
        return
    if len(given) < len(weights):
        yield ("areas",), "Some areas that count have a weight and some have none. Give each a weight, or none."
    elif sum(given) != 100:
        yield ("areas",), f"The weights of the areas that count add up to {sum(given)}. Make them add up to 100."


def _point_complaints(scoring: Scoring, codes: tuple[str, ...]) -> Iterator[Complaint]:
    worth: dict[str, int] = {}
    for place, rating in enumerate(scoring.points):
        where: Path = ("scoring", "points", place, "code")
        if rating.code not in codes:
            yield where, f"“{rating.code}” is not a point of the scale. Known: {', '.join(codes)}."
        elif rating.code in worth:
            yield where, f"“{rating.code}” has points already. Take one of the two out."
        worth.setdefault(rating.code, rating.points)
    for code in codes:
        if code not in worth:
            yield ("scoring", "points"), f"“{code}” has no points. Say how many it is worth."
    ordered = [worth[code] for code in codes if code in worth]
    if ordered != sorted(ordered):
        yield ("scoring", "points"), "A better rating is worth fewer points than a worse one. Put the points in order."


def _band_complaints(edition: Edition, scoring: Scoring, codes: tuple[str, ...]) -> Iterator[Complaint]:
    most_for_one = max((rating.points for rating in scoring.points), default=0)
    most = most_for_one * sum(1 for area in edition.areas if area.counts)
    next_lowest, last = 0, -1
    for place, band in enumerate(scoring.bands):
        where: Path = ("scoring", "bands", place)
        if band.grade not in codes:
            yield (*where, "grade"), f"“{band.grade}” is not a point of the scale. Known: {', '.join(codes)}."
        elif codes.index(band.grade) <= last:
            yield (*where, "grade"), "Bands run from the worst rating to the best, each once. Put them in order."
        else:
            last = codes.index(band.grade)
        if band.highest < band.lowest:
            yield (*where, "highest"), "The band ends before it begins. Correct one of its ends."
        if band.lowest != next_lowest:
            apart = f"The band begins at {band.lowest}, but the one before it leads to {next_lowest}."
            yield (*where, "lowest"), f"{apart} Leave no gap and no overlap."
        next_lowest = band.highest + 1
    if not scoring.bands:
        yield ("scoring", "bands"), "There are no bands. Say which totals go with which overall rating."
    elif next_lowest != most + 1:
        yield (
            ("scoring", "bands"),
            f"The bands end at {next_lowest - 1}, but {most} points can be reached. Make them meet.",
        )


def _named_complaints(edition: Edition) -> Iterator[Complaint]:
    """Agencies and themes that are named must be there, and each id is used once."""
    agencies, themes = {agency.id for agency in edition.agencies}, {theme.id for theme in edition.themes}
    for key in ("agencies", "themes"):
        ids = [entry.id for entry in getattr(edition, key)]
        for place, entry_id in enumerate(ids):
            if entry_id in ids[:place]:
                yield (key, place, "id"), f"The id “{entry_id}” is used twice here. Give each entry its own."
    for place, theme in enumerate(edition.themes):
        yield from _unknown(("themes", place, "agencies"), theme.agencies, agencies, "agency")
        if theme.valid_from and theme.valid_to and theme.valid_to < theme.valid_from:
            yield ("themes", place, "valid_to"), "The theme ends before it begins. Correct one of the two dates."
    for place, statement in enumerate(edition.statements):
        yield from _unknown(("statements", place, "agencies"), statement.agencies, agencies, "agency")
        yield from _unknown(("statements", place, "themes"), statement.themes, themes, "theme")


def _unknown(where: Path, names: tuple[str, ...], known: set[str], kind: str) -> Iterator[Complaint]:
    for at, name in enumerate(names):
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            yield (*where, at), f"There is no {kind} “{name}” in this edition. Known: {listed}."


def _pattern_complaints(edition: Edition, pattern: Pattern, where: Path) -> Iterator[Complaint]:
    scales = {area.id: area.scale for area in edition.areas}
    codes = {code for area in pattern.areas for code in _codes(edition, scales.get(area))}
    yield from _pattern_area_complaints(pattern, scales, where)
    for place, code in enumerate(pattern.graded):
        if codes and code not in codes:
            yield (*where, "graded", place), f"“{code}” is no grade of these areas. Known: {', '.join(sorted(codes))}."
    if pattern.at_least > len(pattern.areas):
        named = f"only {len(pattern.areas)} areas are named"
        yield (*where, "at_least"), f"“at_least” is {pattern.at_least}, but {named}. Lower it."
    if pattern.overall and edition.overall is None:
        yield (*where, "overall"), "This edition has no overall grade. Take “overall” out of the pattern."
    elif edition.overall:
        known = _codes(edition, edition.overall.scale)
        for place, code in enumerate(pattern.overall):
            if code not in known:
                yield (*where, "overall", place), f"“{code}” is no overall grade. Known: {', '.join(known)}."


def _pattern_area_complaints(pattern: Pattern, scales: Mapping[str, str | None], where: Path) -> Iterator[Complaint]:
    for place, area in enumerate(pattern.areas):
        if area not in scales:
            yield (*where, "areas", place), f"There is no area “{area}”. Known: {', '.join(sorted(scales))}."
    for place, area in enumerate(pattern.others):
        if area not in scales or area in pattern.areas:
            yield (*where, "others", place), f"“{area}” is not another area. Name areas that “areas” does not name."


def _codes(edition: Edition, scale_id: str | None) -> tuple[str, ...]:
    return next((scale.codes for scale in edition.scales if scale.id == scale_id), ())
