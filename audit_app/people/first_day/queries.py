"""What of a council is set up, and what comes next."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from audit_app import words
from audit_app.people import queries
from audit_app.people.access.scope import held_on
from audit_app.people.first_day.pasted_teams import read_teams
from audit_app.people.first_day.planned_teams import PlannedTeams, planned
from audit_app.people.organisation.names import same_as
from audit_app.people.tables import AccountState, ManagerSpell, Membership, Person, Role


@dataclass(frozen=True)
class Step:
    """A step of a council's first day: whether it is done, what there is, where to do it, and what it waits for."""

    title: str
    done: bool
    state: str
    endpoint: str
    needed: bool = True
    waits_for: str = ""

    @property
    def is_next(self) -> bool:
        """Whether it is to be done and can be."""
        return self.needed and not self.done and not self.waits_for


def list_steps(session: Session, on: date) -> list[Step]:
    """The steps of the first day, each after what it stands on."""
    steps = (_council, _references, _teams, _people, _team_managers, _contacts, _managers, _posts, _colours)
    return [step(session, on) for step in steps]


def plan_teams(session: Session, text: str, on: date) -> PlannedTeams:
    """What pasted teams would add on a day to those that are there."""
    services = {same_as(name): name for _id, name in queries.list_services(session, on)}
    teams = {same_as(team.name): (team.name, team.service_name) for team in queries.list_teams(session, on)}
    return planned(read_teams(text), services, teams)


def _first(text: str) -> str:
    """The words as a sentence begins with them."""
    return text[:1].upper() + text[1:]


def _council(session: Session, on: date) -> Step:
    settings = queries.authority_settings(session)
    return Step("Name the council", bool(settings.set_up_at), f"{settings.name}.", "people.set_up")


def _references(session: Session, on: date) -> Step:
    settings = queries.authority_settings(session)
    state = f"References look like {settings.reference_example}." if settings.reference_example else "Not set yet."
    return Step("Show what a case reference looks like", bool(settings.reference_pattern), state, "people.references")


def _teams(session: Session, on: date) -> Step:
    teams, services = len(queries.list_teams(session, on)), len(queries.list_services(session, on))
    state = f"{_first(words.count(teams, 'team'))} in {words.count(services, 'service')}."
    if not services:
        state = "None yet. You can paste them all at once."
    return Step("Add services and teams", teams > 0, state, "people.teams" if services else "people.paste_teams")


def _everybody(session: Session, on: date) -> list[queries.PersonView]:
    return queries.list_people_views(session, on)


def _somebody_to_choose(session: Session, on: date) -> bool:
    """Whether anybody is there who is more than an administrator."""
    return any(person.roles - {Role.admin} for person in _everybody(session, on))


def _people(session: Session, on: date) -> Step:
    everybody = _everybody(session, on)
    waiting = session.exec(
        select(func.count(func.distinct(Person.id)))
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(
            Membership.authority_id == queries.authority_of(session),
            held_on(Membership, on),
            Person.state == AccountState.invited,
        )
    ).one()
    invited = f", {waiting} of them invited and not signed up" if waiting else ""
    state = f"{_first(words.count(len(everybody), 'person', 'people'))}{invited}."
    needed = {Role.qa_manager: "a QA manager", Role.auditor: "an auditor"}
    missing = [name for role, name in needed.items() if not any(role in person.roles for person in everybody)]
    if missing:
        state += f" Still needed: {words.listing(missing)}."
    return Step("Add people and invite them", not missing, state, "people.people")


def _team_managers(session: Session, on: date) -> Step:
    managed = _managed_teams(session, on)
    teams = len(queries.list_teams(session, on))
    done = 0 < teams <= managed
    somebody = any(Role.team_manager in person.roles for person in _everybody(session, on))
    waits_for = "" if done else "teams" if not teams else "" if somebody else "a team manager"
    state = f"{managed} of {words.count(teams, 'team')} managed by somebody." if teams else "There are no teams yet."
    return Step("Say who manages each team", done, state, "people.team_managers", waits_for=waits_for)


def _managed_teams(session: Session, on: date) -> int:
    from_table = queries.TeamMember
    return session.exec(
        select(func.count(func.distinct(from_table.team_id))).where(
            from_table.authority_id == queries.authority_of(session), col(from_table.manages), held_on(from_table, on)
        )
    ).one()


def _contacts(session: Session, on: date) -> Step:
    count = len(queries.list_contacts(session))
    counted = _first(words.count(count, "contact")) if count else "None yet"
    state = f"{counted}. They are told at once of a concern about a child."
    waits_for = "" if count or _somebody_to_choose(session, on) else "people"
    return Step("Name escalation contacts", count > 0, state, "people.contacts", waits_for=waits_for)


def _colours(session: Session, on: date) -> Step:
    colour_words = [word for word, _meaning in queries.brag_words(session).values()]
    return Step(
        "Check what the BRAG colours mean", True, f"{words.listing(colour_words)}.", "people.colours", needed=False
    )


def _managers(session: Session, on: date) -> Step:
    count = session.exec(
        select(func.count(func.distinct(ManagerSpell.person_id))).where(
            ManagerSpell.authority_id == queries.authority_of(session), held_on(ManagerSpell, on)
        )
    ).one()
    counted = words.count(count, "person", "people") if count else "nobody yet"
    state = f"Recorded for {counted}. Needed before actions can be verified."
    return Step("Record each person's manager", count > 0, state, "people.people", needed=False)


def _posts(session: Session, on: date) -> Step:
    posts = queries.list_posts(session, on)
    held = sum(1 for post in posts if post.holder_id is not None)
    counted = f"{_first(words.count(len(posts), 'post'))}, {held} held" if posts else "None yet"
    state = f"{counted}. Plan actions are led by posts."
    return Step("Add posts", bool(posts), state, "people.posts", needed=False)
