"""Who may take an audit from which stage to which: the whole table as data, and the only place that decides (PE-6)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from audit_app.audits.tables import Stage
from audit_app.audits.wording import STAGE_WORDS
from audit_app.people.tables import Role
from findings.errors import NotAllowed, OutOfTurn


class Hat(StrEnum):
    """What somebody is to one audit: its own auditor, or the QA manager who runs the audits."""

    its_auditor = auto()
    qa_manager = auto()


class Step(Enum):
    """What can be done to an audit that changes its stage."""

    allocate = "allocate"
    begin = "begin"
    submit = "submit"
    agree = "agree"
    reopen = "reopen"
    exempt = "exempt"
    replace = "replace"
    withdraw = "withdraw"


@dataclass(frozen=True)
class Move:
    """One row of the table: a step leads from a stage to another, for those who wear one of these hats."""

    step: Step
    start: Stage
    end: Stage
    hats: frozenset[Hat]


AUDITING_ROLES = frozenset({Role.auditor, Role.qa_manager})
AUDITOR = frozenset({Hat.its_auditor})
QA = frozenset({Hat.qa_manager})
BEFORE_SUBMISSION = (Stage.drawn, Stage.allocated, Stage.in_progress)
ANSWERED_IN = (Stage.allocated, Stage.in_progress)
EXITS = (Stage.exempted, Stage.replaced, Stage.withdrawn)

TABLE: tuple[Move, ...] = (
    Move(Step.allocate, Stage.drawn, Stage.allocated, QA),
    Move(Step.begin, Stage.allocated, Stage.in_progress, AUDITOR),
    Move(Step.submit, Stage.in_progress, Stage.submitted, AUDITOR),
    Move(Step.agree, Stage.submitted, Stage.agreed, QA),
    Move(Step.reopen, Stage.submitted, Stage.in_progress, AUDITOR | QA),
    # An agreed audit is unlocked by the QA manager and corrected by its auditor: two people (PE-4).
    Move(Step.reopen, Stage.agreed, Stage.in_progress, QA),
    *(Move(Step.exempt, start, Stage.exempted, QA) for start in BEFORE_SUBMISSION),
    *(Move(Step.replace, start, Stage.replaced, QA) for start in BEFORE_SUBMISSION),
    *(Move(Step.withdraw, start, Stage.withdrawn, QA) for start in (*BEFORE_SUBMISSION, Stage.submitted, Stage.agreed)),
)

# Nobody agrees, or unlocks once agreed, what they audited themselves (PE-3, PE-4).
NOT_ONES_OWN = {(Step.agree, Stage.submitted), (Step.reopen, Stage.agreed)}

DOING = {
    Step.allocate: "allocated",
    Step.begin: "begun",
    Step.submit: "submitted",
    Step.agree: "marked as agreed",
    Step.reopen: "reopened",
    Step.exempt: "exempted",
    Step.replace: "replaced",
    Step.withdraw: "withdrawn",
}


def next_stage(step: Step, stage: Stage, hats: Collection[Hat]) -> Stage:
    """The stage a step leads to.

    Raises:
        OutOfTurn: the step does not follow this stage, whoever asks.
        NotAllowed: it does, but not for somebody with these hats.
    """
    moves = [move for move in TABLE if move.step == step and move.start == stage]
    if not moves:
        raise OutOfTurn(f"This audit is {STAGE_WORDS[stage]}, so it cannot be {DOING[step]} now.")
    if (step, stage) in NOT_ONES_OWN and Hat.its_auditor in hats:
        raise NotAllowed(
            f"You are the auditor of this audit, so somebody else has to decide: it cannot be {DOING[step]} by you."
        )
    for move in moves:
        if move.hats.intersection(hats):
            return move.end
    raise NotAllowed(f"You cannot do this: this audit can be {DOING[step]} only by {_who(moves)}.")


def may(step: Step, stage: Stage, hats: Collection[Hat]) -> bool:
    """Whether somebody with these hats may take the step now: for showing or leaving out its button."""
    try:
        next_stage(step, stage, hats)
    except (OutOfTurn, NotAllowed):
        return False
    return True


def _who(moves: list[Move]) -> str:
    hats = {hat for move in moves for hat in move.hats}
    names = {Hat.its_auditor: "its auditor", Hat.qa_manager: "a QA manager"}
    return " or ".join(names[hat] for hat in Hat if hat in hats)
