"""Forms about people."""

import wtforms

from audit_app.forms import AppForm, Checkboxes, DateParts, Length, Line, Needed, OneOf, Radios, choices
from audit_app.people import defaults

ROLE_CHOICES = [(role.value, defaults.ROLE_NAMES[role]) for role in defaults.ROLES_IN_USE]


class NewPersonForm(AppForm):
    """Somebody new."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    name = Line("Full name", [Needed("Enter the person's full name"), Length(120, "Full name")])
    user_name = Line("E-mail address", [Needed("Enter the person's e-mail address"), Length(254, "E-mail address")])
    roles = Checkboxes("Roles", [Needed("Choose at least one role")], choices=choices(ROLE_CHOICES))
    team_id = OneOf("Team")
    manages = wtforms.BooleanField("Manages this team")


class NameForm(AppForm):
    """How a person is called."""

    stays_inside = "it is an account or a place of work: the names of staff belong here"

    name = Line("Full name", [Needed("Enter the person's full name"), Length(120, "Full name")])


class RolesForm(AppForm):
    """Exactly these roles from a day on; none ticked means none held."""

    roles = Checkboxes("Roles", choices=choices(ROLE_CHOICES))
    from_on = DateParts("From", [Needed("Enter the day from which this holds")])


class TeamPlaceForm(AppForm):
    """A place in a team from a day on."""

    team_id = OneOf("Team", [Needed("Choose a team")])
    manages = wtforms.BooleanField("Manages this team")
    keep_others = wtforms.BooleanField("Stays in the present teams as well")
    from_on = DateParts("From", [Needed("Enter the day from which this holds")])


class ManagerForm(AppForm):
    """A person's manager from a day on; nobody chosen means none."""

    manager_id = OneOf("Manager")
    from_on = DateParts("From", [Needed("Enter the day from which this holds")])


class AccountForm(AppForm):
    """A step for the account, named by the button."""

    step = wtforms.StringField()


class HandOverForm(AppForm):
    """The last day, one new holder for all, and what happens to the account. The holders of single things are read
    from the page's own fields, which depend on what the person holds."""

    last_day = DateParts("Last day", [Needed("Enter the person's last day")])
    everything_to = OneOf("New holder of everything")
    leaving = Radios(
        "Is the person leaving the council?",
        [Needed("Say whether the person is leaving the council")],
        choices=choices([("yes", "Yes, end their roles and teams after the last day"), ("no", "No, they stay")]),
    )
