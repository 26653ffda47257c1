"""What an invariant says of its own look: how much it compared, and what it could not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from audit_app import words


@dataclass(frozen=True)
class Compared:
    """What was compared with what, and how many; `in_part` where something stays unproved."""

    words: str
    in_part: bool = False


Finder = Callable[[sa.Connection, Mapping[str, Any]], Iterator["str | Compared"]]


def compared(connection: sa.Connection, counting: Any, what: str, more: str = "") -> Compared:
    """So many things of a kind were looked at, as a statement counts them: "12 audits: the team and auditor of each."

    Args:
        counting: A select whose rows are counted.
        what: One of them, like "audit".
        more: What was asked of each.
    """
    number = connection.execute(sa.select(sa.func.count()).select_from(counting.subquery())).scalar_one()
    return Compared(f"{words.count(number, what)}{': ' if more else ''}{more}.")
