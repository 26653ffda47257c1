"""The register of evidence: narrowed, searched in titles and in the words of files, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from audit_app.errors import Invalid
from audit_app.evidence import freshness, queries
from audit_app.evidence.folding import folded
from audit_app.evidence.lines import EvidenceLine
from audit_app.evidence.states import Effect, Freshness, Held
from audit_app.evidence.tables import EVIDENCE, Evidence, EvidenceText, EvidenceUse, EvidenceVersion
from findings.references import number_of

PAGE = 50
LONGEST_SEARCH = 200
AROUND = 70  # characters shown on each side of words found in a file


@dataclass(frozen=True)
class EvidenceFilter:
    """What the register is narrowed to; what is left empty narrows nothing."""

    words: str = ""
    effect: Effect | None = None
    held: Held | None = None
    level: int | None = None
    stands: Freshness | None = None
    proves: str = ""  # three letters of a kind of thing, or "nothing"
    owner_post_ids: tuple[int, ...] | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence in the register: in its newest version, with what it proves and the words that were found."""

    line: EvidenceLine
    stands: Freshness
    uses: int
    passage: str = ""


@dataclass(frozen=True)
class Listed:
    """One page of the register; `total` counts all that fits."""

    rows: tuple[EvidenceRow, ...]
    total: int
    page: int
    pages: int


def list_evidence(
    session: Session,
    authority_id: int,
    wanted: EvidenceFilter,
    *,
    today: date,
    grace_days: int,
    page: int = 1,
    size: int = PAGE,
) -> Listed:
    """A page of the register, newest first; counted in SQL, and only the rows of the page are read.

    Raises:
        Invalid: the words to search for are too long.
    """
    before = freshness.stale_before(today, grace_days)
    conditions = _conditions(authority_id, wanted, stale_before=before, today=today, place=_place_of_words(session))
    numbers, total, page = _page_of_numbers(session, conditions, max(page, 1), size, held=wanted.held is not None)
    pages = max(1, -(-total // size))
    statement = (
        select(Evidence, EvidenceVersion)
        .join(EvidenceVersion, queries.is_current())
        .where(Evidence.authority_id == authority_id, col(Evidence.number).in_(numbers))
        .order_by(col(Evidence.number).desc())
    )
    rows = session.exec(statement).all() if numbers else []
    uses = count_uses(session, authority_id, numbers)
    passages = _passages(session, authority_id, numbers, wanted.words)
    made = [
        EvidenceRow(
            queries.line_of(row, version),
            freshness.stands(row.renew_by, today, grace_days, withdrawn=row.withdrawn_at is not None),
            uses.get(row.number, 0),
            passages.get(row.number, ""),
        )
        for row, version in rows
    ]
    return Listed(tuple(made), total, page, pages)


def _page_of_numbers(
    session: Session, conditions: Sequence[Any], page: int, size: int, *, held: bool
) -> tuple[list[int], int, int]:
    """The numbers on a page, how many fit in all, and the page: the last one where a later one was asked for.

    Both in one statement, so that a search reads every file's words once and not twice.
    """
    statement: Any = select(Evidence.number, sa.func.count().over())
    if held:
        statement = statement.join(EvidenceVersion, queries.is_current())
    statement = statement.where(*conditions).order_by(col(Evidence.number).desc()).limit(size)
    listed = session.exec(statement.offset((page - 1) * size)).all()
    if not listed and page > 1:
        first = session.exec(statement.limit(1)).all()
        if not first:
            return [], 0, 1
        page = -(-first[0][1] // size)
        listed = session.exec(statement.offset((page - 1) * size)).all()
    return [number for number, _total in listed], listed[0][1] if listed else 0, page if listed else 1


def count_uses(session: Session, authority_id: int, numbers: Sequence[int]) -> dict[int, int]:
    """How many things each of these proves now."""
    statement = (
        select(EvidenceUse.evidence_number, sa.func.count())
        .where(
            EvidenceUse.authority_id == authority_id,
            col(EvidenceUse.evidence_number).in_(numbers),
            col(EvidenceUse.detached_at).is_(None),
        )
        .group_by(col(EvidenceUse.evidence_number))
    )
    return dict(session.exec(statement).all())


def _conditions(authority_id: int, wanted: EvidenceFilter, *, stale_before: date, today: date, place: Any) -> list[Any]:
    gone = col(Evidence.withdrawn_at)
    conditions: list[Any] = [
        Evidence.authority_id == authority_id,
        gone.is_not(None) if wanted.withdrawn else gone.is_(None),
    ]
    if wanted.effect is not None:
        conditions.append(Evidence.effect == wanted.effect)
    if wanted.level is not None:
        conditions.append(Evidence.level == wanted.level)
    if wanted.held is not None:
        conditions.append(EvidenceVersion.held == wanted.held)
    if wanted.owner_post_ids is not None:
        conditions.append(col(Evidence.owner_post_id).in_(wanted.owner_post_ids))
    renew = col(Evidence.renew_by)
    standing = {
        Freshness.stale: renew < stale_before,
        Freshness.due: sa.and_(renew < today, renew >= stale_before),
        Freshness.fresh: sa.or_(renew.is_(None), renew >= today),
    }
    if wanted.stands in standing:
        conditions.append(standing[wanted.stands])
    if wanted.proves:
        conditions.append(_proves(wanted.proves))
    if wanted.words.strip():
        conditions.append(_says(wanted.words, place))
    return conditions


def _proves(kind: str) -> Any:
    used = sa.exists(
        select(sa.literal(1))
        .where(
            col(EvidenceUse.authority_id) == Evidence.authority_id,
            col(EvidenceUse.evidence_number) == Evidence.number,
            col(EvidenceUse.detached_at).is_(None),
            *([] if kind == "nothing" else [col(EvidenceUse.reference).startswith(f"{kind}-", autoescape=True)]),
        )
        .correlate(Evidence)
    )
    return ~used if kind == "nothing" else used


def _place_of_words(session: Session) -> Any:
    """The database's function that tells where words stand in a text, 0 for nowhere; it is quicker than LIKE."""
    return sa.func.instr if session.get_bind().dialect.name == "sqlite" else sa.func.strpos


def _says(words: str, place: Any) -> Any:
    """Its reference, its title and sentence, or the words of its newest file hold what is searched for."""
    text = words.strip()
    if len(text) > LONGEST_SEARCH:
        raise Invalid("words", f"Search for at most {LONGEST_SEARCH} characters.")
    number = number_of(text, EVIDENCE)
    if number is not None:
        return Evidence.number == number
    in_file = sa.exists(
        select(sa.literal(1))
        .where(
            col(EvidenceText.authority_id) == Evidence.authority_id,
            col(EvidenceText.evidence_number) == Evidence.number,
            col(EvidenceText.version) == Evidence.current_version,
            place(col(EvidenceText.folded), folded(text)) > 0,
        )
        .correlate(Evidence)
    )
    columns = (Evidence.title, Evidence.shows)
    return sa.or_(*(col(column).icontains(text, autoescape=True) for column in columns), in_file)


def _passages(session: Session, authority_id: int, numbers: Sequence[int], words: str) -> dict[int, str]:
    """Where in its file the words were found: a few words on each side, cut in SQL so that no long text is fetched."""
    text = folded(words)
    if not text or not numbers:
        return {}
    at = _place_of_words(session)(col(EvidenceText.folded), text)
    begin = sa.case((at > AROUND, at - AROUND), else_=1)
    statement: Any = (
        select(EvidenceText.evidence_number, sa.func.substr(col(EvidenceText.folded), begin, len(text) + 2 * AROUND))
        .join(Evidence, sa.and_(
            col(EvidenceText.authority_id) == Evidence.authority_id,
            col(EvidenceText.evidence_number) == Evidence.number,
            col(EvidenceText.version) == Evidence.current_version,
        ))
        .where(EvidenceText.authority_id == authority_id, col(EvidenceText.evidence_number).in_(numbers), at > 0)
    )  # fmt: skip
    return {number: f"…{passage.strip()}…" for number, passage in session.exec(statement).all()}
