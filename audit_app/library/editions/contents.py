"""Everything an edition says, in parts that a page, a print and a workbook all show alike. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit_app import words
from audit_app.library import wording
from frameworks import Edition, JudgementArea, Scale
from frameworks.by_type import Consequence, Scoring, Theme
from frameworks.corrections import Correction
from frameworks.schema import Statement

NO_OVERALL = "This edition has no overall grade. None can be entered, shown or printed under it."


@dataclass(frozen=True)
class Line:
    """One row of a part: its cells, and a name to link to."""

    cells: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Part:
    """One part of an edition: sentences, and a table where there is one."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=())
    level: int = 2


def about(edition: Edition) -> tuple[tuple[str, str], ...]:
    """What an edition is and where it comes from, as names and values."""
    facts = [
        ("Publisher", edition.publisher),
        ("Kind", wording.EDITION_TYPES[edition.type]),
        ("Version", wording.version_words(edition)),
        ("In force", wording.in_force_words(edition)),
        ("Source", f"{_document(edition)}. {edition.source.place}"),
        ("Licence", edition.licence),
        ("How firm", wording.VERIFIED[edition.verified]),
        ("Not read or checked", edition.not_verified or "Nothing is named"),
        ("Whose sentences", wording.WORDINGS[edition.wording]),
        ("Fingerprint", edition.fingerprint),
    ]
    if edition.tags_edition:
        facts.append(("Printed tags", f"Findings carry tags of {edition.tags_edition}"))
    return tuple(facts)


def _document(edition: Edition) -> str:
    """The document an edition was read from, with its date; behind a semicolon where the title is a sentence."""
    title = edition.source.document.strip()
    joined = title.removesuffix(".") + ";" if title.endswith(".") else f"{title},"
    return f"{joined} {edition.source.date}"


def parts(edition: Edition) -> tuple[Part, ...]:
    """The parts of an edition in the order a reader needs them; those it has nothing to say in are left out."""
    corrected = corrections(edition.corrections)
    made = [*_judged(edition), *_by_type(edition), *_statements(edition), *_rest(edition), corrected]
    return tuple(part for part in made if part.lines or part.sentences)


def corrections(made: Sequence[Correction]) -> Part:
    """What corrections put right: what was printed before, what is right, where that was read."""
    heads = ("What was printed", "What is right", "Where it was read", "Since")
    lines = (
        Line((change.was, change.right, change.source, f"Version {correction.version}, {_day(correction)}"))
        for correction in made
        for change in correction.changes
    )
    return Part("corrections", "What was corrected", (), heads, tuple(lines))


def _day(correction: Correction) -> str:
    return words.date_words(correction.published_on)


def _judged(edition: Edition) -> Iterator[Part]:
    if edition.type != "case_audit":
        yield Part("areas", _areas_title(edition), (), ("Area", "Name", "What it covers", "Source"),
                   tuple(_area_line(edition, area) for area in edition.areas))  # fmt: skip
    if edition.overall:
        sentence = f"{edition.overall.name} ({edition.overall.id})."
        yield Part("overall", "Overall", (sentence, *((edition.overall.meaning,) if edition.overall.meaning else ())))
    elif edition.type == "graded_best_fit":
        yield Part("overall", "Overall", (NO_OVERALL,))
    for scale in edition.scales:
        yield Part(
            f"scale-{scale.id}", f"Scale: {words.lower_words(scale.id)}", (), ("Point", "Meaning"), _points(scale)
        )


def _areas_title(edition: Edition) -> str:
    return {"expectations": "Areas", "narrative": "Headings", "scored": "Standards"}.get(
        edition.type, "Judgement areas"
    )


def _area_line(edition: Edition, area: JudgementArea) -> Line:
    name = f"{area.group}: {area.name}" if area.group else area.name
    meaning = [area.meaning or ""]
    if edition.type == "scored":
        meaning.append("Counts towards the total." if area.counts else "Does not count towards the total.")
    if area.weight is not None:
        meaning.append(f"Weight {area.weight} in 100.")
    source = area.source or _document(edition)
    return Line((area.id, name, " ".join(part for part in meaning if part), source), f"area-{area.id}")


def _points(scale: Scale) -> tuple[Line, ...]:
    return tuple(
        Line((point.name, point.meaning or "Not described in what was read")) for point in reversed(scale.points)
    )


def _by_type(edition: Edition) -> Iterator[Part]:
    if edition.consequences and edition.overall:
        scale = edition.scale(edition.overall.scale)
        yield Part("consequences", "What follows each outcome", (), ("Outcome", "What follows", "Source"),
                   tuple(_consequence_line(scale, consequence) for consequence in edition.consequences))  # fmt: skip
    if edition.scoring:
        yield from _points_and_bands(edition.scale(edition.scoring.scale), edition.scoring)
    agencies = {agency.id: agency.name for agency in edition.agencies}
    if edition.themes:
        yield Part(
            "themes", "Themes to date", (), ("Theme", "When", "Agencies", "Scope", "How firm", "Source"),
            tuple(_theme_line(theme, agencies) for theme in edition.themes),
        )  # fmt: skip


def _theme_line(theme: Theme, agencies: Mapping[str, str]) -> Line:
    whom = words.listing([agencies[agency_id] for agency_id in theme.agencies]) or "Not read"
    firm = wording.VERIFIED[theme.verified]
    return Line((theme.name, theme.period, whom, theme.scope or "Not read", firm, theme.source), f"theme-{theme.id}")


def _points_and_bands(scale: Scale, scoring: Scoring) -> Iterator[Part]:
    firm = f"{wording.VERIFIED[scoring.verified]}."
    points = tuple(Line((scale.name_of(rating.code), str(rating.points))) for rating in scoring.points)
    yield Part("points", "Points", (f"{firm} {scoring.source}",), ("Rating", "Points"), points)
    bands = tuple(
        Line((scale.name_of(band.grade), f"{band.lowest} to {band.highest}", band.seen or "Not seen"))
        for band in scoring.bands
    )
    heads = ("Overall rating", "Total points", "Seen in reports")
    yield Part("bands", "Overall rating by total", (firm,), heads, bands)


def _consequence_line(scale: Scale, consequence: Consequence) -> Line:
    return Line((scale.name_of(consequence.code), consequence.says, consequence.source))


def _statements(edition: Edition) -> Iterator[Part]:
    named = {area.id: area.name for area in edition.areas}
    agencies = {agency.id: agency.name for agency in edition.agencies}
    for area_id, name in named.items():
        lines = []
        for statement in edition.statements:
            if statement.area == area_id:
                lines.append(_statement_line(statement, agencies))
        heads = ("Id", "Statement", "Whose wording", "Source")
        yield Part(f"statements-{area_id}", f"{area_id}: {name}", (), heads, tuple(lines), level=3)


def _statement_line(statement: Statement, agencies: Mapping[str, str]) -> Line:
    if statement.audience:
        whom = [wording.AUDIENCES[statement.audience]]
    else:
        whom = [agencies[agency_id] for agency_id in statement.agencies]
    text = f"{statement.text} ({words.listing(whom)})" if whom else statement.text
    whose = wording.WORDINGS[statement.wording]
    return Line((statement.id, text, whose, statement.source), f"statement-{statement.id}")


def _rest(edition: Edition) -> Iterator[Part]:
    yield Part("checks", "Advice on patterns of grades", (), ("When", "What was seen", "Source"),
               tuple(Line((check.when, check.says, check.source), f"check-{check.id}")
                     for check in edition.checks))  # fmt: skip
    if edition.finding_kinds:
        yield Part("finding-kinds", "What its reports list", (f"{wording.finding_kinds(edition.finding_kinds)}.",))
    yield Part("timescales", "Time limits it prints", (), ("Limit", "Months"),
               tuple(Line((timescale.name, str(timescale.months))) for timescale in edition.timescales))  # fmt: skip
    yield Part("facts", "Worth knowing", (), ("What", "Source"),
               tuple(Line((fact.says, fact.source), f"fact-{fact.id}") for fact in edition.facts))  # fmt: skip
