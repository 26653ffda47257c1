"""The form of one question of a council's own set: a field for each key that the browser asks for."""

from typing import Any

import wtforms

from audit_app.forms import AppForm, Checkboxes, Length, Line, LongText, Needed, OneOf, Radios, choices
from audit_app.library.own_sets import condition_fields, editing, question_keys
from audit_app.library.own_sets.forms import listed, scale_words
from audit_app.library.own_sets.question_keys import ASKED, Ask
from audit_app.library.own_sets.sheet.heads import Head
from findings.errors import Invalid
from frameworks.own_sets.shape import OwnQuestion, OwnSet

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
        for key, _ in question_keys.CONDITIONS.values():
            self[key].choices = choices(asked_before, first=ASKED[key].first)
        scales = [(scale.id, scale_words(own, scale.id)) for scale in own.scales]
        for key in question_keys.SCALE_FIELDS:
            self[key].choices = choices(scales, first=ASKED[key].first)

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
        waits_for = {
            key: condition_fields.sent(self.own, self[question].data or "", self[answers].data or "", answers)
            for key, (question, answers) in question_keys.CONDITIONS.items()
        }
        return {**sent, **({"number": number} if number else {}), **waits_for, question_keys.SECOND: self._second()}

    def _second(self) -> dict[str, Any] | None:
        label, scale = (self[key].data or "" for key in question_keys.SECOND_PARTS)
        if bool(label) != bool(scale):
            raise Invalid("second_scale" if label else "second_label", "A second answer needs its name and its scale")
        return {"label": label, "scale": scale} if label else None


def question_values(own: OwnSet, question: OwnQuestion) -> dict[str, Any]:
    """What a question says, by the names of the form's fields."""
    asked = [head for head in question_keys.WHOLE if head.key in ASKED]
    values = {head.key: _typed(head, getattr(question, head.key)) for head in asked}
    for key, fields in question_keys.CONDITIONS.items():
        values |= dict(zip(fields, condition_fields.shown(own, getattr(question, key)), strict=True))
    second = (question.second.label, question.second.scale) if question.second else ("", "")
    return {**values, **dict(zip(question_keys.SECOND_PARTS, second, strict=True))}


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
