"""Agreed audits counted by day and by month, filled from the audits there are."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

from collections import Counter
from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from audit_app import clock

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

AFTER_AGREEMENT = "('agreed', 'shared', 'actions_open', 'actions_done', 'verified', 're_audit_due', 'closed')"
AUDITS = f"""
select a.authority_id, a.submitted_at, a.edition_id, a.set_id, a.how_chosen, a.audit_type, a.re_audit_of, '', a.overall_grade
from case_audit a where a.stage in {AFTER_AGREEMENT}
"""
DOMAINS = f"""
select a.authority_id, a.submitted_at, a.edition_id, a.set_id, a.how_chosen, a.audit_type, a.re_audit_of, d.domain_id, d.grade
from case_audit a join domain_answer d on d.authority_id = a.authority_id and d.audit_number = a.number
where a.stage in {AFTER_AGREEMENT} and not d.not_applicable and d.grade <> ''
"""


def upgrade() -> None:
    """Run this step."""
    counts = op.create_table(
        "agreed_count",
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
        sa.Column("domain_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("way", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("audits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "authority_id",
            "span",
            "begins",
            "at_random",
            "edition_id",
            "set_id",
            "domain_id",
            "way",
            "grade",
            name=op.f("pk_agreed_count"),
        ),
    )
    rows: Counter[tuple] = Counter()
    for statement in (AUDITS, DOMAINS):
        for (
            authority_id,
            moment,
            edition_id,
            set_id,
            how_chosen,
            audit_type,
            earlier,
            domain_id,
            grade,
        ) in op.get_bind().execute(sa.text(statement)):
            day = _day(moment)
            at_random = how_chosen == "random" and audit_type not in ("re_audit", "thematic_audit") and earlier is None
            way = "" if domain_id else f"{how_chosen}/{audit_type}/{'' if earlier is None else 'again'}"
            for span, begins in (("day", day), ("month", day.replace(day=1))):
                rows[authority_id, span, begins, at_random, edition_id, set_id, domain_id, way, grade] += 1
    names = [column.name for column in counts.columns]
    if rows:
        op.bulk_insert(counts, [dict(zip(names, (*key, count))) for key, count in rows.items()])


def _day(moment):
    """The London day of a moment: text without a zone on SQLite, in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return clock.london_day(moment)
