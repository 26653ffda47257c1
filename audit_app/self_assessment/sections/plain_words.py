"""Reads a text for what makes it hard to read: long sentences, acronyms nobody explained, stiff words. Advice, never a
verdict. Pure."""

import re
from dataclasses import dataclass

from audit_app.self_assessment.sections.acronyms import ACRONYMS, PLAINER, WELL_KNOWN
from audit_app.words import listing

LONGEST_SENTENCE = 28
MOST_TOLD = 5
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
ACRONYM = re.compile(r"\b[A-Z][A-Z&]{1,7}\b")
REFERENCE = re.compile(r"\b[A-Z]{3}-[0-9]{4,9}\b")


@dataclass(frozen=True)
class Advice:
    """One thing to look at again: which words, and what to do."""

    words: str
    says: str


def advice(text: str) -> tuple[Advice, ...]:
    """What to look at again in a text, the most useful first; at most a few of each kind.

    A sentence is long from 29 words up. An acronym counts as explained when the text itself says what it stands for,
    before or after it in brackets; of those the glossary knows, its own words are offered.
    """
    return (*_acronyms(text), *_stiff(text), *_long(text))


def _acronyms(text: str) -> list[Advice]:
    bare = REFERENCE.sub(" ", text)
    named = dict.fromkeys(ACRONYM.findall(bare))
    unexplained = [word for word in named if word not in WELL_KNOWN and not _is_explained(word, bare)]
    known = [Advice(word, f"Write “{ACRONYMS[word]} ({word})” once.") for word in unexplained if word in ACRONYMS]
    unknown = [f"“{word}”" for word in unexplained if word not in ACRONYMS]
    unknown_ones = [Advice(listing(unknown[:MOST_TOLD]), "Say once what it stands for.")] if unknown else []
    return known[:MOST_TOLD] + unknown_ones


def _is_explained(word: str, text: str) -> bool:
    """Whether an acronym stands in brackets after words with its letters, or words stand in brackets after it."""
    if meaning := ACRONYMS.get(word):
        plain = text.casefold().replace("'", "’")
        if meaning.casefold() in plain:
            return True
    return bool(re.search(rf"[a-z][^.()]*\({re.escape(word)}\)|\b{re.escape(word)} \([^)]*[a-z][^)]*\)", text))


def _stiff(text: str) -> list[Advice]:
    there = [
        (stiff, plain) for stiff, plain in PLAINER.items() if re.search(rf"\b{re.escape(stiff)}\b", text, re.IGNORECASE)
    ]
    return [Advice(stiff, f"Plainer: {plain}.") for stiff, plain in there][:MOST_TOLD]


def _long(text: str) -> list[Advice]:
    long = []
    for sentence in SENTENCE.findall(text):
        words = sentence.split()
        if len(words) > LONGEST_SENTENCE:
            long.append(Advice(f"{' '.join(words[:6])} …", f"{len(words)} words in one sentence. Make two of it."))
    return long[:MOST_TOLD]
