"""How often agreed audits gave each answer, by day and month; and indexes from which alone many rows are counted."""
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


INDEXES = (
    ("ix_case_audit_team", "case_audit", ["authority_id", "team_id", "stage", "submitted_at"]),
    (
        "ix_case_audit_submitted",
        "case_audit",
        ["authority_id", "submitted_at", "stage", "how_chosen", "audit_type", "re_audit_of", "overall_grade"]
        + ["edition_id", "set_id", "moderated", "team_id", "cohort"],
    ),
    (
        "ix_case_audit_minutes",
        "case_audit",
        ["authority_id", "stage", "edition_id", "set_id", "length", "minutes_taken"],
    ),
    (
        "ix_finding_asks",
        "finding",
        ["authority_id", "status", "kind", "number", "inspection_number", "due_on", "timescale", "timescale_text"],
    ),
)
BEFORE = {
    "ix_case_audit_team": ["authority_id", "team_id", "stage"],
    "ix_case_audit_submitted": ["authority_id", "submitted_at"],
}


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
    for name, table, columns in INDEXES:
        if name in BEFORE:
            op.drop_index(op.f(name), table_name=table)
        op.create_index(op.f(name), table, columns)
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
    for name, table, _ in INDEXES:
        op.drop_index(op.f(name), table_name=table)
        if name in BEFORE:
            op.create_index(op.f(name), table, BEFORE[name])
    op.drop_table("answer_count")
