"""What the council has said in its papers, and everything the papers are made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from audit_app import words
from audit_app.people import queries as people
from audit_app.people.tables import Authority
from audit_app.records.papers.facts import Answer, Facts, setting_of
from audit_app.records.papers.tables import CouncilStatement
from audit_app.records.retention import queries as retention


def answers_of(session: Session, authority_id: int) -> dict[str, Answer]:
    """What a council answered, by question."""
    given = select(CouncilStatement).where(CouncilStatement.authority_id == authority_id)
    rows = session.exec(given).all()
    names = people.names_of(session, {row.written_by for row in rows})
    return {row.question: Answer(row.text, names[row.written_by], row.written_at, row.revision) for row in rows}


def facts_of(session: Session, council: Authority, config: Mapping[str, Any], today: date) -> Facts:
    """Everything a council’s papers are made of."""
    answers, periods = answers_of(session, council.id), periods_of(session, council.id)
    return Facts(council.name, today, setting_of(config), answers, periods)


def periods_of(session: Session, authority_id: int) -> dict[str, str]:
    """Every period a council has set, in words, by the code of its kind of record."""
    return {
        period.kind.code: f"{words.count(period.months, 'month')} from {period.kind.days[period.counts_from]}"
        for period in retention.periods(session, authority_id)
    }


def council_on_open_pages(session: Session, key: str) -> Authority | None:
    """The council whose answers the open pages print: the one asked for, or the only one there is.

    Where several share an installation and none is asked for, no council is named to whoever looks in.
    """
    councils = select(Authority).where(col(Authority.set_up_at).is_not(None))
    if key:
        return session.exec(councils.where(Authority.key == key)).first()
    few = session.exec(councils.limit(2)).all()
    return few[0] if len(few) == 1 else None
