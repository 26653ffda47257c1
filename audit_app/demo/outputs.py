"""What the fictional council tells others: a summary, versions, a shape and a kind of its own, a pack to be built."""

from datetime import datetime, timedelta

from audit_app import clock, forms
from audit_app.demo.self_assessments import DIRECTOR, EDITION, LEAD, SelfAssessments
from audit_app.demo.texts import texts
from audit_app.packs import queries_gathering
from audit_app.packs import service as packs
from audit_app.packs.exhibits import chosen
from audit_app.packs.exhibits import queries as exhibit_queries
from audit_app.packs.exhibits import service as exhibits
from audit_app.packs.kinds import choices, shipped
from audit_app.packs.kinds import service as kinds
from audit_app.packs.kinds.service import OwnKind
from audit_app.people.access.council_known import council_known
from audit_app.self_assessment.shapes import service as shapes
from audit_app.self_assessment.summary import service as summaries
from audit_app.self_assessment.tables_outputs import Audience, AudienceVersion, SummaryPart
from audit_app.self_assessment.versions import contents
from audit_app.self_assessment.versions import queries as version_queries
from audit_app.self_assessment.versions import service as versions
from audit_app.self_assessment.versions import service_signing as version_signing

INSPECTOR = 2
MONTHS = 6


class Outputs:
    """Puts each of them on the timeline, through the services that people use."""

    def __init__(self, self_assessments: SelfAssessments) -> None:
        self.of, self.thread, self.world = self_assessments, self_assessments.thread, self_assessments.world
        self.rows: dict[Audience, AudienceVersion] = {}

    def plan(self) -> None:
        """The summary before last year's is offered, the versions after it was signed, the rest during the year."""
        file = texts("outputs")
        self.thread.at(texts("self_assessments")["before"]["offered"] + 1, self.summing_up(file["summary"]), LEAD)
        for name, version in file["versions"].items():
            audience = Audience(name)
            self.thread.at(version["begun"], self.retelling(audience, version["parts"]), LEAD)
            self.thread.at(version["offered"], self.offering(audience), LEAD)
            if "signed" in version:
                self.thread.at(version["signed"], self.signing(audience), DIRECTOR)
        self.thread.at(file["shape"]["ago"], self.shaping(file["shape"]), LEAD)
        self.thread.at(file["kind"]["ago"], self.making_a_kind(file["kind"]), LEAD)
        self.thread.at(file["pack"]["ago"], self.asking_for_a_pack(file["pack"]), LEAD)

    @property
    def number(self) -> int:
        """Of last year's self-evaluation."""
        return self.of.rows["before"]

    def summing_up(self, file: dict):
        """The two-page summary of last year's."""

        def write(by: int, now: datetime) -> None:
            typed = {SummaryPart(name): summaries.Typed(text, forms.mark_of("")) for name, text in file.items()}
            summaries.write_summary(self.world.session, self.world.authority_id, self.number, typed, by=by, now=now)

        return write

    def retelling(self, audience: Audience, texts_of_parts: list[str]):
        """A version under our headings."""

        def write(by: int, now: datetime) -> None:
            session, row = self.world.session, self.of.row("before")
            made = versions.begin(session, self.world.authority_id, self.number, audience, by=by, now=now)
            self.rows[audience] = made
            for part, text in zip(version_queries.parts_of(session, made), texts_of_parts, strict=True):
                versions.write_part(
                    session, made, row, part.id, heading=part.heading, text=text, revision=part.revision, by=by, now=now
                )

        return write

    def offering(self, audience: Audience):
        """Offered to the director, who wrote nothing of it."""

        def offer(by: int, now: datetime) -> None:
            reviewer = self.world.people[DIRECTOR]
            versions.offer(
                self.world.session, self.rows[audience], self.of.row("before"), reviewer, by=by, now=now
            )  # fmt: skip

        return offer

    def signing(self, audience: Audience):
        """Signed as it was read: nothing in it looks as if it told of a person."""

        def sign(by: int, now: datetime) -> None:
            session, council, row = self.world.session, self.world.authority_id, self.rows[audience]
            seen = contents.fingerprint_of(contents.canonical(version_queries.whole(session, row)))
            version_signing.sign(
                session, council, self.number, row.id, seen=seen, post_title="Director of Children’s Services",
                cleared=(), council=council_known(session, council, clock.london_day(now)), by=by, now=now,
            )  # fmt: skip

        return sign

    def shaping(self, file: dict):
        """A shape of the council's own, to begin from."""

        def keep(by: int, now: datetime) -> None:
            headings, questions = "\n".join(file["headings"]), "\n".join(file["questions"])
            session, council = self.world.session, self.world.authority_id
            shapes.keep_shape(session, council, file["title"], headings, questions, by=by, now=now)

        return keep

    def making_a_kind(self, file: dict):
        """A kind of pack of the council's own."""

        def make(by: int, now: datetime) -> None:
            own = OwnKind(file["name"], file["what_for"], file["level"], tuple(file["sections"]))
            kinds.make(self.world.session, self.world.authority_id, file["from"], own, by=by, now=now)

        return make

    def asking_for_a_pack(self, file: dict):
        """A pack that waits to be built, with the first few exhibits it may have."""

        def ask(by: int, now: datetime) -> None:
            session, today = self.world.session, clock.london_day(now)
            wish = packs.Wish(
                title=file["title"], edition_id=EDITION, period_from=today - timedelta(days=file["from"]),
                period_to=today, level=INSPECTOR, purpose=file["purpose"], marking="OFFICIAL-SENSITIVE",
                circulation=file["circulation"], author_post="Head of Quality Assurance",
                owner_post="Director of Children’s Services", chosen=choices.of_kind(shipped.whole()),
            )  # fmt: skip
            row = packs.ask_for_pack(session, self.world.authority_id, wish, by=by, now=now, exhibits_first=True)
            extract = queries_gathering.gather_texts(session, row, now=now, evidence_months=MONTHS)
            may = exhibit_queries.candidates(session, row, extract.register, today=today, grace_days=0)
            fit = [key for key, each in may.items() if not chosen.why_not(each.line, row.level)]
            exhibits.choose(session, row, may.values(), fit[: file["exhibits"]], by=by, now=now)

        return ask
