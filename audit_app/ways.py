"""Ways from a page of a lower feature to a page of a higher one: the lower says what it wants, `wiring.py` says where.

A feature names no address of a feature above it. It asks for a way by a code that says what a person would do there,
`raise_finding`, and leaves the link out while nobody offers it.
"""

from typing import Any

from flask import Flask, current_app, url_for

WAYS = "ways"


def offer(app: Flask, ways: dict[str, str]) -> None:
    """Say which page each way leads to, as endpoints."""
    app.extensions.setdefault(WAYS, {}).update(ways)
    app.jinja_env.globals["way_to"] = way_to


def is_open(what: str) -> bool:
    """Whether a page is offered on which a person does this."""
    return current_app.extensions.get(WAYS, {}).get(what) in current_app.view_functions


def way_to(what: str, **values: Any) -> str:
    """The address where a person does this; KeyError when no feature offers it."""
    return url_for(current_app.extensions[WAYS][what], **values)
