"""The command `settings`: every setting with its default and why, as a page; `docs/settings.md` is what it prints."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from audit_app import config

HEAD = """\
# Settings

Each setting is given by the environment, `AUDIT_` and its name, as text or as JSON: `AUDIT_SERVER_MODE=true`,
`AUDIT_TRUSTED_HOSTS='["readiness.example.gov.uk"]'`. On a server they stand in `/etc/audit-app/settings.env`; after a
change, restart both units. `audit-app settings` prints this page.
"""
# What a default is called where its value says too little, or is worked out from others.
WORDS = {"": "empty", True: "true", False: "false"}


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default and what the comment above or beside it says."""

    name: str
    default: Any
    why: str


def list_settings() -> list[Setting]:
    """Every setting in the order of `config.py`, each with the comment it stands under."""
    source = Path(config.__file__).read_text("utf-8")
    lines = source.splitlines()
    return [
        Setting(name, config.DEFAULTS[name], _why(lines, first, last))
        for name, first, last in _places(ast.parse(source))
    ]


def _places(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    """Name, first and last line (counted from 1) of each default."""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "DEFAULTS" and node.value is not None:
            pairs = zip(node.value.keys, node.value.values, strict=True)  # type: ignore[attr-defined]
            yield from ((key.value, key.lineno, value.end_lineno) for key, value in pairs)


def _why(lines: list[str], first: int, last: int) -> str:
    """The comment beside a default, or the one above it; settings that follow one another share what is above."""
    beside = re.search(r",\s*#\s*(.+)$", lines[last - 1])
    if beside:
        return beside[1].strip()
    above = first - 2
    while above >= 0 and not lines[above].strip().startswith("#"):
        if not lines[above].strip() or "{" in lines[above]:
            return ""
        above -= 1
    words: list[str] = []
    while above >= 0 and lines[above].strip().startswith("#"):
        words.insert(0, lines[above].strip().lstrip("# "))
        above -= 1
    return " ".join(words)


def page() -> str:
    """The whole page, each group of settings under what is said of it."""
    parts, why = [HEAD], None
    for setting in list_settings():
        if setting.why != why:
            why = setting.why
            parts.append(f"\n{why}\n\n| setting | default |\n|---|---|\n")
        parts.append(f"| `{setting.name}` | {default_words(setting.default)} |\n")
    return "".join(parts)


def default_words(default: Any) -> str:
    """A default as it would be typed."""
    if isinstance(default, str | bool) and default in WORDS:
        return WORDS[default]
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


@click.command("settings")
def settings() -> None:
    """Print every setting with its default and why."""
    click.echo(page(), nl=False)


GROUPS = (settings,)
