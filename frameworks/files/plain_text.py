"""Text of a file made fit to stand in a sentence."""


def printable(text: str, limit: int = 60) -> str:
    """The text on one line, with what could not be printed made visible, and cut at a number of characters."""
    clean = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
