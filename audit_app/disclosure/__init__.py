"""Finds in typed text what must not leave the council: names, dates of birth, addresses, numbers, small counts. Pure.

`suspects(text, council)` is the door. It finds and never judges: a person clears, rewords or accepts what it shows.
"""

from audit_app.disclosure.council import Council, council
from audit_app.disclosure.identifiers import is_nhs_number
from audit_app.disclosure.reading import around, plain, suspects
from audit_app.disclosure.suspect import TITLES, Kind, Suspect

__all__ = ["TITLES", "Council", "Kind", "Suspect", "around", "council", "is_nhs_number", "plain", "suspects"]
