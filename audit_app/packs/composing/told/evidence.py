"""The evidence kept beside what a pack tells: what it shows, what it proves, and of when it speaks. Pure.

A piece of evidence has an audience of its own; a pack for a wider one counts it and names nothing of it.
"""

from collections.abc import Iterable

from audit_app import words
from audit_app.evidence import uses
from audit_app.evidence.lines import EvidenceLine
from audit_app.packs.composing.extract import Extract, Register
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.parts.told import ToldPart, ToldSection, ToldTable
from findings.references import ACTION, AREA, FINDING, reference

TITLE = "Evidence"
COLUMNS = ("Evidence", "What it shows", "What it proves", "It speaks of")
WHERE = "Where it is kept"
NOTHING = "No evidence is kept beside what this pack tells."


def evidence(cut: Extract, narrator: Narrator) -> ToldSection:
    """Every piece of evidence of what the pack tells, by what it proves."""
    lines = lines_for(cut, references_of(cut))
    named = named_in(cut, narrator)
    narrower = {line.reference for line in lines if line.level < narrator.level}
    out = {line.reference for line in lines if line.kept_out and line.level >= narrator.level}
    notes = []
    if narrower:
        many = words.count(len(narrower), "piece of evidence", "pieces of evidence")
        notes.append(f"{many} {words.agree(len(narrower), 'is')} for a smaller audience than this pack’s.")
    if out:
        many = words.count(len(out), "piece of evidence", "pieces of evidence")
        notes.append(f"{many} {words.agree(len(out), 'is')} withdrawn, or marked as not for packs.")
    where = narrator.may("evidence.place")
    columns = (*COLUMNS, WHERE) if where else COLUMNS
    widths = (2.2, 3, 2.6, 1.5, *((2,) if where else ()))
    rows = tuple(_row(line, narrator, where=where) for line in named)
    table = (ToldTable("Evidence, by what it proves", columns, rows, widths, wide=False),) if rows else ()
    part = ToldPart(sentences=() if rows else (NOTHING,), tables=table, quiet=tuple(notes))
    return ToldSection("evidence", TITLE, (part,))


def named_in(cut: Extract, narrator: Narrator) -> list[EvidenceLine]:
    """The evidence, use by use, that this audience may have of what the pack tells."""
    return [line for line in lines_for(cut, references_of(cut)) if may_be_named(line, narrator)]


def references_of(cut: Extract) -> list[str]:
    """What the pack tells of that evidence may prove."""
    assessment = cut.for_kind.assessment
    return [*references_in(cut.register), *([assessment.reference] if assessment else [])]


def references_in(register: Register) -> list[str]:
    """The findings, areas and actions of a register, each once."""
    names = [reference(FINDING, x.finding.number) for thread in register.threads for x in thread.findings]
    names += [reference(FINDING, x.finding.number) for x in (*register.strengths, *register.loose_findings)]
    names += [reference(FINDING, x.finding.number) for asked in register.asked for x in asked.findings]
    names += [reference(AREA, thread.area.number) for thread in register.threads]
    names += [reference(ACTION, strand.action.number) for strand in register.actions]
    return list(dict.fromkeys(names))


def lines_for(cut: Extract, names: Iterable[str]) -> list[EvidenceLine]:
    """The evidence of some things, each use once."""
    lines = [line for name in dict.fromkeys(names) for line in cut.for_kind.evidence.get(name, ())]
    return list({line.use_id or line.reference: line for line in lines}.values())


def may_be_named(line: EvidenceLine, narrator: Narrator) -> bool:
    """Whether this audience may have a piece of evidence, and it is not kept out of packs."""
    return line.level >= narrator.level and not line.kept_out


def _row(line: EvidenceLine, narrator: Narrator, *, where: bool) -> tuple[str, ...]:
    version = f", version {line.version}" if line.newest > 1 else ""
    newer = f" Version {line.newest} is newer." if line.renewed_since else ""
    proves = uses.called(line.proves_reference)
    proved = f"{proves[:1].upper()}{proves[1:]}" + (f": {sentence(line.proves)}" if line.proves else "")
    row = (
        f"{line.reference}{version}: {line.title}",
        f"{sentence(line.shows)}{newer}",
        proved,
        line.speaks_of,
    )
    return (*row, line.where) if where else row
