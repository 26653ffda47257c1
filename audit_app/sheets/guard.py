"""Defuses text a spreadsheet program would run as a formula, and takes the mark off on reading (EX-1, EX-2)."""

import re

# Programs skip leading blanks before they look for a formula; apostrophes are counted so that the mark can be undone.
_DANGER = re.compile(r"'*[^\S\t\r\n]*[\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def guard(text: str) -> str:
    """Text that begins like a formula gets an apostrophe in front; all other text stays as it is."""
    return f"'{text}" if _DANGER.match(text) else text


def unguard(text: str) -> str:
    """Takes off the apostrophe that guard() put on, and no other."""
    return text[1:] if text.startswith("'") and _DANGER.match(text, 1) else text


def tidy(text: str) -> str:
    """Line ends become one kind, and characters no spreadsheet can hold go (the rule of IN-4)."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_controls(text: str) -> bool:
    """Whether text holds characters nobody types: NUL, C0 controls, half of a character pair."""
    return _CONTROLS.search(text) is not None
