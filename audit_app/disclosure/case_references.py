"""References to a child's record in any spelling: the council's own, our audits', and those of case systems. Pure."""

import re
from collections.abc import Iterator

from audit_app.disclosure.suspect import Kind, Suspect, each_match

_AUDIT = re.compile(r"\bAUD[ -]?\d{3,}\b", re.IGNORECASE)
_SYSTEMS = (
    r"LCS|ICS|EHM|EHMS|Mosaic|Liquid ?logic|CareDirector|Care ?First|Azeus|Eclipse|Framework-?i|FWi|PARIS|RiO"
    r"|SystmOne|SWIFT|Capita ONE|Impulse|Protocol|Core\+?|Tri\.x|CHARMS|ContrOCC|URN|UID|Person ?ID|PID"
)
_SYSTEM = re.compile(
    rf"\b(?:{_SYSTEMS})(?: (?:case|record|person|client|file))?(?: ?(?:ID|IDs|no\.?|number|ref\.?|reference|#))?"
    r"[\s:#.-]{0,3}(?:[A-Z]{1,3}[ -]?)?\d{4,12}\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:case|record|file|child|client|person|pupil|family|service user|referral|court|police|crime|hospital"
    r"|social care)"
    r"['s]{0,2}(?: (?:record|file|case|system|care))?"
    r" ?(?:IDs?\b|nos?\b|number\b|num\b|refs?\b|references?\b|#)"
    r"(?:[\s:#.,-]|\bno\b|\bis\b|\bwas\b|\bof\b){0,4}((?:[A-Z]{1,4}[ /-]?){0,2}\d[\dA-Z/-]{1,14})\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:ref|reference|case|our ref|your ref)\.? ?[:#]? ?((?:[A-Z]{1,3}[/-]?)?\d{5,10})\b", re.IGNORECASE
)
# Courts number cases by year, letter and five figures.
_COURT = re.compile(r"\b[A-Z]{2}\d{2}[CPFZ]\d{5}\b")


def case_references(text: str, own: re.Pattern[str] | None) -> Iterator[Suspect]:
    """References to one record; `own` is how the council's own look."""
    for pattern in (_AUDIT, _SYSTEM, _SAID, _BARE, _COURT):
        yield from each_match(text, pattern, Kind.case_reference)
    if own is not None:
        for match in own.finditer(text):
            if any(letter.isdigit() for letter in match[0]):
                yield Suspect(Kind.case_reference, match[0], match.start())
