"""How a version stands, as its documents say it: both dates, of what it retells and its own. Pure."""

from audit_app import words
from audit_app.self_assessment.tables_outputs import AudienceVersion, VersionState
from audit_app.self_assessment.versions.contents import Version

DRAFT = "Draft: not to be published"
PUBLISHABLE = "May be published"
WITHDRAWN = "Withdrawn: not to be used any more"


def signature(row: AudienceVersion) -> str:
    """Who signed it and when; without a full stop."""
    signed = f"Signed by the {row.signed_post_title} on {words.date_words(row.signed_at)}" if row.signed_at else ""
    if row.state is VersionState.withdrawn:
        return f"{signed}, and withdrawn on {words.date_words(row.withdrawn_at)}"
    return signed or "A draft that nobody has signed"


def marking(row: AudienceVersion) -> str:
    """What stands at the top of every page."""
    return {VersionState.signed: PUBLISHABLE, VersionState.withdrawn: WITHDRAWN}.get(row.state, DRAFT)


def retells(version: Version) -> str:
    """“This is about SAS-0001, Self-evaluation 2026, signed on 2 November 2026.”"""
    day = words.date_words(version.of_signed_on, "")
    signed = f"signed on {day}" if day else "not signed yet"
    return f"This is about {version.of_reference}, {version.of_title}, {signed}."
