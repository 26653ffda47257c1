"""Exhibits of packs: which pieces of evidence a pack is to have, in which version and order."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "pack_exhibit",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("pack_number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("evidence_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.BigInteger(), nullable=True),
        sa.Column("chosen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_pack_exhibit_level_range")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_pack_exhibit_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["authority_id", "evidence_number"],
            ["evidence.authority_id", "evidence.number"],
            name=op.f("fk_pack_exhibit_authority_id_evidence_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "pack_number"],
            ["evidence_pack.authority_id", "evidence_pack.number"],
            name=op.f("fk_pack_exhibit_authority_id_pack_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_pack_exhibit")),
    )
    with op.batch_alter_table("pack_exhibit", schema=None) as batch_op:
        batch_op.create_index("ix_pack_exhibit_evidence", ["authority_id", "evidence_number"], unique=False)
        batch_op.create_index("ix_pack_exhibit_pack", ["authority_id", "pack_number"], unique=False)
