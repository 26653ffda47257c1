"""What councils say in the papers of data protection; requests for everything on somebody."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "council_statement",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(question) <= 60", name=op.f("ck_council_statement_question_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_council_statement_text_length")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_council_statement_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "question", name=op.f("pk_council_statement")),
    )
    op.create_table(
        "subject_request",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "case_reference",
                "staff_code",
                "account",
                name="subject_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sought", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("agreed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("refused_by", sa.BigInteger(), nullable=True),
        sa.Column("refused_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("refused_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("counts", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(subject = 'account') = (person_id IS NOT NULL)", name=op.f("ck_subject_request_account_named")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_subject_request_reason_given")),
        sa.CheckConstraint("agreed_by IS NULL OR agreed_by <> asked_by", name=op.f("ck_subject_request_two_people")),
        sa.CheckConstraint("length(counts) <= 100000", name=op.f("ck_subject_request_counts_length")),
        sa.CheckConstraint("length(reason) <= 10000", name=op.f("ck_subject_request_reason_length")),
        sa.CheckConstraint("length(refused_reason) <= 10000", name=op.f("ck_subject_request_refused_reason_length")),
        sa.CheckConstraint("length(sha256) <= 64", name=op.f("ck_subject_request_sha256_length")),
        sa.CheckConstraint("length(sought) <= 254", name=op.f("ck_subject_request_sought_length")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_subject_request_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_subject_request")),
    )
