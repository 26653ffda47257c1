"""How easy a text is to read, in figures that are what they say: no reading age, which formulas only guess. Pure."""

import re

from audit_app.self_assessment.tables_outputs import Audience

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
# From this length on, a sentence is worth a second look.
LONG = {Audience.children: 15, Audience.staff: 25}


def sentence_words(text: str, audience: Audience) -> str:
    """“6 sentences, 11 words each on average; the longest has 24. Try 15 or fewer.”; empty for no text."""
    lengths = [len(sentence.split()) for sentence in SENTENCE.findall(text) if sentence.split()]
    if not lengths:
        return ""
    average = (2 * sum(lengths) + len(lengths)) // (2 * len(lengths))
    counted = "1 sentence" if len(lengths) == 1 else f"{len(lengths):,} sentences"
    figures = f"{counted}, {average} words each on average; the longest has {max(lengths)}."
    return f"{figures} Try {LONG[audience]} or fewer." if max(lengths) > LONG[audience] else figures
