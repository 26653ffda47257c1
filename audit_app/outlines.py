"""GOV.UK components, drawn once for each outline: what a page says is put into the outline, and never kept with it.

A component is made of its shape (which parts it has, which class each wears) and of its texts. A page of a dozen
questions draws the same few shapes over and over; of each the outline is kept, with gaps where the texts go. Texts,
names and typed words only ever stand on the page they were drawn for.
"""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from audit_app import terms_in_templates, words
from audit_app.library.terms.own_words import Verbatim

LIBRARY = "govuk_frontend_jinja/"
COMPONENTS = f"{LIBRARY}components/"
# Outlines kept in one process, and texts in one of them; what goes beyond is drawn anew each time.
MOST_OUTLINES = 1000
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


class _Anew(Exception):
    """This is drawn as the library draws it, each time."""


class Parts:
    """The parameters of one component, taken apart into its shape and its texts."""

    def __init__(self, macro: str, params: Any) -> None:
        self.shape: list[Any] = [macro]
        self.texts: list[str] = []
        self.may_have_lines = macro == "govukTextarea"  # its value is set in by nothing
        self._holder(params)
        if len(self.texts) > MOST_TEXTS:
            raise _Anew

    def _holder(self, params: Any) -> None:
        if type(params) is not dict or ("items" in params and "value" in params):  # a choice among the items by value
            raise _Anew
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
                raise _Anew
        self.shape.append(_CLOSE)

    def _held(self, value: Any) -> None:
        if type(value) not in (list, tuple):
            self._holder(value)
            return
        self.shape.append(_FIRST)
        for one in value:
            self._holder(one)
        self.shape.append(_LAST)

    def _choice(self, value: Any) -> None:
        kind = type(value)
        if kind is bool:
            self.shape.append(_TRUE if value else _FALSE)
        elif kind is str or kind is int or value is None:
            self.shape.append(value)
        else:
            raise _Anew

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
            raise _Anew


def _with_gaps(params: dict[str, Any], count: list[int]) -> dict[str, Any]:
    """The same parameters, each text a numbered gap, in the order in which `Parts` met them."""
    gaps: dict[str, Any] = {}
    for key, value in params.items():
        if isinstance(value, dict):
            gaps[key] = _with_gaps(value, count)
        elif isinstance(value, list | tuple):
            gaps[key] = [_with_gaps(one, count) for one in value]
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


class Outlines:
    """The outlines one process keeps. Threads may draw at once: the worst is that two draw the same one."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Any, ...], Outline | None] = {}

    def drawn(self, macro: Macro, params: Any) -> Markup:
        """What the component of these parameters reads, to the letter as the library draws it."""
        try:
            parts = Parts(macro.name, params)
        except _Anew:
            return macro(params)  # type: ignore[return-value]
        own = terms_in_templates.own_words()
        key = (own.written() if own else None, *parts.shape)
        outline = self.kept.get(key)
        if outline is not None:
            return outline.filled(parts.texts)
        drawn = Markup(macro(params))  # noqa: S704 (what the macro returns is markup)
        if key not in self.kept:
            self._keep(key, macro, params, parts.texts, drawn)
        return drawn

    def _keep(self, key: tuple[Any, ...], macro: Macro, params: Any, texts: list[str], drawn: str) -> None:
        """Keep the outline if it gives this very component; else remember that this shape is drawn anew."""
        outline = Outline(macro(_with_gaps(params, [0])))
        fits = all(number < len(texts) for _place, number in outline.gaps) and outline.filled(texts) == drawn
        if len(self.kept) >= MOST_OUTLINES:
            self.kept.clear()
        self.kept[key] = outline if fits else None


class OutlinedTemplate(Template):
    """A template; what our own templates import from the component library is drawn from outlines."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        module = super()._get_default_module(ctx)
        name = self.name or ""
        if not name.startswith(COMPONENTS) or (ctx is not None and (ctx.name or "").startswith(LIBRARY)):
            return module
        if module is not self._module:
            return module
        kept = self.__dict__.get("outlined")
        if kept is None:
            kept = self.__dict__["outlined"] = _outlined(module, self.environment.outlines)  # type: ignore[attr-defined]
        return kept


def _outlined(module: Any, outlines: Outlines) -> SimpleNamespace:
    macros = {name: value for name, value in vars(module).items() if isinstance(value, Macro)}
    return SimpleNamespace(**{name: _drawer(macro, outlines) for name, macro in macros.items()})


def _drawer(macro: Macro, outlines: Outlines) -> Callable[..., Markup]:
    def draw(params: Any, **called_with: Any) -> Markup:
        return macro(params, **called_with) if called_with else outlines.drawn(macro, params)  # type: ignore[return-value]

    return draw
