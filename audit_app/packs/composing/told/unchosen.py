"""What a pack is by its kind, which sections it was made without, and which texts are really in it. Pure."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from audit_app import words
from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator, Place, place_of
from audit_app.packs.composing.told import evidence
from audit_app.packs.contents import EvidencePack
from audit_app.packs.disclosure import accounts
from audit_app.packs.kinds.sections import SECTIONS
from audit_app.packs.parts.told import KindPart, NotChosenPart
from findings.references import reference

# Printed as the name of what the code stands for, so the text itself is not looked for.
BY_NAME = frozenset({"grade_code", "theme"})
SHORTEST = 4  # shorter texts of other sections would be met by chance


def kind_part(extract: Extract) -> KindPart:
    """The kind as it stood when the pack was asked for, with what was chosen in words."""
    chosen = extract.chosen
    return KindPart(
        chosen.kind, chosen.name, chosen.what_for, chosen.sections, tuple(_choices(extract)), chosen.two_pages
    )


def _choices(extract: Extract) -> Iterator[tuple[str, str]]:
    chosen, edition = extract.chosen, extract.about.edition
    if chosen.areas:
        names = [area.name for area in edition.areas if area.id in chosen.areas]
        yield "Judgement areas", words.listing(names)
    if chosen.audits:
        called = [extract.audits.names.get(reference("AUD", number), "") for number in chosen.audits]
        yield "Audits in full", words.listing(sorted(filter(None, called))) or f"{len(chosen.audits)}"
        yield "Questions nobody answered", "Printed" if chosen.unanswered else "Left out"
    if chosen.theme:
        titles = sorted({x.set_title for x in extract.audits.records if x.set_key == chosen.theme})
        yield "Question set", words.listing(titles) or chosen.theme
    if extract.for_kind.assessment is not None:
        yield "Self-assessment", f"{extract.for_kind.assessment.reference}, signed"
    if chosen.since:
        yield "Since the board of", words.date_words(chosen.since)


def not_chosen(whole: EvidencePack, extract: Extract, narrator: Narrator) -> tuple[NotChosenPart, ...]:
    """Each section that was left out by choice and would have told something, with how much."""
    named = {line.reference for line in evidence.named_in(extract, narrator)}
    holds: dict[str, Callable[[], str]] = {
        "answers": lambda: "1 page" if whole.answers else "",
        "asked-for": lambda: _number(sum(len(report.asked) for report in whole.reports), "thing that was asked for",
                                     "things that were asked for"),
        "judgement-areas": lambda: _number(len(whole.areas) + len(whole.elsewhere), "judgement area"),
        "areas-for-improvement": lambda: _number(len(whole.threads), "area for improvement"),
        "gaps": lambda: _number(len(whole.gaps), "gap"),
        "plan-sheets": lambda: _number(len(whole.actions), "plan action"),
        "audit-list": lambda: _audits(len(extract.audits.records), narrator),
        "evidence": lambda: _number(len(named), "piece of evidence", "pieces of evidence"),
    }  # fmt: skip
    parts = [(key, holds[key]()) for key in extract.chosen.not_chosen if key in holds]
    return tuple(NotChosenPart(narrator.say(SECTIONS[key].name), narrator.say(much)) for key, much in parts if much)


def _number(number: int, noun: str, nouns: str | None = None) -> str:
    return words.count(number, noun, nouns) if number else ""


def _audits(number: int, narrator: Narrator) -> str:
    """No number in a pack for everybody: beside the tables it could give a hidden one away."""
    if not number:
        return ""
    return "Not told" if narrator.leaving else words.count(number, "agreed audit")


def really_printed(
    pack: EvidencePack, extract: Extract, told: Collection[Place], *, by_name: bool = True
) -> set[Place]:
    """Of the texts that somebody was told of, those that stand whole in the contents.

    Args:
        pack: The contents as they will be frozen, but for what was left out.
        extract: Where the texts are.
        told: What was asked for while composing, whether or not it was printed in the end.
        by_name: Whether codes count, which are printed as names and so cannot be looked for.
    """
    whole = plain(" ".join(texts_in(pack)))
    printed = set()
    for row, _ in accounts.rows_of(extract.register, extract.inspections):
        for column in accounts.text_columns_of(row):
            place = place_of(row, column)
            text = getattr(row, column)
            text = extract.audits.names.get(text, text) if column == "audit_reference" else text
            if place in told and _stands_in(whole, text, column, by_name=by_name):
                printed.add(place)
    return printed


def _stands_in(whole: str, text: str, column: str, *, by_name: bool) -> bool:
    """Whether each line of a text stands in the contents, whatever its spaces, capitals and last full stop."""
    if column in BY_NAME:
        return by_name
    lines = [plain(line).lstrip("-•*– ").rstrip(".!? ") for line in text.splitlines() if line.strip()]
    if not by_name and any(len(line) < SHORTEST for line in lines):
        return False
    return all(line in whole for line in lines)


def plain(text: str) -> str:
    """A text without capitals and double spaces."""
    return " ".join(text.split()).casefold()


def texts_in(value: Any) -> Iterator[str]:
    """Every text of some contents, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))
