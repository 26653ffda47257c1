"""Answers that are no point of a scale, second answers, where the evidence is; audits of agencies, settings, teams."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BEFORE = "'child', 'sibling_group', 'supervision_file', 'carer', 'decision', 'observed_visit'"
ADDED = "'agency', 'setting', 'team', 'employer'"


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("answer", schema=None) as batch_op:
        for name, length in (("given", 1000), ("second", 40), ("evidence", 1000)):
            batch_op.add_column(
                sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False, server_default="")
            )
        for name in ("given", "evidence"):
            batch_op.create_check_constraint(op.f(f"ck_answer_{name}_length"), f"length({name}) <= 1000")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        for name in ("given", "second", "evidence"):
            batch_op.alter_column(name, server_default=None)

    _subjects(f"{BEFORE}, {ADDED}")


def downgrade() -> None:
    """Undo this step."""
    _subjects(BEFORE)
    with op.batch_alter_table("answer", schema=None) as batch_op:
        for name in ("given", "evidence"):
            batch_op.drop_constraint(op.f(f"ck_answer_{name}_length"), type_="check")
        for name in ("given", "second", "evidence"):
            batch_op.drop_column(name)


def _subjects(words: str) -> None:
    with op.batch_alter_table("case_audit", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_case_audit_subject"), type_="check")
        batch_op.create_check_constraint(op.f("ck_case_audit_subject"), f"subject IN ({words})")
