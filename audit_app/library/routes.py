"""The pages of the library: importing this module puts every view of the feature on its blueprint."""

from audit_app.library.blueprint import blueprint
from audit_app.library.crosswalk import routes as crosswalk
from audit_app.library.editions import routes as editions
from audit_app.library.own_sets import routes as own_sets
from audit_app.library.own_sets import routes_editing as own_set_editing
from audit_app.library.own_sets import routes_files as own_set_files
from audit_app.library.own_sets.deleting import routes as own_set_deleting
from audit_app.library.own_sets.facts import routes as own_set_facts
from audit_app.library.routes_showing import READERS
from audit_app.library.sets import routes as sets
from audit_app.library.terms import routes as terms

__all__ = ["NAVIGATION", "PAGES", "blueprint"]

PAGES = (editions, sets, crosswalk, own_sets, own_set_editing, own_set_files, own_set_deleting, own_set_facts, terms)

NAVIGATION = (("Library", "library.index", frozenset(READERS), 70),)
