"""The one set-up page's form."""

import wtforms

from audit_app.forms import AppForm, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.people import defaults


class SetUpForm(AppForm):
    """Everything a council says about itself; the BRAG fields are added below, a word and a meaning for each colour."""

    # An example of a reference looks like one, teams may be called after streets, and a contact has a telephone.
    not_read = frozenset({"example", "teams", "contact_telephone"})

    name = Line("Name of the council", [Needed("Enter the name of the council"), Length(200, "Name")])
    logo = wtforms.FileField("Logo")
    marking = Line("Marking on printed documents", [Length(60, "Marking")])
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
    teams = LongText("Add services and teams")
    contact_person = OneOf("Add an escalation contact")
    contact_service = OneOf("For which service")
    contact_telephone = Line("Telephone", [Length(40, "Telephone")])


for _colour in defaults.COLOURS:
    _named = _colour.capitalize()
    setattr(
        SetUpForm,
        f"{_colour}_word",
        Line(f"{_named}: word", [Needed(f"Enter a word for {_colour}"), Length(60, f"The word for {_colour}")]),
    )
    setattr(
        SetUpForm,
        f"{_colour}_meaning",
        Line(f"{_named}: meaning", [Needed(f"Say what {_colour} means"), Length(500, f"The meaning of {_colour}")]),
    )
