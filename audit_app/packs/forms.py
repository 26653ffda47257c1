"""The form that asks for a pack."""

from typing import Any

import wtforms
from wtforms.validators import ValidationError

from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed, Radios, choices
from audit_app.packs.disclosure import levels

TITLE, POST, MARKING = 300, 300, 60


class PackForm(AppForm):
    """What the pack is of, for whom, and its document control."""

    councils_marking: str = ""  # what is printed on what stays with a few

    title = Line("Title", [Needed("Enter a title, such as Evidence pack, October 2026"), Length(TITLE, "Title")])
    edition_id = Radios("Framework", [Needed("Choose the framework whose judgement areas the pack follows")])
    period_from = DateParts("First day of the period", [Needed("Enter the first day of the period")])
    period_to = DateParts("Last day of the period", [Needed("Enter the last day of the period")])
    level = Radios(
        "Who is it for?",
        [Needed("Choose who the pack is for")],
        choices=choices([(str(level), name) for level, name in reversed(levels.NAMES.items())]),
    )
    purpose = LongText("Why it must tell more than a publishable pack")
    for_inspection = Line("For which inspection? (optional)", [Length(100, "The inspection")])
    each_audit = wtforms.BooleanField("Print each audit in full")
    exhibits_first = wtforms.BooleanField("Choose evidence files to stand behind it, before it is built")
    marking = Line("Protective marking", [Length(MARKING, "Marking")])
    author_post = Line("Author", [Needed("Enter the post that made this pack"), Length(POST, "Author")])
    owner_post = Line("Owner", [Needed("Enter the post that answers for this pack"), Length(POST, "Owner")])
    approvals = Line("Approved by", [Length(POST, "Approved by")])
    circulation = LongText("Circulation", [Needed("Say who receives this pack"), Length(what="Circulation")])
    review_on = DateParts("To be reviewed on")
    destroy_on = DateParts("To be destroyed on")

    def validate_purpose(self, field: Any) -> None:
        """Each step away from the publishable pack needs its reason (PD-9)."""
        chosen = self.level.data
        if chosen in {"0", "1", "2"} and not (field.data or "").strip():
            raise ValidationError("Say why this pack must tell more than a publishable one")

    def validate_marking(self, field: Any) -> None:
        """What everybody may read is not marked as if they must not."""
        if self.level.data == str(levels.PUBLISHABLE) and not levels.marking_fits(levels.PUBLISHABLE, field.data or ""):
            raise ValidationError(
                f"A publishable pack cannot be marked {field.data}. Leave this empty, or enter OFFICIAL"
            )

    def validate_period_to(self, field: Any) -> None:
        """A period runs forward."""
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise ValidationError("The last day of the period must not be before the first")

    def validate_destroy_on(self, field: Any) -> None:
        """A pack is reviewed before it is destroyed."""
        if field.data and self.review_on.data and field.data < self.review_on.data:
            raise ValidationError("To be destroyed on must not be before the day of review")
