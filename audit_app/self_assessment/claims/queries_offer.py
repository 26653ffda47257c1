"""What a claim of a section may cite: figures of audits, and things of the register that match some words.

“Fill from the register” offers the facts of one judgement area as they are today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import alphabet, words
from audit_app.audits import question_sets
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import CaseAudit
from audit_app.evidence.tables import EVIDENCE, Evidence
from audit_app.improvement import judgement_areas
from audit_app.improvement import wording as thread_wording
from audit_app.library.set_name import SetName
from audit_app.self_assessment.claims import figure as figures
from audit_app.self_assessment.claims import queries_figures
from audit_app.self_assessment.claims.given import Cited
from audit_app.self_assessment.tables import Cites, Stance
from findings import queries as thread
from findings.queries import ActionFilter, AreaFilter, FindingFilter
from findings.references import ACTION, AREA, FINDING, INSPECTION, reference
from findings.states import AreaStatus, FindingKind
from findings.tables import Measure
from frameworks import QuestionSet, crosswalk, reader

FILL_MONTHS = 12
MOST_OFFERED = 12
OVERALL = "overall"


@dataclass(frozen=True)
class Offer:
    """One thing that may be cited: a key for the form, words for the page."""

    key: str
    words: str
    cited: Cited
    kind: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact of the register that may become a claim."""

    key: str
    words: str
    claim: str
    stance: Stance
    cited: Cited


def audited_sets(session: Session, authority_id: int) -> list[QuestionSet]:
    """The question sets that agreed audits of this scope were made from, by title."""
    query = select(CaseAudit.edition_id, CaseAudit.set_id).where(
        CaseAudit.authority_id == authority_id, col(CaseAudit.stage).in_(AFTER_AGREEMENT)
    )
    named = sorted(set(session.exec(query.distinct()).all()))
    sets = [question_sets.any_length(session, SetName(*name)) for name in named]
    return alphabet.in_order((each for each in sets if each is not None), lambda each: each.title)


def countable(questions: QuestionSet) -> list[tuple[str, str]]:
    """What of a set may be counted: its overall grade, its domains, its questions that are answered on a scale."""
    offers = [(OVERALL, "Overall grade")] if questions.overall_grade else []
    if questions.domain_scale:
        offers += [(f"domain/{domain.id}", f"Domain: {domain.title}") for domain in questions.domains]
    asked = [question for question in questions.questions if questions.scale_for(question) is not None]
    return offers + [(f"question/{each.key}", f"{each.number} {words.shortened(each.text, 110)}") for each in asked]


def counted(questions: QuestionSet, what: str) -> dict[str, Any]:
    """The columns of a citation for one of these; an unknown one counts nothing."""
    kind, _, key = what.partition("/")
    columns: dict[str, Any] = {"set_edition_id": questions.edition_id, "set_id": questions.id, "kind": Cites.grades}
    if kind == "question":
        return columns | {"kind": Cites.answers, "question_key": key}
    return columns | {"domain_id": key}


# --- the register ----------------------------------------------------------------------------------------------------


def search(session: Session, authority_id: int, wanted: str, edition_id: str, area_id: str) -> list[Offer]:
    """What of the register matches some words or a reference; without words, what speaks to the judgement area."""
    near: dict[str, Any] = {} if wanted else {"edition_id": edition_id, "judgement_area_id": area_id}
    if not wanted and not area_id:
        return []
    return [
        *_findings(session, authority_id, FindingFilter(words=wanted, **near)),
        *_areas(session, authority_id, AreaFilter(words=wanted, **near)),
        *(_actions(session, authority_id, wanted) if wanted else []),
        *(_measures(session, authority_id, wanted) if wanted else []),
        *_inspections(session, authority_id, wanted, edition_id, area_id),
        *(_evidence(session, authority_id, wanted) if wanted else []),
    ]


def _offer(kind: Cites, name: str, line: str, words_of_kind: str, part: str = "") -> Offer:
    return Offer(f"{name}/{part}" if part else name, line, Cited(kind, reference=name, part=part), words_of_kind)


def _findings(session: Session, authority_id: int, wanted: FindingFilter) -> Iterator[Offer]:
    for row in thread.list_findings(session, authority_id, wanted, size=MOST_OFFERED).rows:
        kind = thread_wording.kind_words(row.kind)
        name = reference(FINDING, row.number)
        yield _offer(Cites.finding, name, f"{name}, {kind[:1].lower()}{kind[1:]}: {row.title}", "Findings")


def _areas(session: Session, authority_id: int, wanted: AreaFilter) -> Iterator[Offer]:
    for row in thread.list_areas(session, authority_id, wanted, size=MOST_OFFERED).rows:
        name = reference(AREA, row.number)
        line = f"{name} ({row.status.in_sentence}): {words.shortened(row.heading, 140)}"
        yield _offer(Cites.area, name, line, "Areas for improvement")


def _actions(session: Session, authority_id: int, wanted: str) -> Iterator[Offer]:
    for row in thread.list_actions(session, authority_id, ActionFilter(words=wanted), size=MOST_OFFERED).rows:
        name = reference(ACTION, row.number)
        line = f"{name} ({row.status.in_sentence}): {words.shortened(row.what, 140)}"
        yield _offer(Cites.action, name, line, "Plan actions")


def _measures(session: Session, authority_id: int, wanted: str) -> Iterator[Offer]:
    query = select(Measure).where(
        Measure.authority_id == authority_id, col(Measure.name).icontains(wanted, autoescape=True)
    )
    for row in session.exec(query.limit(MOST_OFFERED)).all():
        name = reference(ACTION, row.action_number) if row.action_number else reference(AREA, row.area_number or 0)
        latest = "no value yet" if row.latest is None else f"{row.latest:g} {row.unit}".strip()
        yield _offer(Cites.measure, name, f"{row.name}: {latest} ({name})", "Measures", str(row.id))


def _inspections(session: Session, authority_id: int, wanted: str, edition_id: str, area_id: str) -> Iterator[Offer]:
    """Judgements of the area, the latest inspection first; with words, of inspections whose title holds them."""
    rows = thread.list_inspections(session, authority_id)
    named = {row.number: row for row in rows if not wanted or wanted.casefold() in row.title.casefold()}
    offered = 0
    for judged in thread.list_judgements(session, authority_id):
        inspection = named.get(judged.inspection_number)
        near = wanted or (judged.judgement_area_id == area_id and _one_family(inspection, edition_id))
        if inspection is None or not near or offered >= MOST_OFFERED:
            continue
        offered += 1
        area = judged.printed_name or judgement_areas.area_name(
            inspection.edition_id, judged.judgement_area_id, with_edition=False
        )
        grade = judgement_areas.grade_name(inspection.edition_id, judged.judgement_area_id, judged.grade_code)
        name = reference(INSPECTION, inspection.number)
        yield _offer(Cites.inspection, name, f"{inspection.title}. {area}: {grade}", "Inspections", str(judged.id))


def _one_family(inspection: Any, edition_id: str) -> bool:
    """Whether an inspection was carried out under an edition of the same line: what both are called before the year."""
    return inspection is not None and inspection.edition_id.rpartition("-")[0] == edition_id.rpartition("-")[0]


def _evidence(session: Session, authority_id: int, wanted: str) -> Iterator[Offer]:
    query = select(Evidence).where(
        Evidence.authority_id == authority_id,
        col(Evidence.withdrawn_at).is_(None),
        col(Evidence.title).icontains(wanted, autoescape=True),
    )
    for row in session.exec(query.order_by(col(Evidence.number).desc()).limit(MOST_OFFERED)).all():
        name = reference(EVIDENCE, row.number)
        yield _offer(Cites.evidence, name, f"{name}: {row.title}", "Evidence on file")


# --- fill from the register ------------------------------------------------------------------------------------------


def facts(session: Session, authority_id: int, edition_id: str, area_id: str, today: date) -> list[Fact]:
    """What the register says today of one judgement area: grades of twelve months by domain, what was found, judged."""
    if not area_id:
        return []
    made = [*_figure_facts(session, authority_id, edition_id, area_id, today)]
    for offer in _inspections(session, authority_id, "", edition_id, area_id):
        made.append(Fact(offer.key, offer.words, f"Inspectors’ last words: {offer.words}", Stance.neither, offer.cited))
    for row in thread.list_areas(
        session, authority_id, AreaFilter(edition_id=edition_id, judgement_area_id=area_id), size=MOST_OFFERED
    ).rows:
        name = reference(AREA, row.number)
        is_open = row.status is AreaStatus.open
        stance = Stance.not_good_enough if is_open else Stance.neither
        line = f"{name} ({row.status.in_sentence}): {words.shortened(row.heading, 140)}"
        made.append(Fact(name, line, row.heading, stance, Cited(Cites.area, reference=name)))
    strong = FindingFilter(edition_id=edition_id, judgement_area_id=area_id, kind=FindingKind.strength)
    for finding in thread.list_findings(session, authority_id, strong, size=MOST_OFFERED).rows:
        name = reference(FINDING, finding.number)
        cited = Cited(Cites.finding, reference=name)
        made.append(Fact(name, f"{name}, strength: {finding.title}", finding.title, Stance.works_well, cited))
    return made


def _figure_facts(session: Session, authority_id: int, edition_id: str, area_id: str, today: date) -> Iterator[Fact]:
    if not queries_figures.sees_figures(session.info["scope"]):
        return
    crossings = reader.crosswalk_file().lines
    for questions in audited_sets(session, authority_id):
        for domain in questions.domains if questions.domain_scale else ():
            areas = crosswalk.reached(questions, domain.id, edition_id, crossings)
            if not any(area.area == area_id for area in areas):
                continue
            for at_random in (True, False):
                cited = Cited(
                    Cites.grades,
                    set_edition_id=questions.edition_id,
                    set_id=questions.id,
                    domain_id=domain.id,
                    at_random=at_random,
                    months=FILL_MONTHS,
                )
                figure = queries_figures.figure_of(session, authority_id, cited, today)
                if figure.n:
                    how = "drawn at random" if at_random else "that were chosen"
                    claim = f"{questions.title}, {domain.title}: what audits {how} found"
                    key = f"{questions.edition_id}/{questions.id}/{domain.id}/{'random' if at_random else 'chosen'}"
                    yield Fact(key, figures.headline(figure), claim, Stance.neither, cited)
