"""Bring a database to the shape this version knows, and refuse one it does not know (DU-7, DU-8)."""

import sqlalchemy as sa
from sqlmodel import SQLModel


def upgrade(engine: sa.Engine) -> None:
    """Make every table."""
    create_all(engine)


def create_all(engine: sa.Engine) -> None:
    """Tables, and the triggers that hang on them, straight from the models: for tests, which start afresh each time."""
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
