"""The forms that end a pack: each asks for its reason."""

from audit_app.forms import AppForm, Length, LongText, Needed


class WithdrawForm(AppForm):
    """Why a pack must not be used any more."""

    reason = LongText("Why is it withdrawn?", [Needed("Say why the pack is withdrawn"), Length(1_000, "The reason")])


class DestroyForm(AppForm):
    """Why a pack is destroyed."""

    reason = LongText("Why is it destroyed?", [Needed("Say why the pack is destroyed"), Length(1_000, "The reason")])
