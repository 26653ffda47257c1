"""What a filled offline form says: its rows against the questions of the audit, with every fault at its row. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit_app.audits.offline import cells
from audit_app.audits.offline.cells import Unread
from audit_app.library.sets.offline import (
    ABOUT,
    ANSWER,
    AWAY,
    CLOSING,
    FACT,
    FINGERPRINT,
    GRADE,
    HEADINGS,
    KEY,
    MARK,
    POINTS,
    QUESTIONS,
    SAW,
    rows_of,
)
from audit_app.sheets import Book
from frameworks import QuestionSet, Scale

NO_FORM = (
    "This is no offline form of a question set: it needs the sheets “About” and “Questions” with their headings as "
    "they were. Take the form from the page of this audit, fill it in and choose that."
)
OTHER_QUESTIONS = (
    "This form asks other questions than this audit, or another version of them. Take the form from the page of this "
    "audit and copy your answers into it."
)

NO_KEY = "the column “Key” is empty, so nobody can tell what this answers. Move it to the row it belongs to."
NO_SUCH_KEY = "“{}” in the column “Key” names nothing on this form. Take a fresh form and copy the row into it."


@dataclass(frozen=True)
class FilledRow:
    """One row of the form with something in it, and its number as a spreadsheet program shows it."""

    number: int
    key: str
    answer: str
    saw: str


@dataclass
class Brought:
    """What a form says, by what it is about; what it leaves empty is not here. `answers` holds columns of an answer."""

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    domains: dict[str, dict[str, str | bool]] = field(default_factory=dict)
    whole: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def rows_in(book: Book, fingerprint: str) -> tuple[tuple[FilledRow, ...], tuple[str, ...]]:
    """The filled rows of a form of these very questions; or why it is none."""
    if book.faults:
        return (), book.faults
    pages = {page.title: page.rows for page in book.pages}
    about = {cells[0]: cells[1] for _, cells in pages.get(ABOUT, ()) if len(cells) > 1}
    heads, *rows = pages.get(QUESTIONS, ((0, ()),))
    if tuple(heads[1][: len(HEADINGS)]) != HEADINGS or FINGERPRINT not in about:
        return (), (NO_FORM,)
    if about[FINGERPRINT].strip() != fingerprint:
        return (), (OTHER_QUESTIONS,)
    return tuple(_filled(rows)), ()


def _filled(rows: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[FilledRow]:
    for number, row in rows:
        answer, saw, key = ((*row, *[""] * len(HEADINGS))[at].strip() for at in (ANSWER, SAW, KEY))
        if answer or saw:
            yield FilledRow(number, key, answer, saw)


def read(questions: QuestionSet, rows: Sequence[FilledRow]) -> Brought:
    """Every filled row as what would be saved, and each fault with the row it stands in."""
    brought, known, seen = Brought(), {row.key for row in rows_of(questions)}, set[str]()
    for row in rows:
        if row.key not in known:
            brought.faults.append(f"Row {row.number}: {NO_SUCH_KEY.format(row.key) if row.key else NO_KEY}")
        elif row.key in seen:
            brought.faults.append(f"Row {row.number}: “{row.key}” is there twice. Delete one of the rows.")
        else:
            seen.add(row.key)
            _take(questions, brought, row)
    return brought


def _take(questions: QuestionSet, brought: Brought, row: FilledRow) -> None:
    about, _, part = row.key.partition(MARK)
    try:
        if "/" in about:
            brought.answers.setdefault(about, {}).update(cells.answer_in(questions, about, part, row.answer, row.saw))
        elif about:
            brought.domains.setdefault(about, {}).update(_of_domain(questions, part, row))
        elif part.startswith(FACT):
            brought.facts.update(cells.fact_in(questions, part.removeprefix(FACT), row.answer, row.saw))
        else:
            brought.whole.update(_of_the_whole(questions, part, row))
    except Unread as unread:
        brought.faults.append(f"Row {row.number}, column “{HEADINGS[ANSWER]}”: {unread}")


def _of_domain(questions: QuestionSet, part: str, row: FilledRow) -> Mapping[str, str | bool]:
    if part == POINTS:
        return {}  # added up by hand there, and anew here
    if part == AWAY:
        return {"not_applicable": True, "not_applicable_reason": cells.joined(row.answer, row.saw)}
    return _graded(questions.scale(questions.domain_scale or ""), row, "grade", "rationale")


def _of_the_whole(questions: QuestionSet, part: str, row: FilledRow) -> Mapping[str, str]:
    if part in CLOSING:
        return {part: cells.joined(row.answer, row.saw)}
    assert part == GRADE
    assert questions.overall_grade is not None
    return _graded(questions.scale(questions.overall_grade.scale), row, "overall_grade", "overall_rationale")


def _graded(scale: Scale, row: FilledRow, grade: str, why: str) -> dict[str, str]:
    chosen = {grade: cells.one_of(row.answer, scale.as_offered)} if row.answer else {}
    return {**chosen, **({why: row.saw} if row.saw else {})}
