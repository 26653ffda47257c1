"""How a row is named to a reader: by its public reference where it has one, or through what it belongs to. Pure."""

from collections.abc import Mapping
from typing import Any

from findings.references import reference

NUMBERED = {
    "case_audit": "AUD", "audit_action": "AAC", "finding": "FND", "area_for_improvement": "AFI", "action": "ACT",
    "plan": "PLN", "inspection": "INS", "evidence_pack": "PCK", "pack_kind": "KND", "own_set": "SET",
    "evidence": "EVD", "folder_entry": "FOL", "evidence_batch": "BAT", "self_assessment": "SAS",
    "subject_request": "SAR", "legal_hold": "HLD", "removal": "RMV",
}  # fmt: skip
THROUGH = {
    "audit_number": "AUD", "finding_number": "FND", "area_number": "AFI", "plan_number": "PLN",
    "inspection_number": "INS", "pack_number": "PCK", "evidence_number": "EVD", "assessment_number": "SAS",
    "removal_number": "RMV", "set_number": "SET", "batch_number": "BAT",
}  # fmt: skip
OF_AN_AUDIT = ("audit_action_update",)
PLAIN = ("reference", "path", "user_name", "question", "key", "sequence", "id")


def named(table: str, row: Mapping[str, Any]) -> str:
    """What the row is called, such as AUD-0042, or by what it hangs on."""
    if table in NUMBERED:
        return reference(NUMBERED[table], row["number"])
    for column, prefix in THROUGH.items():
        if row.get(column) is not None:
            return reference(prefix, row[column])
    if row.get("action_number") is not None:
        return reference("AAC" if table in OF_AN_AUDIT else "ACT", row["action_number"])
    return next((f"{column} {row[column]}" for column in PLAIN if row.get(column)), "")
