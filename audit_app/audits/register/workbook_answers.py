"""Every answer of the audits in the register as a workbook, a row each, with grades of domains and no typed word."""

from collections.abc import Iterator
from functools import partial

from audit_app.audits import queries_lists
from audit_app.audits.register import queries_answers, workbook_export
from audit_app.audits.register.forms import FILTERS, audit_filter
from audit_app.audits.register.workbook_export import EXPORTERS
from audit_app.library.terms import queries as terms
from audit_app.library.terms.in_sheets import in_own_words
from audit_app.people.exports.kinds import Asked, LongBook, Made, Read, Register
from audit_app.sheets import SheetOut

TITLE = "Answers of audits"
HEADINGS = (
    "Audit", "Case reference", "Question set", "Length", "Group", "How chosen", "Service", "Team", "Last submitted on",
    "Agreed on", "Domain", "Number", "Question", "Answer", "Second answer",
)  # fmt: skip
AUDITS_AT_ONCE = 50  # some three thousand answers in one short read


def count(read: Read, asked: Asked) -> int:
    """How many rows there are."""
    wanted = audit_filter(asked.given)
    return read(lambda session: queries_answers.count_answers(session, asked.authority_id, wanted, asked.today))


def book(read: Read, asked: Asked, made: Made) -> LongBook:
    """The workbook; the name of whoever made it stands on it."""
    own = read(lambda session: terms.own_words(session, asked.authority_id))
    parts = (in_own_words(part, own) for part in _parts(read, asked))
    return LongBook(own.say(TITLE), parts, 0, workbook_export.chosen(read, asked), made.name)


def _parts(read: Read, asked: Asked) -> Iterator[SheetOut]:
    council, today, wanted = asked.authority_id, asked.today, audit_filter(asked.given)
    numbers = read(lambda session: queries_lists.audit_numbers(session, council, wanted, today))
    for first in range(0, max(len(numbers), 1), AUDITS_AT_ONCE):
        some = numbers[first : first + AUDITS_AT_ONCE]
        rows = partial(queries_answers.answer_rows, authority_id=council, wanted=wanted, numbers=some, today=today)
        yield SheetOut(TITLE, HEADINGS, read(rows))


REGISTER = Register(
    "answers", "answers of audits", "Answers of audits", "audits.index", "answers-of-audits.xlsx",
    frozenset(EXPORTERS), FILTERS, count, workbook_export.chosen, book,
)  # fmt: skip
