"""From an extract of the register to the contents of a pack. Pure: the same extract gives the same contents each time.

Each field is asked of the pack's level by one narrator, who is new for each composing and asked last what was left out.
A kind says which sections there are; what none of them tells is found by composing the whole beside it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from audit_app.improvement import colour_words
from audit_app.packs.composing import (
    areas,
    audit_parts,
    grades,
    in_short,
    inspectors,
    placing,
    plan_sheets,
    report_parts,
    scope,
    source_parts,
    thread_parts,
)
from audit_app.packs.composing.answers import page
from audit_app.packs.composing.extract import Council, Extract, Inspections, Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.told import sections, unchosen
from audit_app.packs.contents import AreaPart, Colour, EvidencePack, GapPart, InspectorsGrade
from audit_app.packs.disclosure import accounts
from audit_app.packs.disclosure.levels import NAMES
from audit_app.packs.exhibits import composing as exhibits
from audit_app.packs.kinds import choices
from audit_app.packs.kinds.kind import WHOLE
from audit_app.packs.kinds.sections import OF_THE_REGISTER
from findings.states import Standing

Made = TypeVar("Made")


def compose(extract: Extract) -> EvidencePack:
    """The contents of a pack."""
    is_whole = extract.chosen.is_whole and extract.chosen.kind == WHOLE
    whole_narrator = _narrator_of(extract)
    everything = extract if is_whole else replace(extract, chosen=choices.read(""))
    whole = _told_by(whole_narrator, everything, extract.chosen.sections if is_whole else OF_THE_REGISTER)
    if is_whole:
        further = sections.told(extract, whole_narrator)
        return _accounted(replace(whole, further=further), whole, extract, whole_narrator)
    narrator, cut = _narrator_of(extract), scope.cut(extract)
    pack = _told_by(narrator, cut, extract.chosen.sections)
    pack = replace(pack, further=sections.told(cut, narrator))
    printed = unchosen.really_printed(pack, extract, narrator.printed)
    printed |= unchosen.really_printed(pack, extract, whole_narrator.printed, by_name=False)
    narrator.printed.intersection_update(printed)
    narrator.printed.update(printed)
    return _accounted(pack, whole, extract, narrator, would_be_printed=whole_narrator.printed)


def _narrator_of(extract: Extract) -> Narrator:
    return Narrator(extract.about.level, extract.about.today, extract.audits.names, extract.council.own)


def _accounted(pack: EvidencePack, whole: EvidencePack, extract: Extract, narrator: Narrator, **would: Any) -> Any:
    """The pack with everything it leaves out, by level and by choice."""
    withheld = accounts.left_out(
        extract.register,
        extract.inspections,
        extract.audits.records,
        in_full=accounts.InFull.of(extract),
        narrator=narrator,
        **would,
    )
    return replace(
        pack,
        withheld=withheld,
        accounted=True,
        kind=unchosen.kind_part(extract),
        not_chosen=unchosen.not_chosen(whole, extract, narrator),
        exhibits=exhibits.parts(extract.exhibits, pack, extract.register, narrator),
    )


@dataclass(frozen=True)
class _Look:
    """What every field is made from: who tells, of what, and which sections are wanted."""

    narrator: Narrator
    extract: Extract
    wanted: Collection[str]
    register: Register
    places: placing.Places
    own: Sequence[placing.Place]
    elsewhere: Sequence[placing.Place]
    order: grades.PrintOrder

    def if_wanted(self, key: str, make: Callable[[], Made], nothing: Any = ()) -> Made:
        """What a section tells; nothing where it is not wanted."""
        return make() if key in self.wanted else nothing

    def teller(self, key: str) -> Narrator:
        """Who is asked for the texts of a section; where it is only an input to another, a silent one."""
        return self.narrator if key in self.wanted else _narrator_of(self.extract)

    def judged(self) -> tuple[Inspections, Narrator]:
        """What inspectors judged and who is asked for it; a page of answers has the latest of each alone."""
        inspections, teller = self.extract.inspections, self.teller("judgement-areas")
        if teller is not self.narrator and "answers" in self.wanted:
            return inspectors.latest_alone(inspections), self.narrator
        return inspections, teller

    def area_parts(self, places: Iterable[placing.Place]) -> tuple[AreaPart, ...]:
        """Some judgement areas with everything that is told of them."""
        inspections, teller = self.judged()
        return tuple(areas.area_part(place, inspections, self.order, teller) for place in places)

    def overall(self) -> tuple[InspectorsGrade, ...]:
        """The grades of the service as a whole, where the framework gives one."""
        inspections, teller = self.judged()
        return inspectors.overall_grades(inspections, self.extract.about.edition, teller)


def _look(narrator: Narrator, extract: Extract, wanted: Collection[str]) -> _Look:
    edition, chosen = extract.about.edition, extract.chosen.areas
    places = placing.places_of(edition, extract.audits.records, extract.register)
    register = replace(extract.register, threads=places.in_print_order(extract.register.threads))
    own = [place for place in places.own if not chosen or place.area.area in chosen]
    elsewhere = () if chosen else places.elsewhere
    order = grades.PrintOrder({place.area: place.name for place in (*own, *elsewhere)})
    return _Look(narrator, extract, wanted, register, places, own, elsewhere, order)


def _told_by(narrator: Narrator, extract: Extract, wanted: Collection[str]) -> EvidencePack:
    """The sections of the register that are wanted."""
    look = _look(narrator, extract, wanted)
    register, audits = look.register, extract.audits
    counted = grades.counted_apart(audits.records, look.order, narrator)
    own = look.area_parts(look.own)
    reports = report_parts.report_parts(register, extract.inspections, look.teller("asked-for"))
    overall = look.overall()
    of_areas = _of_areas(look, own, overall)
    graded = [(of_areas["overall_name"], overall), *((area.name, area.inspectors) for area in own)]
    return EvidencePack(
        **_of_itself(extract),
        **of_areas,
        **_of_the_thread(look),
        summary=(
            *in_short.summary(extract.about, counted, register, narrator),
            *report_parts.in_short(reports),
            *(in_short.latest_grades(graded) if {"answers", "judgement-areas"} & set(wanted) else ()),
        ),
        audits_note=in_short.audits_note(audits, look.order, narrator),
        reports=reports if "asked-for" in wanted else (),
        audits=look.if_wanted("audit-list", lambda: audit_parts.lines(audits, narrator)),
        details=audit_parts.details(extract, narrator) if {"each-audit", "one-audit"} & set(wanted) else (),
        sources=source_parts.sources(replace(extract, register=register), look.order, narrator),
        answers=look.if_wanted(
            "answers",
            lambda: page.answers(extract, register, narrator, areas=own, reports=reports, counted=counted),
            None,
        ),
        withheld=(),
    )


def _of_areas(look: _Look, own: tuple[AreaPart, ...], overall: tuple[InspectorsGrade, ...]) -> dict[str, Any]:
    """What inspectors and audits say, judgement area by judgement area."""
    edition, key = look.extract.about.edition, "judgement-areas"
    inspections, narrator = look.extract.inspections, look.narrator
    return {
        "overall": overall if key in look.wanted else (),
        "overall_name": edition.overall.name if edition.overall else "",
        "overall_says": look.if_wanted(key, lambda: inspectors.what_latest_means(inspections, edition)),
        "areas": own if key in look.wanted else (),
        "elsewhere_note": look.if_wanted(key, lambda: areas.elsewhere_note(look.places, narrator), ""),
        "elsewhere": look.if_wanted(key, lambda: look.area_parts(look.elsewhere)),
    }


def _of_the_thread(look: _Look) -> dict[str, Any]:
    """What was found, what is being done about it, and what is missing."""
    register, narrator = look.register, look.narrator
    edition, words_of = look.extract.about.edition, _words_of(look.extract.council)
    threads = look.if_wanted(
        "areas-for-improvement",
        lambda: tuple(thread_parts.thread_part(thread, edition, narrator) for thread in register.threads),
    )
    loose = look.if_wanted("asked-for", lambda: report_parts.loose_findings(register, narrator))
    sheets = look.if_wanted("plan-sheets", lambda: plan_sheets.sheets(register, words_of, narrator))
    actions = look.if_wanted(
        "plan-sheets",
        lambda: tuple(thread_parts.action_part(strand, words_of, narrator) for strand in register.actions),
    )
    gaps = look.if_wanted(
        "gaps", lambda: tuple(GapPart(gap.reference, gap.sentence, gap.next_step) for gap in register.gaps)
    )
    not_yet = look.if_wanted(
        "gaps",
        lambda: tuple(
            pair for thread in register.threads for pair in thread_parts.not_yet_good_enough(thread, narrator)
        ),
    )
    return {"threads": threads, "loose_findings": loose, "sheets": sheets, "actions": actions, "gaps": gaps,
            "not_yet": not_yet}  # fmt: skip


def _words_of(council: Council) -> dict[Standing, colour_words.Colour]:
    """How each standing of an action reads in this council."""
    return colour_words.standings({colour.colour: (colour.word, colour.meaning) for colour in council.colours})


def _of_itself(extract: Extract) -> dict[str, Any]:
    """What a pack says of itself: whose it is, for whom, under which framework, of which period and moment."""
    about, council = extract.about, extract.council
    return {
        "reference": about.reference,
        "title": about.title,
        "council": council.name,
        "logo_sha256": council.logo_sha256,
        "marking": about.marking,
        "level": about.level,
        "audience": NAMES[about.level],
        "edition_id": about.edition.id,
        "edition_title": about.edition.title,
        "edition_note": source_parts.edition_note(about.edition),
        "edition_version": about.edition.version,
        "edition_version_on": about.edition.corrections[-1].published_on if about.edition.corrections else None,
        "period_from": about.period_from,
        "period_to": about.period_to,
        "as_at": about.as_at,
        "control": about.control,
        "log_head": about.log_head,
        "colours": tuple(Colour(x.code, x.word, x.meaning) for x in colour_words.legend(_words_of(council))),
        "fictional": council.fictional,
        "terms": council.own.written(),
    }
