"""Actions the fictional audits asked for: set, done and confirmed at their own moments.

Those of audits that went through the services go through them too; the rest are written as rows with the same log
entries, because there are hundreds.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from audit_app import history, notices
from audit_app.audits.actions import events as action_events
from audit_app.audits.actions import service as action_service
from audit_app.audits.queries_rows import reference_of
from audit_app.audits.tables import (
    AUDIT_ACTION,
    ActionLevel,
    ActionNews,
    AuditAction,
    AuditActionState,
    AuditActionUpdate,
)
from audit_app.demo.audits import QA, Made
from audit_app.demo.draws import Fate
from audit_app.demo.texts import texts
from audit_app.demo.timeline import World, moment
from findings import numbering
from findings.references import new_id, reference

assert action_events
LEVELS = (ActionLevel.child, ActionLevel.practitioner, ActionLevel.team, ActionLevel.service, ActionLevel.partnership)
LEVEL_WEIGHTS = (72, 16, 6, 4, 2)
NO_CHILDS_RECORD = ("supervision", "practice-observation", "foster-carer")  # these ask for nothing for one child
SETTLED_DAYS = 60  # what is older than this has been done and confirmed
# How many actions an audit of each overall place asks for, worst first: at least and at most.
HOW_MANY = ((3, 3), (1, 2), (0, 1), (0, 0))
DAYS_GIVEN = (5, 20, 30)
MANAGERS_SHARE, DONE_SHARE, CONFIRMED_SHARE = 0.45, 0.88, 0.85
TOLD_DAYS = 14  # whose notices are older has long read them


@dataclass
class Planned:
    """One action: what it asks for, whose it is, and when what became of it happened."""

    made: Made
    level: ActionLevel
    wording: dict[str, str]
    owner: str
    due_on: date
    set_at: datetime
    number: int = 0
    done_at: datetime | None = None
    confirmer: str = ""
    confirmed_at: datetime | None = None


def plan_actions(world: World, made: Made) -> None:
    """Put the actions of one submitted audit on the timeline."""
    if made.draw.fate not in (Fate.submitted, Fate.agreed, Fate.corrected):
        return
    asked: set[str] = set()
    for place in range(world.chance.randint(*HOW_MANY[made.draw.place])):
        first = 1 if made.draw.set_id in NO_CHILDS_RECORD else 0
        level = world.chance.choices(LEVELS[first:], LEVEL_WEIGHTS[first:])[0]
        fresh = [wording for wording in texts("closing")["actions"][level.value] if wording["what"] not in asked]
        wording = world.chance.choice(fresh)
        asked.add(wording["what"])
        when = made.moments["submitted"] + timedelta(minutes=2 * place + 1)
        way = ThroughService if made.draw.by_service else AsRows
        way(world, _planned(world, made, level, wording, when)).put_on_timeline()


def _planned(world: World, made: Made, level: ActionLevel, wording: dict[str, str], when: datetime) -> Planned:
    chance, team = world.chance, made.draw.team
    manager = world.team_managers[team]
    owner = manager if chance.random() < MANAGERS_SHARE else chance.choice(world.team_workers[team])
    due_ago = made.draw.submitted_ago - chance.choice(DAYS_GIVEN)
    planned = Planned(made, level, wording, owner, world.day(due_ago), when)
    done_ago = min(due_ago + chance.randint(-4, 4), made.draw.submitted_ago - 4)
    settled = due_ago > SETTLED_DAYS
    if done_ago < 1 or (chance.random() > DONE_SHARE and not settled):
        return planned
    planned.done_at = moment(world.day(done_ago), chance.randint(0, 200))
    if done_ago > 3 and (chance.random() < CONFIRMED_SHARE or settled):
        planned.confirmer = QA[0] if owner == manager else manager
        planned.confirmed_at = moment(world.day(done_ago - 2), chance.randint(210, 400))
    return planned


class ThroughService:
    """An action that its people set, do and confirm through the service."""

    def __init__(self, world: World, planned: Planned) -> None:
        self.world, self.planned = world, planned

    def put_on_timeline(self) -> None:
        """Each step at its moment."""
        planned = self.planned
        self.world.at(planned.set_at, planned.made.auditor, self.add)
        if planned.done_at:
            self.world.at(planned.done_at, planned.owner, self.finish)
        if planned.confirmed_at:
            self.world.at(planned.confirmed_at, planned.confirmer, self.confirm)

    def add(self, by: int, now: datetime) -> None:
        """Set by the auditor."""
        planned, world = self.planned, self.world
        owner_id, what = world.people[planned.owner], planned.wording["what"]
        new = action_service.NewAction(planned.level, what, owner_id, planned.due_on)
        action = action_service.add_action(world.session, world.authority_id, planned.made.number, new, by=by, now=now)
        planned.number = action.number

    def finish(self, by: int, now: datetime) -> None:
        """Done, by its owner."""
        planned, world = self.planned, self.world
        done, changed = planned.wording["done"], planned.wording["changed"]
        action_service.mark_done(world.session, world.authority_id, planned.number, done, changed, by=by, now=now)

    def confirm(self, by: int, now: datetime) -> None:
        """Confirmed by the manager, or by the QA manager where the manager owns it."""
        action_service.confirm_action(self.world.session, self.world.authority_id, self.planned.number, by=by, now=now)


class AsRows(ThroughService):
    """An action whose rows are written as they stand in the end, with a log entry for each step."""

    def add(self, by: int, now: datetime) -> None:
        """Set by the auditor; all that will become of it is kept at once."""
        planned, world = self.planned, self.world
        planned.number = numbering.next_number(world.session, world.authority_id, AUDIT_ACTION)
        world.keep(AuditAction, **self._row(by, now))
        self._note("audit_action.set", by, now, level=planned.level.value, due=planned.due_on.isoformat())
        owner_id = world.people[planned.owner]
        if now.date() > world.day(TOLD_DAYS):
            about = reference(AUDIT_ACTION, planned.number)
            notices.tell(world.session, world.authority_id, owner_id, "audit_action.given", about, now)

    def finish(self, by: int, now: datetime) -> None:
        """Done, by its owner."""
        self._say(ActionNews.done, by, now, self.planned.wording["done"])
        self._note("audit_action.done", by, now)

    def confirm(self, by: int, now: datetime) -> None:
        """Confirmed."""
        self._say(ActionNews.confirmed, by, now, "")
        self._note("audit_action.confirmed", by, now)

    def _row(self, by: int, now: datetime) -> dict[str, Any]:
        planned, people = self.planned, self.world.people
        done, confirmed = planned.done_at, planned.confirmed_at
        state = AuditActionState.done if done else AuditActionState.open
        return {
            "number": planned.number,
            "audit_number": planned.made.number,
            "level": planned.level,
            "question_key": "",
            "what": planned.wording["what"],
            "owner_id": people[planned.owner],
            "due_on": planned.due_on,
            "state": AuditActionState.confirmed if confirmed else state,
            "done_on": done.date() if done else None,
            "done_by": people[planned.owner] if done else None,
            "what_was_done": planned.wording["done"] if done else "",
            "what_changed": planned.wording["changed"] if done else "",
            "confirmed_by": people[planned.confirmer] if confirmed else None,
            "confirmed_at": confirmed,
            "became_finding": "",
            "set_by": by,
            "set_at": now,
            "revision": 1 + bool(done) + bool(confirmed),
        }

    def _say(self, news: ActionNews, by: int, now: datetime, text: str) -> None:
        about = {"id": new_id(), "action_number": self.planned.number, "due_from": None, "due_on": None}
        self.world.keep(AuditActionUpdate, **about, news=news, note=text, said_by=by, said_at=now)

    def _note(self, event: str, by: int, now: datetime, **facts: str) -> None:
        facts["action"] = reference(AUDIT_ACTION, self.planned.number)
        about, council = reference_of(self.planned.made.number), self.world.authority_id
        history.note(self.world.session, event, about, by=by, authority_id=council, facts=facts, now=now)
