"""Brings the fictional audits together: who does which, which look again at an earlier one, what follows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from audit_app import clock
from audit_app.audits.tables import AuditType, HowChosen
from audit_app.demo import actions, audits, audits_by_service, concerns
from audit_app.demo.audits import DUE_WORKING_DAYS, Made
from audit_app.demo.council import key_of
from audit_app.demo.draws import Draw, Fate, draw_audits
from audit_app.demo.texts import texts
from audit_app.demo.timeline import World, moment

FIRST_SERIAL = 104_233
STEP = 37  # so that references do not run in a row


class Programme:
    """All audits made so far; findings look here for their sources, areas for their re-audits."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.made: list[Made] = []
        self.pairs: dict[str, list[Made]] = {}
        self.taken: Iterator[int] = count(FIRST_SERIAL, STEP)
        self.auditors = [key_of(person["name"]) for person in texts("people")["people"] if "auditor" in person["roles"]]
        self.told_concerns = iter(texts("closing")["concerns"])

    def plan(self) -> None:
        """Put every audit on the timeline; those that look again wait until it is known at what."""
        for draw in draw_audits(self.world.chance):
            if draw.re_audit_for:
                self.world.at(moment(self.world.day(draw.ago), 0), audits.QA[1], self._looking_again(draw))
            else:
                self._plan_one(draw)

    def _plan_one(self, draw: Draw) -> None:
        reference = audits.case_reference(draw, self.taken)
        details, auditor = audits.plan_details(self.world, draw, self.auditors, reference)
        self._keep(audits.make(self.world, draw, details, auditor))

    def _keep(self, made: Made) -> None:
        self.made.append(made)
        through = audits_by_service if made.draw.by_service and made.draw.fate in SERVED else audits
        through.put_on_timeline(self.world, made)
        actions.plan_actions(self.world, made)
        if made.draw.concern:
            concerns.plan_concern(self.world, made, next(self.told_concerns))

    def _looking_again(self, draw: Draw):
        def look_again(_by: int, _now: datetime) -> None:
            waiting = self.pairs.get(draw.re_audit_for)
            if not waiting:
                draw.re_audit_for = ""
                self._plan_one(draw)
                return
            self._keep(self._second_look(draw, waiting.pop(0)))

        return look_again

    def _second_look(self, draw: Draw, earlier: Made) -> Made:
        """The same record, the same questions, another auditor; most have become better by a grade."""
        old = earlier.draw
        draw.team, draw.set_id, draw.length = old.team, old.set_id, old.length
        better = self.world.chance.random() < 0.8
        draw.place = min(3, old.place + 1) if better else old.place
        allocated = moment(self.world.day(draw.ago), 0).date()
        left_out = (earlier.auditor, self.world.team_managers[old.team])
        others = [auditor for auditor in self.auditors if auditor not in left_out]
        auditor = self.world.chance.choice(others)
        details = replace(
            earlier.details,
            audit_type=AuditType.re_audit,
            how_chosen=HowChosen.purposive,
            auditor_id=self.world.people[auditor],
            window_from=allocated - timedelta(days=180),
            window_to=allocated,
            due_on=clock.add_working_days(allocated, DUE_WORKING_DAYS),
            theme="",
            re_audit_of=earlier.number,
            tests_area=audits.area_reference(self.world, draw.re_audit_for),
        )
        return audits.make(self.world, draw, details, auditor)

    def agreed_by(self, when: datetime) -> list[Made]:
        """Audits agreed by then and never reopened since, newest first."""
        agreed = [
            made
            for made in self.made
            if made.draw.fate in (Fate.agreed, Fate.corrected) and made.number and made.moments["agreed"] < when
        ]
        return sorted(agreed, key=lambda made: made.moments["agreed"], reverse=True)

    def answering(self, question_key: str, *, high: bool, most: int, when: datetime) -> list[Made]:
        """Agreed audits that answered a question badly, or well."""
        wanted = (
            ("good", "outstanding", "yes", "in_time")
            if high
            else ("inadequate", "requires_improvement", "no", "partly")
        )
        answered = [made for made in self.agreed_by(when) if made.code_of(question_key) in wanted]
        return sorted(answered[: 2 * most], key=lambda made: made.draw.place, reverse=high)[:most]


SERVED = (Fate.not_started, Fate.begun, Fate.submitted, Fate.agreed, Fate.corrected, Fate.reopened)
