"""Writes of a council's settings: made, named, its references, teams, contacts and colours."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, select

from audit_app import history
from audit_app.errors import Invalid, NotFound, Stale
from audit_app.people import defaults, queries
from audit_app.people.councils import keys
from audit_app.people.first_day import queries as reading
from audit_app.people.first_day.reference_pattern import NoPattern, pattern_from
from audit_app.people.organisation import service as organisation
from audit_app.people.tables import Authority, BragMeaning, EscalationContact

MOST_FAULTS = 10


def make_authority(session: Session, name: str, key: str) -> Authority:
    """A council, before anybody belongs to it.

    Raises:
        Invalid: the name or key cannot be used, or the key is taken.
    """
    name = " ".join(name.split())
    if fault := keys.why_no_key(key):
        raise Invalid("key", fault)
    if not 1 <= len(name) <= 200:
        raise Invalid("name", "Enter a name of 1 to 200 characters")
    if session.exec(select(Authority).where(Authority.key == key)).first() is not None:
        raise Invalid("key", f"There is already a council with the key {key}")
    row = Authority(key=key, name=name)
    session.add(row)
    session.flush()
    return row


def get_authority(session: Session) -> Authority:
    """The council of the session itself."""
    row = session.get(Authority, queries.authority_of(session))
    if row is None:
        raise NotFound("No such council.")
    return row


def _note(session: Session, what: str, *, by: int, now: datetime) -> None:
    authority_id = queries.authority_of(session)
    history.note(session, "people.settings_changed", by=by, authority_id=authority_id, facts={"what": what}, now=now)


def set_name(session: Session, name: str, marking: str, seen_revision: int, *, by: int, now: datetime) -> None:
    """The council's name and the marking of what it prints; refused when somebody else saved meanwhile (FO-1)."""
    row = get_authority(session)
    if row.revision != seen_revision:
        raise Stale(row)
    row.name, row.marking = " ".join(name.split()), " ".join(marking.split())
    row.revision += 1
    row.set_up_at = row.set_up_at or now
    session.add(row)
    _note(session, "name", by=by, now=now)


def set_references(
    session: Session, example: str, *, letters_vary: bool, figures_vary: bool, by: int, now: datetime
) -> None:
    """The shape of case references, learned from an example; references already in use stay as they are."""
    row = get_authority(session)
    try:
        pattern = pattern_from(example, letters_vary=letters_vary, figures_vary=figures_vary)
    except NoPattern as fault:
        raise Invalid("example", str(fault)) from fault
    example = " ".join(example.split()).upper()
    if (row.reference_pattern, row.reference_example) != (pattern, example):
        row.reference_pattern, row.reference_example = pattern, example
        session.add(row)
        _note(session, "references", by=by, now=now)


def add_teams(session: Session, text: str, *, on: date, by: int, now: datetime) -> tuple[int, int]:
    """Services and teams from pasted lines; those there already, however they are spelled, are left alone.

    Returns:
        How many teams were added, and how many were there already.

    Raises:
        Invalid: a line cannot be read; nothing is added then.
    """
    plan = reading.plan_teams(session, text, on)
    if plan.faults:
        raise Invalid("teams", ". ".join(plan.faults[:MOST_FAULTS]))
    services = {name: service_id for service_id, name in queries.list_services(session, on)}
    for team in plan.new:
        if team.service not in services:
            services[team.service] = organisation.make_service(session, team.service, from_on=on, by=by, now=now).id
        try:
            organisation.open_team(session, team.name, services[team.service], on=on, by=by, now=now)
        except Invalid as fault:
            raise Invalid("teams", fault.message) from fault
    return len(plan.new), len(plan.there)


def set_colours(session: Session, meanings: Mapping[str, tuple[str, str]], *, by: int, now: datetime) -> None:
    """What the BRAG colours mean; only what differs from before is written."""
    before = queries.brag_words(session)
    changed = {colour: meaning for colour, meaning in meanings.items() if before.get(colour) != meaning}
    for colour, (word, meaning) in changed.items():
        if colour not in defaults.COLOURS:
            raise Invalid(colour, "There is no such colour")
        authority_id = queries.authority_of(session)
        row = session.get(BragMeaning, (authority_id, colour))
        row = row or BragMeaning(authority_id=authority_id, colour=colour, word=word, meaning=meaning)
        row.word, row.meaning = word, meaning
        session.add(row)
    if changed:
        _note(session, "colours", by=by, now=now)


def set_logo(session: Session, sha256: str, *, by: int, now: datetime) -> None:
    """Which kept picture is the council's logo."""
    row = get_authority(session)
    row.logo_sha256 = sha256
    session.add(row)
    _note(session, "logo", by=by, now=now)


def add_contact(
    session: Session, person_id: int, service_id: int | None, telephone: str, *, by: int, now: datetime
) -> None:
    """Somebody to be told at once of a concern, in one service or in all."""
    if person_id not in queries.names_of(session, [person_id]):
        raise Invalid("person", "Choose a person from the list")
    if service_id is not None:
        organisation.get_service(session, service_id)
    contacts = queries.list_contacts(session)
    if any(contact.person_id == person_id and contact.service_id == service_id for contact in contacts):
        raise Invalid("person", "This person is already a contact there")
    row = EscalationContact(
        authority_id=queries.authority_of(session),
        person_id=person_id,
        service_id=service_id,
        telephone=telephone,
        position=max((contact.position for contact in contacts), default=0) + 1,
    )
    session.add(row)
    session.flush()
    facts = {"person": person_id}
    history.note(session, "people.contact_added", by=by, authority_id=row.authority_id, facts=facts, now=now)


def remove_contact(session: Session, contact_id: int, *, by: int, now: datetime) -> None:
    """No longer to be told."""
    authority_id = queries.authority_of(session)
    row = session.get(EscalationContact, (authority_id, contact_id))
    if row is None:
        raise NotFound("No such contact.")
    session.delete(row)
    facts = {"person": row.person_id}
    history.note(session, "people.contact_removed", by=by, authority_id=authority_id, facts=facts, now=now)
