"""The format of each kind of file as JSON Schema, for editors and other programs; `format/` holds them as files."""

import json
from typing import Any

from frameworks.corrections import WrittenCorrection
from frameworks.crosswalk_file import CrosswalkFile
from frameworks.files.shapes import Bank, WrittenSet
from frameworks.own_sets.shape import OwnSet
from frameworks.schema import Edition
from frameworks.shapes import Shape

KINDS: dict[str, type[Shape]] = {
    "edition": Edition,
    "bank": Bank,
    "set": WrittenSet,
    "own-set": OwnSet,
    "crosswalk": CrosswalkFile,
    "correction": WrittenCorrection,
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file; raises KeyError for a kind there is not."""
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return draft | KINDS[kind].model_json_schema()


def file_text(kind: str) -> str:
    """The schema as the file in `format/` has it."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
