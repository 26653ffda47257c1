"""The fictional self-evaluations on the timeline: last year's, signed, and this year's, with claims of every kind."""

from datetime import date, datetime
from typing import Any

from sqlmodel import select

from audit_app import forms
from audit_app.audits.question_sets import edition_for_new
from audit_app.demo.texts import texts
from audit_app.demo.thread import Thread
from audit_app.self_assessment.assessments import service as assessments
from audit_app.self_assessment.assessments.layout import Layout
from audit_app.self_assessment.claims import service as claim_service
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.places import Place
from audit_app.self_assessment.sections import service as section_service
from audit_app.self_assessment.sections.service import Typed, TypedGrade
from audit_app.self_assessment.signing import queries
from audit_app.self_assessment.signing import service as signing
from audit_app.self_assessment.tables import AssessmentSection, Became, Cites, SelfAssessment, Stance
from findings.references import AREA, FINDING, reference
from findings.rules import months_later

EDITION = "ilacs-2026"
LEAD, DIRECTOR = "fiona.castle", "ruth.adeyemi"
SET = "child-protection"
MONTHS = 12
QUESTIONS = ("known", "how_known", "not_good_enough", "children_say", "peers_question")


class SelfAssessments:
    """Puts both on the timeline, each step through the services their writers use."""

    def __init__(self, thread: Thread) -> None:
        self.thread, self.world = thread, thread.world
        self.rows: dict[str, int] = {}

    def plan(self) -> None:
        """Last year's from beginning to signature, then this year's as far as it is."""
        file = texts("self_assessments")
        before, now = file["before"], file["now"]
        self._begin("before", before, None)
        for place, (area, section) in enumerate(before["sections"].items()):
            self.thread.at(before["begun"] - 2 - place, self.writing("before", area, section), section["writer"])
        self.thread.at(before["offered"], self.saying_words("before", before["words"]), LEAD)
        self.thread.at(before["offered"] - 1, self.signing_words("before", before["post"]), DIRECTOR)
        self.thread.at(before["offered"] - 2, self.offering("before"), LEAD)
        self.thread.at(before["signed"], self.signing("before", before), DIRECTOR)
        self._begin("now", now, "before")
        for place, (area, section) in enumerate(now["sections"].items()):
            ago = now["begun"] - 5 - place * 9
            self.thread.at(ago, self.giving("now", area, section), LEAD)
            self.thread.at(ago - 1, self.writing("now", area, section), section["holder"])
        self.thread.at(9, self.saying_words("now", now["words"]), LEAD)
        for each in now["became"]:
            self.thread.at(8, self.looking_back(each), LEAD)
        for each in now["comments"]:
            self.thread.at(7, self.commenting(each), each["who"])
        for each in now["suggestions"]:
            self.thread.at(6, self.suggesting(each), each["who"])

    def _begin(self, key: str, file: dict, previous: str | None) -> None:
        world = self.world

        def begin(by: int, now: datetime) -> None:
            wanted = Layout(
                title=file["title"],
                edition_id=EDITION,
                period_from=world.day(file["from"]),
                period_to=world.day(file["to"]),
                areas=tuple(file["sections"]),
                lead_id=by,
                due_on=world.day(file["due"]) if "due" in file else None,
                previous_number=self.rows.get(previous or ""),
            )
            self.rows[key] = assessments.begin(world.session, world.authority_id, wanted, by=by, now=now).number

        self.thread.at(file["begun"], begin, LEAD)

    def place(self, key: str, area: str) -> Place:
        """Where a section of one of the two is written."""
        query = select(AssessmentSection.id).where(
            AssessmentSection.assessment_number == self.rows[key], AssessmentSection.area_id == area
        )
        return Place(self.world.authority_id, self.rows[key], self.world.session.exec(query).one())

    def row(self, key: str) -> SelfAssessment:
        """One of the two as it stands."""
        query = select(SelfAssessment).where(SelfAssessment.number == self.rows[key])
        return self.world.session.exec(query).one()

    def giving(self, key: str, area: str, section: dict):
        """A section given to its holder, with a day."""

        def give(by: int, now: datetime) -> None:
            holder, due = self.world.people[section["holder"]], self.world.day(section["due"])
            at = self.place(key, area)
            assessments.give_section(self.world.session, at, holder_id=holder, due_on=due, revision=1, by=by, now=now)

        return give

    def writing(self, key: str, area: str, section: dict):
        """The texts, the grade, the claims with what they cite, and the plans of one section."""

        def write(by: int, now: datetime) -> None:
            session, at = self.world.session, self.place(key, area)
            typed = [Typed(name, section[name].strip(), forms.mark_of("")) for name in QUESTIONS if name in section]
            grade = TypedGrade(section.get("grade", ""), section.get("reason", ""), forms.mark_of("", ""))
            section_service.save_section(session, at, typed, grade, by=by, now=now)
            for claim in section.get("claims", ()):
                wanted = Said("known", claim["text"], Stance(claim["stance"]))
                cited = [self.cited(each, now.date()) for each in claim["cites"]]
                made = claim_service.add_claim(session, at, wanted, cited, by=by, now=now)
                if "rung" in claim:
                    rung, reason = claim["rung"]
                    claim_service.decide_rung(
                        session, at, made.id, rung=rung, reason=reason, revision=made.revision, by=by, now=now
                    )
            for plan in section.get("plans", ()):
                planned = service_plans.Planned(plan["what"], plan["who"], self.world.day(plan["due"]), plan["shown"])
                service_plans.add_plan(session, at, planned, by=by, now=now)

        return write

    def cited(self, each: dict[str, Any], on: date) -> Cited:
        """What one line of the file cites."""
        if "figure" in each:
            start, end = (self.world.day(each[name]) if name in each else None for name in ("from", "to"))
            # The questions most audits of the period were made with: those in force when it began.
            begins = start or months_later(on, -each.get("months", 12))
            return Cited(
                Cites.grades, set_edition_id=edition_for_new(begins), set_id=SET, at_random=each["figure"] == "random",
                period_from=start, period_to=end, months=each.get("months"),
            )  # fmt: skip
        if "finding" in each:
            return Cited(Cites.finding, reference=reference(FINDING, self.world.numbers[f"finding {each['finding']}"]))
        if "area" in each:
            return Cited(Cites.area, reference=reference(AREA, self.world.numbers[f"area {each['area']}"]))
        return Cited(
            Cites(each["outside"]), title=each["title"], place=each["place"], dated_on=self.world.day(each["ago"]),
            shows=each["shows"],
        )  # fmt: skip

    def saying_words(self, key: str, text: str):
        """The leader's words, written down by whoever leads the work."""

        def write(by: int, now: datetime) -> None:
            row = self.row(key)
            assessments.write_leaders_words(
                self.world.session, self.world.authority_id, row.number, text, revision=row.revision, by=by, now=now
            )

        return write

    def signing_words(self, key: str, post: str):
        """The director signs these words."""

        def sign(by: int, now: datetime) -> None:
            row = self.row(key)
            assessments.sign_leaders_words(
                self.world.session, self.world.authority_id, row.number, post, revision=row.revision, by=by, now=now
            )

        return sign

    def offering(self, key: str):
        """Offered to the director, who wrote nothing of it."""

        def offer(by: int, now: datetime) -> None:
            row, reviewer = self.row(key), self.world.people[DIRECTOR]
            signing.offer(
                self.world.session, self.world.authority_id, row.number, reviewer, revision=row.revision, by=by, now=now
            )

        return offer

    def signing(self, key: str, file: dict):
        """Signed as it was read."""

        def sign(by: int, now: datetime) -> None:
            session, council, number, today = self.world.session, self.world.authority_id, self.rows[key], now.date()
            _whole, seen = signing.as_it_would_be_frozen(session, council, number, today, MONTHS)
            signing.sign(
                session, council, number, seen=seen, post_title=file["post"], remark=file["remark"], months=MONTHS,
                today=today, by=by, now=now,
            )  # fmt: skip

        return sign

    def looking_back(self, each: dict):
        """What became of one of last year's plans."""

        def look(by: int, now: datetime) -> None:
            session, row = self.world.session, self.row("now")
            about = {line.about: line.about_id for line in queries.look_back(session, row)}[each["plan"]]
            signing.say_what_became(
                session, self.world.authority_id, row.number, about, became=Became(each["became"]),
                words=each["words"], revision=0, by=by, now=now,
            )  # fmt: skip

        return look

    def commenting(self, each: dict):
        """A comment for the writers."""

        def comment(by: int, now: datetime) -> None:
            section_service.comment(
                self.world.session, self.place("now", each["section"]), each["text"], by=by, now=now
            )

        return comment

    def suggesting(self, each: dict):
        """Other words for some of a text."""

        def suggest(by: int, now: datetime) -> None:
            section_service.suggest(
                self.world.session, self.place("now", each["section"]), question=each["question"],
                old_words=each["old"], new_words=each["new"], why=each["why"], by=by, now=now,
            )  # fmt: skip

        return suggest
