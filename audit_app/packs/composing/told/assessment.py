"""A signed self-assessment in a pack: what was signed, as it was signed, and what each claim rests on. Pure.

Its frozen contents are read, not its rows: what the council wrote since then is no part of what it signed.
"""

from audit_app import words
from audit_app.packs.composing.extract import Extract
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence, the_post
from audit_app.packs.composing.told.evidence import lines_for, references_of
from audit_app.packs.parts.told import Cell, Marked, ToldPart, ToldSection, ToldTable
from audit_app.self_assessment.signing.contents import Assessment, FrozenCitation, FrozenClaim, FrozenSection
from audit_app.self_assessment.wording import HIDDEN

FIELD = "self_assessment.text"
NOT_TOLD = "What the council wrote of itself is not told to this audience."
NOT_SAID = "Nobody has said yet"
NO_EVIDENCE = "Rests on nothing that was cited."
NARROWER = "A piece of evidence for a smaller audience than this pack’s"
NO_RUNG = "No rung given"


def as_signed(cut: Extract, narrator: Narrator) -> ToldSection | None:
    """The texts, grades and plans of a self-assessment, and what became of last year’s."""
    signed = cut.for_kind.assessment
    if signed is None:
        return None
    if not narrator.may(FIELD):
        narrator.leave_out(FIELD, len(signed.sections))
        return ToldSection("self-assessment", signed.title, (ToldPart(sentences=(NOT_TOLD,)),))
    parts = [_about(signed)]
    for section in signed.sections:
        parts += _section(section, narrator)
    if signed.look_back:
        rows = tuple(
            (f"{back.section}: {back.about}", back.became_words or NOT_SAID,
             f"{back.words} {f'({back.reference})' if back.reference else ''}".strip() or "—")
            for back in signed.look_back
        )  # fmt: skip
        table = ToldTable(
            "What the one before said", ("It was said", "What became of it", "How we know"), rows, (4, 2, 3)
        )
        parts.append(ToldPart("What became of last year’s claims and plans", tables=(table,), large=True))
    return ToldSection("self-assessment", signed.title, tuple(parts))


def _about(signed: Assessment) -> ToldPart:
    against = f"Against {signed.edition_title}. " if signed.edition_title else ""
    period = words.date_range(signed.period_from, signed.period_to)
    sentences = [
        f"{signed.reference}. {against}It speaks of {period} and was frozen on {words.date_words(signed.as_at)}."
    ]
    if signed.theme:
        sentences.append(f"Theme: {sentence(signed.theme)}")
    if signed.leaders_words:
        sentences.append(signed.leaders_words)
        sentences.append(f"Written and signed by {the_post(signed.leaders_post)}, "
                         f"{words.date_words(signed.leaders_signed_on)}.")  # fmt: skip
    return ToldPart(sentences=tuple(sentences))


def _section(section: FrozenSection, narrator: Narrator) -> list[ToldPart]:
    grade = narrator.take("self_assessment.grade", section.grade_name)
    rows: tuple[tuple[Cell, ...], ...] = (
        ((Marked(grade, section.grade_code), section.grade_reason or "—"),) if grade else ()
    )
    table = ToldTable("The grade we give ourselves", ("Grade", "Why"), rows, (1.6, 6))
    parts = [ToldPart(section.title, tables=(table,) if rows else (), large=True)]
    parts += [
        ToldPart(passage.question_words, sentences=tuple(filter(None, passage.text.split("\n"))))
        for passage in section.passages
        if passage.text.strip()
    ]
    if section.plans:
        plans = tuple(
            (plan.what, plan.who or "—", words.date_words(plan.due_on), plan.impact_shown_by or "—",
             plan.action_reference or "—")
            for plan in section.plans
        )  # fmt: skip
        columns = ("What", "Who", "By", "Impact is shown by", "Action")
        parts.append(ToldPart("Plans for the next twelve months", tables=(
            ToldTable(f"Plans: {section.title}", columns, plans, (3.4, 1.8, 1.4, 2.6, 1.2)),)))  # fmt: skip
    if not any(passage.text.strip() for passage in section.passages):
        parts.append(ToldPart(sentences=("Nothing was written under the questions of this section.",)))
    return parts


def claims(cut: Extract, narrator: Narrator) -> ToldSection | None:
    """Each claim with its rung, everything it cites, and what spoke against it when it was signed."""
    signed = cut.for_kind.assessment
    if signed is None or not narrator.may(FIELD):
        return None
    closed = {line.reference for line in lines_for(cut, references_of(cut)) if line.level < narrator.level}
    parts = []
    for section in signed.sections:
        rows = tuple(_row(claim, closed) for claim in section.claims)
        columns = ("Claim", "How strong", "What it rests on")
        table = ToldTable(f"Claims: {section.title}", columns, rows, (3, 1.9, 4.6), nothing="No claim is made here.")
        parts.append(ToldPart(section.title, tables=(table,), large=True))
    bare = sum(not claim.cited for _, claim in signed.claims)
    first = ToldPart(sentences=(how_many_stand(len(signed.claims), bare),))
    return ToldSection("claims-and-evidence", "Claims and what they rest on", (first, *parts))


def how_many_stand(number: int, bare: int) -> str:
    """2 claims; each rests on something that was cited. Or: 5 claims; 1 of them rests on nothing that was cited."""
    if not number:
        return "No claim is made in it."
    claims = words.count(number, "claim")
    if not bare:
        return f"{claims}; {'each' if number > 1 else 'it'} rests on something that was cited."
    return f"{claims}; {bare} of them {words.agree(bare, 'rests', 'rest')} on nothing that was cited."


def _row(claim: FrozenClaim, closed: set[str]) -> tuple[Cell, ...]:
    rung = claim.rung_words or NO_RUNG
    reason = f"{rung}. {sentence(claim.rung_reason)}" if claim.rung_reason else rung
    cited = [_cited(citation, closed) for citation in claim.cited] or [NO_EVIDENCE]
    cited += [f"Against it: {sentence(doubt)}" for _, doubt in claim.doubts]
    return claim.text, reason, "\n".join(cited)


def _cited(citation: FrozenCitation, closed: set[str]) -> str:
    if citation.hidden:
        return sentence(HIDDEN)
    if citation.reference in closed:
        return sentence(NARROWER)
    return " ".join([sentence(citation.words), *map(sentence, citation.details)])
