"""Where things stand in a YAML text, looked up only after a fault, because keeping line numbers is slow."""

import collections
import functools
import itertools
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML, nodes
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError

Path = tuple[str | int, ...]
MAX_VALUES, MAX_DEPTH = 20_000, 12


class TooMany(Exception):
    """A file of too many values."""


class BoundedComposer(Composer):
    """Stops as soon as a file holds too much, before it is read any further."""

    nodes_met = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """One node with all inside it, counted on the way down; a key counts beside its value."""
        self.nodes_met += 1
        if self.nodes_met > 2 * MAX_VALUES:
            raise TooMany
        return super().compose_node(parent, index)


def yaml_reader() -> YAML:
    """The YAML library's parser in Python, which must not print lines of a person's file as warnings.

    It gives up at once when a file is nested too deeply: it looks at every open bracket again with each further one,
    and took 35 seconds to refuse 12,500 of them.
    """
    reader = YAML(typ="safe", pure=True)
    reader.Composer = BoundedComposer
    reader.max_depth = MAX_DEPTH + 1
    reader.composer.warn_double_anchors = False
    return reader


def line_of(text: str, path: Path) -> int | None:
    """The line, counting from 1, of the deepest part of a path that exists; None when the text cannot be read."""
    node = _composed(text)
    if node is None:
        return None
    line = node.start_mark.line
    for part in path:
        step = _step(node, part)
        if step is None:
            break
        line, node = step
    return int(line) + 1


def repeated_keys(text: str) -> list[tuple[str, int]]:
    """Every key that stands twice in one group, with the line of its second place."""
    repeated = []
    for node in _walked(_composed(text)):
        if not isinstance(node, nodes.MappingNode):
            continue
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, nodes.ScalarNode):
                if key.value in seen:
                    repeated.append((str(key.value), key.start_mark.line + 1))
                seen.add(key.value)
    return repeated


def unreadable_value(text: str) -> tuple[str, int] | None:
    """The first single value that looks like a date or number and is none, with its line."""
    for node in _walked(_composed(text)):
        if not isinstance(node, nodes.ScalarNode) or node.style is not None:
            continue
        try:
            yaml_reader().load(str(node.value))
        except MarkedYAMLError:
            continue
        except Exception:  # whatever the value made the loader do, this is the value that did it
            return str(node.value), node.start_mark.line + 1
    return None


@functools.lru_cache(maxsize=8)
def _composed(text: str) -> nodes.Node | None:
    try:
        composed: nodes.Node | None = yaml_reader().compose(text)
    except Exception:  # looking up a line must never add a second failure to the first
        return None
    return composed


def _step(node: nodes.Node, part: str | int) -> tuple[int, nodes.Node] | None:
    if isinstance(node, nodes.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line, value
    if isinstance(node, nodes.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line, node.value[part]
    return None


def _walked(node: nodes.Node | None) -> Iterator[nodes.Node]:
    seen: set[int] = set()
    waiting = collections.deque([node] if node is not None else [])
    while waiting:
        current = waiting.popleft()
        # An alias leads back to a node already seen; walking it again could go on for ever.
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, nodes.MappingNode):
            waiting.extend(itertools.chain.from_iterable(current.value))
        elif isinstance(current, nodes.SequenceNode):
            waiting.extend(current.value)
