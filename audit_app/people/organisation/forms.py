"""Forms about services, teams and posts."""

import wtforms

from audit_app.forms import AppForm, Checkboxes, DateParts, Length, Line, Needed, OneOf

DAY_NEEDED = Needed("Enter the day")


class ServiceForm(AppForm):
    """A service's name."""

    name = Line("Name of the service", [Needed("Enter the name of the service"), Length(120, "Name")])


class TeamForm(AppForm):
    """A new team."""

    name = Line("Name of the team", [Needed("Enter the name of the team"), Length(120, "Name")])
    service_id = OneOf("Service", [Needed("Choose a service")])
    on = DateParts("Open from", [DAY_NEEDED])


class RenameTeamForm(AppForm):
    """Another name from a day on."""

    name = Line("New name", [Needed("Enter the new name"), Length(120, "Name")])
    on = DateParts("From", [DAY_NEEDED])


class MoveTeamForm(AppForm):
    """Another service from a day on."""

    service_id = OneOf("New service", [Needed("Choose a service")])
    on = DateParts("From", [DAY_NEEDED])


class SplitTeamForm(AppForm):
    """A second team out of the first."""

    name = Line("Name of the new team", [Needed("Enter the name of the new team"), Length(120, "Name")])
    moving = Checkboxes("Who goes into the new team")
    on = DateParts("From", [DAY_NEEDED])


class MergeTeamForm(AppForm):
    """Into which team this one goes."""

    into = OneOf("Merge into", [Needed("Choose a team")])
    on = DateParts("From", [DAY_NEEDED])


class CloseTeamForm(AppForm):
    """The last day."""

    on = DateParts("Last day", [DAY_NEEDED])


class PostForm(AppForm):
    """A new post, and who holds it."""

    title = Line("Title of the post", [Needed("Enter the title of the post"), Length(120, "Title")])
    service_id = OneOf("Service")
    person_id = OneOf("Held by")
    on = DateParts("Held from", [DAY_NEEDED])


class HolderForm(AppForm):
    """Who holds a post from a day on, or nobody, or that it closes."""

    person_id = OneOf("Held by")
    on = DateParts("From", [DAY_NEEDED])
    closes = wtforms.BooleanField("The post ends the day before: it is not filled again")

    def validate_person_id(self, field: wtforms.Field) -> None:
        """Nobody's post falls vacant because somebody pressed the button without choosing."""
        if not field.data and not self.closes.data:
            raise wtforms.ValidationError("Choose who holds the post from that day, or that nobody does")
