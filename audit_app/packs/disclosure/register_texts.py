"""Every typed text a pack may print, with the place it was typed in, read off the extract by the table. Pure.

Composing gets nothing but the extract, so no typed text reaches a pack that is not met here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sqlmodel import SQLModel

from audit_app.packs.composing.extract import Extract
from audit_app.packs.disclosure.levels import FIELDS
from audit_app.packs.disclosure.text_columns import PRINTED_AS
from audit_app.packs.exhibits import looks
from audit_app.self_assessment.prompts import OWN
from audit_app.self_assessment.signing.contents import Assessment, FrozenClaim
from findings.references import ACTION, AREA, FINDING, INSPECTION, reference
from findings.tables import ImpactJudgement

FIELD_OF = {column: field for field, columns in PRINTED_AS.items() for column in columns}
# What carries a reference of its own, and by which column the others belong to one.
_OWN = {"finding": FINDING, "area_for_improvement": AREA, "action": ACTION, "inspection": INSPECTION}
_OF = (
    ("finding_number", FINDING),
    ("action_number", ACTION),
    ("area_number", AREA),
    ("inspection_number", INSPECTION),
)
# Chosen and counted by the product, and called by a name of the pack's own where it leaves the council.
_NOT_TYPED = frozenset({"source.audit_reference"})
_TEXTS_OF_CONTROL = ("author_post", "owner_post", "approvals", "circulation", "purpose")


@dataclass(frozen=True)
class TypedText:
    """One text somebody typed: what it belongs to, the column it is kept in, and what packs call that."""

    reference: str
    column: str
    text: str
    where: str = ""  # in an exhibit: E7, page 3

    @property
    def field(self) -> str:
        """The field of a pack that prints it."""
        return FIELD_OF[self.column]

    @property
    def called(self) -> str:
        """What the table of levels calls its field."""
        return FIELDS[self.field][1]


# The sections that say what a piece of evidence is called and shows.
TELL_EVIDENCE = {"evidence", "claims-and-evidence"}


def typed_texts(extract: Extract) -> tuple[TypedText, ...]:
    """The texts that a pack of this level may print, each once, as they stand."""
    texts = dict.fromkeys(text for text in _every(extract) if text.text.strip())
    return tuple(text for text in texts if FIELDS[text.field][0] >= extract.about.level)


def _every(extract: Extract) -> Iterator[TypedText]:
    about = extract.about
    for name, text in (("title", about.title), ("marking", about.marking)):
        yield TypedText(about.reference, f"evidence_pack.{name}", text)
    for name in _TEXTS_OF_CONTROL:
        yield TypedText(about.reference, f"evidence_pack.{name}", getattr(about.control, name))
    yield TypedText("", "authority.name", extract.council.name)
    for colour in extract.council.colours:
        yield TypedText("", "brag_meaning.word", colour.word)
        yield TypedText("", "brag_meaning.meaning", colour.meaning)
    for _term, singular, plural in extract.council.own.written():
        yield TypedText("", "own_term.one", singular)
        yield TypedText("", "own_term.many", plural)
    if (spoken := extract.of_itself.words) is not None:
        yield TypedText(spoken.reference, "self_assessment.leaders_words", spoken.text)
        yield TypedText(spoken.reference, "self_assessment.words_post_title", spoken.post)
    for named, column, text, where in looks.texts_of(extract.exhibits):
        yield TypedText(named, column, text, where)
    yield from _of_kind(extract)
    rows = tuple(_rows((extract.register, extract.inspections)))
    area_of = {row.id: row.area_number for row in rows if isinstance(row, ImpactJudgement)}
    for row in rows:
        yield from _texts_of(row, area_of)


def _of_kind(extract: Extract) -> Iterator[TypedText]:
    """What only some kinds print: their own names, a self-assessment as it was signed, evidence."""
    chosen, signed = extract.chosen, extract.for_kind.assessment
    yield TypedText("", "pack_kind.name", chosen.name)
    yield TypedText("", "pack_kind.what_for", chosen.what_for)
    printed = extract.for_kind.evidence if TELL_EVIDENCE & set(chosen.sections) else {}
    for line in (line for lines in printed.values() for line in lines):
        if line.level >= extract.about.level:
            yield TypedText(line.reference, "evidence.title", line.title)
            yield TypedText(line.reference, "evidence.shows", line.shows)
            yield TypedText(line.reference, "evidence_use.proves", line.proves)
    if signed is not None:
        for column, text in _of_assessment(signed):
            yield TypedText(signed.reference, column, text)


def _of_assessment(signed: Assessment) -> Iterator[tuple[str, str]]:
    """Every text of a signed self-assessment with the column it was typed in."""
    yield "self_assessment.title", signed.title
    yield "self_assessment.theme_words", signed.theme
    yield "self_assessment.leaders_words", signed.leaders_words
    yield "self_assessment.words_post_title", signed.leaders_post
    for section in signed.sections:
        yield "self_assessment_section.heading", section.title
        yield "self_assessment_section.grade_reason", section.grade_reason
        for passage in section.passages:
            if passage.question.startswith(f"{OWN}-"):
                yield "self_assessment.prompts", passage.question_words
            yield "self_assessment_passage.text", passage.text
        for plan in section.plans:
            for name in ("what", "who", "impact_shown_by"):
                yield f"self_assessment_plan_line.{name}", getattr(plan, name)
        for claim in section.claims:
            yield from _of_claim(claim)
    for back in signed.look_back:
        # What is looked back on was typed a year ago and may be told here for the first time.
        yield "self_assessment_section.heading", back.section
        yield ("self_assessment_plan_line.what" if back.is_plan else "self_assessment_claim.text"), back.about
        yield "self_assessment_look_back.words", back.words


def _of_claim(claim: FrozenClaim) -> Iterator[tuple[str, str]]:
    yield "self_assessment_claim.text", claim.text
    yield "self_assessment_claim.rung_reason", claim.rung_reason
    for cited in claim.cited:
        for text in (cited.words, *cited.details):
            yield "self_assessment_citation.shows", text
    for _kind, doubt in claim.doubts:
        yield "self_assessment_citation.shows", doubt


def _texts_of(row: SQLModel, area_of: Mapping[int, int]) -> Iterator[TypedText]:
    table = str(row.__tablename__)
    for name, value in row.__dict__.items():
        column = f"{table}.{name}"
        if column in FIELD_OF and column not in _NOT_TYPED and isinstance(value, str):
            yield TypedText(_reference_of(row, table, area_of), column, value)


def _reference_of(row: Any, table: str, area_of: Mapping[int, int]) -> str:
    if getattr(row, "impact_id", None) in area_of:
        return reference(AREA, area_of[row.impact_id])
    if table in _OWN:
        return reference(_OWN[table], row.number)
    return next((reference(prefix, getattr(row, name)) for name, prefix in _OF if getattr(row, name, None)), "")


def _rows(value: Any) -> Iterator[SQLModel]:
    """Every row in a value, however deep; a row met twice comes twice."""
    if isinstance(value, SQLModel):
        yield value
    elif isinstance(value, Mapping):
        yield from _rows(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _rows(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _rows(tuple(getattr(value, field.name) for field in fields(value)))
