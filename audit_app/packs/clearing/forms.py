"""The form that decides about words which may tell of a person."""

from audit_app.forms import AppForm, Length, Line, Needed, Radios, choices
from audit_app.packs.tables import Decision

DECISIONS = [
    (Decision.cleared.value, "It tells of nobody"),
    (Decision.accepted.value, "It tells of somebody and may be read by this audience"),
]


class DecideForm(AppForm):
    """What somebody decided, and why."""

    stays_inside = "a reason may name what it is about; it is kept beside the text and printed nowhere"

    decision = Radios("What is it?", [Needed("Choose what it is")], choices=choices(DECISIONS))
    reason = Line("Why?", [Needed("Say why, such as: Rowan is the name of a building"), Length(1_000, "The reason")])
