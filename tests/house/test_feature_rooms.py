"""Rule 4 of the house: inside a feature the arrows run routes → forms, paper → service → queries → words → tables."""

import ast

from tests.house import source

RANKS = {"routes": 6, "cli": 6, "forms": 4, "pdf": 4, "workbook": 4, "service": 3, "queries": 2, "tables": 0}
A_WORD = 1
FEATURES = ("people", "library", "audits", "improvement", "packs", "home")


def feature_of(name):
    """The folder of rooms a module belongs to, or None; people has several such folders in it."""
    parts = name.split(".")
    return ".".join(parts[1:-1]) if len(parts) > 2 and parts[0] == "audit_app" and parts[1] in FEATURES else None


def rank_of(name):
    """How high a module stands in its feature: by the first word of its file's name."""
    last = name.split(".")[-1]
    return RANKS.get(last.split("_")[0], A_WORD)


def imports_within(path):
    """The modules of its own feature that a file imports."""
    own = feature_of(source.name_of(path))
    known = {source.name_of(other) for other in source.modules()}
    found = set()
    for node in ast.walk(source.tree_of(path)):
        for name in source.imported(node):
            inner = (
                {f"{name}.{alias.name}" for alias in getattr(node, "names", [])}
                if isinstance(node, ast.ImportFrom)
                else set()
            )
            found |= {one for one in inner | {name} if one in known and feature_of(one) == own}
    return found


IN_FEATURES = [path for path in source.modules() if feature_of(source.name_of(path)) and path.name != "__init__.py"]


def test_no_arrow_inside_a_feature_runs_back_up():
    found = {}
    for path in IN_FEATURES:
        name = source.name_of(path)
        found[name] = {
            one for one in imports_within(path) if rank_of(one) > rank_of(name) and not one.endswith("access")
        }
    assert {name: above for name, above in found.items() if above} == {}


def test_the_ranks_are_told_apart():
    order = [
        "audits.routes_actions",
        "audits.forms",
        "audits.service_actions",
        "audits.queries",
        "audits.stages",
        "audits.tables",
    ]
    ranks = [rank_of(f"audit_app.{name}") for name in order]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)
