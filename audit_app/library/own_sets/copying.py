"""A set that exists already as the beginning of a council’s own: its questions and scales under a new name. Pure."""

from collections.abc import Collection
from typing import Any

from audit_app.library.own_sets import editing
from frameworks import Question, QuestionSet
from frameworks.own_sets.shape import OwnSet


def copied(
    full: QuestionSet, core: QuestionSet | None, *, key: str, title: str, purpose: str, publisher: str
) -> OwnSet:
    """A document that asks what a set asks, at both its lengths.

    Args:
        full: The set at its longest.
        core: The same set at its core, or None when it has none.
        key: The short name of the council's own set.
        title: Its title.
        purpose: What it is for.
        publisher: Whose it is.
    """
    in_core = {question.key for question in core.questions} if core else set()
    used = _scales_used(full)
    return editing.made(
        {
            "id": key,
            "title": title,
            "purpose": purpose,
            "publisher": publisher,
            "source": f"Begun as a copy of {full.title} ({full.edition_id})",
            "subjects": full.subjects,
            "cohorts": full.cohorts,
            "informs_edition": full.informs_edition or full.edition_id,
            "rules": full.rules,
            "overall_grade": full.overall_grade.model_dump() if full.overall_grade else None,
            "domain_scale": full.domain_scale,
            "answer_scales": full.answer_scales.model_dump(),
            "scales": tuple(scale.model_dump() for scale in full.scales if scale.id in used),
            "expected_minutes": {
                "core": core.expected_minutes if core else full.expected_minutes,
                "full": full.expected_minutes,
            },
            "leaves_out": tuple(_left_out(full, core)),
            "facts": tuple(fact.model_dump() for fact in full.facts),
            "domains": tuple(_domain(domain, in_core) for domain in full.domains),
        }
    )


def _domain(domain: Any, in_core: Collection[str]) -> dict[str, Any]:
    values = domain.model_dump(exclude={"questions", "guidance"})
    questions = tuple(_question(question, question.key in in_core) for question in domain.questions)
    return {**values, "guidance": dict(domain.guidance) or None, "questions": questions}


def _question(question: Question, core: bool) -> dict[str, Any]:
    return {**question.model_dump(exclude={"key"}), "core": core}


def _scales_used(full: QuestionSet) -> set[str]:
    scale_ids = {full.domain_scale, full.answer_scales.safety, *full.answer_scales.model_dump().values()}
    scale_ids |= {full.overall_grade.scale if full.overall_grade else None}
    scale_ids |= {question.scale for question in full.questions}
    scale_ids |= {question.second.scale for question in full.questions if question.second}
    return {scale_id for scale_id in scale_ids if scale_id}


def _left_out(full: QuestionSet, core: QuestionSet | None) -> list[dict[str, str]]:
    """Safety-critical domains the core never asked of; the set it began as says why."""
    if core is None:
        return []
    present = {domain.id for domain in core.domains}
    return [
        {"domain": domain.id, "why": f"The core of {full.title} leaves it out."}
        for domain in full.domains
        if domain.safety_critical and domain.id not in present
    ]
