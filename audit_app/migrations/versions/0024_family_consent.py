"""Whether a family agreed to being observed."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("case_audit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("family_consent", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False, server_default="")
        )
