"""Packs proof-read and released: who read, who has it; versions of a pack and the marks of their pages."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "pack_proof",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("pack_number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("read_by", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("faults = 0 or note <> ''", name=op.f("ck_pack_proof_faults_explained")),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_pack_proof_note_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_pack_proof_level_range")),
        sa.ForeignKeyConstraint(
            ["authority_id", "pack_number"],
            ["evidence_pack.authority_id", "evidence_pack.number"],
            name=op.f("fk_pack_proof_authority_id_pack_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_pack_proof")),
    )
    with op.batch_alter_table("pack_proof", schema=None) as batch_op:
        batch_op.create_index("ix_pack_proof_pack", ["authority_id", "pack_number"], unique=False)

    op.create_table(
        "pack_release",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("pack_number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("released_by", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("purpose <> ''", name=op.f("ck_pack_release_purpose_said")),
        sa.CheckConstraint("recipient <> ''", name=op.f("ck_pack_release_recipient_named")),
        sa.CheckConstraint("length(purpose) <= 10000", name=op.f("ck_pack_release_purpose_length")),
        sa.CheckConstraint("length(recipient) <= 300", name=op.f("ck_pack_release_recipient_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_pack_release_level_range")),
        sa.ForeignKeyConstraint(
            ["authority_id", "pack_number"],
            ["evidence_pack.authority_id", "evidence_pack.number"],
            name=op.f("fk_pack_release_authority_id_pack_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_pack_release")),
    )
    with op.batch_alter_table("pack_release", schema=None) as batch_op:
        batch_op.create_index("ix_pack_release_day", ["authority_id", "released_on"], unique=False)
        batch_op.create_index("ix_pack_release_pack", ["authority_id", "pack_number"], unique=False)

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("page_marks", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("replaces", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("names_from", sa.Integer(), nullable=True))

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.alter_column("page_marks", server_default=None)
