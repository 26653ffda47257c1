"""Who manages each team, on one page: a team without anybody has a list to choose from."""

from collections.abc import Sequence

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms, words
from audit_app.form_pages import accepted, form_page, sent
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.blueprint import blueprint
from audit_app.people.directory import service
from audit_app.people.organisation import queries as organisation
from audit_app.people.organisation.queries import TeamLine
from audit_app.people.proof import needs_proof


@blueprint.route("/<authority:authority>/teams/managers", methods=["GET", "POST"])
@allow(Role.admin)
def team_managers() -> ResponseReturnValue:
    """Managing a team opens its audits, so it is given like a role (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    today = clock.today()
    services = organisation.list_by_service(g.session, today)
    teams = [team for line in services for team in line.teams if not team.note]
    without = [team for team in teams if not team.managers]
    managers = shared.list_people_with_role(g.session, Role.team_manager, today)
    form = _form(without, [(person.id, f"{person.name} ({person.user_name})") for person in managers])
    if sent(form) and accepted(form, lambda: _record(form, without)):
        return redirect(url_for("people.council"), 303)
    return form_page("people/team_managers.html", form, services=services, without=without, managers=managers)


def _form(teams: Sequence[TeamLine], people: list[tuple[int, str]]) -> forms.AppForm:
    fields = {_field(team): forms.OneOf(team.name) for team in teams}
    form: forms.AppForm = forms.filled(type("ManagersForm", (forms.AppForm,), fields))
    for team in teams:
        form[_field(team)].choices = forms.choices(people, first="Nobody yet")
    return form


def _field(team: TeamLine) -> str:
    return f"team_{team.id}"


def _record(form: forms.AppForm, teams: Sequence[TeamLine]) -> None:
    chosen = {team.id: int(form[_field(team)].data) for team in teams if form[_field(team)].data}
    for team_id, person_id in chosen.items():
        service.put_into_team(
            g.session, person_id, team_id, manages=True, keep_others=True, from_on=clock.today(), **by_whom()
        )
    say(f"{words.count(len(chosen), 'team')} {words.agree(len(chosen), 'has', 'have')} a manager now.")
