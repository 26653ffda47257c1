"""The lines in which a plan names several of a thing: who monitors it, its aims with where each came from. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """An aim of a theme, with the source of the idea as the plan prints it in brackets under it."""

    text: str
    provenance: str = ""


def lines(text: str) -> tuple[str, ...]:
    """Several of a thing, one a line, empty lines left out: monitoring bodies, what staff said, corporate priorities.

    Returns:
        Each line without its outer spaces, in order.

    Source:
        Royal Borough of Windsor and Maidenhead, business plan 2017–18, appendix 1: "Performance meeting" and
        "Monitoring of new data set" in one cell.
    """
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def aims(text: str) -> tuple[Aim, ...]:
    """The aims of a theme, one a line; a line wholly in brackets is the source of the aim above it.

    Returns:
        The aims in order. Brackets above every aim belong to none, and are an aim of their own.

    Source:
        City of London, service development plan report, 3 October 2019, paragraph 4a: each aim lists the source of
        the idea underneath it, in brackets.
    """
    listed: list[Aim] = []
    for line in lines(text):
        if listed and not listed[-1].provenance and in_brackets(line):
            listed[-1] = Aim(listed[-1].text, line[1:-1].strip())
        else:
            listed.append(Aim(line))
    return tuple(listed)


def in_brackets(line: str) -> bool:
    """Whether a line is one pair of brackets and what stands in them: (Ofsted 2016), but not (a) and (b).

    Returns:
        False as well for brackets with nothing in them.

    Source:
        Own rule.
    """
    if not (line.startswith("(") and line.endswith(")") and line[1:-1].strip()):
        return False
    depth = 0
    for place, letter in enumerate(line):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and place < len(line) - 1:
            return False
    return depth == 0


def aims_text(listed: Iterable[Aim]) -> str:
    """Aims as they are kept: each on its line, its source in brackets under it."""
    return "\n".join(aim.text + (f"\n({aim.provenance})" if aim.provenance else "") for aim in listed)
