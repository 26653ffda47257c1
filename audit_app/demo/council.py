"""The fictional council's services, teams, posts, people and settings, made through the services of people."""

from datetime import date, datetime

from sqlmodel import col, select, update

from audit_app.demo.texts import texts
from audit_app.demo.timeline import World, moment
from audit_app.people import defaults, queries
from audit_app.people.directory import service as directory
from audit_app.people.first_day import service as first_day
from audit_app.people.organisation import service as organisation
from audit_app.people.organisation import service_posts as posts
from audit_app.people.tables import AccountState, Authority, Person, Role

KEY = "greenhaven"
NAME = "Greenhaven Council"
REFERENCE = "GH-104233"
FIRST_DAY_AGO = 600
RENAMED_AGO = 275
FIRST = "gareth.pugh"  # the first administrator, who enters everybody else


def key_of(name: str) -> str:
    """ruth.adeyemi from Ruth Adeyemi: how the files name people, and the first half of their addresses."""
    return name.casefold().replace(" ", ".")


def address_of(key: str) -> str:
    """The address somebody signs in with; .example can never be a real one."""
    return f"{key}@{KEY}.example"


def make_council(world: World, password_hash: str) -> None:
    """Everything that was there before the first audit, and one team's change of name since."""
    file = texts("people")
    begun = world.day(FIRST_DAY_AGO)
    now = moment(begun, 0)
    _make_people(world, file["people"], begun, now)
    world.act_as(FIRST)
    _make_teams(world, file, begun, now)
    _place_people(world, file["people"], begun, now)
    _make_posts(world, file["posts"], begun, now)
    _set_up(world, file["contacts"], now)
    world.session.flush()
    world.session.exec(
        update(Person)
        .where(col(Person.id).in_(list(world.people.values())))
        .values(password_hash=password_hash, state=AccountState.active)
    )
    _rename_later(world, file["teams"])


def _make_people(world: World, people: list[dict], begun: date, now: datetime) -> None:
    first = next(person for person in people if key_of(person["name"]) == FIRST)
    for person in [first, *(other for other in people if other is not first)]:
        key = key_of(person["name"])
        by = world.people.get(FIRST)
        roles = [Role(role) for role in person["roles"]]
        row = directory.add_person(world.session, address_of(key), person["name"], roles, from_on=begun, by=by, now=now)
        world.people[key] = row.id
        world.roles[row.id] = ",".join(sorted(person["roles"]))
        if key == FIRST:
            world.act_as(FIRST)


def _make_teams(world: World, file: dict, begun: date, now: datetime) -> None:
    by = world.people[FIRST]
    services = {
        service["key"]: organisation.make_service(world.session, service["name"], from_on=begun, by=by, now=now).id
        for service in file["services"]
    }
    world.numbers |= {f"service {key}": service_id for key, service_id in services.items()}
    for team in file["teams"]:
        name = team.get("was", team["name"])
        world.teams[team["key"]] = organisation.open_team(
            world.session, name, services[team["service"]], on=begun, by=by, now=now
        )


def _place_people(world: World, people: list[dict], begun: date, now: datetime) -> None:
    by = world.people[FIRST]
    for person in people:
        key = key_of(person["name"])
        team = person.get("manages") or person.get("team") or ""
        manager = person.get("to")
        if person.get("manages"):
            world.team_managers[team] = key
        elif team:
            world.team_workers.setdefault(team, []).append(key)
            manager = world.team_managers[team]
        if team:
            directory.put_into_team(
                world.session,
                world.people[key],
                world.teams[team],
                manages="manages" in person,
                from_on=begun,
                by=by,
                now=now,
            )
        if manager:
            directory.set_manager(
                world.session, world.people[key], world.people[manager], from_on=begun, by=by, now=now
            )


def _make_posts(world: World, own_posts: list[dict], begun: date, now: datetime) -> None:
    managed = [
        {
            "title": f"Team Manager, {team['name']}",
            "holder": world.team_managers[team["key"]],
            "service": team["service"],
        }
        for team in texts("people")["teams"]
    ]
    by = world.people[FIRST]
    for post in [*own_posts, *managed]:
        service_id = world.numbers[f"service {post['service']}"] if "service" in post else None
        row = posts.make_post(world.session, post["title"], service_id=service_id, by=by, now=now)
        posts.give_post(world.session, row.id, world.people[post["holder"]], on=begun, by=by, now=now)
        world.posts[post["title"]] = row.id
        world.holder_keys[post["title"]] = post["holder"]


def _set_up(world: World, contacts: list[dict], now: datetime) -> None:
    by = world.people[FIRST]
    first_day.set_references(world.session, REFERENCE, letters_vary=False, figures_vary=False, by=by, now=now)
    first_day.set_colours(world.session, defaults.BRAG, by=by, now=now)
    for contact in contacts:
        service_id = world.numbers[f"service {contact['service']}"] if "service" in contact else None
        person_id, telephone = world.people[contact["person"]], contact["telephone"]
        first_day.add_contact(world.session, person_id, service_id, telephone, by=by, now=now)
    council = world.session.exec(select(Authority).where(Authority.id == world.authority_id)).one()
    council.set_up_at, council.fictional = now, True
    world.session.add(council)


def _rename_later(world: World, teams: list[dict]) -> None:
    """Teams are renamed from a date, and the audits of before keep the old name."""
    when = moment(world.day(RENAMED_AGO), 5)
    for team in teams:
        if "was" in team:
            world.at(when, FIRST, _renaming(world, world.teams[team["key"]], team["name"]))


def _renaming(world: World, team_id: int, name: str):
    def rename(by: int, now: datetime) -> None:
        on = world.day(RENAMED_AGO)
        organisation.rename_team(world.session, team_id, name, on=on, by=by, now=now)

    return rename


def name_of_team(world: World, key: str, on: date) -> tuple[str, str]:
    """A team's name and service on a day."""
    team = queries.team_as_of(world.session, world.teams[key], on)
    if team is None:
        raise LookupError(key)
    return team.name, team.service_name
