"""What a pack that has ended says of itself wherever somebody asks for it. Pure."""

from collections.abc import Mapping

from audit_app import words
from audit_app.packs.tables import PACK, EvidencePackRow
from findings.references import reference


def ended_words(row: EvidencePackRow) -> str:
    """That the pack was withdrawn or destroyed, when and why; nothing while it stands."""
    name = reference(PACK, row.number)
    if row.destroyed_at is not None:
        why = f" {_sentence(row.destroy_reason)}" if row.destroy_reason else ""
        return f"{name} was destroyed on {words.date_words(row.destroyed_at)}.{why} Its contents are gone."
    if row.withdrawn_at is not None:
        when = words.date_words(row.withdrawn_at)
        return f"{name} was withdrawn on {when} and must not be used any more. {_sentence(row.withdrawn_reason)}"
    return ""


def by_whom_ended(row: EvidencePackRow, names: Mapping[int, str]) -> str:
    """Who withdrew the pack, or who asked for its end and who agreed; nothing while it stands."""
    gone = "somebody who has left"
    if row.destroyed_at is not None:
        if row.destroyed_by is None:
            return f"Its date of destruction was {words.date_words(row.destroy_on)}." if row.destroy_on else ""
        asked, agreed = (names.get(person or 0, gone) for person in (row.destroy_asked_by, row.destroyed_by))
        return f"Asked for by {asked}, agreed by {agreed}."
    return f"Withdrawn by {names.get(row.withdrawn_by or 0, gone)}." if row.withdrawn_at is not None else ""


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
