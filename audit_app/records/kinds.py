"""The kinds of record a council sets a period for: what each is, from which day it counts, and what is law. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import AUDIT, Stage
from audit_app.evidence.tables import EVIDENCE
from audit_app.packs.tables import PACK
from audit_app.words import Ours

NO_STATUTE = Ours("No statute says how long: the council decides. Data protection law asks for no longer than needed.")
CASE_RECORD = Ours(
    "No statute speaks of audits. The child’s own record, which has periods of its own in law, is not kept here."
)
INQUIRY = Ours(
    "The inquiry into child sexual abuse recommended 75 years for records about it (2022). Not checked here: ask your "
    "legal team."
)


def by_itself(name: Ours) -> Ours:
    """A name that begins a line."""
    return Ours(name[:1].upper() + name[1:])


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its public name, a sentence on it, the days it can count from, and where that comes from."""

    code: str
    prefix: str
    name: Ours
    what: Ours
    days: Mapping[str, Ours]
    source: Ours
    stages: tuple[Stage, ...] = ()

    @property
    def title(self) -> Ours:
        """Its name where it stands by itself."""
        return by_itself(self.name)

    @property
    def first_day(self) -> str:
        """The day offered first."""
        return next(iter(self.days))


KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        "audits_open", AUDIT, Ours("audits never submitted"),
        Ours("Audits that were set up or begun and never submitted, with everything typed on them."),
        {"due_on": Ours("the day it was due"), "allocated_on": Ours("the day it was set up")},
        CASE_RECORD, (Stage.drawn, Stage.allocated, Stage.in_progress),
    ),
    RecordKind(
        "audits_submitted", AUDIT, Ours("audits submitted but not agreed"),
        Ours("Audits that were submitted and that nobody marked as agreed."),
        {"submitted_at": Ours("the day it was submitted")},
        CASE_RECORD, (Stage.submitted, Stage.in_moderation),
    ),
    RecordKind(
        "audits_agreed", AUDIT, Ours("agreed audits"),
        Ours("Agreed audits with their answers, every frozen version, concerns, actions and what was said of them. "
             "What findings say of them stays, without the record."),
        {"agreed_at": Ours("the day it was agreed"), "submitted_at": Ours("the day it was submitted")},
        Ours(f"{CASE_RECORD} {INQUIRY}"), AFTER_AGREEMENT,
    ),
    RecordKind(
        "audits_cancelled", AUDIT, Ours("audits taken out"),
        Ours("Audits that were exempted, replaced or withdrawn."),
        {"due_on": Ours("the day it was due"), "allocated_on": Ours("the day it was set up")},
        CASE_RECORD, (Stage.exempted, Stage.replaced, Stage.withdrawn),
    ),
    RecordKind(
        "evidence_withdrawn", EVIDENCE, Ours("withdrawn evidence"),
        Ours("Evidence that was withdrawn, with every version, its files and the words read from them."),
        {"withdrawn_at": Ours("the day it was withdrawn")}, NO_STATUTE,
    ),
    RecordKind(
        "evidence", EVIDENCE, Ours("evidence"),
        Ours("Evidence that stands, with every version, its files and the words read from them."),
        {"speaks_to": Ours("the last day its newest version speaks of"), "added_at": Ours("the day it was added")},
        NO_STATUTE,
    ),
    RecordKind(
        "packs", PACK, Ours("packs never released"),
        Ours("Contents and files of evidence packs that were given to nobody; the register keeps their line. A pack’s "
             "own day of destruction stands beside this."),
        {"asked_at": Ours("the day it was asked for"), "period_to": Ours("the last day of its period")}, NO_STATUTE,
    ),
    RecordKind(
        "packs_released", PACK, Ours("released packs"),
        Ours("Contents and files of evidence packs that were given to somebody, and of each copy; the register keeps "
             "who had them."),
        {"asked_at": Ours("the day it was asked for"), "period_to": Ours("the last day of its period")}, NO_STATUTE,
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}


@dataclass(frozen=True)
class NeverHere:
    """Something that has no period of the council's own here, and why."""

    name: Ours
    why: Ours

    @property
    def title(self) -> Ours:
        """Its name where it stands by itself."""
        return by_itself(self.name)


WITHOUT_PERIOD = (
    NeverHere(
        Ours("text typed and not saved"), Ours("It is forgotten by itself after some hours, which a setting says.")
    ),
    NeverHere(
        Ours("the history log"),
        Ours("It is never shortened: it holds references, codes and keyed hashes, and no words anybody typed."),
    ),
    NeverHere(
        Ours("findings, areas for improvement, plans and inspections"),
        Ours("They tell of practice and hold no child’s record. This version removes none of them."),
    ),
    NeverHere(Ours("self-assessments"), Ours("They tell of the council. This version removes none of them.")),
    NeverHere(
        Ours("accounts, and what people were told"),
        Ours("A leaver’s account is closed by an administrator and keeps the name its work was done under. A notice "
             "holds a reference and goes with the thing it is about."),
    ),
    NeverHere(Ours("backups"), Ours("They are kept by age, as settings say, and a removal does not reach into them.")),
)  # fmt: skip
