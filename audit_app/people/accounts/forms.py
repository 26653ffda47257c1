"""Forms of signing in, passwords and one-time links."""

import wtforms

from audit_app.forms import AppForm, Length, Line, Needed
from audit_app.people.accounts import passwords


class SignInForm(AppForm):
    """User name and password; the password is taken exactly as typed."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    user_name = Line("E-mail address", [Needed("Enter your e-mail address"), Length(254, "E-mail address")])
    password = wtforms.PasswordField("Password", [Needed("Enter your password")])


class NewPasswordForm(AppForm):
    """A new password, once: people who mistype it ask for another link."""

    new_password = wtforms.PasswordField("New password", [Needed("Enter a new password")])

    def refuse(self, user_name: str, local_words: tuple[str, ...] = ()) -> bool:
        """Put the reason under the field when the password is refused; True when it was."""
        reason = passwords.why_refused(self.new_password.data or "", user_name, local_words)
        if reason:
            self.new_password.errors = [*self.new_password.errors, reason]
        return bool(reason)


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    current_password = wtforms.PasswordField("Present password", [Needed("Enter your present password")])


class ResetForm(AppForm):
    """Where to send the link."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    user_name = Line("E-mail address", [Needed("Enter your e-mail address"), Length(254, "E-mail address")])


class NameForm(AppForm):
    """How one is called."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    name = Line("Full name", [Needed("Enter your full name"), Length(120, "Full name")])


class ProofForm(AppForm):
    """The password again."""

    password = wtforms.PasswordField("Password", [Needed("Enter your password")])
