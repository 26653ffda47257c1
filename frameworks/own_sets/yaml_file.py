"""A council's own question set as one YAML file: written so that people can read it, and read back the same."""

import io
from typing import Any

from ruamel.yaml import YAML

from frameworks.files import faults, parsing, yaml_lines
from frameworks.files.faults import Fault
from frameworks.own_sets import own_set
from frameworks.own_sets.shape import OwnSet

HEAD = "# A question set of a council’s own. Check it with: audit-app framework check FILE\n"


def to_yaml(own: OwnSet) -> str:
    """The document as YAML, without what stands at its default."""
    writer: Any = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 110
    writer.sort_base_mapping_type_on_output = False
    stream = io.StringIO()
    writer.dump(_plain(own.model_dump(exclude_defaults=True)), stream)
    return HEAD + stream.getvalue()


def from_yaml(content: bytes, name: str) -> tuple[OwnSet | None, tuple[Fault, ...]]:
    """Read one file: the document, or every fault with its line; and, for a document that has its shape, none.

    What must hold between its parts is `own_set.complaints`; `fault_at` gives those their lines.
    """
    try:
        value = parsing.values_in(content)
    except parsing.Unreadable as error:
        return None, tuple(Fault(name, "", line, message) for line, message in error.complaints)
    own, complaints = own_set.shaped(value)
    return own, tuple(fault_at(content, name, path, message) for path, message in complaints)


def fault_at(content: bytes, name: str, path: faults.Path, message: str) -> Fault:
    """A complaint with the line of the file it is about."""
    line = yaml_lines.line_of(content.decode("utf-8", "replace"), path)
    return Fault(name, faults.place_as_written(path), line, faults.printable(message, 500))


def _plain(value: Any) -> Any:
    """Lists for tuples, plain dicts for mappings: what a YAML writer knows."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
