"""What each placeholder of a Word template stands for, in a sentence: ours, as data; and the list of them. Pure."""

from dataclasses import dataclass
from typing import Any

from audit_app.words import Ours, shortened

MOST_SHOWN = 90
# By the path of the name: the names of lists in it stand for one of the list.
SAYS = {
    "council": "Name of the council",
    "fictional": "A sentence for a fictional council; empty for all others",
    "marking": "How the council marks its documents",
    "level": "For whom it may be shown",
    "reference": "Reference of the self-assessment",
    "title": "What it is called",
    "retells": "Which self-assessment it is about, and when that was signed",
    "day": "The day it was signed",
    "edition": "The framework it is written against",
    "theme": "Theme of the inspection, where there is one",
    "period": "The days it speaks of",
    "as_at": "The day on which its figures were counted",
    "draft": "That it is a draft; nothing once it is signed",
    "signature": "Who signed it and when; that it is a draft where nobody has",
    "fingerprint": "Fingerprint of what was signed",
    "written_by": "Who wrote in it",
    "before": "Reference of the one before; empty for the first",
    "template": "Which template made the document",
    "leaders_words": "The leader’s own words; may be empty",
    "leaders_signature": "Who signed these words and when",
    "sections.title": "Heading of the section, with its agency",
    "sections.heading": "Heading alone",
    "sections.agency": "Agency that writes it; may be empty",
    "sections.has_grade": "Whether the framework grades it: for a choice with if",
    "sections.grade": "Self-assessed grade",
    "sections.grade_reason": "Why this grade",
    "sections.passages.question": "A question of the section",
    "sections.passages.text": "What is written under it",
    "sections.passages.claims.text": "A claim under this question",
    "sections.passages.claims.says": "What the claim says of practice",
    "sections.passages.claims.firmness": "How firm it is, on the ladder of evidence",
    "sections.passages.claims.firmness_reason": "Why this firm; may be empty",
    "sections.passages.claims.against": "What speaks against it, and what happened since the signature",
    "sections.passages.claims.cites_nothing": "Whether it cites nothing: for a choice with if",
    "sections.passages.claims.cited.kind": "Kind of what is cited",
    "sections.passages.claims.cited.words": "What is cited; for a figure, the figure",
    "sections.passages.claims.cited.details": "More about it: grades, how chosen, interval",
    "sections.passages.claims.cited.reference": "Its reference; may be empty",
    "sections.passages.claims.cited.day": "The day it speaks up to; may be empty",
    "sections.passages.claims.cited.link": "Its address; may be empty",
    "sections.plans.what": "A plan of the section",
    "sections.plans.who": "Who does it",
    "sections.plans.by_when": "By when",
    "sections.plans.impact": "How its impact will be shown",
    "sections.plans.action": "Reference of the plan action; may be empty",
    "looked_back.section": "Section of the one before",
    "looked_back.kind": "Plan or claim",
    "looked_back.about": "What was said or planned",
    "looked_back.became": "What became of it",
    "looked_back.words": "How far it came",
    "looked_back.reference": "What shows it; may be empty",
    "parts.heading": "Heading of a part",
    "parts.text": "What is written under it",
    "grades.area": "An area the framework grades",
    "grades.grade": "Its self-assessed grade",
}


@dataclass(frozen=True)
class Placeholder:
    """One placeholder as the page lists it."""

    typed: str  # section.title, without its braces
    says: str
    example: str
    inside: str  # for section in sections; empty at the top


def listed(example: dict[str, Any]) -> list[Placeholder]:
    """Every placeholder of a kind of document in its order, with what it would say in the example."""
    made: list[Placeholder] = []
    _list(example, "", "", "", made)
    return made


def _list(group: dict[str, Any], path: str, before: str, inside: str, made: list[Placeholder]) -> None:
    later = []
    for name, value in group.items():
        typed, where = f"{before}{name}", f"{path}{name}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            later.append((name, value[0], where, typed))
        elif isinstance(value, list):
            loop = f"for {one_of(name)} in {typed}"
            within = f"{inside}, then {loop}" if inside else loop
            made.append(Placeholder(one_of(name), Ours(SAYS[where]), _shown(value[0]), within))
        else:
            made.append(Placeholder(typed, Ours(SAYS[where]), _shown(value), inside))
    for name, value, where, typed in later:
        loop = f"for {one_of(name)} in {typed}"
        _list(value, f"{where}.", f"{one_of(name)}.", f"{inside}, then {loop}" if inside else loop, made)


def one_of(name: str) -> str:
    """What one of a list is called in our templates: section of sections."""
    return ONES.get(name, name.removesuffix("s"))


ONES = {"looked_back": "line", "grades": "line", "against": "doubt", "details": "detail", "cited": "proof"}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes or no"
    return shortened(str(value), MOST_SHOWN)
