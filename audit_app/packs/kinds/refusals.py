"""What cannot be chosen for a pack: a section above its audience, a thing nobody named, a strange area. Pure."""

from audit_app import words
from audit_app.errors import Invalid
from audit_app.packs.disclosure import levels
from audit_app.packs.kinds.choices import Choices
from audit_app.packs.kinds.sections import SECTIONS, Asks
from frameworks import Edition

MOST_AUDITS = 200
NEEDED = {
    Asks.areas: ("areas", "Choose one judgement area at least"),
    Asks.audit: ("audits", "Name the audit, such as AUD-0012"),
    Asks.theme: ("theme", "Choose a question set"),
    Asks.self_assessment: ("self_assessment", "Choose a self-assessment that is signed"),
    Asks.since: ("since", "Enter the day of the last board"),
}


def refuse(chosen: Choices, level: int, edition: Edition) -> None:
    """Refuse choices that a pack for this audience, of this framework, cannot have.

    Raises:
        Invalid: which choice, and what to do.
    """
    unknown = [key for key in chosen.sections if key not in SECTIONS]
    if unknown or not chosen.sections:
        raise Invalid("sections", "Choose the sections from the list.")
    above = [SECTIONS[key].name for key in chosen.sections if SECTIONS[key].most_open < level]
    if above:
        audience = levels.NAMES[level].lower()
        raise Invalid(
            "level", f"{words.listing(above)} cannot go into a pack for this audience ({audience}). Choose a smaller "
            "audience, or leave the section out.",
        )  # fmt: skip
    if chosen.audits and level > levels.INSPECTOR:
        raise Invalid("level", "A publishable pack tells of no single audit. Choose a smaller audience, or name none.")
    for asked in chosen.asks:
        field, sentence = NEEDED[asked]
        if not getattr(chosen, field):
            raise Invalid(field, f"{sentence}.")
    if Asks.audit in chosen.asks and len(chosen.audits) != 1:
        raise Invalid("audits", "Name one audit; the kind is of a single one.")
    if len(chosen.audits) > MOST_AUDITS:
        raise Invalid("audits", f"Name {MOST_AUDITS} audits or fewer.")
    known = {area.id for area in edition.areas}
    if strange := [area for area in chosen.areas if area not in known]:
        raise Invalid("areas", f"{edition.title} has no judgement area {words.listing(strange)}. Choose again.")
