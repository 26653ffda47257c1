"""The fictional thread on the timeline: inspections, findings, and areas with their impact; plans are in `plans`."""

from datetime import date, datetime
from typing import Any

from audit_app.audits import question_sets
from audit_app.audits.queries_rows import reference_of
from audit_app.demo.audits import Made
from audit_app.demo.programme import Programme
from audit_app.demo.texts import texts
from audit_app.demo.timeline import World, moment
from audit_app.improvement.service_log import note_taker
from findings import register
from findings.register import NewSource, SpeaksTo
from findings.states import FindingKind, Impact, ImpactTest, InspectionKind, Level, Origin, SourceKind, Timescale

QA = "fiona.castle"
ORIGINS = {"inspection": Origin.inspection, "focused_visit": Origin.inspection, "peer_review": Origin.peer_review}


class Thread:
    """Puts everything of the thread but its plans on the timeline; `minute` keeps the order within a day."""

    def __init__(self, world: World, programme: Programme) -> None:
        self.world, self.programme = world, programme
        self.minute = 60

    def at(self, ago: int, act: Any, who: str = QA) -> None:
        """The next thing, so many days ago."""
        self.minute += 1
        self.world.at(moment(self.world.day(ago), self.minute), who, act)

    def writing(self, by: int, now: datetime) -> dict[str, Any]:
        """What each write of the register is told alike."""
        return {"by": by, "now": now, "note": note_taker(self.world.session, self.world.authority_id, by=by, now=now)}

    def plan(self) -> None:
        """All of it, in the order in which one thing needs another."""
        told = texts("thread")
        for one in told["inspections"]:
            self.at(one["ago"], self.recording(one))
        for one in told["findings"]:
            self.at(one["ago"], self.raising(one, told["inspections"]))
            if "withdrawn" in one:
                self.at(one["withdrawn"]["ago"], self.withdrawing(one))
        raised = {one["key"]: one["ago"] for one in told["findings"]}
        for one in told["areas"]:
            self.at(one["ago"], self.opening(one))
            for key in one.get("joins", ()):
                self.at(min(one["ago"], raised[key]), self.joining(key, one["key"]))
            for judged in one.get("impact", ()):
                self.at(judged["ago"], self.judging(one, judged))
            if "closed" in one:
                self.at(one["closed"]["ago"], self.closing(one))

    def number(self, kind: str, key: str) -> int:
        """What was made under a key of the files."""
        return self.world.numbers[f"{kind} {key}"]

    def _day(self, told: date | int) -> date:
        return self.world.day(told) if isinstance(told, int) else told

    def recording(self, told: dict):
        """An inspection and its judgements."""

        def record(by: int, now: datetime) -> None:
            more = self.writing(by, now)
            session, council = self.world.session, self.world.authority_id
            row = register.record_inspection(
                session,
                council,
                kind=InspectionKind(told["kind"]),
                title=told["title"],
                body=told["body"],
                edition_id=told.get("edition", ""),
                document_title=told["document"],
                published_on=self._day(told["published"]),
                inspected_from=self._day(told["from"]),
                inspected_to=self._day(told["to"]),
                notes=told.get("notes", ""),
                **more,
            )
            self.world.numbers[f"inspection {told['key']}"] = row.number
            for one in told.get("judgements", ()):
                register.record_judgement(
                    session,
                    council,
                    inspection_number=row.number,
                    judgement_area_id=one["area"],
                    grade_code=one["grade"],
                    printed_name=one["name"],
                    paragraphs=one.get("paragraphs", ""),
                    **more,
                )

        return record

    def raising(self, told: dict, inspections: list[dict]):
        """A finding, in an inspectorate's words, from audits, or from elsewhere."""
        kinds = {one["key"]: one["kind"] for one in inspections}

        def raise_it(by: int, now: datetime) -> None:
            fields = self._from_inspection(told) if "inspection" in told else {}
            origin = ORIGINS[kinds[told["inspection"]]] if fields else Origin(told["origin"])
            row = register.raise_finding(
                self.world.session,
                self.world.authority_id,
                kind=FindingKind(told["kind"]),
                origin=origin,
                level=Level(told.get("level", "service")),
                text=told["text"],
                judgement_areas=[SpeaksTo(*one) for one in told["speaks"]],
                sources=self._sources(told, now),
                **fields,
                **self.writing(by, now),
            )
            self.world.numbers[f"finding {told['key']}"] = row.number

        return raise_it

    def _from_inspection(self, told: dict) -> dict[str, Any]:
        number, total = told.get("printed", (None, None))
        return {
            "inspection_number": self.number("inspection", told["inspection"]),
            "verbatim": True,
            "printed_number": number,
            "printed_total": total,
            "paragraphs": told.get("paragraphs", ""),
            "timescale": Timescale(told["timescale"]) if "timescale" in told else None,
        }

    def _sources(self, told: dict, now: datetime) -> list[NewSource]:
        if "audits" in told:
            return self._audit_sources(told, now)
        if "source" not in told:
            return []
        return [self._source(told["source"], now.date())]

    def _source(self, told: dict, on: date) -> NewSource:
        return NewSource(
            SourceKind(told["kind"]),
            document=told.get("document", ""),
            paragraph=told.get("paragraph", ""),
            words=told.get("words", ""),
            dated_on=on,
        )

    def _audit_sources(self, told: dict, now: datetime) -> list[NewSource]:
        key, high = told["audits"]["question"], told["audits"].get("high", False)
        found = self.programme.answering(key, high=high, most=told["audits"]["most"], when=now)
        area = told["key"].removeprefix("audit-")
        self.programme.pairs[area] = list(found)
        return [self._audit_source(made, key) for made in found]

    def _audit_source(self, made: Made, key: str) -> NewSource:
        """What one answer said, in words without anything of the child."""
        code = made.code_of(key) or ""
        question = made.questions.question(key)
        scale = made.questions.scale_for(question)
        return NewSource(
            SourceKind.audit_answer,
            audit_reference=reference_of(made.number),
            question_reference=f"{made.details.set_name.edition_id}/{key}",
            grade_code=code,
            grade_words=scale.name_of(code) if scale and code else "",
            dated_on=made.moments["submitted"].date(),
            words=question.text,
        )

    def withdrawing(self, told: dict):
        """A finding that turned out to be wrong."""

        def withdraw(by: int, now: datetime) -> None:
            number, reason = self.number("finding", told["key"]), told["withdrawn"]["why"]
            more = self.writing(by, now)
            register.withdraw_finding(self.world.session, self.world.authority_id, number, reason=reason, **more)

        return withdraw

    def opening(self, told: dict):
        """An area, by one press from a finding or under a heading of one's own."""

        def open_it(by: int, now: datetime) -> None:
            more, session, council = self.writing(by, now), self.world.session, self.world.authority_id
            if "from" in told:
                row = register.make_area_from_finding(session, council, self.number("finding", told["from"]), **more)
            else:
                edition, area = told["speaks"]
                row = register.open_area(
                    session, council, heading=told["heading"], edition_id=edition, judgement_area_id=area, **more
                )
            self.world.numbers[f"area {told['key']}"] = row.number
            changes = {
                "different_for_children": told["different"],
                "not_yet_good_enough": told.get("not_yet", ""),
                **self._owner(told.get("owner", "")),
            }
            register.correct_area(session, council, row.number, revision=row.revision, **changes, **more)

        return open_it

    def _owner(self, title: str) -> dict[str, Any]:
        if not title:
            return {}
        return {
            "owner_post_id": self.world.posts[title],
            "owner_person_id": self.world.holders[title],
            "owner_post_title": title,
        }

    def joining(self, finding: str, area: str):
        """A finding from elsewhere joins an area."""

        def join(by: int, now: datetime) -> None:
            register.join_area(
                self.world.session,
                self.world.authority_id,
                finding_number=self.number("finding", finding),
                area_number=self.number("area", area),
                **self.writing(by, now),
            )

        return join

    def judging(self, area: dict, told: dict):
        """What is different for children, and the evidence."""

        def judge(by: int, now: datetime) -> None:
            again = self._re_audits(area["key"], now) if told.get("re_audits") else []
            other = [self._source(told["source"], now.date())] if "source" in told else []
            register.judge_impact(
                self.world.session,
                self.world.authority_id,
                self.number("area", area["key"]),
                rating=Impact(told["rating"]),
                judged_on=now.date(),
                method=ImpactTest(told["method"]),
                sample_size=told.get("n", len(again) or None),
                tested_by=told["tested_by"],
                different_for_children=told["different"],
                not_yet_good_enough=told["not_yet"],
                next_steps=told["next"],
                judged_by_post_title="Head of Quality Assurance",
                sources=[*again, *other],
                **self.writing(by, now),
            )

        return judge

    def _re_audits(self, area: str, now: datetime) -> list[NewSource]:
        session, names = self.programme.world.session, question_sets.grade_names
        return [
            NewSource(
                SourceKind.re_audit,
                audit_reference=reference_of(made.number),
                grade_code=made.told.closing.overall_grade,
                grade_words=names(session, made.details.set_name).get(made.told.closing.overall_grade, ""),
                dated_on=made.moments["submitted"].date(),
                words=f"The same record and questions as {reference_of(made.details.re_audit_of or 0)}.",
            )
            for made in reversed(self.programme.agreed_by(now))
            if made.draw.re_audit_for == area
        ]

    def closing(self, told: dict):
        """An area in which children are better off."""

        def close(by: int, now: datetime) -> None:
            number = self.number("area", told["key"])
            more = self.writing(by, now)
            register.close_area(
                self.world.session,
                self.world.authority_id,
                number,
                closed_on=now.date(),
                closed_note=told["closed"]["note"],
                **more,
            )

        return close
