"""Pages of services and teams."""

from datetime import timedelta

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.errors import Invalid, NotFound
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom
from audit_app.people.blueprint import blueprint
from audit_app.people.organisation import queries, service
from audit_app.people.organisation.forms import (
    CloseTeamForm,
    MergeTeamForm,
    MoveTeamForm,
    RenameTeamForm,
    ServiceForm,
    SplitTeamForm,
    TeamForm,
)
from audit_app.people.routes_form import FormPage, answer

OLD_NAMES_STAY = words.Ours("Audits of before keep the name and service the team had then.")
DAY = timedelta(days=1)


@blueprint.get("/<authority:authority>/teams")
@allow(Role.admin)
def teams() -> ResponseReturnValue:
    today = clock.today()
    services, closed = queries.list_by_service(g.session, today), queries.list_closed(g.session, today)
    return render_template("people/teams.html", services=services, closed=closed)


def found_team(team_id: int) -> queries.TeamPage:
    """The team of the address; one that is not this council's is no page at all (OB-2)."""
    try:
        return queries.get_team_page(g.session, team_id, clock.today())
    except Invalid as fault:
        raise NotFound("No such team.") from fault


@blueprint.get("/<authority:authority>/teams/<int:team_id>")
@allow(Role.admin)
def team(team_id: int) -> ResponseReturnValue:
    return render_template("people/team.html", team=found_team(team_id))


@blueprint.route("/<authority:authority>/services/new", methods=["GET", "POST"])
@allow(Role.admin)
def new_service() -> ResponseReturnValue:
    form = forms.filled(ServiceForm)
    page = FormPage("Add a service", url_for("people.teams"), "Services and teams", "Add service")

    def add() -> str:
        service.make_service(g.session, form.name.data, from_on=clock.today(), **by_whom())
        return "The service has been added."

    return answer(page, form, add, page.back)


@blueprint.route("/<authority:authority>/services/<int:service_id>/name", methods=["GET", "POST"])
@allow(Role.admin)
def rename_service(service_id: int) -> ResponseReturnValue:
    try:
        row = service.get_service(g.session, service_id)
    except Invalid as fault:
        raise NotFound("No such service.") from fault
    form = forms.filled(ServiceForm, name=row.name)
    intro = ("The new name is shown everywhere, for the past as well.",)
    page = FormPage("Rename a service", url_for("people.teams"), "Services and teams", "Save", intro=intro)

    def rename() -> str:
        service.rename_service(g.session, service_id, form.name.data, **by_whom())
        return "The service has a new name."

    return answer(page, form, rename, page.back)


def service_choices() -> list[forms.SelectChoice]:
    return forms.choices(shared.list_services(g.session, clock.today()), first="Choose a service")


@blueprint.route("/<authority:authority>/teams/new", methods=["GET", "POST"])
@allow(Role.admin)
def new_team() -> ResponseReturnValue:
    form = forms.filled(TeamForm, on=clock.today())
    form.service_id.choices = service_choices()
    page = FormPage("Add a team", url_for("people.teams"), "Services and teams", "Add team")

    def add() -> str:
        chosen = int(form.service_id.data)
        service.open_team(g.session, form.name.data, chosen, on=form.on.entered, **by_whom())
        return "The team has been added."

    return answer(page, form, add, page.back)


def _page(team_page: queries.TeamPage, heading: str, button: str, *intro: str, warning: bool = False) -> FormPage:
    back = url_for("people.team", team_id=team_page.id)
    return FormPage(f"{heading} {team_page.name}", back, team_page.name, button, intro=intro, warning=warning)


@blueprint.route("/<authority:authority>/teams/<int:team_id>/name", methods=["GET", "POST"])
@allow(Role.admin)
def rename_team(team_id: int) -> ResponseReturnValue:
    form = forms.filled(RenameTeamForm, on=clock.today())
    page = _page(found_team(team_id), "Rename", "Rename team", OLD_NAMES_STAY)

    def rename() -> str:
        service.rename_team(g.session, team_id, form.name.data, on=form.on.entered, **by_whom())
        return f"The team is called {form.name.data} from {words.date_words(form.on.entered)}."

    return answer(page, form, rename, page.back)


@blueprint.route("/<authority:authority>/teams/<int:team_id>/service", methods=["GET", "POST"])
@allow(Role.admin)
def move_team(team_id: int) -> ResponseReturnValue:
    form = forms.filled(MoveTeamForm, on=clock.today())
    form.service_id.choices = service_choices()
    page = _page(found_team(team_id), "Move", "Move team", OLD_NAMES_STAY)

    def move() -> str:
        chosen = int(form.service_id.data)
        service.move_team(g.session, team_id, chosen, on=form.on.entered, **by_whom())
        return "The team has moved."

    return answer(page, form, move, page.back)


@blueprint.route("/<authority:authority>/teams/<int:team_id>/split", methods=["GET", "POST"])
@allow(Role.admin)
def split_team(team_id: int) -> ResponseReturnValue:
    team_page = found_team(team_id)
    form = forms.filled(SplitTeamForm, on=clock.today())
    form.moving.choices = forms.choices([(person_id, name) for person_id, name, _manages in team_page.members])
    page = _page(
        team_page, "Split", "Split team", "The new team sits in the same service. Whoever is not ticked stays."
    )

    def split() -> str:
        moving = [int(person_id) for person_id in form.moving.data]
        service.split_team(g.session, team_id, form.name.data, moving, on=form.on.entered, **by_whom())
        return f"{form.name.data} has been split off."

    return answer(page, form, split, page.back)


@blueprint.route("/<authority:authority>/teams/<int:team_id>/merger", methods=["GET", "POST"])
@allow(Role.admin)
def merge_team(team_id: int) -> ResponseReturnValue:
    form = forms.filled(MergeTeamForm, on=clock.today())
    others = [other for other in shared.list_teams(g.session, clock.today()) if other.id != team_id]
    form.into.choices = forms.choices([(other.id, other.name) for other in others], first="Choose a team")
    consequence = "This team closes the day before, and its people belong to the other team from that day."
    page = _page(found_team(team_id), "Merge", "Merge team", consequence, OLD_NAMES_STAY)

    def merge() -> str:
        into = int(form.into.data)
        service.merge_team(g.session, team_id, into, on=form.on.entered, **by_whom())
        return "The teams have been merged."

    return answer(page, form, merge, page.back)


@blueprint.route("/<authority:authority>/teams/<int:team_id>/closure", methods=["GET", "POST"])
@allow(Role.admin)
def close_team(team_id: int) -> ResponseReturnValue:
    form = forms.filled(CloseTeamForm, on=clock.today())
    consequence = "Its people stay, without this team. To bring them into another team, merge the teams instead."
    page = _page(found_team(team_id), "Close", "Close team", consequence, warning=True)

    def close() -> str:
        left = service.close_team(g.session, team_id, last_day=form.on.entered, **by_whom())
        return f"The team closes. {words.count(left, 'person', 'people')} belonged to it."

    return answer(page, form, close, page.back)
