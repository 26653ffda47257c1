"""The forms of exhibits: which, in which order; and what somebody saw in a file that no machine can read."""

from collections.abc import Iterable
from typing import Any

import wtforms

from audit_app.forms import AppForm, Checkboxes, Length, Line, Needed, Radios, WholeNumber, choices
from audit_app.packs.exhibits.chosen import MOST, place_name
from audit_app.packs.tables import Decision

DECISIONS = [
    (Decision.cleared.value, "It tells of nobody"),
    (Decision.accepted.value, "It tells of somebody and may be read by this audience"),
]


class ExhibitsForm(AppForm):
    """Which pieces of evidence a pack is to have, and in which order."""

    chosen = Checkboxes("Exhibits", validate_choice=False)
    build = wtforms.HiddenField()

    def places(self, keys: Iterable[str]) -> dict[str, int | None]:
        """The place that was typed for each."""
        return {key: self[place_name(key)].data for key in keys if place_name(key) in self}


def exhibits_form(keys: Iterable[str]) -> type[ExhibitsForm]:
    """The form with a place for each piece."""
    fields: dict[str, Any] = {
        place_name(key): WholeNumber(f"Place of {key.partition('/')[0]}", least=1, most=MOST) for key in keys
    }
    return type("ExhibitsFormOfPack", (ExhibitsForm,), fields)


class LookForm(AppForm):
    """What somebody saw in a file, and whom it tells of."""

    stays_inside = "what was seen is kept beside the evidence and printed nowhere"

    decision = Radios("Whom does it tell of?", [Needed("Choose whom it tells of")], choices=choices(DECISIONS))
    reason = Line(
        "What did you see?", [Needed("Say what you saw, such as: a chart of totals by team"), Length(1_000, "The text")]
    )
