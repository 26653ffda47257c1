"""What the rooms of this feature read alike: what happened to a thing, pages of a list, the editions in use."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from sqlmodel import Session, col, select

from audit_app import history
from audit_app.improvement import judgement_areas
from audit_app.people import queries as people
from findings.tables import AreaForImprovement, FindingJudgementArea, Inspection

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """One page of rows of a longer list; `total` counts the whole list."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


class OnePage(Protocol[Row_co]):
    """What every page of a list has, the library's own and ours."""

    @property
    def rows(self) -> Iterable[Row_co]:
        """The rows of this page."""

    @property
    def pages(self) -> int:
        """How many pages there are."""


def every_row(fetch: Callable[[int], OnePage[Row]]) -> list[Row]:
    """The rows of all pages, fetched one page after another."""
    first = fetch(1)
    return [*first.rows, *(row for page in range(2, first.pages + 1) for row in fetch(page).rows)]


def history_of(session: Session, authority_id: int, about: str) -> tuple[str, ...]:
    """What happened to one thing, newest first, in sentences."""
    entries = history.entries_about(session, authority_id, about)
    names = people.names_of(session, [entry.actor for entry in entries])
    return tuple(history.tell(entry, lambda actor: name_of_actor(names, actor)) for entry in entries)


def name_of_actor(names: dict[int, str], actor: int | None) -> str:
    """A person's name, or what to say when there is none."""
    return names.get(actor, "Somebody no longer here") if actor is not None else "The system"


def editions_in_use(session: Session, authority_id: int, today: date) -> set[str]:
    """The editions whose areas a form offers: those this council's records name, and the usual ones of today.

    All editions of the field together would be a list nobody reads; recording an inspection under one brings it in.
    """
    in_use = set(judgement_areas.usual_editions(today))
    for table in (Inspection, FindingJudgementArea, AreaForImprovement):
        named = select(col(table.edition_id)).where(
            col(table.authority_id) == authority_id, col(table.edition_id) != ""
        )
        in_use |= set(session.exec(named.distinct()).all())
    return in_use


def post_and_holder(session: Session, title: str, post_id: int | None, today: date) -> str:
    """Head of Safeguarding (held by Asha Khan); the title as it was when written where nobody holds it now."""
    if not title:
        return ""
    holder = people.holder_of(session, post_id, today)
    name = people.names_of(session, [holder]).get(holder or 0, "")
    return f"{title} (held by {name})" if name else title
