"""The forms of subject access."""

from typing import Any

from wtforms.validators import ValidationError

from audit_app.forms import AppForm, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.records.subject_access import wording
from audit_app.records.subject_access.tables import SubjectKind

LEAST_REASON = 10


class RequestForm(AppForm):
    """Whom everything is looked for on, and why."""

    stays_inside = "it names whom somebody asks about, and is read by those who answer for data protection alone"

    subject = Radios("What is it about?", [Needed("Choose what it is about")])
    sought = Line("Case reference or code", [Length(60, "The reference or code")])
    person = OneOf("Account")
    reason = LongText("Why is it asked for?", [Needed("Say why it is asked for"), Length(1_000, "The reason")])

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Whose accounts there are."""
        self.subject.choices = choices(wording.SUBJECTS.items())
        self.person.choices = choices([(str(number), name) for number, name in people], first="Choose an account")

    def validate_sought(self, field: Any) -> None:
        """A reference or a code is needed for all but an account."""
        if self.subject.data and self.subject.data != SubjectKind.account and not (field.data or "").strip():
            raise ValidationError("Type the case reference or the code")

    def validate_person(self, field: Any) -> None:
        """An account is needed for an account."""
        if self.subject.data == SubjectKind.account and not field.data:
            raise ValidationError("Choose the account")

    def validate_reason(self, field: Any) -> None:
        """A reason that says something."""
        if field.data and len(field.data.strip()) < LEAST_REASON:
            raise ValidationError(f"Say why in at least {LEAST_REASON} characters")


class RefuseForm(AppForm):
    """Why a request is refused or taken back."""

    stays_inside = RequestForm.stays_inside

    reason = LongText("Why is it refused?", [Needed("Say why it is refused"), Length(1_000, "The reason")])
