"""A council in whose every text an identifier may be planted, with the level at which it may be read."""

import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from audit_app.audits import service as audits
from audit_app.audits.actions import service as audit_actions
from audit_app.audits.concerns import service as concerns
from audit_app.audits.tables import ActionLevel
from audit_app.evidence import Held
from audit_app.evidence.service_files import take_file
from audit_app.forms import mark_of
from audit_app.people.tables import Role
from audit_app.self_assessment.assessments import service as assessments
from audit_app.self_assessment.claims import service as claims
from audit_app.self_assessment.claims import service_plans
from audit_app.self_assessment.claims.given import Cited, Said
from audit_app.self_assessment.sections import service as sections
from audit_app.self_assessment.signing import service as signing
from audit_app.self_assessment.summary import service as summaries
from audit_app.self_assessment.tables import Became, Cites, SelfAssessment, Stance
from audit_app.self_assessment.tables_outputs import Audience, SummaryPart
from audit_app.self_assessment.versions import service as versions
from findings.tables import Finding
from tests import builders, builders_audits, builders_evidence, builders_packs, builders_self_assessment
from tests.audit_app.packs import test_left_out as register
from tests.audit_app.packs.planted import files
from tests.audit_app.packs.planted.identifiers import Identifier, Maker
from tests.audit_app.packs.planted.levels import NEVER, columns

COUNCIL, NOW = builders_packs.COUNCIL, builders_packs.NOW
EDITION = "ofsted-2012"  # the one its inspections are under
SHORT = 160  # a column that holds less gets the identifier alone
TODAY = date(2026, 11, 2)


@dataclass(frozen=True)
class Planted:
    """One identifier, where it was put, and the level up to which it may be read there."""

    identifier: Identifier
    place: str
    level: int

    @property
    def kind_of_place(self) -> str:
        """The table, or the corner of a file."""
        return self.place.partition(".")[0]


class Garden:
    """A council and everything planted in it."""

    def __init__(self, session, app, *, seed, share=1.0):
        self.session, self.app, self.maker, self.share = session, app, Maker(seed), share
        self.planted: list[Planted] = []
        self.people = builders_packs.make_people(session)
        self.writer = builders.make_person(session, roles=(Role.leader,)).id
        self.signer = builders.make_person(session, roles=(Role.leader,)).id
        self.pieces = []
        self.by = {"by": self.people.manager, "now": builders_packs.DAY}

    def sow(self, *, every_file=True, audits=2):
        """Everything, in the order in which it comes about; without every file, each sort of them at one level."""
        for level in range(4):
            self._evidence(level, None if every_file else level)
        self._register()
        for at in range(audits):
            self._audit(at)
        self._self_assessments()
        self.session.commit()
        return self

    def put(self, place, level, *, short=False, kind=""):
        """A sentence with a new identifier in it; or nothing of the sort, where only a share of places is planted."""
        if self.maker.dice.random() > self.share:
            return f"Nothing {next(self.maker.numbers)}"
        identifier = self.maker.make(kind)
        self.planted.append(Planted(identifier, place, level))
        return identifier.words if short else identifier.sentence

    def counted(self):
        """How many were planted in which place, at which level."""
        return Counter((each.kind_of_place, each.level) for each in self.planted)

    # Evidence

    def _evidence(self, level, at=None):
        made = {
            "pdf": files.pdf, "docx": files.word, "xlsx": files.workbook, "eml": files.mail,
            "jpg": lambda words, hidden: files.picture(hidden),
            "layers.pdf": lambda words, hidden: files.pdf(words, hidden, layers=True),
        }  # fmt: skip
        wanted = list(made) if at is None else list(made)[at::4]
        for ending in wanted:
            # The words in a picture are read by no machine, so none are planted there.
            words = [] if ending == "jpg" else [self.put(f"words of {ending}.text", level)]
            data = made[ending](words, lambda corner=f"hidden in {ending}.about": self._name(corner, NEVER))
            self._piece(level, data, ending)
        address = f"https://intranet.greenhaven.example/{self._name('link.address', level).replace(' ', '-')}"
        self._piece(level, None, "link", held=Held.link, address=address)
        self._piece(
            level, None, "elsewhere", held=Held.elsewhere, address="",
            held_where=self.put("elsewhere.where", level), held_by=self.put("elsewhere.by", level),
        )  # fmt: skip

    def _name(self, place, level):
        return self.put(place, level, short=True, kind="name")

    def _piece(self, level, data, called, **more):
        if data is not None:
            name = self._name("file name.given", min(level, 1))
            with self.app.app_context():
                more |= {"held": Held.here, "address": "",
                         "file": take_file(io.BytesIO(data), f"{name}.{called.rpartition('.')[2]}")}  # fmt: skip
        piece = builders_evidence.add(
            self.session, by=self.people.manager, config=self.app.config, level=level,
            title=self.put("evidence.title", level), shows=self.put("evidence.shows", level), **more,
        )  # fmt: skip
        self.pieces.append(piece)

    def _prove(self):
        for piece in self.pieces:
            builders_evidence.proving.attach(
                self.session, COUNCIL, piece.number, "FND-0001", by=self.people.manager, now=builders_packs.DAY,
                proves=self.put("evidence.proves", piece.level),
            )  # fmt: skip

    # The thread

    def _register(self):
        made = register.Register()
        register.fill(made)
        for row in made.rows:
            self.session.add(row)
            self.session.flush()
        self._prove()
        gone = set(self.session.exec(select(Finding.number).where(Finding.status == "withdrawn")).all())
        apart = ("self_", "case_", "audit_", "domain_", "answer", "concern")
        for column, level in self._of(lambda table: not table.startswith(apart)):
            table, name = column.split(".")
            withdrawn = {"finding": "number", "source": "finding_number"}.get(table)
            self._plant_in(table, name, level, gone=(withdrawn, gone) if withdrawn else None)
        self.session.flush()
        self.session.expire_all()

    def _of(self, wanted):
        return [(column, level) for column, level in columns().items() if wanted(column.split(".")[0])]

    def _plant_in(self, table, name, level, *, gone=None, only=None):
        """An identifier in this column of each row that has a text there."""
        t = SQLModel.metadata.tables[table]
        length = getattr(t.c[name].type, "length", None) or 1_000
        where = [t.c.authority_id == COUNCIL, t.c[name] != "", *((only(t.c),) if only else ())]
        keys = list(t.primary_key.columns)
        more = [t.c[gone[0]]] if gone else []
        for row in self.session.connection().execute(sa.select(*keys, *more).where(*where).order_by(*keys)).all():
            own = NEVER if gone and row[len(keys)] in gone[1] else level
            words = self.put(f"{table}.{name}", own, short=length < SHORT or name in SHORT_ONES)
            same = sa.and_(*(key == value for key, value in zip(keys, row, strict=False)))
            self.session.connection().execute(sa.update(t).where(same).values({name: words[:length]}))

    # Audits

    def _audit(self, at):
        """An audit whose words are planted before it is submitted, as an auditor would have typed them."""
        now = builders_packs.DAY + timedelta(days=at)
        case = self.put("case_audit.case_reference", 1, short=True, kind="case")
        audit = builders_audits.make_audit(
            self.session, self.people.team_id, self.people.auditor, now=now,
            case_reference=case if case.startswith("G-") else f"G-{760_000 + at}",
            practitioner_code=self._name("case_audit.practitioner_code", 0)[:40],
            manager_code=self._name("case_audit.manager_code", 0)[:40],
        )  # fmt: skip
        builders_audits.answer_all(self.session, audit, now=now, words="Seen at school")
        self.session.flush()
        for column, level in self._of(lambda table: table in ("case_audit", "domain_answer", "answer")):
            table, name = column.split(".")
            key = "number" if table == "case_audit" else "audit_number"
            if name not in ("case_reference", "practitioner_code", "manager_code"):
                self._plant_in(table, name, level, only=lambda c, key=key: c[key] == audit.number)
        self.session.expire_all()
        for own in (ActionLevel.child, ActionLevel.practitioner):
            wanted = audit_actions.NewAction(own, self.put("audit_action.what", 1), due_on=date(2026, 11, 20))
            audit_actions.add_action(
                self.session, COUNCIL, audit.number, wanted, by=self.people.manager, now=now
            )  # fmt: skip
        concerns.raise_concern(
            self.session, COUNCIL, audit.number, self.put("concern.concern_words", 1),
            self.put("concern.spoken_to", 1, short=True), by=self.people.manager, now=now,
        )  # fmt: skip
        by = self.people.auditor
        audits.submit_audit(self.session, COUNCIL, audit.number, by=by, now=now)
        audits.agree_audit(self.session, COUNCIL, audit.number, by=self.people.manager, now=now + timedelta(days=1))

    # The council of itself

    def _self_assessments(self):
        self._assessment("Self-evaluation 2025", signed=True)
        before = self.last
        self._assessment("Self-evaluation 2026", signed=True, previous_number=before)
        self.signed = self.last
        self.draft = self._assessment("Self-evaluation 2027", signed=False)

    def _assessment(self, title, *, signed, **more):
        by = {"by": self.writer, "now": builders_packs.DAY}
        row, places = builders_self_assessment.begin(
            self.session, self.writer, now=builders_packs.DAY, title=title, edition_id="ilacs-2026",
            headings=("Elsewhere",), prompts="\n".join(self._prompts()), **more,
        )  # fmt: skip
        self.last = row.number
        for area, at in places.items():
            typed = [sections.Typed("own-1", f"What we know of {area}", mark_of("")),
                     sections.Typed("own-2", f"How we know it of {area}", mark_of(""))]  # fmt: skip
            grade = sections.TypedGrade("good", "As audits show", sections.mark_of_grade(self._section(at)))
            sections.save_section(self.session, at, typed, grade if area != "Elsewhere" else None, **by)
            outside = Cited(Cites.voice, title="Survey", dated_on=date(2026, 9, 1), shows="12 of 15", place="A board")
            claims.add_claim(self.session, at, Said("own-1", "We claim", Stance.works_well), [outside], **by)
            planned = service_plans.Planned("Ask", "Head", impact_shown_by="Audits")
            service_plans.add_plan(self.session, at, planned, **by)
            sections.comment(self.session, at, "Who was asked?", **by)
            sections.suggest(self.session, at, question="own-1", old_words="", new_words="More", why="Because", **by)
        parts = {part: summaries.Typed("In short", mark_of("")) for part in SummaryPart}
        summaries.write_summary(self.session, COUNCIL, row.number, parts, **by)
        for about in signing.queries.look_back(self.session, row):
            became = {"became": Became.partly, "words": "In part", "revision": 0}
            signing.say_what_became(self.session, COUNCIL, row.number, about.about_id, **became, **by)
        self.session.flush()
        self._plant_assessment(row.number, {at.section_id for at in places.values()})
        self._versions(row)
        if signed:
            self._sign(row)
        return row

    def _prompts(self):
        return [f"What do we know? {self.put('self_assessment.prompts', 2)}", "How do we know it?"]

    def _section(self, at):
        row = self.session.exec(select(SelfAssessment).where(SelfAssessment.number == at.number)).one()
        return sections.section_of(self.session, row, at.section_id)

    def _plant_assessment(self, number, section_ids):
        claim_ids = [row.id for row in self.session.exec(select(claims.Claim)).all() if row.section_id in section_ids]
        for column, level in self._of(lambda table: table.startswith("self_")):
            table, name = column.split(".")
            if (table, name) == ("self_assessment", "prompts"):
                continue
            one_of = {"section_id": section_ids, "claim_id": claim_ids, "assessment_number": {number}}
            keys = SQLModel.metadata.tables[table].c
            key = next((key for key in one_of if key in keys), "number" if table == "self_assessment" else "")
            wanted = one_of.get(key, section_ids if table == "self_assessment_section" else {number})
            key = "id" if table == "self_assessment_section" else key
            if table == "self_assessment_version_part":
                continue  # there is none yet
            self._plant_in(table, name, level, only=lambda c, key=key, wanted=wanted: c[key].in_(wanted))
        self.session.expire_all()

    def _versions(self, row):
        by = {"by": self.writer, "now": builders_packs.DAY}
        for audience in Audience:
            made = versions.begin(self.session, COUNCIL, row.number, audience, **by)
            for part in versions.queries.parts_of(self.session, made):
                part.text = self.put("self_assessment_version_part.text", NEVER)
                self.session.add(part)
        self.session.flush()

    def _sign(self, row):
        by = {"by": self.writer, "now": builders_packs.DAY}
        words = self.put("self_assessment.leaders_words", 3)
        assessments.write_leaders_words(self.session, COUNCIL, row.number, words, revision=row.revision, **by)
        post = self.put("self_assessment.words_post_title", 3, short=True)
        assessments.sign_leaders_words(
            self.session, COUNCIL, row.number, post, revision=row.revision, by=self.signer, now=builders_packs.DAY
        )
        signing.offer(self.session, COUNCIL, row.number, self.signer, revision=row.revision, **by)
        _whole, seen = signing.as_it_would_be_frozen(self.session, COUNCIL, row.number, TODAY, 12)
        signing.sign(
            self.session, COUNCIL, row.number, seen=seen, post_title="Director", months=12, today=TODAY,
            by=self.signer, now=builders_packs.DAY,
        )  # fmt: skip


# Names of things, of which a list or a heading is made: a sentence there would not be what anybody types.
SHORT_ONES = {"label", "unit", "local_label"}
