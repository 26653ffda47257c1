"""Short names made from titles and questions, so that nobody has to invent one: pure, unique, and stable once made.

A council's own set never takes the short name of a set that comes with the product: two things need two names.
"""

import re
import unicodedata
from collections.abc import Collection

import frameworks

MOST = 16  # characters of the short name of a set
LEFT_OUT = frozenset(
    {"a", "an", "and", "are", "at", "been", "by", "do", "does", "for", "from", "has", "have", "how", "in", "is", "it"}
    | {"of", "on", "or", "that", "the", "their", "there", "this", "to", "was", "well", "were", "what", "with"}
)


def of_the_product() -> frozenset[str]:
    """The short name of every question set that comes with the product, whatever its edition."""
    return frozenset(
        question_set.id for edition in frameworks.editions() for question_set in frameworks.question_sets(edition.id)
    )


def why_not(key: str) -> str:
    """Why a council's own set may not have a short name, and what to do; empty when it may."""
    if key not in of_the_product():
        return ""
    return f"“{key}” is the short name of a question set that comes with the product. Choose another short name."


def own_key(text: str, taken: Collection[str] = ()) -> str:
    """A short name for a set of the council's own: neither taken nor the product's."""
    return slug_of(text, MOST, {*taken, *of_the_product()})


def slug_of(text: str, most: int, taken: Collection[str] = ()) -> str:
    """Small letters, digits and single dashes from the words that carry meaning; numbered when it is taken already."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if word not in LEFT_OUT] or words or ["x"]
    base = _fitted(telling, most)
    slug, again = base, 2
    while slug in taken:
        ending = f"-{again}"
        slug, again = f"{base[: most - len(ending)].rstrip('-')}{ending}", again + 1
    return slug


def code_of(text: str, taken: Collection[str] = ()) -> str:
    """A code for a point of a scale: small letters, digits and underscores, beginning with a letter."""
    slug = slug_of(text, 36).replace("-", "_")
    base = slug if slug[0].isalpha() else f"p_{slug}"
    code, again = base, 2
    while code in taken:
        code, again = f"{base}_{again}", again + 1
    return code


def _fitted(words: list[str], most: int) -> str:
    slug = words[0][:most]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > most:
            break
        slug = f"{slug}-{word}"
    return slug
