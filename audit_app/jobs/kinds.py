"""What the worker knows how to do: kinds of job and regular tasks, filled by the features when the app is made."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from audit_app.jobs.tables import KIND_LENGTH

ScopeMaker = Callable[[sa.Engine, int | None, int | None, str], Any]


@dataclass(frozen=True)
class Kind:
    """One kind of job: its function, whether only one may run at a time, and the setting that limits its seconds."""

    name: str
    function: Callable[[Any, str], str | None]
    one_at_a_time: bool = False
    seconds_setting: str = ""


@dataclass(frozen=True)
class Periodic:
    """A task for the whole installation, due again `minutes` after it last started."""

    name: str
    minutes: int
    function: Callable[[Any], None]


kinds: dict[str, Kind] = {}
periodics: dict[str, Periodic] = {}
_scope_maker: list[ScopeMaker] = []


class JobFailed(Exception):
    """The job cannot be done; its message is shown to the person who asked, so it holds no text of a case."""


class JobCancelled(Exception):
    """Raised by `context.check()` when somebody asked to stop: let it pass through."""


def register_job(
    kind: str, function: Callable[[Any, str], str | None], *, one_at_a_time: bool = False, seconds_setting: str = ""
) -> None:
    """From now on jobs of this kind are done by `function(context, reference)`, which may return a result reference."""
    _check_name(kind)
    kinds[kind] = Kind(kind, function, one_at_a_time, seconds_setting)


def register_periodic(name: str, minutes: int, function: Callable[[Any], None]) -> None:
    """From now on the worker calls `function(context)` every so many minutes."""
    _check_name(name)
    if minutes < 1:
        raise ValueError(f"A regular task runs at most once a minute, so {name} cannot run every {minutes} minutes.")
    periodics[name] = Periodic(name, minutes, function)


def use_scopes(maker: ScopeMaker) -> None:
    """Say how a job's scope is made: `maker(engine, authority_id or None, asked_by or None, kind or task name)`."""
    _scope_maker[:] = [maker]


def make_scope(engine: sa.Engine, authority_id: int | None, asked_by: int | None, name: str) -> Any:
    """The scope of a job, or None: then every guarded read refuses, which is the safe way to be forgotten."""
    return _scope_maker[0](engine, authority_id, asked_by, name) if _scope_maker else None


def place_of(error: BaseException) -> str:
    """What went wrong and where, without the error's own words, which may quote a case."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    last = frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} in {last.name}"


def _check_name(name: str) -> None:
    if not name.replace("-", "_").isidentifier() or len(name) > KIND_LENGTH:
        raise ValueError(f"{name!r} cannot name a job: use letters, digits and dashes, at most {KIND_LENGTH}.")
