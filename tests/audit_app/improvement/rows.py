"""What the database holds now, read so that the next request is not kept waiting."""

from sqlmodel import select


def rows_of(session, table, order=None):
    """All rows of a table; the session lets go at once, because on SQLite one transaction bars the next."""
    session.rollback()
    rows = session.exec(select(table).order_by(order) if order is not None else select(table)).all()
    session.expunge_all()
    session.rollback()
    return rows
