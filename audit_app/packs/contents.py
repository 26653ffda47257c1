"""What an evidence pack says, as frozen plain values: page, PDF and workbook each render this and ask nothing else.

Written down in one canonical way, so that equal contents have equal bytes and one fingerprint. Pure.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from audit_app.library.terms.own_words import OwnWords, as_written
from audit_app.packs.parts.answers import Answers
from audit_app.packs.parts.audits import AuditLine, AuditPart
from audit_app.packs.parts.exhibits import ExhibitPart
from audit_app.packs.parts.plans import PlanPart
from audit_app.packs.parts.told import KindPart, NotChosenPart, ToldSection

FORMAT = 1
FEWEST_DRAWN = 5


@dataclass(frozen=True)
class Control:
    """Document control: whose pack this is, who has agreed it, who gets it, and until when. Posts, never names."""

    author_post: str
    owner_post: str
    approvals: str
    circulation: str
    review_on: date | None
    destroy_on: date | None
    purpose: str


@dataclass(frozen=True)
class LogHead:
    """Where the history log ended when the contents were frozen (LG-4)."""

    sequence: int
    count: int
    hash: str


@dataclass(frozen=True)
class GradeRow:
    """How often each grade was given for one domain; None where a small number is hidden."""

    name: str
    counts: tuple[int | None, ...]
    total: int | None

    @property
    def whole(self) -> bool:
        """Whether no number of the row is hidden."""
        return self.total is not None and None not in self.counts


@dataclass(frozen=True)
class IntervalRow:
    """What a random sample says of the whole service for one domain."""

    name: str
    reached: int
    of: int
    share: str
    in_service: str


@dataclass(frozen=True)
class GradeTable:
    """The grades of one group of audits: those drawn at random, or those chosen."""

    title: str
    grades: tuple[str, ...]  # best first
    rows: tuple[GradeRow, ...]
    alt: str
    before: tuple[str, ...] = ()
    reached_words: str = ""
    intervals: tuple[IntervalRow, ...] = ()
    chosen: bool = False  # audits that were chosen, which are no picture of the service

    @property
    def shows_anything(self) -> bool:
        """Whether any number is left after the small ones were hidden."""
        return any(count is not None for row in self.rows for count in row.counts)

    @property
    def mostly_hidden(self) -> bool:
        """Whether more than half of its numbers are hidden: then a table of them would be letters."""
        numbers = [number for row in self.rows for number in (*row.counts, row.total)]
        return 2 * sum(number is None for number in numbers) > len(numbers)

    @property
    def may_be_drawn(self) -> bool:
        """A chart would give hidden numbers away by its lengths, so there is one only when none is hidden."""
        return bool(self.drawn) and all(row.whole for row in self.rows)

    @property
    def drawn(self) -> tuple[GradeRow, ...]:
        """The rows with bars: one of a few audits beside one of many would look like more than it is."""
        return tuple(row for row in self.rows if (row.total or 0) >= FEWEST_DRAWN)


@dataclass(frozen=True)
class InspectorsGrade:
    """A grade an inspecting body printed for a judgement area."""

    where: str
    printed_name: str
    grade: str
    grade_code: str


@dataclass(frozen=True)
class Strength:
    """A finding that says what is good, with where it was found."""

    reference: str
    text: str
    where: str


@dataclass(frozen=True)
class AreaPart:
    """One judgement area: what inspectors and audits say of it, its strengths, its areas for improvement."""

    key: str
    name: str
    inspectors: tuple[InspectorsGrade, ...] = ()
    says: tuple[str, ...] = ()
    tables: tuple[GradeTable, ...] = ()
    strengths: tuple[Strength, ...] = ()
    threads: tuple[tuple[str, str], ...] = ()  # reference and heading of each area for improvement


@dataclass(frozen=True)
class Part:
    """One of the seven questions of an area's page, answered in sentences."""

    question: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class DidLine:
    """One action on the page of an area it answers; the plan sheet tells the rest of it."""

    reference: str
    what: str
    lead: str
    state: str


@dataclass(frozen=True)
class ThreadPart:
    """One area for improvement on its page."""

    reference: str
    heading: str
    printed_as: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    timescale: str = ""
    stands: str = ""
    did: tuple[DidLine, ...] = ()  # packs made earlier told it in sentences


@dataclass(frozen=True)
class AskedPart:
    """One thing a report asks for: its words, how soon that report wants it, who answers it, and how that stands."""

    reference: str
    number: str
    text: str
    when: str
    answered_by: str
    stands: str
    unanswered: bool = False
    # What follows is told since reports have chapters of their own.
    state_code: str = ""  # unanswered, late, in_hand, closed
    against_date: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class ReportPart:
    """One report or review: what it is, and everything it asked for in its own order."""

    key: str
    name: str
    facts: tuple[tuple[str, str], ...] = ()
    asked: tuple[AskedPart, ...] = ()
    title: str = ""  # of its chapter
    not_entered: int = 0  # how many of the items it numbers nobody has entered in the register

    @property
    def unanswered(self) -> tuple[AskedPart, ...]:
        """What nobody has answered: in no area, or in areas without an action."""
        return tuple(item for item in self.asked if item.unanswered)


@dataclass(frozen=True)
class ActionPart:
    """One plan action in the action table."""

    reference: str
    what: str
    areas: tuple[str, ...]
    lead: str
    due_on: date | None
    due: str
    status: str
    colour: str
    word: str


@dataclass(frozen=True)
class Colour:
    """What one BRAG colour means in this council."""

    colour: str
    word: str
    meaning: str


@dataclass(frozen=True)
class GapPart:
    """One gap and what to do next."""

    reference: str
    sentence: str
    next_step: str


@dataclass(frozen=True)
class SourcePart:
    """One thing the pack rests on."""

    what: str
    more: str


@dataclass(frozen=True)
class WithheldPart:
    """A field left out for this audience; `times` is 0 where the number itself is not told."""

    what: str
    times: int
    why: str


@dataclass(frozen=True)
class EvidencePack:
    """Everything one pack says."""

    reference: str
    title: str
    council: str
    logo_sha256: str
    marking: str
    level: int
    audience: str
    edition_id: str
    edition_title: str
    edition_note: str
    period_from: date
    period_to: date
    as_at: datetime
    control: Control
    log_head: LogHead
    summary: tuple[str, ...]
    audits_note: tuple[str, ...]
    overall: tuple[InspectorsGrade, ...]
    areas: tuple[AreaPart, ...]
    elsewhere_note: str
    elsewhere: tuple[AreaPart, ...]
    threads: tuple[ThreadPart, ...]
    actions: tuple[ActionPart, ...]
    colours: tuple[Colour, ...]
    audits: tuple[AuditLine, ...]
    details: tuple[AuditPart, ...]
    gaps: tuple[GapPart, ...]
    not_yet: tuple[tuple[str, str], ...]  # reference of the area and what it says is not yet good enough
    sources: tuple[SourcePart, ...]
    withheld: tuple[WithheldPart, ...]
    fictional: bool = False
    format: int = FORMAT
    # What packs made before frameworks had names of their own for it called it.
    overall_name: str = "Overall effectiveness"
    overall_says: tuple[str, ...] = ()
    reports: tuple[ReportPart, ...] = ()
    loose_findings: tuple[Strength, ...] = ()  # what others than inspectorates found, in no area
    loose_actions: tuple[Part, ...] = ()
    plans: tuple[Part, ...] = ()
    accounted: bool = False  # whether what was left out was worked out; packs made before never knew
    terms: tuple[tuple[str, str, str], ...] = ()  # the council's own words then: term, singular, plural
    # Which version of the edition was used, and since when it is so; before editions had versions it was the first.
    edition_version: int = 1
    edition_version_on: date | None = None
    answers: Answers | None = None  # packs made earlier began with a summary
    sheets: tuple[PlanPart, ...] = ()  # packs made earlier had a table of actions and sentences on their plans
    exhibits: tuple[ExhibitPart, ...] = ()
    kind: KindPart | None = None  # packs made earlier were all inspection packs, whole
    further: tuple[ToldSection, ...] = ()  # sections that only some kinds have
    not_chosen: tuple[NotChosenPart, ...] = ()

    @property
    def has_plan_sheets(self) -> bool:
        """Whether its plans stand on sheets; packs made before there were such had a table of actions."""
        return self.answers is not None or self.kind is not None

    def prints(self, section: str) -> bool:
        """Whether a section is printed; packs made before sections could be chosen have every one."""
        return self.kind is None or section in self.kind.sections

    @property
    def own(self) -> OwnWords:
        """The words the pack speaks in."""
        return as_written(self.terms)


_shape: TypeAdapter[EvidencePack] = TypeAdapter(EvidencePack)


def canonical(pack: EvidencePack) -> str:
    """The one way contents are written down."""
    plain = _shape.dump_python(pack, mode="json")
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint_of(written: str) -> str:
    """The sha256 of contents written down."""
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def read_pack(written: str) -> EvidencePack:
    """Contents as they were frozen."""
    return _shape.validate_json(written)


def sha256_of(data: bytes) -> str:
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
