"""What the words of an action's due date mean is kept beside them, and read for every action that is there."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
from alembic import op

from findings import worded_dates

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_read_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("start_read_on", sa.Date(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_action_authority_id_status_due_read_on"),
            ["authority_id", "status", "due_read_on"],
            unique=False,
        )
    action = sa.table(
        "action",
        sa.column("authority_id", sa.BigInteger()),
        sa.column("number", sa.Integer()),
        sa.column("due_text", sa.String()),
        sa.column("due_read_on", sa.Date()),
        sa.column("start_read_on", sa.Date()),
    )
    connection = op.get_bind()
    worded = sa.select(action.c.authority_id, action.c.number, action.c.due_text).where(action.c.due_text != "")
    for authority_id, number, text in list(connection.execute(worded)):
        connection.execute(
            action.update()
            .where(action.c.authority_id == authority_id, action.c.number == number)
            .values(due_read_on=worded_dates.last_day(text), start_read_on=worded_dates.first_day(text))
        )
