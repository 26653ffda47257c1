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
        file = texts("thread")
        for inspection in file["inspections"]:
            self.at(inspection["ago"], self.recording(inspection))
        for finding in file["findings"]:
            self.at(finding["ago"], self.raising(finding, file["inspections"]))
            if "withdrawn" in finding:
                self.at(finding["withdrawn"]["ago"], self.withdrawing(finding))
        raised = {finding["key"]: finding["ago"] for finding in file["findings"]}
        for area in file["areas"]:
            self.at(area["ago"], self.opening(area))
            for key in area.get("joins", ()):
                self.at(min(area["ago"], raised[key]), self.joining(key, area["key"]))
            for impact in area.get("impact", ()):
                self.at(impact["ago"], self.judging(area, impact))
            if "closed" in area:
                self.at(area["closed"]["ago"], self.closing(area))

    def number(self, kind: str, key: str) -> int:
        """What was made under a key of the files."""
        return self.world.numbers[f"{kind} {key}"]

    def _day(self, when: date | int) -> date:
        return self.world.day(when) if isinstance(when, int) else when

    def recording(self, inspection: dict):
        """An inspection and its judgements."""

        def record(by: int, now: datetime) -> None:
            more = self.writing(by, now)
            session, council = self.world.session, self.world.authority_id
            row = register.record_inspection(
                session,
                council,
                kind=InspectionKind(inspection["kind"]),
                title=inspection["title"],
                body=inspection["body"],
                edition_id=inspection.get("edition", ""),
                document_title=inspection["document"],
                published_on=self._day(inspection["published"]),
                inspected_from=self._day(inspection["from"]),
                inspected_to=self._day(inspection["to"]),
                notes=inspection.get("notes", ""),
                **more,
            )
            self.world.numbers[f"inspection {inspection['key']}"] = row.number
            for judgement in inspection.get("judgements", ()):
                register.record_judgement(
                    session,
                    council,
                    inspection_number=row.number,
                    judgement_area_id=judgement["area"],
                    grade_code=judgement["grade"],
                    printed_name=judgement["name"],
                    paragraphs=judgement.get("paragraphs", ""),
                    **more,
                )

        return record

    def raising(self, finding: dict, inspections: list[dict]):
        """A finding, in an inspectorate's words, from audits, or from elsewhere."""
        kinds = {inspection["key"]: inspection["kind"] for inspection in inspections}

        def raise_it(by: int, now: datetime) -> None:
            fields = self._from_inspection(finding) if "inspection" in finding else {}
            origin = ORIGINS[kinds[finding["inspection"]]] if fields else Origin(finding["origin"])
            row = register.raise_finding(
                self.world.session,
                self.world.authority_id,
                kind=FindingKind(finding["kind"]),
                origin=origin,
                level=Level(finding.get("level", "service")),
                text=finding["text"],
                judgement_areas=[SpeaksTo(*area) for area in finding["speaks"]],
                sources=self._sources(finding, now),
                **fields,
                **self.writing(by, now),
            )
            self.world.numbers[f"finding {finding['key']}"] = row.number

        return raise_it

    def _from_inspection(self, finding: dict) -> dict[str, Any]:
        number, total = finding.get("printed", (None, None))
        return {
            "inspection_number": self.number("inspection", finding["inspection"]),
            "verbatim": True,
            "printed_number": number,
            "printed_total": total,
            "paragraphs": finding.get("paragraphs", ""),
            "timescale": Timescale(finding["timescale"]) if "timescale" in finding else None,
        }

    def _sources(self, finding: dict, now: datetime) -> list[NewSource]:
        if "audits" in finding:
            return self._audit_sources(finding, now)
        if "source" not in finding:
            return []
        return [self._source(finding["source"], now.date())]

    def _source(self, source: dict, on: date) -> NewSource:
        return NewSource(
            SourceKind(source["kind"]),
            document=source.get("document", ""),
            paragraph=source.get("paragraph", ""),
            words=source.get("words", ""),
            dated_on=on,
        )

    def _audit_sources(self, finding: dict, now: datetime) -> list[NewSource]:
        key, high = finding["audits"]["question"], finding["audits"].get("high", False)
        audits = self.programme.answering(key, high=high, most=finding["audits"]["most"], when=now)
        area = finding["key"].removeprefix("audit-")
        self.programme.pairs[area] = list(audits)
        return [self._audit_source(made, key) for made in audits]

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

    def withdrawing(self, finding: dict):
        """A finding that turned out to be wrong."""

        def withdraw(by: int, now: datetime) -> None:
            number, reason = self.number("finding", finding["key"]), finding["withdrawn"]["why"]
            more = self.writing(by, now)
            register.withdraw_finding(self.world.session, self.world.authority_id, number, reason=reason, **more)

        return withdraw

    def opening(self, area: dict):
        """An area, by one press from a finding or under a heading of one's own."""

        def open_it(by: int, now: datetime) -> None:
            more, session, council = self.writing(by, now), self.world.session, self.world.authority_id
            if "from" in area:
                row = register.make_area_from_finding(session, council, self.number("finding", area["from"]), **more)
            else:
                edition_id, area_id = area["speaks"]
                row = register.open_area(
                    session, council, heading=area["heading"], edition_id=edition_id, judgement_area_id=area_id, **more
                )
            self.world.numbers[f"area {area['key']}"] = row.number
            changes = {
                "different_for_children": area["different"],
                "not_yet_good_enough": area.get("not_yet", ""),
                **self._owner(area.get("owner", "")),
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

    def judging(self, area: dict, impact: dict):
        """What is different for children, and the evidence."""

        def judge(by: int, now: datetime) -> None:
            again = self._re_audits(area["key"], now) if impact.get("re_audits") else []
            other = [self._source(impact["source"], now.date())] if "source" in impact else []
            register.judge_impact(
                self.world.session,
                self.world.authority_id,
                self.number("area", area["key"]),
                rating=Impact(impact["rating"]),
                judged_on=now.date(),
                method=ImpactTest(impact["method"]),
                sample_size=impact.get("n", len(again) or None),
                tested_by=impact["tested_by"],
                different_for_children=impact["different"],
                not_yet_good_enough=impact["not_yet"],
                next_steps=impact["next"],
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
                grade_code=made.entries.closing.overall_grade,
                grade_words=names(session, made.details.set_name).get(made.entries.closing.overall_grade, ""),
                dated_on=made.moments["submitted"].date(),
                words=f"The same record and questions as {reference_of(made.details.re_audit_of or 0)}.",
            )
            for made in reversed(self.programme.agreed_by(now))
            if made.draw.re_audit_for == area
        ]

    def closing(self, area: dict):
        """An area in which children are better off."""

        def close(by: int, now: datetime) -> None:
            number = self.number("area", area["key"])
            more = self.writing(by, now)
            register.close_area(
                self.world.session,
                self.world.authority_id,
                number,
                closed_on=now.date(),
                closed_note=area["closed"]["note"],
                **more,
            )

        return close
