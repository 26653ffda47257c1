"""Words that may tell of a person, and what was decided about them; packs withdrawn and destroyed."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "suspect_decision",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("text_column", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("text_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("words_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("cleared", "accepted", name="decision", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_suspect_decision_reason_given")),
        sa.CheckConstraint("length(reason) <= 10000", name=op.f("ck_suspect_decision_reason_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_suspect_decision_level_range")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_suspect_decision")),
    )
    with op.batch_alter_table("suspect_decision", schema=None) as batch_op:
        batch_op.create_index("ix_suspect_decision_text", ["authority_id", "text_sha256"], unique=False)

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("withdrawn_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("destroy_asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("destroy_asked_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("destroy_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("destroyed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("destroyed_by", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_evidence_pack_withdrawn_reason_length"), "length(withdrawn_reason) <= 10000"
        )
        batch_op.create_check_constraint(
            op.f("ck_evidence_pack_destroy_reason_length"), "length(destroy_reason) <= 10000"
        )
    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.alter_column("withdrawn_reason", server_default=None)
        batch_op.alter_column("destroy_reason", server_default=None)
