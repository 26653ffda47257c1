"""How often agreed audits gave each answer, by day and month, counted from the answer sheets there are."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

from collections import Counter
from datetime import UTC, date, datetime

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from audit_app import clock

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


SHEETS = """
select a.authority_id, a.submitted_at, a.edition_id, a.set_id, a.how_chosen, a.audit_type, a.re_audit_of, s.answers
from case_audit a join answer_sheet s on s.authority_id = a.authority_id and s.audit_number = a.number
where a.stage in ('agreed', 'shared', 'actions_open', 'actions_done', 'verified', 're_audit_due', 'closed')
"""


def upgrade() -> None:
    """Run this step."""
    counts = op.create_table(
        "answer_count",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "span",
            sa.Enum("day", "month", name="span", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("at_random", sa.Boolean(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("set_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("question_key", sqlmodel.sql.sqltypes.AutoString(length=130), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("audits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "authority_id",
            "span",
            "begins",
            "at_random",
            "edition_id",
            "set_id",
            "question_key",
            "code",
            name=op.f("pk_answer_count"),
        ),
    )
    rows: Counter[tuple] = Counter()
    found = op.get_bind().execute(sa.text(SHEETS).execution_options(yield_per=1000))
    for authority_id, moment, edition_id, set_id, how_chosen, audit_type, earlier, answers in found:
        day = _day(moment)
        at_random = how_chosen == "random" and audit_type not in ("re_audit", "thematic_audit") and earlier is None
        for line in ("", *answers.split("\n")):
            key, _, code = line.partition(" ")
            if not _is_day(code):
                rows[authority_id, day, at_random, edition_id, set_id, key, code] += 1
    months: Counter[tuple] = Counter()
    for (authority_id, day, *rest), count in rows.items():
        months[(authority_id, day.replace(day=1), *rest)] += count
    names = [column.name for column in counts.columns]
    for span, counted in (("day", rows), ("month", months)):
        if counted:
            filled = [(authority_id, span, *rest, count) for (authority_id, *rest), count in counted.items()]
            op.bulk_insert(counts, [dict(zip(names, each)) for each in filled])


def _is_day(code):
    """Whether an answer is a date."""
    try:
        return date.fromisoformat(code) is not None
    except ValueError:
        return False


def _day(moment):
    """The London day of a moment: text without a zone on SQLite, in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return clock.london_day(moment)


def downgrade() -> None:
    """Undo this step."""
    op.drop_table("answer_count")
