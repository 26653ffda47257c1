"""The forms of removals."""

from audit_app.forms import AppForm, Length, Line, LongText, Needed, Radios, choices
from audit_app.records.erasure.wording import PACK_WORDS
from audit_app.records.tables import REASON_LENGTH


class WhatForm(AppForm):
    """What somebody asks to be removed."""

    target = Line("What is to be removed?", [Needed("Enter a case reference, or a reference like AUD-0042")])
    packs = Radios("Packs that were made with it", choices=choices(PACK_WORDS.items()))


class ReasonForm(AppForm):
    """Why, once the list was seen."""

    reason = LongText("Why is it to be removed?", [Needed("Say why it is to be removed"),
                                                   Length(REASON_LENGTH, "The reason")])  # fmt: skip
