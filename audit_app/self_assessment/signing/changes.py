"""What changed between two self-assessments, section by section. Pure."""

from dataclasses import dataclass

from audit_app import words
from audit_app.self_assessment.signing.contents import Assessment, FrozenSection

NO_GRADE = "no grade"


@dataclass(frozen=True)
class TextChange:
    """What is written under one question, then and now."""

    question: str
    before: str
    now: str


@dataclass(frozen=True)
class SectionChange:
    """What changed in one section; `kind` is new, gone, changed or same."""

    title: str
    kind: str
    grade: str = ""
    texts: tuple[TextChange, ...] = ()
    new_claims: tuple[str, ...] = ()
    gone_claims: tuple[str, ...] = ()
    new_plans: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return self.kind == "same"


def changes(before: Assessment, now: Assessment) -> tuple[SectionChange, ...]:
    """Every section of either, those of the later one first; what is about the same area, agency or heading is one."""
    earlier = {section.key: section for section in before.sections}
    later = {section.key: section for section in now.sections}
    made = [_change(earlier.get(key), section) for key, section in later.items()]
    gone = [SectionChange(section.title, "gone") for key, section in earlier.items() if key not in later]
    return (*made, *gone)


def _change(before: FrozenSection | None, now: FrozenSection) -> SectionChange:
    if before is None:
        return SectionChange(now.title, "new")
    old_texts = {passage.question: passage.text for passage in before.passages}
    texts = tuple(
        TextChange(passage.question_words, old_texts.get(passage.question, ""), passage.text)
        for passage in now.passages
        if old_texts.get(passage.question, "") != passage.text
    )
    old_claims, new_claims = [claim.text for claim in before.claims], [claim.text for claim in now.claims]
    grade = grade_change(before, now)
    added = tuple(text for text in new_claims if text not in old_claims)
    gone = tuple(text for text in old_claims if text not in new_claims)
    old_plans = {plan.what for plan in before.plans}
    plans = tuple(plan.what for plan in now.plans if plan.what not in old_plans)
    changed = bool(texts or added or gone or plans or before.grade_code != now.grade_code)
    return SectionChange(now.title, "changed" if changed else "same", grade, texts, added, gone, plans)


def grade_change(before: FrozenSection, now: FrozenSection) -> str:
    """The self-assessed grade then and now, in a sentence; empty where there are no grades at all."""
    if not (before.has_grades or now.has_grades):
        return ""
    then, today = before.grade_name or NO_GRADE, now.grade_name or NO_GRADE
    if then == today:
        return f"The self-assessed grade is the same: {today}."
    return f"The self-assessed grade was {then} and is {today}."


def counted(rows: tuple[SectionChange, ...]) -> str:
    """How many sections changed, in words."""
    changed = sum(not row.is_same for row in rows)
    if not changed:
        return "Nothing changed in any section."
    return f"{words.count(changed, 'section')} of {len(rows):,} changed."
