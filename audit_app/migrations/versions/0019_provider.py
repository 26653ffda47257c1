"""Sign-in through the council's own provider: who is whom there, and sessions that began there."""
# Written by a command and then only read: its lines and functions are as long as the tables are wide.
# ruff: noqa

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run this step."""
    op.create_table(
        "provider_identity",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_provider_identity_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_identity")),
        sa.UniqueConstraint("issuer", "person_id", name=op.f("uq_provider_identity_issuer_person_id")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_provider_identity_issuer_subject")),
    )
    with op.batch_alter_table("provider_identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_identity_person_id"), ["person_id"], unique=False)

    op.create_table(
        "provider_sign_in",
        sa.Column("state_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("browser_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "sign_in",
                "link",
                "invitation",
                "prove",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("invitation_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("named", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("sid", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("factor", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_provider_sign_in_person_id")),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_provider_sign_in")),
    )
    with op.batch_alter_table("provider_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_sign_in_made_at"), ["made_at"], unique=False)

    op.create_table(
        "provider_role",
        sa.Column("authority_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "membership_id"],
            ["membership.authority_id", "membership.id"],
            name=op.f("fk_provider_role_authority_id_membership_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "membership_id", name=op.f("pk_provider_role")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("identity_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("provider_sid", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False, server_default="")
        )
        batch_op.create_index(batch_op.f("ix_web_session_identity_id"), ["identity_id"], unique=False)
