"""How firm a claim is, as the ladder of evidence says it: its rungs are read from the edition that carries it. Pure."""

import re
from functools import cache

import frameworks

LADDER = "evidence-ladder"
RUNG = re.compile(r"([0-9]), ([^;.]+)")


@cache
def rungs() -> dict[int, str]:
    """Each rung with what it means, the weakest first; none when no edition carries a ladder."""
    for edition in frameworks.editions():
        for fact in edition.facts:
            if fact.id == LADDER:
                return {int(number): words.strip() for number, words in RUNG.findall(fact.says)}
    return {}


def rung_words(rung: int | None) -> str:
    """“Rung 3 of 5: audit”; that nobody has decided where there is none."""
    if rung is None:
        return "Nobody has decided yet how firm this is"
    return f"Rung {rung} of {max(rungs(), default=5)}: {rungs().get(rung, '')}"
