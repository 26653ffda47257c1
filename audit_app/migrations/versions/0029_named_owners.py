"""Who does an action of an audit and has no account."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("audit_action", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("owner_named", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False, server_default="")
        )

    with op.batch_alter_table("case_audit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "practitioner_named", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False, server_default=""
            )
        )
        batch_op.add_column(sa.Column("practitioner_speaker_id", sa.BigInteger(), nullable=True))
