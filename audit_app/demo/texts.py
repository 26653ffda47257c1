"""The invented words, read from the YAML files beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent


@cache
def texts(name: str) -> dict[str, Any]:
    """Everything one file says: practice, closing, people or thread."""
    with (HERE / f"{name}.yaml").open(encoding="utf-8") as file:
        contents: dict[str, Any] = YAML(typ="safe").load(file)
    return contents
