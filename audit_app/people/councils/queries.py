"""Who may set up another council on a page."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from audit_app.people import queries
from audit_app.people.tables import Person


def may_set_up(session: Session, person_id: int, config: Mapping[str, Any]) -> bool:
    """Whether this administrator may: one whom the settings name; where they name nobody, any, beside the only council.

    From the second council on an administrator is one of several councils', who has no say over what the others share.
    """
    named = {str(name).strip().casefold() for name in config["COUNCILS_SET_UP_BY"]}
    if not named:
        return len(queries.every_council(session)) < 2
    person = session.get(Person, person_id)
    return person is not None and person.user_name in named
