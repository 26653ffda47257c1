"""What an auditor says to a question about a grade, kept with that question."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "rail_reason",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("rail_key", sqlmodel.sql.sqltypes.AutoString(length=121), nullable=False),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(asked) <= 10000", name=op.f("ck_rail_reason_asked_length")),
        sa.CheckConstraint("length(reason) <= 10000", name=op.f("ck_rail_reason_reason_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_rail_reason_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "audit_number", "rail_key", name=op.f("pk_rail_reason")),
    )
