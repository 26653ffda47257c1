"""What an audit says to the facts about its record that the council's own set asks."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "audit_fact",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("fact_id", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
        sa.Column("given", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(given) <= 1000", name=op.f("ck_audit_fact_given_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_audit_fact_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "audit_number", "fact_id", name=op.f("pk_audit_fact")),
    )
