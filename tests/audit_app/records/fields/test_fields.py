"""Every stored field is described (PR-9): held against the database as it was really made, on either engine."""

import sqlalchemy as sa

from audit_app.records.fields import written
from audit_app.records.fields.described import About, How
from audit_app.records.fields.written import EVERYWHERE, stored_fields, stored_tables, undescribed

TOOLS = ("alembic_version", "huey_")
NO_PERSON = ("held_by", "renew_by", "tested_by", "impact_shown_by")


def columns_there(engine):
    """Every column of the database itself, read from its own catalogue."""
    looked = sa.inspect(engine)
    names = [name for name in looked.get_table_names() if not name.startswith(TOOLS)]
    return [(name, column["name"]) for name in names for column in looked.get_columns(name)]


def test_each_column_of_the_database_is_described_and_nothing_else(engine):
    there = columns_there(engine)
    assert len(there) > 1000
    assert undescribed(there) == []


def test_a_column_nobody_described_is_named_and_one_that_is_gone_too(engine):
    there = [pair for pair in columns_there(engine) if pair != ("concern", "outcome_words")]
    new = (("case_audit", "child_name"), ("genogram", "authority_id"), ("genogram", "people"))
    assert undescribed([*there, *new]) == [
        "case_audit.child_name", "concern.outcome_words", "genogram.people",
    ]  # fmt: skip


def test_each_table_says_why_and_with_what_it_is_kept():
    for table in stored_tables():
        assert table.purpose in written.purposes(), table.name
        assert set(EVERYWHERE).isdisjoint(field.name for field in table.fields), table.name
    assert {table.purpose for table in stored_tables()} <= set(written.purposes())


def test_numbers_of_accounts_and_names_of_files_are_told_as_what_they_are(engine):
    """A column that holds a person's number says so, and one that names a file: told by names and by keys."""
    for table, column in columns_there(engine):
        field = stored_fields().get(f"{table}.{column}")
        if column.endswith(("_by", "person_id")) and column not in NO_PERSON:
            assert field.how is How.account, f"{table}.{column}"
            assert field.about in (About.account, About.auditor), f"{table}.{column}"
        if column.endswith("_hash") and table != "history_entry":
            assert field.how is How.secret, f"{table}.{column}"


def test_what_is_typed_can_hold_what_is_typed(engine):
    """Nothing typed is called made by the service: no long text without bounds is of the product's own making."""
    looked, made = sa.inspect(engine), []
    tables = {field.table for field in stored_fields().values()}
    kinds = {table: {c["name"]: c["type"] for c in looked.get_columns(table)} for table in tables}
    for field in stored_fields().values():
        kind = kinds[field.table][field.name]
        if field.how is How.made and isinstance(kind, sa.String) and kind.length is None:
            made.append(field.key)
    assert sorted(made) == sorted(MADE_TEXTS)


# Texts without a bound of their own that the product writes: codes, references, lists of numbers, names at the time.
MADE_TEXTS = (
    "action.lead_post_title", "action.verified_by_post_title", "action_lead.post_title",
    "area_for_improvement.owner_post_title", "evidence.owner_post_title", "evidence_batch.message",
    "evidence_batch.sha256", "evidence_batch_file.fault", "evidence_batch_file.kind", "evidence_batch_file.left_out",
    "evidence_pack.key_list", "evidence_pack.page_marks", "evidence_version.kind", "finding.team_name",
    "folder_entry.owner_post_title", "impact_judgement.judged_by_post_title", "milestone.lead_post_title",
    "plan.owner_post_title", "rail_reason.asked", "self_assessment.signed_post_title",
    "self_assessment.words_post_title", "self_assessment_claim.question", "self_assessment_comment.question",
    "self_assessment_suggestion.question", "self_assessment_version.signed_post_title", "source.audit_reference",
    "source.grade_code", "source.grade_words", "source.question_reference", "subject_request.counts", "removal.stays",
    "removal_line.counts", "removal_line.files", "removal_line.kind", "removal_line.reference",
    "removal_line.was_in",
    "theme.owner_post_title",
)  # fmt: skip
