"""Word templates, the two-page summary, versions for readers; shapes with drafts, versions and an end."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "self_assessment_word_template",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "word_for",
            sa.Enum(
                "whole",
                "summary",
                "staff",
                "children",
                name="word_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("set_aside_by", sa.BigInteger(), nullable=True),
        sa.Column("set_aside_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "length(given_name) <= 300", name=op.f("ck_self_assessment_word_template_given_name_length")
        ),
        sa.CheckConstraint("length(note) <= 300", name=op.f("ck_self_assessment_word_template_note_length")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_self_assessment_word_template_version_range")),
        sa.PrimaryKeyConstraint("authority_id", "word_for", "version", name=op.f("pk_self_assessment_word_template")),
    )
    op.create_table(
        "self_assessment_summary_text",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_number", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "known", "not_good_enough", "will_do", name="part", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_self_assessment_summary_text_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "assessment_number"],
            ["self_assessment.authority_id", "self_assessment.number"],
            name=op.f("fk_self_assessment_summary_text_authority_id_assessment_number"),
        ),
        sa.PrimaryKeyConstraint(
            "authority_id", "assessment_number", "part", name=op.f("pk_self_assessment_summary_text")
        ),
    )
    op.create_table(
        "self_assessment_version",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_number", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("staff", "children", name="audience", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafting",
                "with_reviewer",
                "signed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reviewer_id", sa.BigInteger(), nullable=True),
        sa.Column("offered_by", sa.BigInteger(), nullable=True),
        sa.Column("offered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("returned_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_by", sa.BigInteger(), nullable=True),
        sa.Column("signed_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("contents", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("withdrawn_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('signed', 'withdrawn') OR fingerprint <> ''",
            name=op.f("ck_self_assessment_version_signed_is_frozen"),
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_self_assessment_version_title_said")),
        sa.CheckConstraint(
            "length(returned_note) <= 10000", name=op.f("ck_self_assessment_version_returned_note_length")
        ),
        sa.CheckConstraint(
            "length(signed_post_title) <= 300", name=op.f("ck_self_assessment_version_signed_post_title_length")
        ),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_self_assessment_version_title_length")),
        sa.CheckConstraint(
            "length(withdrawn_why) <= 10000", name=op.f("ck_self_assessment_version_withdrawn_why_length")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "assessment_number"],
            ["self_assessment.authority_id", "self_assessment.number"],
            name=op.f("fk_self_assessment_version_authority_id_assessment_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_version")),
    )
    with op.batch_alter_table("self_assessment_version", schema=None) as batch_op:
        batch_op.create_index(
            "ix_self_assessment_version_assessment", ["authority_id", "assessment_number"], unique=False
        )

    op.create_table(
        "self_assessment_version_part",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("prompt", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("heading", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("taken_out_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("heading <> ''", name=op.f("ck_self_assessment_version_part_heading_said")),
        sa.CheckConstraint("length(heading) <= 300", name=op.f("ck_self_assessment_version_part_heading_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_self_assessment_version_part_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "version_id"],
            ["self_assessment_version.authority_id", "self_assessment_version.id"],
            name=op.f("fk_self_assessment_version_part_authority_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_version_part")),
    )
    with op.batch_alter_table("self_assessment_version_part", schema=None) as batch_op:
        batch_op.create_index(
            "ix_self_assessment_version_part_version", ["authority_id", "version_id", "position"], unique=False
        )

    op.create_table(
        "self_assessment_version_writer",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "version_id"],
            ["self_assessment_version.authority_id", "self_assessment_version.id"],
            name=op.f("fk_self_assessment_version_writer_authority_id_version_id"),
        ),
        sa.PrimaryKeyConstraint(
            "authority_id", "version_id", "person_id", name=op.f("pk_self_assessment_version_writer")
        ),
    )
    with op.batch_alter_table("self_assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shape_id", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("self_assessment_shape", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("follows_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("published_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("retired_by", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_self_assessment_shape_authority_id_follows_id"),
            "self_assessment_shape",
            ["authority_id", "follows_id"],
            ["authority_id", "id"],
        )
        batch_op.create_check_constraint(op.f("ck_self_assessment_shape_version_range"), "version >= 1")
    with op.batch_alter_table("self_assessment_shape", schema=None) as batch_op:
        batch_op.alter_column("version", server_default=None)
    # A shape could be begun from as soon as it was kept.
    op.execute("UPDATE self_assessment_shape SET published_at = made_at, published_by = made_by")
