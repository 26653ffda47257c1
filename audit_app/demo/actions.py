"""Actions the fictional audits asked for and the concerns they raised, through the services that keep them."""

from datetime import datetime, timedelta

from audit_app.audits import queries_concerns, service_actions, service_concerns
from audit_app.audits.tables import ActionLevel
from audit_app.demo.audits import QA, Made
from audit_app.demo.draws import Fate
from audit_app.demo.texts import texts
from audit_app.demo.timeline import World, moment

LEVELS = (ActionLevel.child, ActionLevel.practitioner, ActionLevel.team, ActionLevel.service, ActionLevel.partnership)
LEVEL_WEIGHTS = (72, 16, 6, 4, 2)
# How many actions an audit of each overall place asks for, worst first.
HOW_MANY = ((3, 3), (1, 2), (0, 1), (0, 0))
DAYS_GIVEN = (5, 20, 30)
DONE_SHARE, CONFIRMED_SHARE = 0.88, 0.85


def plan_actions(world: World, made: Made) -> None:
    """Put the actions of one submitted audit on the timeline."""
    if made.draw.fate not in (Fate.submitted, Fate.agreed, Fate.corrected):
        return
    how_many = world.chance.randint(*HOW_MANY[made.draw.place])
    asked: set[str] = set()
    for place in range(how_many):
        level = world.chance.choices(LEVELS, LEVEL_WEIGHTS)[0]
        told = world.chance.choice(
            [one for one in texts("closing")["actions"][level.value] if one["what"] not in asked]
        )
        asked.add(told["what"])
        _plan_action(world, made, level, told, made.moments["submitted"] + timedelta(minutes=2 * place + 1))


def _plan_action(world: World, made: Made, level: ActionLevel, told: dict, when: datetime) -> None:
    chance, team = world.chance, made.draw.team
    manager = world.team_managers[team]
    owner = manager if chance.random() < 0.45 else chance.choice(world.team_workers[team])
    given = chance.choice(DAYS_GIVEN)
    due_ago = made.draw.submitted_ago - given
    number: list[int] = []

    def add(by: int, now: datetime) -> None:
        new = service_actions.NewAction(level, told["what"], world.people[owner], world.day(due_ago))
        action = service_actions.add_action(world.session, world.authority_id, made.number, new, by=by, now=now)
        number.append(action.number)

    def finish(by: int, now: datetime) -> None:
        service_actions.mark_done(
            world.session, world.authority_id, number[0], told["done"], told["changed"], by=by, now=now
        )

    def confirm(by: int, now: datetime) -> None:
        service_actions.confirm_action(world.session, world.authority_id, number[0], by=by, now=now)

    world.at(when, made.auditor, add)
    done_ago = due_ago + chance.randint(-4, 4)
    if "done" not in told or done_ago < 1 or done_ago > made.draw.submitted_ago - 4 or chance.random() > DONE_SHARE:
        return
    world.at(moment(world.day(done_ago), chance.randint(0, 200)), owner, finish)
    if done_ago > 3 and chance.random() < CONFIRMED_SHARE:
        confirmer = QA[0] if owner == manager else manager
        world.at(moment(world.day(done_ago - 2), chance.randint(210, 400)), confirmer, confirm)


def plan_concern(world: World, made: Made, told: dict) -> None:
    """A concern raised on the day of the audit, acknowledged, and closed if anything was done."""
    begun = made.moments["submitted"] - timedelta(minutes=30)
    keys = {person_id: key for key, person_id in world.people.items()}

    def raise_it(by: int, now: datetime) -> None:
        concern = service_concerns.raise_concern(
            world.session,
            world.authority_id,
            made.number,
            told["raised"],
            told["spoken_to"],
            from_answer=True,
            by=by,
            now=now,
        )
        case = queries_concerns.queries_case.case_of(world.session, world.authority_id, made.number)
        people = queries_concerns.who_is_told(world.session, world.authority_id, case, by=by, on=world.day(1))
        silent = 1 if told["outcome"] else 2
        for place, person_id in enumerate(sorted(people)[silent:]):
            world.at(now + timedelta(minutes=20 + 15 * place), keys[person_id], _acknowledging(world, made, concern.id))
        if told["outcome"]:
            world.at(now + timedelta(hours=26), "fiona.castle", _closing(world, made, concern.id, told["outcome"]))

    world.at(begun, made.auditor, raise_it)


def _acknowledging(world: World, made: Made, concern_id: int):
    def acknowledge(by: int, now: datetime) -> None:
        service_concerns.acknowledge_concern(world.session, world.authority_id, made.number, concern_id, by=by, now=now)

    return acknowledge


def _closing(world: World, made: Made, concern_id: int, outcome: str):
    def close(by: int, now: datetime) -> None:
        service_concerns.close_concern(
            world.session, world.authority_id, made.number, concern_id, outcome, child_is_safe=True, by=by, now=now
        )

    return close
