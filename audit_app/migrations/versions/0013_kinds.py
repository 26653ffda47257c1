"""Kinds of pack: what was chosen for a pack, and the kinds a council made for itself."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "pack_kind",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what_for", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_from", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("sections", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("retired_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("retired_by", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_pack_kind_level_range")),
        sa.CheckConstraint("length(made_from) <= 100", name=op.f("ck_pack_kind_made_from_length")),
        sa.CheckConstraint("length(name) <= 60", name=op.f("ck_pack_kind_name_length")),
        sa.CheckConstraint("length(sections) <= 1000", name=op.f("ck_pack_kind_sections_length")),
        sa.CheckConstraint("length(what_for) <= 300", name=op.f("ck_pack_kind_what_for_length")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_pack_kind_name_said")),
        sa.CheckConstraint("sections <> ''", name=op.f("ck_pack_kind_has_sections")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_pack_kind")),
    )

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="inspection-pack")
        )
        batch_op.add_column(sa.Column("choices", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.create_check_constraint(op.f("ck_evidence_pack_kind_length"), "length(kind) <= 100")
        batch_op.create_check_constraint(op.f("ck_evidence_pack_choices_length"), "length(choices) <= 20000")

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("choices", server_default=None)
