"""The answers of each agreed audit in one row, filled from the answers there are."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

from itertools import groupby

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


ANSWERS = """
select a.authority_id, a.audit_number, a.question_key, a.code, a.given, a.second
from answer a join case_audit c on c.authority_id = a.authority_id and c.number = a.audit_number
where c.stage in ('agreed', 'shared', 'actions_open', 'actions_done', 'verified', 're_audit_due', 'closed')
order by a.authority_id, a.audit_number
"""


def upgrade() -> None:
    """Run this step."""
    sheets = op.create_table(
        "answer_sheet",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("answers", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_answer_sheet_authority_id_audit_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("authority_id", "audit_number", name=op.f("pk_answer_sheet")),
    )
    rows = op.get_bind().execute(sa.text(ANSWERS)).all()
    filled = []
    for (authority_id, number), answers in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = [line for _, _, *answer in sorted(answers, key=lambda row: row[2]) for line in _lines(*answer)]
        if lines:
            filled.append({"authority_id": authority_id, "audit_number": number, "answers": "\n".join(lines)})
    if filled:
        op.bulk_insert(sheets, filled)


def _lines(key, code, given, second):
    """What a sheet says of one answer: its code, or each of several with a mark that it was answered; the second one."""
    if code:
        yield f"{key} {code}"
    if given:
        yield f"{key} *"
        yield from (f"{key} {each}" for each in given.split(",") if each)
    if second:
        yield f"{key}+ {second}"
