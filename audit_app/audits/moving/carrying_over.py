"""What becomes of each saved answer when an unfinished audit moves to another set: shown before, done after.

Pure. An answer is carried over only where the question is the same. Where its words changed, what was typed is kept but
the auditor answers again, because an answer to one question is not an answer to another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_app.audits import question_sets
from audit_app.audits.completeness import Answers, Domains
from audit_app.audits.kinds.given import Given, given_in
from audit_app.audits.tables import Answer, DomainAnswer
from frameworks import Question, QuestionSet, changes
from frameworks.changes import Change
from frameworks.kinds.answered import LONGEST_GIVEN

TOGETHER = "\n\n"


class Fate(StrEnum):
    """What becomes of what is saved."""

    carried = "Carried over"
    words = "Your words are carried over; answer again"
    aside = "Set aside"


@dataclass(frozen=True)
class Line:
    """One saved answer: what it says now, and what becomes of it."""

    key: str
    number: str
    text: str
    answer: str
    words: str
    fate: Fate
    kind: str
    to: str = ""
    new_text: str = ""


@dataclass(frozen=True)
class DomainLine:
    """One saved domain: its grade and rationale, and what becomes of them."""

    domain_id: str
    title: str
    grade: str
    fate: Fate


@dataclass(frozen=True)
class Plan:
    """The whole move: every saved answer and domain, and how the sets differ."""

    lines: tuple[Line, ...]
    domains: tuple[DomainLine, ...]
    changes: tuple[Change, ...]
    overall_kept: bool
    new: int

    def of(self, fate: Fate) -> tuple[Line, ...]:
        """The saved answers with one fate, in the order of the set."""
        return tuple(line for line in self.lines if line.fate is fate)


def plan(older: QuestionSet, newer: QuestionSet, domains: Domains, answers: Answers) -> Plan:
    """What a move would do with everything that is saved."""
    changed = changes.changes(older, newer)
    sources = _sources(changed)
    lines = []
    for change in changed:
        answer = answers.get(change.key)
        if change.before is None or answer is None or not answer.says_anything:
            continue
        lines.append(_line(older, newer, change, answer, sources))
    domain_lines = tuple(_domain_line(older, newer, row) for row in domains.values() if row.grade or row.rationale)
    new = sum(1 for change in changed if change.kind == "new")
    return Plan(tuple(lines), domain_lines, changed, changes.overall_kept(older, newer), new)


def moved_answers(planned: Plan, answers: Answers) -> dict[str, Given]:
    """What is saved after the move, by key of the newer set; what was said twice for one question stands together."""
    moved: dict[str, Given] = {}
    for line in planned.lines:
        if line.fate is Fate.aside:
            continue
        saved = given_in(answers[line.key])
        if line.fate is not Fate.carried:
            saved = _words_of(saved)
        before = moved.get(line.to)
        if before is not None:
            saved = _together(before, saved)
        if any(saved):
            moved[line.to] = saved
    return moved


def _words_of(saved: Given) -> Given:
    """What was written beside an answer, without the answer; an action goes on in words."""
    action = ", ".join(filter(None, (saved.action, saved.action_owner, saved.action_due)))
    text = "\n".join(filter(None, (saved.text, f"Action: {action}" if saved.action else "")))
    return Given(text=text, evidence=saved.evidence)


def _together(before: Given, saved: Given) -> Given:
    """What was written for two questions that are one now."""
    text, evidence = (
        TOGETHER.join(filter(None, (getattr(before, name), getattr(saved, name)))) for name in ("text", "evidence")
    )
    return Given(text=text, evidence=evidence[:LONGEST_GIVEN])


def domain_carried(older: QuestionSet, newer: QuestionSet, row: DomainAnswer) -> Fate:
    """What becomes of a domain's own grade and words."""
    if all(domain.id != row.domain_id for domain in newer.domains):
        return Fate.aside
    if row.not_applicable or not row.grade or changes.domain_kept(older, newer, row.domain_id):
        return Fate.carried
    return Fate.words


def _sources(changed: tuple[Change, ...]) -> Mapping[str, int]:
    """How many older questions lead to each newer one."""
    counts: dict[str, int] = {}
    for change in changed:
        if change.before is not None:
            for key in change.to:
                counts[key] = counts.get(key, 0) + 1
    return counts


def _line(older: QuestionSet, newer: QuestionSet, change: Change, answer: Answer, sources: Mapping[str, int]) -> Line:
    question = older.question(change.key)
    fate = _fate(change, answer, sources)
    to = "" if fate is Fate.aside else change.to[0]
    return Line(
        key=change.key,
        number=question.number,
        text=question.text,
        answer=question_sets.all_given(older, question, answer),
        words="\n".join(filter(None, (answer.text, answer.evidence, answer.action))),
        fate=fate,
        kind=change.kind,
        to=to,
        new_text=_new_text(newer, question, to),
    )


def _fate(change: Change, answer: Answer, sources: Mapping[str, int]) -> Fate:
    if change.kind == "retired":
        return Fate.aside
    if change.kind == "kept" and sources[change.to[0]] == 1:
        return Fate.carried
    # A bare tick on a question that is now another says nothing that could be carried.
    return Fate.words if answer.text or answer.evidence or answer.action else Fate.aside


def _new_text(newer: QuestionSet, question: Question, to: str) -> str:
    text = newer.question(to).text if to else ""
    return text if text != question.text else ""


def _domain_line(older: QuestionSet, newer: QuestionSet, row: DomainAnswer) -> DomainLine:
    domain = next((each for each in older.domains if each.id == row.domain_id), None)
    scale = older.scale(older.domain_scale) if older.domain_scale else None
    name = scale.name_of(row.grade) if scale and row.grade in scale.codes else row.grade
    return DomainLine(row.domain_id, domain.title if domain else row.domain_id, name, domain_carried(older, newer, row))
