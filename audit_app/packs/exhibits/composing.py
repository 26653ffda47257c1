"""Exhibits as the pack prints them: what each is, how it is given, and every place of the pack that it proves. Pure."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from audit_app import evidence_store
from audit_app.evidence import Held, uses
from audit_app.packs.composing.extract import Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.contents import EvidencePack
from audit_app.packs.disclosure.levels import NAMES
from audit_app.packs.exhibits import chosen
from audit_app.packs.exhibits.chosen import Exhibit
from audit_app.packs.parts.exhibits import ExhibitPart, Given, SpokenOf
from findings.references import ACTION, AREA, FINDING, reference

LONGEST_NAME = 90
NO_PLAN = "no-plan"
CANNOT_JOIN = "Its pages cannot stand behind the pack as its author made them"
ENDINGS = {"jpeg": "jpg"}


def decided(exhibit: Exhibit, scanner: str) -> Exhibit:
    """How an exhibit is given before its file was looked into: here, elsewhere, or kept out until it is scanned."""
    if exhibit.line.held is not Held.here:
        return replace(exhibit, given=Given.elsewhere)
    if chosen.unscanned(exhibit.line, scanner):
        return replace(exhibit, given=Given.left_out, why=f"Not in this pack. {chosen.NOT_SCANNED}")
    return replace(exhibit, given=Given.beside)


def taken(exhibit: Exhibit, pages: int, *, could_not_join: bool) -> Exhibit:
    """The same once its file was taken apart."""
    if pages:
        return replace(exhibit, given=Given.joined, count=pages)
    return replace(exhibit, why=CANNOT_JOIN if could_not_join else "")


def parts(
    exhibits: Iterable[Exhibit], pack: EvidencePack, register: Register, narrator: Narrator
) -> tuple[ExhibitPart, ...]:
    """Each exhibit in its order."""
    places = _places(pack, register)
    return tuple(_part(exhibit, places, narrator) for exhibit in exhibits)


def _part(exhibit: Exhibit, places: Mapping[str, list[SpokenOf]], narrator: Narrator) -> ExhibitPart:
    line = exhibit.line
    may = narrator.may("exhibit.words")
    spoken = [place for named, _ in exhibit.proves for place in places.get(uses.thing_of(named), ())]
    return ExhibitPart(
        number=exhibit.number,
        reference=line.reference,
        version=line.version,
        title=line.title if may else "",
        shows=line.shows if may else "",
        speaks_of=line.speaks_of,
        made_on=line.made_on,
        level=NAMES[line.level],
        owner=line.owner if may else "",
        given=exhibit.given,
        pages=exhibit.count,
        kind=line.kind,
        sha256=line.sha256 if exhibit.given in (Given.joined, Given.beside) else "",
        file_name=file_name(exhibit) if exhibit.given is Given.beside else "",
        where=line.where if may and exhibit.given is Given.elsewhere else "",
        why=exhibit.why,
        spoken_of=tuple(dict.fromkeys(spoken)),
    )


def file_name(exhibit: Exhibit) -> str:
    """E7 What it is called.docx: letters of any script, without what a folder or a program would take for something."""
    title = exhibit.line.title.replace("/", " ").replace("\\", " ")
    title = "".join(" " if unicodedata.category(mark)[0] in "CZ" else mark for mark in title)
    title = " ".join(title.split())[:LONGEST_NAME].strip(" .")
    return evidence_store.clean_name(f"{exhibit.number} {title}.{ENDINGS.get(exhibit.line.kind, exhibit.line.kind)}")


def _places(pack: EvidencePack, register: Register) -> dict[str, list[SpokenOf]]:
    """Where the pack tells of each thing: an item in its report’s chapter, an action on its plan, an area by itself."""
    places: dict[str, list[SpokenOf]] = defaultdict(list)
    for report in pack.reports:
        for item in report.asked:
            named = f"item {item.number}" if item.number else "an item"
            words = f"{item.reference}: {named} of {report.title or report.name}"
            places[item.reference].append(SpokenOf(item.reference, report.key, words))
    for plan in pack.sheets:
        for theme in plan.themes:
            for action in theme.actions:
                words = f"{action.reference}: {action.what}"
                places[action.reference].append(SpokenOf(action.reference, plan.reference or NO_PLAN, words))
    pages = {thread.reference: SpokenOf(thread.reference, thread.reference, f"{thread.reference}: {thread.heading}")
             for thread in pack.threads}  # fmt: skip
    for thread in register.threads:
        area = pages.get(reference(AREA, thread.area.number))
        if area is None:
            continue
        things = [reference(FINDING, strand.finding.number) for strand in thread.findings]
        things += [reference(ACTION, strand.action.number) for strand in thread.actions]
        for thing in (area.reference, *things):
            places[thing].append(area)
    _by_items(places, register)
    return places


def _by_items(places: dict[str, list[SpokenOf]], register: Register) -> None:
    """What proves an area or an action that answers an inspectors’ item stands beside that item as well."""
    for asked in register.asked:
        for strand in asked.findings:
            items = [place for place in places[reference(FINDING, strand.finding.number)] if place.key[:3] != AREA]
            for thread in asked.answering.values():
                if thread.area.number in strand.area_numbers:
                    things = [reference(ACTION, each.action.number) for each in thread.actions]
                    for thing in (reference(AREA, thread.area.number), *things):
                        places[thing] += items
