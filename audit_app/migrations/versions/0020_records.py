"""How long things are kept, legal holds and removals."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "legal_hold",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "held",
            sa.Enum(
                "thing", "case", "kind", "person", name="held", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("placed_by", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("lifted_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_reason = '')", name=op.f("ck_legal_hold_lifted_says_why")),
        sa.CheckConstraint("lifted_at IS NOT NULL or target <> ''", name=op.f("ck_legal_hold_target_named")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_legal_hold_reason_said")),
        sa.CheckConstraint("length(lifted_reason) <= 1000", name=op.f("ck_legal_hold_lifted_reason_length")),
        sa.CheckConstraint("length(reason) <= 1000", name=op.f("ck_legal_hold_reason_length")),
        sa.CheckConstraint("length(target) <= 100", name=op.f("ck_legal_hold_target_length")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_legal_hold")),
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index("ix_legal_hold_target", ["authority_id", "target"], unique=False)

    op.create_table(
        "removal",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("retention", "request", name="removal_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "packs",
            sa.Enum(
                "unreleased", "every", "none", name="pack_choice", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "agreed",
                "done",
                "kept",
                name="removal_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("stays", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("agreed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("kept_by", sa.BigInteger(), nullable=True),
        sa.Column("kept_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state in ('agreed', 'done')) = (agreed_at IS NOT NULL)", name=op.f("ck_removal_agreed_says_when")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_removal_reason_said")),
        sa.CheckConstraint("agreed_by IS NULL or agreed_by <> asked_by", name=op.f("ck_removal_two_people")),
        sa.CheckConstraint("length(reason) <= 1000", name=op.f("ck_removal_reason_length")),
        sa.CheckConstraint("length(stays) <= 200000", name=op.f("ck_removal_stays_length")),
        sa.CheckConstraint("length(target) <= 100", name=op.f("ck_removal_target_length")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_removal")),
    )
    op.create_table(
        "retention_period",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("counts_from", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_retention_period_why_said")),
        sa.CheckConstraint("length(counts_from) <= 100", name=op.f("ck_retention_period_counts_from_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_retention_period_kind_length")),
        sa.CheckConstraint("length(why) <= 1000", name=op.f("ck_retention_period_why_length")),
        sa.CheckConstraint("months between 1 and 1200", name=op.f("ck_retention_period_months_range")),
        sa.PrimaryKeyConstraint("authority_id", "kind", name=op.f("pk_retention_period")),
    )
    op.create_table(
        "removal_line",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("removal_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("figures_on", sa.Date(), nullable=True),
        sa.Column("counts", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("file_count", sa.Integer(), nullable=False),
        sa.Column("files", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "rows_gone",
                "gone",
                "held",
                name="line_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state in ('rows_gone', 'gone')) = (removed_at IS NOT NULL)", name=op.f("ck_removal_line_gone_says_when")
        ),
        sa.CheckConstraint("state <> 'gone' or files = ''", name=op.f("ck_removal_line_gone_has_no_files")),
        sa.CheckConstraint("length(counts) <= 1000", name=op.f("ck_removal_line_counts_length")),
        sa.CheckConstraint("length(files) <= 200000", name=op.f("ck_removal_line_files_length")),
        sa.CheckConstraint("length(kind) <= 100", name=op.f("ck_removal_line_kind_length")),
        sa.CheckConstraint("length(reference) <= 100", name=op.f("ck_removal_line_reference_length")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_removal_line_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["authority_id", "removal_number"],
            ["removal.authority_id", "removal.number"],
            name=op.f("fk_removal_line_authority_id_removal_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "removal_number", "position", name=op.f("pk_removal_line")),
    )
    with op.batch_alter_table("removal_line", schema=None) as batch_op:
        batch_op.create_index("ix_removal_line_figures", ["authority_id", "figures_on"], unique=False)
        batch_op.create_index("ix_removal_line_reference", ["authority_id", "reference"], unique=False)
