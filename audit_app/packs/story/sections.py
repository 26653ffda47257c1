"""Which blocks each section of a pack has: the kind says which of them there are, and in which order. Pure."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from audit_app.packs.contents import EvidencePack
from audit_app.packs.exhibits import story as exhibits
from audit_app.packs.story import (
    about,
    answers,
    audits,
    grade_tables,
    judgement_areas,
    plan_sheets,
    reports,
    threads,
    told,
)
from audit_app.packs.story.blocks import Block, Heading, Link, Paragraph, Table, Turn

Laid = Callable[[EvidencePack], list[Block]]
# What a pack was before its kind was kept with it.
STANDARD = (
    "answers", "asked-for", "judgement-areas", "areas-for-improvement", "gaps", "plan-sheets", "audit-list",
    "each-audit", "in-figures", "how-to-read", "control", "sources", "left-out",
)  # fmt: skip
WIDE = ("plan-sheets", "audit-list")
BLOCKS: Mapping[str, Laid] = {
    "answers": answers.answers,
    "asked-for": lambda pack: [*reports.chapters(pack), *reports.findings_in_no_area(pack)],
    "judgement-areas": judgement_areas.judgement_areas,
    "areas-for-improvement": threads.areas_for_improvement,
    "gaps": threads.gaps,
    "plan-sheets": plan_sheets.plan_sheets,
    "audit-list": audits.audit_list,
    "each-audit": audits.each_audit,
    "one-audit": audits.one_audit,
    "in-figures": about.in_figures,
    "how-to-read": about.how_to_read,
    "control": lambda pack: [*grade_tables.chosen_audits(pack), *about.control(pack)],
    "sources": about.sources,
    "left-out": about.withheld,
    "plain-page-two": lambda pack: [*told.told(pack, "plain-page-two"), *told.about_two_pages(pack)],
}


def blocks_of(pack: EvidencePack) -> list[Block]:
    """The blocks of a pack's sections in their order; what lies on its side stands on pages of its own."""
    made: list[Block] = []
    for key in pack.kind.sections if pack.kind else STANDARD:
        laid = BLOCKS.get(key, partial(told.told, key=key))(pack)
        made += _on_its_side(laid) if key in WIDE else laid
    made += exhibits.exhibits(pack) if pack.exhibits else ()
    return with_ends(_turned_less(made))


def _on_its_side(blocks: Sequence[Block]) -> list[Block]:
    """Tables on pages that lie on their side; mere words stay upright."""
    if not any(isinstance(block, Table) for block in blocks):
        return list(blocks)
    return [Turn(wide=True), *blocks, Turn(wide=False)]


def _turned_less(blocks: Sequence[Block]) -> list[Block]:
    """Where one section on its side follows another, the pages are not turned upright between them."""
    made: list[Block] = []
    for block in blocks:
        if made and isinstance(block, Turn) and isinstance(made[-1], Turn) and block.wide and not made[-1].wide:
            made.pop()
        else:
            made.append(block)
    return made


def with_ends(blocks: Sequence[Block]) -> list[Block]:
    """Words that lead to what is not in this pack stay words."""
    keys = {block.key for block in blocks if isinstance(block, Heading)}
    return [Paragraph(x.words) if isinstance(x, Link) and x.key not in keys else x for x in blocks]
