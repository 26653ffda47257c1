"""How long each class of records is kept, in words: what the service does by itself, or what the council has set."""

from collections.abc import Mapping

from audit_app.words import Ours

# What the service removes or keeps whatever the council sets.
BY_ITSELF = {
    "log": Ours("As long as the service is used: the log holds codes, references and keyed hashes, and is never cut"),
    "unsaved": Ours("Some hours or days, then removed by the service itself, as the settings say"),
    "housekeeping": Ours("As the running of the service needs it"),
    "set-up": Ours("As long as the service is used: the council changes it itself"),
}
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
    "data-protection": Ours("Requests and certificates of data protection, and what the council says in its papers"),
    "log": Ours("The history log"),
}
NOT_SET = Ours("Set by the council. No period is set, so nothing is removed by itself")


def in_words(kept: str, periods: Mapping[str, str]) -> str:
    """How long a class is kept: what the service does by itself, what the council has set, or that nothing is set."""
    return BY_ITSELF.get(kept) or periods.get(kept) or NOT_SET
