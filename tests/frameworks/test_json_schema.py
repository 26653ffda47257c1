"""The published JSON Schema files are those of the shapes the reader holds files to."""

from pathlib import Path

import pytest

import frameworks
from frameworks.files import json_schema

FORMAT = Path(frameworks.__file__).parent / "format"


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_each_schema_is_the_one_its_shape_gives(kind):
    assert (FORMAT / f"{kind}.schema.json").read_text("utf-8") == json_schema.file_text(kind)


def test_no_schema_is_left_over_from_a_kind_there_no_longer_is():
    assert {path.name for path in FORMAT.iterdir()} == {f"{kind}.schema.json" for kind in json_schema.KINDS}
