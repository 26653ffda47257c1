"""Words of subject access that page and workbook share."""

from audit_app.records.subject_access.tables import SubjectKind, SubjectRequest
from audit_app.words import Ours, ours

SUBJECTS = ours(
    {
        SubjectKind.case_reference: "One case reference, with all its audits",
        SubjectKind.staff_code: "One practitioner or manager, by the code, post or name that audits have",
        SubjectKind.account: "Somebody with an account",
    }
)


def standing(row: SubjectRequest, *, is_running: bool, failed: str) -> Ours | str:
    """How a request stands, in a sentence."""
    if row.refused_at is not None:
        return Ours("Refused")
    if row.removed_at is not None:
        return Ours("The copy has ended and was removed")
    if row.sha256:
        return Ours("The copy is ready")
    if row.agreed_at is None:
        return Ours("Waits for a second person")
    return Ours("The copy is being made") if is_running else failed or Ours("Waits to be made")
