"""Every read a pack needs: packs themselves, and the agreed audits of a period."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import clock
from audit_app.audits import question_sets
from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import AuditAction, AuditActionState, AuditType, AuditVersion, CaseAudit, HowChosen, Stage
from audit_app.audits.wording import way_chosen
from audit_app.errors import NotFound
from audit_app.library.set_name import SetName
from audit_app.packs.composing.extract import AuditRecord, Graded, OverallGrade
from audit_app.packs.disclosure.levels import INSPECTOR
from audit_app.packs.kinds import choices
from audit_app.packs.tables import PACK, EvidencePackRow
from findings.references import reference
from findings.tables import Measure, PlanReview, PlanRisk
from frameworks import crosswalk, reader
from frameworks.crosswalk import AreaReference

AUDIT = "AUD"
Kept = TypeVar("Kept", PlanReview, PlanRisk)
WAITING = (Stage.submitted, Stage.in_moderation)


def get_pack(session: Session, authority_id: int, number: int) -> EvidencePackRow:
    """One pack, or NotFound."""
    return _fetched(session, authority_id, number, select(EvidencePackRow))


def hold_pack(session: Session, authority_id: int, number: int) -> EvidencePackRow:
    """One pack, held against other writers until the caller commits: copies are counted one after the other."""
    return _fetched(session, authority_id, number, select(EvidencePackRow).with_for_update())


def _fetched(session: Session, authority_id: int, number: int, every: Any) -> EvidencePackRow:
    statement = every.where(EvidencePackRow.authority_id == authority_id, EvidencePackRow.number == number)
    row: EvidencePackRow | None = session.exec(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(PACK, number)} here. Check the reference.")
    return row


def find_of_same_inspection(session: Session, row: EvidencePackRow) -> EvidencePackRow | None:
    """The first pack made for the same inspection at the same level that still has its names; None where there is none.

    A name for a record leaves the council from the inspector's level on: below it, audits go by their references.
    """
    if row.level < INSPECTOR or not row.for_inspection:
        return None
    statement = select(EvidencePackRow).where(
        EvidencePackRow.authority_id == row.authority_id,
        EvidencePackRow.level == row.level,
        EvidencePackRow.number != row.number,
        col(EvidencePackRow.pseudonym_key) != "",
    )
    packs = session.exec(statement.order_by(col(EvidencePackRow.number))).all()
    wanted = row.for_inspection.casefold()
    return next((pack for pack in packs if pack.for_inspection.casefold() == wanted), None)


@dataclass(frozen=True)
class PackLine:
    """A pack in the list of packs."""

    number: int
    reference: str
    title: str
    period_from: date
    period_to: date
    level: int
    state: str
    asked_at: datetime
    frozen_at: datetime | None
    pages: int
    withdrawn_at: datetime | None
    destroyed_at: datetime | None
    choices: str

    @property
    def kind_name(self) -> str:
        """What its kind was called when it was asked for."""
        return choices.read(self.choices).name

    @property
    def ended(self) -> str:
        """How it ended; nothing while it stands."""
        return "Destroyed" if self.destroyed_at else "Withdrawn" if self.withdrawn_at else ""


def list_packs(session: Session, authority_id: int, limit: int = 200) -> list[PackLine]:
    """The packs this person may see, the newest first; without their contents, which are long."""
    names = [name for name in PackLine.__dataclass_fields__ if name != "reference"]
    columns: list[Any] = [getattr(EvidencePackRow, name) for name in names]
    statement: Any = (
        sa.select(*columns)
        .where(col(EvidencePackRow.authority_id) == authority_id)
        .order_by(col(EvidencePackRow.number).desc())
        .limit(limit)
    )
    rows = session.execute(statement).all()
    return [PackLine(reference=reference(PACK, row.number), **row._mapping) for row in rows]


def last_control(session: Session, authority_id: int) -> dict[str, str]:
    """Who owns and who receives the last pack: the next one seldom differs."""
    names = ("owner_post", "circulation")
    columns: list[Any] = [getattr(EvidencePackRow, name) for name in names]
    statement: Any = (
        sa.select(*columns)
        .where(col(EvidencePackRow.authority_id) == authority_id)
        .order_by(col(EvidencePackRow.number).desc())
        .limit(1)
    )
    row = session.execute(statement).first()
    return dict(row._mapping) if row else {}


def _in_period(authority_id: int, first: date, last: date, stages: tuple[Stage, ...]) -> list[Any]:
    begins, ends = clock.moments(first, last)
    submitted = col(CaseAudit.submitted_at)
    return [
        CaseAudit.authority_id == authority_id,
        submitted >= begins,
        submitted < ends,
        col(CaseAudit.stage).in_(stages),
    ]


def count_waiting(session: Session, authority_id: int, first: date, last: date) -> int:
    """Audits submitted in the period that nobody has agreed yet."""
    conditions = _in_period(authority_id, first, last, WAITING)
    return session.exec(select(sa.func.count()).select_from(CaseAudit).where(*conditions)).one()


def list_audits(
    session: Session, authority_id: int, first: date, last: date, edition_id: str = ""
) -> list[AuditRecord]:
    """The agreed audits submitted in a period, each as its last version froze it, oldest first.

    With an edition, what a domain says is told under that edition's areas where the domain names one of them or the
    crosswalk leads to one; under the areas it names where it does not.
    """
    return _records(session, authority_id, _in_period(authority_id, first, last, AFTER_AGREEMENT), edition_id)


def list_audits_by_number(
    session: Session, authority_id: int, numbers: Collection[int], edition_id: str = ""
) -> list[AuditRecord]:
    """Some agreed audits, of whatever period, as their last versions froze them, oldest first."""
    if not numbers:
        return []
    conditions = [
        CaseAudit.authority_id == authority_id,
        col(CaseAudit.number).in_(list(numbers)),
        col(CaseAudit.stage).in_(AFTER_AGREEMENT),
    ]
    return _records(session, authority_id, conditions, edition_id)


def _records(session: Session, authority_id: int, conditions: list[Any], edition_id: str) -> list[AuditRecord]:
    statement = (
        select(CaseAudit, AuditVersion.contents)
        .join(
            AuditVersion,
            sa.and_(
                col(AuditVersion.authority_id) == CaseAudit.authority_id,
                col(AuditVersion.audit_number) == CaseAudit.number,
                col(AuditVersion.version) == CaseAudit.version,
            ),
        )
        .where(*conditions)
        .order_by(col(CaseAudit.submitted_at), col(CaseAudit.number))
    )
    rows = session.exec(statement).all()
    actions = _actions_of(session, authority_id, {audit.number for audit, _ in rows})
    speaking = _Speaking(session, edition_id)
    return [_record(audit, json.loads(contents), actions.get(audit.number, ()), speaking) for audit, contents in rows]


def overall_grades_at_random(session: Session, authority_id: int, first: date, last: date) -> tuple[OverallGrade, ...]:
    """The overall grades of the agreed audits of a period that were drawn at random, without their documents."""
    statement = select(CaseAudit).where(
        *_in_period(authority_id, first, last, AFTER_AGREEMENT), col(CaseAudit.how_chosen) == HowChosen.random
    )
    titles: dict[SetName, str] = {}
    grades = []
    for audit in session.exec(statement.order_by(col(CaseAudit.number))):
        name = SetName(audit.edition_id, audit.set_id, audit.length)
        if name not in titles:
            questions = question_sets.find_set(session, name)
            titles[name] = questions.title if questions else audit.set_id
        if audit.at_random:
            grades.append(OverallGrade(titles[name], audit.overall_grade or ""))
    return tuple(grades)


def list_parts(session: Session, authority_id: int, table: type[Kept]) -> list[Kept]:
    """The reviews or the risks of every plan, each plan's in its order; what was taken out is not among them."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    statement = select(table).where(columns["authority_id"] == authority_id, columns["removed_at"].is_(None))
    return list(session.exec(statement.order_by(columns["plan_number"], columns["position"], columns["id"])))


def list_measures_of_plans(session: Session, authority_id: int) -> list[Measure]:
    """What shows whether a plan as a whole moves, plan by plan; measures of areas and actions hang on those."""
    statement = select(Measure).where(Measure.authority_id == authority_id, col(Measure.plan_number).is_not(None))
    return list(session.exec(statement.order_by(col(Measure.plan_number), col(Measure.id))))


def _actions_of(session: Session, authority_id: int, numbers: set[int]) -> Mapping[int, list[AuditAction]]:
    """The actions of these audits; all are read in one go when the audits are many."""
    statement = select(AuditAction).where(AuditAction.authority_id == authority_id)
    if len(numbers) <= 500:
        statement = statement.where(col(AuditAction.audit_number).in_(numbers))
    actions: dict[int, list[AuditAction]] = defaultdict(list)
    for row in session.exec(statement.order_by(col(AuditAction.number))):
        if row.audit_number in numbers and row.state is not AuditActionState.withdrawn:
            actions[row.audit_number].append(row)
    return actions


def _record(
    audit: CaseAudit, document: Mapping[str, Any], actions: Iterable[AuditAction], speaking: "_Speaking"
) -> AuditRecord:
    overall = document["overall"]
    return AuditRecord(
        reference=reference(AUDIT, audit.number),
        case_reference=audit.case_reference,
        set_title=document["set_title"],
        how_chosen=audit.how_chosen,
        is_re_audit=audit.re_audit_of is not None or audit.audit_type is AuditType.re_audit,
        team=audit.team_name,
        practitioner_code=audit.practitioner_code,
        manager_code=audit.manager_code,
        characteristics=(audit.age_band, audit.ethnicity, audit.disability),
        submitted_at=audit.submitted_at,  # type: ignore[arg-type]
        window=(audit.window_from, audit.window_to),
        moderated=audit.moderated,
        grade=overall["grade_name"],
        grade_code=overall["grade"],
        document=document,
        graded=_graded(audit, document, speaking),
        actions=tuple(actions),
        crossed=_crossed(audit, document, speaking),
        at_random=audit.at_random,
        way_chosen=way_chosen(audit.how_chosen, audit.audit_type, again=audit.re_audit_of is not None),
        cohort=audit.cohort,
        set_key=f"{audit.edition_id}/{audit.set_id}",
    )


def _crossed(audit: CaseAudit, document: Mapping[str, Any], speaking: "_Speaking") -> bool:
    """Whether a graded domain is told under an area of the pack's edition that it does not itself name."""
    for domain in document["domains"]:
        if domain["graded"]:
            names = _names(audit, domain, speaking)
            if any(area not in names for area in speaking.areas(f"{audit.edition_id}/{domain['id']}", names)):
                return True
    return False


def _names(audit: CaseAudit, domain: Mapping[str, Any], speaking: "_Speaking") -> list[AreaReference]:
    """The areas a domain itself names, as its frozen document says."""
    informed, _ = speaking.of_set(audit.edition_id, audit.set_id, audit.length)
    names = [AreaReference(informed, area) for area in domain["informs"]]
    return names + [crosswalk.area_named(area) for area in domain.get("also_informs", ())]


def _graded(
    audit: CaseAudit, document: Mapping[str, Any], speaking: "_Speaking"
) -> Mapping[AreaReference, tuple[Graded, ...]]:
    """The domain grades by the judgement area they inform, as the frozen document says."""
    _, scale = speaking.of_set(audit.edition_id, audit.set_id, audit.length)
    by_area: dict[AreaReference, list[Graded]] = {}
    for domain in document["domains"]:
        if not domain["graded"]:
            continue
        points = scale or ((domain["grade"], domain["grade_name"]),)
        graded = Graded(domain["title"], "" if domain["not_applicable"] else domain["grade"], points)
        names = _names(audit, domain, speaking)
        for area in speaking.areas(f"{audit.edition_id}/{domain['id']}", names):
            by_area.setdefault(area, []).append(graded)
    return {area: tuple(grades) for area, grades in by_area.items()}


class _Speaking:
    """Which areas the domains of audits are told under, for one pack; each set is looked up once."""

    def __init__(self, session: Session, edition_id: str) -> None:
        self.session, self.edition_id = session, edition_id
        self.sets: dict[tuple[str, str, str], tuple[str, tuple[tuple[str, str], ...]]] = {}
        self.crossings = reader.crosswalk_file().lines if edition_id else ()

    def areas(self, domain: str, names: Sequence[AreaReference]) -> Sequence[AreaReference]:
        """The areas of the pack's own edition that a domain informs; what it names where it informs none of them."""
        own = crosswalk.reached_from(domain, names, self.edition_id, self.crossings) if self.edition_id else ()
        return own or names

    def of_set(self, edition_id: str, set_id: str, length: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The edition whose areas a set's domains inform, and the scale of their grades, worst first."""
        key = (edition_id, set_id, length)
        if key not in self.sets:
            self.sets[key] = self._read_set(*key)
        return self.sets[key]

    def _read_set(self, edition_id: str, set_id: str, length: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        questions = question_sets.find_set(self.session, SetName(edition_id, set_id, length))
        if questions is None:
            edition = question_sets.find_edition(self.session, edition_id)
            return (edition.informs_edition if edition else None) or edition_id, ()
        points = questions.scale(questions.domain_scale).points if questions.domain_scale else ()
        return questions.informs_edition or edition_id, tuple((point.code, point.name) for point in points)


def cases_of(session: Session, authority_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """The case references of some audits as they stand now, for the key list."""
    wanted = set(numbers)
    statement = select(CaseAudit.number, CaseAudit.case_reference).where(CaseAudit.authority_id == authority_id)
    if len(wanted) <= 500:
        statement = statement.where(col(CaseAudit.number).in_(wanted))
    return {number: case for number, case in session.exec(statement).all() if number in wanted}


def case_references(session: Session, authority_id: int) -> list[str]:
    """Every case reference the council has used: typed texts are searched for them before a pack goes out."""
    statement = select(CaseAudit.case_reference).where(CaseAudit.authority_id == authority_id).distinct()
    return list(session.exec(statement).all())
