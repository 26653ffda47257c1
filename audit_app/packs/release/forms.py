"""The forms on a pack's way out: what the proof-reader says, and who gets it for what."""

import wtforms

from audit_app.forms import AppForm, DateParts, Length, Line, LongText, Needed

RECIPIENT = 300


class ProofForm(AppForm):
    """That somebody read the pack, and why what is left may stand."""

    stays_inside = "the note of a proof-reader is printed in no pack"

    has_read = wtforms.BooleanField("I have read every page of this pack", [Needed("Read every page, then say so")])
    note = LongText("Why what is left may stand", [Length(2_000, "The note")])


class ReleaseForm(AppForm):
    """Who gets the pack, for what, and when it was given."""

    stays_inside = "the register of what went to whom is printed in no pack"

    recipient = Line("Who gets it?", [Needed("Say who gets the pack"), Length(RECIPIENT, "Who gets it")])
    purpose = LongText("What for?", [Needed("Say what they get it for"), Length(2_000, "What for")])
    released_on = DateParts("On which day?", [Needed("Enter the day on which they get it")])
