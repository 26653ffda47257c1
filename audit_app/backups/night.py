"""When the nightly backup is due: once after the hour that is set, and after a failure again in an hour. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from audit_app import clock
from audit_app.backups.journal import Line, What

AGAIN_AFTER = timedelta(hours=1)


def hour_of(config: Mapping[str, Any]) -> int | None:
    """The hour, 0 to 23 by London's clock; None where none is set, or what is set is no hour."""
    given = str(config["BACKUP_HOUR"]).strip()
    return int(given) if given.isdecimal() and int(given) < 24 else None


def is_no_hour(config: Mapping[str, Any]) -> bool:
    """Whether something is set and is no hour."""
    return hour_of(config) is None and str(config["BACKUP_HOUR"]).strip() != ""


def last_turn(hour: int, now: datetime) -> datetime:
    """The last moment at which London's clocks showed that hour."""
    today = datetime.combine(clock.london_day(now), time(hour), clock.LONDON).astimezone(UTC)
    if today <= now:
        return today
    yesterday = clock.london_day(now) - timedelta(days=1)
    return datetime.combine(yesterday, time(hour), clock.LONDON).astimezone(UTC)


def is_due(written: Sequence[Line], hour: int, now: datetime) -> bool:
    """Whether the worker should make one now.

    A new installation waits for its first night, not for the night before it was there.
    """
    turn = last_turn(hour, now)
    if not written or written[0].at > turn:
        return False
    if any(line.what is What.made and line.at >= turn for line in written):
        return False
    return not any(line.what is What.failed and now - line.at < AGAIN_AFTER for line in written)
