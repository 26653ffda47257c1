"""Evidence beside what it proves: each piece, its versions, their words and uses, and the evidence folder."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "evidence",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("shows", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum("output", "impact", name="effect", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column(
            "renewal",
            sa.Enum(
                "never",
                "monthly",
                "quarterly",
                "yearly",
                name="renewal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("renew_by", sa.Date(), nullable=True),
        sa.Column("owner_post_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("kept_out_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f("ck_evidence_withdrawn_says_why")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_evidence_title_said")),
        sa.CheckConstraint("current_version >= 1", name=op.f("ck_evidence_has_a_version")),
        sa.CheckConstraint("length(kept_out_reason) <= 10000", name=op.f("ck_evidence_kept_out_reason_length")),
        sa.CheckConstraint("length(owner_post_title) <= 300", name=op.f("ck_evidence_owner_post_title_length")),
        sa.CheckConstraint("length(shows) <= 1000", name=op.f("ck_evidence_shows_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_evidence_title_length")),
        sa.CheckConstraint("length(withdrawn_reason) <= 10000", name=op.f("ck_evidence_withdrawn_reason_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_evidence_level_range")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_authority_id_owner_post_id"), ["authority_id", "owner_post_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_authority_id_renew_by"), ["authority_id", "renew_by"], unique=False
        )

    op.create_table(
        "folder_entry",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner_post_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "renewal",
            sa.Enum(
                "never",
                "monthly",
                "quarterly",
                "yearly",
                name="renewal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("refresh_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "to_collect",
                "being_written",
                "to_check",
                "ready",
                "not_applicable",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("pages_said", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_reason = '')", name=op.f("ck_folder_entry_removed_says_why")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_folder_entry_title_said")),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_folder_entry_note_length")),
        sa.CheckConstraint("length(owner_post_title) <= 300", name=op.f("ck_folder_entry_owner_post_title_length")),
        sa.CheckConstraint("length(removed_reason) <= 10000", name=op.f("ck_folder_entry_removed_reason_length")),
        sa.CheckConstraint("length(source) <= 300", name=op.f("ck_folder_entry_source_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_folder_entry_title_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_folder_entry_level_range")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_folder_entry_counted_from_one")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_folder_entry")),
    )
    op.create_table(
        "evidence_text",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("evidence_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("folded", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(folded) <= 200000", name=op.f("ck_evidence_text_folded_length")),
        sa.CheckConstraint("length(text) <= 200000", name=op.f("ck_evidence_text_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "evidence_number"],
            ["evidence.authority_id", "evidence.number"],
            name=op.f("fk_evidence_text_authority_id_evidence_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "evidence_number", "version", name=op.f("pk_evidence_text")),
    )
    op.create_table(
        "evidence_use",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("evidence_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proves", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attached_by", sa.BigInteger(), nullable=False),
        sa.Column("attached_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("detached_by", sa.BigInteger(), nullable=True),
        sa.Column("detached_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("detached_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "(detached_at IS NULL) = (detached_reason = '')", name=op.f("ck_evidence_use_detached_says_why")
        ),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_evidence_use_reference_named")),
        sa.CheckConstraint("length(detached_reason) <= 10000", name=op.f("ck_evidence_use_detached_reason_length")),
        sa.CheckConstraint("length(proves) <= 1000", name=op.f("ck_evidence_use_proves_length")),
        sa.CheckConstraint("length(reference) <= 100", name=op.f("ck_evidence_use_reference_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "evidence_number"],
            ["evidence.authority_id", "evidence.number"],
            name=op.f("fk_evidence_use_authority_id_evidence_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_evidence_use")),
    )
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_use_authority_id_evidence_number"),
            ["authority_id", "evidence_number"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_use_authority_id_reference"), ["authority_id", "reference"], unique=False
        )

    op.create_table(
        "evidence_version",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("evidence_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "held",
            sa.Enum("here", "link", "elsewhere", name="held", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("given_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("picture_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("held_where", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("held_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("speaks_from", sa.Date(), nullable=False),
        sa.Column("speaks_to", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "scan",
            sa.Enum(
                "not_asked",
                "waiting",
                "clean",
                "refused",
                name="scan",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scanned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(held = 'here') = (sha256 <> '')", name=op.f("ck_evidence_version_file_has_a_hash")),
        sa.CheckConstraint("length(address) <= 2000", name=op.f("ck_evidence_version_address_length")),
        sa.CheckConstraint("length(given_name) <= 200", name=op.f("ck_evidence_version_given_name_length")),
        sa.CheckConstraint("length(held_by) <= 300", name=op.f("ck_evidence_version_held_by_length")),
        sa.CheckConstraint("length(held_where) <= 300", name=op.f("ck_evidence_version_held_where_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_evidence_version_kind_length")),
        sa.CheckConstraint("length(picture_sha256) <= 64", name=op.f("ck_evidence_version_picture_sha256_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_evidence_version_sha256_length")),
        sa.CheckConstraint("length(why) <= 10000", name=op.f("ck_evidence_version_why_length")),
        sa.CheckConstraint("speaks_to >= speaks_from", name=op.f("ck_evidence_version_period_in_order")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_evidence_version_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["authority_id", "evidence_number"],
            ["evidence.authority_id", "evidence.number"],
            name=op.f("fk_evidence_version_authority_id_evidence_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "evidence_number", "version", name=op.f("pk_evidence_version")),
    )
    with op.batch_alter_table("evidence_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_version_authority_id_added_by"), ["authority_id", "added_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_version_authority_id_sha256"), ["authority_id", "sha256"], unique=False
        )
