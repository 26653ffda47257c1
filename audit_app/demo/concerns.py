"""The concerns the fictional audits raised, through the service: people told, acknowledged, closed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from audit_app.audits import queries_case
from audit_app.audits.concerns import queries as concerns
from audit_app.audits.concerns import service as concern_service
from audit_app.demo.audits import Made
from audit_app.demo.timeline import World

CLOSER = "fiona.castle"
RAISED_BEFORE = timedelta(minutes=30)  # before the audit was submitted
CLOSED_AFTER = timedelta(hours=26)


def plan_concern(world: World, made: Made, wording: dict[str, str]) -> None:
    """A concern raised on the day of the audit, acknowledged, and closed if anything was done."""
    keys = {person_id: key for key, person_id in world.people.items()}
    session, council = world.session, world.authority_id

    def raise_it(by: int, now: datetime) -> None:
        concern = concern_service.raise_concern(
            session, council, made.number, wording["raised"], wording["spoken_to"], from_answer=True, by=by, now=now
        )
        case = queries_case.case_of(session, council, made.number)
        people = concerns.who_is_told(session, council, case, by=by, on=now.date())
        silent = 1 if wording["outcome"] else 2
        for place, person_id in enumerate(sorted(people)[silent:]):
            when = now + timedelta(minutes=20 + 15 * place)
            world.at(when, keys[person_id], _acknowledging(world, made, concern.id))
        if wording["outcome"]:
            world.at(now + CLOSED_AFTER, CLOSER, _closing(world, made, concern.id, wording["outcome"]))

    world.at(made.moments["submitted"] - RAISED_BEFORE, made.auditor, raise_it)


def _acknowledging(world: World, made: Made, concern_id: int) -> Callable[[int, datetime], None]:
    def acknowledge(by: int, now: datetime) -> None:
        concern_service.acknowledge_concern(world.session, world.authority_id, made.number, concern_id, by=by, now=now)

    return acknowledge


def _closing(world: World, made: Made, concern_id: int, outcome: str) -> Callable[[int, datetime], None]:
    def close(by: int, now: datetime) -> None:
        concern_service.close_concern(
            world.session, world.authority_id, made.number, concern_id, outcome, child_is_safe=True, by=by, now=now
        )

    return close
