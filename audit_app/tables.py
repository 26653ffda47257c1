"""Every table there is, so that the shared metadata is complete before a database is made or compared."""

import findings.tables
from audit_app import drafts
from audit_app.audits import tables as audit_tables
from audit_app.history import tables as history_tables
from audit_app.jobs import tables as jobs_tables
from audit_app.library import tables as library_tables
from audit_app.notices import tables as notices_tables
from audit_app.packs import tables as packs_tables
from audit_app.people import tables as people_tables

MODULES = (
    findings.tables,
    drafts,
    history_tables,
    jobs_tables,
    notices_tables,
    people_tables,
    library_tables,
    audit_tables,
    packs_tables,
)


def load() -> None:
    """Importing this module has loaded them; calling this says so where it matters."""
