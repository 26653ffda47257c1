"""The register of what went to whom as a workbook the worker makes, part by part."""

from collections.abc import Iterator
from functools import partial

from audit_app.packs.release import queries, workbook
from audit_app.people import queries as people
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register, some_at_a_time
from audit_app.people.tables import Role
from audit_app.sheets import SheetOut

READERS = (Role.qa_manager, Role.leader)


def count(read: Read, asked: Asked) -> int:
    """How many copies went to somebody."""
    return read(lambda session: queries.count_released(session, asked.authority_id))


def chosen(_read: Read, _asked: Asked) -> str:
    """Always all of it."""
    return workbook.TITLE


def book(read: Read, asked: Asked, _made: Made) -> LongBook:
    """The workbook; roles and no name stand on it, as where it is made at once."""
    return LongBook(workbook.TITLE, _parts(read, asked), 1, workbook.TITLE, asked.role_titles)


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    council = asked.authority_id
    for some in some_at_a_time(range(count(read, asked))):
        first = some[0] if some else 0
        lines = read(partial(queries.list_released, authority_id=council, limit=len(some), offset=first))
        names = read(partial(people.names_of, ids=[line.released_by for line in lines]))
        yield workbook.released_sheet(lines, names)


REGISTER = Register(
    "released", "packs released", workbook.TITLE, "packs.list_released", "what-went-to-whom.xlsx", frozenset(READERS),
    (), count, chosen, book,
)  # fmt: skip
