"""The parameters of a component taken apart: its shape, which may be kept, and its texts, which never are."""

import re
from typing import Any

from markupsafe import Markup, escape

from audit_app import terms_in_templates, words
from audit_app.library.terms.own_words import Verbatim

# Texts in one component; a longer list is drawn anew each time.
MOST_TEXTS = 80

# What a component only ever prints, and asks no more of than whether it is there.
TEXTS = frozenset({"href", "id", "idPrefix", "label", "name", "text", "value"})
# What our own templates choose among: it belongs to the shape.
CHOICES = frozenset(
    {
        "active", "ariaLabel", "autocomplete", "checked", "classes", "disabled", "iconFallbackText", "inputmode",
        "navigationLabel", "preventDoubleClick", "rows", "selected", "spellcheck", "titleText", "type",
    }
)  # fmt: skip
# What holds further parts.
HOLDERS = frozenset(
    {
        "errorList", "errorMessage", "fieldset", "hint", "items", "label", "legend", "navigation", "next", "prefix",
        "previous", "status", "suffix", "tag", "title",
    }
)  # fmt: skip
# A component sets its parts in by some columns, line by line: a text of several lines is changed by that.
_LINES = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAP = re.compile("zQ([0-9]+)Qz")
_OPEN, _CLOSE, _FIRST, _LAST, _TRUE, _FALSE, _TEXT = (object() for _ in range(7))


class Anew(Exception):
    """This is drawn as the library draws it, each time."""


class Parts:
    """The parameters of one component, taken apart into its shape and its texts."""

    def __init__(self, macro: str, params: Any) -> None:
        self.shape: list[Any] = [macro]
        self.texts: list[str] = []
        self.may_have_lines = macro == "govukTextarea"  # its value is set in by nothing
        self._holder(params)
        if len(self.texts) > MOST_TEXTS:
            raise Anew

    def _holder(self, params: Any) -> None:
        if type(params) is not dict or ("items" in params and "value" in params):  # a choice among the items by value
            raise Anew
        self.shape.append(_OPEN)
        for key, value in params.items():
            self.shape.append(key)
            if key in TEXTS and (type(value) is not dict):
                self._text(value, lines=self.may_have_lines and key == "value" and "name" in params)
            elif key in CHOICES:
                self._choice(value)
            elif key in HOLDERS:
                self._held(value)
            else:
                raise Anew
        self.shape.append(_CLOSE)

    def _held(self, value: Any) -> None:
        if type(value) not in (list, tuple):
            self._holder(value)
            return
        self.shape.append(_FIRST)
        for part in value:
            self._holder(part)
        self.shape.append(_LAST)

    def _choice(self, value: Any) -> None:
        kind = type(value)
        if kind is bool:
            self.shape.append(_TRUE if value else _FALSE)
        elif kind is str or kind is int or value is None:
            self.shape.append(value)
        else:
            raise Anew

    def _text(self, value: Any, lines: bool) -> None:
        kind = type(value)
        if kind is words.Ours or kind is Verbatim:
            value, kind = str(terms_in_templates.in_terms_if_ours(value)), str
        if value is None or (kind in (str, Markup) and not value):
            self.shape.append(value)
        elif kind in (str, Markup) and (lines or not _LINES.search(value)):
            self.shape.append(_TEXT)
            self.texts.append(escape(value))
        else:
            raise Anew


def with_gaps(params: dict[str, Any], count: list[int]) -> dict[str, Any]:
    """The same parameters, each text a numbered gap, in the order in which `Parts` met them."""
    gaps: dict[str, Any] = {}
    for key, value in params.items():
        if isinstance(value, dict):
            gaps[key] = with_gaps(value, count)
        elif isinstance(value, list | tuple):
            gaps[key] = [with_gaps(part, count) for part in value]
        elif key in TEXTS and value:
            gaps[key] = f"zQ{count[0]}Qz"
            count[0] += 1
        else:
            gaps[key] = value
    return gaps


class Outline:
    """A component with gaps where its texts go."""

    def __init__(self, drawn: str) -> None:
        self.pieces = _GAP.split(drawn)
        self.gaps = [(place, int(self.pieces[place])) for place in range(1, len(self.pieces), 2)]

    def filled(self, texts: list[str]) -> Markup:
        """The component with its texts, each already safe to stand in markup."""
        pieces = self.pieces.copy()
        for place, number in self.gaps:
            pieces[place] = texts[number]
        return Markup("".join(pieces))  # noqa: S704 (the library's markup, and texts that were escaped)
