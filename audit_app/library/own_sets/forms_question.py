"""The form of one question of a council's own set: a field for each key that the browser asks for."""

from typing import Any

import wtforms

from audit_app.forms import AppForm, Checkboxes, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.library import asking
from audit_app.library.own_sets import editing, matching, question_keys
from audit_app.library.own_sets.forms import listed, scale_words
from audit_app.library.own_sets.question_keys import ASKED, Ask
from audit_app.library.own_sets.sheet.heads import Head
from findings.errors import Invalid
from frameworks.own_sets.shape import OwnQuestion, OwnSet
from frameworks.schema import Point

YES_OR_NO = {"yes": True, "no": False}
Section = tuple[str, list[tuple[Any, Ask]]]


def field_of(ask: Ask) -> Any:
    """The field that asks for a key."""
    needed = [Needed(ask.needed)] if ask.needed else []
    fitting = [*needed, Length(ask.most, ask.called)]
    match ask.widget:
        case "tick":
            return wtforms.BooleanField(ask.label)
        case "long_text":
            return LongText(ask.label, fitting)
        case "radios":
            return Radios(ask.label, needed, choices=choices(ask.names.items()))
        case "checkboxes":
            return Checkboxes(ask.label, needed, choices=choices(ask.names.items()))
        case "drop_down":
            return OneOf(ask.label, needed, choices=choices(ask.names.items(), first=ask.first))
        case _:
            return Line(ask.label, fitting)


Fields: Any = type("Fields", (AppForm,), {key: field_of(ask) for key, ask in ASKED.items()})


class QuestionForm(Fields):
    """One question."""

    own: OwnSet

    def offer(self, own: OwnSet, domain_id: str, question_id: str) -> None:
        """Put the set's scales and earlier questions into the form."""
        self.own = own
        asked_before = editing.earlier_questions(own, domain_id, question_id)
        self["if_question"].choices = choices(asked_before, first=ASKED["if_question"].first)
        scales = [(scale.id, scale_words(own, scale.id)) for scale in own.scales]
        self["scale"].choices = choices(scales, first=ASKED["scale"].first)

    def sections(self) -> list[Section]:
        """The fields under the heading of their section of the page, each with how it is asked for."""
        return [
            (heading, [(self[key], ask) for key, ask in ASKED.items() if ask.section == section])
            for section, heading in question_keys.SECTIONS.items()
        ]

    def values(self) -> dict[str, Any]:
        """What was sent, as the document holds it; Invalid for answers the earlier question has not."""
        sent = {head.key: _sent(head, self[head.key].data) for head in question_keys.WHOLE if head.key in ASKED}
        number = (sent.pop("number") or "").replace(" ", "")
        return {**sent, **({"number": number} if number else {}), question_keys.CONDITION: self._condition()}

    def _condition(self) -> dict[str, Any] | None:
        key = self["if_question"].data
        if not key:
            return None
        points = _points(self.own, key)
        codes, strange = matching.answers_named(self["if_answers"].data or "", points)
        if not codes or strange:
            names = "; ".join(point.name for point in points)
            raise Invalid("if_answers", f"Write one or more of its answers, with a semicolon between: {names}")
        return {"question": key, "answers": codes}


def question_values(own: OwnSet, question: OwnQuestion) -> dict[str, Any]:
    """What a question says, by the names of the form's fields."""
    condition = question.show_if
    asked = [head for head in question_keys.WHOLE if head.key in ASKED]
    return {
        **{head.key: _typed(head, getattr(question, head.key)) for head in asked},
        "if_question": condition.question if condition else "",
        "if_answers": matching.written_out(condition.answers, _points(own, condition.question)) if condition else "",
    }


def _sent(head: Head, data: Any) -> Any:
    """What a field holds after it was sent, as the document holds it."""
    if head.kind == "yes":
        return YES_OR_NO.get(data or "") if head.usual is None else bool(data)
    if head.kind == "list":
        return tuple(data or ()) if head.choices else listed(data)
    return data or None


def _typed(head: Head, value: Any) -> Any:
    """The other way: what the document holds, as a field shows it."""
    if head.kind == "yes":
        return next((word for word, meant in YES_OR_NO.items() if meant is value), "") if head.usual is None else value
    if head.kind == "list":
        return list(value) if head.choices else ", ".join(value)
    return value or ""


def _points(own: OwnSet, key: str) -> tuple[Point, ...]:
    """The answers an earlier question may be given."""
    earlier = asking.find(own, key)
    scale = asking.scale_of(own, earlier) if earlier else None
    return scale.points if scale else ()
