"""Pages about people: the list, one person, a new one, their roles, teams, manager and account."""

from collections.abc import Callable

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app import clock, forms
from audit_app.errors import NotFound
from audit_app.people import defaults
from audit_app.people import queries as shared
from audit_app.people.access import Role, allow
from audit_app.people.access.door import by_whom, say
from audit_app.people.accounts import one_time_links
from audit_app.people.blueprint import blueprint
from audit_app.people.directory import queries, service, service_factors
from audit_app.people.directory.forms import AccountForm, ManagerForm, NameForm, NewPersonForm, RolesForm, TeamPlaceForm
from audit_app.people.joining import queries as joining
from audit_app.people.proof import needs_proof
from audit_app.people.routes_form import FormPage, answer
from audit_app.people.slips import queries as slips
from audit_app.people.tables import AccountState, Person

ROLES_FROM = "A role taken away ends the day before. One planned for later that is not ticked does not begin."
STEPS: dict[str, tuple[Callable[..., None], str]] = {
    "sessions": (service.end_sessions, "Every session of this person has ended."),
    "factors": (
        service_factors.take_factors_away,
        "Every second factor of this person is taken away. They set up a new one when they next sign in.",
    ),
    "link_away": (
        service_factors.take_link_away,
        "The link to the council’s provider is taken away, and every session of this person has ended.",
    ),
    "enable": (service.enable_person, "The account is enabled again."),
}
STATES = {"active": "Has signed up", "invited": "Invited, not signed up", "disabled": "Disabled"}


@blueprint.get("/<authority:authority>/people")
@allow(Role.admin)
def people() -> ResponseReturnValue:
    chosen = {name: request.args.get(name, "")[: queries.LONGEST_SEARCH] for name in ("search", "role", "state")}
    number = request.args.get("page", "1")
    listed = queries.list_people(
        g.session,
        search=chosen["search"],
        role=Role(chosen["role"]) if chosen["role"] in set(Role) else None,
        state=AccountState(chosen["state"]) if chosen["state"] in set(AccountState) else None,
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        on=clock.today(),
    )
    search, role, state = (text or None for text in chosen.values())
    link = url_for("people.people", search=search, role=role, state=state)
    more = {"roles": defaults.ROLE_NAMES, "states": STATES, "link": link + ("&" if "?" in link else "?")}
    return render_template("people/people.html", listed=listed, chosen=chosen, **more)


@blueprint.get("/<authority:authority>/people/<int:person_id>")
@allow(Role.admin)
def person(person_id: int) -> ResponseReturnValue:
    view = queries.get_person_page(g.session, person_id, on=clock.today(), now=g.now, config=current_app.config)
    own = person_id == g.person.person_id
    return render_template("people/person.html", view=view, own=own, roles=defaults.ROLE_NAMES)


@blueprint.route("/<authority:authority>/people/new", methods=["GET", "POST"])
@allow(Role.admin)
def new_person() -> ResponseReturnValue:
    """Accounts, roles and links are sensitive: the password is asked for again, here and below (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    form = forms.filled(NewPersonForm)
    form.team_id.choices = team_choices("No team")
    page = FormPage(
        "Add a person",
        url_for("people.people"),
        "People",
        "Add and invite",
        hints={"user_name": "They sign in with it.", "roles": role_hint()},
    )

    def add() -> str:
        made = _add(form)
        return invite_words(made.id, made.name, invite=service.may_invite(g.session, made, clock.today()))

    return answer(page, form, add, url_for("people.links"))


def _add(form: NewPersonForm) -> Person:
    """The person with their roles and, when one was chosen, their team."""
    today, by, now = clock.today(), g.person.person_id, g.now
    roles = [Role(role) for role in form.roles.data]
    made = service.add_person(g.session, form.user_name.data, form.name.data, roles, from_on=today, by=by, now=now)
    if form.team_id.data:
        team_id, manages = int(form.team_id.data), bool(form.manages.data)
        service.put_into_team(g.session, made.id, team_id, manages=manages, from_on=today, by=by, now=now)
    return made


def invite_words(person_id: int, name: str, *, invite: bool) -> str:
    """Make the link and say what became of it."""
    if not invite:
        return f"{name} has been added."
    joins = joining.find_waiting(g.session, person_id) is not None
    service.send_link(g.session, person_id, config=current_app.config, **by_whom())
    added = f"{name} has an account already and joins with it" if joins else f"{name} has been added"
    if one_time_links.is_on(current_app.config):
        return f"{added}. The invitation is on its way."
    return f"{added}. Pass on the link below: this service sends no e-mail."


def role_hint() -> str:
    return "Administrators look after people and settings and see no audits. A person may hold several roles."


def team_choices(first: str) -> list[forms.SelectChoice]:
    teams = shared.list_teams(g.session, clock.today())
    return forms.choices([(team.id, f"{team.name} ({team.service_name})") for team in teams], first=first)


def person_choices(first: str, but: int) -> list[forms.SelectChoice]:
    everybody = shared.list_people_views(g.session, clock.today())
    return forms.choices(
        [(person.id, f"{person.name} ({person.user_name})") for person in everybody if person.id != but], first=first
    )


def _page(person_id: int, heading: str, button: str = "Save", **more: object) -> FormPage:
    someone = service.get_person(g.session, person_id)
    back = url_for("people.person", person_id=person_id)
    return FormPage(f"{heading}: {someone.name}", back, someone.name, button, **more)  # type: ignore[arg-type]


@blueprint.route("/<authority:authority>/people/<int:person_id>/name", methods=["GET", "POST"])
@allow(Role.admin)
def name(person_id: int) -> ResponseReturnValue:
    someone = service.get_person(g.session, person_id)
    form = forms.filled(NameForm, name=someone.name, revision=str(someone.revision))
    page = FormPage("Change a name", url_for("people.person", person_id=person_id), someone.name, "Save")

    def rename() -> str:
        seen = form.seen_revision()
        service.rename_person(g.session, person_id, form.name.data, seen, **by_whom())
        return "The name has changed."

    return answer(page, form, rename, page.back)


@blueprint.route("/<authority:authority>/people/<int:person_id>/roles", methods=["GET", "POST"])
@allow(Role.admin)
def roles(person_id: int) -> ResponseReturnValue:
    """Roles are a sensitive step: the password is asked for again (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    held = [row.role.value for row in service.memberships_on(g.session, person_id, clock.today())]
    form = forms.filled(RolesForm, roles=held, from_on=clock.today())
    unseen = sorted(set(held) - {choice.value for choice in form.roles.choices})
    page = _page(person_id, "Roles", hints={"roles": role_hint(), "from_on": ROLES_FROM})

    def change() -> str:
        wanted = {Role(role) for role in [*form.roles.data, *unseen]}
        changed = service.set_roles(g.session, person_id, wanted, from_on=form.from_on.entered, **by_whom())
        return (
            "The roles have changed. They count from the person’s next page on." if changed else "Nothing was changed."
        )

    return answer(page, form, change, page.back)


@blueprint.route("/<authority:authority>/people/<int:person_id>/team", methods=["GET", "POST"])
@allow(Role.admin)
def team_place(person_id: int) -> ResponseReturnValue:
    """Managing a team opens its audits, so a place in one is given like a role (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    form = forms.filled(TeamPlaceForm, from_on=clock.today())
    form.team_id.choices = team_choices("Choose a team")
    page = _page(person_id, "Team")

    def put() -> str:
        service.put_into_team(
            g.session,
            person_id,
            int(form.team_id.data),
            manages=bool(form.manages.data),
            keep_others=bool(form.keep_others.data),
            from_on=form.from_on.entered,
            **by_whom(),
        )
        return "The team has been recorded."

    return answer(page, form, put, page.back)


@blueprint.route("/<authority:authority>/people/<int:person_id>/manager", methods=["GET", "POST"])
@allow(Role.admin)
def manager(person_id: int) -> ResponseReturnValue:
    form = forms.filled(ManagerForm, from_on=clock.today())
    form.manager_id.choices = person_choices("Nobody", person_id)
    page = _page(
        person_id, "Manager", intro=("Nobody may verify an action led by somebody they manage, at any remove.",)
    )

    def record() -> str:
        chosen = int(form.manager_id.data) if form.manager_id.data else None
        service.set_manager(g.session, person_id, chosen, from_on=form.from_on.entered, **by_whom())
        return "The manager has been recorded."

    return answer(page, form, record, page.back)


@blueprint.post("/<authority:authority>/people/<int:person_id>/account")
@allow(Role.admin)
def account(person_id: int) -> ResponseReturnValue:
    """One press: a fresh link, end the sessions, disable or enable."""
    back = url_for("people.person", person_id=person_id)
    if (asked := needs_proof(back)) is not None:
        return asked
    step = AccountForm(request.form).step.data
    if step == "link":
        service.send_link(g.session, person_id, config=current_app.config, **by_whom())
        say("A new link has been made. Earlier links no longer work.")
        return redirect(url_for("people.links"), 303)
    if step == "disable":
        service.disable_person(g.session, person_id, on=clock.today(), **by_whom())
        say("The account is disabled and its sessions have ended.")
    elif step in STEPS:
        act, sentence = STEPS[step]
        act(g.session, person_id, **by_whom())
        say(sentence)
    else:
        raise NotFound("No such step.")
    return redirect(back, 303)


@blueprint.get("/<authority:authority>/people/invitations")
@allow(Role.admin)
def links() -> ResponseReturnValue:
    """Where no e-mail is sent this page shows the links themselves (AU-13)."""
    if (asked := needs_proof()) is not None:
        return asked
    open_links = queries.list_open_links(g.session, on=clock.today(), now=g.now, config=current_app.config)
    mailed, waiting = one_time_links.is_on(current_app.config), len(slips.list_waiting(g.session, clock.today()))
    return render_template("people/links.html", open_links=open_links, mailed=mailed, waiting=waiting)
