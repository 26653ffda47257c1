"""Reads which pack a reference or a fingerprint from paper means, and what has become of it since."""

from sqlmodel import Session, col, select

from audit_app.packs.release import current, steps
from audit_app.packs.release.current import Answer
from audit_app.packs.release.queries import Standing, standing_of
from audit_app.packs.tables import PACK, EvidencePackRow
from findings.references import number_of

MOST = 5


def answers_to(session: Session, authority_id: int, typed: str) -> list[Answer]:
    """What to say of each pack that was meant: one by its reference, or those whose fingerprint begins so."""
    return [_answer(session, row) for row in _meant(session, authority_id, typed)]


def _meant(session: Session, authority_id: int, typed: str) -> list[EvidencePackRow]:
    every = select(EvidencePackRow).where(EvidencePackRow.authority_id == authority_id)
    if (number := number_of(typed.strip().upper(), PACK)) is not None:
        return list(session.exec(every.where(EvidencePackRow.number == number)))
    begins = current.typed_fingerprint(typed)
    if not begins:
        return []
    like = every.where(col(EvidencePackRow.fingerprint).startswith(begins, autoescape=True))
    return list(session.exec(like.order_by(col(EvidencePackRow.number)).limit(MOST)))


def _answer(session: Session, row: EvidencePackRow) -> Answer:
    own, later = standing_of(session, row), _later(session, row)
    released = [pack for pack, standing in later if standing.step is steps.Step.released]
    drafts = [
        pack for pack, standing in later if standing.step in (steps.Step.draft, steps.Step.proof_read)
    ]  # fmt: skip
    return current.answer(
        row, own.step, own.releases, released[-1] if released else None, drafts[-1] if drafts else None
    )


def _later(session: Session, row: EvidencePackRow) -> list[tuple[EvidencePackRow, Standing]]:
    """Every later version of a pack, version upon version, in the order in which they were asked for."""
    later: list[EvidencePackRow] = []
    numbers = [row.number]
    while numbers:
        statement = select(EvidencePackRow).where(
            EvidencePackRow.authority_id == row.authority_id, col(EvidencePackRow.replaces).in_(numbers)
        )
        versions = [pack for pack in session.exec(statement) if pack not in later]
        later += versions
        numbers = [pack.number for pack in versions]
    return [(pack, standing_of(session, pack)) for pack in sorted(later, key=lambda pack: pack.number)]
