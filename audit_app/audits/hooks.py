"""The only road upward from an audit: functions wiring puts in these lists, called in the same transaction."""

from collections.abc import Callable
from typing import Any

# Each is called as hook(session, audit, code, text, by, now) whenever the answer to the safety question has changed.
after_answer: list[Callable[..., Any]] = []

# Each is called as hook(session, audit, version, by, now) once an audit has been submitted and frozen.
after_submit: list[Callable[..., Any]] = []
