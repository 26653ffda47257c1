"""Bring a database to the shape this version knows, and refuse one it does not know (DU-7, DU-8)."""

import sqlalchemy as sa
from audit_app.history import triggers
from sqlmodel import SQLModel


def upgrade(engine: sa.Engine) -> None:
    """Make every table."""
    create_all(engine)


def create_all(engine: sa.Engine) -> None:
    """Tables and triggers straight from the models: for tests, which start afresh each time."""
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for statement in triggers.create(engine.dialect.name):
            connection.exec_driver_sql(statement)
