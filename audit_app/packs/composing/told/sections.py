"""Which function tells which of the sections that only some kinds have; the others are fields of the pack. Pure."""

from collections.abc import Callable, Mapping

from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.told import areas, assessment, audit, board, evidence, notes, plain, theme, year
from audit_app.packs.parts.told import ToldSection

Teller = Callable[[Extract, Narrator], ToldSection | None]

TELLERS: Mapping[str, Teller] = {
    "area-in-short": areas.in_short,
    "evidence": evidence.evidence,
    "self-assessment": assessment.as_signed,
    "claims-and-evidence": assessment.claims,
    "concerns": audit.concerns,
    "theme-answers": theme.answers,
    "theme-seen": theme.seen,
    "theme-findings": theme.findings,
    "since-last-board": board.since,
    "year-in-numbers": year.numbers,
    "year-in-grades": year.grades,
    "moderation": year.moderation,
    "closed-and-different": year.closed,
    "plain-page-one": plain.page_one,
    "plain-page-two": plain.page_two,
    "working-notes": notes.notes,
}


def told(cut: Extract, narrator: Narrator) -> tuple[ToldSection, ...]:
    """The sections that were chosen, each from what was chosen of the extract."""
    made = [TELLERS[key](cut, narrator) for key in cut.chosen.sections if key in TELLERS]
    return tuple(section for section in made if section is not None)
