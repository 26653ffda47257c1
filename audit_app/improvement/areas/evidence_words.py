"""Which evidence of impact counts for which action of an area, and why the rest does not, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from audit_app import words
from findings.colours import DONE, Evidence, verdict
from findings.references import ACTION, reference
from findings.states import ActionStatus, SourceKind, Verdict
from findings.tables import Action
from findings.thread_shapes import Thread


@dataclass(frozen=True)
class ReAudit:
    """A re-audit that could be named as evidence: what `findings.colours` asks of evidence."""

    reference: str
    dated_on: date | None
    kind: SourceKind = SourceKind.re_audit


def _in_force(thread: Thread) -> list[Action]:
    return [strand.action for strand in thread.actions if strand.action.status is not ActionStatus.withdrawn]


def wanted(thread: Thread) -> tuple[str, ...]:
    """For each action of an area, the evidence that would count for it."""
    return tuple(f"{reference(ACTION, action.number)}: {_wanted_of(action)}." for action in _in_force(thread))


def _wanted_of(action: Action) -> str:
    if action.status not in DONE or action.completed_on is None:
        return "it is not done yet, and only what is seen after it is done can count"
    if action.impact_test is None:
        return (
            "its plan named no test of impact, so no evidence can turn it blue; to name a test, the action must be "
            "opened again"
        )
    day = words.date_words(action.completed_on)
    return f"{action.impact_test.in_sentence}, from after {day}, the day it was done, and not after this judgement"


def counts_for(thread: Thread, judged_on: date, evidence: Evidence) -> str:
    """Counts for ACT-0001. Does not count for ACT-0002: its plan named a dip sample."""
    counts, reasons = [], []
    for action in _in_force(thread):
        name, why_not = reference(ACTION, action.number), _why_not(action, judged_on, evidence)
        if why_not:
            reasons.append(f"for {name}: {why_not}")
        else:
            counts.append(name)
    parts = [f"Counts for {words.listing(counts)}."] if counts else []
    parts += [f"Does not count {'; '.join(reasons)}."] if reasons else []
    return " ".join(parts)


def _why_not(action: Action, judged_on: date, evidence: Evidence) -> str:
    if action.status not in DONE or action.completed_on is None:
        return "it is not done yet"
    if action.impact_test is None:
        return "its plan named no test of impact"
    done_on = words.date_words(action.completed_on)
    reasons = {
        Verdict.counts: "",
        Verdict.other_kind: f"its plan named {action.impact_test.in_sentence}",
        Verdict.undated: "the evidence has no date",
        Verdict.too_early: f"the evidence is not from after {done_on}, the day it was done",
        Verdict.too_late: "the evidence is dated after the judgement",
    }
    return reasons[verdict(action.impact_test, action.completed_on, judged_on, evidence)]


def re_audits_counted(thread: Thread, judged_on: date, re_audits: Iterable[ReAudit]) -> tuple[tuple[str, str], ...]:
    """Each re-audit with its day, and for which actions it would count in a judgement made on a day."""
    return tuple(
        (
            f"{audit.reference}, {words.date_words(audit.dated_on)}",
            counts_for(thread, judged_on, audit),
        )
        for audit in re_audits
    )
