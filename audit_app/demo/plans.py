"""The fictional improvement plans on the timeline: actions, milestones, progress, completion and verification."""

from datetime import datetime
from typing import Any

from audit_app.demo.texts import texts
from audit_app.demo.thread import Thread
from audit_app.improvement.actions import notice_words, service_progress
from audit_app.improvement.actions import service as action_service
from audit_app.improvement.plans import service as plan_service
from findings import queries, register
from findings.states import Delivery, ImpactTest

assert notice_words
VERIFIER = "tomasz.zielinski"


class Plans:
    """Puts the plans on the same timeline as the thread, through the services a QA manager and the leads use."""

    def __init__(self, thread: Thread) -> None:
        self.thread, self.world = thread, thread.world
        self.themes: dict[tuple[str, int], int] = {}

    def plan(self) -> None:
        """Every plan, then each action with what became of it."""
        file = texts("thread")
        for plan in file["plans"]:
            self.thread.at(plan["ago"], self.opening(plan))
        for place, action in enumerate(file["actions"]):
            self._plan_action(f"action {place}", action)

    def _plan_action(self, key: str, action: dict) -> None:
        thread, lead = self.thread, self.world.holder_keys[action["lead"]]
        thread.at(action["ago"], self.adding(key, action))
        for ago, delivery, note in action.get("progress", ()):
            thread.at(ago, self.reporting(key, Delivery(delivery), note), lead)
        for place, milestone in enumerate(action.get("milestones", ())):
            if "done" in milestone:
                thread.at(milestone["done"], self.reaching(f"{key} milestone {place}", milestone["note"]), lead)
        if "moved" in action:
            thread.at(action["moved"][0], self.moving(key, *action["moved"][1:]))
        if action.get("measure"):
            thread.at(action["measure"]["ago"], self.measuring(f"{key} measure", action["measure"]["latest"]), lead)
        if "completed" in action:
            thread.at(action["completed"][0], self.completing(key, action["completed"][1]), lead)
        if "verified" in action:
            thread.at(action["verified"][0], self.verifying(key, action["verified"][1]), VERIFIER)
        if "withdrawn" in action:
            thread.at(action["withdrawn"][0], self.withdrawing(key, action["withdrawn"][1]))

    def opening(self, plan: dict):
        """A plan with its themes."""

        def open_it(by: int, now: datetime) -> None:
            session, council, today = self.world.session, self.world.authority_id, now.date()
            row = plan_service.open_plan(
                session,
                council,
                owner_post_id=self.world.posts[plan["owner"]],
                title=plan["title"],
                board=plan["board"],
                period_from=self.world.day(plan["from"]),
                period_to=self.world.day(plan["to"]),
                by=by,
                now=now,
                today=today,
                **plan.get("more", {}),
            )
            self.world.numbers[f"plan {plan['key']}"] = row.number
            for place, theme in enumerate(plan["themes"], start=1):
                fields = theme if isinstance(theme, dict) else {"title": theme}
                made = plan_service.add_theme(
                    session, council, row.number, owner_post_id=None, by=by, now=now, today=today, **fields
                )
                self.themes[plan["key"], place] = made.id
            self._hang_on(plan, row.number, by, now)

        return open_it

    def _hang_on(self, plan: dict, number: int, by: int, now: datetime) -> None:
        """When a plan is reviewed, what could stop it, and the bands for what it is to deliver."""
        session, council = self.world.session, self.world.authority_id
        more = {"plan_number": number, "by": by, "now": now}
        for review in plan.get("reviews", ()):
            due_on = self.world.day(review["due"]) if "due" in review else None
            given = {"what": review["what"], "due_on": due_on, "due_text": review.get("due_text", "")}
            plan_service.write_part(session, council, register.add_review, **given, **more)
        for risk in plan.get("risks", ()):
            plan_service.write_part(session, council, register.add_risk, **risk, **more)
        if "bands" in plan:
            plan_service.write_part(session, council, register.add_measure, **plan["bands"], **more)

    def adding(self, key: str, action: dict):
        """An action with its lead, areas, measure and milestones."""

        def add(by: int, now: datetime) -> None:
            today = now.date()
            row = action_service.add_action(
                self.world.session,
                self.world.authority_id,
                lead_post_id=self.world.posts[action["lead"]],
                delivery_post_ids=[self.world.posts[title] for title in action.get("delivery", ())],
                areas=[self.thread.number("area", area) for area in action["areas"]],
                by=by,
                now=now,
                today=today,
                **self._fields(action),
            )
            self.world.numbers[key] = row.number
            self._add_parts(key, action, row.number, by, now)

        return add

    def _fields(self, action: dict) -> dict[str, Any]:
        return {
            "plan_number": self.thread.number("plan", action["plan"]),
            "theme_id": self.themes[action["plan"], action["theme"]],
            "what": action["what"],
            "start_on": self.world.day(action["start"]),
            "due_on": self.world.day(action["due"]) if "due" in action else None,
            "due_text": action.get("due_text", ""),
            "ongoing": action.get("ongoing", False),
            "repeats": action.get("repeats", ""),
            "success_measure": action["success"],
            "impact_test": ImpactTest(action["test"]) if action["test"] else None,
            **action.get("more", {}),
        }

    def _add_parts(self, key: str, action: dict, number: int, by: int, now: datetime) -> None:
        session, council, day = self.world.session, self.world.authority_id, self.world.day
        for place, milestone in enumerate(action.get("milestones", ())):
            row = service_progress.add_milestone(
                session,
                council,
                number,
                text=milestone["text"],
                lead_post_id=self.world.posts[action["lead"]],
                lead_printed=milestone.get("lead_printed", ""),
                due_on=day(milestone["due"]) if "due" in milestone else None,
                due_text=milestone.get("due_text", ""),
                monitoring=milestone.get("monitoring", ""),
                today=now.date(),
                by=by,
                now=now,
            )
            self.world.numbers[f"{key} milestone {place}"] = row.id
        if "measure" in action:
            figures = action["measure"]
            measure = service_progress.add_measure(
                session,
                council,
                number,
                name=figures["name"],
                unit=figures["unit"],
                baseline=float(figures["baseline"]),
                target=float(figures["target"]),
                by=by,
                now=now,
            )
            self.world.numbers[f"{key} measure"] = measure.id

    def reporting(self, key: str, delivery: Delivery, text: str):
        """What its lead says."""

        def report(by: int, now: datetime) -> None:
            update = service_progress.Update(self.world.numbers[key], delivery, text)
            self._update(update, by, now)

        return report

    def completing(self, key: str, text: str):
        """Its lead says that it is done."""

        def complete(by: int, now: datetime) -> None:
            update = service_progress.Update(self.world.numbers[key], Delivery.complete, text, now.date())
            self._update(update, by, now)

        return complete

    def _update(self, update: service_progress.Update, by: int, now: datetime) -> None:
        session, council = self.world.session, self.world.authority_id
        service_progress.save_updates(session, council, [update], by=by, now=now, today=now.date())

    def reaching(self, key: str, text: str):
        """A milestone is reached."""

        def reach(by: int, now: datetime) -> None:
            more = self.thread.writing(by, now)
            register.complete_milestone(
                self.world.session,
                self.world.authority_id,
                self.world.numbers[key],
                completed_on=now.date(),
                completed_note=text,
                **more,
            )

        return reach

    def measuring(self, key: str, latest: float):
        """The latest figure."""

        def measure(by: int, now: datetime) -> None:
            more = self.thread.writing(by, now)
            register.update_measure(
                self.world.session,
                self.world.authority_id,
                self.world.numbers[key],
                latest=float(latest),
                latest_on=now.date(),
                **more,
            )

        return measure

    def moving(self, key: str, to_ago: int, why: str):
        """A due date moves, and the reason is kept."""

        def move(by: int, now: datetime) -> None:
            number, new_on = self.world.numbers[key], self.world.day(to_ago)
            more = self.thread.writing(by, now)
            register.change_due_date(
                self.world.session, self.world.authority_id, number, new_on=new_on, why=why, **more
            )

        return move

    def verifying(self, key: str, text: str):
        """Somebody outside the line has looked."""

        def verify(by: int, now: datetime) -> None:
            session, council, number = self.world.session, self.world.authority_id, self.world.numbers[key]
            revision = queries.get_action(session, council, number).revision
            service_progress.verify_action(
                session,
                council,
                number,
                verified_on=now.date(),
                verified_note=text,
                revision=revision,
                by=by,
                now=now,
                today=now.date(),
            )

        return verify

    def withdrawing(self, key: str, reason: str):
        """An action nobody needs any more."""

        def withdraw(by: int, now: datetime) -> None:
            more = self.thread.writing(by, now)
            number = self.world.numbers[key]
            register.withdraw_action(self.world.session, self.world.authority_id, number, reason=reason, **more)

        return withdraw
