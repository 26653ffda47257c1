"""Street addresses. A postcode is told among the identifiers. Pure."""

import re
from collections.abc import Iterator

from audit_app.disclosure.suspect import Kind, Suspect, each_match

_STREETS = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Crescent|Cres|Gardens|Gdns|Court|Ct|Terrace|Tce|Grove|Place|Pl"
    r"|Way|Walk|Square|Sq|Hill|Mews|Row|Rise|View|Green|Park|Parade|Gate|Wharf|Estate|Mead|Meadows?|Fields?|Croft|Garth|Path"
    r"|Vale|End|Broadway|Embankment|Quay|Villas|Cottages|Mansions|Heights|House|Towers?|Point|Drove|Approach|Circus|Common)"
)
_NAME = (
    r"(?:(?:St|Saint|The|Old|New|Upper|Lower|Great|Little|North|South|East|West)\.? )?"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}"
)
_WITH_NUMBER = re.compile(
    rf"\b(?:(?:flat|apartment|apt|unit|room)\.? ?\w{{1,4}},? )?\d{{1,4}} ?[A-Za-z]?,? {_NAME} {_STREETS}\b"
)
_SMALL_LETTERS = re.compile(
    r"\b\d{1,4}[a-z]? (?:[a-z]+ ){1,2}(?:road|rd|street|avenue|lane|crescent|terrace|mews|grove)\b"
)
_FLAT = re.compile(rf"\b(?:[Ff]lat|[Aa]partment) \d{{1,4}}[A-Za-z]?,? {_NAME}")
# Without a number only what is hardly ever anything else.
_ROAD = re.compile(
    r"\b(?:[A-Z][a-z'-]+ ){1,2}(?:Road|Rd|Street|Avenue|Lane|Crescent|Terrace|Mews|Grove|Gardens|Close|Drive)\b"
    r"(?! (?:Safety|School|[Hh]ubs?|[Cc]entre|[Tt]eam|[Oo]ffices?|[Ss]ite|children's|[Cc]linic|[Ll]ibrary)\b)"
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_LIVES = re.compile(
    r"\b(?:liv(?:es?|ed|ing)|resid(?:es?|ed|ing)|moved?|placed|stay(?:s|ed|ing)?|address(?: is| was)?:?)"
    r"(?: with [\w ]{3,30})?"
    rf" (?:at|on|in|to|to)? ?((?:number |no\.? ?)?\d{{1,4}}[a-zA-Z]? (?!{_MONTHS})[A-Z]\w+|{_NAME} {_STREETS})\b"
)


def places(text: str) -> Iterator[Suspect]:
    """Addresses with a number, flats, and roads that stand by themselves."""
    for pattern in (_WITH_NUMBER, _SMALL_LETTERS, _FLAT, _LIVES, _ROAD):
        yield from each_match(text, pattern, Kind.address)
