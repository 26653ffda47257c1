"""The forms of a council's set-up, a page a thing."""

import wtforms

from audit_app.forms import AppForm, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.people import defaults


class SetUpForm(AppForm):
    """What the council is called, and what stands on what it prints."""

    name = Line("Name of the council", [Needed("Enter the name of the council"), Length(200, "Name")])
    logo = wtforms.FileField("Logo")
    marking = Line("Marking on printed documents", [Length(60, "Marking")])


class ReferencesForm(AppForm):
    """One example of a case reference, and what may differ in others."""

    not_read = frozenset({"example"})  # an example of a reference looks like one

    example = Line("Example of a case reference", [Needed("Enter an example of a case reference, like G-123456")])
    letters = Radios(
        "The letters in it",
        [Needed("Say whether the letters are always the same")],
        choices=choices([("same", "are always these letters"), ("vary", "may be any letters")]),
    )
    figures = Radios(
        "The figures in it",
        [Needed("Say whether there are always as many figures")],
        choices=choices([("same", "are always as many"), ("vary", "may be more or fewer")]),
    )


class PastedTeamsForm(AppForm):
    """Services and teams, one team to a line."""

    not_read = frozenset({"teams"})  # teams may be called after streets

    teams = LongText("Services and teams", [Needed("Type or paste at least one service and team")])


class ContactForm(AppForm):
    """Somebody to be told at once of a concern."""

    not_read = frozenset({"telephone"})  # a contact has a telephone

    person = OneOf("Person", [Needed("Choose who is told")])
    service = OneOf("For which service")
    telephone = Line("Telephone", [Length(40, "Telephone")])


class ColoursForm(AppForm):
    """A word and a meaning for each BRAG colour; the fields are added below."""


for _colour in defaults.COLOURS:
    _named = _colour.capitalize()
    setattr(
        ColoursForm,
        f"{_colour}_word",
        Line(f"{_named}: word", [Needed(f"Enter a word for {_colour}"), Length(60, f"The word for {_colour}")]),
    )
    setattr(
        ColoursForm,
        f"{_colour}_meaning",
        Line(f"{_named}: meaning", [Needed(f"Say what {_colour} means"), Length(500, f"The meaning of {_colour}")]),
    )
