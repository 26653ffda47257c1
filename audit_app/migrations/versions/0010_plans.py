"""Plans as councils print them: monitoring, two levels of themes, reviews, risks, bands; and what each part said."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "plan_review",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.Column("removed_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(due_text) <= 100", name=op.f("ck_plan_review_due_text_length")),
        sa.CheckConstraint("length(held_note) <= 10000", name=op.f("ck_plan_review_held_note_length")),
        sa.CheckConstraint("length(removed_why) <= 10000", name=op.f("ck_plan_review_removed_why_length")),
        sa.CheckConstraint("length(what) <= 10000", name=op.f("ck_plan_review_what_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "plan_number"],
            ["plan.authority_id", "plan.number"],
            name=op.f("fk_plan_review_authority_id_plan_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_plan_review")),
    )
    with op.batch_alter_table("plan_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_review_authority_id_plan_number"), ["authority_id", "plan_number"], unique=False
        )

    op.create_table(
        "plan_risk",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removed_by", sa.BigInteger(), nullable=True),
        sa.Column("removed_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("risk", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before_controls", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("controls", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("after_controls", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("risk <> ''", name=op.f("ck_plan_risk_risk_named")),
        sa.CheckConstraint("length(after_controls) <= 100", name=op.f("ck_plan_risk_after_controls_length")),
        sa.CheckConstraint("length(before_controls) <= 100", name=op.f("ck_plan_risk_before_controls_length")),
        sa.CheckConstraint("length(controls) <= 10000", name=op.f("ck_plan_risk_controls_length")),
        sa.CheckConstraint("length(removed_why) <= 10000", name=op.f("ck_plan_risk_removed_why_length")),
        sa.CheckConstraint("length(risk) <= 10000", name=op.f("ck_plan_risk_risk_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "plan_number"],
            ["plan.authority_id", "plan.number"],
            name=op.f("fk_plan_risk_authority_id_plan_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "theme_id"],
            ["theme.authority_id", "theme.id"],
            name=op.f("fk_plan_risk_authority_id_theme_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_plan_risk")),
    )
    with op.batch_alter_table("plan_risk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_risk_authority_id_plan_number"), ["authority_id", "plan_number"], unique=False
        )

    op.create_table(
        "plan_change",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=True),
        sa.Column("action_number", sa.Integer(), nullable=True),
        sa.Column("row_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "part",
            sa.Enum(
                "plan",
                "theme",
                "action",
                "milestone",
                "review",
                "risk",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum(
                "changed",
                "moved",
                "removed",
                "restored",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(before) <= 400000", name=op.f("ck_plan_change_before_length")),
        sa.CheckConstraint("length(why) <= 10000", name=op.f("ck_plan_change_why_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_plan_change_authority_id_action_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "plan_number"],
            ["plan.authority_id", "plan.number"],
            name=op.f("fk_plan_change_authority_id_plan_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_plan_change")),
    )
    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_change_authority_id_action_number"), ["authority_id", "action_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_plan_change_authority_id_plan_number"), ["authority_id", "plan_number"], unique=False
        )

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("provenance", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("lead_printed", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("indication_of_impact", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("starting_as_at", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("risk_before", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("risk_after", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("monitoring", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "own_colour",
                sa.Enum(
                    "blue",
                    "green",
                    "amber",
                    "red",
                    "grey",
                    name="own_colour",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.create_check_constraint(op.f("ck_action_description_length"), "length(description) <= 10000")
        batch_op.create_check_constraint(
            op.f("ck_action_indication_of_impact_length"), "length(indication_of_impact) <= 10000"
        )
        batch_op.create_check_constraint(op.f("ck_action_lead_printed_length"), "length(lead_printed) <= 300")
        batch_op.create_check_constraint(op.f("ck_action_monitoring_length"), "length(monitoring) <= 10000")
        batch_op.create_check_constraint(op.f("ck_action_provenance_length"), "length(provenance) <= 10000")
        batch_op.create_check_constraint(op.f("ck_action_risk_after_length"), "length(risk_after) <= 100")
        batch_op.create_check_constraint(op.f("ck_action_risk_before_length"), "length(risk_before) <= 100")
        batch_op.create_check_constraint(op.f("ck_action_starting_as_at_length"), "length(starting_as_at) <= 100")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.alter_column("position", server_default=None)
        batch_op.alter_column("description", server_default=None)
        batch_op.alter_column("provenance", server_default=None)
        batch_op.alter_column("lead_printed", server_default=None)
        batch_op.alter_column("indication_of_impact", server_default=None)
        batch_op.alter_column("starting_as_at", server_default=None)
        batch_op.alter_column("risk_before", server_default=None)
        batch_op.alter_column("risk_after", server_default=None)
        batch_op.alter_column("monitoring", server_default=None)
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_number", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("due_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("band_unmet", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("band_met", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("band_exceeded", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("band_far_exceeded", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("reached_on", sa.Date(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_measure_authority_id_plan_number"), ["authority_id", "plan_number"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_measure_authority_id_plan_number"),
            "plan",
            ["authority_id", "plan_number"],
            ["authority_id", "number"],
        )
        batch_op.create_check_constraint(op.f("ck_measure_band_exceeded_length"), "length(band_exceeded) <= 100")
        batch_op.create_check_constraint(
            op.f("ck_measure_band_far_exceeded_length"), "length(band_far_exceeded) <= 100"
        )
        batch_op.create_check_constraint(op.f("ck_measure_band_met_length"), "length(band_met) <= 100")
        batch_op.create_check_constraint(op.f("ck_measure_band_unmet_length"), "length(band_unmet) <= 100")
        batch_op.create_check_constraint(op.f("ck_measure_due_text_length"), "length(due_text) <= 100")
        batch_op.drop_constraint(op.f("ck_measure_one_home"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_measure_one_home"),
            "CASE WHEN action_number IS NULL THEN 0 ELSE 1 END + CASE WHEN area_number IS NULL THEN 0 ELSE 1 END + CASE WHEN plan_number IS NULL THEN 0 ELSE 1 END = 1",
        )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.alter_column("due_text", server_default=None)
        batch_op.alter_column("band_unmet", server_default=None)
        batch_op.alter_column("band_met", server_default=None)
        batch_op.alter_column("band_exceeded", server_default=None)
        batch_op.alter_column("band_far_exceeded", server_default=None)
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("removed_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("removed_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("lead_printed", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_check_constraint(op.f("ck_milestone_lead_printed_length"), "length(lead_printed) <= 300")
        batch_op.drop_constraint(op.f("ck_milestone_monitoring_length"), type_="check")
        batch_op.create_check_constraint(op.f("ck_milestone_monitoring_length"), "length(monitoring) <= 10000")
        batch_op.create_check_constraint(op.f("ck_milestone_removed_why_length"), "length(removed_why) <= 10000")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.alter_column("removed_why", server_default=None)
        batch_op.alter_column("lead_printed", server_default=None)
        batch_op.alter_column("revision", server_default=None)
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("monitoring", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("own_colours", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f("ck_plan_description_length"), "length(description) <= 10000")
        batch_op.create_check_constraint(op.f("ck_plan_monitoring_length"), "length(monitoring) <= 10000")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.alter_column("description", server_default=None)
        batch_op.alter_column("monitoring", server_default=None)
        batch_op.alter_column("own_colours", server_default=None)
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("removed_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("removed_why", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("parent_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("owner_printed", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("aims", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("staff_said", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("corporate_priority", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("monitoring", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(
            batch_op.f("fk_theme_authority_id_parent_id"),
            "theme",
            ["authority_id", "parent_id"],
            ["authority_id", "id"],
        )
        batch_op.create_check_constraint(op.f("ck_theme_aims_length"), "length(aims) <= 10000")
        batch_op.create_check_constraint(
            op.f("ck_theme_corporate_priority_length"), "length(corporate_priority) <= 10000"
        )
        batch_op.create_check_constraint(op.f("ck_theme_description_length"), "length(description) <= 10000")
        batch_op.create_check_constraint(op.f("ck_theme_label_length"), "length(label) <= 100")
        batch_op.create_check_constraint(op.f("ck_theme_monitoring_length"), "length(monitoring) <= 10000")
        batch_op.create_check_constraint(op.f("ck_theme_owner_printed_length"), "length(owner_printed) <= 300")
        batch_op.create_check_constraint(op.f("ck_theme_removed_why_length"), "length(removed_why) <= 10000")
        batch_op.create_check_constraint(op.f("ck_theme_staff_said_length"), "length(staff_said) <= 10000")
        batch_op.create_check_constraint(op.f("ck_theme_not_its_own_parent"), "parent_id IS NULL OR parent_id <> id")
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.alter_column("removed_why", server_default=None)
        batch_op.alter_column("label", server_default=None)
        batch_op.alter_column("owner_printed", server_default=None)
        batch_op.alter_column("description", server_default=None)
        batch_op.alter_column("aims", server_default=None)
        batch_op.alter_column("staff_said", server_default=None)
        batch_op.alter_column("corporate_priority", server_default=None)
        batch_op.alter_column("monitoring", server_default=None)
        batch_op.alter_column("revision", server_default=None)
