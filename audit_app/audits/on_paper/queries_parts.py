"""The parts of an audit on paper, each out of what was read for it."""

from collections.abc import Collection, Sequence
from datetime import date

from audit_app import words
from audit_app.audits import wording
from audit_app.audits.actions.queries import UpdateLine
from audit_app.audits.actions.queries_lines import ActionLine
from audit_app.audits.actions.rules import LEVEL_WORDS, NEWS_WORDS, STATE_WORDS
from audit_app.audits.concerns.queries import ConcernLine
from audit_app.audits.contents import CLOSING_NAMES, Document, beside
from audit_app.audits.on_paper.contents import (
    ActionOnPaper,
    Asked,
    ConcernOnPaper,
    DomainGlance,
    DomainOnPaper,
    Pair,
    Reply,
)
from audit_app.audits.rails.asking import AskedAgain
from audit_app.words import Ours

NOTHING = "Nothing written"
KEPT_BACK = Ours("The words are kept with the audit for those who read them.")


def domains_of(document: Document, glances: Sequence[DomainGlance], *, words_too: bool) -> tuple[DomainOnPaper, ...]:
    """Each domain with its reason and the questions that were answered."""
    both = zip(document["domains"], glances, strict=True)
    return tuple(
        DomainOnPaper(glance, _why(domain, words_too), _asked(domain), _left_open(domain)) for domain, glance in both
    )


def _why(domain: Document, words_too: bool) -> str:
    if domain["not_applicable"]:
        return domain["reason"] or ("No reason given." if words_too else "")
    if not domain["graded"]:
        return ""
    return domain["rationale"] or ("Nothing written on why." if words_too else "")


def _asked(domain: Document) -> tuple[Asked, ...]:
    if domain["not_applicable"]:
        return ()
    asked = [question for question in domain["questions"] if question["answer"] or beside(question)]
    return tuple(Asked(each["number"], each["text"], each["answer"] or "In words", beside(each)) for each in asked)


def _left_open(domain: Document) -> str:
    """2 questions left open; 1 question not asked, because of earlier answers."""
    if domain["not_applicable"]:
        return ""
    unasked = sum("not_asked" in question for question in domain["questions"])
    bare = sum(not question["answer"] and not question["words"] for question in domain["questions"]) - unasked
    parts = [f"{words.count(bare, 'question')} left open"] if bare else []
    parts += [f"{words.count(unasked, 'question')} not asked, because of earlier answers"] if unasked else []
    open_words = f"{'; '.join(parts)}.".capitalize() if parts else ""
    points = f"Points, no grade: {domain['points']['in_words']}." if "points" in domain else ""
    return " ".join(filter(None, (points, open_words)))


def closing_of(document: Document, *, words_too: bool) -> tuple[Pair, ...]:
    """Strengths, worries, what has changed; the sources and the time taken."""
    written = [(title, document["closing"][name] or NOTHING) for name, title in CLOSING_NAMES.items()]
    return (
        *(written if words_too else ()),
        *([(Ours("Points, no grade"), document["points"]["in_words"])] if "points" in document else []),
        (Ours("Sources used"), wording.sources_said(document["sources"]) or Ours("Not given")),
        (Ours("Minutes taken"), words.duration_minutes(document["minutes_taken"])),
    )


def replies_of(asked: AskedAgain | None) -> tuple[Reply, ...]:
    """What the grades were asked about, and the auditor’s reasons."""
    if asked is None:
        return ()
    silent = "Not answered yet." if asked.wants_reasons else "No separate answer was asked for then."
    return tuple(
        Reply(line.title, line.question, KEPT_BACK if line.kept_back else line.reason or silent) for line in asked.lines
    )


def action_on_paper(line: ActionLine, updates: Sequence[UpdateLine], today: date) -> ActionOnPaper:
    """One action and what was said of it, the earliest first."""
    state = f"Now {line.became_finding}" if line.became_finding else words.sentence_case(STATE_WORDS[line.state])
    return ActionOnPaper(
        reference=line.reference,
        what=line.what,
        level=LEVEL_WORDS[line.level],
        owner=line.doer,
        due=words.date_words(line.due_on, missing="no due date"),
        state=f"{state}, overdue" if line.is_overdue(today) else state,
        news=(*(_news(update) for update in reversed(updates)), *_done(line, {update.note for update in updates})),
    )


def _news(update: UpdateLine) -> str:
    moved = f", due date moved from {words.short_date(update.due_from)} to {words.short_date(update.due_on)}"
    worded = NEWS_WORDS[update.news] + (moved if update.due_from or update.due_on else "")
    note = f": {update.note}" if update.note else ""
    return f"{words.short_date(update.at)}, {update.by_name}: {worded}{note}"


def _done(line: ActionLine, notes: Collection[str]) -> tuple[str, ...]:
    """What was done and what changed, unless a note said it in the same words."""
    worded = (("What was done", line.what_was_done), ("What changed for the child", line.what_changed))
    return tuple(f"{name}: {text}" for name, text in worded if text and text not in notes)


def concern_on_paper(line: ConcernLine, *, words_too: bool) -> ConcernOnPaper:
    """One concern; its words and its outcome only for a reader of the audit’s words."""
    closed = f"Closed on {words.datetime_words(line.closed_at)} by {line.closed_by_name}"
    worded = f"{len(line.acknowledged)} of {len(line.people_told)} told acknowledged it"
    return ConcernOnPaper(
        heading=f"Raised on {words.datetime_words(line.raised_at)} by {line.raised_by_name}",
        words=line.concern_words if words_too else KEPT_BACK,
        standing=f"{'Open' if line.is_open else closed}. {worded}.",
        outcome=line.outcome_words if words_too else "",
    )
