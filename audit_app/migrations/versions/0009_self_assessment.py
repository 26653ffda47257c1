"""Self-assessments: their sections, what is written there, claims with what they cite, plans, and looking back."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "self_assessment",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition_fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("theme_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("theme_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("prompts", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("previous_number", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "drafting",
                "with_reviewer",
                "signed",
                "abandoned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("leaders_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words_written_by", sa.BigInteger(), nullable=True),
        sa.Column("words_signed_by", sa.BigInteger(), nullable=True),
        sa.Column("words_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("words_signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("offered_by", sa.BigInteger(), nullable=True),
        sa.Column("offered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reviewer_id", sa.BigInteger(), nullable=True),
        sa.Column("returned_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_by", sa.BigInteger(), nullable=True),
        sa.Column("signed_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("signed_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contents", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("abandoned_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'signed' OR fingerprint <> ''", name=op.f("ck_self_assessment_signed_is_frozen")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_self_assessment_title_said")),
        sa.CheckConstraint(
            "length(abandoned_reason) <= 10000", name=op.f("ck_self_assessment_abandoned_reason_length")
        ),
        sa.CheckConstraint("length(edition_id) <= 100", name=op.f("ck_self_assessment_edition_id_length")),
        sa.CheckConstraint("length(lead_post_title) <= 300", name=op.f("ck_self_assessment_lead_post_title_length")),
        sa.CheckConstraint("length(leaders_words) <= 10000", name=op.f("ck_self_assessment_leaders_words_length")),
        sa.CheckConstraint("length(prompts) <= 20000", name=op.f("ck_self_assessment_prompts_length")),
        sa.CheckConstraint("length(returned_note) <= 10000", name=op.f("ck_self_assessment_returned_note_length")),
        sa.CheckConstraint("length(signed_note) <= 10000", name=op.f("ck_self_assessment_signed_note_length")),
        sa.CheckConstraint(
            "length(signed_post_title) <= 300", name=op.f("ck_self_assessment_signed_post_title_length")
        ),
        sa.CheckConstraint("length(theme_id) <= 100", name=op.f("ck_self_assessment_theme_id_length")),
        sa.CheckConstraint("length(theme_words) <= 300", name=op.f("ck_self_assessment_theme_words_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_self_assessment_title_length")),
        sa.CheckConstraint("length(words_post_title) <= 300", name=op.f("ck_self_assessment_words_post_title_length")),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_self_assessment_period_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "previous_number"],
            ["self_assessment.authority_id", "self_assessment.number"],
            name=op.f("fk_self_assessment_authority_id_previous_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_self_assessment")),
    )
    with op.batch_alter_table("self_assessment", schema=None) as batch_op:
        batch_op.create_index("ix_self_assessment_state", ["authority_id", "state"], unique=False)

    op.create_table(
        "self_assessment_shape",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("headings", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("prompts", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("retired_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_self_assessment_shape_title_said")),
        sa.CheckConstraint("length(headings) <= 20000", name=op.f("ck_self_assessment_shape_headings_length")),
        sa.CheckConstraint("length(prompts) <= 20000", name=op.f("ck_self_assessment_shape_prompts_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_self_assessment_shape_title_length")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_shape")),
    )
    op.create_table(
        "self_assessment_look_back",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_number", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "became",
            sa.Enum(
                "came_true",
                "partly",
                "not_yet",
                "dropped",
                name="became",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reference) <= 100", name=op.f("ck_self_assessment_look_back_reference_length")),
        sa.CheckConstraint("length(words) <= 10000", name=op.f("ck_self_assessment_look_back_words_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "assessment_number"],
            ["self_assessment.authority_id", "self_assessment.number"],
            name=op.f("fk_self_assessment_look_back_authority_id_assessment_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_look_back")),
        sa.UniqueConstraint(
            "authority_id",
            "assessment_number",
            "about_id",
            name=op.f("uq_self_assessment_look_back_authority_id_assessment_number_about_id"),
        ),
    )
    op.create_table(
        "self_assessment_section",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("area_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("heading", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agency_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("agency_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("holder_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("to_write", "ready", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("grade_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade_by", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("heading <> ''", name=op.f("ck_self_assessment_section_heading_said")),
        sa.CheckConstraint("length(agency_id) <= 100", name=op.f("ck_self_assessment_section_agency_id_length")),
        sa.CheckConstraint("length(agency_name) <= 300", name=op.f("ck_self_assessment_section_agency_name_length")),
        sa.CheckConstraint("length(area_id) <= 100", name=op.f("ck_self_assessment_section_area_id_length")),
        sa.CheckConstraint("length(grade_code) <= 100", name=op.f("ck_self_assessment_section_grade_code_length")),
        sa.CheckConstraint(
            "length(grade_reason) <= 10000", name=op.f("ck_self_assessment_section_grade_reason_length")
        ),
        sa.CheckConstraint("length(heading) <= 300", name=op.f("ck_self_assessment_section_heading_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "assessment_number"],
            ["self_assessment.authority_id", "self_assessment.number"],
            name=op.f("fk_self_assessment_section_authority_id_assessment_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_section")),
    )
    with op.batch_alter_table("self_assessment_section", schema=None) as batch_op:
        batch_op.create_index(
            "ix_self_assessment_section_assessment", ["authority_id", "assessment_number", "position"], unique=False
        )
        batch_op.create_index("ix_self_assessment_section_holder", ["authority_id", "holder_id"], unique=False)

    op.create_table(
        "self_assessment_writer",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "assessment_number"],
            ["self_assessment.authority_id", "self_assessment.number"],
            name=op.f("fk_self_assessment_writer_authority_id_assessment_number"),
        ),
        sa.PrimaryKeyConstraint(
            "authority_id", "assessment_number", "person_id", name=op.f("pk_self_assessment_writer")
        ),
    )
    op.create_table(
        "self_assessment_claim",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("section_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "works_well",
                "not_good_enough",
                "neither",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rung", sa.Integer(), nullable=True),
        sa.Column("rung_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rung_by", sa.BigInteger(), nullable=True),
        sa.Column("rung_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("taken_out_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_self_assessment_claim_text_said")),
        sa.CheckConstraint("length(question) <= 100", name=op.f("ck_self_assessment_claim_question_length")),
        sa.CheckConstraint("length(rung_reason) <= 10000", name=op.f("ck_self_assessment_claim_rung_reason_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_self_assessment_claim_text_length")),
        sa.CheckConstraint("rung IS NULL OR rung BETWEEN 0 AND 5", name=op.f("ck_self_assessment_claim_rung_range")),
        sa.ForeignKeyConstraint(
            ["authority_id", "section_id"],
            ["self_assessment_section.authority_id", "self_assessment_section.id"],
            name=op.f("fk_self_assessment_claim_authority_id_section_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_claim")),
    )
    with op.batch_alter_table("self_assessment_claim", schema=None) as batch_op:
        batch_op.create_index(
            "ix_self_assessment_claim_section", ["authority_id", "section_id", "position"], unique=False
        )

    op.create_table(
        "self_assessment_comment",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("section_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(question) <= 100", name=op.f("ck_self_assessment_comment_question_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_self_assessment_comment_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "section_id"],
            ["self_assessment_section.authority_id", "self_assessment_section.id"],
            name=op.f("fk_self_assessment_comment_authority_id_section_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_comment")),
    )
    with op.batch_alter_table("self_assessment_comment", schema=None) as batch_op:
        batch_op.create_index("ix_self_assessment_comment_section", ["authority_id", "section_id"], unique=False)

    op.create_table(
        "self_assessment_passage",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("section_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_self_assessment_passage_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "section_id"],
            ["self_assessment_section.authority_id", "self_assessment_section.id"],
            name=op.f("fk_self_assessment_passage_authority_id_section_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "section_id", "question", name=op.f("pk_self_assessment_passage")),
    )
    op.create_table(
        "self_assessment_plan_line",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("section_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("impact_shown_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("action_reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("taken_out_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("what <> ''", name=op.f("ck_self_assessment_plan_line_what_said")),
        sa.CheckConstraint(
            "length(action_reference) <= 100", name=op.f("ck_self_assessment_plan_line_action_reference_length")
        ),
        sa.CheckConstraint(
            "length(impact_shown_by) <= 10000", name=op.f("ck_self_assessment_plan_line_impact_shown_by_length")
        ),
        sa.CheckConstraint("length(what) <= 10000", name=op.f("ck_self_assessment_plan_line_what_length")),
        sa.CheckConstraint("length(who) <= 300", name=op.f("ck_self_assessment_plan_line_who_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "section_id"],
            ["self_assessment_section.authority_id", "self_assessment_section.id"],
            name=op.f("fk_self_assessment_plan_line_authority_id_section_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_plan_line")),
    )
    with op.batch_alter_table("self_assessment_plan_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_self_assessment_plan_line_section", ["authority_id", "section_id", "position"], unique=False
        )

    op.create_table(
        "self_assessment_suggestion",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("section_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("old_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("new_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "accepted", "declined", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reply", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(new_words) <= 10000", name=op.f("ck_self_assessment_suggestion_new_words_length")),
        sa.CheckConstraint("length(old_words) <= 10000", name=op.f("ck_self_assessment_suggestion_old_words_length")),
        sa.CheckConstraint("length(question) <= 100", name=op.f("ck_self_assessment_suggestion_question_length")),
        sa.CheckConstraint("length(reply) <= 10000", name=op.f("ck_self_assessment_suggestion_reply_length")),
        sa.CheckConstraint("length(why) <= 10000", name=op.f("ck_self_assessment_suggestion_why_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "section_id"],
            ["self_assessment_section.authority_id", "self_assessment_section.id"],
            name=op.f("fk_self_assessment_suggestion_authority_id_section_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_suggestion")),
    )
    with op.batch_alter_table("self_assessment_suggestion", schema=None) as batch_op:
        batch_op.create_index("ix_self_assessment_suggestion_section", ["authority_id", "section_id"], unique=False)

    op.create_table(
        "self_assessment_citation",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "grades",
                "answers",
                "finding",
                "area",
                "action",
                "measure",
                "inspection",
                "evidence",
                "voice",
                "data",
                "policy",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("set_edition_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("set_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("domain_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("question_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cohort", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at_random", sa.Boolean(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("shows", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cited_by", sa.BigInteger(), nullable=False),
        sa.Column("cited_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(cohort) <= 100", name=op.f("ck_self_assessment_citation_cohort_length")),
        sa.CheckConstraint("length(domain_id) <= 100", name=op.f("ck_self_assessment_citation_domain_id_length")),
        sa.CheckConstraint("length(part) <= 100", name=op.f("ck_self_assessment_citation_part_length")),
        sa.CheckConstraint("length(place) <= 300", name=op.f("ck_self_assessment_citation_place_length")),
        sa.CheckConstraint("length(question_key) <= 100", name=op.f("ck_self_assessment_citation_question_key_length")),
        sa.CheckConstraint("length(reference) <= 100", name=op.f("ck_self_assessment_citation_reference_length")),
        sa.CheckConstraint(
            "length(set_edition_id) <= 100", name=op.f("ck_self_assessment_citation_set_edition_id_length")
        ),
        sa.CheckConstraint("length(set_id) <= 100", name=op.f("ck_self_assessment_citation_set_id_length")),
        sa.CheckConstraint("length(shows) <= 10000", name=op.f("ck_self_assessment_citation_shows_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_self_assessment_citation_title_length")),
        sa.CheckConstraint(
            "months IS NULL OR months BETWEEN 1 AND 36", name=op.f("ck_self_assessment_citation_months_range")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "claim_id"],
            ["self_assessment_claim.authority_id", "self_assessment_claim.id"],
            name=op.f("fk_self_assessment_citation_authority_id_claim_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_self_assessment_citation")),
    )
    with op.batch_alter_table("self_assessment_citation", schema=None) as batch_op:
        batch_op.create_index("ix_self_assessment_citation_claim", ["authority_id", "claim_id"], unique=False)
        batch_op.create_index("ix_self_assessment_citation_reference", ["authority_id", "reference"], unique=False)
