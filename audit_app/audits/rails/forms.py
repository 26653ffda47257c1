"""The form of reasons: one box for each grade that is asked about."""

from collections.abc import Sequence
from typing import Any

from audit_app.audits.rails.asking import RailLine
from audit_app.forms import AppForm, Length, LongText


def field_name(key: str) -> str:
    """The name of the box for one rail."""
    return f"why-{key.replace('/', '-')}"


class RailsForm(AppForm):
    """What every page of reasons has; `form_of` adds a box for each question."""

    lines: tuple[RailLine, ...] = ()

    def reasons(self) -> dict[str, str]:
        """What was typed, by the key of its question; only boxes that were on the page."""
        boxes = {line.key: self[field_name(line.key)] for line in self.lines}
        return {key: box.data or "" for key, box in boxes.items() if box.raw_data}


def form_of(lines: Sequence[RailLine]) -> type[RailsForm]:
    """The form class for these questions."""
    fields: dict[str, Any] = {"lines": tuple(lines)}
    for line in lines:
        fields[field_name(line.key)] = LongText("Your reason", [Length(what="Reason")])
    return type("GrownRailsForm", (RailsForm,), fields)


def kept_values(lines: Sequence[RailLine]) -> dict[str, str]:
    """What is kept, or was given to an earlier question about the same grade, by the name of its box."""
    return {field_name(line.key): line.reason or line.earlier for line in lines}
