"""Reads of one piece of evidence for its page: its versions, what it proves, what happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from audit_app import history
from audit_app.evidence import freshness, queries, uses
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.states import Freshness
from audit_app.evidence.tables import EVIDENCE, FOLDER, Evidence, EvidenceText, EvidenceUse, EvidenceVersion
from audit_app.people import queries as people
from findings.references import reference

PREVIEW = 1_500  # characters of a file's words that are shown where it has no picture


@dataclass(frozen=True)
class VersionView:
    """One version on the page."""

    line: EvidenceLine
    why: str
    who: str
    added_at: datetime


@dataclass(frozen=True)
class UseView:
    """One thing it proves or proved."""

    use: EvidenceUse
    called: str
    who: str
    renewed_since: bool


@dataclass(frozen=True)
class EvidenceView:
    """A piece of evidence with everything its page shows."""

    row: Evidence
    line: EvidenceLine
    stands: Freshness
    preview: str
    whole_text: bool
    versions: tuple[VersionView, ...]
    uses: tuple[UseView, ...]
    past_uses: tuple[UseView, ...]
    owner: str
    added: str
    withdrawn: str
    history: tuple[str, ...]

    @property
    def reference(self) -> str:
        """EVD-0001."""
        return self.line.reference


def view_of(session: Session, authority_id: int, number: int, *, today: date, grace_days: int) -> EvidenceView:
    """A piece of evidence for its page.

    Raises:
        NotFound: there is none, or this person may not see it.
    """
    row = queries.get_evidence(session, authority_id, number)
    versions = _rows(session, EvidenceVersion, authority_id, number, col(EvidenceVersion.version).desc())
    every_use = _rows(session, EvidenceUse, authority_id, number, col(EvidenceUse.id))
    holder = people.holder_of(session, row.owner_post_id, today)
    who = [row.added_by, row.withdrawn_by, holder, *(version.added_by for version in versions)]
    names = people.names_of(session, [*who, *(x for use in every_use for x in (use.attached_by, use.detached_by))])
    current = next(version for version in versions if version.version == row.current_version)
    preview, whole = _preview(session, authority_id, number, row.current_version)
    used = [_use_view(row, use, names) for use in every_use]
    return EvidenceView(
        row=row, line=queries.line_of(row, current),
        stands=freshness.stands(row.renew_by, today, grace_days, withdrawn=row.withdrawn_at is not None),
        preview=preview, whole_text=whole,
        versions=tuple(
            VersionView(queries.line_of(row, each), each.why, _name(names, each.added_by), each.added_at)
            for each in versions
        ),
        uses=tuple(view for view in used if view.use.detached_at is None),
        past_uses=tuple(view for view in used if view.use.detached_at is not None),
        owner=_owner(row, _name(names, holder) if holder else ""), added=_name(names, row.added_by),
        withdrawn=_name(names, row.withdrawn_by) if row.withdrawn_at else "",
        history=history_of(session, authority_id, reference(EVIDENCE, number)),
    )  # fmt: skip


def _rows(session: Session, table: Any, authority_id: int, number: int, order: Any) -> list[Any]:
    statement = select(table).where(table.authority_id == authority_id, table.evidence_number == number)
    return list(session.exec(statement.order_by(order)).all())


def _preview(session: Session, authority_id: int, number: int, version: int) -> tuple[str, bool]:
    statement = select(EvidenceText).where(
        EvidenceText.authority_id == authority_id,
        EvidenceText.evidence_number == number,
        EvidenceText.version == version,
    )
    text = session.exec(statement).first()
    return (text.text[:PREVIEW], text.whole) if text else ("", True)


def _use_view(row: Evidence, use: EvidenceUse, names: dict[int, str]) -> UseView:
    return UseView(
        use=use, called=_capital(uses.called(use.reference)),  who=_name(names, use.detached_by or use.attached_by),
        renewed_since=_renewed_since(row, use),
    )  # fmt: skip


def _renewed_since(row: Evidence, use: EvidenceUse) -> bool:
    """Whether it stands there in an older version; the folder is of today and always shows the newest."""
    in_folder = uses.prefix_of(use.reference) == FOLDER
    return use.detached_at is None and not in_folder and row.current_version > use.version


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _owner(row: Evidence, holder: str) -> str:
    if not row.owner_post_title:
        return ""
    return f"{row.owner_post_title} (held by {holder})" if holder else row.owner_post_title


def _name(names: dict[int, str], person_id: int | None) -> str:
    return names.get(person_id or 0, "somebody no longer here")


def history_of(session: Session, authority_id: int, about: str) -> tuple[str, ...]:
    """What happened to one thing, newest first, in sentences."""
    entries = history.entries_about(session, authority_id, about)
    names = people.names_of(session, [entry.actor for entry in entries])

    def called(actor: int | None) -> str:
        return names.get(actor, "Somebody no longer here") if actor is not None else "The system"

    return tuple(history.tell(entry, called) for entry in entries)
