"""A text as a search compares it, written one way wherever it is kept or asked for. Pure."""

import unicodedata


def folded(text: str) -> str:
    """Small letters, no accents, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(mark for mark in apart if not unicodedata.combining(mark)).split())
