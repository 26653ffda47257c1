"""What an audit's grades are asked about and what was answered: pure, from saved rows or from a frozen document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audit_app.audits import completeness
from audit_app.audits.completeness import Answers, Domains
from audit_app.audits.contents import Document
from audit_app.audits.rails.wording import for_every_reader
from audit_app.audits.tables import CaseAudit, RailReason
from frameworks import QuestionSet, scoring
from frameworks.rails.shapes import GuardRail
from frameworks.scoring import Missing

Reasons = Mapping[str, RailReason]
WHOLE = "The whole"
# Audits submitted before a document named its rule were judged by this one.
BEFORE_NAMED = "guard-rails-1"


@dataclass(frozen=True)
class RailLine:
    """One question about a grade and what the auditor said to it.

    `earlier` is a reason given to another question about the same grade, before answers or grades changed: it is
    offered again, and counts once the auditor has saved it under the question of today.
    """

    key: str
    about: str
    title: str
    question: str
    reason: str = ""
    earlier: str = ""
    kept_back: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for a reason, or for another grade."""
        return not self.reason and not self.kept_back


@dataclass(frozen=True)
class AskedAgain:
    """Everything one audit was asked about its grades: by which rule, and whether that rule asked for reasons."""

    rule: str
    lines: tuple[RailLine, ...]
    wants_reasons: bool = True


def rail_lines(
    audit: CaseAudit, questions: QuestionSet, domains: Domains, answers: Answers, reasons: Reasons
) -> tuple[RailLine, ...]:
    """What the grades saved so far are asked about, each with its reason where one was given to this very question."""
    rails = completeness.guard_rails(audit, questions, domains, answers)
    return tuple(line_of(questions, rail, reasons.get(rail.key)) for rail in rails)


def line_of(questions: QuestionSet, rail: GuardRail, row: RailReason | None) -> RailLine:
    """One question with what was said to it, or to an earlier one about the same grade."""
    title = questions.domain(rail.about).title if rail.about else WHOLE
    line = RailLine(rail.key, rail.about, title, rail.question)
    if row is None or not row.reason.strip():
        return line
    same = for_every_reader(row.asked) == rail.question
    return replace(line, reason=row.reason) if same else replace(line, earlier=row.reason)


def missing_reasons(lines: Sequence[RailLine]) -> tuple[Missing, ...]:
    """The reasons that must still be given before the audit can be submitted, unless the grade is changed."""
    return tuple(
        Missing("rail", line.key, "reason", f"{line.title}: answer the question about the grade, or change the grade.")
        for line in lines
        if line.is_open
    )


def written_down(questions: QuestionSet, lines: Sequence[RailLine]) -> Document:
    """What goes into the document of an audit: the rule that judged it, what it asked and what was answered."""
    return {
        "rules": scoring.rule_in_use(questions) or "",
        "asked_again": [
            {name: getattr(line, name) for name in ("key", "about", "title", "question", "reason")} for line in lines
        ],
    }


def of_document(document: Document | None, questions: QuestionSet | None) -> AskedAgain | None:
    """What a document says was asked; for one that names no rule, what the rule of its time asked about its grades.

    Returns:
        None when nothing can be said: there is no document, or it names no rule and its questions are nowhere any more.
    """
    if document is None:
        return None
    if "asked_again" in document:
        lines = tuple(
            RailLine(**{**line, "question": for_every_reader(line["question"])}) for line in document["asked_again"]
        )
        return AskedAgain(document["rules"], lines)
    if questions is None or questions.rules is None or questions.fingerprint != document["edition_fingerprint"]:
        return None
    grades = {domain["id"]: domain["grade"] or None for domain in document["domains"] if not domain["not_applicable"]}
    overall = document["overall"]["grade"] or None
    rails = scoring.guard_rails(questions, grades, overall, rules=BEFORE_NAMED)
    return AskedAgain(BEFORE_NAMED, tuple(line_of(questions, rail, None) for rail in rails), wants_reasons=False)
