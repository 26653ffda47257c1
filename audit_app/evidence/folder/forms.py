"""The forms of the evidence folder: one entry, and why it is taken out."""

from typing import Any

from audit_app.evidence.forms import level_choices, titled
from audit_app.evidence.states import EntryStatus, Renewal
from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed, OneOf, Radios, WholeNumber

TITLE = 300


class EntryForm(AppForm):
    """One entry of the folder."""

    title = Line("Title", [Needed("Enter what belongs under this entry"), Length(TITLE, "Title")])
    position = WholeNumber("Place in the folder", least=1, most=500)
    owner_post_id = OneOf("Owner")
    source = Line("Where it comes from", [Length(TITLE, "Where it comes from")])
    renewal = OneOf("How often it is refreshed", choices=titled(Renewal))
    refresh_on = DateParts("Next refresh")
    status = Radios("Status", [Needed("Choose how far it is")], choices=titled(EntryStatus))
    level = Radios("Who may have it", [Needed("Choose who may have it")], choices=level_choices())
    pages_said = WholeNumber("Pages that are not kept here", least=1, most=100_000)
    note = LongText("Note")

    def given(self) -> dict[str, Any]:
        """What was typed, column by column."""
        names = ("title", "source", "refresh_on", "pages_said", "note", "position")
        post = self.owner_post_id.data
        return {name: self[name].data for name in names} | {
            "owner_post_id": int(post) if post else None, "renewal": Renewal(self.renewal.data or "yearly"),
            "status": EntryStatus(self.status.data), "level": int(self.level.data),
        }  # fmt: skip
