"""The order and words of a printed pack: contents become plain blocks, which page and PDF both show. Pure."""

from dataclasses import dataclass, replace
from itertools import count

from audit_app.packs.contents import EvidencePack
from audit_app.packs.story import about, audits, judgement_areas, reports, threads
from audit_app.packs.story.blocks import Block, Chart, Heading


@dataclass(frozen=True)
class Story:
    """A pack as blocks, and its charts by their place."""

    blocks: tuple[Block, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts in order: the page asks for each by its number."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def chapters(self) -> tuple[Heading, ...]:
        """The headings of the first level, for the list at the top of the page."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level == 1)


def lay_out(pack: EvidencePack) -> Story:
    """Every block of a pack, in print order."""
    blocks = [
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
    places = count(1)
    numbered = (replace(block, number=next(places)) if isinstance(block, Chart) else block for block in blocks)
    return Story(tuple(numbered))
