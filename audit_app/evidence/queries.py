"""Reads of evidence: one piece, and what proves a thing; every read is cut to what the person may see."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.errors import NotFound
from audit_app.evidence.batches.tables import EvidenceBatchFile
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceUse, EvidenceVersion
from findings.references import reference

MOST_AT_ONCE = 400  # references in one statement


def get_evidence(session: Session, authority_id: int, number: int, *, lock: bool = False) -> Evidence:
    """One piece of evidence.

    Raises:
        NotFound: there is none, or this person may not see it.
    """
    statement = select(Evidence).where(Evidence.authority_id == authority_id, Evidence.number == number)
    if lock:
        statement = statement.with_for_update()
    row = session.exec(statement.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(f"There is no {reference(EVIDENCE, number)} here. Check the reference.")
    return row


def get_version(session: Session, authority_id: int, number: int, version: int) -> EvidenceVersion:
    """One version of a piece of evidence.

    Raises:
        NotFound: there is none, or this person may not see it.
    """
    row = session.exec(
        select(EvidenceVersion).where(
            EvidenceVersion.authority_id == authority_id,
            EvidenceVersion.evidence_number == number,
            EvidenceVersion.version == version,
        )
    ).first()
    if row is None:
        raise NotFound(f"There is no version {version} of {reference(EVIDENCE, number)} here.")
    return row


def line_of(row: Evidence, version: EvidenceVersion, use: EvidenceUse | None = None) -> EvidenceLine:
    """One piece of evidence as a line, in this version."""
    same = ("title", "shows", "effect", "level", "renewal", "kept_out_reason", "withdrawn_at", "withdrawn_reason")
    of_version = (
        "version", "speaks_from", "speaks_to", "made_on", "held", "sha256", "picture_sha256", "kind", "given_name",
        "size", "pages", "address", "held_where", "held_by", "scan",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(row, name) for name in same}
    values |= {name: getattr(version, name) for name in of_version}
    if use is not None:
        values |= {"proves_reference": use.reference, "proves": use.proves, "use_id": use.id}
        values["attached_at"] = use.attached_at
    number = reference(EVIDENCE, row.number)
    return EvidenceLine(reference=number, newest=row.current_version, owner=row.owner_post_title, **values)


def evidence_of(
    session: Session, authority_id: int, references: Iterable[str], *, whole_things: bool = False
) -> Mapping[str, tuple[EvidenceLine, ...]]:
    """What proves each of these things, oldest first, each in the version that stood when it was attached.

    Args:
        session: Reads are cut to what its scope may see.
        authority_id: The council.
        references: Public references, with the part after a stroke where one was given: ACT-0011/completion.
        whole_things: Whether a thing is given what proves any part of it as well: ACT-0011 then has the lines of
            ACT-0011/completion too.

    Returns:
        Every reference asked for, with its lines; none where nothing is attached that this person may see.
    """
    wanted = list(dict.fromkeys(references))
    lines: dict[str, list[EvidenceLine]] = {name: [] for name in wanted}
    for start in range(0, len(wanted), MOST_AT_ONCE):
        for row, version, use in _uses(session, authority_id, wanted[start : start + MOST_AT_ONCE], whole_things):
            whole = use.reference.partition("/")[0]
            for name in {use.reference, whole} if whole_things else {use.reference}:
                if name in lines:
                    lines[name].append(line_of(row, version, use))
    return {name: tuple(each) for name, each in lines.items()}


def _uses(session: Session, authority_id: int, wanted: Collection[str], whole_things: bool) -> Iterable[Any]:
    named: Any = col(EvidenceUse.reference).in_(wanted)
    if whole_things:
        parts = [col(EvidenceUse.reference).startswith(f"{name}/", autoescape=True) for name in wanted]
        named = sa.or_(named, *parts)
    statement = (
        select(Evidence, EvidenceVersion, EvidenceUse)
        .join(EvidenceUse, same_evidence(EvidenceUse))
        .join(
            EvidenceVersion,
            sa.and_(same_evidence(EvidenceVersion), col(EvidenceVersion.version) == EvidenceUse.version),
        )
        .where(Evidence.authority_id == authority_id, named, col(EvidenceUse.detached_at).is_(None))
        .order_by(col(EvidenceUse.id))
    )
    return session.exec(statement).all()


def hashes_named(session: Session) -> set[str]:
    """Every file that a version or its picture names, whatever became of it, or that waits to be confirmed.

    None of them may be removed. The parts of a ZIP are not among them: nobody else ever names one.
    """
    columns: list[Any] = [
        EvidenceVersion.sha256, EvidenceVersion.picture_sha256, EvidenceBatchFile.sha256,
        EvidenceBatchFile.picture_sha256,
    ]  # fmt: skip
    return {sha256 for column in columns for sha256 in session.exec(select(column).distinct()).all() if sha256}


def is_current() -> Any:
    """The condition that joins a piece of evidence to its newest version."""
    return sa.and_(same_evidence(EvidenceVersion), col(EvidenceVersion.version) == Evidence.current_version)


def same_evidence(table: Any) -> Any:
    """The condition that joins a piece of evidence to its rows in another table."""
    return sa.and_(col(table.authority_id) == Evidence.authority_id, col(table.evidence_number) == Evidence.number)
