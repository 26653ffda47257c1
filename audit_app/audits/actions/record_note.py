"""The short note that is copied into the child's own record: pure text, without grades or the auditor's notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audit_app import words
from audit_app.library.terms.own_words import NONE, OwnWords


@dataclass(frozen=True)
class NotedAction:
    """What the child's record needs to know of one action."""

    what: str
    owner_post: str
    due_on: date | None
    done_on: date | None = None
    what_was_done: str = ""
    what_changed: str = ""
    confirmed_on: date | None = None


def record_note(audit_on: date | None, actions: Sequence[NotedAction], own: OwnWords = NONE) -> str:
    """The note as plain text: when the record was audited, and for each action who does what by when and what changed.

    Returns:
        Lines to paste; empty when there is no action, because then the record has nothing to be told.
    """
    if not actions:
        return ""
    when = f"on {words.date_words(audit_on)}" if audit_on else "(not yet submitted)"
    head = f"{own.say('Case audit')} {when}: what is to be done"
    return "\n\n".join([head, *map(_lines_of, range(1, len(actions) + 1), actions)]) + "\n"


def _lines_of(number: int, action: NotedAction) -> str:
    lines = [f"{number}. {action.what}", f"Who: {action.owner_post or 'to be named by the team manager'}"]
    lines.append(f"By: {words.date_words(action.due_on, missing='no date set')}")
    if action.done_on:
        lines.append(f"Done on {words.date_words(action.done_on)}: {action.what_was_done}")
        lines.append(f"What changed for the child: {action.what_changed or 'not yet said'}")
    if action.confirmed_on:
        lines.append(f"Confirmed by the manager on {words.date_words(action.confirmed_on)}")
    return "\n".join(lines)
