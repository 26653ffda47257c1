"""long exports."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "long_export",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("narrowed_to", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rights", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(narrowed_to) <= 4000", name=op.f("ck_long_export_narrowed_to_length")),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_long_export_kind_length")),
        sa.CheckConstraint("length(rights) <= 64", name=op.f("ck_long_export_rights_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_long_export_sha256_length")),
        sa.CheckConstraint("rows >= 0 and size >= 0", name=op.f("ck_long_export_counts_not_negative")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_long_export_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_long_export")),
    )
    with op.batch_alter_table("long_export", schema=None) as batch_op:
        batch_op.create_index("ix_long_export_authority_id_asked_by", ["authority_id", "asked_by"], unique=False)
