"""The library's pages: importing this module has put every view of the feature on its blueprint."""

from audit_app.library import (
    routes_crosswalk,
    routes_editions,
    routes_own,
    routes_own_editing,
    routes_own_files,
    routes_sets,
    routes_terms,
)
from audit_app.library.blueprint import blueprint
from audit_app.library.routes_showing import READERS

__all__ = [
    "NAVIGATION",
    "blueprint",
    "routes_crosswalk",
    "routes_editions",
    "routes_own",
    "routes_own_editing",
    "routes_own_files",
    "routes_sets",
    "routes_terms",
]

NAVIGATION = (("Library", "library.index", frozenset(READERS), 45),)
