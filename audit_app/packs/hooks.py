"""What a feature above this one gives to it: what keeps a pack from being destroyed, such as a legal hold.

`wiring.py` fills the list.
"""

from collections.abc import Callable

from sqlmodel import Session

# Given a council and a reference, each gives the reference of what keeps the pack; empty where nothing does.
keepers: list[Callable[[Session, int, str], str]] = []
