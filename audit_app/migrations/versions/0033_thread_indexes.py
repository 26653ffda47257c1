"""Findings and plan actions counted from indexes alone: gaps, readiness and dashboards of very many of them."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_authority_id_status_due_on"))
        batch_op.create_index(
            batch_op.f("ix_action_authority_id_lead_post_id"), ["authority_id", "lead_post_id"], unique=False
        )
        batch_op.create_index(
            "ix_action_gaps",
            [
                "authority_id",
                "lead_post_title",
                "status",
                "due_on",
                "due_read_on",
                "ongoing",
                "lead_post_id",
                "lead_person_id",
                "due_text",
                "number",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_action_standing",
            ["authority_id", "status", "due_on", "due_read_on", "delivery", "start_on", "start_read_on", "number"],
            unique=False,
        )
        batch_op.create_index(
            "ix_action_unmeasured",
            ["authority_id", "lead_post_title", "status", "number"],
            unique=False,
            sqlite_where=sa.text("success_measure = ''"),
            postgresql_where=sa.text("success_measure = ''"),
        )

    with op.batch_alter_table("action_in_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_in_area_authority_id_area_number"))
        batch_op.create_index(
            batch_op.f("ix_action_in_area_authority_id_area_number_action_number"),
            ["authority_id", "area_number", "action_number"],
            unique=False,
        )

    with op.batch_alter_table("action_lead", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_lead_authority_id_post_id"), ["authority_id", "post_id"], unique=False
        )

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_asks"))
        batch_op.create_index(
            "ix_finding_asks",
            ["authority_id", "number"],
            unique=False,
            sqlite_where=sa.text(
                "inspection_number IS NOT NULL OR due_on IS NOT NULL OR timescale IS NOT NULL OR timescale_text != ''"
            ),
            postgresql_where=sa.text(
                "inspection_number IS NOT NULL OR due_on IS NOT NULL OR timescale IS NOT NULL OR timescale_text != ''"
            ),
        )
        batch_op.create_index("ix_finding_standing", ["authority_id", "status", "kind", "number"], unique=False)

    with op.batch_alter_table("finding_in_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_in_area_authority_id_area_number"))
        batch_op.create_index(
            batch_op.f("ix_finding_in_area_authority_id_area_number_finding_number"),
            ["authority_id", "area_number", "finding_number"],
            unique=False,
        )
