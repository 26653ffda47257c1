"""A question set's document as a workbook that can be changed in a spreadsheet program and read back the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit_app import clock
from audit_app.library.own_sets import condition_fields, defaults, question_keys
from audit_app.library.own_sets.sheet import cells, conditions, facts
from audit_app.library.own_sets.sheet.columns import (
    DOMAINS,
    FACTS,
    GUIDANCE,
    LEFT_OUT,
    PLANS,
    QUESTIONS,
    READ_ME,
    SCALES,
    SET,
    SET_ROWS,
    WHOLE_OF_DOMAIN,
)
from audit_app.library.own_sets.sheet.heads import Head, SheetPlan
from audit_app.library.own_sets.sheet.scales import LAST, NEITHER
from audit_app.sheets import SheetOut, Workbook, cell_text
from frameworks.own_sets.shape import OwnDomain, OwnQuestion, OwnSet
from frameworks.questions import ShowIf

ROWS_TO_FILL = 1_000
LONGEST_RULE = 255
NONE = "none"
HOW = (
    "Fill in the sheets “Set” and “Questions”. The others may stay as they are.",
    "Where a cell may stay empty, its column says what is then taken. Short names and numbers are made for you.",
    "Delete the rows marked (example), or leave them: they are passed over.",
    "Domains come in the order they first appear.",
    "Merge no cells, write no formulas, hide nothing. Add no columns and no sheets of your own.",
    "Save as “Excel Workbook (.xlsx)”, then choose the file on the page you took this from.",
    "You see everything before anything is kept, and a second person publishes it.",
)


def template() -> bytes:
    """The workbook a person starts from: the product's scales, one example domain, example questions."""
    rows = {
        SET.title: [[head.heading, ""] for head in SET_ROWS],
        DOMAINS.title: [],
        QUESTIONS.title: _example_rows(),
        SCALES.title: _scale_rows(defaults.scales()),
        GUIDANCE.title: [],
        LEFT_OUT.title: [],
        FACTS.title: [],
    }
    return _written("Question set template", rows)


@dataclass(frozen=True)
class Note:
    """What an export says of itself on the sheet nobody reads back: its id in the log, who took it, when (EX-4)."""

    export_id: str
    who: str
    when: str


def exported(own: OwnSet, note: Note | None = None) -> bytes:
    """The same workbook with everything a document says."""
    rows = {
        SET.title: _set_rows(own),
        DOMAINS.title: [_domain_row(own, domain) for domain in own.domains],
        QUESTIONS.title: [
            _question_row(own, domain, question) for domain in own.domains for question in domain.questions
        ],
        SCALES.title: _scale_rows([scale.model_dump() for scale in own.scales]),
        GUIDANCE.title: [
            [domain.id, code, words] for domain in own.domains for code, words in (domain.guidance or {}).items()
        ],
        LEFT_OUT.title: [[left_out.domain, left_out.why] for left_out in own.leaves_out],
        FACTS.title: [facts.row_of(fact) for fact in own.facts],
    }
    return _written(own.title, rows, note)


def _written(title: str, rows: dict[str, list[list[Any]]], note: Note | None = None) -> bytes:
    book = Workbook(title)
    book.add(_read_me(title, note))
    for plan in PLANS:
        page = book.add(
            SheetOut(plan.title, [head.heading for head in plan.heads], rows[plan.title]),
            widths=[_width(plan, head) for head in plan.heads],
            looks=["text"] * len(plan.heads),
            to_fill=ROWS_TO_FILL,
        )
        for place, head in enumerate(plan.heads):
            rule = _rule(head)
            if rule:
                page.data_validation(1, place, ROWS_TO_FILL, place, rule)
    return book.finished()


def _read_me(title: str, note: Note | None) -> SheetOut:
    lines: list[tuple[str, str, str]] = [(title, "", line) for line in HOW]
    if note:
        sentence = f"{note.export_id}, taken out by {note.who} on {note.when}. It holds no record of any child."
        lines.append((title, "This export", sentence))
    for plan in PLANS:
        lines.append((plan.title, "", plan.purpose))
        heads: Sequence[Head] = SET_ROWS if plan is SET else plan.heads
        lines += [(plan.title, head.heading, _what_to_write(head)) for head in heads]
    return SheetOut(READ_ME, ("Sheet", "Column or line", "What to write"), lines)


def _what_to_write(head: Head) -> str:
    hint = head.hint.replace("{informs}", defaults.informs(clock.today()))
    return f"Needed. {hint}" if head.needed else hint


def _width(plan: SheetPlan, head: Head) -> int:
    if head.wide:
        return 60
    return 28 if plan is SET else min(30, max(12, len(head.heading) + 3))


def _rule(head: Head) -> dict[str, Any] | None:
    """What the spreadsheet program offers and checks while a person types; it is checked again on reading."""
    if head.kind not in ("yes", "choice") or len(",".join(head.choices)) > LONGEST_RULE:
        return None
    return {
        "validate": "list",
        "source": list(head.choices),
        "error_title": "Not one of the choices",
        "error_message": cell_text("Choose from the list, or leave it empty.", "", 1),
    }


def _example_rows() -> list[list[str]]:
    safety = defaults.safety_question()
    examples = [
        {"domain": "(example) The plan", "text": "How specific is the plan about what must change, and by when?",
         "type": "judged", "core": "yes", "starred": "yes", "hint": "Could the family say what is expected of them?"},
        {"domain": "(example) The plan", "text": "Was the child seen alone?", "type": "check", "core": "yes"},
        {"domain": "The whole", "text": safety.text, "type": "check", "core": "yes", "starred": "yes",
         "safety": "yes", "hint": safety.hint or ""},
    ]  # fmt: skip
    return [[example.get(head.key, "") for head in QUESTIONS.heads] for example in examples]


def _scale_rows(scales: Sequence[dict[str, Any]]) -> list[list[str]]:
    return [
        [
            scale["id"],
            point["code"],
            point["name"],
            point["meaning"] or "",
            _worth(point),
            "" if at else _best_end(scale),
        ]
        for scale in scales
        for at, point in enumerate(scale["points"])
    ]


def _worth(point: dict[str, Any]) -> str:
    """What a point is worth, as text: a cell of text is read back as it stands."""
    return "" if point.get("points") is None else str(point["points"])


def _best_end(scale: dict[str, Any]) -> str:
    return LAST if scale["ordered"] else NEITHER


def _waiting(own: OwnSet, condition: ShowIf | None) -> tuple[str, str]:
    """What the two cells of a condition say."""
    if condition is None:
        return "", ""
    return conditions.reference_in(own, condition.question), condition_fields.in_words(own, condition)


def _set_rows(own: OwnSet) -> list[list[str]]:
    overall = own.overall_grade
    values = {
        "title": own.title,
        "purpose": own.purpose,
        "id": own.id,
        "subjects": cells.joined(own.subjects),
        "cohorts": cells.joined(own.cohorts),
        "informs_edition": own.informs_edition,
        "domain_scale": own.domain_scale or NONE,
        "overall_scale": overall.scale if overall else NONE,
        "overall_required": cells.yes_word(overall.required) if overall else "",
        "rules": own.rules or NONE,
        "scale_check": own.answer_scales.check or NONE,
        "scale_judged": own.answer_scales.judged or NONE,
        "scale_timescale": own.answer_scales.timescale or NONE,
        "scale_safety": own.answer_scales.safety,
        "minutes_core": str(own.expected_minutes.core),
        "minutes_full": str(own.expected_minutes.full),
        "publisher": own.publisher or "",
        "source": own.source or "",
        "licence": own.licence or "",
    }
    return [[head.heading, values[head.key]] for head in SET_ROWS]


def _domain_row(own: OwnSet, domain: OwnDomain) -> list[str]:
    values = {head.key: cells.cell_of(head, getattr(domain, head.key)) for head in WHOLE_OF_DOMAIN}
    values |= dict(zip(question_keys.CONDITIONS["show_if"], _waiting(own, domain.show_if), strict=True))
    return [values[head.key] for head in DOMAINS.heads]


def _question_row(own: OwnSet, domain: OwnDomain, question: OwnQuestion) -> list[str]:
    values = {head.key: cells.cell_of(head, getattr(question, head.key)) for head in question_keys.WHOLE}
    for key, columns in question_keys.CONDITIONS.items():
        values |= dict(zip(columns, _waiting(own, getattr(question, key)), strict=True))
    second = (question.second.label, question.second.scale) if question.second else ("", "")
    values |= dict(zip(question_keys.SECOND_PARTS, second, strict=True))
    return [{**values, "domain": domain.id}[head.key] for head in QUESTIONS.heads]
