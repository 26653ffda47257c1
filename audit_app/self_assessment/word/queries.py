"""Reads of Word templates: every version of each, which one is in use, the file itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app import evidence_store, words
from audit_app.errors import NotFound
from audit_app.people import queries as people
from audit_app.self_assessment.tables_outputs import WordFor, WordTemplate
from audit_app.self_assessment.word import ours


@dataclass(frozen=True)
class TemplateLine:
    """One version of a template in the list."""

    version: int
    given_name: str
    size: str
    note: str
    by: str
    added_at: datetime
    set_aside_at: datetime | None
    set_aside_by: str
    in_use: bool


@dataclass(frozen=True)
class InUse:
    """The template that makes a document now."""

    data: bytes
    version: int  # 0: ours
    words: str


def list_templates(session: Session, authority_id: int, word_for: WordFor) -> list[TemplateLine]:
    """Every version of one template, the newest first."""
    rows = _rows(session, authority_id, word_for)
    names = people.names_of(session, [each for row in rows for each in (row.added_by, row.set_aside_by)])
    used = next((row.version for row in rows if row.set_aside_at is None), 0)
    return [
        TemplateLine(
            version=row.version,
            given_name=row.given_name,
            size=words.file_size(row.size),
            note=row.note,
            by=names.get(row.added_by, "Somebody no longer here"),
            added_at=row.added_at,
            set_aside_at=row.set_aside_at,
            set_aside_by=names.get(row.set_aside_by or 0, ""),
            in_use=row.version == used,
        )
        for row in rows
    ]


def _rows(session: Session, authority_id: int, word_for: WordFor) -> list[WordTemplate]:
    query = select(WordTemplate).where(
        WordTemplate.authority_id == authority_id, col(WordTemplate.word_for) == word_for
    )
    return list(session.exec(query.order_by(sa.desc(col(WordTemplate.version)))).all())


def get_template(session: Session, authority_id: int, word_for: WordFor, version: int) -> WordTemplate:
    """One version, or NotFound."""
    row = next((row for row in _rows(session, authority_id, word_for) if row.version == version), None)
    if row is None:
        raise NotFound("There is no such version of this template.")
    return row


def in_use(session: Session, config: Mapping[str, Any], authority_id: int, word_for: WordFor) -> InUse:
    """The newest version that nobody set aside; ours where there is none."""
    row = next((row for row in _rows(session, authority_id, word_for) if row.set_aside_at is None), None)
    if row is None:
        return InUse(ours.template(word_for), 0, "The template this product comes with")
    called = f"Version {row.version} of the council’s own template, added on {words.date_words(row.added_at)}"
    return InUse(evidence_store.read_file(config, row.sha256), row.version, called)
