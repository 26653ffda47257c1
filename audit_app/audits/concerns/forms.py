"""The forms of concerns: raising one, saying whom one has spoken to, closing one."""

import wtforms

from audit_app.forms import AppForm, Length, Line, LongText, Needed

SPOKEN_TO = "Whom have you spoken to?"
SPOKEN_TO_MISSING = "Say whom you have spoken to, or that you have not reached anybody yet"


class RaiseForm(AppForm):
    """What was seen, and whom the auditor has told by voice."""

    stays_inside = "a concern is raised without delay, and stays in the audit"

    spoken_to = Line(SPOKEN_TO, [Needed(SPOKEN_TO_MISSING), Length(300, "This")])
    concern_words = LongText("What have you seen, and what needs doing today?", [Needed("Say what you have seen")])


class SpokenToForm(AppForm):
    """Whom the auditor has told by voice, said afterwards."""

    stays_inside = "a concern is raised without delay, and stays in the audit"

    spoken_to = Line(SPOKEN_TO, [Needed(SPOKEN_TO_MISSING), Length(300, "This")])


class CloseForm(AppForm):
    """What was done, and that the child is safe."""

    stays_inside = "a concern is raised without delay, and stays in the audit"

    outcome_words = LongText("What was done?", [Needed("Say what was done")])
    child_is_safe = wtforms.BooleanField(
        "I confirm that the child is safe",
    )

    def validate_child_is_safe(self, field: wtforms.BooleanField) -> None:
        """An empty tick is an answer too, and the wrong one here."""
        if not field.data:
            raise wtforms.ValidationError("Close the concern only when you can confirm that the child is safe")
