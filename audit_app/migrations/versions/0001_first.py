"""first."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# What makes the log append-only, as it was when this step was written, by kind of database.
TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER history_entry_no_update BEFORE UPDATE ON history_entry BEGIN SELECT RAISE(ABORT, 'The history log is append-only'); END",
        "CREATE TRIGGER history_entry_no_delete BEFORE DELETE ON history_entry BEGIN SELECT RAISE(ABORT, 'The history log is append-only'); END",
        "CREATE TRIGGER history_entry_no_replace BEFORE INSERT ON history_entry WHEN EXISTS (SELECT 1 FROM history_entry WHERE sequence = NEW.sequence) BEGIN SELECT RAISE(ABORT, 'The history log is append-only'); END",
        "CREATE TRIGGER history_head_only_onward BEFORE UPDATE ON history_head WHEN NEW.id <> 1 OR NEW.sequence <> OLD.sequence + 1 BEGIN SELECT RAISE(ABORT, 'The history log is append-only'); END",
        "CREATE TRIGGER history_head_no_delete BEFORE DELETE ON history_head BEGIN SELECT RAISE(ABORT, 'The history log is append-only'); END",
        "INSERT INTO history_head (id, sequence, hash, count, seal) VALUES (1, 0, '', 0, '')",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The history log is append-only'; END $$",
        "CREATE TRIGGER history_entry_kept BEFORE UPDATE OR DELETE ON history_entry FOR EACH ROW EXECUTE FUNCTION history_refuse()",
        "CREATE TRIGGER history_entry_whole BEFORE TRUNCATE ON history_entry FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()",
        "CREATE TRIGGER history_head_kept BEFORE DELETE ON history_head FOR EACH ROW EXECUTE FUNCTION history_refuse()",
        "CREATE TRIGGER history_head_whole BEFORE TRUNCATE ON history_head FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()",
        "CREATE TRIGGER history_head_onward BEFORE UPDATE ON history_head FOR EACH ROW WHEN (NEW.id <> 1 OR NEW.sequence <> OLD.sequence + 1) EXECUTE FUNCTION history_refuse()",
        "INSERT INTO history_head (id, sequence, hash, count, seal) VALUES (1, 0, '', 0, '')",
    ],
}


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "authority",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("reference_pattern", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("reference_example", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("logo_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("marking", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("set_up_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) between 1 and 200", name=op.f("ck_authority_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
        sa.UniqueConstraint("key", name=op.f("uq_authority_key")),
    )
    op.create_table(
        "case_audit",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("set_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("length", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "child",
                "sibling_group",
                "supervision_file",
                "carer",
                "decision",
                "observed_visit",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "audit_type",
            sa.Enum(
                "case_audit",
                "learning_audit",
                "thematic_audit",
                "dip_sample",
                "deep_dive",
                "multi_agency_audit",
                "closure_audit",
                "re_audit",
                name="audit_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "how_chosen",
            sa.Enum(
                "random",
                "purposive",
                "inspectors",
                "directors",
                name="how_chosen",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("case_reference", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("cohort", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("team_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("service_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("practitioner_code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("manager_code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=False),
        sa.Column("window_to", sa.Date(), nullable=False),
        sa.Column("sources", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("minutes_taken", sa.Integer(), nullable=True),
        sa.Column("age_band", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("ethnicity", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("disability", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("sibling_link", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("re_audit_of", sa.Integer(), nullable=True),
        sa.Column("tests_area", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("auditor_id", sa.BigInteger(), nullable=False),
        sa.Column("allocated_by", sa.BigInteger(), nullable=True),
        sa.Column("allocated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "drawn",
                "allocated",
                "in_progress",
                "submitted",
                "in_moderation",
                "agreed",
                "shared",
                "actions_open",
                "actions_done",
                "verified",
                "re_audit_due",
                "closed",
                "exempted",
                "replaced",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("agreed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("moderated", sa.Boolean(), nullable=False),
        sa.Column("overall_grade", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("overall_rationale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("strengths", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("worries", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("difference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("private_notes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("exit_reason", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("exit_approved_by", sa.BigInteger(), nullable=True),
        sa.Column("reopen_reason", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("closing_revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(difference) <= 10000", name=op.f("ck_case_audit_difference_length")),
        sa.CheckConstraint("length(exit_reason) <= 1000", name=op.f("ck_case_audit_exit_reason_length")),
        sa.CheckConstraint("length(overall_rationale) <= 10000", name=op.f("ck_case_audit_overall_rationale_length")),
        sa.CheckConstraint("length(private_notes) <= 10000", name=op.f("ck_case_audit_private_notes_length")),
        sa.CheckConstraint("length(reopen_reason) <= 1000", name=op.f("ck_case_audit_reopen_reason_length")),
        sa.CheckConstraint("length(strengths) <= 10000", name=op.f("ck_case_audit_strengths_length")),
        sa.CheckConstraint("length(worries) <= 10000", name=op.f("ck_case_audit_worries_length")),
        sa.CheckConstraint(
            "minutes_taken is null or minutes_taken between 0 and 6000", name=op.f("ck_case_audit_minutes_range")
        ),
        sa.CheckConstraint("window_to >= window_from", name=op.f("ck_case_audit_window_in_order")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_case_audit")),
    )
    with op.batch_alter_table("case_audit", schema=None) as batch_op:
        batch_op.create_index("ix_case_audit_auditor", ["authority_id", "auditor_id", "stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_audit_case_reference"), ["case_reference"], unique=False)
        batch_op.create_index("ix_case_audit_stage", ["authority_id", "stage", "due_on"], unique=False)
        batch_op.create_index("ix_case_audit_submitted", ["authority_id", "submitted_at"], unique=False)
        batch_op.create_index("ix_case_audit_team", ["authority_id", "team_id", "stage"], unique=False)

    op.create_table(
        "evidence_pack",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("marking", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("each_audit", sa.Boolean(), nullable=False),
        sa.Column("author_post", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner_post", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("approvals", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("circulation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("destroy_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("asked", "frozen", "ready", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("pseudonym_key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("key_list", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("frozen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("contents", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("pdf_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("workbook_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("archive_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("manifest_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("built_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("level = 3 or purpose <> ''", name=op.f("ck_evidence_pack_purpose_said")),
        sa.CheckConstraint("length(approvals) <= 300", name=op.f("ck_evidence_pack_approvals_length")),
        sa.CheckConstraint("length(author_post) <= 300", name=op.f("ck_evidence_pack_author_post_length")),
        sa.CheckConstraint("length(circulation) <= 10000", name=op.f("ck_evidence_pack_circulation_length")),
        sa.CheckConstraint("length(edition_id) <= 100", name=op.f("ck_evidence_pack_edition_id_length")),
        sa.CheckConstraint("length(marking) <= 100", name=op.f("ck_evidence_pack_marking_length")),
        sa.CheckConstraint("length(owner_post) <= 300", name=op.f("ck_evidence_pack_owner_post_length")),
        sa.CheckConstraint("length(purpose) <= 10000", name=op.f("ck_evidence_pack_purpose_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_evidence_pack_title_length")),
        sa.CheckConstraint("level between 0 and 3", name=op.f("ck_evidence_pack_level_range")),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_evidence_pack_period_in_order")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_evidence_pack")),
    )
    with op.batch_alter_table("evidence_pack", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_pack_level", ["authority_id", "level"], unique=False)

    op.create_table(
        "history_entry",
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("authority_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("session_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("event", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("before_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("after_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("facts", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("previous_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_history_entry_sequence_positive")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entry_actor"), ["actor"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_history_entry_authority_id_reference_event"),
            ["authority_id", "reference", "event"],
            unique=False,
        )

    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("seal", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "inspection",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "inspection",
                "focused_visit",
                "monitoring_visit",
                "peer_review",
                "internal_review",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("inspected_from", sa.Date(), nullable=True),
        sa.Column("inspected_to", sa.Date(), nullable=True),
        sa.Column("notes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(body) <= 300", name=op.f("ck_inspection_body_length")),
        sa.CheckConstraint("length(document_title) <= 300", name=op.f("ck_inspection_document_title_length")),
        sa.CheckConstraint("length(edition_id) <= 100", name=op.f("ck_inspection_edition_id_length")),
        sa.CheckConstraint("length(notes) <= 10000", name=op.f("ck_inspection_notes_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_inspection_title_length")),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_inspection")),
    )
    op.create_table(
        "job",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                "cancelled",
                name="job_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.CheckConstraint("done >= 0 and total >= 0", name=op.f("ck_job_progress_not_negative")),
        sa.CheckConstraint("length(kind) <= 40", name=op.f("ck_job_kind_length")),
        sa.CheckConstraint("length(message) <= 500", name=op.f("ck_job_message_length")),
        sa.CheckConstraint("length(reference) <= 120", name=op.f("ck_job_reference_length")),
        sa.CheckConstraint("length(result) <= 120", name=op.f("ck_job_result_length")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_authority_id_kind_reference", ["authority_id", "kind", "reference"], unique=False)
        batch_op.create_index("ix_job_state_kind", ["state", "kind"], unique=False)

    op.create_table(
        "kept_form",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("values", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kept_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("authority_id", "person_id", "path", name=op.f("pk_kept_form")),
    )
    op.create_table(
        "notice",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("read_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "mail_state",
            sa.Enum(
                "not_needed",
                "waiting",
                "sent",
                "failed",
                name="mail_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mail_trouble",
            sa.Enum(
                "none",
                "no_server",
                "no_encryption",
                "no_sender",
                "refused_login",
                "refused_address",
                "refused_message",
                "too_late",
                "not_made",
                name="mail_trouble",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("mailed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_notice_attempts_not_negative")),
        sa.CheckConstraint("length(code) <= 60", name=op.f("ck_notice_code_length")),
        sa.CheckConstraint("length(reference) <= 120", name=op.f("ck_notice_reference_length")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_authority_id_person_id_read_at", ["authority_id", "person_id", "read_at"], unique=False
        )
        batch_op.create_index("ix_notice_mail_state_next_try_at", ["mail_state", "next_try_at"], unique=False)

    op.create_table(
        "outgoing_mail",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("to_address", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("council", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("path", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("valid_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "mail_state",
            sa.Enum(
                "not_needed",
                "waiting",
                "sent",
                "failed",
                name="mail_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mail_trouble",
            sa.Enum(
                "none",
                "no_server",
                "no_encryption",
                "no_sender",
                "refused_login",
                "refused_address",
                "refused_message",
                "too_late",
                "not_made",
                name="mail_trouble",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("mailed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "mail_state = 'waiting' or path = ''", name=op.f("ck_outgoing_mail_secret_only_while_waiting")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outgoing_mail_attempts_not_negative")),
        sa.CheckConstraint("length(council) <= 200", name=op.f("ck_outgoing_mail_council_length")),
        sa.CheckConstraint("length(kind) <= 60", name=op.f("ck_outgoing_mail_kind_length")),
        sa.CheckConstraint("length(path) <= 500", name=op.f("ck_outgoing_mail_path_length")),
        sa.CheckConstraint("length(to_address) <= 254", name=op.f("ck_outgoing_mail_to_address_length")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_outgoing_mail")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_mail_mail_state_next_try_at", ["mail_state", "next_try_at"], unique=False)

    op.create_table(
        "periodic_run",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("failing_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint("length(message) <= 500", name=op.f("ck_periodic_run_message_length")),
        sa.CheckConstraint("length(name) <= 40", name=op.f("ck_periodic_run_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_periodic_run")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited", "active", "disabled", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) between 1 and 120", name=op.f("ck_person_name_length")),
        sa.CheckConstraint("length(user_name) between 3 and 254", name=op.f("ck_person_user_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("user_name", name=op.f("uq_person_user_name")),
    )
    op.create_table(
        "plan",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("owner_post_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_person_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("board", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("brag_blue", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("brag_green", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("brag_amber", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("brag_red", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("brag_grey", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(board) <= 300", name=op.f("ck_plan_board_length")),
        sa.CheckConstraint("length(brag_amber) <= 300", name=op.f("ck_plan_brag_amber_length")),
        sa.CheckConstraint("length(brag_blue) <= 300", name=op.f("ck_plan_brag_blue_length")),
        sa.CheckConstraint("length(brag_green) <= 300", name=op.f("ck_plan_brag_green_length")),
        sa.CheckConstraint("length(brag_grey) <= 300", name=op.f("ck_plan_brag_grey_length")),
        sa.CheckConstraint("length(brag_red) <= 300", name=op.f("ck_plan_brag_red_length")),
        sa.CheckConstraint("length(owner_post_title) <= 300", name=op.f("ck_plan_owner_post_title_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_plan_title_length")),
        sa.CheckConstraint(
            "period_to IS NULL OR period_from IS NULL OR period_to >= period_from", name=op.f("ck_plan_period")
        ),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_plan")),
    )
    op.create_table(
        "reference_count",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("prefix", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("authority_id", "prefix", name=op.f("pk_reference_count")),
    )
    op.create_table(
        "used_key",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("location", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_used_key")),
    )
    op.create_table(
        "wrong_try",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_try")),
    )
    with op.batch_alter_table("wrong_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wrong_try_account_hash"), ["account_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_wrong_try_address"), ["address"], unique=False)

    op.create_table(
        "answer",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("question_key", sqlmodel.sql.sqltypes.AutoString(length=121), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_answer_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_answer_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "audit_number", "question_key", name=op.f("pk_answer")),
    )
    op.create_table(
        "audit_action",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "child",
                "practitioner",
                "team",
                "service",
                "partnership",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("question_key", sqlmodel.sql.sqltypes.AutoString(length=121), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "done",
                "confirmed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        sa.Column("what_was_done", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what_changed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("became_finding", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(what) <= 10000", name=op.f("ck_audit_action_what_length")),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_audit_action_what_given")),
        sa.CheckConstraint("length(what_changed) <= 10000", name=op.f("ck_audit_action_what_changed_length")),
        sa.CheckConstraint("length(what_was_done) <= 10000", name=op.f("ck_audit_action_what_was_done_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_audit_action_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_audit_action")),
    )
    with op.batch_alter_table("audit_action", schema=None) as batch_op:
        batch_op.create_index("ix_audit_action_audit", ["authority_id", "audit_number"], unique=False)
        batch_op.create_index("ix_audit_action_owner", ["authority_id", "owner_id", "state"], unique=False)

    op.create_table(
        "audit_version",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("contents", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contents_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(reason) <= 1000", name=op.f("ck_audit_version_reason_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_audit_version_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "audit_number", "version", name=op.f("pk_audit_version")),
    )
    op.create_table(
        "brag_meaning",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("colour", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("word", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("meaning", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_brag_meaning_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "colour", name=op.f("pk_brag_meaning")),
    )
    op.create_table(
        "concern",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.BigInteger(), nullable=False),
        sa.Column("raised_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("from_answer", sa.Boolean(), nullable=False),
        sa.Column("concern_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("spoken_to", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("outcome_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(concern_words) <= 30000", name=op.f("ck_concern_concern_words_length")),
        sa.CheckConstraint("length(outcome_words) <= 10000", name=op.f("ck_concern_outcome_words_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_concern_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_concern")),
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index("ix_concern_audit", ["authority_id", "audit_number"], unique=False)

    op.create_table(
        "domain_answer",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("domain_id", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("rationale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("not_applicable_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "length(not_applicable_reason) <= 1000", name=op.f("ck_domain_answer_not_applicable_reason_length")
        ),
        sa.CheckConstraint("length(rationale) <= 10000", name=op.f("ck_domain_answer_rationale_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "audit_number"],
            ["case_audit.authority_id", "case_audit.number"],
            name=op.f("fk_domain_answer_authority_id_audit_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "audit_number", "domain_id", name=op.f("pk_domain_answer")),
    )
    op.create_table(
        "escalation_contact",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", sa.BigInteger(), nullable=True),
        sa.Column("telephone", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_escalation_contact_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_escalation_contact_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_escalation_contact")),
    )
    op.create_table(
        "finding",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "strength",
                "area_for_improvement",
                "area_for_priority_action",
                "recommendation",
                "area_for_consideration",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "case_audit",
                "inspection",
                "peer_review",
                "complaints_and_compliments",
                "learning_review",
                "children_and_young_people",
                "parents_and_carers",
                "staff",
                "independent_reviewing_officer",
                "data",
                "research",
                "other_councils",
                "self_identified",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum(
                "team", "service", "partnership", name="level", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("inspection_number", sa.Integer(), nullable=True),
        sa.Column("printed_number", sa.Integer(), nullable=True),
        sa.Column("printed_total", sa.Integer(), nullable=True),
        sa.Column("paragraphs", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "timescale",
            sa.Enum(
                "immediately",
                "one_month",
                "three_months",
                "six_months",
                "twelve_months",
                name="timescale",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("timescale_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("national_framework_as_printed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("national_framework_tag", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("team_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("raised_by", sa.BigInteger(), nullable=False),
        sa.Column("raised_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("raised", "withdrawn", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("withdrawn_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status <> 'withdrawn' OR withdrawn_reason <> ''", name=op.f("ck_finding_withdrawn_says_why")
        ),
        sa.CheckConstraint(
            "length(national_framework_as_printed) <= 300", name=op.f("ck_finding_national_framework_as_printed_length")
        ),
        sa.CheckConstraint(
            "length(national_framework_tag) <= 100", name=op.f("ck_finding_national_framework_tag_length")
        ),
        sa.CheckConstraint("length(paragraphs) <= 100", name=op.f("ck_finding_paragraphs_length")),
        sa.CheckConstraint("length(team_name) <= 300", name=op.f("ck_finding_team_name_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_finding_text_length")),
        sa.CheckConstraint("length(timescale_text) <= 100", name=op.f("ck_finding_timescale_text_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_finding_title_length")),
        sa.CheckConstraint("length(withdrawn_reason) <= 10000", name=op.f("ck_finding_withdrawn_reason_length")),
        sa.CheckConstraint("printed_number IS NULL OR printed_number >= 1", name=op.f("ck_finding_printed_number")),
        sa.CheckConstraint(
            "printed_total IS NULL OR printed_total >= printed_number", name=op.f("ck_finding_printed_total")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "inspection_number"],
            ["inspection.authority_id", "inspection.number"],
            name=op.f("fk_finding_authority_id_inspection_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_authority_id_inspection_number"), ["authority_id", "inspection_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finding_authority_id_raised_at"), ["authority_id", "raised_at"], unique=False
        )

    op.create_table(
        "invitation",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "first_administrator",
                "invitation",
                "reset",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "judgement",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("inspection_number", sa.Integer(), nullable=False),
        sa.Column("judgement_area_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("printed_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("paragraphs", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(grade_code) <= 100", name=op.f("ck_judgement_grade_code_length")),
        sa.CheckConstraint("length(judgement_area_id) <= 100", name=op.f("ck_judgement_judgement_area_id_length")),
        sa.CheckConstraint("length(paragraphs) <= 100", name=op.f("ck_judgement_paragraphs_length")),
        sa.CheckConstraint("length(printed_name) <= 300", name=op.f("ck_judgement_printed_name_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "inspection_number"],
            ["inspection.authority_id", "inspection.number"],
            name=op.f("fk_judgement_authority_id_inspection_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_judgement")),
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_judgement_authority_id_inspection_number"),
            ["authority_id", "inspection_number"],
            unique=False,
        )

    op.create_table(
        "manager_spell",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("manager_id", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("person_id <> manager_id", name=op.f("ck_manager_spell_not_own_manager")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_manager_spell_authority_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_manager_spell_manager_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_manager_spell_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_manager_spell")),
    )
    with op.batch_alter_table("manager_spell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_manager_spell_person_id"), ["person_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "qa_manager",
                "auditor",
                "moderator",
                "team_manager",
                "leader",
                "inspector",
                "practitioner",
                "business_support",
                "elected_member",
                "guest",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("given_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_membership_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "authority_id",
            "person_id",
            "role",
            "from_on",
            name=op.f("uq_membership_authority_id_person_id_role_from_on"),
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "post",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("service_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(title) between 1 and 120", name=op.f("ck_post_title_length")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_post_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_post")),
    )
    op.create_table(
        "service",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_service_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_service")),
    )
    op.create_table(
        "team",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_team_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_team")),
    )
    op.create_table(
        "theme",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner_post_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(owner_post_title) <= 300", name=op.f("ck_theme_owner_post_title_length")),
        sa.CheckConstraint("length(title) <= 300", name=op.f("ck_theme_title_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "plan_number"],
            ["plan.authority_id", "plan.number"],
            name=op.f("fk_theme_authority_id_plan_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_theme")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theme_authority_id_plan_number"), ["authority_id", "plan_number"], unique=False
        )

    op.create_table(
        "web_session",
        sa.Column("id_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("proved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("end_reason", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("browser", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("messages", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "action",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("local_label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lead_post_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_person_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ongoing", sa.Boolean(), nullable=False),
        sa.Column("repeats", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("success_measure", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "impact_test",
            sa.Enum(
                "re_audit",
                "dip_sample",
                "measure",
                "voice",
                "observation",
                name="impact_test",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("impact_test_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("intended_impact", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("starting_position", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("risk", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("mitigation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "delivery",
            sa.Enum(
                "not_started",
                "on_track",
                "at_risk",
                "off_track",
                "complete",
                name="delivery",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "completed",
                "verified",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("completed_by", sa.BigInteger(), nullable=True),
        sa.Column("completed_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.BigInteger(), nullable=True),
        sa.Column("verified_by_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("verified_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("withdrawn_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("status <> 'verified' OR verified_on IS NOT NULL", name=op.f("ck_action_verified_dated")),
        sa.CheckConstraint(
            "status <> 'withdrawn' OR withdrawn_reason <> ''", name=op.f("ck_action_withdrawn_says_why")
        ),
        sa.CheckConstraint(
            "status NOT IN ('completed', 'verified') OR completed_on IS NOT NULL",
            name=op.f("ck_action_completed_dated"),
        ),
        sa.CheckConstraint("what <> ''", name=op.f("ck_action_what_said")),
        sa.CheckConstraint("length(completed_note) <= 10000", name=op.f("ck_action_completed_note_length")),
        sa.CheckConstraint("length(due_text) <= 100", name=op.f("ck_action_due_text_length")),
        sa.CheckConstraint("length(impact_test_note) <= 10000", name=op.f("ck_action_impact_test_note_length")),
        sa.CheckConstraint("length(intended_impact) <= 10000", name=op.f("ck_action_intended_impact_length")),
        sa.CheckConstraint("length(lead_post_title) <= 300", name=op.f("ck_action_lead_post_title_length")),
        sa.CheckConstraint("length(local_label) <= 100", name=op.f("ck_action_local_label_length")),
        sa.CheckConstraint("length(mitigation) <= 10000", name=op.f("ck_action_mitigation_length")),
        sa.CheckConstraint("length(repeats) <= 100", name=op.f("ck_action_repeats_length")),
        sa.CheckConstraint("length(risk) <= 10000", name=op.f("ck_action_risk_length")),
        sa.CheckConstraint("length(starting_position) <= 10000", name=op.f("ck_action_starting_position_length")),
        sa.CheckConstraint("length(success_measure) <= 10000", name=op.f("ck_action_success_measure_length")),
        sa.CheckConstraint(
            "length(verified_by_post_title) <= 300", name=op.f("ck_action_verified_by_post_title_length")
        ),
        sa.CheckConstraint("length(verified_note) <= 10000", name=op.f("ck_action_verified_note_length")),
        sa.CheckConstraint("length(what) <= 10000", name=op.f("ck_action_what_length")),
        sa.CheckConstraint("length(withdrawn_reason) <= 10000", name=op.f("ck_action_withdrawn_reason_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "plan_number"],
            ["plan.authority_id", "plan.number"],
            name=op.f("fk_action_authority_id_plan_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "theme_id"],
            ["theme.authority_id", "theme.id"],
            name=op.f("fk_action_authority_id_theme_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_authority_id_lead_person_id"), ["authority_id", "lead_person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_action_authority_id_plan_number"), ["authority_id", "plan_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_action_authority_id_status_due_on"), ["authority_id", "status", "due_on"], unique=False
        )

    op.create_table(
        "area_for_improvement",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("heading_verbatim", sa.Boolean(), nullable=False),
        sa.Column("heading_from", sa.Integer(), nullable=True),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("judgement_area_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner_post_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_person_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("different_for_children", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("not_yet_good_enough", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("heading <> ''", name=op.f("ck_area_for_improvement_heading_said")),
        sa.CheckConstraint(
            "status <> 'closed' OR closed_on IS NOT NULL", name=op.f("ck_area_for_improvement_closed_has_a_date")
        ),
        sa.CheckConstraint("length(closed_note) <= 10000", name=op.f("ck_area_for_improvement_closed_note_length")),
        sa.CheckConstraint(
            "length(different_for_children) <= 10000",
            name=op.f("ck_area_for_improvement_different_for_children_length"),
        ),
        sa.CheckConstraint("length(edition_id) <= 100", name=op.f("ck_area_for_improvement_edition_id_length")),
        sa.CheckConstraint("length(heading) <= 10000", name=op.f("ck_area_for_improvement_heading_length")),
        sa.CheckConstraint(
            "length(judgement_area_id) <= 100", name=op.f("ck_area_for_improvement_judgement_area_id_length")
        ),
        sa.CheckConstraint(
            "length(not_yet_good_enough) <= 10000", name=op.f("ck_area_for_improvement_not_yet_good_enough_length")
        ),
        sa.CheckConstraint(
            "length(owner_post_title) <= 300", name=op.f("ck_area_for_improvement_owner_post_title_length")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "heading_from"],
            ["finding.authority_id", "finding.number"],
            name=op.f("fk_area_for_improvement_authority_id_heading_from"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "number", name=op.f("pk_area_for_improvement")),
    )
    with op.batch_alter_table("area_for_improvement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_area_for_improvement_authority_id_status"), ["authority_id", "status"], unique=False
        )

    op.create_table(
        "audit_action_update",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column(
            "news",
            sa.Enum(
                "given",
                "on_track",
                "at_risk",
                "changed",
                "done",
                "confirmed",
                "sent_back",
                "withdrawn",
                "became_finding",
                name="news",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_from", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("said_by", sa.BigInteger(), nullable=False),
        sa.Column("said_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_audit_action_update_note_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["audit_action.authority_id", "audit_action.number"],
            name=op.f("fk_audit_action_update_authority_id_action_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_audit_action_update")),
    )
    with op.batch_alter_table("audit_action_update", schema=None) as batch_op:
        batch_op.create_index("ix_audit_action_update_action", ["authority_id", "action_number"], unique=False)

    op.create_table(
        "concern_told",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("concern_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("acknowledged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "concern_id"],
            ["concern.authority_id", "concern.id"],
            name=op.f("fk_concern_told_authority_id_concern_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "concern_id", "person_id", name=op.f("pk_concern_told")),
    )
    op.create_table(
        "finding_judgement_area",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("judgement_area_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("criterion", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(criterion) <= 300", name=op.f("ck_finding_judgement_area_criterion_length")),
        sa.CheckConstraint("length(edition_id) <= 100", name=op.f("ck_finding_judgement_area_edition_id_length")),
        sa.CheckConstraint(
            "length(judgement_area_id) <= 100", name=op.f("ck_finding_judgement_area_judgement_area_id_length")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "finding_number"],
            ["finding.authority_id", "finding.number"],
            name=op.f("fk_finding_judgement_area_authority_id_finding_number"),
        ),
        sa.PrimaryKeyConstraint(
            "authority_id",
            "finding_number",
            "edition_id",
            "judgement_area_id",
            "criterion",
            name=op.f("pk_finding_judgement_area"),
        ),
    )
    with op.batch_alter_table("finding_judgement_area", schema=None) as batch_op:
        batch_op.create_index(
            "ix_finding_judgement_area_edition", ["authority_id", "edition_id", "judgement_area_id"], unique=False
        )

    op.create_table(
        "post_holding",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "post_id"],
            ["post.authority_id", "post.id"],
            name=op.f("fk_post_holding_authority_id_post_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_holding_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_post_holding")),
    )
    with op.batch_alter_table("post_holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_holding_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_holding_post_id"), ["post_id"], unique=False)

    op.create_table(
        "team_change",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opened",
                "renamed",
                "moved",
                "split",
                "merged",
                "closed",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("other_team_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "team_id"],
            ["team.authority_id", "team.id"],
            name=op.f("fk_team_change_authority_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_team_change")),
    )
    op.create_table(
        "team_member",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("manages", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "team_id"],
            ["team.authority_id", "team.id"],
            name=op.f("fk_team_member_authority_id_team_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_team_member_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_team_member")),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_team_member_team_id"), ["team_id"], unique=False)

    op.create_table(
        "team_spell",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(name) between 1 and 120", name=op.f("ck_team_spell_name_length")),
        sa.CheckConstraint("to_on is null or to_on >= from_on", name=op.f("ck_team_spell_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "service_id"],
            ["service.authority_id", "service.id"],
            name=op.f("fk_team_spell_authority_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "team_id"],
            ["team.authority_id", "team.id"],
            name=op.f("fk_team_spell_authority_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_team_spell")),
    )
    with op.batch_alter_table("team_spell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_spell_team_id"), ["team_id"], unique=False)

    op.create_table(
        "action_in_area",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("area_number", sa.Integer(), nullable=False),
        sa.Column("linked_by", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_action_in_area_authority_id_action_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "area_number"],
            ["area_for_improvement.authority_id", "area_for_improvement.number"],
            name=op.f("fk_action_in_area_authority_id_area_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "action_number", "area_number", name=op.f("pk_action_in_area")),
    )
    with op.batch_alter_table("action_in_area", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_in_area_authority_id_area_number"), ["authority_id", "area_number"], unique=False
        )

    op.create_table(
        "action_lead",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(post_title) <= 300", name=op.f("ck_action_lead_post_title_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_action_lead_authority_id_action_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_action_lead")),
    )
    with op.batch_alter_table("action_lead", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_lead_authority_id_action_number"), ["authority_id", "action_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_action_lead_authority_id_person_id"), ["authority_id", "person_id"], unique=False
        )

    op.create_table(
        "due_date_change",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_due_date_change_why_said")),
        sa.CheckConstraint("length(why) <= 10000", name=op.f("ck_due_date_change_why_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_due_date_change_authority_id_action_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_due_date_change")),
    )
    with op.batch_alter_table("due_date_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_due_date_change_authority_id_action_number"), ["authority_id", "action_number"], unique=False
        )

    op.create_table(
        "finding_in_area",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=False),
        sa.Column("area_number", sa.Integer(), nullable=False),
        sa.Column("joined_by", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "area_number"],
            ["area_for_improvement.authority_id", "area_for_improvement.number"],
            name=op.f("fk_finding_in_area_authority_id_area_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "finding_number"],
            ["finding.authority_id", "finding.number"],
            name=op.f("fk_finding_in_area_authority_id_finding_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "finding_number", "area_number", name=op.f("pk_finding_in_area")),
    )
    with op.batch_alter_table("finding_in_area", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_in_area_authority_id_area_number"), ["authority_id", "area_number"], unique=False
        )

    op.create_table(
        "impact_judgement",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("area_number", sa.Integer(), nullable=False),
        sa.Column(
            "rating",
            sa.Enum(
                "not_yet_known",
                "no_difference",
                "some_difference",
                "clear_difference",
                "not_sustained",
                name="rating",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "re_audit",
                "dip_sample",
                "measure",
                "voice",
                "observation",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("tested_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("different_for_children", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("not_yet_good_enough", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("next_steps", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("judged_by", sa.BigInteger(), nullable=False),
        sa.Column("judged_by_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("judged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "length(different_for_children) <= 10000", name=op.f("ck_impact_judgement_different_for_children_length")
        ),
        sa.CheckConstraint(
            "length(judged_by_post_title) <= 300", name=op.f("ck_impact_judgement_judged_by_post_title_length")
        ),
        sa.CheckConstraint("length(next_steps) <= 10000", name=op.f("ck_impact_judgement_next_steps_length")),
        sa.CheckConstraint(
            "length(not_yet_good_enough) <= 10000", name=op.f("ck_impact_judgement_not_yet_good_enough_length")
        ),
        sa.CheckConstraint("length(tested_by) <= 300", name=op.f("ck_impact_judgement_tested_by_length")),
        sa.CheckConstraint("sample_size IS NULL OR sample_size >= 0", name=op.f("ck_impact_judgement_sample_size")),
        sa.ForeignKeyConstraint(
            ["authority_id", "area_number"],
            ["area_for_improvement.authority_id", "area_for_improvement.number"],
            name=op.f("fk_impact_judgement_authority_id_area_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_impact_judgement")),
    )
    with op.batch_alter_table("impact_judgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_impact_judgement_authority_id_area_number_judged_on"),
            ["authority_id", "area_number", "judged_on"],
            unique=False,
        )

    op.create_table(
        "measure",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=True),
        sa.Column("area_number", sa.Integer(), nullable=True),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("latest", sa.Float(), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(action_number IS NULL) <> (area_number IS NULL)", name=op.f("ck_measure_one_home")),
        sa.CheckConstraint("length(name) <= 300", name=op.f("ck_measure_name_length")),
        sa.CheckConstraint("length(unit) <= 100", name=op.f("ck_measure_unit_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_measure_authority_id_action_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "area_number"],
            ["area_for_improvement.authority_id", "area_for_improvement.number"],
            name=op.f("fk_measure_authority_id_area_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_authority_id_action_number"), ["authority_id", "action_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_measure_authority_id_area_number"), ["authority_id", "area_number"], unique=False
        )

    op.create_table(
        "milestone",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lead_post_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_person_id", sa.BigInteger(), nullable=True),
        sa.Column("lead_post_title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("monitoring", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("completed_by", sa.BigInteger(), nullable=True),
        sa.Column("completed_note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(completed_note) <= 10000", name=op.f("ck_milestone_completed_note_length")),
        sa.CheckConstraint("length(due_text) <= 100", name=op.f("ck_milestone_due_text_length")),
        sa.CheckConstraint("length(lead_post_title) <= 300", name=op.f("ck_milestone_lead_post_title_length")),
        sa.CheckConstraint("length(monitoring) <= 300", name=op.f("ck_milestone_monitoring_length")),
        sa.CheckConstraint("length(text) <= 10000", name=op.f("ck_milestone_text_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_milestone_authority_id_action_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestone_authority_id_action_number"), ["authority_id", "action_number"], unique=False
        )

    op.create_table(
        "progress",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column(
            "delivery",
            sa.Enum(
                "not_started",
                "on_track",
                "at_risk",
                "off_track",
                "complete",
                name="delivery",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("still_on_track", sa.Boolean(), nullable=False),
        sa.Column("reported_by", sa.BigInteger(), nullable=False),
        sa.Column("reported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_progress_note_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "action_number"],
            ["action.authority_id", "action.number"],
            name=op.f("fk_progress_authority_id_action_number"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_progress")),
    )
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_authority_id_action_number_reported_at"),
            ["authority_id", "action_number", "reported_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_progress_authority_id_reported_at"), ["authority_id", "reported_at"], unique=False
        )

    op.create_table(
        "source",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=True),
        sa.Column("impact_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "audit_answer",
                "audit",
                "document",
                "re_audit",
                "dip_sample",
                "measure",
                "voice",
                "observation",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("audit_reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("question_reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade_words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("words", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("paragraph", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence_reference", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("(finding_number IS NULL) <> (impact_id IS NULL)", name=op.f("ck_source_one_home")),
        sa.CheckConstraint("length(audit_reference) <= 100", name=op.f("ck_source_audit_reference_length")),
        sa.CheckConstraint("length(document) <= 300", name=op.f("ck_source_document_length")),
        sa.CheckConstraint("length(evidence_reference) <= 100", name=op.f("ck_source_evidence_reference_length")),
        sa.CheckConstraint("length(grade_code) <= 100", name=op.f("ck_source_grade_code_length")),
        sa.CheckConstraint("length(grade_words) <= 300", name=op.f("ck_source_grade_words_length")),
        sa.CheckConstraint("length(paragraph) <= 100", name=op.f("ck_source_paragraph_length")),
        sa.CheckConstraint("length(question_reference) <= 100", name=op.f("ck_source_question_reference_length")),
        sa.CheckConstraint("length(words) <= 10000", name=op.f("ck_source_words_length")),
        sa.ForeignKeyConstraint(
            ["authority_id", "finding_number"],
            ["finding.authority_id", "finding.number"],
            name=op.f("fk_source_authority_id_finding_number"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "impact_id"],
            ["impact_judgement.authority_id", "impact_judgement.id"],
            name=op.f("fk_source_authority_id_impact_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_source_authority_id_audit_reference"), ["authority_id", "audit_reference"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_source_authority_id_finding_number"), ["authority_id", "finding_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_source_authority_id_impact_id"), ["authority_id", "impact_id"], unique=False
        )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
