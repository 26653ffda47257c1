"""Due dates as a calendar file (RFC 5545): our own references and a link, and nothing about any case. Pure.

A calendar is often seen by others, on a wall or a telephone.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from audit_app.home.waiting import Line

OWN_REFERENCE = re.compile(r"\b(?:AUD|AAC|ACT|PLN|EVD|FOL|SAS)-\d{4,}\b")
WHAT = {
    "audit": "Audit is due",
    "audit_action": "Action of an audit is due",
    "plan_action": "Plan action is due",
    "plan_review": "Plan is to be reviewed",
    "evidence": "Evidence is to be renewed",
    "folder": "Evidence folder is to be refreshed",
    "self_assessment": "Self-assessment is due",
}
ANYTHING = "Something of yours is due"


def calendar_of(
    lines: Iterable[Line], link: Callable[[Line], str], *, product: str, council: str, host: str, now: datetime
) -> bytes:
    """One whole-day entry for each line that has a date; each keeps its identity from file to file.

    Args:
        lines: what waits for a person.
        link: the whole address of the page of a line.
        product: the name of the service, and `council` that of the council, as they stand in the calendar's name.
        host: the name of the service's address; it makes identities our own.
        now: when the file is made.
    """
    made = Calendar()
    made.add("prodid", f"-//{product}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{product}: {council}")
    for line in lines:
        if line.due_on is not None:
            made.add_component(_entry(line, link(line), host=host, now=now))
    return made.to_ical()


def _entry(line: Line, address: str, *, host: str, now: datetime) -> Event:
    named = OWN_REFERENCE.search(line.what)
    reference = named[0] if named else ""
    what = WHAT.get(line.kind, ANYTHING)
    entry = Event()
    entry.add("uid", f"{line.kind}-{reference or line.due_on}@{host}")
    entry.add("dtstamp", now)
    entry.add("dtstart", line.due_on)
    entry.add("dtend", line.due_on + timedelta(days=1) if line.due_on else None)
    entry.add("summary", f"{reference}: {what[0].lower()}{what[1:]}" if reference else what)
    entry.add("url", address)
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    return entry
