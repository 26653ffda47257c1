"""Which backups are kept: all of some days, then one a week for some weeks; the last verified one always. Pure."""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

NAME = re.compile(r"audit-(\d{8}T\d{6})Z\.tar(\.age)?")
STAMP = "%Y%m%dT%H%M%S"


def name_for(at: datetime, *, enciphered: bool) -> str:
    """audit-20261130T020000Z.tar.age: when it was begun, by the world's clock."""
    return f"audit-{at.astimezone(UTC):{STAMP}}Z.tar{'.age' if enciphered else ''}"


def made_at(name: str) -> datetime | None:
    """When a backup of this name was begun; None when it is not the name of one, and so none of ours to remove."""
    fits = NAME.fullmatch(name)
    if fits is None:
        return None
    try:
        return datetime.strptime(fits[1], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def to_remove(
    names: Iterable[str], now: datetime, *, days: int, weeks: int, verified: Collection[str] = ()
) -> list[str]:
    """The backups that are past their time, oldest first.

    Args:
        names: What lies there; what is not named as a backup is left alone.
        days: Every backup of so many days is kept.
        weeks: Of older ones the last of each calendar week is kept, for so many weeks before those days.
        verified: Names of those that were opened and found whole. The newest of them stays however old it is, and so
            does the newest of all.
    """
    dated = sorted((at, name) for name in names if (at := made_at(name)) is not None)
    if not dated:
        return []
    staying = {dated[-1][1]} | {name for _, name in [pair for pair in dated if pair[1] in verified][-1:]}
    young, oldest = now - timedelta(days=days), now - timedelta(days=days, weeks=weeks)
    # The last of each week: a week whose last ones are young needs no other.
    last_of_week = {at.isocalendar()[:2]: (at, name) for at, name in dated}
    staying |= {name for at, name in dated if at >= young}
    staying |= {name for at, name in last_of_week.values() if at >= oldest}
    return [name for _, name in dated if name not in staying]
