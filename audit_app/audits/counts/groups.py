"""The two groups of audits that figures never add, as conditions in SQL: drawn at random, and chosen."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from audit_app.audits.guards import AFTER_AGREEMENT
from audit_app.audits.tables import CHOSEN_TYPES, CaseAudit, HowChosen

RANDOM = "random"
COUNTED = {RANDOM: "Agreed and drawn at random", "chosen": "Agreed and chosen"}


def of_group(*, at_random: bool) -> Any:
    """The condition that an audit was drawn at random, or that it was chosen: `tables.drawn_at_random` in SQL."""
    drawn = sa.and_(
        col(CaseAudit.how_chosen) == HowChosen.random,
        col(CaseAudit.audit_type).not_in(CHOSEN_TYPES),
        col(CaseAudit.re_audit_of).is_(None),
    )
    return drawn if at_random else sa.not_(drawn)


def counted_in(group: str) -> list[Any]:
    """What figures count: agreed audits drawn at random, or chosen ones; any other word matches nothing."""
    if group not in COUNTED:
        return [sa.false()]
    return [col(CaseAudit.stage).in_(AFTER_AGREEMENT), of_group(at_random=group == RANDOM)]
