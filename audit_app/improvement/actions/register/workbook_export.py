"""The register of plan actions as a workbook the worker makes, part by part."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from audit_app.improvement import colour_words
from audit_app.improvement.actions import queries_choices, queries_rows, workbook
from audit_app.improvement.actions.forms import STATES
from audit_app.improvement.actions.register.narrowed import FILTERS, action_filter, in_words
from audit_app.improvement.who import ACTION_EXPORTERS
from audit_app.people import queries as people
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register, some_at_a_time
from audit_app.sheets import SheetOut
from findings import queries as thread


def count(read: Read, asked: Asked) -> int:
    """How many actions there are of the sort."""
    wanted = action_filter(asked.given, asked.today)
    return read(lambda session: thread.count_actions(session, asked.authority_id, wanted))


def chosen(read: Read, asked: Asked) -> str:
    """What was chosen, in the words of the filters."""
    offered = _offered(read, asked.authority_id, asked.given) if asked.given else {}
    return in_words(asked.given, offered)


def _offered(read: Read, authority_id: int, given: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What each filter offers, by value."""
    brag = read(people.brag_words)
    pairs: dict[str, Iterable[tuple[Any, Any]]] = {
        "plan": read(partial(queries_choices.plan_choices, authority_id=authority_id)),
        "area": read(partial(queries_choices.filter_areas, authority_id=authority_id, chosen=given.get("area", ""))),
        "lead": read(partial(queries_choices.lead_choices, authority_id=authority_id)),
        "colour": colour_words.choices(colour_words.standings(brag)),
        "status": STATES,
    }
    return {name: {str(value): str(text) for value, text in listed} for name, listed in pairs.items()}


def book(read: Read, asked: Asked, _made: Made) -> LongBook:
    """The workbook; roles and no name stand on it, as where it is made at once."""
    return LongBook(workbook.TITLE, _parts(read, asked), 1, chosen(read, asked), asked.role_titles)


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    council, today, wanted = asked.authority_id, asked.today, action_filter(asked.given, asked.today)
    numbers = read(lambda session: thread.action_numbers(session, council, wanted))
    for some in some_at_a_time(numbers):
        rows = read(partial(queries_rows.some_actions, authority_id=council, numbers=some, today=today))
        yield workbook.actions_sheet(rows)


REGISTER = Register(
    "actions", "actions", "Plan actions", "improvement.list_actions", "plan-actions.xlsx",
    frozenset(ACTION_EXPORTERS), FILTERS, count, chosen, book,
)  # fmt: skip
