"""The library: own sets and terms, doubts about the crosswalk, moved audits; themes and agencies of inspections."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "map_doubt",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("line", sqlmodel.sql.sqltypes.AutoString(length=330), nullable=False),
        sa.Column("doubt", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("raised_by", sa.BigInteger(), nullable=False),
        sa.Column("raised_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(answer) <= 10000", name=op.f("ck_map_doubt_answer_length")),
        sa.CheckConstraint("length(doubt) <= 10000", name=op.f("ck_map_doubt_doubt_length")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_map_doubt")),
    )
    with op.batch_alter_table("map_doubt", schema=None) as batch_op:
        batch_op.create_index("ix_map_doubt_line", ["authority_id", "line"], unique=False)

    op.create_table(
        "own_set",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("retired_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("retired_by", sa.BigInteger(), nullable=True),
        sa.Column("retired_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(retired_reason) <= 1000", name=op.f("ck_own_set_retired_reason_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_own_set_title_length")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_own_set")),
        sa.UniqueConstraint("authority_id", "key", name=op.f("uq_own_set_authority_id_key")),
    )
    op.create_table(
        "own_term",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("term", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("one", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("many", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(many) <= 60", name=op.f("ck_own_term_many_length")),
        sa.CheckConstraint("length(one) <= 60", name=op.f("ck_own_term_one_length")),
        sa.PrimaryKeyConstraint("authority_id", "term", name=op.f("pk_own_term")),
    )
    op.create_table(
        "audit_move",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("from_edition", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("from_set", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("from_length", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("from_fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("to_edition", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("to_set", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("to_length", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("moved_by", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(before) <= 2000000", name=op.f("ck_audit_move_before_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_audit_move_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_audit_move")),
    )
    with op.batch_alter_table("audit_move", schema=None) as batch_op:
        batch_op.create_index("ix_audit_move_audit", ["authority_id", "audit_number"], unique=False)

    op.create_table(
        "own_set_version",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("set_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "offered",
                "published",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contents", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("came_from", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("offered_by", sa.BigInteger(), nullable=True),
        sa.Column("offered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("published_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(contents) <= 2000000", name=op.f("ck_own_set_version_contents_length")),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_own_set_version_note_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "set_number"],
            ["own_set.authority_id", "own_set.number"],
            name=op.f("fk_own_set_version_authority_id_set_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "set_number", "version", name=op.f("pk_own_set_version")),
    )
    with op.batch_alter_table("own_set_version", schema=None) as batch_op:
        batch_op.create_index("ix_own_set_version_edition", ["edition_id"], unique=True)
        batch_op.create_index("ix_own_set_version_state", ["authority_id", "state"], unique=False)

    # Rows that are there have no theme and name no agency; new ones say so themselves, so no default stays behind.
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.create_check_constraint(op.f("ck_inspection_theme_length"), "length(theme) <= 100")
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.alter_column("theme", server_default=None)
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("agencies", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.create_check_constraint(op.f("ck_finding_agencies_length"), "length(agencies) <= 300")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.alter_column("agencies", server_default=None)
