"""The order and words of a printed pack: contents become plain blocks, which page and PDF both show. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from audit_app.packs.contents import EvidencePack
from audit_app.packs.exhibits import story as exhibits
from audit_app.packs.story import about, answers, audits, judgement_areas, plan_sheets, reports, threads
from audit_app.packs.story.blocks import Bars, Block, Chart, Heading, Table, Turn


@dataclass(frozen=True)
class Story:
    """A pack as blocks, and its charts by their place."""

    blocks: tuple[Block, ...]

    @property
    def charts(self) -> tuple[Chart | Bars, ...]:
        """The charts in order: the page asks for each by its number."""
        return tuple(block for block in self.blocks if isinstance(block, Chart | Bars))

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """The headings of the first level, for the list at the top of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 1)


def lay_out(pack: EvidencePack) -> Story:
    """Every block of a pack, in print order."""
    made = _turned_once(_answers_first(pack)) if pack.answers is not None else _summary_first(pack)
    places = count(1)
    numbered = (replace(block, number=next(places)) if isinstance(block, Chart | Bars) else block for block in made)
    return Story(tuple(numbered))


def _answers_first(pack: EvidencePack) -> list[Block]:
    """The answers on one page; a chapter for each report; areas; the plans; and in an annex what it all rests on."""
    return [
        *answers.answers(pack),
        *reports.chapters(pack),
        *reports.findings_in_no_area(pack),
        *judgement_areas.judgement_areas(pack),
        *threads.areas_for_improvement(pack),
        *threads.gaps(pack),
        *_on_their_side(plan_sheets.plan_sheets(pack), audits.audit_list(pack), halves=audits.runs_in_halves(pack)),
        *audits.each_audit(pack),
        *about.in_figures(pack),
        *about.how_to_read(pack),
        *judgement_areas.chosen_audits(pack),
        *about.control(pack),
        *about.sources(pack),
        *about.withheld(pack),
        *(exhibits.exhibits(pack) if pack.exhibits else ()),
    ]


def _summary_first(pack: EvidencePack) -> list[Block]:
    """The order of packs that were made before there was a page of answers."""
    return [
        *about.summary(pack),
        *about.control(pack),
        *about.how_to_read(pack),
        *reports.asked_for(pack),
        *judgement_areas.judgement_areas(pack),
        *threads.areas_for_improvement(pack),
        *threads.actions(pack),
        *audits.audit_list(pack),
        *threads.gaps(pack),
        *audits.each_audit(pack),
        *about.sources(pack),
        *about.withheld(pack),
    ]


def _turned_once(blocks: Sequence[Block]) -> list[Block]:
    """A page that was just turned is new: a heading that begins on a new page does not turn another."""
    made: list[Block] = []
    for block in blocks:
        fresh = bool(made) and isinstance(made[-1], Turn)
        made.append(replace(block, new_page=False) if fresh and isinstance(block, Heading) else block)
    return made


def _on_their_side(plans: Sequence[Block], listed: Sequence[Block], *, halves: bool) -> list[Block]:
    """The plans and the list of audits on pages that lie on their side; short lines run down two halves of them."""
    between = [Turn(wide=True, halves=True)] if halves else []
    if not any(isinstance(block, Table) for block in listed):
        return [Turn(wide=True), *plans, Turn(wide=False), *listed]
    return [Turn(wide=True), *plans, *between, *listed, Turn(wide=False)]
