"""The pages of this feature: each routes module puts its own on the blueprint when it is imported here."""

from audit_app.improvement import (
    routes_action_register,
    routes_actions,
    routes_areas,
    routes_findings,
    routes_from_audits,
    routes_imports,
    routes_inspections,
    routes_milestones,
    routes_plans,
    routes_progress,
    routes_registers,
    routes_threads,
)
from audit_app.improvement.blueprint import blueprint
from audit_app.improvement.routes_showing import READERS

__all__ = [
    "NAVIGATION",
    "blueprint",
    "routes_action_register",
    "routes_actions",
    "routes_areas",
    "routes_findings",
    "routes_from_audits",
    "routes_imports",
    "routes_inspections",
    "routes_milestones",
    "routes_plans",
    "routes_progress",
    "routes_registers",
    "routes_threads",
]

NAVIGATION = (
    ("Findings", "improvement.list_findings", frozenset(READERS), 40),
    ("Areas for improvement", "improvement.list_areas", frozenset(READERS), 45),
    ("Plans", "improvement.list_plans", frozenset(READERS), 50),
)
