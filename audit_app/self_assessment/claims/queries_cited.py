"""What claims cite, as it stands on a day: read in a few statements for all claims of a page.

What this person may not see stays hidden, whoever cited it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from sqlmodel import Session, SQLModel, col, select

from audit_app import clock, evidence, words
from audit_app.evidence import EvidenceLine
from audit_app.evidence.addresses import leads_somewhere
from audit_app.evidence.tables import EVIDENCE, Evidence
from audit_app.improvement import judgement_areas
from audit_app.improvement import wording as thread_wording
from audit_app.self_assessment import wording
from audit_app.self_assessment.claims import figure as figures
from audit_app.self_assessment.claims import queries_figures
from audit_app.self_assessment.claims.bearing import Standing
from audit_app.self_assessment.tables import SELF_ASSESSMENT, Citation, Cites
from findings import queries as thread
from findings.colours import JudgedArea
from findings.references import ACTION, AREA, FINDING, INSPECTION, number_of, parse_reference, reference
from findings.states import ActionStatus, AreaStatus, FindingStatus
from findings.tables import Action, AreaForImprovement, Finding, ImpactJudgement, Inspection, Judgement, Measure

Kept = TypeVar("Kept", bound=SQLModel)
OUTSIDE = (Cites.voice, Cites.data, Cites.policy, Cites.other)
TITLE = 140


def claim_reference(number: int, claim_id: int) -> str:
    """What evidence on file is attached to: SAS-0001/claim-…"""
    return f"{reference(SELF_ASSESSMENT, number)}/claim-{claim_id}"


@dataclass
class Found:
    """Everything cited on a page, by what names it."""

    findings: dict[int, Finding] = field(default_factory=dict)
    areas: dict[int, AreaForImprovement] = field(default_factory=dict)
    judged: Mapping[int, JudgedArea] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    measures: dict[int, Measure] = field(default_factory=dict)
    inspections: dict[int, Inspection] = field(default_factory=dict)
    judgements: dict[int, Judgement] = field(default_factory=dict)
    evidence: dict[tuple[int, str], EvidenceLine] = field(default_factory=dict)  # by claim and reference


def standing_of(
    session: Session, authority_id: int, number: int, rows: Sequence[Citation], until: date
) -> dict[int, tuple[Standing, ...]]:
    """By its claim, what each citation says on a day, in the order in which they were cited."""
    cited = _found(session, authority_id, number, rows)
    stands: dict[int, list[Standing]] = defaultdict(list)
    for row in rows:
        stands[row.claim_id].append(_standing(session, authority_id, row, cited, until))
    return {claim_id: tuple(each) for claim_id, each in stands.items()}


def citations_of(session: Session, authority_id: int, claims: Collection[int]) -> list[Citation]:
    """What these claims cite, in the order in which it was cited."""
    query = select(Citation).where(Citation.authority_id == authority_id, col(Citation.claim_id).in_(list(claims)))
    return list(session.exec(query.order_by(col(Citation.id))).all())


def _found(session: Session, authority_id: int, number: int, rows: Sequence[Citation]) -> Found:
    def numbers(kind: Cites, prefix: str) -> list[int]:
        named = (number_of(row.reference, prefix) for row in rows if row.kind is kind)
        return [each for each in named if each is not None]

    def of(table: type[Kept], column: str, wanted: Iterable[int]) -> dict[int, Kept]:
        keys, any_table = list(wanted), cast(Any, table)
        if not keys:
            return {}
        query = select(table).where(any_table.authority_id == authority_id, col(getattr(table, column)).in_(keys))
        return {getattr(row, column): row for row in session.exec(query).all()}

    parts = {kind: [int(row.part) for row in rows if row.kind is kind and row.part] for kind in Cites}
    areas = numbers(Cites.area, AREA)
    claims = {row.claim_id for row in rows if row.kind is Cites.evidence}
    names = {claim_reference(number, claim_id): claim_id for claim_id in claims}
    attached = evidence.evidence_of(session, authority_id, names) if names else {}
    return Found(
        findings=of(Finding, "number", numbers(Cites.finding, FINDING)),
        areas=of(AreaForImprovement, "number", areas),
        judged=thread.judged_areas(session, authority_id, areas) if areas else {},
        actions=of(Action, "number", numbers(Cites.action, ACTION)),
        measures=of(Measure, "id", parts[Cites.measure]),
        inspections=of(Inspection, "number", numbers(Cites.inspection, INSPECTION)),
        judgements=of(Judgement, "id", parts[Cites.inspection]),
        evidence={(names[name], line.reference): line for name, lines in attached.items() for line in lines},
    )


def _standing(session: Session, authority_id: int, row: Citation, cited: Found, until: date) -> Standing:
    if row.kind in queries_figures.FIGURES:
        return _figure(session, authority_id, row, until)
    if row.kind in OUTSIDE:
        return _outside(row)
    tellers: dict[Cites, Any] = {
        Cites.finding: _finding,
        Cites.area: _area,
        Cites.action: _action,
        Cites.measure: _measure,
        Cites.inspection: _inspection,
        Cites.evidence: _evidence,
    }
    made: Standing | None = tellers[row.kind](row, cited)
    return made or Standing(row.kind, wording.HIDDEN, None, hidden=True)


def _figure(session: Session, authority_id: int, row: Citation, until: date) -> Standing:
    if not queries_figures.sees_figures(session.info["scope"]):
        about = queries_figures.about_words(session, row)
        return Standing(
            row.kind, f"A figure of audits that only those who see all of them are shown: {about}", None, hidden=True
        )
    counted = queries_figures.figure_of(session, authority_id, row, until)
    later = queries_figures.later_figure(session, authority_id, row, until)
    sentence = (*figures.sentences(counted), *([row.shows] if row.shows else []))
    dated = counted.end if counted.n else None
    return Standing(row.kind, figures.headline(counted), dated, counted, later, details=sentence)


def _outside(row: Citation) -> Standing:
    href = row.place if leads_somewhere(row.place) else ""
    held = [f"Held at: {row.place}."] if row.place and not href else []
    return Standing(
        row.kind,
        row.title,
        row.dated_on,
        href=href,
        details=tuple([row.shows, *held] if row.shows else held),
    )


def _finding(row: Citation, cited: Found) -> Standing | None:
    finding = cited.findings.get(number_of(row.reference, FINDING) or 0)
    if finding is None:
        return None
    kind = thread_wording.kind_words(finding.kind)
    withdrawn = finding.status is FindingStatus.withdrawn
    return Standing(
        row.kind,
        f"{row.reference}, {kind[:1].lower()}{kind[1:]}: {words.shortened(finding.title, TITLE)}",
        clock.london_day(finding.raised_at),
        against="it was withdrawn" if withdrawn else "",
        reference=row.reference,
        details=(row.shows,) if row.shows else (),
    )


def _area(row: Citation, cited: Found) -> Standing | None:
    number = number_of(row.reference, AREA) or 0
    area = cited.areas.get(number)
    if area is None:
        return None
    judged = cited.judged.get(number)
    latest = judged.judgement if judged else None
    impact = "impact not judged yet"
    if latest is not None:
        impact = (
            f"impact: {thread_wording.IMPACTS[latest.rating].lower()}, judged on {words.date_words(latest.judged_on)}"
        )
    state = "open" if area.status is AreaStatus.open else f"closed on {words.date_words(area.closed_on)}"
    texts = [
        text
        for text in (row.shows, latest.different_for_children if isinstance(latest, ImpactJudgement) else "")
        if text
    ]
    return Standing(
        row.kind,
        f"{row.reference}: {words.shortened(area.heading, TITLE)} ({state}; {impact})",
        latest.judged_on if latest else clock.london_day(area.opened_at),
        reference=row.reference,
        details=tuple(texts),
    )


def _action(row: Citation, cited: Found) -> Standing | None:
    action = cited.actions.get(number_of(row.reference, ACTION) or 0)
    if action is None:
        return None
    state = thread_wording.ACTION_STATUSES[action.status].lower()
    withdrawn = action.status is ActionStatus.withdrawn
    return Standing(
        row.kind,
        f"{row.reference}: {words.shortened(action.what, TITLE)} ({state})",
        action.verified_on or action.completed_on or clock.london_day(action.added_at),
        against="it was withdrawn" if withdrawn else "",
        reference=row.reference,
        details=(row.shows,) if row.shows else (),
    )


def _measure(row: Citation, cited: Found) -> Standing | None:
    measure = cited.measures.get(int(row.part or 0))
    if measure is None:
        return None
    unit = f" {measure.unit}" if measure.unit else ""
    latest = "no value yet" if measure.latest is None else f"{measure.latest:g}{unit}"
    figures_told = [
        f"{name} {value:g}{unit}"
        for name, value in (("began at", measure.baseline), ("target", measure.target))
        if value is not None
    ]
    more = f" ({', '.join(figures_told)})" if figures_told else ""
    return Standing(
        row.kind,
        f"{measure.name}: {latest}{more}",
        measure.latest_on,
        reference=row.reference,
        details=(row.shows,) if row.shows else (),
    )


def _inspection(row: Citation, cited: Found) -> Standing | None:
    inspection = cited.inspections.get(number_of(row.reference, INSPECTION) or 0)
    if inspection is None:
        return None
    judged = cited.judgements.get(int(row.part)) if row.part else None
    sentence = inspection.title
    if judged is not None:
        name = judged.printed_name or judgement_areas.area_name(
            inspection.edition_id, judged.judgement_area_id, with_edition=False
        )
        grade = judgement_areas.grade_name(inspection.edition_id, judged.judgement_area_id, judged.grade_code)
        sentence = f"{inspection.title}. {name}: {grade}"
    return Standing(
        row.kind,
        f"{row.reference}, {sentence}",
        inspection.inspected_to or inspection.published_on,
        reference=row.reference,
        details=(row.shows,) if row.shows else (),
    )


def _evidence(row: Citation, cited: Found) -> Standing | None:
    line = cited.evidence.get((row.claim_id, row.reference))
    if line is None:
        return None
    withdrawn = f"it was withdrawn: {line.withdrawn_reason}" if line.withdrawn_at else ""
    newer = (
        f"There is a newer version of it ({line.newest}); this cites version {line.version}."
        if line.renewed_since
        else ""
    )
    return Standing(
        row.kind,
        f"{line.reference}: {line.title}",
        line.speaks_to,
        against=withdrawn.rstrip("."),
        href=line.address if leads_somewhere(line.address) else "",
        reference=line.reference,
        details=tuple(text for text in (line.shows, row.shows, newer) if text),
    )


def kind_of(text: str) -> Cites | None:
    """What a typed reference cites; None when it is no reference that can be cited."""
    parsed = parse_reference(text)
    kinds = {FINDING: Cites.finding, AREA: Cites.area, ACTION: Cites.action, INSPECTION: Cites.inspection}
    kinds[EVIDENCE] = Cites.evidence
    return kinds.get(parsed[0]) if parsed else None


def visible(session: Session, authority_id: int, references: Iterable[str]) -> set[str]:
    """Which of these references name something that this session's person may see."""
    tables: dict[str, Any] = {
        FINDING: Finding, AREA: AreaForImprovement, ACTION: Action, INSPECTION: Inspection, EVIDENCE: Evidence,
    }  # fmt: skip
    wanted: dict[str, set[int]] = defaultdict(set)
    for text in references:
        parsed = parse_reference(text)
        if parsed and parsed[0] in tables:
            wanted[parsed[0]].add(parsed[1])
    seen: set[str] = set()
    for prefix, numbers in wanted.items():
        table = tables[prefix]
        query = select(table.number).where(table.authority_id == authority_id, table.number.in_(sorted(numbers)))
        seen |= {reference(prefix, number) for number in session.exec(query).all()}
    return seen
