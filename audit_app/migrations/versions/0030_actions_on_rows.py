"""An action on the row of a question: what is to be done, who does it, by when."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ADDED = (("action", 1000), ("action_owner", 120), ("action_due", 10))


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("answer", schema=None) as batch_op:
        for name, length in ADDED:
            batch_op.add_column(
                sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False, server_default="")
            )
        batch_op.create_check_constraint(op.f("ck_answer_action_length"), "length(action) <= 1000")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        for name, _ in ADDED:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Undo this step."""
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_answer_action_length"), type_="check")
        for name, _ in ADDED:
            batch_op.drop_column(name)
