"""A theme over a period: how each question of one set was answered, what was seen, what was raised and is done. Pure.

Audits drawn at random and audits that were chosen stand in tables of their own and are never added.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from audit_app import words
from audit_app.audits.contents import beside
from audit_app.packs.composing import small_numbers
from audit_app.packs.composing.extract import AuditRecord, Extract, ForKind
from audit_app.packs.composing.found_sentences import words_of
from audit_app.packs.composing.narrator import Narrator
from audit_app.packs.composing.phrases import sentence
from audit_app.packs.composing.plan_sheets import standing
from audit_app.packs.composing.thread_parts import stands
from audit_app.packs.composing.told import ticked
from audit_app.packs.parts.told import Cell, ToldPart, ToldSection, ToldTable
from audit_app.packs.wording import NOT_A_PICTURE
from findings import rules
from findings.references import ACTION, AREA, FINDING, reference
from findings.thread_shapes import ActionStrand, FindingStrand, Thread
from frameworks import estimates

NOBODY = "No agreed audit of the period was made with this question set."
AWAY = "not_applicable"
COLUMNS = ("Question", "How it was answered", "n", "Best answer", "In the service, likely")
TOO_FEW = "Too few to say"
FEW_DRAWN = "Fewer than ten audits were drawn, so nothing can be said of the whole service."
NOT_TOLD = "c"
BELOW_FIVE = "Not told, because one number is small"
SEEN_NOT_TOLD = "What auditors wrote about single records is not told to this audience."
NOTHING_SEEN = "No auditor wrote anything beside these questions."
NOTHING_RAISED = "No finding in the register rests on these audits."
Scale = Sequence[tuple[str, str]]  # code and name, worst first


def answers(cut: Extract, narrator: Narrator) -> ToldSection:
    """Every question with how often each answer was given."""
    records = cut.audits.records
    title = "How each question was answered"
    if not records:
        return ToldSection("theme-answers", title, (ToldPart(sentences=(narrator.say(NOBODY),)),))
    parts = [ToldPart(sentences=tuple(map(narrator.say, _how_chosen(records, narrator))))]
    for at_random in (True, False):
        group = [record for record in records if record.at_random is at_random]
        if group:
            parts.append(_group(group, cut.for_kind, at_random, narrator))
    return ToldSection("theme-answers", title, tuple(parts))


def _how_chosen(records: Sequence[AuditRecord], narrator: Narrator) -> list[str]:
    """How many were drawn and how many were chosen; never one number for both."""
    sentences = []
    for at_random, how in ((True, "drawn at random, so they may speak for the service"), (False, NOT_A_PICTURE)):
        number = sum(record.at_random is at_random for record in records)
        if number:
            were = "was" if number == 1 and not narrator.leaving else "were"
            audits = narrator.at_least(number, "audit", "audits")
            sentences.append(f"{audits[:1].upper()}{audits[1:]} {were} {how}.")
    return sentences


def _group(group: Sequence[AuditRecord], of_kind: ForKind, at_random: bool, narrator: Narrator) -> ToldPart:
    heading = narrator.say("Audits drawn at random" if at_random else "Audits that were chosen")
    if estimates.must_suppress(len(group), narrator.leaving):
        return ToldPart(heading, (narrator.say("Answers of fewer than five audits are not told."),), large=True)
    tables = []
    enough = at_random and estimates.may_show_percentage(len(group))
    columns = COLUMNS if enough else COLUMNS[:4]
    for title, questions in by_domain(group).items():
        rows = tuple(
            _row(
                f"{number} {text}",
                given,
                of_kind.scales.get(key, ()),
                len(group),
                narrator,
                enough=enough,
                ordered=key not in of_kind.unordered,
            )
            for (key, number, text), given in questions.items()
            if given
        )
        if rows:
            widths = (3.4, 3, 0.6, 2, 2.2)[: len(columns)]
            tables.append(ToldTable(title, columns, rows, widths))
    few = (narrator.say(FEW_DRAWN),) if at_random and not enough else ()
    return ToldPart(heading, few, tables=tuple(tables), large=True)


def by_domain(records: Sequence[AuditRecord]) -> dict[str, dict[tuple[str, str, str], Counter[str]]]:
    """For each domain its questions with how often each code was given; what was not asked is not counted."""
    domains: dict[str, dict[tuple[str, str, str], Counter[str]]] = {}
    for domain, question, _ in asked_in(records):
        counts = domains.setdefault(domain["title"], {}).setdefault(
            (question["key"], question["number"], question["text"]), Counter()
        )
        if not question.get("not_asked"):
            counts.update([question["code"]] if question["code"] else ticked.codes_of(question))
    return domains


def asked_in(records: Sequence[AuditRecord]) -> list[tuple[Mapping[str, Any], Mapping[str, Any], AuditRecord]]:
    """Every question of every audit with its domain; a domain that does not apply has none."""
    return [
        (domain, question, record)
        for record in records
        for domain in record.document["domains"]
        if not domain["not_applicable"]
        for question in domain["questions"]
    ]


def _row(
    question: str, given: Counter[str], scale: Scale, of: int, narrator: Narrator, *, enough: bool, ordered: bool = True
) -> tuple[Cell, ...]:
    """One question: each answer with its number, best first; n; how many gave the best, and the range.

    `of` is how many audits there are: those that gave no answer could be worked out from it and n, so where they are
    few nothing of the question leaves the council. Where no answer is better than another, none is told as the best.
    """
    if ticked.ANY in given:
        return _ticked_row(question, given, scale, of, narrator, enough=enough)
    best_first = [
        *(reversed(scale) if ordered else scale),
        *((code, words.sentence_case(code)) for code in given if code not in dict(scale)),
    ]
    best_first = [(code, name) for code, name in best_first if code != AWAY]
    counts = [given[code] for code, _ in best_first]
    if not small_numbers.gives_nothing_away((sum(counts), of - sum(counts)), leaving=narrator.leaving):
        return (question, BELOW_FIVE, NOT_TOLD, "—", *(("—",) if enough else ()))
    numbers, total = small_numbers.hide_small(counts, 1, leaving=narrator.leaving)
    parts = [
        f"{name} {NOT_TOLD if count is None else count}"
        for (_, name), count in zip(best_first, numbers, strict=True)
        if count != 0
    ]
    away = narrator.at_least(given[AWAY], "audit", "audits") if given[AWAY] else ""
    if away:
        parts.append(f"does not apply in {away}")
    share = small_numbers.share(counts, 1, leaving=narrator.leaving) if counts else None
    best = f"{best_first[0][1]}: {share[0]} of {share[1]}" if share is not None and scale and ordered else "—"
    row = (question, ", ".join(parts), NOT_TOLD if total is None else str(total), best)
    if not enough:
        return row  # of a few, and of audits that were chosen, a count and never a share
    ranged = share is not None and bool(scale) and ordered and estimates.may_show_percentage(share[1])
    if share is not None and ranged:
        row = (*row[:3], f"{best_first[0][1]}: {words.proportion(*share)}")
        return (*row, estimates.in_words(*share) or TOO_FEW)
    return (*row, TOO_FEW)


def _ticked_row(
    question: str, given: Counter[str], scale: Scale, of: int, narrator: Narrator, *, enough: bool
) -> tuple[Cell, ...]:
    """One question of which several may be ticked; where those who ticked nothing are few, nothing of it leaves."""
    away = narrator.at_least(given[AWAY], "audit", "audits") if given[AWAY] else ""
    counted = ticked.row(given, scale, away, leaving=narrator.leaving)
    rest = of - given[ticked.ANY]
    if counted is None or not small_numbers.gives_nothing_away((rest,), leaving=narrator.leaving):
        return (question, BELOW_FIVE, NOT_TOLD, "—", *(("—",) if enough else ()))
    return (question, *counted, "—", *(("—",) if enough else ()))


# --- what was seen ---------------------------------------------------------------------------------------------------


def seen(cut: Extract, narrator: Narrator) -> ToldSection:
    """What auditors wrote beside each question and of each domain; for those alone who may have their words."""
    title = "What was seen"
    if not narrator.may("audit.words"):
        narrator.leave_out("audit.words", len(cut.audits.records))
        return ToldSection("theme-seen", title, (ToldPart(sentences=(narrator.say(SEEN_NOT_TOLD),)),))
    written: dict[str, list[str]] = {}
    for record in cut.audits.records:
        for domain in record.document["domains"]:
            if domain["rationale"]:
                name = narrator.audit(record.reference)
                written.setdefault(domain["title"], []).append(f"{name}: {sentence(domain['rationale'])}")
    for domain, question, record in asked_in(cut.audits.records):
        written_beside = beside(question)
        if written_beside and not question.get("not_asked"):
            name = narrator.audit(record.reference)
            text = f"{name}, {question['number']} ({question['answer'] or 'in words'}): {sentence(written_beside)}"
            written.setdefault(domain["title"], []).append(text)
    parts = tuple(ToldPart(domain, entries=tuple(texts)) for domain, texts in written.items())
    return ToldSection("theme-seen", title, parts or (ToldPart(sentences=(narrator.say(NOTHING_SEEN),)),))


# --- what was raised -------------------------------------------------------------------------------------------------


def findings(cut: Extract, narrator: Narrator) -> ToldSection:
    """Each finding that rests on one of these audits, where it stands, and the actions that answer it."""
    names = {record.reference for record in cut.audits.records}
    threads: dict[int, list[Thread]] = {}
    strands: dict[int, FindingStrand] = {}
    for thread in cut.register.threads:
        for strand in thread.findings:
            if strand.stands and _audits(strand, names):
                strands[strand.finding.number] = strand
                threads.setdefault(strand.finding.number, []).append(thread)
    for strand in (*cut.register.loose_findings, *cut.register.strengths):
        if _audits(strand, names):
            strands.setdefault(strand.finding.number, strand)
    rows = tuple(_finding_row(strands[number], threads.get(number, []), names, narrator) for number in sorted(strands))
    columns = ("Finding", "Kind, and audits it rests on", "Where it stands", "What is being done")
    table = ToldTable("Findings that rest on these audits", tuple(map(narrator.say, columns)), rows, (3, 1.7, 2.2, 3.2))
    part = ToldPart(tables=(table,)) if rows else ToldPart(sentences=(narrator.say(NOTHING_RAISED),))
    return ToldSection("theme-findings", "What was raised, and what is being done", (part,))


def _audits(strand: FindingStrand, names: set[str]) -> set[str]:
    return {source.audit_reference for source in strand.sources} & names


def _finding_row(
    strand: FindingStrand, threads: Sequence[Thread], names: set[str], narrator: Narrator
) -> tuple[Cell, ...]:
    finding = strand.finding
    where = [f"{reference(AREA, x.area.number)}: {narrator.tell(x.area, 'heading')} ({stands(x)})" for x in threads]
    actions = {each.action.number: each for thread in threads for each in standing(thread)}
    rests_on = _rests_on(strand, names, narrator)
    return (
        f"{reference(FINDING, finding.number)}: {sentence(words_of(finding, narrator))}",
        f"{finding.kind.title}; {rests_on}",
        "\n".join(where) or "In no area for improvement",
        "\n".join(_action(each, narrator) for each in actions.values()) or "No action answers it",
    )


def _rests_on(strand: FindingStrand, names: set[str], narrator: Narrator) -> str:
    """2 audits of these, of 6 in all: a finding may rest on audits of other times and question sets as well."""
    here = _audits(strand, names)
    whole = {source.audit_reference for source in strand.sources if source.audit_reference}
    rests_on = f"{narrator.at_least(len(here), 'audit', 'audits')} of these"
    return rests_on if narrator.leaving or len(whole) == len(here) else f"{rests_on}, of {len(whole)} in all"


def _action(strand: ActionStrand, narrator: Narrator) -> str:
    action = strand.action
    late = rules.late_words(action, narrator.today)
    state = f"{action.status.in_sentence}{f', {late} overdue' if late else ''}"
    return f"{reference(ACTION, action.number)}: {narrator.tell(action, 'what')} ({state})"
