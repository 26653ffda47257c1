"""Everything that leaves at one level, built and taken apart: packs of each kind, their pages, and other papers."""

from audit_app import evidence_store, jobs
from audit_app.packs import queries_gathering, service
from audit_app.packs.clearing import queries as clearing
from audit_app.packs.disclosure.clearing import text_sha256, words_sha256
from audit_app.packs.exhibits import looks, queries
from audit_app.packs.exhibits import service as exhibits
from audit_app.packs.kinds.sections import SECTIONS
from audit_app.packs.tables import SuspectDecision
from tests import builders_packs
from tests.audit_app.packs.planted import reader
from tests.audit_app.packs.planted.council import COUNCIL, EDITION, NOW
from tests.audit_app.packs.planted.identifiers import Seen

SIGNED = "self-assessment-with-evidence"
# Each kind with the most open audience it is offered to, and what is chosen for it.
KINDS = {
    "inspection-pack": (3, {}),
    SIGNED: (2, {}),
    "single-audit": (2, {"audits": (1,)}),
    "thematic-report": (3, {"theme": "case-audit-1/child-protection"}),
    "board-report": (3, {"since": builders_packs.FIRST}),
    "annual-qa-report": (3, {}),
    "lead-members-two-pages": (3, {}),
    "judgement-area-folder": (3, {"areas": ("PRAC",)}),
}


class Leaving:
    """Builds what leaves a council that was planted."""

    def __init__(self, garden, page):
        self.garden, self.session, self.page = garden, garden.session, page
        self.by = garden.people.manager

    def ask(self, kind, level):
        """A pack of a kind with all its sections, and of an inspection pack all the exhibits it may have."""
        chosen = dict(KINDS[kind][1])
        if kind == SIGNED:
            chosen["self_assessment"] = self.garden.signed
        choices = builders_packs.make_chosen(kind, **chosen)
        sections = tuple(key for key in choices.offered if SECTIONS[key].most_open >= level)
        wish = builders_packs.make_wish(
            level=level, edition_id=EDITION if kind != SIGNED else "ilacs-2026", each_audit=level < 2,
            chosen=builders_packs.make_chosen(kind, **chosen, sections=sections),
        )  # fmt: skip
        row = service.ask_for_pack(self.session, COUNCIL, wish, by=self.by, now=NOW, exhibits_first=True)
        self.session.commit()
        if kind == "inspection-pack":
            self._choose(row, level)
        return row

    def _choose(self, row, level):
        extract = queries_gathering.gather_texts(self.session, row, now=NOW, evidence_months=6)
        every = queries.candidates(self.session, row, extract.register, today=NOW.date(), grace_days=30)
        keys = [f"EVD-{piece.number:04d}/1" for piece in self.garden.pieces if piece.level >= level]
        exhibits.choose(self.session, row, every.values(), keys, by=self.by, now=NOW)
        self.session.commit()

    def build(self, row):
        """Build it as the worker does; returns what the worker says of it."""
        service.ask_again(self.session, COUNCIL, row.number, by=self.by, now=NOW)
        self.session.commit()
        self.session.refresh(row)
        self.session.commit()
        return jobs.find(self.session, COUNCIL, row.job_id).message

    def standing(self, row):
        """What a person must decide about before it is built."""
        return clearing.clearing_of(self.session, row, now=NOW, evidence_months=6)

    def decide_all(self, row, decision="cleared"):
        """Decide everything that stands, as somebody would who had read each place and looked at each file."""
        clearing_now = self.standing(row)
        given = {"authority_id": COUNCIL, "decision": decision, "level": row.level, "reason": "A made-up child",
                 "decided_by": self.by, "decided_at": NOW}  # fmt: skip
        for place in clearing_now.standing:
            self.session.add(SuspectDecision(
                reference=place.text.reference, text_column=place.text.column, text_sha256=text_sha256(place.text),
                words_sha256=words_sha256(place.suspect), kind=place.suspect.kind.value, **given,
            ))  # fmt: skip
        for look in clearing_now.not_looked_at:
            self.session.add(SuspectDecision(
                reference=look.reference, text_column=looks.COLUMN, text_sha256=look.sha256, words_sha256=looks.MARK,
                kind=looks.KIND, **given,
            ))  # fmt: skip
        self.session.commit()

    def files_of(self, row):
        """PDF, workbook, ZIP and the page that reads the same."""
        name = f"PCK-{row.number:04d}"
        for kind, ending in (("pdf", "pdf"), ("workbook", "xlsx"), ("archive", "zip")):
            yield f"{name}.{ending}", evidence_store.read_file(self.garden.app.config, getattr(row, f"{kind}_sha256"))
        yield f"{name}.html", self._fetched(f"packs/{name}/read")

    def _fetched(self, address):
        self.session.commit()  # the reading is over: others may write
        answer = self.page.client.get(f"/greenhaven/{address}", base_url="http://localhost")
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.data

    def packs_at(self, level, kinds):
        """The files of a pack of each kind that this audience may have, every place in it decided about."""
        for kind in kinds:
            if level > KINDS[kind][0]:
                continue
            row = self.ask(kind, level)
            if level >= 2:
                self.decide_all(row)
            message = self.build(row)
            assert row.state == "ready", (kind, level, message)
            yield from self.files_of(row)

    def papers(self):
        """What is printed of self-assessments: the whole and the summary, signed and in draft. Leaders read it."""
        for number in (self.garden.signed, self.garden.draft.number):
            page = f"self-assessments/SAS-{number:04d}"
            for paper in ("read", "pdf", "word", "workbook", "summary/pdf", "summary/word"):
                yield f"{page}/{paper}", self._fetched(f"{page}/{paper}")

    def sheets(self):
        """The workbooks of the register that say they are for leaders."""
        for page, form in (("plans/PLN-0001", "plan.xlsx"), ("plan-actions", "register.xlsx")):
            self.session.commit()
            self.page.get(f"/greenhaven/{page}")
            self.page.submit(form=form, status=200)
            yield form, self.page.data


def seen_in(files):
    """What a reader gets out of files by their names."""
    return Seen([text for name, data in files for text in reader.everything_in(data, name)])
