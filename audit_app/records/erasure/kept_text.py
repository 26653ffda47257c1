"""Which text that was typed and not saved goes with a thing: on one of its pages, or naming it or its record. Pure."""

import json
from collections.abc import Collection, Iterable


def goes_with(path: str, values: str, names: Collection[str], case_reference: str) -> bool:
    """Whether kept text belongs to a thing by its page, or names it or the record it is about."""
    segments = path.split("/")
    if any(name in segments for name in names):
        return True
    typed = " ".join(text for pair in json.loads(values) for text in pair if isinstance(text, str)).casefold()
    wanted = [name.casefold() for name in (*names, case_reference) if name]
    return any(name in typed for name in wanted)


def paths_of(kept: Iterable[tuple[str, str]], names: Collection[str], case_reference: str) -> list[str]:
    """The pages whose kept text goes with a thing."""
    return [path for path, values in kept if goes_with(path, values, names, case_reference)]
