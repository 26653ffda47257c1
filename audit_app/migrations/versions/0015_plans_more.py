"""Measures changed with their reason; released copies of packs with their files; packs of one inspection."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.alter_column("revision", server_default=None)

    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_plan_change_part"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_plan_change_part"),
            "part IN ('plan', 'theme', 'action', 'milestone', 'review', 'risk', 'measure')",
        )

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("for_inspection", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.create_check_constraint(
            op.f("ck_evidence_pack_for_inspection_length"), "length(for_inspection) <= 100"
        )

    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.alter_column("for_inspection", server_default=None)

    with op.batch_alter_table("pack_release", schema=None) as batch_op:
        batch_op.drop_index("ix_pack_release_pack")
        batch_op.add_column(sa.Column("copy_number", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("job_id", sa.BigInteger(), nullable=True))
        for name in ("pdf_sha256", "archive_sha256"):
            batch_op.add_column(
                sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False, server_default="")
            )

    # Packs given before copies were numbered: in the order in which they were given.
    op.execute(
        sa.text(
            "UPDATE pack_release SET copy_number = (SELECT count(*) FROM pack_release AS earlier"
            " WHERE earlier.authority_id = pack_release.authority_id"
            " AND earlier.pack_number = pack_release.pack_number AND earlier.id <= pack_release.id)"
        )
    )

    with op.batch_alter_table("pack_release", schema=None) as batch_op:
        batch_op.create_index("ix_pack_release_pack", ["authority_id", "pack_number", "copy_number"], unique=True)
        batch_op.alter_column("copy_number", server_default=None)
        batch_op.alter_column("pdf_sha256", server_default=None)
        batch_op.alter_column("archive_sha256", server_default=None)
