"""What stands on paper for a letter no embedded font has: its Unicode name in brackets. Pure."""

import re
import unicodedata

# Signs that only tell how a neighbour is drawn: they have no picture of their own, so nothing is missed without them.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")


def is_unseen(letter: str) -> bool:
    """Whether a letter has no picture in any font: a variation selector, a joiner, a mark of direction."""
    return unicodedata.category(letter) == "Cf" or _UNSEEN.match(letter) is not None


def name_of(letter: str) -> str:
    """The name in brackets: [GRINNING FACE]; [U+E000] for what has no name."""
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}')}]"
