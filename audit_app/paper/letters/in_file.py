"""Tells readers of a file which letter a joined form stands for: who searches finds the word as it is typed."""

import re

from audit_app.paper.letters import arabic

_MAPS = "toUnicodeCMap:"  # ReportLab's name for the list of what each sign of a font means
_MEANING = re.compile(r"^(<[0-9A-F]{2}>) <([0-9A-F]{4})>$", re.MULTILINE)


def tell(document) -> None:
    """Each joined form in the lists of the document's fonts becomes the letters that were typed."""
    for name, thing in document.idToObject.items():
        if name.startswith(_MAPS):
            thing.content = _MEANING.sub(_typed, thing.content)


def _typed(found: re.Match[str]) -> str:
    letter = chr(int(found[2], 16))
    # A sign for two letters stays: readers take it apart themselves, some of them from the wrong end if we do.
    typed = arabic.typed(letter)
    return f"{found[1]} <{ord(typed):04X}>" if arabic.is_joined(letter) and len(typed) == 1 else found[0]
