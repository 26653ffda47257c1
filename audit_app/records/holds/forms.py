"""The forms of legal holds."""

from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.records.holds.wording import HELD_WORDS
from audit_app.records.tables import REASON_LENGTH


class PlaceForm(AppForm):
    """What is held, why, from when, and when somebody looks again."""

    stays_inside = "A hold is shown to those who answer for records, and no pack prints it."

    held = Radios("What is held?", [Needed("Choose what is held")], choices=choices(HELD_WORDS.items()))
    target = Line("Its reference, or the case reference", [Length(100, "The reference")])
    kind = OneOf("Which kind of record")
    person = OneOf("Who")
    reason = LongText("Why is it held?", [Needed("Say why it is held"), Length(REASON_LENGTH, "The reason")])
    held_from = DateParts("Held from", [Needed("Enter the day from which it is held")])
    review_on = DateParts("Day of review", [Needed("Enter the day on which somebody looks at it again")])


class ChangeForm(AppForm):
    """Why it is held, and when somebody looks again."""

    stays_inside = "A hold is shown to those who answer for records, and no pack prints it."

    reason = LongText("Why is it held?", [Needed("Say why it is held"), Length(REASON_LENGTH, "The reason")])
    review_on = DateParts("Day of review", [Needed("Enter the day on which somebody looks at it again")])


class LiftForm(AppForm):
    """Why a hold is lifted."""

    stays_inside = "A hold is shown to those who answer for records, and no pack prints it."

    reason = LongText("Why is it lifted?", [Needed("Say why it is lifted"), Length(REASON_LENGTH, "The reason")])
