"""Whether a case reference is a code and not a name, by the council's own pattern (PR-1)."""

import re

from audit_app.audits.tables import Subject

# Files about staff and carers are numbered by the council in other ways than children's records; so are agencies.
WITHOUT_PATTERN = (
    Subject.supervision_file, Subject.carer, Subject.agency, Subject.setting, Subject.team, Subject.employer,
)  # fmt: skip
LONGEST = 60
PLAIN = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/._-]*")


def why_refused(text: str, subject: Subject, *, pattern: str, example: str) -> str:
    """What is wrong with a case reference, with the remedy; empty when it can be kept."""
    if not text:
        return "Enter the case reference"
    if len(text) > LONGEST:
        return f"Case reference must be {LONGEST} characters or fewer. It is {len(text) - LONGEST} too long"
    if subject not in WITHOUT_PATTERN and pattern:
        if re.fullmatch(pattern, text):
            return ""
        like = f", like {example}" if example else " in the pattern your council uses"
        return f"Case reference must be a reference{like}. Do not enter a name"
    if PLAIN.fullmatch(text):
        return ""
    return "Case reference must be a code of letters, digits and dashes with at least one digit. Do not enter a name"
