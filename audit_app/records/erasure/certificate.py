"""The certificate of a removal: what went, by whom, what stayed and why. It names no child. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from audit_app import words
from audit_app.records.erasure import wording
from audit_app.records.erasure.listing import added, read_counts, read_stays
from audit_app.records.tables import REMOVAL, LineState, Removal, RemovalKind, RemovalLine, RemovalState
from findings.references import reference

SOMEBODY = "somebody who has left"


@dataclass(frozen=True)
class Certificate:
    """What a removal did, as page and paper both tell it."""

    reference: str
    council: str
    facts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, int], ...]
    sorts: tuple[tuple[str, int], ...]
    things: tuple[tuple[str, str, str], ...]  # reference, kind, what became of it
    stays: tuple[str, ...]
    not_reached: tuple[str, ...]
    at: datetime


def certificate(
    row: Removal,
    lines: Iterable[RemovalLine],
    *,
    council: str,
    names: Mapping[int, str],
    backups_by: date,
) -> Certificate:
    """The certificate of a removal that is done."""
    every = list(lines)
    gone = [line for line in every if line.state in (LineState.rows_gone, LineState.gone)]
    kinds: dict[str, int] = {}
    for line in gone:
        kinds[line.kind] = kinds.get(line.kind, 0) + 1
    sorts = added(read_counts(line.counts) for line in gone)
    files = sum(line.file_count for line in gone)
    counted = [(wording.many(words_for, number), number) for words_for, number in sorts.items()]
    why = (
        "Their time had come, by the periods the council has set" if row.kind is RemovalKind.retention else "On request"
    )
    stopped = [line for line in every if line.state is LineState.held]
    return Certificate(
        reference(REMOVAL, row.number),
        council,
        (
            ("Why", why),
            ("Reason given", row.reason),
            ("Asked for by", f"{names.get(row.asked_by, SOMEBODY)}, {words.datetime_words(row.asked_at)}"),
            ("Agreed to by", f"{names.get(row.agreed_by or 0, SOMEBODY)}, {words.datetime_words(row.agreed_at)}"),
            ("Finished", words.datetime_words(row.finished_at)),
            ("Fingerprint of the list both saw", row.fingerprint),
        ),
        tuple(wording.kinds_words(kinds)),
        (*counted, *([("files", files)] if files else [])),
        tuple((line.reference, _kind(line.kind), str(wording.LINE_WORDS[line.state])) for line in every),
        (
            *(
                f"{line.reference} was stopped by a legal hold that was placed after both had agreed."
                for line in stopped
            ),
            *(wording.stay_words(stay) for stay in read_stays(row.stays)),
        ),
        tuple(wording.not_reached(backups_by, ())),
        row.finished_at or row.asked_at,
    )


def _kind(code: str) -> str:
    return wording.kinds_words({code: 1})[0][0]


def may_be_printed(row: Removal) -> bool:
    """Only a removal that is done has a certificate."""
    return row.state is RemovalState.done
