"""The source tree as the house tests read it: files, modules, imports."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("audit_app", "frameworks", "findings")
PLUMBING_WITH_FLASK = {
    "audit_app",
    "audit_app.commands",
    "audit_app.config",
    "audit_app.errors",
    "audit_app.form_pages",
    "audit_app.typed_suspects",
    "audit_app.forms",
    "audit_app.headers",
    "audit_app.kept_on_device",
    "audit_app.layout",
    "audit_app.outlines.drawing",
    "audit_app.outlines.parts",
    "audit_app.references_in_addresses",
    "audit_app.server_mode.behind_proxies",
    "audit_app.watching.metrics",
    "audit_app.terms_in_templates",
    "audit_app.ways",
    "audit_app.wiring",
    "audit_app.word_files.filling",
    "audit_app.word_files.placeholders",
}


@cache
def modules():
    """Every Python file of the three packages."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path):
    """A file's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path):
    """A file, parsed."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def walk(node):
    """What `ast.walk` gives, remembered for whole files, functions and classes: a dozen rules go through the same."""
    kept = getattr(node, "walked", None)
    if kept is None:
        kept = _walked(node)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.walked = tuple(kept)
    return kept


def _walked(first):
    nodes = [first]
    for node in nodes:
        for part in vars(node).values():
            if isinstance(part, ast.AST):
                nodes.append(part)
            elif type(part) is list:
                nodes += [one for one in part if isinstance(one, ast.AST)]
    return nodes


def imported(node):
    """The dotted names an import statement brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def imports_of(path):
    """Every name a file imports, wherever it does so."""
    return {name for node in walk(tree_of(path)) for name in imported(node)}


def functions_of(path):
    """Every function of a file, those in classes too, with their lines."""
    return [node for node in walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length_of(function):
    """Lines of a function from its def to its end, its docstring and decorators left out."""
    first = function.body[0]
    documented = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    lines = function.end_lineno - function.lineno + 1
    return lines - (first.end_lineno - first.lineno + 1 if documented else 0)
