"""The register of areas for improvement as a workbook the worker makes, part by part."""

from collections.abc import Iterator
from functools import partial

from audit_app.improvement.areas import queries, workbook
from audit_app.improvement.areas.narrowed import area_filter
from audit_app.improvement.findings.narrowed import FILTERS
from audit_app.improvement.findings.workbook import narrowed_to
from audit_app.improvement.who import READERS
from audit_app.library.terms import queries as terms
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register, some_at_a_time
from audit_app.sheets import SheetOut
from findings import queries as thread
from findings.queries import AreaFilter


def _wanted(asked: Asked) -> AreaFilter:
    return area_filter(asked.given, asked.scope.own_posts, asked.today)


def count(read: Read, asked: Asked) -> int:
    """How many areas there are of the sort."""
    return read(lambda session: thread.count_areas(session, asked.authority_id, _wanted(asked)))


def chosen(_read: Read, asked: Asked) -> str:
    """What was chosen, in words."""
    return narrowed_to("Areas for improvement", dict(asked.given))


def book(read: Read, asked: Asked, made: Made) -> LongBook:
    """The workbook; roles and no name stand on it, as where it is made at once."""
    own = read(lambda session: terms.own_words(session, asked.authority_id))
    return LongBook(workbook.TITLE, _parts(read, asked), 0, chosen(read, asked), own.say(made.role))


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    council = asked.authority_id
    numbers = read(lambda session: thread.area_numbers(session, council, _wanted(asked)))
    for some in some_at_a_time(numbers):
        yield workbook.areas_sheet(read(partial(queries.some_areas, authority_id=council, numbers=some)))


REGISTER = Register(
    "areas", "areas", "Areas for improvement", "improvement.list_areas", "areas-for-improvement.xlsx",
    frozenset(READERS), FILTERS, count, chosen, book,
)  # fmt: skip
