"""What one invented audit says: grades that hang together, and words that fit them. Pure."""

from dataclasses import dataclass
from random import Random
from typing import Any

from audit_app.audits.service_answers import ClosingEntry, DomainEntry
from frameworks import Answer as ScorableAnswer
from frameworks import Domain, Question, QuestionSet, scoring
from frameworks import DomainAnswer as ScorableDomain
from frameworks.rails.shapes import GuardRail

# How some domains do better or worse than the whole: plans and oversight are weak here, visits and partners strong.
LEANING = {
    "plan": -0.35, "oversight": -0.3, "history": -0.25, "identity": -0.1, "reviewing": -0.05, "analysis": -0.05,
    "drift": -0.1, "visits": 0.45, "partners": 0.35, "child-voice": 0.2, "wellbeing": 0.25, "protection": 0.1,
    "family": 0.05, "record": 0.1, "permanence": 0.2,
}  # fmt: skip
SPREAD = 0.5
AWAY = {
    "outside-home": 0.35, "particular-groups": 0.55, "endings": 0.5, "protection": 0.3, "permanence": 0.12,
    "adoption": 0.3, "identity": 0.02, "drift": 0.04, "wellbeing": 0.04,
}  # fmt: skip
NEVER_AWAY = {
    "child-protection": {"protection"},
    "front-door": {"outside-home"},
    "adoption": {"adoption", "permanence"},
}
ANSWERED = {"brief": 0.95, "core": 0.85, "full": 0.7}
NOTED = 0.14
OBSERVED = (0, 0, 1, 2)  # an overall place seen on the three points of an observed visit
KEPT_RAILS = 0.06  # this share of audits keeps a pattern of grades the guard rails ask about
SOURCES = ("supervision", "practitioner", "manager", "child", "parents", "partners", "observation")


@dataclass(frozen=True)
class AuditEntries:
    """Everything one auditor entered, in the order of the pages."""

    domains: tuple[tuple[str, DomainEntry], ...]
    closing: ClosingEntry


def write_entries(
    chance: Random, questions: QuestionSet, place: int, concern: str, words: dict[str, Any]
) -> AuditEntries:
    """An audit whose whole is at `place`; `concern` is the safety answer that sets one off."""
    places = _places(chance, questions, place)
    pen = Pen(chance, questions, words)
    domains = tuple(
        (domain.id, pen.domain(domain, places.get(domain.id), place, concern)) for domain in questions.domains
    )
    return AuditEntries(domains, pen.closing(place, places))


def _places(chance: Random, questions: QuestionSet, place: int) -> dict[str, int]:
    """The place of each graded domain that applies."""
    if questions.domain_scale is None:
        return {}
    top = len(questions.scale(questions.domain_scale).points) - 1
    whole = place if questions.overall_grade else OBSERVED[place]
    kept = NEVER_AWAY.get(questions.id, set())
    places = {}
    for domain in questions.domains:
        away = 0.0 if domain.id in kept else AWAY.get(domain.id, 0.0)
        if domain.graded and chance.random() >= away:
            step = max(-1, min(1, round(chance.gauss(LEANING.get(domain.id, 0.0), SPREAD))))
            places[domain.id] = max(0, min(top, whole + step))
    if questions.overall_grade and chance.random() >= KEPT_RAILS:
        _heed_rails(questions, places, whole)
    return places


def _heed_rails(questions: QuestionSet, places: dict[str, int], whole: int) -> None:
    """Change what the guard rails would ask about, as most auditors do when they are asked."""
    codes = questions.scale(questions.domain_scale or "").codes
    for _ in range(4):
        grades = {key: codes[at] for key, at in places.items()}
        rails = scoring.guard_rails(questions, grades, codes[whole], rules="guard-rails-1")
        if not rails:
            return
        for key in {key for rail in rails for key in rail.domains}:
            domain = questions.domain(key)
            places[key] = len(codes) - 1 if whole == len(codes) - 1 and domain.impact else max(places[key], whole, 1)
        if any(rail.code == "far-from-median" for rail in rails):
            places.update({key: whole for key in list(places)[::2]})


def asked_about(questions: QuestionSet, entries: AuditEntries) -> tuple[GuardRail, ...]:
    """What the grades of these entries are asked about."""
    given = [
        ScorableAnswer(key=key, code=code or None, text=text)
        for _, entry in entries.domains
        for key, (code, text) in entry.answers.items()
    ]
    domains = [
        ScorableDomain(domain=key, not_applicable=entry.not_applicable, reason=entry.not_applicable_reason)
        for key, entry in entries.domains
    ]
    grades = {key: entry.grade or None for key, entry in entries.domains}
    return scoring.guard_rails(questions, grades, entries.closing.overall_grade or None, given, domains)


class Pen:
    """Writes one audit, and never the same sentence twice in it."""

    def __init__(self, chance: Random, questions: QuestionSet, words: dict[str, Any]) -> None:
        self.chance, self.questions = chance, questions
        self.words = {**words, **words["by_set"].get(questions.id, {})}
        self.used: set[str] = set()

    def pick(self, sentences: list[str]) -> str:
        """One of them, not yet used here if there is such a one."""
        fresh = [sentence for sentence in sentences if sentence not in self.used] or sentences
        chosen = self.chance.choice(fresh)
        self.used.add(chosen)
        return chosen

    def domain(self, domain: Domain, at: int | None, whole: int, concern: str) -> DomainEntry:
        """One page: its answers, and its grade with the reason or why it does not apply."""
        away = domain.graded and at is None and self.questions.domain_scale is not None
        asked = [question for question in domain.questions if question.safety or not away]
        answers = {}
        for question in asked:
            given = self.answer(question, whole if at is None else at, whole, concern)
            if given != ("", ""):
                answers[question.key] = given
        if away:
            reasons = self.words["reasons"].get(domain.id, self.words["reasons"]["any"])
            return DomainEntry(answers, not_applicable=True, not_applicable_reason=self.pick(reasons))
        if at is None:
            return DomainEntry(answers)
        grade = self.questions.scale(self.questions.domain_scale or "").codes[at]
        return DomainEntry(answers, grade=grade, rationale=self.rationale(domain.id, grade))

    def rationale(self, domain_id: str, grade: str) -> str:
        """What was seen, and what it meant."""
        seen = self.pick(self.words["domains"][domain_id][grade])
        return f"{seen} {self.pick(self.words['effects'][grade])}"

    def answer(self, question: Question, at: int, whole: int, concern: str) -> tuple[str, str]:
        """The code and words given to a question."""
        if question.safety:
            return self.safety(whole, concern)
        scale = self.questions.scale_for(question)
        if not question.starred and self.chance.random() > ANSWERED[self.questions.length]:
            return ("", "")
        if scale is None:
            return ("", self.narrative(question, whole))
        top = len(scale.points) - 1
        reached = self.near(at) if question.type == "judged" else self.near(at - 1 if at > 1 else at)
        place = max(0, min(top, reached))
        text = ""
        if self.chance.random() < NOTED:
            text = self.chance.choice(self.words["notes"]["low" if place < top - 1 or place == 0 else "high"])
        return (scale.codes[place], text)

    def near(self, at: int) -> int:
        """That place, or now and then the one beside it."""
        return at + self.chance.choices((-1, 0, 1), (2, 7, 2))[0]

    def narrative(self, question: Question, whole: int) -> str:
        """Words for a question that is answered in words."""
        grade = ("inadequate", "requires_improvement", "good", "outstanding")[whole]
        if question.id == "family-says":
            return self.pick(self.words["difference"][grade])
        return self.pick(self.words["without_help" if question.id == "without-help" else "learning"])

    def safety(self, whole: int, concern: str) -> tuple[str, str]:
        """The answer to the safety question."""
        if concern:
            return (concern, self.pick(self.words["safety"][concern]))
        if self.chance.random() < (0.7, 0.05, 0.02, 0.0)[whole]:
            return ("being_acted_on", self.pick(self.words["safety"]["being_acted_on"]))
        return ("nothing_seen", "")

    def closing(self, whole: int, places: dict[str, int]) -> ClosingEntry:
        """The last page."""
        grade = ("inadequate", "requires_improvement", "good", "outstanding")[whole]
        asked = self.questions.overall_grade is not None
        rationale = self.pick(self.words["overall"][grade]) if asked else ""
        worst = [domain for domain in self.questions.domains if domain.safety_critical and places.get(domain.id) == 0]
        if asked and whole == 1 and worst:
            rationale += " " + self.pick(self.words["why_not_worst"])
        chosen = [code for code in SOURCES if self.chance.random() < 0.4]
        minutes = self.questions.expected_minutes * self.chance.triangular(0.7, 1.7, 1.1)
        return ClosingEntry(
            overall_grade=grade if asked else "",
            overall_rationale=rationale,
            strengths=self.pick(self.words["strengths"][grade]),
            worries=self.pick(self.words["worries"][grade]),
            difference=self.pick(self.words["difference"][grade]),
            minutes_taken=5 * round(minutes / 5),
            sources=",".join(["record", *chosen]),
            private_notes=self.pick(self.words["private"]) if self.chance.random() < 0.1 else "",
        )
