"""What a council's texts are read against before they leave: its people, how its case references look, and the day."""

from datetime import date

from sqlmodel import Session, col, select

from audit_app import disclosure
from audit_app.people.tables import Authority, Membership, Person


def council_known(session: Session, authority_id: int | None, today: date) -> disclosure.Council:
    """The names of everybody who has or had a role in the council, its pattern of references, and the day.

    Somebody who has left is still known by name. Outside a council only the day is known.
    """
    if authority_id is None:
        return disclosure.council(today)
    of_council = select(Membership.person_id).where(Membership.authority_id == authority_id)
    staff = session.exec(select(Person.name).where(col(Person.id).in_(of_council))).all()
    pattern = session.exec(select(Authority.reference_pattern).where(Authority.id == authority_id)).first()
    return disclosure.council(today, staff, pattern or "")
