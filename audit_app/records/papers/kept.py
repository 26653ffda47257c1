"""How long each class of records is kept, in words: what the service does by itself, or what the council has set."""

from collections.abc import Mapping

from audit_app.records.kinds import BY_CODE
from audit_app.words import Ours

NAMES = {
    "audits": Ours("Audits, and all that hangs on them"),
    "evidence": Ours("Evidence and its files"),
    "packs": Ours("Evidence packs, their files and the register of releases"),
    "self-assessments": Ours("Self-assessments"),
    "thread": Ours("Inspections, findings, areas, plans and actions"),
    "accounts": Ours("Accounts, roles, teams and posts of people"),
    "notices": Ours("Notices and e-mails"),
    "unsaved": Ours("Text that is not saved, and files that wait to be confirmed"),
    "housekeeping": Ours("Sessions, counts and jobs"),
    "set-up": Ours("The council’s own set-up"),
    "data-protection": Ours("Requests, holds and certificates of data protection, and what the council says"),
    "log": Ours("The history log"),
}
# What no period is set for, and what becomes of it.
BY_ITSELF = {
    "accounts": Ours(
        "An account is closed when its person leaves. Address, password and second factors go after the months the "
        "settings say, where they say so; the name stays with the work that was done under it"
    ),
    "notices": Ours(
        "Notices go after the days the settings say, or with the thing they are about; e-mails after a day, failed "
        "ones after a week"
    ),
    "unsaved": Ours("Some hours or days, then removed by the service itself, as the settings say"),
    "housekeeping": Ours("As the running of the service needs it"),
    "set-up": Ours("As long as the service is used: the council changes it itself"),
    "data-protection": Ours(
        "As long as the service is used; a copy made for subject access ends after some days by itself"
    ),
    "log": Ours("As long as the service is used: it holds codes, references and keyed hashes, and is never cut"),
}
# Class: the kinds of record a council sets a period for.
KINDS_OF = {
    "audits": ("audits_open", "audits_submitted", "audits_agreed", "audits_cancelled"),
    "evidence": ("evidence", "evidence_withdrawn"),
    "packs": ("packs", "packs_released"),
    "self-assessments": ("self_assessments", "self_assessments_unsigned"),
    "thread": ("inspections", "findings", "areas", "plans", "actions"),
}
NOT_SET = Ours("Set by the council. No period is set, so nothing is removed because of its age")


def in_words(kept: str, periods: Mapping[str, str]) -> str:
    """How long a class is kept: what the service does by itself, what the council has set, or that nothing is set.

    Args:
        kept: A class of records, of NAMES.
        periods: What is set, in words, by the code of the kind of record.
    """
    if kept in BY_ITSELF:
        return BY_ITSELF[kept]
    if not any(code in periods for code in KINDS_OF[kept]):
        return NOT_SET
    kinds = (f"{BY_CODE[code].name}: {periods.get(code, 'no period is set')}" for code in KINDS_OF[kept])
    return Ours("; ".join(kinds))
