"""What only points at a thing that goes, and stands without it, is loosened first: it stays, and points nowhere."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from audit_app.records.erasure.parts.improvement import LOOSENED
from findings.references import number_of


def loosen(session: Session, authority_id: int, names: Collection[str]) -> None:
    """Empty the columns of rows that stay and that name one of these; the log seals those rows anew."""
    for table, column, prefix in LOOSENED:
        numbers = [number for name in names if (number := number_of(name, prefix)) is not None]
        rows = select(table).where(col(getattr(table, "authority_id")) == authority_id)  # noqa: B009 - any table
        pointing = rows.where(col(getattr(table, column)).in_(numbers))
        for row in session.exec(pointing).all() if numbers else ():
            setattr(row, column, None)
            session.add(row)
    session.flush()
