"""Indexes that hold whatever is counted with an audit, so that counting very many of them reads nothing else."""

import sqlalchemy as sa


def of_counted_audits() -> tuple[sa.Index, ...]:
    """By team, by day of submission, and by question set with the minutes taken."""
    return (
        sa.Index("ix_case_audit_team", "authority_id", "team_id", "stage", "submitted_at"),
        sa.Index(
            "ix_case_audit_submitted", "authority_id", "submitted_at", "stage", "how_chosen", "audit_type",
            "re_audit_of", "overall_grade", "edition_id", "set_id", "moderated", "team_id", "cohort",
        ),
        sa.Index("ix_case_audit_minutes", "authority_id", "stage", "edition_id", "set_id", "length", "minutes_taken"),
    )  # fmt: skip
