"""The shape of a council's case references, learned from one example, and shown back in examples. Pure."""

import re
from dataclasses import dataclass

LONGEST = 30
SEPARATORS = "-/._ "
MOST_FIGURES = 12


class NoPattern(ValueError):
    """The example cannot be learned from; the message says why."""


@dataclass(frozen=True)
class Shown:
    """References that will be accepted and refused, for the page."""

    accepted: tuple[str, ...]
    refused: tuple[str, ...]


def pattern_from(example: str, *, letters_vary: bool, figures_vary: bool) -> str:
    """A regular expression for references like the example.

    Letters must be these very letters unless they vary; figures must be as many unless their number varies.

    Raises:
        NoPattern: the example is empty, too long, holds other signs, has no figure, or could be an NHS number.
    """
    example = " ".join(example.split()).upper()
    if not example:
        raise NoPattern("Enter an example of a case reference, like G-123456")
    if len(example) > LONGEST:
        raise NoPattern(f"The example must be {LONGEST} characters or fewer")
    pieces = re.findall(r"[A-Z]+|[0-9]+|.", example)
    strange = [piece for piece in pieces if not re.fullmatch(r"[A-Z]+|[0-9]+", piece) and piece not in SEPARATORS]
    if strange:
        raise NoPattern("Use only letters A to Z, figures, and - / . _ or a space between them")
    if not any(piece[0].isdigit() for piece in pieces):
        raise NoPattern("The example must have at least one figure: a reference of letters alone could be a name")
    if re.sub(f"[{re.escape(SEPARATORS)}]", "", example).isdigit() and len(re.sub(r"\D", "", example)) == 10:
        raise NoPattern("Ten figures could be an NHS number, which must never be used. Type your case reference")
    return "".join(_piece(piece, letters_vary=letters_vary, figures_vary=figures_vary) for piece in pieces)


def _piece(piece: str, *, letters_vary: bool, figures_vary: bool) -> str:
    if piece[0].isdigit():
        return f"[0-9]{{1,{MOST_FIGURES}}}" if figures_vary else f"[0-9]{{{len(piece)}}}"
    if piece.isalpha():
        return f"[A-Z]{{{len(piece)}}}" if letters_vary else piece
    return re.escape(piece)


def show(pattern: str, example: str) -> Shown:
    """What the pattern accepts and refuses, tried on references made from the example and on things people mistype."""
    example = " ".join(example.split()).upper()
    turned = re.sub(r"[0-9]", lambda figure: str((int(figure[0]) + 3) % 10), example)
    other_letters = re.sub(r"[A-Z]", lambda letter: chr((ord(letter[0]) - 62) % 26 + 65), example)
    tried = [example, turned, other_letters, f"{example}7", example[:-1], f"X{example}", "J SMITH", "943 476 5919"]
    accepted: list[str] = []
    refused: list[str] = []
    for reference in dict.fromkeys(tried):
        (accepted if re.fullmatch(pattern, reference) else refused).append(reference)
    return Shown(tuple(accepted), tuple(refused))
