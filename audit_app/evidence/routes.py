"""The pages of this feature: importing this module puts every view on its blueprint."""

from audit_app.evidence.attention import routes as attention
from audit_app.evidence.batches import routes as batches
from audit_app.evidence.blueprint import blueprint
from audit_app.evidence.folder import routes as folder
from audit_app.evidence.guards import READERS
from audit_app.evidence.pieces import routes as pieces
from audit_app.evidence.pieces import routes_adding as adding
from audit_app.evidence.pieces import routes_changing as changing
from audit_app.evidence.pieces import routes_files as files
from audit_app.evidence.proving import routes as proving
from audit_app.evidence.register import routes as register

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (register, attention, adding, pieces, changing, proving, files, folder, batches)

SECTION = "Evidence and packs"
NAVIGATION = (
    ("Evidence", "evidence.list_evidence", frozenset(READERS), 55, SECTION),
    ("Evidence folder", "evidence.show_folder", frozenset(READERS), 57, SECTION),
)
