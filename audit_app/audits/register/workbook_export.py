"""The register of audits as a workbook the worker makes, part by part."""

from collections.abc import Iterator
from functools import partial

from audit_app.audits import queries_lists, workbook
from audit_app.audits.register import queries
from audit_app.audits.register.forms import FILTERS, audit_filter
from audit_app.library.terms import queries as terms
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register, some_at_a_time
from audit_app.people.tables import Role
from audit_app.sheets import SheetOut

EXPORTERS = (Role.qa_manager, Role.leader)


def count(read: Read, asked: Asked) -> int:
    """How many audits fit."""
    wanted = audit_filter(asked.given)
    return read(lambda session: queries.count_audits(session, asked.authority_id, wanted, asked.today))


def chosen(read: Read, asked: Asked) -> str:
    """What was chosen, in words."""
    own = read(lambda session: terms.own_words(session, asked.authority_id))
    offered = read(lambda session: queries.offered(session, asked.authority_id, asked.scope, asked.today))
    named = {name: dict(pairs) for name, pairs in offered.items()}
    return workbook.filter_in_words(audit_filter(asked.given), named, own)


def book(read: Read, asked: Asked, made: Made) -> LongBook:
    """The workbook; the name of whoever made it stands on it, as where it is made at once."""
    own = read(lambda session: terms.own_words(session, asked.authority_id))
    return LongBook(
        own.say(workbook.TITLE),
        (in_own_words(part, own) for part in _parts(read, asked)),
        0,
        chosen(read, asked),
        made.name,
    )


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    council, today, wanted = asked.authority_id, asked.today, audit_filter(asked.given)
    numbers = read(lambda session: queries_lists.audit_numbers(session, council, wanted, today))
    for some in some_at_a_time(numbers):
        rows = read(partial(queries_lists.some_audits, authority_id=council, wanted=wanted, numbers=some, today=today))
        yield workbook.register_sheet(rows, today)


REGISTER = Register(
    "audits", "records read", "Audits", "audits.index", "audits.xlsx", frozenset(EXPORTERS), FILTERS,
    count, chosen, book,
)  # fmt: skip
