"""The forms, with the CSRF token that WTForms keeps in the session."""

from datetime import timedelta

from flask import current_app, session
from wtforms import Form, IntegerField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.csrf.session import SessionCSRF
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

GRADES = ("good", "outstanding", "poor")


def points(pairs):
    """Choices of a field."""
    return [SelectChoice(code, words) for code, words in pairs]


class BareForm(Form):
    """Every form has a token."""

    class Meta:
        """As the manual of WTForms has it."""

        csrf = True
        csrf_class = SessionCSRF
        csrf_time_limit = timedelta(hours=12)

        @property
        def csrf_secret(self):
            return current_app.config["SECRET_KEY"].encode()

        @property
        def csrf_context(self):
            return session


class SignInForm(BareForm):
    """Name and password."""

    name = StringField("Name", [InputRequired()])
    password = PasswordField("Password", [InputRequired()])


def page_form(questions):
    """The form of one page of questions: points of a scale and a note each, a grade, and why."""
    fields = {
        "revision": IntegerField("Revision", [InputRequired()]),
        "grade": RadioField("Grade", [Optional()], choices=points((code, code) for code in GRADES)),
        "rationale": TextAreaField("Why", [Length(max=4_000)]),
    }
    for place, question in enumerate(questions):
        fields[f"answer_{place}"] = RadioField(question["text"], [Optional()], choices=points(question["points"]))
        fields[f"note_{place}"] = TextAreaField("What was seen", [Length(max=4_000)])
    return type("PageForm", (BareForm,), fields)
