"""What the servers of one database note for one another; every key of a council's table begins with the council."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "server_note",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=False),
        sa.Column("noted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_server_note_name_length")),
        sa.CheckConstraint("length(text) <= 20000", name=op.f("ck_server_note_text_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server_note")),
    )
    with op.batch_alter_table("own_set_version", schema=None) as batch_op:
        batch_op.drop_index("ix_own_set_version_edition")
        batch_op.create_index("ix_own_set_version_edition", ["authority_id", "edition_id"], unique=True)
        batch_op.create_index("ix_own_set_version_edition_id", ["edition_id"], unique=False)
