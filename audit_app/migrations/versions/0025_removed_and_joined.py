"""What a removed thing was joined to, and since when an account is disabled."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("removal_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("was_in", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.create_check_constraint(op.f("ck_removal_line_was_in_length"), "length(was_in) <= 200000")

    with op.batch_alter_table("removal_line", schema=None) as batch_op:
        batch_op.alter_column("was_in", server_default=None)

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disabled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))

    # Since when the accounts are disabled that are so already is not known: their time counts from today.
    op.execute(
        sa.text("update person set disabled_at = :now where state = 'disabled'").bindparams(
            sa.bindparam("now", datetime.now(UTC), sqlmodel.sql.sqltypes.UTCDateTime())
        )
    )
