"""Where else a record is named: texts that name its case reference, and what findings and claims say came from it."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from audit_app.audits.tables import AUDIT, AUDIT_ACTION
from audit_app.evidence.batches.tables import BATCH
from audit_app.evidence.tables import EVIDENCE, FOLDER
from audit_app.library.tables import OWN_SET
from audit_app.packs.tables import PACK
from audit_app.people.exports.tables import EXPORT
from audit_app.records.erasure.listing import Stay, Why
from audit_app.records.erasure.parts import improvement
from audit_app.records.erasure.parts.hangs import Hanging
from audit_app.records.subject_access.tables import REQUEST
from audit_app.self_assessment.tables import SELF_ASSESSMENT, AssessmentSection, Citation, Claim
from findings.references import ACTION, AREA, FINDING, INSPECTION, PLAN, reference
from findings.tables import ImpactJudgement, Source

# By which column a row says what it belongs to, and what such a thing is called.
OWN_NUMBER = {
    "case_audit": AUDIT, "audit_action": AUDIT_ACTION, "finding": FINDING, "area_for_improvement": AREA,
    "action": ACTION, "plan": PLAN, "inspection": INSPECTION, "evidence": EVIDENCE, "folder_entry": FOLDER,
    "evidence_pack": PACK, "self_assessment": SELF_ASSESSMENT, "subject_request": REQUEST,
    "evidence_batch": BATCH, "own_set": OWN_SET, "long_export": EXPORT,
}  # fmt: skip
NUMBER_COLUMNS = {
    "audit_number": AUDIT, "finding_number": FINDING, "area_number": AREA, "plan_number": PLAN,
    "inspection_number": INSPECTION, "evidence_number": EVIDENCE, "pack_number": PACK, "batch_number": BATCH,
    "set_number": OWN_SET,
    "assessment_number": SELF_ASSESSMENT,
}  # fmt: skip
# Rows with a rule of their own in a removal, or that are nobody's words.
LOOKED_AT_ELSEWHERE = {
    "kept_form", "legal_hold", "removal", "removal_line", "history_entry", "seal", "notice", "job", "outgoing_mail",
    "evidence_pack",
}  # fmt: skip


# Parts whose own row does not say which self-assessment or area they belong to: the way up, and what it leads to.
THROUGH: dict[str, list[tuple[str, Hanging]]] = {
    **{each.table.__table__.name: [("assessment_number", each)]  # type: ignore[attr-defined]
       for each in improvement.ON_ASSESSMENTS if each.up},
    "source": [("area_number", each) for each in improvement.ON_AREAS if each.up],
}  # fmt: skip


def text_tables() -> list[tuple[Any, list[Any]]]:
    """Every table of a council's data that holds text, with those columns."""
    tables = []
    for name, table in sorted(SQLModel.metadata.tables.items()):
        texts = [column for column in table.columns if _is_text(column.type)]
        if "authority_id" in table.columns and texts and name not in LOOKED_AT_ELSEWHERE:
            tables.append((table, texts))
    return tables


def _is_text(kind: Any) -> bool:
    """Whether a column holds text, and not one word of a closed list; SQLModel’s own kind of text wraps another."""
    inner = getattr(kind, "impl", kind)
    return isinstance(inner, sa.String) and not isinstance(inner, sa.Enum)


def that_name(session: Session, authority_id: int, case_reference: str, going: Collection[str]) -> list[Stay]:
    """What else names a case reference in its words: it stays until somebody rewords it."""
    if not case_reference:
        return []
    stays = {}
    for table, texts in text_tables():
        key = [column for column in table.columns if column.name in ("number", "action_number", *NUMBER_COLUMNS)]
        named = sa.or_(*(column.icontains(case_reference, autoescape=True) for column in texts))
        within = (table.c.authority_id == authority_id, named)
        for statement in _asked(table, key, within):
            for row in session.connection().execute(statement).mappings().all():
                name = _name_of(table.name, dict(row))
                if name not in going and not _goes_with(name, going, row):
                    stays[name] = Stay(name, Why.names_it, "" if "-" in name else table.name)
    return list(stays.values())


def _asked(table: Any, key: list[Any], within: tuple[Any, ...]) -> list[Any]:
    """The statements that find rows, each with the column that says what they belong to, however far above."""
    ways = THROUGH.get(table.name, [])
    statements = [
        sa.select(each.number.label(label)).select_from(each.joined()).where(*within).distinct()
        for label, each in ways
    ]  # fmt: skip
    if ways and table.name == "source":
        within = (*within, table.c.finding_number.is_not(None))
    elif ways:
        return statements
    return [*statements, sa.select(*(key or [sa.literal(0).label("none")])).where(*within)]


def _goes_with(name: str, going: Collection[str], row: Any) -> bool:
    """Whether a part of an audit is named: it goes with its audit."""
    number = row.get("audit_number")
    return number is not None and reference(AUDIT, number) in going


def _name_of(table: str, row: dict[str, Any]) -> str:
    """The reference of the thing a row belongs to; the name of the table where it belongs to none."""
    if table in OWN_NUMBER:
        return reference(OWN_NUMBER[table], row["number"])
    for column, prefix in NUMBER_COLUMNS.items():
        if row.get(column) is not None:
            return reference(prefix, row[column])
    if row.get("action_number") is not None:
        return reference(AUDIT_ACTION if table == "audit_action_update" else ACTION, row["action_number"])
    return table.replace("_", " ")


def that_cite(session: Session, authority_id: int, going: Collection[str]) -> list[Stay]:
    """Findings, judgements of impact and self-assessments that say what came from these things, in words without them.

    What they say stays; their pages then say that the record was removed.
    """
    stays: dict[str, Stay] = {}
    named = sa.or_(col(Source.audit_reference).in_(going), col(Source.evidence_reference).in_(going))
    sources = (
        select(Source.finding_number, ImpactJudgement.area_number)
        .join(ImpactJudgement, sa.and_(
            col(ImpactJudgement.authority_id) == Source.authority_id, col(ImpactJudgement.id) == Source.impact_id
        ), isouter=True)
        .where(Source.authority_id == authority_id, named)
    )  # fmt: skip
    for finding, area in session.exec(sources).all():
        name = reference(FINDING, finding) if finding is not None else reference(AREA, area)
        stays[name] = Stay(name, Why.cites_it)
    claims = (
        select(AssessmentSection.assessment_number)
        .join(Claim, sa.and_(
            col(Claim.authority_id) == AssessmentSection.authority_id, col(Claim.section_id) == AssessmentSection.id
        ))
        .join(Citation, sa.and_(
            col(Citation.authority_id) == Claim.authority_id, col(Citation.claim_id) == Claim.id
        ))
        .where(AssessmentSection.authority_id == authority_id, col(Citation.reference).in_(going))
    )  # fmt: skip
    for number in session.exec(claims).all():
        name = reference(SELF_ASSESSMENT, number)
        stays[name] = Stay(name, Why.cites_it)
    return list(stays.values())
