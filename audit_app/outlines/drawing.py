"""Where the outlines of one process stand, and the templates that are drawn from them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from audit_app import terms_in_templates
from audit_app.outlines.parts import Anew, Outline, Parts, with_gaps

LIBRARY = "govuk_frontend_jinja/"
COMPONENTS = f"{LIBRARY}components/"
# Outlines kept in one process; beyond it they are begun again.
MOST_OUTLINES = 1000


class Outlines:
    """The outlines one process keeps. Threads may draw at once: the worst is that two draw the same one."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Any, ...], Outline | None] = {}

    def drawn(self, macro: Macro, params: Any) -> Markup:
        """What the component of these parameters reads, to the letter as the library draws it."""
        try:
            parts = Parts(macro.name, params)
        except Anew:
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
        outline = Outline(macro(with_gaps(params, [0])))
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
