"""Forms of second factors."""

import wtforms

from audit_app.forms import AppForm, Length, Line, Needed
from audit_app.people.factors.tables import LONGEST_LABEL

STAYS = "it holds codes and the names of a person's own devices"


class CodeForm(AppForm):
    """The six figures an authenticator app shows."""

    stays_inside = STAYS

    code = Line("Code from your authenticator app", [Needed("Enter the 6 figures your app shows"), Length(20, "Code")])


class RecoveryForm(AppForm):
    """A code kept on paper."""

    stays_inside = STAYS

    code = Line("Recovery code", [Needed("Enter one of your recovery codes"), Length(60, "Recovery code")])


class AnswerForm(AppForm):
    """What the browser says for a passkey; people see none of it."""

    stays_inside = STAYS

    answer = wtforms.HiddenField()


class PasskeyForm(AnswerForm):
    """A new passkey, with the name its owner knows it by."""

    label = Line(
        "Name of this passkey",
        [Needed("Enter a name for the passkey"), Length(LONGEST_LABEL, "Name of this passkey")],
    )
