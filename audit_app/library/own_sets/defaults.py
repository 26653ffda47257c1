"""What a council's new set begins with: the scales, rules and safety question of the product's own questions."""

from datetime import date
from typing import Any

import frameworks
from audit_app import clock
from audit_app.library.product_editions import edition_for_new
from frameworks import Question

INSPECTIONS = "ilacs"  # the family of frameworks whose judgement areas its domains inform
RULES = "guard-rails-1"
SCALES = ("four-point", "yes-partly-no", "in-time", "safe-today")
ANSWER_SCALES = {"check": "yes-partly-no", "judged": "four-point", "timescale": "in-time"}
SAFETY_SET = "child-protection"


def informs(on: date) -> str:
    """The framework that a set begun on a day informs: the newest in force, as its files say; else the last of all."""
    try:
        return frameworks.in_force(INSPECTIONS, on).id
    except frameworks.NoneInForce:
        return frameworks.editions_of(INSPECTIONS)[-1].id


def scales() -> tuple[dict[str, Any], ...]:
    """The product's scales, worst point first, as a document holds them."""
    edition = frameworks.edition(edition_for_new(clock.today()))
    return tuple(edition.scale(scale_id).model_dump() for scale_id in SCALES)


def safety_question() -> Question:
    """The question every audit of a child asks."""
    questions = frameworks.question_set(edition_for_new(clock.today()), SAFETY_SET, "full")
    return next(question for question in questions.questions if question.safety)


def whole() -> dict[str, Any]:
    """Everything of a new document but its names and domains."""
    return {
        "subjects": ("child",),
        "cohorts": ("ALL",),
        "informs_edition": informs(clock.today()),
        "rules": RULES,
        "overall_grade": {"scale": "four-point", "required": True},
        "domain_scale": "four-point",
        "answer_scales": dict(ANSWER_SCALES),
        "scales": scales(),
    }
