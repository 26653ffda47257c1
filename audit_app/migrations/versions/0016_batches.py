"""Files of evidence that come in one ZIP and wait to be confirmed."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "evidence_batch",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("parts", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "waiting",
                "brought_in",
                "refused",
                "failed",
                "ended",
                name="batch_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("particulars", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("touched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(given_name) <= 200", name=op.f("ck_evidence_batch_given_name_length")),
        sa.CheckConstraint("length(message) <= 10000", name=op.f("ck_evidence_batch_message_length")),
        sa.CheckConstraint("length(parts) <= 10000", name=op.f("ck_evidence_batch_parts_length")),
        sa.CheckConstraint("length(particulars) <= 10000", name=op.f("ck_evidence_batch_particulars_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_evidence_batch_sha256_length")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_evidence_batch")),
    )
    with op.batch_alter_table("evidence_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_batch_authority_id_added_by"), ["authority_id", "added_by"], unique=False
        )

    op.create_table(
        "evidence_batch_file",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("given_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unpacked", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("picture_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("fault", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
        sa.Column("left_out", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("whole_text", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=True),
        sa.Column("particulars", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence_number", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(fault = '' AND NOT by_itself) = (sha256 <> '')", name=op.f("ck_evidence_batch_file_taken_has_a_hash")
        ),
        sa.CheckConstraint("length(fault) <= 10000", name=op.f("ck_evidence_batch_file_fault_length")),
        sa.CheckConstraint("length(given_name) <= 200", name=op.f("ck_evidence_batch_file_given_name_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_evidence_batch_file_kind_length")),
        sa.CheckConstraint("length(left_out) <= 10000", name=op.f("ck_evidence_batch_file_left_out_length")),
        sa.CheckConstraint("length(path) <= 500", name=op.f("ck_evidence_batch_file_path_length")),
        sa.CheckConstraint("length(picture_sha256) <= 64", name=op.f("ck_evidence_batch_file_picture_sha256_length")),
        sa.CheckConstraint("length(particulars) <= 10000", name=op.f("ck_evidence_batch_file_particulars_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_evidence_batch_file_sha256_length")),
        sa.CheckConstraint("length(text) <= 200000", name=op.f("ck_evidence_batch_file_text_length")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_evidence_batch_file_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["authority_id", "batch_number"],
            ["evidence_batch.authority_id", "evidence_batch.number"],
            name=op.f("fk_evidence_batch_file_authority_id_batch_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "batch_number", "place", name=op.f("pk_evidence_batch_file")),
    )
    with op.batch_alter_table("evidence_batch_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_batch_file_authority_id_sha256"), ["authority_id", "sha256"], unique=False
        )
