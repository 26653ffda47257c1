"""What a council's new set begins with: the scales, rules and safety question of the product's own questions. Pure."""

from typing import Any

import frameworks
from audit_app import clock
from audit_app.library import shelf
from frameworks import Question

INFORMS = "ilacs-2026"
RULES = "guard-rails-1"
SCALES = ("four-point", "yes-partly-no", "in-time", "safe-today")
ANSWER_SCALES = {"check": "yes-partly-no", "judged": "four-point", "timescale": "in-time"}
SAFETY_SET = "child-protection"


def scales() -> tuple[dict[str, Any], ...]:
    """The product's scales, worst point first, as a document holds them."""
    edition = frameworks.edition(shelf.edition_for_new(clock.today()))
    return tuple(edition.scale(scale_id).model_dump() for scale_id in SCALES)


def scale_choices() -> list[tuple[str, str]]:
    """Every scale of the product's own edition, with its points in words."""
    known = frameworks.edition(shelf.edition_for_new(clock.today())).scales
    return [(one.id, ", ".join(point.name for point in reversed(one.points))) for one in known]


def safety_question() -> Question:
    """The question every audit of a child asks."""
    questions = frameworks.question_set(shelf.edition_for_new(clock.today()), SAFETY_SET, "full")
    return next(one for one in questions.questions if one.safety)


def whole() -> dict[str, Any]:
    """Everything of a new document but its names and domains."""
    return {
        "subjects": ("child",),
        "cohorts": ("ALL",),
        "informs_edition": INFORMS,
        "rules": RULES,
        "overall_grade": {"scale": "four-point", "required": True},
        "domain_scale": "four-point",
        "answer_scales": dict(ANSWER_SCALES),
        "scales": scales(),
    }
