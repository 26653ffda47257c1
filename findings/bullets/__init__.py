"""Reads a pasted list, with its headings, addressees and timescales, and lets a person put it right. Pure."""

from findings.bullets.entries import Bullet, Entry, PastedList, Role, placed_bullets
from findings.bullets.mending import Change, Mended, Part, mended
from findings.bullets.reading import split_bullets
from findings.bullets.terms import Term, Unit, paragraphs_in, term_in, timescale_in

__all__ = [
    "Bullet",
    "Change",
    "Entry",
    "Mended",
    "Part",
    "PastedList",
    "Role",
    "Term",
    "Unit",
    "mended",
    "paragraphs_in",
    "placed_bullets",
    "split_bullets",
    "term_in",
    "timescale_in",
]
