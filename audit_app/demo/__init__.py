"""A fictional council with fixed numbers, for trying and for showing: filled once into an empty installation.

Called by the commands and by tests. Nothing here belongs to a real council; server mode refuses it (ER-2).
"""

from audit_app.demo.filling import DemoRefused, Filled, details, fill, holds_fiction, is_empty

__all__ = ["DemoRefused", "Filled", "details", "fill", "holds_fiction", "is_empty"]
