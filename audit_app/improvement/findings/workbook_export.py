"""The register of findings as a workbook the worker makes, part by part."""

from collections.abc import Iterator
from functools import partial

from audit_app.improvement.findings import queries, workbook
from audit_app.improvement.findings.narrowed import FILTERS, finding_filter
from audit_app.improvement.who import READERS
from audit_app.library.terms import queries as terms
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register, some_at_a_time
from audit_app.sheets import SheetOut
from findings import queries as thread


def count(read: Read, asked: Asked) -> int:
    """How many findings there are of the sort."""
    return read(lambda session: thread.count_findings(session, asked.authority_id, finding_filter(asked.given)))


def chosen(_read: Read, asked: Asked) -> str:
    """What was chosen, in words."""
    return workbook.narrowed_to("Findings", dict(asked.given))


def book(read: Read, asked: Asked, made: Made) -> LongBook:
    """The workbook; its roles and no name stand on it, as where it is made at once."""
    own = read(lambda session: terms.own_words(session, asked.authority_id))
    return LongBook(
        own.say("Findings"),
        (in_own_words(part, own) for part in _parts(read, asked)),
        0,
        chosen(read, asked),
        own.say(made.role),
    )


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    council, wanted = asked.authority_id, finding_filter(asked.given)
    reports = read(lambda session: queries.report_names(session, council))
    numbers = read(lambda session: thread.finding_numbers(session, council, wanted))
    for some in some_at_a_time(numbers):
        rows = read(partial(queries.some_findings, authority_id=council, numbers=some))
        yield workbook.findings_sheet(rows, reports)


REGISTER = Register(
    "findings", "findings", "Findings", "improvement.list_findings", "findings.xlsx", frozenset(READERS), FILTERS,
    count, chosen, book,
)  # fmt: skip
