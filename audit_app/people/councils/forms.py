"""Forms of setting up a council: another one, and the first."""

import wtforms

from audit_app.forms import AppForm, Length, Line, Needed
from audit_app.people.accounts.forms import NewPasswordForm

NAME = "Name of the council"


class NewCouncilForm(AppForm):
    """Another council, and who looks after it first."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    council = Line(NAME, [Needed("Enter the name of the council"), Length(200, NAME)])
    key = Line("Word in its addresses", [Length(60, "The word in its addresses")])
    name = Line("Full name of its first administrator", [Needed("Enter their full name"), Length(120, "Full name")])
    user_name = Line(
        "E-mail address of its first administrator", [Needed("Enter their e-mail address"), Length(254, "E-mail")]
    )


class FirstAccountForm(NewPasswordForm):
    """Who the first administrator is, and which council it is, where nobody was asked before."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    council = Line(NAME, [Needed("Enter the name of your council"), Length(200, NAME)])
    name = Line("Your full name", [Needed("Enter your full name"), Length(120, "Full name")])
    user_name = Line(
        "Your e-mail address", [Needed("Enter the e-mail address you will sign in with"), Length(254, "E-mail")]
    )
    # Declared again so that it stands last, in the error summary as on the page.
    new_password = wtforms.PasswordField("New password", [Needed("Enter a new password")])
