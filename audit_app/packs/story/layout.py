"""The order and words of a printed pack: contents become plain blocks, which page and PDF both show. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from audit_app.packs.contents import EvidencePack
from audit_app.packs.story import about, audits, judgement_areas, reports, sections, threads
from audit_app.packs.story.blocks import Bars, Block, Chart, Heading, Turn


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
    made = _turned_once(sections.blocks_of(pack)) if pack.has_plan_sheets else _summary_first(pack)
    places = count(1)
    numbered = (replace(block, number=next(places)) if isinstance(block, Chart | Bars) else block for block in made)
    return Story(tuple(numbered))


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
